"""Addresses of the pages of tasks."""

from django.urls import path

from phaseout.casework.tasks import files, pages

urlpatterns = [
    path("tasks/", pages.tasks, name="tasks"),
    path("tasks/<int:pk>/", pages.task, name="task"),
    path("tasks/<int:pk>/files/<str:digest>/", files.task_file, name="task-file"),
]
