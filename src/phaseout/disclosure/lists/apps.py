from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class ListsConfig(AppConfig):
    name = "phaseout.disclosure.lists"
    label = "lists"
    verbose_name = "公告名单"

    def ready(self) -> None:
        from phaseout.casework.acts.following import follow
        from phaseout.casework.cases.beside import put
        from phaseout.disclosure.lists.acts.ending import end_what_ended
        from phaseout.disclosure.lists.beside import way
        from phaseout.disclosure.lists.files import may_read
        from phaseout.disclosure.lists.models import Objection
        from phaseout.disclosure.lists.waiting import say_what_waits
        from phaseout.evidence.access import register as register_reader
        from phaseout.evidence.relying import listed
        from phaseout.pages.sections import Section, register

        follow(end_what_ended)
        put("lists", way)
        register_reader("lists", may_read)
        listed(Objection, "files__contains", ("对名单的异议", "an objection to a list"))
        say_what_waits()
        register(
            Section(
                place="disclosure",
                key="lists",
                label=gettext_lazy("公告名单"),
                says=gettext_lazy(
                    "黄牌、红牌、超标、年度退出等名单：由案件得出，征求异议，签发公布，可离线查验。"
                ),
                clause="21",
                url_name="lists",
                order=21,
            )
        )
