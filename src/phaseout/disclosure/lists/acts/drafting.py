"""拟定: a list as it stands at a moment; and a correction of what is published."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from phaseout.accounts.models import User
from phaseout.accounts.organisations import REGION_CODE, divisions
from phaseout.accounts.powers import Role
from phaseout.accounts.rows import whole_reach
from phaseout.accounts.scope import Scope
from phaseout.disclosure.lists import refusing
from phaseout.disclosure.lists.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    hold_list,
    said,
)
from phaseout.disclosure.lists.differing import changes
from phaseout.disclosure.lists.gathering import Standing, amended, gathered
from phaseout.disclosure.lists.models import (
    Amendment,
    Draft,
    DraftEntry,
    Edition,
    Entry,
    ListAct,
)
from phaseout.disclosure.lists.seats import check, known
from phaseout.disclosure.lists.standing import newest_edition
from phaseout.evidence.digests import digest_of
from phaseout.law.industries import INDUSTRIES
from phaseout.law.lists.columns import all_columns, columns_of
from phaseout.law.lists.kinds import ListKind
from phaseout.law.refusals import Bilingual
from phaseout.registry.capacity.units import counted_in

Kind = ListAct.Kind
INSIDE = tuple(column.key for column in all_columns() if not column.public)


@dataclass(frozen=True, slots=True)
class Right:
    """What a published value should have been: the ground of the entry, the column, the value."""

    ground: UUID
    column: str
    value: str


@again_after_a_deadlock
@transaction.atomic(durable=True)
def draft(
    kind: str,
    *,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
    year: int | None = None,
    reason: str = "",
) -> Draft:
    """An officer of the department drafts the list.

    Raises:
        Refusal: `lists.unknown`, `lists.not-yours`, `lists.year`, `lists.nothing-new`.
    """
    before = done_before(key, Kind.DRAFT, by)
    if before is not None:
        return before.draft
    of = known(kind)
    check(scope, of, today, Role.OFFICER, Role.LEADER)
    if of.annual != (year is not None) or (year is not None and not 2017 <= year <= today.year):
        raise refusing.year_wanted(of.annual, today)
    hold_list(of)
    with whole_reach():
        as_of, found = timezone.now(), gathered(of.key, today, year)
        last = newest_edition(of.key, year)
        _something_new(of, found, last)
        act = append(Kind.DRAFT, of, by=by, today=today, key=key, content={"year": year})
        made = Draft(
            act=act, list_kind=of.key, year=year, division_code=REGION_CODE, as_of=as_of,
            on=today, reason=reason.strip(), follows=last,
        )  # fmt: skip
        return _kept(made, found)


@again_after_a_deadlock
@transaction.atomic(durable=True)
def correct(
    kind: str,
    number: int,
    rights: Sequence[Right],
    *,
    reason: str,
    by: User,
    scope: Scope,
    today: date,
    key: UUID,
) -> Draft:
    """An officer drafts a correction of the newest edition: the same entries as far as they still
    stand, with other values. It is signed and published like any other, under its own number.

    Raises:
        Refusal: `lists.unknown`, `lists.not-yours`, `lists.no-reason`, `lists.not-newest`,
            `lists.not-correctable`, `lists.value`, `lists.nothing-corrected`.
    """
    before = done_before(key, Kind.CORRECT, by)
    if before is not None:
        return before.draft
    of = known(kind)
    check(scope, of, today, Role.OFFICER, Role.LEADER)
    why = said(reason)
    hold_list(of)
    with whole_reach():
        wrong = Edition.objects.get(list_kind=of.key, number=number)
        last = newest_edition(of.key, wrong.year)
        if last is None or last.pk != wrong.pk:
            raise refusing.not_newest(last.title if last else wrong.title)
        entries = {entry.ground: entry for entry in wrong.entries.all()}
        said_otherwise = _rights(of, rights, entries)
        as_of = timezone.now()
        found = [
            amended(one, said_otherwise.get(one.ground, {}))
            for one in gathered(of.key, today, wrong.year)
            if one.ground in entries
        ]
        act = append(
            Kind.CORRECT, of, by=by, today=today, key=key, about=f"edition:{wrong.pk}",
            content={"edition": number, "reason": why},
        )  # fmt: skip
        made = Draft(
            act=act, list_kind=of.key, year=wrong.year, division_code=REGION_CODE, as_of=as_of,
            on=today, reason=why, follows=wrong, corrects=wrong,
        )  # fmt: skip
        _kept(made, found)
        _amend(made, said_otherwise, entries)
        return made


def content_of(
    kind: str, year: int | None, as_of: datetime, entries: Iterable[tuple[UUID, dict[str, Any]]]
) -> dict[str, Any]:
    """All that a draft would publish, as its digest covers it and a leader signs it."""
    return {
        "list": kind,
        "year": year,
        "as_of": as_of.isoformat(),
        "entries": [{"ground": str(ground), **columns} for ground, columns in entries],
    }


def _kept(made: Draft, found: Sequence[Standing]) -> Draft:
    listed = set(made.follows.entries.values_list("ground", flat=True)) if made.follows else set()
    rows = [
        DraftEntry(
            draft=made, place=place, ground=one.ground, case_id=one.case_id,
            act_place=one.act_place, enterprise_id=one.uscc, new=one.ground not in listed,
            asks_objections=one.asks_objections, columns=one.columns(made.list_kind),
            inside={key: one.known.get(key) for key in INSIDE},
        )
        for place, one in enumerate(found, 1)
    ]  # fmt: skip
    content = content_of(
        made.list_kind, made.year, made.as_of, [(row.ground, row.columns) for row in rows]
    )
    corrects = made.corrects.number if made.corrects else None
    made.digest = digest_of({**content, "corrects": corrects, "reason": made.reason})
    made.save(force_insert=True)
    DraftEntry.objects.bulk_create(rows)
    return made


def _something_new(of: ListKind, found: Sequence[Standing], last: Edition | None) -> None:
    if last is None:
        return
    published = {entry.ground: entry.columns for entry in last.entries.all()}
    now = {one.ground: one.columns(of.key) for one in found}
    if published == now:
        raise refusing.nothing_new(last.title)


def _rights(
    of: ListKind, rights: Sequence[Right], entries: dict[UUID, Entry]
) -> dict[UUID, dict[str, Any]]:
    columns = {column.key: column for column in columns_of(of.key)}
    found: dict[UUID, dict[str, Any]] = {}
    for right in rights:
        column, entry = columns.get(right.column), entries.get(right.ground)
        if column is None or not column.correctable or entry is None:
            raise refusing.not_correctable(column.words[0] if column else right.column)
        value = _checked(column.key, column.words[0], right.value.strip())
        if changes(of.key, entry.columns, {**entry.columns, column.key: value}):
            found.setdefault(right.ground, {})[column.key] = value
    if not found:
        raise refusing.nothing_corrected()
    return found


def _checked(key: str, words: str, text: str) -> str | None:
    """A value as entries have it; None where it is not known.

    Raises:
        Refusal: `lists.value`.
    """
    if not text:
        if key in ("name", "industry", "division_code"):
            raise refusing.value_wrong(words, text, ("不能为空", "cannot be empty"))
        return None
    if len(text) > 300:
        raise refusing.value_wrong(words, text[:20], ("超过300字", "has over 300 signs"))
    if key == "division_code":
        return _one_of(divisions(), words, text, ("应为行政区划代码或名称", "is no division"))
    if key == "industry":
        known = {name: (one.zh, one.en) for name, one in INDUSTRIES.items()}
        return _one_of(known, words, text, ("不是本系统的行业", "is no industry known here"))
    if key == "capacity_unit" and counted_in(text) is None:
        raise refusing.value_wrong(
            words, text, ("不是产能的单位，如万t/a", "is no unit of capacity, such as t/a")
        )
    return _amount(words, text) if key == "capacity" else text


def _one_of(known: Mapping[str, Bilingual], words: str, text: str, wants: Bilingual) -> str:
    """The key of what is written: the key itself, or its name, which no other may have."""
    found = [text] if text in known else [key for key, names in known.items() if text in names]
    if len(found) != 1:
        raise refusing.value_wrong(words, text, wants)
    return found[0]


def _amount(words: str, text: str) -> str:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or not 0 < amount < 10**12:
        raise refusing.value_wrong(
            words, text, ("应为大于零的数，如43.5", "should be a number above zero such as 43.5")
        )
    return format(amount.normalize(), "f")


def _amend(
    made: Draft, said_otherwise: dict[UUID, dict[str, Any]], entries: dict[UUID, Entry]
) -> None:
    Amendment.objects.bulk_create(
        Amendment(
            draft=made, ground=ground, column=column, value=value,
            was=entries[ground].columns.get(column),
        )
        for ground, values in said_otherwise.items()
        for column, value in values.items()
    )  # fmt: skip
