from django.apps import AppConfig


class LandConfig(AppConfig):
    name = "phaseout.measures.land"
    label = "land"
    verbose_name = "土地处置"

    def ready(self) -> None:
        from phaseout.evidence.access import register as register_reader
        from phaseout.measures.land.files import may_read
        from phaseout.measures.land.shown import say_what_waits, say_where
        from phaseout.measures.land.standing import given_to_settlement
        from phaseout.measures.remitted import offer

        register_reader("land", may_read)
        offer("land", given_to_settlement)
        say_where()
        say_what_waits()
