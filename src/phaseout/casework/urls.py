from django.urls import include, path

urlpatterns = [
    path("", include("phaseout.casework.findings.urls")),
    path("", include("phaseout.casework.cases.urls")),
    path("", include("phaseout.casework.confirming.urls")),
    path("", include("phaseout.casework.papers.urls")),
    path("own/", include("phaseout.casework.own.urls")),
    path("", include("phaseout.casework.watching.urls")),
    path("", include("phaseout.casework.tasks.urls")),
    path("", include("phaseout.casework.workbench.urls")),
]
