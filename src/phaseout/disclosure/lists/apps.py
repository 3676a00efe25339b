from django.apps import AppConfig


class ListsConfig(AppConfig):
    name = "phaseout.disclosure.lists"
    label = "lists"
    verbose_name = "公告名单"
