"""Addresses of the pages of the registry. The page of an enterprise itself is casework's."""

from django.urls import path

from phaseout.registry.views import (
    capacity,
    capacity_hand,
    downloads,
    duplicates,
    enterprises,
    imports,
)

urlpatterns = [
    path("enterprises/", enterprises.enterprises, name="enterprises"),
    path("enterprises/duplicates/", duplicates.duplicates, name="duplicates"),
    path("enterprises/duplicates/<str:one>/<str:other>/", duplicates.pair, name="duplicate"),
    path("enterprises/merges/<int:pk>/undo/", duplicates.undo, name="merge-undo"),
    path(
        "enterprises/<str:uscc>/history/",
        enterprises.enterprise_history,
        name="enterprise-history",
    ),
    path("lines/<path:line_id>/", enterprises.line, name="line"),
    path("capacity/", capacity.balance, name="capacity"),
    path("capacity/balance.<str:ending>", capacity.export, name="capacity-export"),
    path("capacity/entries/", capacity.entries, name="capacity-entries"),
    path("capacity/entries.<str:ending>", capacity.entries_export, name="capacity-entries-export"),
    path("capacity/entries/<int:pk>/", capacity.entry, name="capacity-entry"),
    path("capacity/entries/<int:pk>/correct/", capacity_hand.correct, name="capacity-correct"),
    path("capacity/lines/<path:line_id>/", capacity.line, name="capacity-line"),
    path("capacity/replace/<path:line_id>/", capacity_hand.replace, name="capacity-replace"),
    path("capacity/transfer/<path:line_id>/", capacity_hand.transfer, name="capacity-transfer"),
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.import_new, name="import-new"),
    path("imports/template.xlsx", downloads.template, name="import-template"),
    path("imports/<int:pk>/", imports.shown, name="import"),
    path("imports/<int:pk>/check/", imports.check_again, name="import-check"),
    path("imports/<int:pk>/take/", imports.take, name="import-take"),
    path("imports/<int:pk>/abandon/", imports.give_up, name="import-abandon"),
    path("imports/<int:pk>/problems.<str:ending>", downloads.problems, name="import-problems"),
    path("imports/<int:pk>/marked.xlsx", downloads.marked, name="import-marked"),
    path("imports/<int:pk>/files/<int:position>/", downloads.original, name="import-file"),
]
