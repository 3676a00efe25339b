"""The lines a plan is drawn up from, each with what the system would plan, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from django.db import connection

from phaseout.accounts.rows import whole_reach
from phaseout.coordination.planning.models import PlannedLine
from phaseout.law.capacity import EXITED, LIVE, keys_of
from phaseout.law.opinions import Opinions
from phaseout.law.planning import RETURNS, aim_of, annual_day
from phaseout.law.refusals import Bilingual

Ground = PlannedLine.Ground
PROVISIONAL, LATER, PERSON = "provisional", "later", "person"
LEFT_OUT: Mapping[str, Bilingual] = {
    PROVISIONAL: ("结论为暂定", "the finding is provisional"),
    LATER: ("期限在年度之后", "its last day lies after the year"),
    PERSON: ("经研究不列入", "left out by decision"),
}
"""Why a line is not planned; in words."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line and what is planned for it. `amount` in `unit` (the ledger's), None: not told.
    `computed`: what the system had said of what a person changed."""

    line_id: str
    line_name: str
    uscc: str
    firm: str
    division_code: str
    industry: str
    product: str
    unit: str
    amount: Decimal | None
    aim: str
    dimension: str
    ground: str
    case_id: int | None
    office: str
    due: date
    included: bool
    left_out: str = ""
    computed: Mapping[str, Any] | None = None
    reason: str = ""


def candidates(year: int, on: date) -> list[Candidate]:
    """All lines with an open case or standing outdated on the day, by industry and place.

    Planned are those found outdated for certain, and those in a case, whose day lies in the year:
    the last day their case has to keep, else the day of the cities' returns (31 December). What is
    only provisionally outdated, and what has time until after the year, is left out, and listed.

    Raises:
        Refusal: `term.not-in-force`, the Opinions are not in force in that year.
    """
    last = annual_day(RETURNS, year).due
    begins = max(on, date(year, 1, 1))  # a day before is no milestone of that year
    return [_candidate(row, begins, last) for row in _rows(on)]


def taken_in(line_ids: list[str], on: date, year: int) -> dict[str, Candidate]:
    """Lines a person wants planned that are no candidates: found by nothing, planned to exit."""
    last = annual_day(RETURNS, year).due
    with whole_reach(), connection.cursor() as cursor:
        cursor.execute(_LINES, {"lines": line_ids, "on": on, "live": list(keys_of(LIVE))})
        found = [dict(zip(_COLUMNS, row, strict=True)) for row in cursor.fetchall()]
    lead = Opinions.of().lead(9)[0]
    return {
        row["line_id"]: Candidate(
            **row,
            aim="exit",
            dimension="",
            ground=Ground.PERSON,
            case_id=None,
            office=lead,
            due=last,
            included=True,
        )
        for row in found
    }


def _candidate(row: Mapping[str, Any], begins: date, last: date) -> Candidate:
    aim = aim_of(row["governing"], procedure=row["procedure"], stage=row["stage"])
    due = row["due"] if row["due"] is not None and row["due"] >= begins else last
    ground = Ground.CASE if row["case_id"] else Ground.FINDING
    left_out = ""
    if row["case_id"] is None and row["outdated"] != "yes":
        ground, left_out = Ground.PROVISIONAL, PROVISIONAL
    elif due > last:
        left_out = LATER
    return Candidate(
        line_id=row["line_id"],
        line_name=row["line_name"],
        uscc=row["enterprise_id"],
        firm=row["firm"],
        division_code=row["division_code"],
        industry=row["industry"],
        product=row["product"],
        unit=row["unit"],
        amount=row["amount"],
        aim=aim,
        dimension=row["dimension"],
        ground=ground,
        case_id=row["case_id"],
        office=row["office"] or Opinions.of().lead(9)[0],
        due=due,
        included=not left_out,
        left_out=left_out,
    )


def _rows(on: date) -> list[dict[str, Any]]:
    # Clause (19): the plan is drawn up jointly, over all dimensions; who drafts it may see some.
    with whole_reach(), connection.cursor() as cursor:
        cursor.execute(
            _sql(), {"on": on, "live": list(keys_of(LIVE)), "exited": list(keys_of(EXITED))}
        )
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@cache
def _sql() -> str:
    return (resources.files(__package__) / "candidates.sql").read_text(encoding="utf-8")


_COLUMNS = (
    "line_id", "line_name", "uscc", "firm", "division_code", "industry", "product", "unit",
    "amount",
)  # fmt: skip
_LINES = """
SELECT l.line_id, l.name, l.enterprise_id, e.name, l.division_code, l.industry,
  coalesce(k.product, l.product, ''), coalesce(k.unit, ''), k.live
FROM registry_productionline AS l
JOIN registry_enterprise AS e ON e.uscc = l.enterprise_id
LEFT JOIN LATERAL (
  SELECT p.product, p.unit, sum(p.amount) AS live
  FROM registry_capacityposting AS p
  WHERE p.line_id = l.line_id AND p.effective_on <= %(on)s AND p.account = ANY(%(live)s)
  GROUP BY p.product, p.unit HAVING sum(p.amount) > 0
  ORDER BY 3 DESC, 1, 2 LIMIT 1
) AS k ON true
WHERE l.line_id = ANY(%(lines)s)
"""


def candidate_of(row: PlannedLine) -> Candidate:
    """A planned line of a draft as a candidate for the next."""
    names = (
        "line_id", "division_code", "industry", "product", "unit", "amount", "aim", "dimension",
        "ground", "case_id", "office", "due", "included", "left_out", "computed", "reason",
    )  # fmt: skip
    return Candidate(
        line_name=row.line.name,
        uscc=row.enterprise_id,
        firm=row.enterprise.name,
        **{name: getattr(row, name) for name in names},
    )


def changed(one: Candidate, reason: str, **said: Any) -> Candidate:
    """The candidate as a person wants it: `included`, `due`, `office`. What is said as it was
    computed is no change."""
    was = dict(one.computed or {})
    for name, value in said.items():
        if getattr(one, name) != value:
            was.setdefault(name, _plain(getattr(one, name)))
    now = replace(one, **said)
    was = {name: value for name, value in was.items() if _plain(getattr(now, name)) != value}
    if not was and one.ground != Ground.PERSON:
        return replace(now, computed={}, reason="", left_out="" if now.included else one.left_out)
    left_out = "" if now.included else one.left_out or PERSON
    return replace(now, computed=was, reason=reason or one.reason, left_out=left_out)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
