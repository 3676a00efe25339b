from django.urls import include, path

from phaseout.desk.urls import _to_come

urlpatterns = [
    path("", include("phaseout.casework.findings.urls")),
    path("cases/", _to_come, name="cases"),
    path("confirming/", _to_come, name="confirming"),
]
