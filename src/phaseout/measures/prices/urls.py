"""Addresses of the pages of this room, under `measures/prices/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
