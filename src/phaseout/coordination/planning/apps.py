from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "phaseout.coordination.planning"
    label = "planning"
    verbose_name = "年度工作计划"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from phaseout.coordination.planning.waiting import say_what_waits
        from phaseout.pages.sections import Section, register

        register(
            Section(
                place="coordination",
                key="planning",
                label=_("年度工作方案"),
                says=_(
                    "目标、时间节点、措施和责任部门由认定和案件算出；征求意见、印发和全年进展。"
                ),
                clause="19",
                url_name="work-plans",
                order=10,
            )
        )
        say_what_waits()
