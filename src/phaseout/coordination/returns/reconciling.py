"""City against department against ledger, side by side: what agrees, and what somebody must settle.

city        what the city reports
department  what the acts of the department's cases brought to exit, as they stood on their day
ledger      what stands on the ledger for the department's cases now
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, Q, Subquery

from phaseout.accounts.organisations import REGION_CODE, office_name
from phaseout.coordination.returns.drafting import filled
from phaseout.coordination.returns.exited import decided
from phaseout.coordination.returns.models import CountedRow, ReturnAct
from phaseout.coordination.returns.rows import DAYS, Row
from phaseout.coordination.returns.standing import Place
from phaseout.evidence.digests import digest_of
from phaseout.law.annual import columns
from phaseout.law.refusals import Bilingual
from phaseout.registry.capacity.saying import amount_said, shown

Choice = CountedRow.Choice
COMPARED = ("way", "dimension", *DAYS)
"""What is compared besides the amount, where the ledger has it."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One line (or firm's equipment) side by side. `number` is its row in the return."""

    key: tuple[str, str]
    number: int | None
    city: Row | None
    ledger: Row | None
    department: Decimal | None
    differences: tuple[Bilingual, ...]

    @property
    def row(self) -> Row:
        """What is known of it: as the city has it, else as the ledger."""
        found = self.city or self.ledger
        assert found is not None
        return found

    @property
    def department_shown(self) -> Decimal | None:
        return None if self.department is None else shown(self.department, self.key[1])

    @property
    def choices(self) -> list[Choice]:
        """What the department may choose where they differ."""
        there = [(Choice.CITY, self.city), (Choice.LEDGER, self.ledger)]
        return [choice for choice, row in there if row is not None] + [Choice.EXCLUDED]

    def counted(self, choice: Choice) -> Row:
        """The row as it is counted by a choice."""
        if choice is Choice.EXCLUDED:
            return self.row.corrected(amount=Decimal(0))
        found = self.ledger if choice is Choice.LEDGER else self.city
        return found or self.row


def compare(place: Place, rows: Sequence[Row]) -> list[Compared]:
    """Every row of the return, and every line of the ledger that it leaves out."""
    city = {row.key: (number, row) for number, row in enumerate(rows, 1)}
    ledger = {row.key: row for row in filled(place)}
    acts = decided(place.year, place.department, prefix=place.city[:4])
    others = _counted_elsewhere(place, [*city, *ledger])
    found = []
    for key in [*city, *(key for key in ledger if key not in city)]:
        number, row = city.get(key, (None, None))
        beside = ledger.get(key)
        told = _differences(row, beside, acts.get(key), others.get(key, ()))
        found.append(Compared(key, number, row, beside, acts.get(key), tuple(told)))
    return found


def digest(compared: Sequence[Compared]) -> str:
    """Of all that lies side by side: who accepts, accepts what was seen."""
    return digest_of(
        [
            [
                *one.key,
                one.city.plain if one.city else None,
                one.ledger.plain if one.ledger else None,
                None if one.department is None else f"{one.department:f}",
                [zh for zh, _ in one.differences],
            ]
            for one in compared
        ]
    )


def _differences(
    city: Row | None,
    ledger: Row | None,
    department: Decimal | None,
    elsewhere: Iterable[Bilingual],
) -> list[Bilingual]:
    told: list[Bilingual] = []
    if city is None:
        told.append(("台账有，市未报", "on the ledger, not reported"))
    elif ledger is None:
        told.append(("市报，台账没有", "reported, not on the ledger"))
    else:
        if city.amount != ledger.amount:
            told.append(_other("产能", "capacity", city, ledger))
        heads = {column.key: column.words for column in columns()}
        for name in COMPARED:
            there = getattr(ledger, name)
            if there not in ("", None) and getattr(city, name) != there:
                told.append((f"{heads[name][0]}不一致", f"other {heads[name][1]}"))
    if ledger is not None and department != ledger.amount:
        held = amount_said(department, ledger.unit) if department is not None else ("无", "none")
        told.append(
            (
                f"部门案件为{held[0]}，其后台账有更正或恢复",
                f"by the department's cases {held[1]}; corrected or restarted since",
            )
        )
    return [*told, *elsewhere]


def _other(zh: str, en: str, city: Row, ledger: Row) -> Bilingual:
    one, other = amount_said(city.amount, city.unit), amount_said(ledger.amount, ledger.unit)
    return (
        f"{zh}不一致：市报{one[0]}，台账{other[0]}",
        f"other {en}: reported {one[1]}, on the ledger {other[1]}",
    )


def standing_rows(year: Q, **narrowed: object) -> list[CountedRow]:
    """The counted rows of acceptances that stand: the last act of their place. `year` is a
    condition on them."""
    last = (
        ReturnAct.objects.filter(
            year=OuterRef("act__year"),
            department=OuterRef("act__department"),
            division_code=OuterRef("act__division_code"),
        )
        .order_by("-pk")
        .values("pk")[:1]
    )
    rows = CountedRow.objects.filter(year, act_id=Subquery(last), amount__gt=0, **narrowed)
    return list(rows.select_related("act").order_by("year", "act_id", "place"))


def _counted_elsewhere(
    place: Place, keys: Sequence[tuple[str, str]]
) -> Mapping[tuple[str, str], list[Bilingual]]:
    """What other departments have counted this year, or anybody in a year before: no device's exit
    counts twice."""
    lines = {key for key, _ in keys}
    usccs = {key.partition(" ")[0] for key in lines if " " in key}
    before = Q(year__lt=place.year) | (Q(year=place.year) & ~Q(department=place.department))
    named = Q(line_id__in=lines) | Q(line_id=None, uscc__in=usccs)
    found: dict[tuple[str, str], list[Bilingual]] = defaultdict(list)
    for one in standing_rows(before & named):
        office = office_name(one.department, REGION_CODE, one.act.done_on)
        found[Row.kept(one).key].append(
            (
                f"{office[0]}已计入{one.year}年",
                f"counted by {office[1]} for {one.year}",
            )
        )
    return found
