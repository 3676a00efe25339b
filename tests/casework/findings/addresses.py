"""The site's addresses, with empty pages where another room's are still to come."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from django.urls.resolvers import get_resolver

from phaseout.web.urls import urlpatterns as site

OTHERS = {
    "enterprise": "x/enterprise/<str:uscc>/",
    "line": "x/line/<str:line_id>/",
    "finding": "x/finding/<str:finding_id>/",
    "norm-row": "x/row/<path:row_id>/",
    "confirm-row": "x/confirm/<path:row_id>/",
    "runs": "x/runs/",
}


def _empty(request: HttpRequest, **_: str) -> HttpResponse:
    return HttpResponse("")


def _known() -> set[object]:
    return set(get_resolver("phaseout.web.urls").reverse_dict)


urlpatterns: list[URLPattern | URLResolver] = [
    *site,
    *(path(place, _empty, name=name) for name, place in OTHERS.items() if name not in _known()),
]
