"""公布: the signed draft becomes an edition, with its number and digest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.rows import whole_reach
from phaseout.accounts.scope import Scope
from phaseout.casework.cases.numbering import mark_of
from phaseout.casework.cases.registers import next_serial
from phaseout.disclosure.lists import refusing
from phaseout.disclosure.lists.acts.appending import (
    again_after_a_deadlock,
    append,
    done_before,
    hold_list,
)
from phaseout.disclosure.lists.acts.signing import open_draft
from phaseout.disclosure.lists.content import content_of
from phaseout.disclosure.lists.fulfilling import fulfil_by_edition, hold_tasks
from phaseout.disclosure.lists.log.appending import Happened
from phaseout.disclosure.lists.log.appending import append as log
from phaseout.disclosure.lists.log.heads import hold_log
from phaseout.disclosure.lists.log.signing import sign_soon
from phaseout.disclosure.lists.models import (
    Draft,
    DraftEntry,
    Edition,
    Entry,
    ListAct,
    Listing,
    LogEvent,
)
from phaseout.disclosure.lists.moving import moved_since
from phaseout.disclosure.lists.seats import check, known, publisher
from phaseout.disclosure.lists.standing import about
from phaseout.evidence.digests import digest_of

Kind = ListAct.Kind
SERIES = "list_notice"


@again_after_a_deadlock
@transaction.atomic(durable=True)
def publish(draft_id: int, *, by: User, scope: Scope, today: date, key: UUID) -> Edition:
    """The edition of one moment. The log is held meanwhile: an act that ends a ground comes before,
    and the list is refused, or after, and the entry leaves at once. The tasks of the cases to put
    the firms on the list are done by it, and say so.

    Raises:
        Refusal: `lists.not-yours`, `lists.not-signed`, `lists.published`, `lists.overtaken`,
            `lists.returned`, `lists.behind`, `lists.moved`, `office_mark_not_on_record`.
    """
    draft = Draft.objects.select_related("act", "corrects").get(pk=draft_id)
    before = done_before(key, Kind.PUBLISH, by, about(draft))
    if before is not None:
        return before.edition
    of = known(draft.list_kind)
    check(scope, of, today, Role.OFFICER, Role.LEADER)
    hold_list(of)
    with whole_reach():
        entries = list(draft.entries.all())
        tasks = hold_tasks(of.key, entries)
        hold_log()
        open_draft(draft, signed=True)
        moved = moved_since(draft, today)
        if moved:
            raise refusing.moved(moved)
        act = append(
            Kind.PUBLISH, of, by=by, today=today, key=key, about=about(draft),
            content={"digest": draft.digest},
        )  # fmt: skip
        edition = _edition(draft, act, entries, today, timezone.now())
        Entry.objects.bulk_create(_entry(edition, one) for one in entries)
        _enter(edition, entries, today)
        fulfil_by_edition(tasks, edition, by=by, today=today, key=key)
        sign_soon()
        return edition


def _edition(
    draft: Draft, act: ListAct, entries: Sequence[DraftEntry], today: date, now: datetime
) -> Edition:
    of = known(draft.list_kind)
    zh, en = publisher(of, today)
    made = Edition(
        act=act,
        draft=draft,
        list_kind=of.key,
        number=1 + Edition.objects.filter(list_kind=of.key).count(),
        document=_document(of.function, today),
        year=draft.year,
        as_of=draft.as_of,
        published_on=today,
        published_at=now,
        organisation_zh=zh,
        organisation_en=en,
        corrects=draft.corrects,
        correction=_correction(draft),
        count=len(entries),
    )
    made.content = content_of(made, entries)
    made.digest = digest_of(made.content)
    made.save(force_insert=True)
    return made


def _document(office: str, on: date) -> str:
    """The number of the notice in its department's register: 宁经信公告〔2018〕3号.

    Raises:
        Refusal: `office_mark_not_on_record`.
    """
    mark = mark_of(office, on)
    return f"{mark}公告〔{on.year}〕{next_serial(office, SERIES, on.year)}号"


def _correction(draft: Draft) -> int | None:
    if draft.corrects is None:
        return None
    done = Edition.objects.filter(list_kind=draft.list_kind, correction__isnull=False)
    return 1 + done.count()


def _entry(edition: Edition, one: DraftEntry) -> Entry:
    columns = one.columns
    return Entry(
        edition=edition,
        place=one.place,
        ground=one.ground,
        uscc=columns["uscc"],
        name=columns["name"],
        division_code=columns["division_code"],
        industry=columns["industry"],
        columns=columns,
    )


def _enter(edition: Edition, entries: Sequence[DraftEntry], today: date) -> None:
    """What enters stands from now on; the log says what was published and who entered."""
    known_before = set(
        Listing.objects.filter(ground__in=[one.ground for one in entries]).values_list(
            "ground", flat=True
        )
    )
    entering = [one for one in entries if one.ground not in known_before]
    Listing.objects.bulk_create(
        Listing(
            list_kind=edition.list_kind, ground=one.ground, entered_in=edition,
            case_id=one.case_id, act_place=one.act_place, enterprise_id=one.enterprise_id,
            division_code=one.columns["division_code"],
        )
        for one in entering
    )  # fmt: skip
    log([_published(edition, today), *(_entered(edition, one, today) for one in entering)])


def _published(edition: Edition, today: date) -> Happened:
    says: dict[str, Any] = {"digest": edition.digest, "count": edition.count}
    if edition.corrects is not None:
        says |= {"corrects": edition.corrects.number, "correction": edition.correction}
    return Happened(LogEvent.Event.PUBLISHED, edition.list_kind, edition.number, today, says)


def _entered(edition: Edition, one: DraftEntry, today: date) -> Happened:
    return Happened(
        LogEvent.Event.ENTERED,
        edition.list_kind,
        edition.number,
        today,
        {"name": one.columns["name"], "entry": digest_of(one.columns)},
        ground=one.ground,
        uscc=one.columns["uscc"],
    )
