"""For the operator: alive, ready, counts."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
