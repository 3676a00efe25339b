"""Addresses of the pages of cases."""

from django.urls import path

from phaseout.casework.cases import deadlines, diagram, due, files, pages
from phaseout.casework.cases.doing.exiting import case_exit
from phaseout.casework.cases.doing.pages import case_act
from phaseout.casework.cases.signing.pages import proposal, signing_list
from phaseout.casework.cases.signing.previewing import proposal_preview
from phaseout.casework.own.gate import for_offices

urlpatterns = [
    path("cases/", pages.cases, name="cases"),
    path("cases/open/", pages.case_open, name="case-open"),
    path("cases/deadlines/", due.deadlines, name="deadlines"),
    path("cases/to-sign/", for_offices(signing_list), name="to-sign"),
    path("cases/<int:pk>/", pages.case, name="case"),
    path("cases/<int:pk>/diagram.svg", for_offices(diagram.case_diagram), name="case-diagram"),
    path("cases/<int:pk>/acts/<str:kind>/", for_offices(case_act), name="case-act"),
    path("cases/<int:pk>/exit/", for_offices(case_exit), name="case-exit"),
    path(
        "cases/<int:pk>/deadlines/<int:place>/<str:period>/",
        for_offices(deadlines.case_deadline),
        name="case-deadline",
    ),
    path("cases/<int:pk>/files/<str:digest>/", for_offices(files.case_file), name="case-file"),
    path("proposals/<int:pk>/preview/", for_offices(proposal_preview), name="proposal-preview"),
    path("proposals/<int:pk>/", for_offices(proposal), name="proposal"),
]
