"""Forms of the room: a row in the columns of the form, a file, and what reports or sends back."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.organisations import divisions
from phaseout.accounts.scope import prefix_of
from phaseout.coordination.returns.rows import DAYS, Row, form_unit
from phaseout.law.annual import columns
from phaseout.law.capacity import EXITED, account, keys_of, ledger_units
from phaseout.law.industries import INDUSTRIES
from phaseout.pages.forms import ActForm, QuantityField, day_field
from phaseout.pages.templatetags.phaseout import said
from phaseout.registry.capacity.units import shown_in
from phaseout.reporting.words import DIMENSIONS

REASON = forms.Textarea(attrs={"rows": 2})


class RowForm(forms.Form):
    """A row; heads are those of the form. `seen`: the digest of the row as it was looked at."""

    seen = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    county = forms.ChoiceField()
    industry = forms.ChoiceField()
    enterprise = forms.CharField(max_length=200)
    uscc = forms.CharField(max_length=18)
    way = forms.ChoiceField()
    dimension = forms.ChoiceField()
    equipment = forms.CharField(max_length=400)
    quantity = forms.IntegerField(min_value=1, max_value=10**6)
    capacity = QuantityField(min_value=Decimal(0))
    unit = forms.ChoiceField()
    cut_on = day_field("", required=False)
    sealed_on = day_field("", required=False)
    dismantled_on = day_field("", required=False)
    accepted_on = day_field("", required=False)
    document = forms.CharField(max_length=120)
    remarks = forms.CharField(max_length=400, required=False)
    line_id = forms.CharField(max_length=64, required=False)
    reason = forms.CharField(
        max_length=400,
        required=False,
        widget=REASON,
        help_text=_("与台账预填不一致，或台账中没有该生产线的，写明理由。"),
    )

    def __init__(self, *args: Any, city: str, row: Row | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "initial": _initial(row), **kwargs})
        for column in columns():
            if column.key in self.fields:
                self.fields[column.key].label = said(column.words)
        self._choose("county", _counties(city))
        self._choose("industry", {k: (one.zh, one.en) for k, one in INDUSTRIES.items()})
        self._choose("way", {key: account(key).name for key in keys_of(EXITED)})
        self._choose("dimension", DIMENSIONS)
        units = {one.unit: form_unit(one.unit) for one in ledger_units()}
        if row is not None and row.unit:
            units.setdefault(row.unit, form_unit(row.unit))
        self._choose("unit", units)
        if row is not None and row.line_id:
            self.fields["line_id"].disabled = True

    def _choose(self, name: str, words: Any) -> None:
        choices = [(key, said(pair)) for key, pair in words.items()]
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    @property
    def row(self) -> Row:
        """The row as it was filled in; amounts in the unit of the ledger."""
        given = dict(self.cleaned_data)
        unit = given["unit"]
        return Row(
            division_code=given["county"],
            amount=given["capacity"] * shown_in(unit).times,
            unit=unit,
            uscc=given["uscc"].upper(),
            **{name: given[name] for name in DAYS},
            **{
                name: given[name]
                for name in (
                    "industry", "enterprise", "way", "dimension", "equipment", "quantity",
                    "document", "remarks", "line_id", "reason",
                )
                if name in given
            },
        )  # fmt: skip


def _initial(row: Row | None) -> dict[str, Any]:
    if row is None:
        return {}
    same = {name: value for name, value in row.plain.items() if name != "amount"}
    shown = {"county": row.division_code, "capacity": row.words["capacity"]}
    return {**same, **shown, "seen": row.digest}


def _counties(city: str) -> dict[str, Any]:
    """The counties of a city; of the region with its own code."""
    prefix = prefix_of(city)
    return {
        code: words
        for code, words in divisions().items()
        if code.startswith(prefix) and not code.endswith("00")
    }


class FileForm(forms.Form):
    """The form of the year, filled in elsewhere."""

    file = forms.FileField(
        label=_("上传填好的表（XLSX）"),
        widget=forms.ClearableFileInput({"accept": ".xlsx"}),
    )


class ReportForm(ActForm):
    """Report the draft as it was seen."""

    draft = forms.CharField(max_length=64, widget=forms.HiddenInput)
    nil = forms.BooleanField(label=_("零报告：本年度没有依法关闭退出的"), required=False)
    reason = forms.CharField(
        label=_("说明"),
        max_length=1000,
        required=False,
        widget=REASON,
        help_text=_("逾期报送的写明原因；重新报送的写明更正了什么。"),
    )
    field_order = ("nil", "reason")


class BackForm(ActForm):
    """Send it back."""

    reason = forms.CharField(label=_("退回理由"), max_length=1000, widget=REASON)


class AcceptForm(ActForm):
    """Accept; what was seen goes with it. Choices stand in the rows of the comparison."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)
