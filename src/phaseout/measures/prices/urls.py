"""Addresses of the pages of this room, under `measures/prices/`."""

from django.urls import path

from phaseout.measures.prices.pages import bills, determinations, known, months, overview, years

urlpatterns = [
    path("", overview.overview, name="prices"),
    path("years/<int:year>/", years.year, name="price-year"),
    path("assessments/<int:pk>/", years.assessment, name="price-assessment"),
    path("determinations/<int:pk>/", determinations.determination, name="price-determination"),
    path("enterprises/<slug:uscc>/", determinations.enterprise, name="price-enterprise"),
    path("own/", determinations.own, name="price-own"),
    path("consumption/", months.consumption, name="price-consumption"),
    path("consumption/<int:pk>/", months.consumption_file, name="price-consumption-file"),
    path(
        "consumption/<int:pk>/marked.xlsx",
        months.consumption_marked,
        name="price-consumption-marked",
    ),
    path("editions/<int:pk>/", months.edition, name="price-edition"),
    path("bills/", bills.bill_lines, name="price-bill-lines"),
    path("bills/<int:pk>/", bills.bill, name="price-bill"),
    path("water/", known.water, name="price-water"),
    path("water/<int:pk>/", known.water_bill, name="price-water-bill"),
    path("renewables/", known.renewables, name="price-renewables"),
    path("determinations/<int:pk>/notice.pdf", determinations.notice, name="price-notice"),
    path("notices/<int:pk>/notice.pdf", determinations.signed, name="price-notice-signed"),
    path("ledger/", bills.ledger, name="price-ledger"),
]
