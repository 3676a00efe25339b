from django.urls import path

from phaseout.desk.urls import _to_come

urlpatterns = [path("findings/", _to_come, name="findings")]
