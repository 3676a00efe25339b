"""What is told of the acts of this room, in the transaction of each: what waits for whom now."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse

from phaseout.casework.tasks.holding import AT_WORK, users_of
from phaseout.coordination.people import leading, working_in
from phaseout.coordination.supervision.models import (
    Answer,
    Check,
    Lifted,
    Measure,
    Record,
    Signed,
)
from phaseout.coordination.supervision.targets import office_of_target, target_name, territory
from phaseout.law.refusals import Bilingual
from phaseout.law.supervision import measure_kind
from phaseout.notices.telling import Told, tell, tell_when_appended


def of_measure(measure: Measure) -> None:
    """Drawn up: the leaders of the office sign it."""
    act = measure.act
    words = _words(measure, "待签发。", "waits to be signed.")
    users = leading([measure.office], act.done_on) - {act.by_id}
    tell(Told("sign", _subject(measure), "drawn", words, _page(measure)), users, act.done_on)


def of_signed(signed: Signed) -> None:
    """Signed: the office that is supervised."""
    measure, on = signed.measure, signed.signed_on
    first = measure.demands.order_by("due").first()
    due = first.due if first else measure.on
    words = _words(measure, "已签发，请按期办理。", "is in force; deal with it in time.")
    told = Told("urged", _subject(measure), "signed", words, _page(measure), due)
    tell(told, _supervised(measure, on), on)


def of_record(record: Record) -> None:
    """Recorded with demands: the office answers them."""
    measure, on = record.measure, record.act.done_on
    words = _words(measure, "已记录，请按期答复所提要求。", "is recorded; answer what it demands.")
    told = Told("urged", _subject(measure), "recorded", words, _page(measure))
    tell(told, _supervised(measure, on), on)


def of_answer(answer: Answer) -> None:
    """Answered: who supervises checks."""
    measure, on = answer.demand.measure, answer.act.done_on
    n = answer.demand.place
    words = _words(
        measure, f"第{n}项要求已答复，待核实。", f"has an answer to demand {n} to check."
    )
    told = Told(
        "task", f"{_subject(measure)}:answer:{answer.pk}", "answered", words, _page(measure)
    )
    tell(told, working_in([measure.office], on), on)


def of_check(check: Check) -> None:
    """Sent back: the office answers again."""
    if check.accepted:
        return
    demand = check.answer.demand
    measure, on = demand.measure, check.act.done_on
    words = _words(
        measure,
        f"第{demand.place}项答复被退回。",
        f"has its answer to demand {demand.place} sent back.",
    )
    told = Told(
        "urged", f"{_subject(measure)}:check:{check.pk}", "back", words, _page(measure), demand.due
    )
    tell(told, _supervised(measure, on), on)


def of_lifted(lifted: Lifted) -> None:
    """Lifted: the office that was supervised."""
    measure, on = lifted.measure, lifted.lifted_on
    words = _words(measure, "已解除。", "was lifted.")
    tell(
        Told("round", _subject(measure), "lifted", words, _page(measure)),
        _supervised(measure, on),
        on,
    )


def _supervised(measure: Measure, on: date) -> set[int]:
    """Who works for the target: of a county its own people and its city's."""
    place, office = territory(measure.target), office_of_target(measure.target)
    return set(users_of(office, place, on, AT_WORK))


def _words(measure: Measure, zh: str, en: str) -> Bilingual:
    kind, target = measure_kind(measure.kind), target_name(measure.target, measure.figures_on)
    return f"对{target[0]}的{kind.zh}{zh}", f"The {kind.en} on {target[1]} {en}"


def _subject(measure: Measure) -> str:
    return f"supervision:{measure.pk}"


def _page(measure: Measure) -> str:
    return reverse("supervision-measure", args=[measure.pk])


FOLLOWERS: dict[type[Any], Any] = {
    Measure: of_measure,
    Signed: of_signed,
    Record: of_record,
    Answer: of_answer,
    Check: of_check,
    Lifted: of_lifted,
}
"""What is appended → what is told of it."""


def follow_acts() -> None:
    """Called when the site starts."""
    tell_when_appended(FOLLOWERS)
