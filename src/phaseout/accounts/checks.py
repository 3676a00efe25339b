"""What an operator must know before serving: demo people in a database that is not a demo."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import Tags, Warning, register
from django.db import DatabaseError

from phaseout.accounts.models import User


@register(Tags.database)
def no_demo_people(app_configs: Any, databases: Any = None, **kwargs: Any) -> list[Warning]:
    """They cannot sign in outside demo mode; that they are there says where the data came from."""
    if settings.DEMO or not databases:
        return []
    try:
        count = User.objects.filter(demo=True).count()
    except DatabaseError:  # not migrated yet
        return []
    if not count:
        return []
    return [
        Warning(
            f"{count} demo people are in this database; they cannot sign in here.",
            hint="A demonstration's database must not become a production one: start from an "
            "empty database.",
            id="phaseout.W001",
        )
    ]
