"""Addresses of the firm's own pages of lists, under `own/lists/`."""

from django.urls import path

from phaseout.disclosure.lists.pages import own

urlpatterns = [
    path("", own.own_lists, name="own-lists"),
    path("<uuid:ground>/", own.own_list, name="own-list"),
    path("<uuid:ground>/proof.json", own.own_proof, name="own-list-proof"),
]
