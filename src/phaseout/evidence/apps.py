from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "phaseout.evidence"
    verbose_name = "证据文件"
