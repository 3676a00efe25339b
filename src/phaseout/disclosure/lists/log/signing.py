"""The head is signed as soon as an event stands: after the act's own transaction, never in it."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction

from phaseout.disclosure.lists.log import heads


def sign_soon() -> None:
    """Sign once the transaction stands. An act of a case must not fail because a key cannot be
    read: the failure is logged, and the hourly job signs."""
    transaction.on_commit(_sign, robust=True)


def _sign() -> None:
    heads.sign(settings.HOME)
