from django.apps import AppConfig


class EmployeesConfig(AppConfig):
    name = "phaseout.measures.employees"
    label = "employees"
    verbose_name = "职工安置"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _

        from phaseout.casework.proceeding.asking import ask
        from phaseout.evidence.access import register as register_reader
        from phaseout.measures.employees.closing import CLOSING, no_open_claims
        from phaseout.measures.employees.files import may_read
        from phaseout.measures.employees.waiting import say_what_waits
        from phaseout.pages.sections import Section, register

        ask(no_open_claims, *CLOSING)
        register_reader("employees", may_read)
        register(
            Section(
                place="measures",
                key="employees",
                label=_("职工安置"),
                says=_("安置方案、民主程序、经济补偿、拖欠清偿和再就业；姓名只有人社部门能看到。"),
                clause="14",
                url_name="settlements",
                order=40,
            )
        )
        say_what_waits()
