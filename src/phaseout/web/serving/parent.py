"""A child that ends when its parent does, however that went."""

from __future__ import annotations

import os
import signal
import threading
import time

VARIABLE = "PHASEOUT_PARENT"
"""Number of the pipe whose other end the parent holds open as long as it lives."""

GRACE = 30.0
EVERY = 0.5
"""Seconds between two looks at whether the starter is still there."""


def follow_parent() -> None:
    """Ask ourselves to stop (SIGTERM) when the parent is gone; end for certain after the grace."""
    number = os.environ.pop(VARIABLE, "")
    if number:
        threading.Thread(target=_wait, args=(int(number),), daemon=True).start()


def follow_starter() -> None:
    """The same for a process that was started without a pipe (a worker of granian): whoever is left
    over when its starter is killed would keep the port, and no site could start again."""
    threading.Thread(target=_look_up, args=(os.getppid(),), daemon=True).start()


def _wait(pipe: int) -> None:
    os.set_inheritable(pipe, False)
    os.read(pipe, 1)  # returns only at its end: nobody writes
    _end()


def _look_up(starter: int) -> None:
    while os.getppid() == starter:
        time.sleep(EVERY)
    _end()


def _end() -> None:
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)
