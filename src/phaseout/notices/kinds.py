"""What is told and how it goes out unless a person chose otherwise: the table `kinds.csv`, our own
administrative rule with its reasons. And under which head a notice stands in a digest."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from io import StringIO

from phaseout.law.refusals import Bilingual
from phaseout.notices.models import Choice

SOON = timedelta(days=3)
"""So long before a last day it stands among what falls due soon: even over a weekend a working day
is left."""

GROUPS: Mapping[str, Bilingual] = {
    "overdue": ("已经逾期", "Overdue"),
    "soon": ("三日内到期", "Due within three days"),
    "sign": ("待签发、待审定", "To be signed or decided"),
    "new": ("新任务和新来件", "New tasks and messages"),
    "later": ("将要到期", "Due later"),
    "info": ("供知悉", "For information"),
}
"""Heads of a digest in their order: what must be done first stands first."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of notice. `group`: its head in a digest; `day`: by its last day."""

    key: str
    how: Choice.How
    group: str
    name: Bilingual
    reason: Bilingual


@cache
def kinds() -> Mapping[str, Kind]:
    """Key → kind, the most urgent first."""
    text = (resources.files(__package__) / "tables" / "kinds.csv").read_text(encoding="utf-8")
    return {
        row["kind"]: Kind(
            key=row["kind"],
            how=Choice.How(row["how"]),
            group=row["group"],
            name=(row["zh"], row["en"]),
            reason=(row["reason_zh"], row["reason_en"]),
        )
        for row in csv.DictReader(StringIO(text))
    }


def group_of(kind: str, due: date | None, on: date) -> str:
    """Under which head of `GROUPS` a notice stands on a day."""
    group = kinds()[kind].group
    if group != "day":
        return group
    if due is None:
        return "info"
    if due < on:
        return "overdue"
    return "soon" if due - on <= SOON else "later"
