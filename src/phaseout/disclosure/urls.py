"""The page of disclosure, under `disclosure/`; each room has its own addresses below it."""

from django.urls import path

from phaseout.disclosure import pages

urlpatterns = [path("", pages.disclosure, name="disclosure")]
