"""期限计算: on which day a statutory period ends, step by step, with the clause of each step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from phaseout.accounts.requests import today_of
from phaseout.desk.fields import Day
from phaseout.disclosure.site.showing import public_page
from phaseout.law.periods import (
    BEIJING,
    Certificate,
    Citation,
    Direction,
    Term,
    Unit,
    all_terms,
    as_text,
    count_period,
)
from phaseout.law.periods.citations import source
from phaseout.law.periods.term_records import Ends, TermUnit
from phaseout.law.refusals import Refusal
from phaseout.library.shelf import rows_of_source
from phaseout.pages.templatetags.phaseout import english, said

LONGEST = 3650
_NOT_COUNTED = {Ends.NONE, Ends.EACH_DAY, Ends.EXTENSION}
_UNITS = (
    (Unit.MONTH, _("个月")),
    (Unit.WORKING_DAY, _("个工作日")),
    (Unit.CALENDAR_DAY, _("日（自然日）")),
    (Unit.YEAR, _("年")),
    (Unit.HOUR, _("小时")),
)
_DIRECTIONS = (
    (Direction.FORWARD, _("自该日往后")),
    (Direction.BACKWARD, _("自该事件倒推（当日不计入）")),
    (Direction.BACKWARD_FROM_END, _("自另一期间的最后一日倒推（当日计入）")),
)


@dataclass(frozen=True, slots=True)
class Cited:
    """A clause that a step rests on, with its page in the norm library if it has one."""

    citation: Citation

    @property
    def words(self) -> tuple[str, str]:
        return self.citation.zh, self.citation.en

    @property
    def source_id(self) -> str:
        """Empty where the library has no page of the document."""
        return self.citation.source_id if self.citation.source_id in rows_of_source() else ""

    @property
    def verified(self) -> bool:
        return self.citation.confidence.value == "verified"


@cache
def countable_terms() -> dict[str, Term]:
    """The terms of the register that have a length, by their number: `APL-2021/3`."""
    return {
        term.row.row_id.partition("/")[2]: term
        for term in all_terms()
        if term.reading.bound not in _NOT_COUNTED
        and term.unit not in (TermUnit.RULE, TermUnit.UNTIL_LIFTED)
    }


def _choices() -> list[Any]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for number, term in countable_terms().items():
        document = source(term.row.source_id)
        title = document.title_en if english() else document.title_zh
        groups.setdefault(title or term.row.source_id, []).append((number, _said_of(term)))
    return [("", _("不选，自己填写长度")), *groups.items()]


def _said_of(term: Term) -> str:
    clause = term.citation.en if english() else term.citation.zh
    words = f"{said(term.name)}"
    return f"{words} · {clause.rpartition('》')[2] or clause}"


class PeriodForm(forms.Form):
    """A day, and either a term of the register or a length in a unit."""

    day = forms.DateField(
        label=_("起算日"), widget=Day(), help_text=_("送达、收到等事件发生之日，当日不计入。")
    )
    term = forms.ChoiceField(label=_("法定期间"), required=False)
    length = forms.IntegerField(label=_("长度"), required=False, min_value=1, max_value=LONGEST)
    unit = forms.ChoiceField(label=_("单位"), required=False, choices=_UNITS)
    extension = forms.IntegerField(
        label=_("延长"), required=False, min_value=0, max_value=LONGEST,
        help_text=_("已经准予延长的，填写延长了多少（同一单位）。"),
    )  # fmt: skip
    direction = forms.ChoiceField(label=_("方向"), required=False, choices=_DIRECTIONS)
    at = forms.TimeField(
        label=_("时刻"), required=False, widget=forms.TimeInput(attrs={"type": "time"}),
        help_text=_("只有按小时计算时填写，北京时间。"),
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["term"].choices = _choices()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if "day" not in given or "length" not in given:
            return given
        term, length = given.get("term"), given.get("length")
        if not term and not length:
            self.add_error("length", _("请选择一项法定期间，或者填写长度。"))
        if term and length:
            self.add_error(
                "length", _("已选择法定期间，长度由法律规定；请清空此项，或者不选法定期间。")
            )
        own = not term
        if own and given.get("unit") == Unit.HOUR and not given.get("at"):
            self.add_error("at", _("按小时计算的期间自某一时刻起，请填写时刻。"))
        if own and given.get("extension") and given.get("direction") not in ("", Direction.FORWARD):
            self.add_error("extension", _("倒推的期间没有延长。"))
        return given

    def certificate(self) -> Certificate:
        """Raises: Refusal, where the law or the calendar gives no answer."""
        given = self.cleaned_data
        trigger = given["day"]
        if given["at"]:
            trigger = datetime.combine(trigger, given["at"], tzinfo=BEIJING)
        extension = given["extension"] or 0
        if given["term"]:
            return countable_terms()[given["term"]].period_from(trigger, extension=extension)
        return count_period(
            trigger, Unit(given["unit"]), given["length"], extension=extension,
            direction=Direction(given["direction"] or Direction.FORWARD),
        )  # fmt: skip


@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """The question is the address: an answer can be sent on, and asked again on a later day."""
    asked = bool(request.GET.get("day"))
    initial = {"day": today_of(request), "unit": Unit.MONTH}
    form = PeriodForm(request.GET if asked else None, initial=initial)
    context: dict[str, Any] = {"form": form}
    status = 200
    if asked and form.is_valid():
        try:
            context |= _answered(form.certificate())
        except Refusal as refusal:
            context["refusal"], status = refusal, 409
    elif asked:
        status = 422
    return public_page(request, "publicsite/calculator.html", context, status=status)


def _answered(certificate: Certificate) -> dict[str, Any]:
    text = as_text(certificate, "en" if english() else "zh")
    return {
        "certificate": certificate,
        "answer": text.partition("\n")[0],
        "steps": [(step.says, list(_cited(step.cites))) for step in certificate.steps],
    }


def _cited(cites: tuple[Citation, ...]) -> Iterator[Cited]:
    return (Cited(one) for one in cites)
