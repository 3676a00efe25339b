from django.apps import AppConfig


class CaseworkConfig(AppConfig):
    name = "phaseout.casework"
    verbose_name = "办案"

    def ready(self) -> None:
        from phaseout.casework.confirming.resting import tell_the_library
        from phaseout.casework.confirming.waiting import register_waiting

        register_waiting()
        tell_the_library()
