"""Addresses of the pages of supervision, under `coordination/supervision/`."""

from django.urls import path

from phaseout.coordination.supervision.pages import (
    alike,
    exporting,
    measure,
    measures,
    progress,
    proposals,
)

urlpatterns = [
    path("", progress.progress, name="supervision"),
    path("list/", progress.behind_figure, name="supervision-list"),
    path("spread/", alike.like_cases, name="supervision-spread"),
    path(
        "progress-<int:place>.<str:ending>",
        exporting.progress_file,
        name="supervision-progress-file",
    ),
    path("spread.<str:ending>", exporting.spread_file, name="supervision-spread-file"),
    path("proposals/", proposals.proposals, name="supervision-proposals"),
    path("measures/", measures.listed, name="supervision-measures"),
    path("measures/new/", measures.new, name="supervision-new"),
    path("measures/<int:pk>/", measure.measure, name="supervision-measure"),
    path("measures/<int:pk>/measure.pdf", measure.document, name="supervision-pdf"),
    path("measures/<int:pk>/record.pdf", measure.minutes, name="supervision-record"),
]
