from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate


class WebConfig(AppConfig):
    name = "phaseout.web"
    verbose_name = "网站"

    def ready(self) -> None:
        from phaseout.web import checks  # noqa: F401
        from phaseout.web.row_security import see_to_rights

        # Sent once all is migrated, for every app that has models: this room has none.
        post_migrate.connect(see_to_rights, sender=apps.get_app_config("accounts"))
