"""Addresses of notices, the calendar feed and «预见»."""

from django.urls import path

from phaseout.casework.watching import notices, pages

urlpatterns = [
    path("notices/", notices.notices, name="notices"),
    path("notices/read/", notices.notices_read, name="notices-read"),
    path("notices/count/", notices.notices_count, name="notices-count"),
    path("notices/settings/", notices.notice_settings, name="notice-settings"),
    path("calendar/<str:secret>.ics", pages.calendar, name="calendar"),
    path("foresight/", pages.foresight, name="foresight"),
]
