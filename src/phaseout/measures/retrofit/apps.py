from django.apps import AppConfig


class RetrofitConfig(AppConfig):
    name = "phaseout.measures.retrofit"
    label = "retrofit"
    verbose_name = "技术支持"

    def ready(self) -> None:
        from phaseout.measures.retrofit.shown import say_what_waits, say_where

        say_where()
        say_what_waits()
