"""From an opened period to its certificate: the term of the register, or unit and length."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from phaseout.law.periods import (
    Basis,
    Bound,
    Certificate,
    Direction,
    Doubt,
    RestCalendar,
    Step,
    StepKind,
    Term,
    Unit,
    all_terms,
    count_period,
)
from phaseout.law.procedures.records import Length
from phaseout.law.refusals import Bilingual

if TYPE_CHECKING:
    from phaseout.law.procedures.deadlines import Opening


_ENDS_WITH = ("另一期间的最后一日", "the last day of another period")
_DAY_SET = ("决定确定的日期", "the day that was set")


@cache
def _terms() -> dict[str, Term]:
    return {term.row.row_id: term for term in all_terms()}


def term_of(row_id: str) -> Term:
    """A term of the register by its row id.

    Raises:
        KeyError: the register has no such row.
    """
    return _terms()[row_id]


def longest_extension(length: Length) -> int | None:
    """In the unit of the term; None where our record does not say."""
    return term_of(length.term).reading.longest_extension if length.term else None


def whole_length(length: Length) -> int | None:
    """How many units long: by the register's term, else by the table; None: no length."""
    return term_of(length.term).length if length.term else length.length


def certificate_of(
    opening: Opening,
    *,
    extension: int,
    paused: int,
    months: int | None,
    calendar: RestCalendar,
) -> Certificate:
    """The count of one opening. `months`: a shorter length the decision has set.

    A pause lengthens a period in days by as many days; a period in months is counted from a
    start moved by them (docs/decisions/0022).
    """
    length = opening.period.length
    assert length is not None
    if length.term and not paused and months is None:
        term = term_of(length.term)
        edition = opening.procedure.within(_day(opening.trigger))
        counted = term.period_from(
            opening.trigger, extension=extension, edition_on=edition, calendar=calendar
        )
    else:
        counted = _counted(opening, length, extension, paused, months, calendar)
    return replace(counted, doubts=(*counted.doubts, *_doubts(opening, length, counted)))


def _counted(
    opening: Opening,
    length: Length,
    extension: int,
    paused: int,
    months: int | None,
    calendar: RestCalendar,
) -> Certificate:
    term = term_of(length.term) if length.term else None
    backward = length.unit == "hour_back"
    unit = Unit.HOUR if backward else Unit(term.unit if term else length.unit)
    whole = months or whole_length(length)
    assert whole is not None
    trigger = opening.trigger
    days = unit is Unit.CALENDAR_DAY
    if paused and not days:
        trigger += timedelta(days=paused)
    basis = term.basis if term else Basis(length.basis.citation, opening.period.name)
    return count_period(
        trigger,
        unit,
        whole,
        extension=extension + (paused if days else 0),
        direction=Direction.BACKWARD if backward else Direction.FORWARD,
        calendar=calendar,
        basis=basis,
        opening=(_basis_step(basis, trigger), *_pause_steps(paused, opening.trigger)),
    )


def _basis_step(basis: Basis, day: date | datetime) -> Step:
    says = (f"依据：{basis.citation.zh}。", f"Basis: {basis.citation.en}.")
    return Step(StepKind.BASIS, day, says, (basis.citation,))


def _pause_steps(paused: int, day: date | datetime) -> tuple[Step, ...]:
    if not paused:
        return ()
    says = (
        f"不计入的日数：{paused}日（docs/decisions/0022）。",
        f"Days that do not count: {paused} (docs/decisions/0022).",
    )
    return (Step(StepKind.EXTENSION, day, says),)


def set_day(opening: Opening, due: date, calendar: RestCalendar, *, paused: int = 0) -> Certificate:
    """A day that an act has set, or the end of another period: nothing is counted; it moves only
    by the days on which the decision was stayed (`paused`)."""
    length = opening.period.length
    assert length is not None
    basis = Basis(length.basis.citation, opening.period.name)
    opened = _day(opening.trigger)
    other = length.unit == "with"
    zh, en = _ENDS_WITH if other else _DAY_SET
    says: Bilingual = (f"{due}是{zh}，不另行计算。", f"{due} is {en}: nothing is counted.")
    last = due + timedelta(days=paused)
    certificate = Certificate(
        trigger=opened,
        direction=Direction.FORWARD,
        bound=Bound.FIXED,
        unit=Unit.CALENDAR_DAY,
        length=max((last - opened).days, 0),
        extension=0,
        basis=basis,
        calendar_version=calendar.version,
        steps=(
            _basis_step(basis, opened),
            Step(StepKind.NOT_MOVED, due, says),
            *_stayed_steps(paused, last),
        ),
        due=last,
        doubts=(),
    )
    return replace(certificate, doubts=_doubts(opening, length, certificate))


def _stayed_steps(paused: int, last: date) -> tuple[Step, ...]:
    if not paused:
        return ()
    says = (
        f"停止执行{paused}日，不计入（docs/decisions/0063）：顺延至{last}。",
        f"A stay of {paused} days, which do not count (docs/decisions/0063): {last}.",
    )
    return (Step(StepKind.EXTENSION, last, says),)


def _doubts(opening: Opening, length: Length, counted: Certificate) -> tuple[Doubt, ...]:
    found = []
    known = {doubt.code for doubt in counted.doubts}
    if length.basis.recalled and "term.recalled" not in known:
        found.append(_recalled(length))
    last = opening.procedure.last
    if last is not None and _day(opening.act.on) > last:
        found.append(_replaced(opening))
    return tuple(found)


def _recalled(length: Length) -> Doubt:
    basis = length.basis
    note = f" ({basis.note})" if basis.note else ""
    return Doubt(
        "procedure.recalled",
        (
            f"{basis.citation.zh}凭记忆记录，尚未核对正式文本{note}。",
            f"{basis.citation.en} is recalled and not yet checked against the official text{note}.",
        ),
    )


def _replaced(opening: Opening) -> Doubt:
    version = opening.procedure.version
    return Doubt(
        "procedure.version-replaced",
        (
            f"案件仍按{version}版程序办理，期间开始时已有新版本；改用新版须另作决定。",
            f"The case is pinned to the version of {version}, which a newer one had replaced when "
            "the period began; moving the case is an act of its own.",
        ),
    )


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
