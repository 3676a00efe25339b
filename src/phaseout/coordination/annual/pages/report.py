"""The report of a year: its figures and charts, what is done about it, the rows behind a figure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from phaseout.accounts.organisations import REGION_CODE, office_name
from phaseout.accounts.requests import scope_of_request, today_of, ways
from phaseout.accounts.rows import whole_reach
from phaseout.coordination.annual import acts, figures, files, freezing, refusing
from phaseout.coordination.annual.figures import BY, Balance, Report, Reported, narrowed
from phaseout.coordination.annual.forms import (
    ApproveForm,
    DeclineForm,
    FreezeForm,
    SeenForm,
    SendForm,
)
from phaseout.coordination.annual.lasting import corrected, report_of
from phaseout.coordination.annual.models import Erratum
from phaseout.coordination.annual.pages.charting import drawing
from phaseout.coordination.annual.pages.overview import of_the_region
from phaseout.coordination.annual.standing import Stage, Standing, standing
from phaseout.coordination.returns.rows import Row, form_unit
from phaseout.coordination.returns.seats import summing_up
from phaseout.coordination.returns.standing import places, years
from phaseout.documents import editable
from phaseout.documents import render as typeset
from phaseout.law.annual import columns, recipients
from phaseout.law.capacity import LIVE, account, keys_of
from phaseout.pages.drawing import on_a_page
from phaseout.pages.forms import ActForm, press
from phaseout.pages.refusing import refused
from phaseout.pages.templatetags.phaseout import said

ON_A_PAGE = 200
ACTS = {
    "freeze": ("取数冻结", "frozen"),
    "sign": ("签报", "signed"),
    "approve": ("同意", "agreed to"),
    "decline": ("不同意", "declined"),
    "send": ("报送", "sent"),
    "correct": ("勘误", "erratum"),
}


def found(request: HttpRequest, year: int) -> Standing:
    today = today_of(request)
    if year not in years(today):
        raise Http404
    return standing(year, today)


def figures_of(now: Standing) -> Report:
    """The figures with their errata; where nothing is frozen, as they stand at this moment."""
    if now.freeze is not None:
        return corrected(report_of(now.freeze), now.errata)
    with whole_reach():  # the page is for who reads over the region; see freezing
        stands = places(now.year, now.today)
        told = freezing.rows_of(now.year, stands)
        head = freezing.head_of(now.year, now.today, told, stands)
        balances = [Balance(*one) for one in freezing.balances_of(now.year)]
    rows = [Reported(at, to, str(origin), row) for at, (to, origin, _, row) in enumerate(told, 1)]
    return Report(now.year, head, rows, balances)


@require_http_methods(["GET", "HEAD", "POST"])
@of_the_region
def year_page(request: HttpRequest, year: int) -> HttpResponse:
    known = years(today_of(request))
    if year not in known:
        return refused(request, refusing.no_such_year(year, min(known), max(known)), 404)
    now = found(request, year)
    forms = _forms(request, now)
    pressed = press(request, forms, lambda name, form: _do(request, year, name, form))
    if pressed.done:
        return redirect("annual-year", year)
    report = figures_of(now)
    context = {
        "now": now,
        "stage": str(now.stage),
        "today": now.today,
        "forms": forms,
        "refusal": pressed.refusal,
        "done": [(act, ACTS[act.kind]) for act in reversed(now.acts)],
        "sent_to": _sent_to(now, "to"),
        "copied_to": _sent_to(now, "copies"),
        "to_sign": [office_name(one, REGION_CODE, now.today) for one in now.to_sign],
        "report": report,
        **on_a_page(drawing(report), "industries"),
        "plan": report.head.get("plan"),
        "last": report.head.get("last"),
        "errata": [_with_words(one) for one in now.errata],
        **_tables(report),
    }
    return render(request, "annual/report.html", context, status=pressed.status)


def _sent_to(now: Standing, names: str) -> str:
    """The bodies a report was sent to, as the act names them; by their English names in English."""
    if now.sent is None:
        return ""
    known = {
        one.zh: one.en for role in ("to", "copy") for one in recipients(now.sent.done_on, role)
    }
    told = [said((zh, known.get(zh, zh))) for zh in now.sent.content[names]]
    return said(("、", ", ")).join(told)


def _with_words(one: Erratum) -> Erratum:
    """The erratum with `said`: column by column what it was and what it is; both stay visible."""
    after, before = Row.of(one.after), Row.of(one.before) if one.before else None
    names = before.differs(after) if before else ["amount"]
    aside = {"division_code": "county", "amount": "capacity"}
    heads = {column.key: said(column.words) for column in columns()}
    told = []
    for name in names:
        key = aside.get(name, name)
        was, now = (_cell(row, key) if row else "" for row in (before, after))
        told.append((heads.get(key, key), was, now))
    one.said = told  # type: ignore[attr-defined]
    return one


def _cell(row: Row, key: str) -> str:
    told = row.words[key]
    text = told if isinstance(told, str) else said(told)
    return f"{text} {said(form_unit(row.unit))}" if key == "capacity" else text


def _forms(request: HttpRequest, now: Standing) -> dict[str, ActForm]:
    """What the person can do as the report stands."""
    scope = scope_of_request(request)
    works = acts.seat(scope, *summing_up()) is not None
    leads = acts.seat(scope, *summing_up(), roles=acts.LEADER) is not None
    signs = any(acts.seat(scope, one, roles=acts.LEADER) for one in now.to_sign)
    governs = acts.seat(scope, acts.GOVERNMENT, roles=acts.LEADER) is not None
    stage = now.stage
    seen = {"digest": now.freeze.digest} if now.freeze is not None else {}
    possible: dict[str, tuple[bool, bool, type[ActForm]]] = {
        "freeze": (works, stage in (Stage.OPEN, Stage.FROZEN, Stage.DECLINED), FreezeForm),
        "sign": (leads, signs and stage is Stage.FROZEN, SeenForm),
        "approve": (governs, stage is Stage.SIGNED, ApproveForm),
        "decline": (governs, stage is Stage.SIGNED, DeclineForm),
        "send": (works, stage is Stage.APPROVED, SendForm),
    }
    # Somebody else may have been quicker: then the act says so.
    sent = request.POST.get("do", "")
    return {
        name: make(
            request.POST if sent == name else None,
            initial={} if name in ("freeze", "send") else seen,
            auto_id=f"id_{name}_%s",
        )
        for name, (may, can, make) in possible.items()
        if may and (can or sent == name)
    }


def _do(request: HttpRequest, year: int, name: str, form: ActForm) -> None:
    given = dict(form.cleaned_data)
    how = ways(request, given.pop("key"))
    done: Mapping[str, Any] = {
        "freeze": acts.freeze,
        "sign": acts.sign,
        "approve": acts.approve,
        "decline": acts.decline,
        "send": acts.send,
    }
    done[name](year, **given, **how)


def _tables(report: Report) -> dict[str, Any]:
    """The sums of the report; each opens the rows it counts."""
    heads = (
        ("city", _("分市"), _("市")),
        ("way", _("分退出方式"), _("退出方式")),
        ("dimension", _("分标准类别"), _("标准类别")),
    )
    return {
        "industries": [
            (
                one,
                said(figures.words_of("industry", one.industry)),
                said(form_unit(one.unit)),
                _rows_url(report.year, industry=one.industry, unit=one.unit),
                _task_url(report, one.industry),
            )
            for one in figures.against(report)
        ],
        "divided": [(head, column, _divided(report, by)) for by, head, column in heads],
        "totals": figures.sums(report.rows, "unit"),
        "firms": len({one.row.uscc for one in report.rows if one.row.amount}),
        "lines": sum(bool(one.row.amount) for one in report.rows),
        "states": [said(account(state).name) for state in keys_of(LIVE)],
        "stocks": _stocks(report),
        "not_accepted": sum(one["state"] != "accepted" for one in report.head["returns"]),
        "returns": len(report.head["returns"]),
        "by_ledger": sum(one.origin == "ledger" for one in report.rows),
    }


def _divided(report: Report, by: str) -> list[tuple[figures.Sum, str, str]]:
    return [
        (
            one,
            said(figures.words_of(by, one.key)),
            _rows_url(report.year, **{by: one.key, "unit": one.unit}),
        )
        for one in figures.sums(report.rows, by)
    ]


def _stocks(report: Report) -> list[tuple[str, str, list[Decimal | None], str]]:
    """Industry, unit, what stands in each state; the address of the same balance on the ledger."""
    return [
        (
            said(figures.words_of("industry", industry)),
            said(form_unit(unit)),
            [there.get(state) for state in keys_of(LIVE)],
            f"{reverse('capacity')}?{urlencode({'year': report.year, 'industry': industry})}",
        )
        for industry, unit, there in figures.stocks(report)
    ]


def _task_url(report: Report, industry: str) -> str:
    """The lines of the plan that a task adds up; empty where there is no plan."""
    plan = report.head.get("plan")
    return f"{plan['url']}lines/?{urlencode({'aim': 'exit', 'industry': industry})}" if plan else ""


def _rows_url(year: int, **asked: str) -> str:
    return f"{reverse('annual-rows', args=[year])}?{urlencode(asked)}"


@require_safe
@of_the_region
def rows_page(request: HttpRequest, year: int) -> HttpResponse:
    """The rows a figure counts, each with its enterprise, line, case, ledger and return."""
    now = found(request, year)
    report = figures_of(now)
    asked = {name: str(request.GET[name]) for name in BY if request.GET.get(name)}
    rows = narrowed(report.rows, asked)
    after = request.GET.get("after", "")
    known = after.isdecimal() and len(after) < 10
    rest = [one for one in rows if one.place > int(after)] if known else rows
    shown = rest[:ON_A_PAGE]
    context = {
        "now": now,
        "asked": [said(figures.words_of(name, value)) for name, value in asked.items()],
        "rows": [(one, one.row.words, f"{one.row.division_code[:4]}00") for one in shown],
        "count": len(rows),
        "first": not after,
        "after": shown[-1].place if len(rest) > len(shown) else None,
        "totals": figures.sums(rows, "unit"),
        "corrects": _may_correct(request, now),
    }
    return render(request, "annual/rows.html", context)


def _may_correct(request: HttpRequest, now: Standing) -> bool:
    leads = acts.seat(scope_of_request(request), *summing_up(), roles=acts.LEADER)
    return leads is not None and now.approved is not None


@require_safe
@of_the_region
def file(request: HttpRequest, year: int, name: str) -> HttpResponse:
    """A file of the report or of an erratum, by its name."""
    from django.conf import settings

    from phaseout.coordination.annual.letter import erratum_letter

    now = found(request, year)
    stem, _dot, kind = name.rpartition(".")
    if kind not in files.TYPES:
        raise Http404
    if now.freeze is None:
        return refused(request, refusing.not_frozen(year), 404)
    ending = name.removeprefix(f"annual-{year}")
    if ending != name and ending in files.ENDINGS:
        made = files.one(now.freeze, files.imprinted(now), ending)
    else:
        head, _dash, number = stem.rpartition("-")
        errata = {str(one.number): one for one in now.errata}
        if head != f"annual-{year}-erratum" or number not in errata or kind not in ("pdf", "docx"):
            raise Http404
        document = erratum_letter(errata[number], demo=settings.DEMO)
        made = typeset(document) if kind == "pdf" else editable(document)
    answer = HttpResponse(made, content_type=files.TYPES[kind])
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer
