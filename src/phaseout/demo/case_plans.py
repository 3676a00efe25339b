"""What is done in each demo case, and when: business days from January to March 2018.

The Spring Festival is from 15 to 21 February; the days here are workdays of that year.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db.models import Q


@dataclass(frozen=True, slots=True)
class Step:
    """One act on a day; `given` are facts that are not left to `casework.fact`."""

    kind: str
    on: date
    given: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """A case: who opens it when, what is done; `waits` is prepared at its end and not signed.
    `fits`: what its finding must be besides."""

    name: str
    dimension: str
    office: str
    opened_on: date
    steps: tuple[Step, ...]
    waits: Step | None = None
    fits: Q = field(default_factory=Q)

    @property
    def key(self) -> UUID:
        return uuid5(NAMESPACE_URL, f"phaseout:demo:case:{self.name}")


def _day(month: int, day: int) -> date:
    return date(2018, month, day)


def _step(kind: str, month: int, day: int, **given: Any) -> Step:
    return Step(kind, _day(month, day), given)


_ORDERED = (
    _step("order.file", 1, 10),
    _step("order.collect_evidence", 1, 12),
    _step("order.notice", 1, 16),
    _step("order.serve_notice", 1, 17),
)

IN_RECTIFICATION = Plan(
    "in-rectification",
    "energy",
    "eic",
    _day(1, 9),
    (
        *_ORDERED,
        _step("order.defence", 1, 18, points=["原料品质波动影响单位能耗", "余热回收改造已在招标"]),
        _step("order.answer_defence", 1, 22),
        _step("order.approve_by_head", 1, 24),
        _step("order_rectification", 1, 25),
        _step("order.serve_decision", 1, 26),
        _step("apply_extension", 3, 12, months=3),
    ),
    waits=_step("grant_extension", 3, 14, months=3),
)

CLOSED = Plan(
    "closed-met",
    "energy",
    "eic",
    _day(1, 9),
    (
        *_ORDERED,
        _step("order.approve_by_head", 1, 23),
        _step("order_rectification", 1, 24),
        _step("order.serve_decision", 1, 25),
        _step("report_completion", 3, 5),
        _step("recheck_passed", 3, 8),
        _step("close_met", 3, 9),
    ),
)

RESTRICTED = Plan(
    "restricted",
    "environment",
    "epd",
    _day(1, 10),
    (
        _step("accept_exceedance", 1, 12),
        _step("restriction.file", 1, 15),
        _step("restriction.collect_evidence", 1, 17),
        _step("restriction.notice", 1, 19),
        _step("restriction.serve_notice", 1, 22),
        _step("restriction.legal_review", 1, 29),
        _step("restriction.collective", 1, 31),
        _step("restriction.approve_by_head", 2, 1),
        _step("restrict_production", 2, 2),
        _step("restriction.serve_decision", 2, 5, service_way="electronic", consent=True),
        _step("file_plan", 2, 12),
    ),
)

DISMANTLING = Plan(
    "dismantling",
    "technology",
    "eic",
    _day(1, 11),
    (
        _step("record_match", 1, 12),
        _step("elimination.file", 1, 15),
        _step("elimination.collect_evidence", 1, 16),
        _step("elimination.notice", 1, 18),
        _step("elimination.serve_notice", 1, 19),
        _step("elimination.legal_review", 1, 29),
        _step("elimination.collective", 1, 30),
        _step("elimination.approve_by_head", 1, 31),
        _step("order_elimination", 2, 1, removal_by=_day(6, 29)),
        _step("elimination.serve_decision", 2, 2),
        _step("cut_water", 2, 26),
        _step("cut_power", 2, 27),
        _step("remove_drive", 2, 28),
        _step("seal", 3, 1),
        _step("commitment", 3, 5),
        _step("publish_commitment", 3, 6),
        _step("set_dismantling_date", 3, 7, dismantle_by=_day(5, 31)),
    ),
)

STOPPED = Plan(
    "stopped",
    "safety",
    "wsb",
    _day(1, 10),
    (
        _step("record_hazard", 1, 10),
        _step("order_temporary_stop", 1, 11, rectify_by=_day(4, 27)),
    ),
)

NOTIFIED = Plan(
    "notified",
    "energy",
    "eic",
    _day(3, 6),
    (
        _step("order.file", 3, 7),
        _step("order.collect_evidence", 3, 9),
        _step("order.notice", 3, 13),
        _step("order.serve_notice", 3, 14, service_way="electronic", consent=True),
    ),
)

PLANS = (IN_RECTIFICATION, CLOSED, RESTRICTED, DISMANTLING, STOPPED, NOTIFIED)
"""In the order in which they choose their enterprises, each another one."""
