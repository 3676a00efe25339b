"""The addresses of the public site, under `public/`. They are cited: none of them ever changes."""

from django.urls import URLPattern, path

from phaseout.disclosure.site.feeds import EditionFeed, ListFeed
from phaseout.disclosure.site.pages import (
    calculator,
    data,
    enterprises,
    language,
    lists,
    log,
    pictures,
    procedures,
    reporting,
)

_EDITION = "lists/<str:key>/<int:number>"

urlpatterns: list[URLPattern] = [
    path("", lists.home, name="public-home"),
    path("language/<str:code>/", language.language, name="public-language"),
    path("lists/", lists.lists, name="public-lists"),
    path("lists/<str:key>/", lists.one_list, name="public-list"),
    path(f"{_EDITION}/", lists.edition, name="public-edition"),
    path(f"{_EDITION}/proof.json", log.proof_of_edition, name="public-edition-proof"),
    path(f"{_EDITION}/list.<str:form>", data.original, name="public-edition-original"),
    path(f"{_EDITION}/rows.<str:form>", data.edition_file, name="public-edition-file"),
    path("lists/<str:key>/<int:older>-<int:newer>/", lists.difference, name="public-difference"),
    path(
        "lists/<str:key>/proofs/<str:uscc>.json",
        log.proof_of_enterprise,
        name="public-enterprise-proof",
    ),
    path("log/", log.log, name="public-log"),
    path("log/head.json", log.head, name="public-log-head"),
    path("enterprises/", enterprises.enterprises, name="public-enterprises"),
    path("enterprises/<str:uscc>/", enterprises.enterprise, name="public-enterprise"),
    path("pictures/", pictures.pictures, name="public-pictures"),
    path(
        "pictures/<str:family>/<str:what>.<str:ending>",
        pictures.picture,
        name="public-picture",
    ),
    path("procedures/", procedures.procedures, name="public-procedures"),
    path(
        "procedures/<str:name>.<str:lang>.svg",
        procedures.picture,
        name="public-procedure-picture",
    ),
    path("procedures/<str:name>/", procedures.one_procedure, name="public-procedure"),
    path("periods/", calculator.calculator, name="public-calculator"),
    path("data/", data.data, name="public-data"),
    path("data/dictionary/", data.dictionary, name="public-dictionary"),
    path("data/<str:name>.<str:form>", data.newest_file, name="public-data-file"),
    path("feeds/lists.atom", EditionFeed(), name="public-feed"),
    path("feeds/<str:key>.atom", ListFeed(), name="public-list-feed"),
    path("report/", reporting.report, name="public-report"),
    path("report/restart/", reporting.restart, name="public-report-restart"),
    path("report/error/", reporting.error, name="public-report-error"),
    path("report/<str:code>/", reporting.status, name="public-report-status"),
]
