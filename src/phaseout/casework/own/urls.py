"""Addresses of the enterprise's own site, under own/."""

from django.urls import path

from phaseout.casework.own import acting, applying, pages

urlpatterns = [
    path("", pages.home, name="own-home"),
    path("exit/", applying.apply_for_exit, name="own-exit"),
    path("cases/<int:pk>/", pages.case, name="own-case"),
    path("cases/<int:pk>/evidence/", pages.evidence, name="own-evidence"),
    path("cases/<int:pk>/acts/<str:kind>/", acting.act, name="own-act"),
    path("papers/<int:pk>/received/", pages.receive, name="own-receive"),
]
