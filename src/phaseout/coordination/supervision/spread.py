"""How differently like cases are treated: the same procedure, industry and (if asked) the same
document that was not met; by city, with the cases that lie far out.

    groups(reader, today)             which like cases there are
    spread(reader, asked, today)      medians and quartiles by city, orders, outcomes, outliers
    like(reader, asked, today, …)     the cases behind a number of it, each with how it was treated

Numbers are computed by the database over all cases at once (`alike.sql`); which case is an outlier
says `law.supervision.fences`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Left

from phaseout.accounts.rows import whole_reach
from phaseout.casework.models import Act, Case, Ground
from phaseout.coordination.supervision.reading import Reader
from phaseout.law.periods.arithmetic import add_months
from phaseout.law.procedures import PROCEDURES, procedure, versions
from phaseout.law.supervision import Fences, fences, rule

MEASURED = ("wait", "period", "fine")
ALL = ""
"""The key of what all cities have together."""
MOST_OUTLIERS = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """Which cases are alike: procedure and industry; `cause`: the document (source id) their first
    finding rests on, or empty for any."""

    procedure: str
    industry: str
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Like cases there are."""

    asked: Asked
    cases: int
    cities: int


@dataclass(slots=True)
class Treated:
    """What a city (or all of them) made of like cases. `quartiles`: measure → its three quartiles
    and of how many; a measure nobody has is left out."""

    cases: int = 0
    decided: int = 0
    periods: int = 0
    extended: int = 0
    closed: int = 0
    quartiles: dict[str, tuple[int, tuple[Decimal, Decimal, Decimal]]] = field(default_factory=dict)
    ordered: dict[str, int] = field(default_factory=dict)
    ended: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outlier:
    """A case, in which measure (`wait`, `period`, `fine`) it lies far out, and its value."""

    case: Case
    measure: str
    value: Decimal
    fences: Fences


@dataclass(frozen=True, slots=True)
class Like:
    """A case of a group and how it was treated; days and yuan, None: nothing of the kind."""

    case: Case
    ordered: tuple[str, ...]
    extended: bool
    wait: Decimal | None
    period: Decimal | None
    fine: Decimal | None


@dataclass(frozen=True, slots=True)
class Spread:
    """All of it. `by_city`: city (four digits) → what it made; `fences`: measure → bounds, None of
    too few; `causes`: documents the first findings rest on, with the number of cases."""

    asked: Asked
    since: date
    whole: Treated
    by_city: Mapping[str, Treated]
    fences: Mapping[str, Fences | None]
    causes: Mapping[str, int]
    outliers: tuple[Outlier, ...]
    more: bool


def since(today: date) -> date:
    """From which opening day on cases are compared."""
    return add_months(today, -int(rule("spread_months", today).value))


def _within(reader: Reader, today: date) -> QuerySet[Case]:
    return Case.objects.filter(reader.cases(), opened_on__range=(since(today), today))


def groups(reader: Reader, today: date) -> list[Group]:
    """Procedure by industry, the most cases first."""
    rows = _within(reader, today).order_by().values("procedure", industry=F("line__industry"))
    counted = rows.annotate(n=Count("pk"), cities=Count(Left("division_code", 4), distinct=True))
    with whole_reach():  # narrowed by the reader; see reading.Reader
        found = list(counted)
    listed = [
        Group(Asked(row["procedure"], row["industry"]), row["n"], row["cities"]) for row in found
    ]
    return sorted(listed, key=lambda one: (-one.cases, one.asked.procedure, one.asked.industry))


def spread(reader: Reader, asked: Asked, today: date) -> Spread:
    """The treatment of like cases. Two queries, one of them for the cases that lie far out."""
    times, least = rule("spread_fence", today).value, int(rule("spread_least", today).value)
    told = _Told.of(_asked_rows(reader, asked, today, times))
    bounds = {
        one: fences(n, *three, times=times, least=least)
        for one, (n, three) in told.treated[ALL].quartiles.items()
    }
    outliers = _outliers(told.outside, bounds)
    return Spread(
        asked=asked,
        since=since(today),
        whole=told.treated.pop(ALL),
        by_city=dict(sorted(told.treated.items())),
        fences=bounds,
        causes=told.causes,
        outliers=tuple(outliers[:MOST_OUTLIERS]),
        more=len(outliers) > MOST_OUTLIERS,
    )


@dataclass(slots=True)
class _Told:
    treated: dict[str, Treated]
    causes: dict[str, int]
    outside: list[tuple[int, str, Decimal]]

    @classmethod
    def of(cls, rows: list[tuple[str, dict[str, Any]]]) -> _Told:
        told = cls({ALL: Treated()}, {}, [])
        for what, row in rows:
            if what == "cause":
                told.causes[row["source_id"] or ""] = row["n"]
                continue
            if what == "outside":
                told.outside.append((row["id"], row["measure"], Decimal(str(row["value"]))))
                continue
            one = told.treated.setdefault(row["city"] or ALL, Treated())
            if what == "sums":
                told._sums(one, row)
            else:
                (one.ordered if what == "ordered" else one.ended)[row["key"]] = row["n"]
        return told

    @staticmethod
    def _sums(one: Treated, row: Mapping[str, Any]) -> None:
        for name in ("cases", "decided", "periods", "extended", "closed"):
            setattr(one, name, row[name])
        for measure in MEASURED:
            if (three := row[f"{measure}_quartiles"]) is not None and three[0] is not None:
                first, median, third = (Decimal(str(value)) for value in three)
                one.quartiles[measure] = (row[f"{measure}_n"], (first, median, third))


_QUARTERS = ",\n    ".join(
    f"percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY {one}) AS {one}_quartiles, "
    f"count({one}) AS {one}_n"
    for one in MEASURED
)
_OUTSIDE = "".join(
    f"""
UNION ALL SELECT 'outside', to_jsonb(t) FROM (
  SELECT facts.id, '{one}' AS measure, facts.{one}::numeric AS value
  FROM facts, (SELECT {one}_quartiles AS q FROM sums WHERE city IS NULL) AS whole
  WHERE facts.{one} < q[1] - %(times)s * (q[3] - q[1])
    OR facts.{one} > q[3] + %(times)s * (q[3] - q[1])
  ORDER BY value DESC, id LIMIT %(most)s
) AS t"""
    for one in MEASURED
)
"""The farthest candidates of each measure; which of them are outliers says `fences`."""
SUMS = f"""
, sums AS MATERIALIZED (
  SELECT city, count(*) AS cases, count(wait) AS decided, count(period) AS periods,
    count(*) FILTER (WHERE extended) AS extended, count(closed_on) AS closed,
    {_QUARTERS}
  FROM facts GROUP BY GROUPING SETS ((city), ())
)
SELECT 'sums', to_jsonb(sums) FROM sums
UNION ALL SELECT 'ordered', to_jsonb(t) FROM (
  SELECT city, kind AS key, count(DISTINCT id) AS n FROM facts, unnest(ordered) AS kind
  GROUP BY GROUPING SETS ((city, kind), (kind))
) AS t
UNION ALL SELECT 'ended', to_jsonb(t) FROM (
  SELECT city, stage AS key, count(*) AS n FROM facts WHERE closed_on IS NOT NULL
  GROUP BY GROUPING SETS ((city, stage), (stage))
) AS t
UNION ALL SELECT 'cause', to_jsonb(t) FROM (
  SELECT source_id, count(*) AS n FROM facts GROUP BY source_id
) AS t
{_OUTSIDE}
"""


LIKE = """
SELECT id, ordered, extended, wait::numeric, period::numeric, fine FROM facts
WHERE (%(city)s = '' OR city = %(city)s)
  AND (%(only)s = '' OR %(only)s = 'decided' AND wait IS NOT NULL
    OR %(only)s = 'closed' AND closed_on IS NOT NULL OR %(only)s = 'extended' AND extended
    OR %(only)s = ANY(ordered) OR closed_on IS NOT NULL AND stage = %(only)s)
ORDER BY id DESC LIMIT %(most)s
"""


def like(
    reader: Reader, asked: Asked, today: date, *, city: str = "", only: str = ""
) -> list[Like]:
    """The newest cases behind a number, at most `MOST_OUTLIERS` and one.

    Args:
        city: first four digits, or empty for all.
        only: `decided`, `closed`, `extended`, the kind of a decision, or the stage in which cases
            ended; empty for all.
    """
    values = {"city": city, "only": only, "most": MOST_OUTLIERS + 1}
    narrowed = Q(division_code__startswith=city) & _had(asked.procedure, only)
    # Of one document only the facts know which: those of all cases are needed.
    newest = None if asked.cause else MOST_OUTLIERS + 1
    rows = _fetched(reader, asked, today, LIKE, values, narrowed, newest)
    with whole_reach():  # narrowed by the reader already
        cases = Case.objects.select_related("enterprise").in_bulk([row[0] for row in rows])
    return [
        Like(cases[pk], tuple(dict.fromkeys(ordered or ())), extended, wait, period, fine)
        for pk, ordered, extended, wait, period, fine in rows
    ]


def _had(name: str, only: str) -> Q:
    """Condition on cases that is the same as the one on their facts in `LIKE`."""
    kinds, of_case = _kinds(name), {"case": OuterRef("pk")}
    if not only:
        return Q()
    if only == "closed":
        return Q(closed_on__isnull=False)
    if only == "decided":
        decided = Q(Exists(Act.objects.filter(**of_case, kind__in=kinds["decisions"])))
        return decided & Q(Exists(Ground.objects.filter(**of_case)))
    if only == "extended":
        return Q(Exists(Act.objects.filter(**of_case, kind__in=kinds["lengthening"])))
    if only in kinds["decisions"]:
        return Q(Exists(Act.objects.filter(**of_case, kind=only)))
    return Q(stage=only, closed_on__isnull=False)


def _asked_rows(
    reader: Reader, asked: Asked, today: date, times: Decimal
) -> list[tuple[str, dict[str, Any]]]:
    values = {"times": float(times), "most": MOST_OUTLIERS + 1}
    rows = _fetched(reader, asked, today, SUMS, values)
    return [(what, json.loads(row) if isinstance(row, str) else row) for what, row in rows]


def _outliers(
    candidates: list[tuple[int, str, Decimal]], bounds: Mapping[str, Fences | None]
) -> list[Outlier]:
    """The cases beyond the bounds; a measure of too few has none."""
    rows = [
        (pk, measure, value, found)
        for pk, measure, value in candidates
        if (found := bounds.get(measure)) is not None and found.is_outside(value)
    ][: MOST_OUTLIERS + 1]
    with whole_reach():  # narrowed by the reader already
        cases = Case.objects.select_related("enterprise").in_bulk([row[0] for row in rows])
    return [Outlier(cases[pk], measure, value, found) for pk, measure, value, found in rows]


def _fetched(
    reader: Reader,
    asked: Asked,
    today: date,
    select: str,
    values: Mapping[str, Any],
    narrowed: Q | None = None,
    newest: int | None = None,
) -> list[tuple[Any, ...]]:
    """What `select` makes of the facts of the group, narrowed on the cases; of the newest only."""
    rows = _within(reader, today).filter(procedure=asked.procedure, line__industry=asked.industry)
    ids = rows.filter(narrowed or Q()).values("id")
    ordered = ids.order_by() if newest is None else ids.order_by("-id")[:newest]
    chosen, given = ordered.query.sql_with_params()
    for place in range(len(given)):
        chosen = chosen.replace("%s", f"%(chosen_{place})s", 1)
    named = {f"chosen_{place}": value for place, value in enumerate(given)}
    statement = _alike().replace("{chosen}", chosen) + select
    with whole_reach(), connection.cursor() as cursor:  # narrowed by the reader
        cursor.execute(
            statement, {**named, **_kinds(asked.procedure), "cause": asked.cause, **values}
        )
        return list(cursor.fetchall())


@cache
def _alike() -> str:
    return (resources.files(__package__) / "alike.sql").read_text(encoding="utf-8")


@cache
def _kinds(name: str) -> Mapping[str, list[str]]:
    """The acts of a procedure that decide, that extend a period, that fine; by its tables."""
    decisions: set[str] = set()
    lengthening: set[str] = set()
    fines: set[str] = set()
    for first, _last in versions(name) if name in PROCEDURES else ():
        rules = procedure(name, version=first.isoformat())
        decisions |= {block.decision for block in rules.blocks}
        lengthening |= {act for one in rules.periods.values() for act in one.lengthened_by}
        fines |= {
            kind for kind, act in rules.acts.items() if any(b.item == "amount" for b in act.brings)
        }
    return {
        "decisions": sorted(decisions),
        "lengthening": sorted(lengthening),
        "fines": sorted(fines),
    }
