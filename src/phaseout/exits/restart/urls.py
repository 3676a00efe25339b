"""Addresses of the pages of this room, under `exits/restart/`."""

from django.urls import path

from phaseout.exits.restart.pages import alarms, batches, lines

urlpatterns = [
    path("", lines.lines, name="restart"),
    path("lines/<path:line_id>/load.csv", lines.load_csv, name="restart-line-csv"),
    path("lines/<path:line_id>/", lines.line, name="restart-line"),
    path("alarms/", alarms.alarms, name="restart-alarms"),
    path("alarms/<int:pk>/", alarms.alarm, name="restart-alarm"),
    path("readings/", batches.batches, name="restart-batches"),
    path("readings/new/", batches.batch_new, name="restart-batch-new"),
    path("readings/<int:pk>/", batches.batch, name="restart-batch"),
    path("readings/<int:pk>/file/", batches.batch_file, name="restart-batch-file"),
]
