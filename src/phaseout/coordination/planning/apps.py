from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "phaseout.coordination.planning"
    label = "planning"
    verbose_name = "年度工作计划"
