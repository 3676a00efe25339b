from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "phaseout.disclosure.lists"
    label = "lists"
    verbose_name = "公告名单"

    def ready(self) -> None:
        from phaseout.casework.acts.following import follow
        from phaseout.disclosure.lists.acts.ending import end_what_ended

        follow(end_what_ended)
