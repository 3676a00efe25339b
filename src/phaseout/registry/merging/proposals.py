"""Pairs of entries that look like one enterprise, and why. A person decides, never the machine."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.db.models import Q

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.law.refusals import Bilingual
from phaseout.registry.models import Distinction, Enterprise, ProductionLine

REASONS: dict[str, Bilingual] = {
    "same_name": (
        "名称相同（不计空格、括号和公司形式）",
        "same name but for blanks and legal form",
    ),
    "same_place": ("地址和行业相同", "same address and industry"),
    "same_line": ("有名称、产品、产能都相同的生产线", "a line of the same name, product, capacity"),
    "typing_slip": ("信用代码只差一处，名称相近", "codes one slip apart, names alike"),
}
LARGEST_GROUP = 20
"""More entries than that under one mark are no duplicates: the mark says nothing."""
ALIKE = 0.6
BODY = 17
"""Characters of a USCC before its check character, which changes with any other."""

_LEGAL_FORM = re.compile(r"(集团|股份|有限|责任|公司|总厂|分公司)+")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two entries in the order of their codes, and the marks they share."""

    one: Enterprise
    other: Enterprise
    reasons: tuple[str, ...]


def proposals(scope: Scope, *, within: tuple[str, str] | None = None) -> list[Proposal]:
    """The pairs within the scope that look alike and were not told apart, the likeliest first.

    `within` asks about one pair only.
    """
    entries = {each.pk: each for each in _entries(scope, within)}
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for reason, pairs in _marks(list(entries.values())):
        for one, other in pairs:
            found[min(one, other), max(one, other)].add(reason)
    apart = set(Distinction.objects.values_list("one_id", "other_id"))
    order = list(REASONS)
    listed = [
        Proposal(entries[one], entries[other], tuple(sorted(reasons, key=order.index)))
        for (one, other), reasons in found.items()
        if (one, other) not in apart
    ]
    return sorted(listed, key=lambda p: (-len(p.reasons), p.one.pk, p.other.pk))


def _entries(scope: Scope, within: tuple[str, str] | None) -> Iterable[Enterprise]:
    condition = scope.enterprises(power=Power.READ) & Q(merged_into=None)
    if within is not None:
        condition &= Q(pk__in=within)
    return Enterprise.objects.filter(condition)


def _marks(entries: list[Enterprise]) -> Iterator[tuple[str, Iterable[tuple[str, str]]]]:
    yield "same_name", _pairs(entries, lambda e: folded_name(e.name))
    yield "same_place", _pairs(entries, _place)
    yield "same_line", _pairs_by_line(entries)
    yield "typing_slip", _pairs_by_slip(entries)


def folded_name(name: str) -> str:
    """A name reduced to what tells enterprises apart.

    >>> folded_name("宁夏 某某水泥（集团）有限责任公司") == folded_name("宁夏某某水泥有限公司")
    True
    """
    plain = unicodedata.normalize("NFKC", name).casefold()
    bare = "".join(c for c in plain if c.isalnum())
    return _LEGAL_FORM.sub("", bare) or bare


def _place(entry: Enterprise) -> Hashable:
    address = "".join(c for c in unicodedata.normalize("NFKC", entry.address or "") if c.isalnum())
    return (address, entry.industry) if address else None


def _pairs(
    entries: Iterable[Enterprise], mark: Callable[[Enterprise], Hashable]
) -> Iterator[tuple[str, str]]:
    groups: dict[Hashable, list[str]] = defaultdict(list)
    for entry in entries:
        if (shared := mark(entry)) is not None:
            groups[shared].append(entry.pk)
    yield from _pairs_of(groups.values())


def _pairs_of(groups: Iterable[Iterable[str]]) -> Iterator[tuple[str, str]]:
    for group in groups:
        members = sorted(set(group))
        if len(members) <= LARGEST_GROUP:
            yield from combinations(members, 2)


def _pairs_by_line(entries: list[Enterprise]) -> Iterator[tuple[str, str]]:
    """Lines of one name, product and capacity in one county, put into operation on one day."""
    known = {entry.pk for entry in entries}
    groups: dict[Hashable, list[str]] = defaultdict(list)
    lines = ProductionLine.objects.filter(
        enterprise__in=known, product__isnull=False, capacity__isnull=False
    )
    for owner, name, *rest in lines.values_list(
        "enterprise_id", "name", "product", "capacity", "capacity_unit", "division_code",
        "commissioned_on",
    ):  # fmt: skip
        groups[folded_name(name), *rest].append(owner)
    yield from _pairs_of(groups.values())


def _pairs_by_slip(entries: list[Enterprise]) -> Iterator[tuple[str, str]]:
    """One character other, or two neighbours exchanged; and names that are alike."""
    names = {entry.pk: folded_name(entry.name) for entry in entries}
    groups: dict[Hashable, list[str]] = defaultdict(list)
    for uscc in names:
        body = uscc[:BODY]
        for at in range(BODY):
            groups[at, body[:at], body[at + 1 :]].append(uscc)
        for at in range(BODY - 1):
            pair = "".join(sorted(body[at : at + 2]))
            groups["exchanged", at, body[:at] + pair + body[at + 2 :]].append(uscc)
    for one, other in set(_pairs_of(group for group in groups.values() if len(group) > 1)):
        if difflib.SequenceMatcher(None, names[one], names[other]).ratio() >= ALIKE:
            yield one, other
