"""The digest of plain data: one canonical text for the same data, and its SHA-256. No Django."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def canonical(data: Any) -> str:
    """JSON with sorted names and no blanks: the same text for the same data."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest_of(data: Any) -> str:
    """SHA-256 over the canonical text as UTF-8, as 64 hex digits."""
    return hashlib.sha256(canonical(data).encode()).hexdigest()
