from django.http import HttpResponse
from django.urls import path, include, register_converter
from phaseout.web.urls import urlpatterns as real
def to_come(request, **kw): return HttpResponse("")
urlpatterns = [*real,
 path("x/e/<str:uscc>/", to_come, name="enterprise"),
 path("x/l/<str:line_id>/", to_come, name="line"),
 path("x/f/<str:finding_id>/", to_come, name="finding"),
 path("x/n/<path:row_id>/", to_come, name="norm-row"),
 path("x/c/<path:row_id>/", to_come, name="confirm-row"),
]
