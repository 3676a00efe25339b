"""Addresses of the pages of inspections, under `inspections/`."""

from django.urls import path

from phaseout.inspections.pages import draws, figures, plans, recording, tips, visits

urlpatterns = [
    path("", plans.plans, name="inspections"),
    path("plans/new/<str:dimension>/", plans.plan_new, name="inspection-plan-new"),
    path("plans/<int:pk>/", plans.plan, name="inspection-plan"),
    path("draws/<int:pk>/", draws.draw, name="inspection-draw"),
    path("draws/<int:pk>/draw.json", draws.draw_file, name="inspection-draw-file"),
    path("visits/", visits.visits, name="inspection-visits"),
    path("visits/<int:pk>/", visits.visit, name="inspection-visit"),
    path("visits/<int:pk>/record/", recording.record, name="inspection-record"),
    path("visits/<int:pk>/record.pdf", visits.record_file, name="inspection-record-pdf"),
    path("mine/", visits.mine, name="inspection-mine"),
    path("tips/", tips.tips, name="inspection-tips"),
    path("tips/<int:pk>/", tips.tip, name="inspection-tip"),
    path("tell/", tips.tip_new, name="inspection-tip-new"),
    path("tell/<slug:receipt>/", tips.tip_told, name="inspection-tip-told"),
    path("figures/", figures.figures, name="inspection-figures"),
    path("figures.csv", figures.figures_csv, name="inspection-figures-csv"),
]
