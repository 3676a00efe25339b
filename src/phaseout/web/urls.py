"""Every address of the site, room by room. (/healthz, /readyz, /metrics: web.operation.)"""

from django.urls import include, path

from phaseout.web import home

urlpatterns = [
    path("", home.home, name="home"),
    path("", include("phaseout.desk.urls")),
    path("", include("phaseout.accounts.urls")),
    path("", include("phaseout.evidence.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("notices/", include("phaseout.notices.urls")),
    path("norms/", include("phaseout.library.urls")),
    path("", include("phaseout.registry.urls")),
    path("", include("phaseout.casework.urls")),
    path("inspections/", include("phaseout.inspections.urls")),
    path("exits/restart/", include("phaseout.exits.restart.urls")),
    path("exits/", include("phaseout.exits.urls")),
    path("measures/prices/", include("phaseout.measures.prices.urls")),
    path("measures/funds/", include("phaseout.measures.funds.urls")),
    path("measures/employees/", include("phaseout.measures.employees.urls")),
    path("measures/land/", include("phaseout.measures.land.urls")),
    path("measures/retrofit/", include("phaseout.measures.retrofit.urls")),
    path("measures/sanctions/", include("phaseout.measures.sanctions.urls")),
    path("measures/", include("phaseout.measures.urls")),
    path("coordination/mechanism/", include("phaseout.coordination.mechanism.urls")),
    path("coordination/plan/", include("phaseout.coordination.planning.urls")),
    path("coordination/returns/", include("phaseout.coordination.returns.urls")),
    path("coordination/annual/", include("phaseout.coordination.annual.urls")),
    path("coordination/dashboard/", include("phaseout.coordination.dashboards.urls")),
    path("coordination/supervision/", include("phaseout.coordination.supervision.urls")),
    path("coordination/", include("phaseout.coordination.urls")),
    path("disclosure/lists/", include("phaseout.disclosure.lists.urls")),
    path("own/lists/", include("phaseout.disclosure.lists.own_urls")),
    path("disclosure/", include("phaseout.disclosure.urls")),
    path("public/", include("phaseout.disclosure.site.urls")),
    path("api/", include("phaseout.web.api_urls")),
]

handler500 = "phaseout.web.faults.failed"
