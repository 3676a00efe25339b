"""Who may read a file: who brought it, and who may see something that names it.

Rooms above say what names files (`register` in their `AppConfig.ready`); this one knows none.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from phaseout.evidence.models import EvidenceFile

Reader = Callable[[EvidenceFile, Any, Any], bool]
"""Whether a person (user, scope) may read a file, as far as one room can tell."""

_READERS: dict[str, Reader] = {}


def register(name: str, reader: Reader) -> None:
    """Add what a room knows; the same name again replaces it."""
    _READERS[name] = reader


def may_read(file: EvidenceFile, user: Any, scope: Any) -> bool:
    """Whether the person may read the file."""
    if not getattr(user, "is_authenticated", False):
        return False
    return file.kept_by_id == user.pk or any(
        reader(file, user, scope) for reader in _READERS.values()
    )
