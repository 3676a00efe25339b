"""Checks of what a row says: words, units, comparators, thresholds, pairs, classes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import fields
from decimal import Decimal, InvalidOperation

from phaseout.law.industries import ALL_INDUSTRIES, INDUSTRIES
from phaseout.law.norms.checks.issue import Issue, error
from phaseout.law.norms.checks.store import Store
from phaseout.law.norms.records import EmissionLimit, EquipmentEntry, Row
from phaseout.law.norms.units import norm_units

_LIMITS = frozenset({"<=", ">="})
_WORDS: Mapping[str, Mapping[str, frozenset[str]]] = {
    "energy_limits": {
        "comparator": frozenset({"<="}),
        "applies_to": frozenset({"existing", "new", "all"}),
        "grade": frozenset({"limit", "access", "advanced", "grade1", "grade2", "grade3"}),
    },
    "emission_limits": {
        "comparator": _LIMITS,
        "medium": frozenset({"air", "water"}),
        "averaging": frozenset({"hour", "day", "any"}),
        "limit_kind": frozenset({"existing", "new", "special", "ultra_low"}),
    },
    "equipment_catalogue": {
        "comparator": frozenset({"lt", "le", "gt", "ge", "eq", "gt_lt", "presence"}),
        "class_": frozenset({"eliminate", "limit"}),
    },
    "product_standards": {"comparator": frozenset({"lt", "le", "gt", "ge", "eq", "presence"})},
}
"""The words that these columns may hold."""

_PLANTS: Mapping[str, str] = {
    "limit": "existing", "grade3": "existing", "access": "new", "grade2": "new",
    "advanced": "all", "grade1": "all",
}  # fmt: skip
"""Whom a grade addresses (energy_method.md section 2, steps 3 and 4)."""

_AT_LEAST = ("pH", "去除效率", "高度")
"""What an emission standard sets a lower bound for, beside removal efficiencies in percent."""


def check_words(store: Store) -> Iterator[Issue]:
    """Columns with a closed list of words hold no other; industries are those of clause (3)."""
    for table, row in store.rows():
        for column, words in _WORDS.get(table, {}).items():
            word = getattr(row, column)
            if word not in words:
                yield _unknown(row, column.rstrip("_"), word)
        industry = getattr(row, "industry", ALL_INDUSTRIES)
        if industry not in INDUSTRIES and industry != ALL_INDUSTRIES:
            yield _unknown(row, "industry", industry)
    for limit in store.book.energy_limits:
        if _PLANTS.get(limit.grade, limit.applies_to) != limit.applies_to:
            yield _unknown(limit, f"grade {limit.grade}, applies_to", limit.applies_to)


def _unknown(row: Row, column: str, word: str) -> Issue:
    name = "comparator_unknown" if column == "comparator" else "word_unknown"
    return error(
        name,
        row.row_id,
        zh=f"{row.row_id}的{column}为“{word}”，不在允许的取值之内。",
        en=f"{column} of {row.row_id} is {word!r}, which is none of the words allowed there.",
    )


def check_units(store: Store) -> Iterator[Issue]:
    """Every unit of a row is listed in `units.csv`."""
    known = norm_units()
    for _, row in store.rows():
        for field in fields(row):
            unit = getattr(row, field.name)
            of_units = field.name == "unit" or field.name.endswith("_unit")
            if of_units and isinstance(unit, str) and unit not in known and not _silent(row, unit):
                yield error(
                    "unit_unknown",
                    row.row_id,
                    zh=f"{row.row_id}的单位“{unit}”不在units.csv中。",
                    en=f"the unit {unit!r} of {row.row_id} is not in units.csv.",
                )


def _silent(row: Row, unit: str) -> bool:
    """An empty unit is fine where the row has no figure that would need one."""
    figures = ("value", "threshold", "kgce_per_unit", "surcharge", "length")
    return unit == "" and not any(getattr(row, name, None) for name in figures)


def check_comparators(store: Store) -> Iterator[Issue]:
    """A lower bound stands only where one makes sense, and no figure is out of its range."""
    for row in store.book.emission_limits:
        least = row.unit == "percent" or any(word in row.pollutant_zh for word in _AT_LEAST)
        senseless = row.comparator == ">=" and not least
        reversed_ = row.comparator == "<=" and row.unit == "percent" and "removal" in row.condition
        if senseless or reversed_:
            yield error(
                "comparator_senseless",
                row.row_id,
                zh=f"{row.row_id}（{row.pollutant_zh}）的比较符{row.comparator}不合理。",
                en=f"the comparator {row.comparator} of {row.row_id} ({row.pollutant_en}) "
                "makes no sense.",
            )
        share = row.unit == "percent" and row.value is not None and row.value > 100
        if share or (row.value is not None and row.value < 0):
            yield _out_of_range(row, row.value)
    for product in store.book.product_standards:
        presence = product.comparator == "presence" and product.value not in (0, 1)
        if presence or (product.value is not None and product.value < 0):
            yield _out_of_range(product, product.value)
    for factor in store.book.energy_factors:
        if factor.kgce_per_unit is not None and factor.kgce_per_unit <= 0:
            yield _out_of_range(factor, factor.kgce_per_unit)


def _out_of_range(row: Row, value: Decimal | None) -> Issue:
    return error(
        "value_out_of_range",
        row.row_id,
        zh=f"{row.row_id}的数值{value}超出可能的范围。",
        en=f"the value {value} of {row.row_id} is out of its possible range.",
    )


def check_ph(store: Store) -> Iterator[Issue]:
    """A pH range has both ends, and the lower one is the lower."""
    ranges: dict[tuple[object, ...], dict[str, EmissionLimit]] = defaultdict(dict)
    for row in store.book.emission_limits:
        if row.pollutant_zh.startswith("pH"):
            key = (
                row.source_id, row.medium, row.industry, row.source_zh, row.limit_kind,
                row.condition, row.effective_from, row.effective_to,
            )  # fmt: skip
            ranges[key][row.comparator] = row
    for ends in ranges.values():
        low, high = ends.get(">="), ends.get("<=")
        if low is None or high is None:
            one = next(iter(ends.values()))
            yield error(
                "ph_incomplete",
                one.row_id,
                zh=f"{one.row_id}的pH范围只有一端。",
                en=f"the pH range of {one.row_id} has only one end.",
            )
        elif low.value is not None and high.value is not None and low.value >= high.value:
            yield error(
                "ph_reversed",
                low.row_id,
                high.row_id,
                zh=f"{low.row_id}与{high.row_id}的pH上下限颠倒。",
                en=f"the pH range of {low.row_id} and {high.row_id} is upside down.",
            )


Bounds = tuple[Decimal, bool, Decimal, bool]
"""From, whether inside, to, whether inside."""

_ENDLESS = Decimal("Infinity")


def bounds(comparator: str, threshold: str) -> Bounds | None:
    """The interval in which a catalogue test hits; None for `presence`.

    Raises:
        ValueError: the threshold is no number, or for `gt_lt` not two in ascending order.

    >>> bounds("gt_lt", "400;1200")
    (Decimal('400'), False, Decimal('1200'), False)
    """
    if comparator == "presence":
        if threshold not in ("0", "1"):
            raise ValueError(f"presence is 0 or 1, not {threshold!r}")
        return None
    try:
        figures = [Decimal(part) for part in threshold.split(";")]
    except InvalidOperation:
        raise ValueError(f"{threshold!r} is no number") from None
    if comparator == "gt_lt":
        if len(figures) != 2 or not figures[0] < figures[1]:
            raise ValueError(f"{threshold!r} is not two numbers a;b with a < b")
        return figures[0], False, figures[1], False
    if len(figures) != 1:
        raise ValueError(f"{threshold!r} is not one number")
    figure = figures[0]
    return {
        "lt": (-_ENDLESS, False, figure, False),
        "le": (-_ENDLESS, False, figure, True),
        "gt": (figure, False, _ENDLESS, False),
        "ge": (figure, True, _ENDLESS, False),
        "eq": (figure, True, figure, True),
    }[comparator]


def check_thresholds(store: Store) -> Iterator[Issue]:
    """A threshold of the catalogue can be read."""
    for row in store.book.equipment_catalogue:
        try:
            bounds(row.comparator, row.threshold)
        except (ValueError, KeyError) as problem:
            yield error(
                "threshold_unreadable",
                row.row_id,
                zh=f"{row.row_id}的阈值无法读取：{problem}",
                en=f"the threshold of {row.row_id} cannot be read: {problem}",
            )


def check_classes(store: Store) -> Iterator[Issue]:
    """No test of one edition stands in the eliminate and in the limit class without exceptions."""
    tests: dict[tuple[object, ...], dict[str, EquipmentEntry]] = defaultdict(dict)
    for row in store.book.equipment_catalogue:
        if not row.exceptions_zh and not row.clause.endswith("#all"):
            key = (
                row.source_id, row.industry, row.equipment_type_zh, row.attribute_en,
                row.comparator, row.threshold, row.unit,
            )  # fmt: skip
            tests[key].setdefault(row.class_, row)
    for classes in tests.values():
        if len(classes) > 1:
            rows = [classes[name].row_id for name in sorted(classes)]
            yield error(
                "classes_contradict",
                *rows,
                zh=f"同一设备、同一条件既列入淘汰类又列入限制类：{'、'.join(rows)}。",
                en=f"the same test stands in the eliminate and in the limit class: "
                f"{', '.join(rows)}.",
            )


def check_pollutants(store: Store) -> Iterator[Issue]:
    """One pollutant has one code in a medium, and one code one pollutant."""
    codes: dict[tuple[str, str], set[str]] = defaultdict(set)
    names: dict[str, set[str]] = defaultdict(set)
    rows: dict[str, str] = {}
    for row in store.book.emission_limits:
        codes[row.medium, row.pollutant_zh].add(row.pollutant_code)
        if row.pollutant_code:
            names[row.pollutant_code].add(row.pollutant_zh)
        rows.setdefault(row.pollutant_zh, row.row_id)
    for (_, name), found in codes.items():
        if len(found) > 1:
            yield _codes_differ(rows[name], name, sorted(found))
    for code, called in names.items():
        if len(called) > 1:
            yield _codes_differ(rows[min(called)], code, sorted(called))


def _codes_differ(row_id: str, what: str, found: list[str]) -> Issue:
    return error(
        "pollutant_codes_differ",
        row_id,
        zh=f"“{what}”对应多个：{'、'.join(found)}。",
        en=f"{what!r} stands with several: {', '.join(found)}.",
    )
