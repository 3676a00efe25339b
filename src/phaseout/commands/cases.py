"""`phaseout cases`: the cases of the site, for whoever runs it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from phaseout.commands.output import RefusingGroup, output_options, show_json
from phaseout.commands.parameters import DAY
from phaseout.law.refusals import Refusal
from phaseout.web.environment import state_home

if TYPE_CHECKING:
    from phaseout.casework.models import Case
    from phaseout.casework.proceeding.replaying import Difference


@click.group(cls=RefusingGroup)
def cases() -> None:
    """The cases of the site."""


@contextmanager
def of_the_site() -> Iterator[None]:
    """The site's database and settings while the block runs.

    Raises:
        Refusal: `database_not_prepared`, `database_not_reached`.
    """
    from phaseout.web.serving.preparing import must_be_prepared, running_database, set_up

    with running_database(state_home()):
        set_up()
        must_be_prepared(state_home())
        yield


def reached(day: date | None) -> date:
    """`day`, or the business day where none is given.

    What is done for a day holds for all days before it: done for a day to come, the days until
    then would be left out.

    Raises:
        Refusal: `day_not_reached`.
    """
    from phaseout.desk.day import today

    now = today()
    if day is None or day <= now:
        return day or now
    raise Refusal(
        "day_not_reached",
        what=(f"不能按{day}办理", f"nothing is done for {day}"),
        why=(f"该日尚未到来，现为{now}。", f"that day has not come: today is {now}."),
        instead=(
            "请去掉 --on，或给出不晚于今天的日期。",
            "Leave --on out, or give a day up to today.",
        ),
    )


@cases.command("list")
@click.option("--closed", is_flag=True, help="Closed cases too.")
@click.option("--office", help="Of one office: eic, epd, city_yinchuan …")
@click.option("--most", type=click.IntRange(min=1), default=50, show_default=True)
@output_options
def list_cases(closed: bool, office: str | None, most: int, as_json: bool, lang: str) -> None:
    """Cases, newest first: number, stage, enterprise, office, next last day."""
    with of_the_site():
        from phaseout.casework.cases.listing import NEWEST_FIRST
        from phaseout.casework.models import Case

        found = Case.objects.select_related("enterprise").order_by(*NEWEST_FIRST)
        if not closed:
            found = found.filter(closed_on=None)
        if office:
            found = found.filter(office=office)
        shown = [_plain(case) for case in found.prefetch_related("deadlines")[:most]]
    if as_json:
        show_json({"cases": shown})
        return
    for one in shown:
        at = "en" if lang == "en" else "zh"
        stage, office = one[f"stage_{at}"], one[f"office_{at}"]
        due = one["due"] or "—"
        click.echo(f"{one['number']}  {due}  {stage}  {one['enterprise']}  {office}")
    if not shown:
        click.echo("there are no such cases" if lang == "en" else "没有这样的案件", err=True)


@cases.command()
@click.option("--on", "day", type=DAY, help="As of that day; left out: the business day.")
@output_options
def sweep(day: date | None, as_json: bool, lang: str) -> None:
    """Tell what fell due since the last sweep: reminders, lapses, escalation; twice: no harm."""
    with of_the_site():
        from phaseout.casework.watching import sweeping

        swept = sweeping.sweep(reached(day))
    zh = f"{swept.on}：新逾期{swept.lapses}项，新通知{swept.notices}条"
    en = f"{swept.on}: {swept.lapses} deadlines newly lapsed, {swept.notices} notices"
    told = {"on": swept.on, "lapses": swept.lapses, "notices": swept.notices}
    _say(told, zh, en, as_json, lang)


@cases.command()
@output_options
def recount(as_json: bool, lang: str) -> None:
    """Count the deadlines that go on anew, if the calendar of rest days is another than before."""
    with of_the_site():
        from phaseout.casework.watching import recounting
        from phaseout.desk.day import today

        done = recounting.recount(today())
    if done is None:
        zh, en = "日历没有变化，无须改算", "the calendar has not changed: nothing to count anew"
        _say({"recounted": False}, zh, en, as_json, lang)
        return
    zh = f"按{done.calendar}改算：案件{done.cases}件，最后一日变化{done.moved}项"
    en = f"counted with {done.calendar}: {done.cases} cases, {done.moved} last days moved"
    told = {
        "recounted": True,
        "calendar": done.calendar,
        "cases": done.cases,
        "moved": done.moved,
    }
    _say(told, zh, en, as_json, lang)


def _say(told: dict[str, Any], zh: str, en: str, as_json: bool, lang: str) -> None:
    if as_json:
        show_json(told)
    else:
        click.echo(en if lang == "en" else zh)


def _plain(case: Case) -> dict[str, Any]:
    from phaseout.accounts.organisations import office_name
    from phaseout.casework.cases.showing import stage_pair

    office = office_name(case.office, case.division_code, case.opened_on)
    dues = [one.due for one in case.deadlines.all() if one.going and one.due]
    zh, en = stage_pair(case)
    return {
        "number": case.number,
        "procedure": case.procedure,
        "stage": case.stage,
        "stage_zh": zh,
        "stage_en": en,
        "enterprise": case.enterprise.name,
        "office": case.office,
        "office_zh": office[0],
        "office_en": office[1],
        "opened_on": case.opened_on,
        "closed_on": case.closed_on,
        "due": min(dues, default=None),
    }


@cases.command("replay")
@click.argument("numbers", nargs=-1)
@click.option("--mend", is_flag=True, help="Write what the acts say over what is kept.")
@output_options
def replay_command(numbers: tuple[str, ...], mend: bool, as_json: bool, lang: str) -> None:
    """Go through the acts of all cases (or of those NUMBERS) again and compare with what is kept.

    With --mend stage, deadlines and tasks are rebuilt from the acts where they differ. Exit code 1
    if anything differs and was not mended.
    """
    with of_the_site():
        from phaseout.casework.models import Case
        from phaseout.casework.proceeding import replaying

        wanted = Case.objects.filter(number__in=numbers) if numbers else Case.objects.all()
        unknown = sorted(set(numbers) - set(wanted.values_list("number", flat=True)))
        if unknown:
            raise click.BadParameter(f"no such case 没有这样的案件: {', '.join(unknown)}")
        count, mended = 0, 0
        found: list[Difference] = []
        for case, differing in replaying.replay(wanted):
            count += 1
            found += differing
            mended += len(replaying.mend(case.pk)) if mend and differing else 0
    _replayed(count, found, mended, as_json, lang)
    if len(found) > mended:
        raise SystemExit(1)


def _replayed(count: int, found: list[Difference], mended: int, as_json: bool, lang: str) -> None:
    if as_json:
        rows = [
            {"code": d.code, "case": d.case, "what": d.what, "kept": d.kept, "derived": d.derived}
            for d in found
        ]
        show_json({"cases": count, "differences": rows, "mended": mended})
        return
    for one in found:
        words = one.words[1 if lang == "en" else 0]
        click.echo(f"[{one.code}] {one.case} {words}", err=True)
    zh = f"{count}个案件，{len(found)}处不符" if found else f"{count}个案件，全部相符"
    en = f"{count} cases, {len(found)} differences" if found else f"{count} cases, all agree"
    if mended:
        zh, en = f"{zh}，已按各行为重建{mended}处", f"{en}, {mended} rebuilt from the acts"
    click.echo(en if lang == "en" else zh)
