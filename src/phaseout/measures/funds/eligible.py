"""Whether an application may get money: each condition with its answer and its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from phaseout.accounts.rows import whole_reach
from phaseout.casework.models import Case
from phaseout.law import funds
from phaseout.law.refusals import Bilingual, Refusal
from phaseout.measures.funds.models import Application, Programme, Share

EXITS = ("exit", "technology")
EXITED = ("accepted", "published", "exited", "closed_exited")
"""Stages of those procedures from the joint acceptance on: the settlement is paid before the case
is closed, and the regional rules give money after acceptance and notice."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One condition. `met` None: the record cannot tell; whoever examines must."""

    key: str
    met: bool | None
    says: Bilingual


def reasons(application: Application, *, on: date, in_plan: bool | None = None) -> list[Reason]:
    """The conditions of an application, in the order in which one asks.

    Args:
        in_plan: what the examiner found in the year's plan and tasks; None: not looked yet.
    """
    return [
        _running(application.programme, on),
        _industry(application, on),
        _exited(application),
        _year(application, on),
        _once(application),
        Reason(
            "in_plan",
            in_plan,
            (
                "列入年度方案和下达的退出任务"
                if in_plan
                else "是否列入年度方案和任务：须由审核人核对",
                "in the year's plan and tasks"
                if in_plan
                else "whether it is in the year's plan and tasks must be looked up",
            ),
        ),
    ]


_IN_PLAN: Bilingual = ("列入年度方案和下达的退出任务", "in the year's plan and tasks")
_NOT_LOOKED: Bilingual = (
    "是否列入年度方案和下达的任务，须由审核人核对",
    "whether it is in the year's plan and tasks must be looked up",
)


def _running(programme: Programme, on: date) -> Reason:
    runs = programme.runs_from <= on and (programme.runs_to is None or on <= programme.runs_to)
    says = (
        ("项目在执行期内", "the programme runs")
        if runs
        else (f"项目在{on}不在执行期内", f"the programme does not run on {on}")
    )
    return Reason("running", runs, says)


def _industry(application: Application, on: date) -> Reason:
    industry = application.enterprise.industry
    fits = funds.fits(application.programme.fund, industry, on=on)
    if fits is None:
        says = "该资金未限定行业", "the fund names no industries"
        return Reason("industry", True, says)
    says = (
        ("行业适用该资金", "the fund is for its industry")
        if fits
        else ("该资金只用于钢铁、煤炭", "the fund is for steel and coal only")
    )
    return Reason("industry", fits, says)


def _exited(application: Application) -> Reason:
    with whole_reach():  # the office of the money need not see the case of another's dimension
        case = (
            Case.objects.filter(
                enterprise=application.enterprise_id, procedure__in=EXITS, stage__in=EXITED
            )
            .order_by("-pk")
            .values_list("number", flat=True)
            .first()
        )
    if case is None:
        says = "退出尚未验收", "no exit of it was accepted"
        return Reason("exited", False, says)
    return Reason("exited", True, (f"退出已验收（{case}）", f"its exit was accepted ({case})"))


def _year(application: Application, on: date) -> Reason:
    if application.programme.fund != funds.AWARD:
        return Reason(
            "exit_year", True, ("该资金未限定退出年度", "the fund names no years of exit")
        )
    year = application.exit_year
    try:
        percent = funds.early_exit(year, on=on).percent
    except Refusal:
        says = f"{year}年退出的系数不在记录中", f"no coefficient is on record for {year}"
        return Reason("exit_year", False, says)
    says = f"{year}年退出，系数{percent}%", f"left in {year}: {percent} %"
    return Reason("exit_year", True, says)


def _once(application: Application) -> Reason:
    given = (
        Share.objects.filter(
            application__enterprise=application.enterprise_id,
            application__programme__fund=application.programme.fund,
            application__exit_year=application.exit_year,
        )
        .exclude(application=application)
        .select_related("allocation")
        .first()
    )
    if given is None:
        return Reason("once", True, ("未曾领取同一退出的资金", "nothing was given for it before"))
    year = given.allocation.year
    says = f"同一退出已在{year}年度分得资金", f"money was given for the same exit in {year}"
    return Reason("once", False, says)
