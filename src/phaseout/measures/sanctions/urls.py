"""Addresses of the pages of this room, under `measures/sanctions/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
