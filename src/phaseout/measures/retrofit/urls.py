"""Addresses of the pages of this room, under `measures/retrofit/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
