"""Ask for the judgement of what was touched, without losing a wish or asking a thousand times."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

JOB = "casework.judge_touched"


def ask_for_judgement() -> None:
    """Defer the judgement of the enterprises in `Touched`, in the present transaction.

    One such job waits at most. Where one waits already it may run before this transaction is
    committed, and see nothing: so after the commit it is asked again.
    """
    if not _defer():
        transaction.on_commit(_defer)


def _defer() -> bool:
    try:
        with transaction.atomic():  # a refused insert must not spoil the transaction around it
            app.configure_task(JOB, queueing_lock=JOB).defer()
    except AlreadyEnqueued:
        return False
    return True
