from django.apps import AppConfig
from django.utils.translation import gettext_lazy


class SanctionsConfig(AppConfig):
    name = "phaseout.measures.sanctions"
    label = "sanctions"
    verbose_name = "联合惩戒"

    def ready(self) -> None:
        from phaseout.casework.acts.following import follow
        from phaseout.evidence.access import register as register_reader
        from phaseout.evidence.relying import listed
        from phaseout.measures.sanctions.acts.releasing import (
            IN_FORCE,
            release_what_ended,
            take_off_who_does_not_exit,
        )
        from phaseout.measures.sanctions.files import may_read
        from phaseout.measures.sanctions.models import SanctionAct
        from phaseout.measures.sanctions.waiting import say_what_waits
        from phaseout.pages.sections import Section, register

        follow(release_what_ended, where=IN_FORCE)
        follow(take_off_who_does_not_exit)
        register_reader("sanctions", may_read)
        listed(
            SanctionAct, "content__files__contains", ("联合惩戒中的行为", "an act on a sanction")
        )
        say_what_waits()
        register(
            Section(
                place="measures",
                key="sanctions",
                label=gettext_lazy("联合惩戒"),
                says=gettext_lazy(
                    "逾期未退出的企业由案件得出；各方面任务、信用信息报送、公示和解除。"
                ),
                clause="17",
                url_name="sanctions",
                order=17,
            )
        )
        register(
            Section(
                place="measures",
                key="credit",
                label=gettext_lazy("信贷名单"),
                says=gettext_lazy("向银行提供的支持、严控、压缩名单和银行反馈，依据消失之日移出。"),
                clause="13",
                url_name="credit-lists",
                order=13,
            )
        )
        register(
            Section(
                place="measures",
                key="licences",
                label=gettext_lazy("证照注销"),
                says=gettext_lazy("生产许可证、安全生产许可证、排污许可证：跨案件跟踪到最后一证。"),
                clause="16",
                url_name="licences",
                order=16,
            )
        )
