"""Notices and how they are sent."""

from __future__ import annotations

from addresses.address import Address

NOTICES = [
    Address("notices", "eic-officer"),
    Address("notices", "administrator", note="none"),
    Address("notices", "eic-officer", query="unread=1", note="unread"),
    Address("notice-digest", "eic-leader"),
    Address("notice-settings", "eic-officer"),
    Address("calendar-settings", "eic-officer"),
    Address("messages-out", "administrator"),
    Address("messages-out", "eic-officer", status=403, note="refused"),
]
