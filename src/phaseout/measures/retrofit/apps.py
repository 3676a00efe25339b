from django.apps import AppConfig


class RetrofitConfig(AppConfig):
    name = "phaseout.measures.retrofit"
    label = "retrofit"
    verbose_name = "技术支持"
