"""Addresses of the calendar feed and of «预见»."""

from django.urls import path

from phaseout.casework.watching import pages

urlpatterns = [
    path("calendar/", pages.calendar_settings, name="calendar-settings"),
    path("calendar/<str:secret>.ics", pages.calendar, name="calendar"),
    path("foresight/", pages.foresight, name="foresight"),
]
