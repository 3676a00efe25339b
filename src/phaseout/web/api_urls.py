"""Addresses of the API: version 1, its document and its documentation."""

from django.urls import path, re_path

from phaseout.web.api.document import documentation
from phaseout.web.api.house import api, not_there

urlpatterns = [
    path("v1/docs/", documentation, name="api-docs"),
    path("v1/", api.urls),
    re_path(r"^.*$", not_there),
]
