from django.apps import AppConfig


class AnnualConfig(AppConfig):
    name = "phaseout.coordination.annual"
    label = "annual"
    verbose_name = "年度报告"

    def ready(self) -> None:
        from phaseout.coordination.annual.shown import may_read, say_what_waits, say_where
        from phaseout.coordination.annual.standing import is_fixed
        from phaseout.coordination.returns.standing import ask_whether_frozen
        from phaseout.evidence.access import register as register_reader

        register_reader("annual", may_read)
        ask_whether_frozen(is_fixed)
        say_where()
        say_what_waits()
