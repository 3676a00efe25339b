"""A few findings that wait on recalled rows, and the officers who may sign."""

from __future__ import annotations

from typing import Any

import pytest

from casebook import Desk

ROW = "energy_limits/GB21341-2017/1"
OTHER = "energy_limits/GB21341-2017/2"
EMISSION = "emission_limits/E-GB13456-2012/1"


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk()


@pytest.fixture
def waiting(desk: Desk) -> Desk:
    """Three findings wait on OTHER, one on ROW, two of environment; those of L9 in another city."""
    north = desk.enterprise("91640200MA00000002", division_code="640202")
    lines = [desk.line(f"L{n}", capacity=30, capacity_unit="万t/a") for n in (1, 2)]
    away = desk.line("L9", enterprise=north)
    for line, row in ((lines[0], OTHER), (lines[0], OTHER), (lines[1], OTHER), (away, ROW)):
        desk.finding(line, **_of(row), provisional=True, reasons=["norm_not_verified"])
    for line in (lines[0], away):
        desk.finding(
            line,
            dimension="environment",
            judged_by="environment",
            **_of(EMISSION),
            verdict="compliant",
            provisional=True,
            reasons=["norm_not_verified"],
        )
    return desk


def _of(row: str) -> dict[str, Any]:
    return {"norm_row": row, "source_id": row.split("/")[1]}


@pytest.fixture
def signed_in(client: Any, desk: Desk) -> Any:
    """`signed_in("甲", "officer", "eic")`: the client of a person with one post."""
    from django.test import Client

    from phaseout.accounts.models import Post, User

    def opened(name: str, role: str, function: str, division: str = "640000", **client: Any) -> Any:
        user, new = User.objects.get_or_create(username=f"u-{name}", defaults={"name_zh": name})
        if new:
            Post.objects.create(user=user, role=role, function=function, division_code=division)
        browser = Client(**client)
        browser.force_login(user)
        browser.user = user
        return browser

    return opened
