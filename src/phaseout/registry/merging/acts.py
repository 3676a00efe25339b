"""The acts of merging: two entries become one, are parted again, or are told apart.

Each is one durable transaction with the registry to itself, and leaves a record that nobody
changes. What follows the enterprise follows as new versions, so that a history shows it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import scope_of
from phaseout.registry.imports.reach import common
from phaseout.registry.imports.taking import next_place
from phaseout.registry.judging import ask_for_judgement
from phaseout.registry.locking import alone_with_the_registry
from phaseout.registry.merging import following, refusals
from phaseout.registry.models import Distinction, Enterprise, Import, Merge, Touched


def merge_enterprises(keep: str, drop: str, *, by: Any, reason: str, today: date) -> Merge:
    """合并企业: `drop` is the same enterprise as `keep`; its lines and facts follow.

    Where both hold a permit or an allowance of the same key, that of `keep` stands.

    Raises:
        Refusal: `may_not_merge`, `merge_of_one`, `merged_already`, `reason_missing`.
    """
    with alone_with_the_registry():
        return _merge(keep, drop, by, reason.strip(), today)


@transaction.atomic(durable=True)
def _merge(keep: str, drop: str, by: Any, reason: str, today: date) -> Merge:
    kept, dropped = _two(keep, drop, by, today)
    if not reason:
        raise refusals.no_reason()
    change = _change(Import.Kind.MERGE, kept, dropped, by, today)
    merge = Merge.objects.create(
        of_import=change, keep=kept, drop=dropped, by=by, reason=reason, done_on=today
    )
    following.follow(dropped.pk, kept.pk, change.pk, today)
    Enterprise.objects.filter(pk=dropped.pk).update(merged_into=kept)
    _touch(kept, dropped)
    return merge


def part_enterprises(merge_id: int, *, by: Any, reason: str, today: date) -> Merge:
    """撤销合并: the entries are two again; what had followed goes back as it now stands.

    What a later import changed of a permit or an allowance stays where it was changed.

    Raises:
        Refusal: `may_not_merge`, `merge_cannot_be_undone`, `reason_missing`.
    """
    with alone_with_the_registry():
        return _part(merge_id, by, reason.strip(), today)


@transaction.atomic(durable=True)
def _part(merge_id: int, by: Any, reason: str, today: date) -> Merge:
    merge = Merge.objects.select_related("keep", "drop").get(pk=merge_id)
    _must_cover(by, today, merge.keep, merge.drop)
    if not reason:
        raise refusals.no_reason()
    if merge.undoes_id is not None or Merge.objects.filter(undoes=merge).exists():
        raise refusals.cannot_undo(("它已经撤销。", "it was undone already."))
    if merge.drop.merged_into_id != merge.keep_id or merge.keep.merged_into_id is not None:
        raise refusals.cannot_undo(
            ("其后又有涉及这些企业的合并。", "one of the entries was merged again since.")
        )
    change = _change(Import.Kind.PARTING, merge.keep, merge.drop, by, today)
    parting = Merge.objects.create(
        of_import=change,
        keep=merge.keep,
        drop=merge.drop,
        undoes=merge,
        by=by,
        reason=reason,
        done_on=today,
    )
    Enterprise.objects.filter(pk=merge.drop_id).update(merged_into=None)
    following.go_back(merge.of_import_id, merge.drop_id, merge.keep_id, change.pk, today)
    _touch(merge.keep, merge.drop)
    return parting


@transaction.atomic(durable=True)
def tell_apart(one: str, other: str, *, by: Any, reason: str, today: date) -> Distinction:
    """标为不同企业: the two entries look alike and are two; they are proposed no more.

    Raises:
        Refusal: `may_not_merge`, `merge_of_one`, `merged_already`, `reason_missing`.
    """
    first, second = _two(min(one, other), max(one, other), by, today)
    if not reason.strip():
        raise refusals.no_reason()
    told, _ = Distinction.objects.get_or_create(
        one=first,
        other=second,
        defaults={"by": by, "reason": reason.strip(), "done_on": today},
    )
    return told


def _two(keep: str, drop: str, by: Any, today: date) -> tuple[Enterprise, Enterprise]:
    if keep == drop:
        raise refusals.not_two()
    found = {each.pk: each for each in Enterprise.objects.filter(pk__in=(keep, drop))}
    kept, dropped = found[keep], found[drop]
    _must_cover(by, today, kept, dropped)
    for entry in (kept, dropped):
        if entry.merged_into_id is not None:
            raise refusals.merged_already(entry.name)
    return kept, dropped


def _must_cover(by: Any, today: date, *entries: Enterprise) -> None:
    scope = scope_of(by, on=today)
    if not all(scope.may(Power.MERGE, division=entry.division_code) for entry in entries):
        raise refusals.may_not_merge()


def _change(kind: Import.Kind, one: Enterprise, other: Enterprise, by: Any, today: date) -> Import:
    return Import.objects.create(
        kind=kind,
        state=Import.State.TAKEN,
        by=by,
        reach=common([one.division_code, other.division_code]),
        received_on=today,
        taken_no=next_place(),
        decided_by=by,
        decided_on=today,
        decided_at=timezone.now(),
    )


def _touch(*entries: Enterprise) -> None:
    Touched.objects.bulk_create(Touched(uscc=entry.pk) for entry in entries)
    ask_for_judgement()
