"""The ledger recomputed: whether every entry still is what it must be, and which is the first that
is not. It trusts no trigger: what somebody changed in the database by hand is found.

    check()        entry by entry, account by account, day by day; and beside the register

Rooms above whose acts and standings are grounds add their own question: `also(query, words)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from phaseout.law.capacity import (
    LIVE,
    Booking,
    Holder,
    Posting,
    accounts,
    keys_of,
    must_be_lawful,
)
from phaseout.law.capacity.moving import Unlawful
from phaseout.law.refusals import Bilingual
from phaseout.registry.capacity.units import counted_in
from phaseout.registry.models import CapacityEntry, CapacityPosting, ProductionLine


@dataclass(frozen=True, slots=True)
class Wrong:
    """An entry that is not what it must be."""

    entry: int
    line_id: str
    what: Bilingual


@dataclass(frozen=True, slots=True)
class Differs:
    """A line whose register and ledger say different totals; amounts in `unit`."""

    line_id: str
    unit: str
    registered: Decimal
    on_ledger: Decimal


@dataclass(frozen=True, slots=True)
class Checked:
    """What was looked at, the first wrong entry (None: there is none), and the lines that differ
    from the register (sold parts and what is left after an exit taken into account)."""

    entries: int
    postings: int
    wrong: Wrong | None
    differs: tuple[Differs, ...]

    @property
    def agrees(self) -> bool:
        return self.wrong is None and not self.differs


_QUESTIONS: dict[str, tuple[str, Bilingual]] = {
    "no_postings": (
        "SELECT e.id FROM registry_capacityentry AS e WHERE NOT EXISTS "
        "(SELECT FROM registry_capacityposting AS p WHERE p.entry_id = e.id)",
        ("没有借贷记录", "has no postings"),
    ),
    "no_entry": (
        "SELECT p.entry_id FROM registry_capacityposting AS p WHERE NOT EXISTS "
        "(SELECT FROM registry_capacityentry AS e WHERE e.id = p.entry_id)",
        ("只有借贷记录，没有记账凭证", "has postings and is not there itself"),
    ),
    "balance": (
        "SELECT entry_id FROM registry_capacityposting GROUP BY 1 HAVING sum(amount) <> 0",
        ("借贷不平衡", "does not balance"),
    ),
    "mixed": (
        "SELECT e.id FROM registry_capacityentry AS e JOIN registry_capacityposting AS p "
        "ON p.entry_id = e.id WHERE (p.line_id, p.product, p.unit, p.effective_on, p.known_on) "
        "<> (e.line_id, e.product, e.unit, e.effective_on, e.known_on)",
        ("借贷记录与凭证的生产线、产品、单位或日期不一致", "mixes lines, products, units or days"),
    ),
    "opposite": (
        "SELECT e.id FROM registry_capacityentry AS e WHERE e.corrects_id IS NOT NULL "
        "AND NOT capacity_is_opposite(e.id, e.corrects_id)",
        ("不是所冲销记录的反向记录", "is not the opposite of what it corrects"),
    ),
    "import": (
        "SELECT e.id FROM registry_capacityentry AS e WHERE e.of_import_id IS NOT NULL "
        "AND NOT EXISTS (SELECT FROM registry_import AS i WHERE i.id = e.of_import_id)",
        ("所依据的导入不存在", "names an import that is not there"),
    ),
    "below_zero": (
        "SELECT last FROM (SELECT account, max(entry_id) FILTER (WHERE amount < 0) "
        "OVER (PARTITION BY line_id, effective_on) AS last, sum(amount) OVER (PARTITION BY "
        "line_id, product, unit, enterprise_id, division_code, industry, account "
        "ORDER BY effective_on) AS stock FROM registry_capacityposting) AS s "
        "WHERE stock < 0 AND account <> 'origin'",
        ("使一个状态的产能小于零", "brings an account below zero"),
    ),
}


def also(name: str, query: str, words: Bilingual) -> None:
    """Have `check` ask this too: `query` yields the ids of the entries that are wrong."""
    _QUESTIONS[name] = (query, words)


def check() -> Checked:
    """Recompute the whole ledger. Reads only; sees what the caller may see (a command: all)."""
    found = [*_asked(), *_unlawful()]
    first = min(found, key=lambda each: each[0], default=None)
    wrong = None
    if first is not None:
        lines = CapacityPosting.objects.filter(entry_id=first[0]).values_list("line_id", flat=True)
        wrong = Wrong(first[0], lines.first() or "", first[1])
    return Checked(
        CapacityEntry.objects.count(), CapacityPosting.objects.count(), wrong, tuple(_differs())
    )


def _asked() -> Iterator[tuple[int, Bilingual]]:
    for query, words in _QUESTIONS.values():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT min(id) FROM ({query}) AS wrong (id)")
            ((number,),) = cursor.fetchall()
        if number is not None:
            yield int(number), words


def _unlawful() -> Iterator[tuple[int, Bilingual]]:
    """Each way in which entries of a kind move, judged once by the law."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kind, gone, come, holders, min(id) FROM (SELECT e.id, e.kind, "
            "array_agg(DISTINCT p.account) FILTER (WHERE p.amount < 0) AS gone, "
            "array_agg(DISTINCT p.account) FILTER (WHERE p.amount > 0) AS come, "
            "count(DISTINCT (p.enterprise_id, p.division_code, p.industry)) AS holders "
            "FROM registry_capacityentry AS e JOIN registry_capacityposting AS p "
            "ON p.entry_id = e.id GROUP BY e.id, e.kind) AS ways GROUP BY 1, 2, 3, 4"
        )
        ways = cursor.fetchall()
    known = {each.account for each in accounts()}
    for kind, out, into, holders, number in ways:
        if not {*(out or ()), *(into or ())} <= known:
            yield int(number), ("记入了没有的状态", "names an account that there is not")
        elif out and into and not _is_lawful(kind, out, into, holders):
            yield int(number), ("不是依法可以发生的变动", "moves capacity as no law allows")


def _is_lawful(kind: str, out: list[str], into: list[str], holders: int) -> bool:
    one, other = Holder("", "", ""), Holder("1" if holders > 1 else "", "", "")
    postings = [Posting(one, key, Decimal(-len(into))) for key in out]
    postings += [Posting(other, key, Decimal(len(out))) for key in into]
    try:
        must_be_lawful(kind, Booking("", "", tuple(postings)))
    except Unlawful:
        return False
    return True


def _differs() -> Iterator[Differs]:
    """Lines of which the register tells a capacity that is neither all that is on the ledger nor
    what is left of it. What is not told (no capacity, no unit) is compared with nothing."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT line_id, product, unit, sum(amount), sum(amount) FILTER (WHERE "
            "account = ANY(%s)) FROM registry_capacityposting WHERE account <> 'origin' "
            "GROUP BY 1, 2, 3",
            [list(keys_of(LIVE))],
        )
        stocks = {
            (line, product, unit): (whole, live or Decimal(0))
            for line, product, unit, whole, live in cursor.fetchall()
        }
    told = ProductionLine.objects.filter(capacity__isnull=False, capacity_unit__isnull=False)
    for line, product, capacity, written in told.order_by("line_id").values_list(
        "line_id", "product", "capacity", "capacity_unit"
    ):
        counted = counted_in(written or "")
        if counted is None or capacity is None:
            continue
        unit, times = counted
        whole, live = stocks.get((line, product or "", unit), (Decimal(0), Decimal(0)))
        if capacity * times not in (whole, live):
            yield Differs(line, unit, capacity * times, whole)
