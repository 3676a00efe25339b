"""The demo day's address; it answers 404 outside demo mode."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from phaseout.desk.views import demo_day


def _to_come(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [path("demo-day/", demo_day, name="demo-day")]
