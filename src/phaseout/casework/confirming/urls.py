"""Addresses of confirming and settling; all need a sign-in."""

from django.urls import path

from phaseout.casework.confirming import pages, prints, settle_page

urlpatterns = [
    path("confirming/", pages.confirming, name="confirming"),
    path("confirming/settle/", settle_page.settle, name="settle"),
    path("confirming/prints/<int:pk>/", prints.norm_print, name="norm-print"),
    path("confirming/doubts/<int:pk>/clear/", pages.clear_doubt, name="clear-doubt"),
    path("confirming/effect/<path:row_id>/", pages.effect, name="confirm-effect"),
    path("confirming/rows/<path:row_id>/", pages.confirm_row, name="confirm-row"),
]
