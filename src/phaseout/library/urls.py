"""Addresses of the norm library, under `norms/`. Row ids and document ids never change."""

from django.urls import path

from phaseout.library.views import compare, day, holes, index, methods, row, source

urlpatterns = [
    path("", index.library, name="library"),
    path("on/", day.norm_day, name="norm-day"),
    path("holes/", holes.norm_holes, name="norm-holes"),
    path("compare/", compare.norm_compare, name="norm-compare"),
    path("methods/<str:table>/", methods.norm_methods, name="norm-methods"),
    path("rows/<path:row_id>/", row.norm_row, name="norm-row"),
    path("<str:source_id>/rows.csv", source.norm_source_csv, name="norm-source-csv"),
    path("<str:source_id>/", source.norm_source, name="norm-source"),
]
