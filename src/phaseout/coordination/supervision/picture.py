"""The picture of progress: each figure of each city and department, by nine set queries in all; and
the list behind a figure, by the same query.

    picture(reader, window)                       target → figure → Share
    of_counties(reader, window, city)             the same of the counties of a city
    behind(reader, window, figure, target)        the rows that a figure counts
    returns_behind(…), demands_behind(…)          of the two that are no rows of cases

A figure that is not told of somebody (returns of a department) is not there: that is not nought.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Left

from phaseout.accounts.rows import whole_reach
from phaseout.coordination.returns.standing import FIRST_YEAR, Place, places
from phaseout.coordination.supervision.reading import Reader, Window
from phaseout.coordination.supervision.sources import SOURCE_OF, SOURCES, Source, plan_followed
from phaseout.coordination.supervision.standing import DemandState, demands
from phaseout.coordination.supervision.targets import (
    COUNTY,
    counties,
    counties_of,
    is_city,
    is_county,
    targets_read,
    territory,
)
from phaseout.law.annual import returns_due
from phaseout.law.supervision import Share, figure

Picture = Mapping[str, Mapping[str, Share]]
WHOLE_REGION = "region"
"""Beside the targets: what all cities have together."""


def picture(
    reader: Reader, window: Window, only: str | None = None, *, with_counties: bool = False
) -> Picture:
    """Target (and `WHOLE_REGION`) → figure → share, within the reader's reach. `only`: nobody but
    this target, maybe a county, is looked at (and `WHOLE_REGION` is that target alone).
    `with_counties`: the counties as well, by the same queries. Of a county what offices hold is not
    told: no office is a county's."""
    wanted = reader.targets() if only is None else (only,)
    seen = [one for one in counties() if reader.sees(one)] if with_counties else []
    found: dict[str, dict[str, Share]] = defaultdict(dict)
    with whole_reach():  # narrowed by the reader: whoever supervises sees how much is late
        for source in SOURCES:
            if only is not None and source.by_office and is_county(only):
                continue
            rows = source.found(reader, window).filter(source.of(only) if only else Q())
            named = _names if only is None else lambda _, both=(only, WHOLE_REGION): both
            place, of = "at_city", tuple(wanted)
            if seen and not source.by_office:
                rows, of = rows.annotate(at_county=Left(source.place, 6)), (*wanted, *seen)
                place = "at_county"
            _count(found, source, _tallied(source, rows, place, "at_department"), of, named)
        _planless(found, window)
        _count_returns(found, reader, window, wanted)
        _count_demands(found, reader, window, (*wanted, *seen))
    return found


def of_counties(reader: Reader, window: Window, city: str) -> Picture:
    """County → figure → share, of the counties of a city that the reader sees, by as many queries
    as there are sources."""
    wanted = [one for one in counties_of(city) if reader.sees(one)]
    found: dict[str, dict[str, Share]] = defaultdict(dict)
    with whole_reach():  # narrowed by the reader
        for source in SOURCES:
            if source.by_office:
                continue
            rows = source.found(reader, window).filter(source.of(city))
            placed = rows.annotate(at_county=Left(source.place, 6))
            _count(found, source, _tallied(source, placed, "at_county"), wanted,
                   lambda row: (f"{COUNTY}{row['at_county']}",))  # fmt: skip
        _planless(found, window)
        _count_demands(found, reader, window, wanted)
    return {one: found[one] for one in wanted}


def _tallied(source: Source, found: QuerySet[Any], *by: str) -> QuerySet[Any]:
    rows = found.order_by().values(*by)
    counts = {f"n_{one}": Count("pk", filter=Q(**{f"is_{one}": True})) for one in source.figures}
    bases = {f"m_{one}": Count("pk", filter=_base(one)) for one in source.figures}
    counted: QuerySet[Any] = rows.annotate(**counts, **bases)
    return counted


def _base(key: str) -> Q:
    """The base of a figure among the rows of its source."""
    return Q(of_overdue=True) if key == "overdue" else Q()


def _count(
    found: dict[str, dict[str, Share]],
    source: Source,
    rows: Iterable[Mapping[str, Any]],
    wanted: Iterable[str],
    named: Callable[[Mapping[str, Any]], tuple[str, ...]],
) -> None:
    """Sum the groups up for each target: of a city all departments, of a department all cities."""
    sums: dict[str, dict[str, list[int]]] = defaultdict(
        lambda: {one: [0, 0] for one in source.figures}
    )
    for row in rows:
        for name in named(row):
            for one in source.figures:
                sums[name][one][0] += row[f"n_{one}"]
                sums[name][one][1] += row[f"m_{one}"]
    for name in (*wanted, WHOLE_REGION):
        for one in source.figures:
            part, base = sums[name][one]
            found[name][one] = Share(part, base if figure(one).is_share else None)


def _names(row: Mapping[str, Any]) -> tuple[str, ...]:
    place = row["at_county"] if "at_county" in row else row["at_city"]
    city = f"city_{place[:4]}00" if place else ""
    county = f"{COUNTY}{place}" if len(place) > 4 else ""
    return tuple(name for name in (city, county, row["at_department"], WHOLE_REGION) if name)


def _planless(found: dict[str, dict[str, Share]], window: Window) -> None:
    """Without a plan nothing is known of it, which is not a plan without lines."""
    if plan_followed(window) is None:
        for of_one in found.values():
            of_one["plan_done"] = of_one["plan_late"] = Share()


def round_due(window: Window) -> int | None:
    """The latest year whose returns were due by the window's last day; None: none was."""
    for year in (window.year, window.year - 1):
        if year >= FIRST_YEAR and returns_due(year).due < window.last:
            return year
    return None


def _late(place: Place) -> bool:
    """Whether it was owed at the end of the day of asking: due, and not reported by then."""
    if not place.is_past:
        return False
    if place.filed is None:
        return True
    return place.due.due + timedelta(days=place.filed.days_late) > place.today


def returns_behind(reader: Reader, window: Window, target: str, *, whole: bool) -> list[Place]:
    """The returns of the latest round that is due, of a city or of all that the reader sees; late
    ones, or the whole."""
    year = round_due(window)
    of = [territory(target)] if is_city(target) else _cities_seen(reader)
    if year is None or not of:
        return []
    return [one for one in places(year, window.today, of=of) if whole or _late(one)]


def _cities_seen(reader: Reader) -> list[str]:
    return [territory(one) for one in reader.targets() if is_city(one)]


def _count_returns(
    found: dict[str, dict[str, Share]], reader: Reader, window: Window, wanted: Iterable[str]
) -> None:
    year, seen = round_due(window), _cities_seen(reader)
    if year is None or not seen:
        return
    listed = places(year, window.today, of=seen)
    for name in (*filter(is_city, wanted), WHOLE_REGION):
        own = [one for one in listed if name == WHOLE_REGION or one.city == territory(name)]
        found[name]["returns_late"] = Share(sum(_late(one) for one in own), len(own))


def demands_behind(reader: Reader, window: Window, target: str, *, whole: bool) -> QuerySet[Any]:
    """The demands of measures in force that are not met: past their day, or all of them."""
    open_ = demands(window.today).exclude(state=DemandState.MET).filter(_told(reader))
    if target != WHOLE_REGION:
        open_ = open_.filter(measure__target=target)
    return open_ if whole else open_.filter(state=DemandState.LATE)


def _told(reader: Reader) -> Q:
    return Q() if reader.whole else Q(measure__target__in=sorted(targets_read(reader.scope)))


def _count_demands(
    found: dict[str, dict[str, Share]], reader: Reader, window: Window, wanted: Iterable[str]
) -> None:
    rows = demands_behind(reader, window, WHOLE_REGION, whole=True).order_by()
    counted = {
        row["measure__target"]: Share(row["late"], row["n"])
        for row in rows.values("measure__target").annotate(
            n=Count("pk"), late=Count("pk", filter=Q(state=DemandState.LATE))
        )
    }
    own = targets_read(reader.scope)
    for name in wanted:
        if reader.whole or name in own:
            found[name]["demands_late"] = counted.get(name, Share(0, 0))
    if reader.whole:
        every = counted.values()
        sums = (sum(one.part or 0 for one in every), sum(one.of or 0 for one in every))
        found[WHOLE_REGION]["demands_late"] = Share(*sums)


def behind(
    reader: Reader, window: Window, key: str, target: str, *, whole: bool = False
) -> QuerySet[Any]:
    """The rows that a figure of a target counts; `whole`: those of its base. Evaluate it within
    `whole_reach`."""
    source = SOURCE_OF[key]
    rows = source.found(reader, window)
    if target != WHOLE_REGION:
        rows = rows.filter(source.of(target))
    return rows.filter(_base(key) if whole else Q(**{f"is_{key}": True}))


__all__ = [
    "WHOLE_REGION",
    "Picture",
    "behind",
    "demands_behind",
    "of_counties",
    "picture",
    "returns_behind",
]
