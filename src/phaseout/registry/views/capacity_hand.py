"""Acts on the ledger by hand: correcting an entry, replacement, the sale of a line."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods

from phaseout.accounts.powers import Power
from phaseout.accounts.requests import requires, scope_of_request, today_of
from phaseout.evidence.attaching import ACCEPT, attach
from phaseout.law.refusals import Refusal
from phaseout.pages.forms import QuantityField
from phaseout.registry.capacity import by_hand
from phaseout.registry.capacity.units import STEP, shown_in
from phaseout.registry.models import ProductionLine
from phaseout.registry.views.capacity import entry_context


class CorrectionForm(forms.Form):
    """What is wrong with an entry: all of it, or the amount."""

    amount = QuantityField(
        label=gettext_lazy("正确的数量"),
        required=False,
        min_value=Decimal(0),
        max_digits=18,
        decimal_places=10,
        help_text=gettext_lazy("单位与原记录相同；不填则整笔冲销，不再重记。"),
    )
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("写入台账，不能更改。"),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)


class DocumentForm(forms.Form):
    """A document with a reason, and what else the act asks for."""

    document = forms.FileField(
        label=pgettext_lazy("台账", "依据文件"),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("写入台账，不能更改。"),
    )


class ReplacementForm(DocumentForm):
    """How much of a line a replacement plan counts."""

    how_much = forms.CharField(
        label=gettext_lazy("用于置换的产能"),
        max_length=80,
        initial="全部",
        help_text=gettext_lazy("填“全部”、“一半”、“40%”，或者数量和单位，如“30万吨/年”。"),
    )
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    field_order = ("how_much", "document", "reason")


class TransferForm(DocumentForm):
    """To whom a line was sold."""

    to = forms.CharField(label=gettext_lazy("受让企业的统一社会信用代码"), max_length=18)
    field_order = ("to", "document", "reason")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.DECIDE)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """What correcting an entry does; a POST does it."""
    context = entry_context(request, pk)
    entry = context["entry"]
    form = CorrectionForm(request.POST or None, label_suffix="")
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                written = _corrected(request, entry, form.cleaned_data)
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                messages.success(request, _("已冲销，并记入台账。"))
                return redirect("capacity-entry", pk=written.pk)
    moved = next(row for row in context["rows"] if row.amount > 0)
    context |= {
        "form": form, "refusal": refusal, "amount": moved.amount, "unit": moved.unit,
        "one_amount": len(context["rows"]) == 2,
    }  # fmt: skip
    return render(request, "registry/capacity_correct.html", context, status=status)


def _corrected(request: HttpRequest, entry: Any, given: dict[str, Any]) -> Any:
    who: dict[str, Any] = {
        "by": request.user, "reason": given["reason"], "today": today_of(request),
        "key": given["key"],
    }  # fmt: skip
    if given["amount"] is None:
        return by_hand.counter(entry.pk, **who)
    amount = (given["amount"] * shown_in(entry.unit).times).quantize(STEP)
    return by_hand.correct(entry.pk, amount, **who)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.DECIDE)
def replace(request: HttpRequest, line_id: str) -> HttpResponse:
    """Capacity of a line that a replacement plan counts."""

    def act(line: ProductionLine, given: dict[str, Any], who: dict[str, Any]) -> None:
        by_hand.replace(line.pk, given["how_much"], key=given["key"], **who)
        messages.success(request, _("已记入台账：这部分产能用于置换，不能再计入退出。"))

    return _of_line(request, line_id, ReplacementForm, act, "registry/capacity_replace.html")


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Power.DECIDE)
def transfer(request: HttpRequest, line_id: str) -> HttpResponse:
    """The sale of a line to another enterprise."""

    def act(line: ProductionLine, given: dict[str, Any], who: dict[str, Any]) -> None:
        by_hand.transfer_line(line.pk, given["to"].strip().upper(), **who)
        messages.success(request, _("已转让，涉及的企业将重新判定。"))

    return _of_line(request, line_id, TransferForm, act, "registry/capacity_transfer.html")


def _of_line(
    request: HttpRequest,
    line_id: str,
    kind: type[DocumentForm],
    act: Callable[[ProductionLine, dict[str, Any], dict[str, Any]], None],
    template: str,
) -> HttpResponse:
    scope = scope_of_request(request)
    lines = ProductionLine.objects.filter(scope.lines(power=Power.DECIDE))
    line = get_object_or_404(lines.select_related("enterprise"), pk=line_id)
    form = kind(request.POST or None, request.FILES or None, label_suffix="")
    refusal, status = None, 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            given, today = form.cleaned_data, today_of(request)
            try:
                document = attach(given["document"], by=request.user, dated_on=today)
                who = {
                    "by": request.user, "reason": given["reason"], "today": today,
                    "document": document,
                }  # fmt: skip
                act(line, given, who)
            except Refusal as refused:
                refusal, status = refused, 409
            else:
                return redirect("capacity-line", line_id=line.pk)
    context = {"line": line, "enterprise": line.enterprise, "form": form, "refusal": refusal}
    return render(request, template, context, status=status)
