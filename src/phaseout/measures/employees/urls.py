"""Addresses of the pages of this room, under `measures/employees/`."""

from django.urls import path

from phaseout.measures.employees.pages import lists, people, plans, standards

urlpatterns = [
    path("", plans.settlements, name="settlements"),
    path("new/", plans.settlement_new, name="settlement-new"),
    path("template.xlsx", lists.template, name="settlement-template"),
    path("standards/", standards.standards, name="wage-standards"),
    path("lists/<int:pk>/", lists.listed, name="settlement-list"),
    path("lists/<int:pk>/problems.<str:ending>", lists.problems, name="settlement-problems"),
    path("lists/<int:pk>/marked.xlsx", lists.marked, name="settlement-marked"),
    path("<int:pk>/", plans.settlement, name="settlement"),
    path("<int:pk>/procedure/", plans.procedure, name="settlement-procedure"),
    path("<int:pk>/list/", lists.list_new, name="settlement-list-new"),
    path("<int:pk>/people/", people.people, name="settlement-people"),
    path("<int:pk>/people/<int:employee>/", people.person, name="settlement-person"),
]
