"""Addresses of the pages of this room, under `measures/land/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
