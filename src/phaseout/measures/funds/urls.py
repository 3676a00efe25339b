"""Addresses of the pages of this room, under `measures/funds/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
