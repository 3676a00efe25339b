from django.apps import AppConfig


class RestartConfig(AppConfig):
    name = "phaseout.exits.restart"
    label = "restart"
    verbose_name = "复产监视"

    def ready(self) -> None:
        from phaseout.casework.acts.following import follow
        from phaseout.evidence.access import register
        from phaseout.exits.restart.files import may_read
        from phaseout.exits.restart.waiting import say_what_waits
        from phaseout.exits.restart.watching import follow_acts

        follow(follow_acts)
        register("restart", may_read)
        say_what_waits()
