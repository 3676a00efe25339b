"""The site's role and its rights: seen to after every migration."""

from __future__ import annotations

from typing import Any

from django.db import connections

from phaseout.database.reach import grant


def see_to_rights(using: str, **kwargs: Any) -> None:
    """For `post_migrate`: tables may have been added, and a restored database has no rights yet."""
    connection = connections[using]
    connection.ensure_connection()
    grant(connection.connection)
