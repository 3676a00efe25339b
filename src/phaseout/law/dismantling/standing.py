"""In which state equipment stands, by the acts of its case and what was recorded on the spot."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from phaseout.law.refusals import Bilingual


class EquipmentState(StrEnum):
    """Where a piece of equipment stands between in place and accepted."""

    IN_PLACE = "in_place"
    CUT = "cut"
    SEALED = "sealed"
    DISMANTLING = "dismantling"
    DISMANTLED = "dismantled"
    ACCEPTED = "accepted"
    CLOSED_NOT_DISMANTLED = "closed_not_dismantled"

    @property
    def words(self) -> Bilingual:
        return _WORDS[self]


_WORDS = {
    EquipmentState.IN_PLACE: ("设备在位", "in place"),
    EquipmentState.CUT: ("已断水断电", "cut"),
    EquipmentState.SEALED: ("已封存", "sealed"),
    EquipmentState.DISMANTLING: ("拆除中", "dismantling"),
    EquipmentState.DISMANTLED: ("已拆除", "dismantled"),
    EquipmentState.ACCEPTED: ("已验收", "accepted"),
    EquipmentState.CLOSED_NOT_DISMANTLED: ("关停未拆除", "closed but not dismantled"),
}

RESTARTED = frozenset({"record_restart", "restart_after_exit", "objection_upheld", "reopen"})
"""After these nothing that was cut, sealed or dismantled counts any more."""
FAILED = "acceptance_failed"
STOPPED = frozenset({"shut_down", "cease_business", "close_enterprise", "ban"})


def since_reset(acts: Sequence[str]) -> list[str]:
    """The kinds of acts that count: those after the last restart; a failed acceptance takes back
    the dismantling before it."""
    start = max((n for n, kind in enumerate(acts, 1) if kind in RESTARTED), default=0)
    counted: list[str] = []
    for kind in acts[start:]:
        if kind == FAILED:
            counted = [one for one in counted if one not in ("dismantle", "acceptance_passed")]
        else:
            counted.append(kind)
    return counted


def state_of(acts: Sequence[str], *, begun: bool = False, put_off: bool = False) -> EquipmentState:
    """The state, the furthest that is reached.

    Args:
        acts: kinds of all acts of the case, in order.
        begun: whether the removal of a part has been recorded.
        put_off: whether the line was entered as closed and not dismantled, with a reason.
    """
    done = since_reset(acts)
    failed = FAILED in acts and "dismantle" not in done
    whole = bool(STOPPED & set(done))
    if "acceptance_passed" in done or ("verify_stopped" in done and not put_off):
        return EquipmentState.ACCEPTED
    if "dismantle" in done:
        return EquipmentState.DISMANTLED
    if put_off and ("record_sealed" in done or whole):
        return EquipmentState.CLOSED_NOT_DISMANTLED
    if begun or failed:
        return EquipmentState.DISMANTLING
    if "record_sealed" in done:
        return EquipmentState.SEALED
    return (
        EquipmentState.CUT if {"cut_water", "cut_power"} <= set(done) else EquipmentState.IN_PLACE
    )
