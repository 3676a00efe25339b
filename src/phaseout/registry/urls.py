from django.urls import path

from phaseout.desk.urls import _to_come

urlpatterns = [
    path("enterprises/", _to_come, name="enterprises"),
    path("imports/", _to_come, name="imports"),
]
