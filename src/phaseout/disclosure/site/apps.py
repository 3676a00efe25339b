from django.apps import AppConfig


class SiteConfig(AppConfig):
    name = "phaseout.disclosure.site"
    label = "publicsite"
    verbose_name = "公众网站"
