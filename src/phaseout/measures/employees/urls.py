"""Addresses of the pages of this room, under `measures/employees/`."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
