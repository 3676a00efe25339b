"""Addresses of the workbench and the quick search."""

from django.urls import path

from phaseout.casework.workbench import pages

urlpatterns = [
    path("workbench/", pages.workbench, name="workbench"),
    path("search/", pages.search, name="search"),
]
