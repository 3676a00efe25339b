from django.apps import AppConfig


class EmployeesConfig(AppConfig):
    name = "phaseout.measures.employees"
    label = "employees"
    verbose_name = "职工安置"
