"""Addresses of kept files."""

from django.urls import path

from phaseout.evidence import pages

urlpatterns = [
    path("evidence/<int:pk>/", pages.file, name="evidence-file"),
    path("evidence/<int:pk>/raw/", pages.raw, name="evidence-raw"),
]
