"""A child that ends when its parent does, however that went."""

from __future__ import annotations

import os
import signal
import threading
import time

VARIABLE = "PHASEOUT_PARENT"
"""Number of the pipe whose other end the parent holds open as long as it lives."""

GRACE = 30.0


def follow_parent() -> None:
    """Ask ourselves to stop (SIGTERM) when the parent is gone; end for certain after the grace."""
    number = os.environ.pop(VARIABLE, "")
    if number:
        threading.Thread(target=_wait, args=(int(number),), daemon=True).start()


def _wait(pipe: int) -> None:
    os.set_inheritable(pipe, False)
    os.read(pipe, 1)  # returns only at its end: nobody writes
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)
