"""Addresses of the pages of this room, under `exits/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
