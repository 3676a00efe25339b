"""Addresses of the pages of this room, under `exits/restart/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
