"""The page of disclosure, under `disclosure/`; each room has its own addresses below it."""

from django.urls import include, path

from phaseout.disclosure import pages

urlpatterns = [
    path("", pages.disclosure, name="disclosure"),
    path("messages/", include("phaseout.disclosure.site.office_urls")),
]
