"""Addresses of the pages of this room, under `measures/land/`."""

from django.urls import path

from phaseout.measures.land import pages

urlpatterns = [
    path("", pages.parcels, name="parcels"),
    path("new/", pages.parcel_new, name="parcel-new"),
    path("<int:pk>/", pages.parcel, name="parcel"),
]
