from django.urls import include, path

from phaseout.desk.urls import _to_come

urlpatterns = [
    path("", include("phaseout.casework.findings.urls")),
    path("", include("phaseout.casework.cases.urls")),
    path("confirming/", _to_come, name="confirming"),
]
