"""Addresses of the pages of this room, under `exits/`."""

from django.urls import path

from phaseout.exits.pages import accepting, applying, field, listing, one, planning, recording

urlpatterns = [
    path("", listing.listing, name="exits"),
    path("put-off/", listing.put_off_list, name="exits-put-off"),
    path("field/", field.page, name="exit-field"),
    path("field/worker.js", field.worker, name="exit-field-worker"),
    path("field/app.webmanifest", field.manifest, name="exit-field-manifest"),
    path("field/shell.json", field.shell, name="exit-field-shell"),
    path("field/cases.json", field.cases, name="exit-field-cases"),
    path("<int:pk>/", one.one, name="exit"),
    path("<int:pk>/plan/", planning.plan, name="exit-plan"),
    path("<int:pk>/record/", recording.record, name="exit-record"),
    path("<int:pk>/field.json", field.taken, name="exit-field-case"),
    path("<int:pk>/records/", field.received, name="exit-field-records"),
    path("<int:pk>/acceptance/", accepting.acceptance, name="exit-acceptance"),
    path("<int:pk>/acts/<str:kind>/", one.act, name="exit-act"),
    path("<int:pk>/put-off/", one.put_off, name="exit-put-off"),
    path("<int:pk>/application/", applying.application, name="exit-application"),
    path("<int:pk>/pack.zip", one.pack, name="exit-pack"),
]
