from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "phaseout.disclosure.site"
    label = "publicsite"
    verbose_name = "公众网站"

    def ready(self) -> None:
        from phaseout.disclosure.site.standing import say_what_waits, say_where

        say_where()
        say_what_waits()
