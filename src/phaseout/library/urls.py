from django.urls import path

from phaseout.desk.urls import _to_come

urlpatterns = [path("", _to_come, name="library")]
