"""The page of coordination, under `coordination/`; each room has its own addresses below it."""

from django.urls import path

from phaseout.coordination import pages

urlpatterns = [path("", pages.coordination, name="coordination")]
