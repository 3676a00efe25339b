from django.apps import AppConfig


class MechanismConfig(AppConfig):
    name = "phaseout.coordination.mechanism"
    label = "mechanism"
    verbose_name = "工作协调机制"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from phaseout.coordination.mechanism.waiting import say_what_waits
        from phaseout.pages.sections import Section, register

        register(
            Section(
                place="coordination",
                key="mechanism",
                label=_("分工和协调会议"),
                says=_("各部门在各项中的职责、未了和逾期的工作；协调会议、纪要和议定事项的落实。"),
                clause="18",
                url_name="duties",
                order=10,
            )
        )
        say_what_waits()
