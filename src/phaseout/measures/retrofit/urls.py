"""Addresses of the pages of this room, under `measures/retrofit/`."""

from django.urls import path

from phaseout.measures.retrofit import pages

urlpatterns = [
    path("", pages.retrofits, name="retrofits"),
    path("new/<str:finding_id>/", pages.retrofit_new, name="retrofit-new"),
    path("<int:pk>/", pages.retrofit, name="retrofit"),
]
