"""Addresses of notices."""

from django.urls import path

from phaseout.notices.pages import choosing, inbox, outgoing

urlpatterns = [
    path("", inbox.notices, name="notices"),
    path("read/", inbox.notices_read, name="notices-read"),
    path("count/", inbox.notices_count, name="notices-count"),
    path("digest/", inbox.digest, name="notice-digest"),
    path("settings/", choosing.notice_settings, name="notice-settings"),
    path("out/", outgoing.messages_out, name="messages-out"),
]
