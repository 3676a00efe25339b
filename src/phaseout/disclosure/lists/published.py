"""What is published, for whoever asks: no scope, no sign-in, public columns and nothing else.

    kinds()                             the lists there are: tuple[ListKind], in the order of (21)
    editions(kind, year=None)           its editions, newest first: list[Edition]
    newest(kind, year=None)             the newest, or None: nothing is published yet
    edition(kind, number)               one, or None; past editions stay citable for good
    entries(edition, …filters)          its rows: list[Row], in order; each says whether it still
                                        stands. `counted(…)` how many, same filters
    of_enterprise(uscc)                 every ground that was ever published of a firm: list[Listed]
    events(limit, before)               what happened, newest first (feeds): list[Event]
    differences(older, newer)           what entered, ended, changed between two: Differences
    version(), changed_at()             goes up by every event and head; when the last event was
    tree_head()                         the newest signed head of the publication log, or None
    proof(kind, number=…|uscc=…)        a proof file as plain data (`phaseout lists verify`)
    public_key()                        the office's public key (PEM) with which heads are signed

`kind` is the key of a list: `yellow-energy`. `ListKind`: key, family (yellow, red, exceedance,
serious, exits, sealed, commitments), function, dimension, annual, words and says (zh, en).
`Edition` is the model: number, document (文号), year, title (zh, en), published_on, as_of (moment
it shows), organisation_zh, corrects, correction, count, digest, content (all of it as plain data).
`columns_of(kind)` (phaseout.law.lists.columns) names the columns of a row, in order, with words.
Words of a value: `saying.value_words(column, value)`. Downloads: `downloads.made(edition, "csv")`,
of `downloads.FORMATS` (csv, json, xlsx, pdf).

An edition is never changed. What ended after it was published stands in its rows as `ended`, the
day it ended: the list that stands today is the newest edition without them (`standing=True`).

Caching: an answer made at `version()` n is right as long as `version()` is n: one indexed query
that sees an edition the moment its transaction ends.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from phaseout.accounts.scope import prefix_of
from phaseout.casework.audit.keys import private_key, public_pem
from phaseout.disclosure.lists.differing import Differences, differing
from phaseout.disclosure.lists.log import heads, proving
from phaseout.disclosure.lists.models import Edition, Entry, LogEvent, TreeHead
from phaseout.law.lists.grounds import cause_words
from phaseout.law.lists.kinds import ListKind, list_kind, list_kinds
from phaseout.law.refusals import Bilingual

ENDED = (LogEvent.Event.LEFT, LogEvent.Event.CANCELLED)


@dataclass(frozen=True, slots=True)
class Event:
    """One event of the log. `event`: published, entered, left, cancelled. `name` and `uscc` are
    empty of `published`; `cause` is why it ended, empty where nothing ended."""

    place: int
    event: str
    kind: ListKind
    edition: int
    on: date
    uscc: str
    name: str
    cause: Bilingual
    ground: UUID | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Row:
    """An entry of an edition. `ended`: how it ended since; None: it stands."""

    place: int
    ground: UUID
    uscc: str
    name: str
    division_code: str
    industry: str
    columns: Mapping[str, Any]
    ended: Event | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A ground of a firm: the list, the row as it was last published, when it entered, how it
    ended. `edition`: the newest edition that has it."""

    kind: ListKind
    edition: Edition
    row: Row
    entered: Event


def kinds() -> tuple[ListKind, ...]:
    return list_kinds()


def editions(kind: str, year: int | None = None) -> list[Edition]:
    return list(_editions(kind, year))


def newest(kind: str, year: int | None = None) -> Edition | None:
    return _editions(kind, year).first()


def edition(kind: str, number: int) -> Edition | None:
    return _editions(kind, None).filter(number=number).first()


def entries(
    edition: Edition,
    *,
    text: str = "",
    division_code: str = "",
    industry: str = "",
    standing: bool | None = None,
    after: int = 0,
    limit: int | None = None,
) -> list[Row]:
    """Rows of an edition in their order.

    Args:
        text: part of a name, or of a USCC.
        division_code: a place or what lies in it: `640100` has all of the city.
        standing: True: only what stands today; False: only what has ended since.
        after: the place of the last row of the page before.
    """
    found = _found(edition, text, division_code, industry, standing).filter(place__gt=after)
    rows = list(found.order_by("place")[:limit])
    ended = _endings(row.ground for row in rows)
    return [_row(row, ended.get(row.ground)) for row in rows]


def counted(
    edition: Edition,
    *,
    text: str = "",
    division_code: str = "",
    industry: str = "",
    standing: bool | None = None,
) -> int:
    """How many rows `entries` would give without a limit."""
    return _found(edition, text, division_code, industry, standing).count()


def of_enterprise(uscc: str) -> list[Listed]:
    """In the order in which they entered."""
    happened = list(LogEvent.objects.filter(uscc=uscc).order_by("place"))
    ended = {e.ground: e for e in happened if e.event in ENDED}
    last: dict[UUID, Entry] = {}
    for entry in Entry.objects.filter(uscc=uscc).select_related("edition").order_by("edition_id"):
        last[entry.ground] = entry
    return [
        Listed(
            list_kind(entered.list_kind),
            last[entered.ground].edition,
            _row(last[entered.ground], ended.get(entered.ground)),
            _event(entered),
        )
        for entered in happened
        if entered.event == LogEvent.Event.ENTERED and entered.ground in last
    ]


def events(limit: int = 50, before: int | None = None, kind: str = "") -> list[Event]:
    """The newest events; `before`: only those before that place of the log."""
    found = LogEvent.objects.filter(list_kind=kind) if kind else LogEvent.objects.all()
    if before is not None:
        found = found.filter(place__lt=before)
    return [_event(one) for one in found.order_by("-place")[:limit]]


def differences(older: Edition, newer: Edition) -> Differences:
    """What is different between two editions of one list."""
    return differing(older, newer)


VERSION = """SELECT COALESCE((SELECT max(place) + 1 FROM lists_logevent), 0)
  + COALESCE((SELECT max(size) FROM lists_treehead), 0)"""


def version() -> int:
    """Goes up by everything that can change what is shown here: an event, and the head that is
    signed for it a moment later."""
    with connection.cursor() as cursor:
        cursor.execute(VERSION)
        return int(cursor.fetchone()[0])


def changed_at() -> datetime | None:
    """The moment of the last event; None: nothing was ever published."""
    return LogEvent.objects.order_by("-place").values_list("recorded_at", flat=True).first()


def tree_head() -> TreeHead | None:
    return heads.newest()


def public_key() -> str:
    """For whoever verifies: they should have it from here, not from the file they verify.

    Raises:
        Refusal: `checkpoint_key_unreadable`.
    """
    return public_pem(private_key(settings.HOME).public_key()).decode()


def proof(kind: str, *, number: int | None = None, uscc: str = "") -> dict[str, Any] | None:
    """That an edition was published as it is (`number`), or all that happened to a firm on a list
    (`uscc`). None: there is nothing of the sort, or no head that covers it is signed yet.

    Raises:
        Refusal: `checkpoint_key_unreadable`.
    """
    if uscc:
        return proving.of_enterprise(kind, uscc, settings.HOME)
    found = edition(kind, number or 0)
    return proving.of_edition(found, settings.HOME) if found else None


def _editions(kind: str, year: int | None) -> QuerySet[Edition]:
    found = Edition.objects.filter(list_kind=kind).select_related("corrects")
    if year is not None:
        found = found.filter(year=year)
    return found.order_by("-number")


def _found(
    edition: Edition, text: str, division_code: str, industry: str, standing: bool | None
) -> QuerySet[Entry]:
    found = Entry.objects.filter(edition=edition)
    if text.strip():
        found = found.filter(Q(name__icontains=text.strip()) | Q(uscc__icontains=text.strip()))
    if division_code:
        found = found.filter(division_code__startswith=prefix_of(division_code))
    if industry:
        found = found.filter(industry=industry)
    if standing is not None:
        over = Exists(LogEvent.objects.filter(ground=OuterRef("ground"), event__in=ENDED))
        found = found.filter(~over if standing else over)
    return found


def _endings(grounds: Iterable[UUID]) -> dict[UUID | None, LogEvent]:
    found = LogEvent.objects.filter(ground__in=list(grounds), event__in=ENDED)
    return {one.ground: one for one in found}


def _row(entry: Entry, ended: LogEvent | None) -> Row:
    return Row(
        entry.place,
        entry.ground,
        entry.uscc,
        entry.name,
        entry.division_code,
        entry.industry,
        entry.columns,
        _event(ended) if ended else None,
    )


def _event(one: LogEvent) -> Event:
    says = json.loads(one.text)
    cause = says.get("cause", "")
    return Event(
        one.place,
        one.event,
        list_kind(one.list_kind),
        one.edition,
        one.on,
        one.uscc,
        says.get("name", ""),
        cause_words(cause) if cause else ("", ""),
        one.ground,
        one.recorded_at,
    )
