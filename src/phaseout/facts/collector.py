"""The collector of circles at rest while rows pass through Python."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """Rows are lists by the hundred thousand, and none leads back to itself: for nothing would the
    collector look through the whole process again and again. What is done with is let go anyhow.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()
