"""From a term of the register and a day to a certificate."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, datetime

from phaseout.law.periods.certificate import (
    Bound,
    Certificate,
    Direction,
    Doubt,
    Step,
    StepKind,
    Unit,
)
from phaseout.law.periods.citations import cite, source
from phaseout.law.periods.counting import count_period
from phaseout.law.periods.rest_days import RestCalendar, shipped_calendar
from phaseout.law.periods.term_records import Beyond, Ends, TermRecord, TermUnit, Way
from phaseout.law.periods.term_refusals import (
    counted_each_day,
    edition_not_in_force,
    extension_is_no_period,
    extension_too_long,
    needs_a_moment,
    no_length,
)
from phaseout.law.periods.wording import day_en, day_zh, length_en, length_zh


def period_of(
    term: TermRecord,
    day: date | datetime,
    *,
    extension: int = 0,
    edition_on: date | None = None,
    calendar: RestCalendar | None = None,
) -> Certificate:
    """The period of `term`, from the event its `starts_on` names (or back from it).

    Args:
        day: the day of that event; a moment for terms in hours. For a date that returns each
            year: the day from which the next such date is asked for, itself included.
        extension: in the term's unit.
        edition_on: the day on which the step is taken, by which the edition is checked; when
            None, the whole span from `day` to the end is looked at.

    Raises:
        Refusal: `term.no-length` (a rule, or until lifted), `term.each-day`,
            `term.is-extension`, `term.extension-too-long`, `term.not-in-force`,
            `term.needs-a-moment`, and those of `count_period`.
    """
    if term.unit in (TermUnit.RULE, TermUnit.UNTIL_LIFTED):
        raise no_length(term)
    if term.reading.bound is Ends.EACH_DAY:
        raise counted_each_day(term)
    if term.reading.bound is Ends.EXTENSION:
        raise extension_is_no_period(term)
    if term.unit is TermUnit.HOUR and not isinstance(day, datetime):
        raise needs_a_moment(term)
    doubts = (*_row_doubts(term), *_extension_doubts(term, extension))
    if term.reading.direction is Way.FIXED:
        certificate = _fixed(term, day, doubts, calendar or shipped_calendar())
    else:
        certificate = count_period(
            day,
            Unit(term.unit),
            term.length or 0,  # 0 is refused there: a row with a unit and no number is a mistake
            extension=extension,
            direction=Direction(term.reading.direction),
            bound=Bound(term.reading.bound),
            calendar=calendar,
            basis=term.basis,
            opening=(_basis_step(term, day),),
            doubts=doubts,
        )
    return _checked_edition(term, certificate, edition_on)


def _day_of(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _basis_step(term: TermRecord, day: date | datetime) -> Step:
    zh, en = term.starts
    says = (
        f"依据：{term.citation.zh}，{term.row.term_zh}；起算点：{zh}。",
        f"Basis: {term.citation.en}, {term.row.term_en}; starts on: {en}.",
    )
    return Step(StepKind.BASIS, day, says, (term.citation,))


def _fixed(
    term: TermRecord, day: date | datetime, doubts: tuple[Doubt, ...], calendar: RestCalendar
) -> Certificate:
    """A date of the calendar, or the day of the event itself. No period, so nothing is moved."""
    asked = _day_of(day)
    due = asked
    if term.month_day is not None:
        due = term.date_in(asked.year)
        if due < asked:
            due = term.date_in(asked.year + 1)
    says = (
        f"{day_zh(due)}是规定的日期，不是期间，不因休息日顺延；遇休息日请提前办理。",
        f"{day_en(due)} is the date itself, not a period: not moved over rest days. If it is one, "
        "act before it.",
    )
    trigger = Step(StepKind.TRIGGER, asked, (f"自{day_zh(asked)}起。", f"From {day_en(asked)} on."))
    fixed = Step(StepKind.NOT_MOVED, due, says, cite("no_roll", asked))
    return Certificate(
        trigger=asked,
        direction=Direction.FORWARD,
        bound=Bound.FIXED,
        unit=Unit.CALENDAR_DAY,
        length=(due - asked).days,
        extension=0,
        basis=term.basis,
        calendar_version=calendar.version,
        steps=(trigger, _basis_step(term, asked), fixed),
        due=due,
        doubts=doubts,
    )


def _row_doubts(term: TermRecord) -> tuple[Doubt, ...]:
    doubts = []
    if term.recalled:
        says = (
            f"{term.citation.zh}的该项期间凭记忆记录（{term.row.confidence}），尚未核对正式文本。",
            f"This term of {term.citation.en} is recalled ({term.row.confidence}) and not yet "
            "checked against the official text.",
        )
        doubts.append(Doubt("term.recalled", says))
    if term.reading.start == "undefined":
        says = ("条文没有规定从何时起算。", "The text does not say from when the term runs.")
        doubts.append(Doubt("term.start-undefined", says))
    return tuple(doubts)


def _extension_doubts(term: TermRecord, extension: int) -> tuple[Doubt, ...]:
    """Refuse an extension the text does not allow; doubt one that our record does not settle."""
    longest = term.reading.longest_extension
    if not extension or (longest is not None and extension <= longest):
        return ()
    if term.reading.beyond_longest is Beyond.REFUSED or term.reading.direction is not Way.FORWARD:
        raise extension_too_long(term, extension)
    if longest is None:
        says = (
            "本系统没有登记该项期间可否延长，延长的依据须另行核对。",
            "Our record does not say whether this term may be extended: check the basis.",
        )
        return (Doubt("term.extension-unknown", says),)
    unit = Unit(term.unit)
    says = (
        f"延长超过{length_zh(longest, unit)}，须另经规定的程序（集体讨论或上级同意）。",
        f"An extension beyond {length_en(longest, unit)} needs the further procedure of the text "
        "(collective discussion or consent of the level above).",
    )
    return (Doubt("term.extension-further", says),)


def _checked_edition(
    term: TermRecord, certificate: Certificate, edition_on: date | None
) -> Certificate:
    """Refuse a term that was not law at any day of the span; doubt one that was for a part."""
    first, last = in_force(term)
    days = sorted((_day_of(certificate.trigger), _day_of(certificate.due)))
    if edition_on is not None:
        days = [edition_on, edition_on]
    if days[1] < first or days[0] > last:
        raise edition_not_in_force(term, days[0], days[1])
    if first <= days[0] and days[1] <= last:
        return certificate
    says = (
        f"{term.citation.zh}只在部分期间内有效（{_span(first, last)}）；"
        "请用 --edition-on 写明行为日期。",
        f"{term.citation.en} is in force for only a part of the span ({_span(first, last)}); say "
        "with --edition-on on which day the step is taken.",
    )
    doubt = Doubt("term.edition-changes", says)
    return _with_doubt(certificate, doubt)


def _with_doubt(certificate: Certificate, doubt: Doubt) -> Certificate:
    return replace(certificate, doubts=(*certificate.doubts, doubt))


def _span(first: date, last: date) -> str:
    return f"{first}–{'' if last == date.max else last}"


def in_force(term: TermRecord) -> tuple[date, date]:
    """First and last day on which the term's source is in force, both inside.

    The record may know a year or a month only; it is read in the term's favour, from its first
    day or to its last. An open start is the first day of the calendar.
    """
    document = source(term.row.source_id)
    return _bound_day(document.effective_from, first=True), _bound_day(
        document.effective_to, first=False
    )


def _bound_day(printed: str, *, first: bool) -> date:
    if not printed:
        return date.min if first else date.max
    numbers = [int(part) for part in printed.split("-")]
    year = numbers[0]
    month = numbers[1] if len(numbers) > 1 else (1 if first else 12)
    if len(numbers) > 2:
        return date(year, month, numbers[2])
    return date(year, month, 1 if first else monthrange(year, month)[1])
