"""Addresses of the pages of the plan, under `coordination/plan/`."""

from django.urls import path

from phaseout.coordination.planning.pages import comparing, drafts, lines, opinions, years

urlpatterns = [
    path("", years.plans, name="work-plans"),
    path("<int:pk>/", drafts.plan, name="work-plan"),
    path("<int:pk>/lines/", lines.lines, name="work-plan-lines"),
    path("<int:pk>/measures/", drafts.measures, name="work-plan-measures"),
    path("<int:pk>/opinions/", opinions.opinions, name="work-plan-opinions"),
    path("<int:pk>/changes/", comparing.changes, name="work-plan-changes"),
    path("<int:pk>/plan.pdf", drafts.document, name="work-plan-pdf"),
]
