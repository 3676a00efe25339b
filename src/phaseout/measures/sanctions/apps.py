from django.apps import AppConfig


class SanctionsConfig(AppConfig):
    name = "phaseout.measures.sanctions"
    label = "sanctions"
    verbose_name = "联合惩戒"

    def ready(self) -> None:
        from phaseout.casework.acts.following import follow
        from phaseout.measures.sanctions.acts.releasing import release_what_ended

        follow(release_what_ended)
