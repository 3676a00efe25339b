"""What the balance is asked by: the form above it, and the address behind a number."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet, Sum
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from phaseout.accounts.organisations import cities, place_words
from phaseout.accounts.scope import Scope
from phaseout.desk.fields import Day
from phaseout.law.capacity import account, accounts, keys_of
from phaseout.law.industries import INDUSTRIES
from phaseout.pages.templatetags.phaseout import said
from phaseout.registry.capacity.balances import Asked
from phaseout.registry.capacity.saying import shown, unit_said
from phaseout.registry.labels import cell_words
from phaseout.registry.models import CapacityPosting, Enterprise

GROUPS = ("live", "exited", "given_up")
"""What a number may count beside one state: all states of a group."""
YEARS = 5


class CapacityFilter(forms.Form):
    """At the end of which year or day, as known when, where, which industry, counted by what."""

    year = forms.ChoiceField(label=_("年末"), required=False)
    on = forms.DateField(
        label=_("或截至日期"),
        required=False,
        widget=Day(),
    )
    known_on = forms.DateField(
        label=_("按当日入账"),
        required=False,
        widget=Day(),
    )
    city = forms.ChoiceField(label=_("所在市"), required=False)
    industry = forms.ChoiceField(label=_("行业"), required=False)
    by = forms.ChoiceField(
        label=_("分列"),
        required=False,
        choices=[("", _("按产品")), ("industry", _("按行业、产品")), ("city", _("按市、产品"))],
    )
    uscc = forms.CharField(required=False, max_length=18, widget=forms.HiddenInput)

    def __init__(self, *args: Any, scope: Scope, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reached = [
            (code, said(words)) for code, words in cities().items() if scope.reaches_into(code[:4])
        ]
        years = [(str(today.year - n), str(today.year - n)) for n in range(YEARS)]
        industries = [(key, said((one.zh, one.en))) for key, one in INDUSTRIES.items()]
        self._choose("year", [("", _("现在")), *years])
        self._choose("city", [("", _("全部")), *reached])
        self._choose("industry", [("", _("全部")), *industries])
        self.scope = scope
        self.enterprise: Enterprise | None = None

    def _choose(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_uscc(self) -> str:
        uscc: str = self.cleaned_data["uscc"]
        if uscc:
            self.enterprise = Enterprise.objects.filter(pk=uscc).first()
            if self.enterprise is None:
                raise forms.ValidationError(_("没有这家企业。"))
        return uscc

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        if given.get("year") and given.get("on"):
            self.add_error("on", _("年末和截至日期只能选一项。"))
        return given

    @property
    def of_year(self) -> int | None:
        """The year at whose end the balance stands; None: another day, or now."""
        return int(self.cleaned_data["year"]) if self.cleaned_data["year"] else None

    @property
    def as_of(self) -> date | None:
        if self.of_year is not None:
            return date(self.of_year, 12, 31)
        day: date | None = self.cleaned_data["on"]
        return day

    @property
    def grouped_by(self) -> str:
        """`industry`, `city` or empty."""
        by: str = self.cleaned_data["by"]
        return by

    def asked(self, scope: Scope) -> Asked:
        """What is asked, within the scope."""
        given = self.cleaned_data
        return Asked(
            as_of=self.as_of,
            known_on=given["known_on"],
            city=given["city"][:4],
            industry=given["industry"],
            uscc=given["uscc"],
            within=scope.lines(),
        )

    def given(self) -> dict[str, str]:
        """What was asked, as parts of an address."""
        return {
            name: value.isoformat() if isinstance(value, date) else str(value)
            for name, value in self.cleaned_data.items()
            if value
        }

    # What is behind a number

    def address(self, state: str, **narrowed: str) -> str:
        """The page of the entries that a number of the table counts."""
        parts = {**self.given(), **narrowed, "state": state}
        parts.pop("by", None)
        return f"{reverse('capacity-entries')}?{urlencode(parts)}"

    def behind(self, asked: Asked, parts: QueryDict) -> QuerySet[CapacityPosting]:
        """The postings a number counts: of its product, unit and state (or group of states)."""
        states = _states(parts.get("state", ""))
        found = asked.postings().filter(account__in=states)
        if "product" in parts:
            found = found.filter(product=parts["product"][:120])
        if parts.get("unit"):
            found = found.filter(unit=parts["unit"][:40])
        if parts.get("moved") == "year" and self.of_year is not None:
            found = found.filter(effective_on__year=self.of_year)
        return found

    def sums(self, postings: QuerySet[CapacityPosting]) -> list[tuple[Decimal, str]]:
        """What the postings come to, (amount, unit) as shown; one for each unit."""
        rows = postings.order_by().values_list("unit").annotate(stock=Sum("amount"))
        return [
            (shown(stock, unit), said(unit_said(unit))) for unit, stock in rows.order_by("unit")
        ]

    def said(self, parts: QueryDict) -> list[str]:
        """What a number counts, in words: product, state, place, day."""
        words: list[str] = []
        if "product" in parts:
            words.append(product_said(str(parts["product"])))
        state = parts.get("state", "")
        if state in GROUPS:
            words.append(said(GROUP_WORDS[state]))
        elif state in {each.account for each in accounts()}:
            words.append(said(account(state).name))
        if code := self.cleaned_data["city"]:
            words.append(said(place_words(code)))
        if industry := INDUSTRIES.get(self.cleaned_data["industry"]):
            words.append(said((industry.zh, industry.en)))
        if self.enterprise is not None:
            words.append(self.enterprise.name)
        if self.as_of is not None:
            words.append(self.as_of.isoformat())
        return words


GROUP_WORDS = {
    "live": ("在册产能合计", "in the register"),
    "exited": ("已退出合计", "exited in all"),
    "given_up": ("用于产能置换", "used for replacement"),
    "": ("登记产能合计", "registered in all"),
}


def product_said(product: str) -> str:
    """A product as people read it."""
    return said(cell_words("lines", "product", product)) or said(
        ("（未填报产品）", "(product not given)")
    )


def _states(asked: str) -> Iterable[str]:
    if asked in GROUPS:
        return keys_of(asked)
    known = {each.account for each in accounts()}
    return [asked] if asked in known else [key for key in known if key != "origin"]
