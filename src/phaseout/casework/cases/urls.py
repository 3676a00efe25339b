"""Addresses of the pages of cases."""

from django.urls import path

from phaseout.casework.cases import pages

urlpatterns = [
    path("cases/", pages.cases, name="cases"),
    path("cases/open/", pages.case_open, name="case-open"),
    path("cases/<int:pk>/", pages.case, name="case"),
]
