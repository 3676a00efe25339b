"""The addresses of the room."""

from django.urls import path

from phaseout.coordination.dashboards import pages

urlpatterns = [
    path("", pages.dashboard, name="dashboard"),
    path("<slug:theme>/", pages.theme_page, name="dashboard-theme"),
    path("<slug:panel>.<str:ending>", pages.export, name="dashboard-export"),
]
