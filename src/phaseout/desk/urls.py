from django.http import HttpRequest, HttpResponse
from django.urls import path


def _to_come(request: HttpRequest) -> HttpResponse:
    return HttpResponse("")


urlpatterns = [path("demo-day/", _to_come, name="demo-day")]
