"""The words that are hashed and signed: the same bytes wherever they are made. No Django."""

from __future__ import annotations

from phaseout.evidence.digests import canonical

FORMAT = "phaseout-list-proof/1"
GROWN = "phaseout-list-heads/1"
LOG_NAME = "phaseout publication log"


def head_text(size: int, root: str, made_at: str) -> bytes:
    """What the signature of a head covers. `made_at`: ISO 8601 in UTC, with microseconds."""
    return canonical({"log": LOG_NAME, "made_at": made_at, "root": root, "size": size}).encode()
