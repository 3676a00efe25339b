from django.apps import AppConfig


class LandConfig(AppConfig):
    name = "phaseout.measures.land"
    label = "land"
    verbose_name = "土地处置"

    def ready(self) -> None:
        from phaseout.evidence.access import register as register_reader
        from phaseout.evidence.relying import listed
        from phaseout.measures.land.files import may_read
        from phaseout.measures.land.models import LandAct
        from phaseout.measures.land.shown import say_what_waits, say_where
        from phaseout.measures.land.standing import given_to_settlement
        from phaseout.measures.remitted import offer

        register_reader("land", may_read)
        listed(LandAct, "content__files__contains", ("土地处置中的行为", "an act on a parcel"))
        offer("land", given_to_settlement)
        say_where()
        say_what_waits()
