"""Every address of the site, room by room."""

from django.urls import include, path

from phaseout.web import home

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("phaseout.web.operation_urls")),
    path("", include("phaseout.desk.urls")),
    path("sign-in/", include("allauth.account.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("norms/", include("phaseout.library.urls")),
    path("", include("phaseout.registry.urls")),
    path("", include("phaseout.casework.urls")),
    path("api/", include("phaseout.web.api_urls")),
]
