"""Published lists of the demonstration, by the acts of demo people: editions of several
departments, an objection, firms that leave the day they are met, a correction, lists that wait for
a leader. Idempotent.

    publish(today)      as far as the day allows; what is there already stays
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings

from phaseout.accounts.demo import enterprise_user
from phaseout.demo.acting import Acting
from phaseout.disclosure.lists import acts
from phaseout.disclosure.lists.acts.drafting import Right
from phaseout.disclosure.lists.gathering import gathered
from phaseout.disclosure.lists.log import heads
from phaseout.disclosure.lists.models import Draft, Edition, Listing, Objection
from phaseout.disclosure.lists.standing import State, hindrances, state
from phaseout.law.lists.kinds import list_kind

ACTING = Acting("lists")
MARK = "（演示，虚构）"


def _day(month: int, day: int) -> date:
    return date(2018, month, day)


@dataclass(frozen=True, slots=True)
class Issue:
    """One edition: drafted, and published on a day after the time to object; `published` None: it
    waits for the leader's signature. A firm objects and is answered where days are given."""

    kind: str
    drafted: date
    published: date | None
    year: int | None = None
    objected: date | None = None
    answered: date | None = None


ISSUES = (
    Issue("serious", _day(1, 16), _day(1, 24)),
    Issue("yellow-energy", _day(1, 31), _day(2, 8)),
    Issue("red-environment", _day(2, 8), _day(2, 22)),
    Issue("yellow-safety", _day(2, 22), _day(3, 2), objected=_day(2, 27), answered=_day(2, 28)),
    Issue("exceedance", _day(3, 1), _day(3, 9)),
    Issue("yellow-energy", _day(3, 12), _day(3, 13)),
    Issue("yellow-safety", _day(3, 12), _day(3, 13)),
    Issue("exits", _day(3, 13), _day(3, 14), 2018),
    Issue("sealed", _day(3, 12), _day(3, 13)),
    Issue("commitments", _day(3, 14), None),
)
CORRECTED = "yellow-safety", _day(3, 14), _day(3, 15)


def publish(today: date) -> list[Edition]:
    """The editions of the demonstration up to the day."""
    for issue in ISSUES:
        if issue.drafted <= today:
            acts.end_what_is_over(issue.drafted)
            _issue(issue, today)
    _correct(today)
    acts.end_what_is_over(today)
    heads.sign(settings.HOME)
    return list(Edition.objects.order_by("published_on", "pk"))


def _issue(issue: Issue, today: date) -> None:
    name = f"{issue.kind} {issue.drafted}"
    draft = Draft.objects.filter(act__key=ACTING.key(f"draft {name}")).first()
    if draft is None:
        if not _has_something(issue):
            return
        draft = acts.draft(
            issue.kind, year=issue.year, **_ways(issue.kind, "officer", issue.drafted,
                                                 f"draft {name}"),
        )  # fmt: skip
    if hasattr(draft, "edition"):
        return
    if state(draft, issue.drafted) is State.PREPARED and hindrances(draft, issue.drafted).not_told:
        acts.open_objections(
            draft.pk, **_ways(issue.kind, "officer", issue.drafted, f"tell {name}")
        )
    _contest(issue, draft, today)
    if issue.published is not None and issue.published <= today:
        _publish(draft, issue.published, name)


def _contest(issue: Issue, draft: Draft, today: date) -> None:
    """The first firm that was told objects; the department answers."""
    if issue.objected is None or issue.answered is None or today < issue.answered:
        return
    entry = draft.entries.filter(asks_objections=True).first()
    if entry is None or Objection.objects.filter(ground=entry.ground).exists():
        return
    firm = enterprise_user(entry.enterprise_id).username
    objection = acts.object_to(
        entry.ground, statement=f"整改措施已在实施，请暂缓公布{MARK}。",
        **ACTING.ways(firm, issue.objected, f"object {issue.kind}"),
    )  # fmt: skip
    acts.answer(
        objection.pk, upheld=False, reason=f"整改尚未经验收，依据仍然存在{MARK}。",
        **_ways(issue.kind, "officer", issue.answered, f"answer {issue.kind}"),
    )  # fmt: skip


def _publish(draft: Draft, on: date, name: str) -> None:
    if state(draft, on) is not State.READY:
        return  # somebody of the demonstration objected, or is still being asked
    kind = draft.list_kind
    acts.sign(draft.pk, digest=draft.digest, **_ways(kind, "leader", on, f"sign {name}"))
    acts.publish(draft.pk, **_ways(kind, "officer", on, f"publish {name}"))


def _has_something(issue: Issue) -> bool:
    """Entries, or somebody who has left since: where the demo province has none there is nothing
    to publish."""
    if Edition.objects.filter(list_kind=issue.kind, year=issue.year).exists():
        before = {
            entry.ground: entry.columns
            for entry in Edition.objects.filter(list_kind=issue.kind, year=issue.year)
            .order_by("-number")[0]
            .entries.all()
        }
        now = gathered(issue.kind, issue.drafted, issue.year)
        return before != {one.ground: one.columns(issue.kind) for one in now}
    return bool(gathered(issue.kind, issue.drafted, issue.year))


def _correct(today: date) -> None:
    """An address that was published wrong is put right, under a number of its own."""
    kind, drafted, on = CORRECTED
    if today < on or Edition.objects.filter(list_kind=kind, correction__isnull=False).exists():
        return
    edition = Edition.objects.filter(list_kind=kind).order_by("-number").first()
    listed = Listing.objects.filter(list_kind=kind, ending=None).values("ground")
    entry = edition.entries.filter(ground__in=listed).first() if edition else None
    if edition is None or entry is None:
        return
    right = Right(entry.ground, "address", f"厂区路88号{MARK}")
    draft = Draft.objects.filter(act__key=ACTING.key("correct")).first() or acts.correct(
        kind, edition.number, [right], reason=f"公布的地址有误{MARK}。",
        **_ways(kind, "officer", drafted, "correct"),
    )  # fmt: skip
    _publish(draft, on, "correction")


def _ways(kind: str, role: str, on: date, what: str) -> dict[str, Any]:
    return ACTING.ways(f"{list_kind(kind).function}-{role}", on, what)
