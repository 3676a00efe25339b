"""`phaseout period`: on which day a period ends, with the certificate of the count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import click

from phaseout.commands.output import output_options, show_json
from phaseout.law.periods import (
    Basis,
    Certificate,
    Direction,
    Doubt,
    RestCalendar,
    Step,
    Unit,
    as_json,
    as_text,
    count_period,
    find_term,
    laws,
    parse_day,
    parse_moment,
    read_rows,
    shipped_calendar,
)
from phaseout.law.periods.working_day_rules import day_count, edition_basis, edition_step

LENGTHS: dict[str, Unit] = {
    "days": Unit.CALENDAR_DAY,
    "working_days": Unit.WORKING_DAY,
    "months": Unit.MONTH,
    "years": Unit.YEAR,
    "hours": Unit.HOUR,
}


def _day(ctx: click.Context, param: click.Parameter, text: str | None) -> date | None:
    """A date as officials write it."""
    if text is None:
        return None
    try:
        return parse_day(text)
    except ValueError as problem:
        raise click.BadParameter(str(problem), ctx, param) from None


def _day_or_moment(ctx: click.Context, param: click.Parameter, text: str) -> date | datetime | None:
    """A date, or a date with a time of day (Beijing time unless it carries an offset)."""
    try:
        return parse_moment(text)
    except ValueError:
        return _day(ctx, param, text)


@dataclass(frozen=True, slots=True)
class Asked:
    """The options of one call, as click parsed them."""

    trigger: date | datetime
    lengths: dict[str, int]
    extension: int
    direction: Direction
    law: str | None
    edition_on: date | None
    term: tuple[str, str] | None
    term_name: str | None
    calendar: RestCalendar | None


@click.command("period")
@click.option(
    "--from",
    "trigger",
    callback=_day_or_moment,
    metavar="DATE[ TIME]",
    required=True,
    help="Day of service or other trigger, not counted: 2017-08-15, 2017/8/15, 2017年8月15日. "
    'With --hours a moment: "2017-08-15 14:30".',
)
@click.option("--months", type=click.IntRange(min=1), help="Length in calendar months.")
@click.option("--years", type=click.IntRange(min=1), help="Length in calendar years.")
@click.option(
    "--days",
    type=click.IntRange(min=1),
    help="Length in days: calendar days, or with --law what that law means by so many days.",
)
@click.option("--working-days", type=click.IntRange(min=1), help="Length in working days.")
@click.option("--hours", type=click.IntRange(min=1), help="Length in hours, from a moment.")
@click.option(
    "--extend",
    type=click.IntRange(min=0),
    default=0,
    help="Extension in the same unit: lengthens the period, counted once from the start.",
)
@click.option(
    "--before",
    is_flag=True,
    help="Count back from the event on --from, which is not counted (before a hearing).",
)
@click.option(
    "--before-end",
    is_flag=True,
    help="Count back from --from, the last day of a period, which is counted.",
)
@click.option("--law", type=click.Choice(laws()), help="Law that says which days are meant.")
@click.option(
    "--edition-on",
    callback=_day,
    metavar="DATE",
    help="Day on which the step is taken: the edition in force then is used.",
)
@click.option(
    "--term",
    nargs=2,
    metavar="SOURCE CLAUSE",
    help='A term of the register, for example APL-2021 "64(1)" (clause "" if none is recorded).',
)
@click.option("--term-name", help="Which term, where the clause sets several: name or number.")
@click.option(
    "--calendar",
    "calendar_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV of further rest days and workdays: day,kind,name_zh,name_en,source.",
)
@output_options
def period(
    *,
    trigger: date | datetime,
    extend: int,
    before: bool,
    before_end: bool,
    law: str | None,
    edition_on: date | None,
    term: tuple[str, str] | None,
    term_name: str | None,
    calendar_file: Path | None,
    as_json: bool,
    lang: str,
    **lengths: int | None,
) -> None:
    """On which day does a statutory period end? 计算法定期间的届满日。

    Give one length (--days, --working-days, --months, --years, --hours) or a --term.
    """
    if before and before_end:
        raise click.UsageError("--before and --before-end exclude each other")
    direction = Direction.BACKWARD if before else Direction.FORWARD
    asked = Asked(
        trigger=trigger,
        lengths={name: length for name, length in lengths.items() if length is not None},
        extension=extend,
        direction=Direction.BACKWARD_FROM_END if before_end else direction,
        law=law,
        edition_on=edition_on,
        term=term,
        term_name=term_name,
        calendar=_calendar(calendar_file),
    )
    _check_usage(asked)
    certificate = _of_term(asked) if asked.term else _of_length(asked)
    _show(certificate, as_json_asked=as_json, lang=lang)


def _calendar(file: Path | None) -> RestCalendar | None:
    if file is None:
        return None
    return shipped_calendar().with_rows(read_rows(file.read_bytes(), file.name))


def _check_usage(asked: Asked) -> None:
    """One question and no contradiction, or exit code 2."""
    given = [f"--{name.replace('_', '-')}" for name in asked.lengths]
    if asked.term:
        surplus = [*given, *(["--law"] if asked.law else [])]
        if asked.direction is not Direction.FORWARD:
            surplus.append("--before")
        if surplus:
            raise click.UsageError(
                f"--term has its own length, law and direction: leave out {', '.join(surplus)}"
            )
        return
    if asked.term_name:
        raise click.UsageError("--term-name needs --term")
    _check_length(asked, given)


def _check_length(asked: Asked, given: list[str]) -> None:
    if len(given) != 1:
        raise click.UsageError(
            "give exactly one length: --days, --working-days, --months, --years or --hours"
            f" (given: {', '.join(given) or 'none'}), or a --term"
        )
    if (asked.law is None) != (asked.edition_on is None):
        raise click.UsageError(
            "--law and --edition-on belong together: the law, and the day on which the step is "
            "taken, by which its edition is chosen"
        )
    if asked.extension and asked.direction is not Direction.FORWARD:
        raise click.UsageError("a period counted back has no extension")
    if "hours" in asked.lengths and not isinstance(asked.trigger, datetime):
        raise click.UsageError('--hours starts at a moment: --from "2017-08-15 14:30"')


def _of_term(asked: Asked) -> Certificate:
    source_id, clause = asked.term or ("", "")
    return find_term(source_id, clause, asked.term_name).period_from(
        asked.trigger,
        extension=asked.extension,
        edition_on=asked.edition_on,
        calendar=asked.calendar,
    )


def _of_length(asked: Asked) -> Certificate:
    ((name, length),) = asked.lengths.items()
    unit = LENGTHS[name]
    basis: Basis | None = None
    opening: tuple[Step, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    if asked.law is not None and asked.edition_on is not None:
        if unit in (Unit.CALENDAR_DAY, Unit.WORKING_DAY):
            counted = day_count(
                asked.law, asked.edition_on, length, printed=unit is Unit.WORKING_DAY
            )
            unit, basis = counted.unit, counted.basis
            opening, doubts = (counted.step,), counted.doubts
        else:
            basis = edition_basis(asked.law, asked.edition_on)
            opening = (edition_step(basis, asked.edition_on),)
    return count_period(
        asked.trigger,
        unit,
        length,
        extension=asked.extension,
        direction=asked.direction,
        calendar=asked.calendar,
        basis=basis,
        opening=opening,
        doubts=doubts,
    )


def _show(certificate: Certificate, *, as_json_asked: bool, lang: str) -> None:
    if as_json_asked:
        show_json(as_json(certificate))
    else:
        click.echo(as_text(certificate, lang))
