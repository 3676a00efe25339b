"""A moment as the facts tell it: Beijing local time, without an offset."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    _Field = models.Field[datetime, datetime]
else:
    _Field = models.Field


class BeijingTimeField(_Field):
    """A `timestamp` column of naive datetimes. Readings are compared and counted by local hours
    and days, so that no zone may move them."""

    description = "Beijing local time"

    def db_type(self, connection: Any) -> str:
        return "timestamp"
