"""Addresses of the pages of the mechanism, under `coordination/mechanism/`."""

from django.urls import path

from phaseout.coordination.mechanism.pages import duties, meetings

urlpatterns = [
    path("", duties.matrix, name="duties"),
    path("offices/<slug:office>/", duties.office, name="duties-office"),
    path("work/", duties.work, name="duties-work"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/new/", meetings.meeting_new, name="meeting-new"),
    path("meetings/<int:pk>/", meetings.meeting, name="meeting"),
    path("meetings/<int:pk>/minutes/", meetings.minutes_new, name="meeting-minutes"),
    path("meetings/<int:pk>/minutes.pdf", meetings.document, name="meeting-pdf"),
]
