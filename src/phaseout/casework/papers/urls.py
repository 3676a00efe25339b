"""Addresses of issued documents."""

from django.urls import path

from phaseout.casework.own.gate import for_offices
from phaseout.casework.papers import pages
from phaseout.casework.papers.evidence import case_evidence

urlpatterns = [
    path("cases/<int:pk>/evidence/", for_offices(case_evidence), name="case-evidence"),
    path("papers/<int:pk>/", pages.paper, name="paper"),
    path("papers/<int:pk>/pdf/", pages.pdf, name="paper-pdf"),
    path("papers/<int:pk>/docx/", pages.docx, name="paper-docx"),
]
