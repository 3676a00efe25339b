"""The addresses of the room."""

from django.urls import path

from phaseout.coordination.annual.pages import correcting, overview, picturing, report

urlpatterns = [
    path("", overview.annual, name="annual"),
    path("<int:year>/", report.year_page, name="annual-year"),
    path("<int:year>/rows/", report.rows_page, name="annual-rows"),
    path("<int:year>/rows/new/correct/", correcting.correct_page, name="annual-correct-new"),
    path("<int:year>/rows/<int:place>/correct/", correcting.correct_page, name="annual-correct"),
    path("<int:year>/chart.<str:ending>", picturing.picture, name="annual-chart"),
    path("<int:year>/<str:name>", report.file, name="annual-file"),
]
