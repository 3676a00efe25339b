"""Rates as the ministry writes them."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal


def rate(done: Decimal, task: Decimal | None) -> int | None:
    """Whole per cent of `task` that is done, half up; None where there is no task (or one of zero):
    that is no rate of nought.

    Source: the completion rates of 2010 (reporting_forms.md section 2), recomputed there.

    >>> rate(Decimal("4099.6"), Decimal(3000)), rate(Decimal("245.6"), Decimal(144))
    (137, 171)
    """
    if not task:
        return None
    return int((done * 100 / task).quantize(Decimal(1), ROUND_HALF_UP))
