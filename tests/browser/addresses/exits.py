"""Exits on site, and the watch over cut lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from addresses.address import Address


def _exit() -> Sequence[Any]:
    from phaseout.casework.models import Case

    rows = Case.objects.filter(stage="to_remove", exit_acts__kind="plan").order_by("pk")
    return [rows.values_list("pk", flat=True)[0]]


EXITS = [
    Address("exits", "eic-inspector"),
    Address("exits", "eic-inspector", query="which=accepted", note="accepted"),
    Address("exits-put-off", "eic-inspector"),
    Address("exit", "eic-inspector", _exit),
    Address("exit", "auditor", _exit, note="reading"),
    Address("exit-plan", "eic-inspector", _exit, query="form=dismantle&eq=E1&kind:E1=cement_mill"),
    Address("exit-record", "eic-inspector", _exit),
    Address("exit-acceptance", "eic-inspector", _exit),
    Address("exit-act", "eic-inspector", lambda: [*_exit(), "dismantle"], note="incomplete"),
    Address("exit-put-off", "eic-inspector", _exit),
    Address("exit-field", "eic-inspector"),
]


def _watched() -> Sequence[Any]:
    """Empty where no line of the site is cut."""
    from phaseout.exits.restart.models import WatchedLine

    return list(WatchedLine.objects.order_by("pk").values_list("pk", flat=True)[:1])


def _alarm() -> Sequence[Any]:
    """Empty where no line of the site is cut."""
    from phaseout.exits.restart.models import Alarm

    return list(Alarm.objects.order_by("pk").values_list("pk", flat=True)[:1])


def _batch() -> Sequence[Any]:
    """Empty where no line of the site is cut."""
    from phaseout.exits.restart.models import Batch

    return list(Batch.objects.order_by("pk").values_list("pk", flat=True)[:1])


RESTART = [
    Address("restart", "eic-officer"),
    Address("restart", "yinchuan-officer"),
    Address("restart", "eic-officer", query="state=stopped", note="none found"),
    Address("restart-line", "eic-officer", _watched),
    Address("restart-line", "grid-officer", _watched, note="grid"),
    Address("restart-alarms", "eic-officer"),
    Address("restart-alarm", "eic-officer", _alarm),
    Address("restart-batches", "eic-officer"),
    Address("restart-batch", "grid-officer", _batch),
    Address("restart-batch-new", "grid-officer"),
    Address("restart", "enterprise-91640100MA00000001", status=403, note="refused"),
]
