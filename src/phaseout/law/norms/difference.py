"""What changed between two editions of a standard, limit by limit.

    difference(old, new, book)      rows added, taken out, changed, and how many stayed as they were

Rows meet that ask the same (`editions.asks`), first those with the same condition and unit, then
those that differ in them. Whatever finds no partner was added or taken out; what an amendment does
not name stays as its standard has it. Remarks on a row are no part of what it asks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

from phaseout.law.norms.book import NormBook
from phaseout.law.norms.documents import is_amendment
from phaseout.law.norms.editions import asks
from phaseout.law.norms.reading import PROSE_COLUMNS, Kind, read
from phaseout.law.norms.records import Row, Source

FIGURES = (
    "comparator", "value", "unit", "threshold", "kgce_per_unit", "reference_o2_percent",
    "band_low", "band_high", "surcharge", "surcharge_unit", "length", "deadline",
)  # fmt: skip
"""The fields that set what a row asks for."""

CONDITIONS = ("condition", "exceptions_zh", "exceptions_en", "starts_on", "note")
"""The fields that say when a row applies."""


@dataclass(frozen=True, slots=True)
class Change:
    """A limit that both editions have. `fields` are those that differ; `percent` is the change of
    the figure in hundredths of the old one, None where it cannot be told (another unit, none set).
    """

    old: Row
    new: Row
    fields: tuple[str, ...]
    percent: Decimal | None

    @property
    def of_figure(self) -> bool:
        return any(name in FIGURES for name in self.fields)

    @property
    def of_condition(self) -> bool:
        return any(name in CONDITIONS for name in self.fields)


@dataclass(frozen=True, slots=True)
class Difference:
    """Two editions side by side. `same` counts the limits that stayed as they were; `unnamed` those
    that an amendment (`new`) does not touch, which are then not `removed`."""

    old: Source
    new: Source
    changed: tuple[Change, ...]
    added: tuple[Row, ...]
    removed: tuple[Row, ...]
    same: int
    unnamed: int = 0


def difference(old: Source, new: Source, book: NormBook) -> Difference:
    """What the edition `new` has otherwise than `old`, in the order of the rows of `new`."""
    before = [row for row in book.rows() if row.source_id == old.source_id]
    after = [row for row in book.rows() if row.source_id == new.source_id]
    pairs, removed, added = _paired(before, after)
    changes = [_change(one, other) for one, other in pairs]
    changed = [change for change in changes if change.fields]
    place = {row.row_id: at for at, row in enumerate(after)}
    changed.sort(key=lambda change: place[change.new.row_id])
    gone = () if is_amendment(new) else tuple(removed)
    return Difference(
        old,
        new,
        tuple(changed),
        tuple(added),
        gone,
        same=len(changes) - len(changed),
        unnamed=len(removed) - len(gone),
    )


Pairs = list[tuple[Row, Row]]


def _paired(before: Sequence[Row], after: Sequence[Row]) -> tuple[Pairs, list[Row], list[Row]]:
    """Rows that belong together, by ever looser keys; what is left over on either side."""
    keys: tuple[Callable[[Row], Hashable], ...] = (
        lambda row: (_asks(row), *_texts(row, (*FIGURES, *CONDITIONS))),
        lambda row: (_asks(row), *_texts(row, ("unit", *CONDITIONS))),
        lambda row: (_asks(row), *_texts(row, ("unit", "comparator"))),
        _asks,
    )
    pairs: Pairs = []
    left, right = list(before), list(after)
    for key in keys:
        found, left, right = _met(left, right, key)
        pairs += found
    return pairs, left, right


def _met(
    left: Iterable[Row], right: Iterable[Row], key: Callable[[Row], Hashable]
) -> tuple[Pairs, list[Row], list[Row]]:
    waiting: dict[Hashable, list[Row]] = defaultdict(list)
    for row in left:
        waiting[key(row)].append(row)
    pairs: Pairs = []
    alone = []
    for row in right:
        partners = waiting.get(key(row))
        if partners:
            pairs.append((partners.pop(0), row))
        else:
            alone.append(row)
    taken = {one.row_id for one, _ in pairs}
    return pairs, [row for row in left if row.row_id not in taken], alone


def _asks(row: Row) -> Hashable:
    # rows of tables without a question meet by their number only if they say the same
    return (row.row_id.split("/", 1)[0], asks(row) or row.clause)


def _texts(row: Row, names: Iterable[str]) -> tuple[str, ...]:
    return tuple(_text(row, name) for name in names)


def _text(row: Row, name: str) -> str:
    """The field as text; of a condition that was read, only what is no remark."""
    table, cell = row.row_id.split("/", 1)[0], getattr(row, name, "")
    if name not in PROSE_COLUMNS.get(table, ()):
        return str(cell)
    bearing = dict.fromkeys(p.prose for p in read(table, name, cell) if p.kind is not Kind.REMARK)
    return "; ".join(bearing)


def _change(old: Row, new: Row) -> Change:
    names = {field.name for field in fields(old)} & {field.name for field in fields(new)}
    differing = tuple(
        name
        for name in (*FIGURES, *CONDITIONS)
        if name in names and _text(old, name) != _text(new, name)
    )
    return Change(old, new, differing, _percent(old, new))


def _percent(old: Row, new: Row) -> Decimal | None:
    name = "kgce_per_unit" if hasattr(new, "kgce_per_unit") else "value"
    before, after = getattr(old, name, None), getattr(new, name, None)
    if not isinstance(before, Decimal) or not isinstance(after, Decimal) or not before:
        return None
    if _texts(old, ("unit", "comparator")) != _texts(new, ("unit", "comparator")):
        return None
    if getattr(old, "comparator", "") == "presence":
        return None
    return ((after - before) / abs(before) * 100).quantize(Decimal("0.1"))
