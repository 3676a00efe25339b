from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    name = "phaseout.coordination.supervision"
    label = "supervision"
    verbose_name = "督促检查"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from phaseout.coordination.supervision.files import may_read
        from phaseout.coordination.supervision.models import Answer
        from phaseout.coordination.supervision.telling import follow_acts
        from phaseout.coordination.supervision.waiting import say_what_waits
        from phaseout.evidence.access import register as register_files
        from phaseout.evidence.relying import listed
        from phaseout.pages.sections import Section, register

        register(
            Section(
                place="coordination",
                key="supervision",
                label=_("进展和督办"),
                says=_(
                    "各市、各部门的进展、期限和逾期，同类案件处理的差异；通报、约谈、现场督查、挂牌督办及其效果。"
                ),
                clause="20",
                url_name="supervision",
                order=40,
            )
        )
        register_files("supervision", may_read)
        listed(Answer, "files__contains", ("督办答复", "an answer to a demand"), key="digest")
        say_what_waits()
        follow_acts()
