"""Addresses of the pages of this room, under `measures/funds/`."""

from django.urls import path

from phaseout.measures.funds.pages import allocating, applications, programmes

urlpatterns = [
    path("", programmes.funds, name="funds"),
    path("new/", programmes.fund_new, name="fund-new"),
    path("ledger/", programmes.fund_ledger, name="fund-ledger"),
    path("<int:pk>/", programmes.fund, name="fund"),
    path("<int:pk>/income/", programmes.income, name="fund-income"),
    path("<int:pk>/apply/", applications.fund_apply, name="fund-apply"),
    path("<int:pk>/allocate/<int:year>/<str:how>/", allocating.allocate, name="fund-allocate"),
    path("applications/<int:pk>/", applications.application, name="fund-application"),
]
