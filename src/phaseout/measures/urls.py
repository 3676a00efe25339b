"""The page of all measures, under `measures/`; each room has its own addresses below it."""

from django.urls import path

from phaseout.measures import pages

urlpatterns = [path("", pages.measures, name="measures")]
