"""Addresses of issued documents."""

from django.urls import path

from phaseout.casework.papers import pages

urlpatterns = [
    path("papers/<int:pk>/", pages.paper, name="paper"),
    path("papers/<int:pk>/pdf/", pages.pdf, name="paper-pdf"),
    path("papers/<int:pk>/docx/", pages.docx, name="paper-docx"),
]
