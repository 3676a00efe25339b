"""The form of an act, made from its rule: a field for each thing it must bring."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from phaseout.casework.cases.doing.fields import (
    LONGEST_TEXT,
    choice,
    field_of,
    label_of,
    way_field,
)
from phaseout.casework.cases.doing.uploading import kept_name
from phaseout.casework.proceeding.facts import URGENT
from phaseout.casework.proceeding.preparing import LONGEST_REASON, Asked
from phaseout.desk.fields import Day
from phaseout.evidence.models import EvidenceFile
from phaseout.law.procedures import ActRule
from phaseout.law.procedures.carried import serves
from phaseout.law.procedures.records import Bring
from phaseout.law.refusals import Refusal
from phaseout.pages.templatetags.phaseout import said

ROWS = 3
"""Empty rows for licences; a button of the form adds as many again."""
MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the form of an act is made from. `options` are what the case allows for an item,
    `helps` and `initial` what is said and proposed for it, `points` those of a defence."""

    rule: ActRule
    today: date
    seen: int
    urgent: bool
    points: Sequence[str]
    options: Mapping[str, list[tuple[str, str]]]
    helps: Mapping[str, str]
    initial: Mapping[str, Any]


class ActForm(forms.Form):
    """The act as it is sent. `seen`: how many acts the case had when the page was made."""

    def __init__(
        self,
        data: Any = None,
        *,
        wanted: Wanted,
        files: Mapping[str, EvidenceFile] | None = None,
        refused: MultiValueDict[str, Refusal] | None = None,
    ) -> None:
        super().__init__(data, initial={**wanted.initial, "seen": wanted.seen}, label_suffix="")
        self.wanted, self.rule = wanted, wanted.rule
        self.attachable = files or {}
        self.refused = refused or MultiValueDict()
        for bring in self.rule.brings:
            self._add(bring)
        if wanted.urgent:
            self.fields[URGENT] = forms.BooleanField(
                label=_("情况紧急，不能等待"), required=False,
                help_text=_("写入案卷；须在说明中写明紧急情形。"),
            )  # fmt: skip
        if "reason" not in self.fields:
            self.fields["reason"] = forms.CharField(
                label=_("说明"), required=False, max_length=LONGEST_REASON,
                widget=forms.Textarea(attrs={"rows": 3}),
            )  # fmt: skip
        self.fields["key"] = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
        self.fields["seen"] = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def _add(self, bring: Bring) -> None:
        if bring.item == "service_way":
            self._add_service(bring)
        elif bring.item in self.wanted.options:
            self.fields[bring.item] = choice(label_of(bring), self.wanted.options[bring.item])
        elif bring.type == "map":
            for place, point in enumerate(self.wanted.points):
                self.fields[f"{bring.item}-{place}"] = forms.CharField(
                    label=point, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3})
                )
        elif bring.type == "licences":
            self._add_licences(bring)
        else:
            self.fields[bring.item] = field_of(bring)
            if bring.item in self.wanted.helps:
                self.fields[bring.item].help_text = self.wanted.helps[bring.item]
        if bring.type == "file":
            self._add_kept(bring)

    def _add_service(self, bring: Bring) -> None:
        self.fields["service_way"] = way_field(label_of(bring))
        self.fields["served_from"] = forms.DateField(
            label=_("回证、回执或公告之日"),
            initial=self.wanted.today,
            widget=Day(attrs={"max": self.wanted.today.isoformat()}),
            help_text=_("公告送达的，公告期满之日为送达日，由系统计算；须在说明中写明原因。"),
        )
        self.fields["consent"] = forms.BooleanField(
            label=_("当事人已签署电子送达确认书"), required=False, help_text=_("仅电子送达须勾选。")
        )

    def _add_kept(self, bring: Bring) -> None:
        """The files that are attached already; taking a tick away leaves the file out."""
        name = kept_name(bring.item)
        asked = self.data.getlist(name) if hasattr(self.data, "getlist") else []
        kept = [(d, self.attachable[d].name) for d in dict.fromkeys(asked) if d in self.attachable]
        if kept:
            self.fields[name] = forms.MultipleChoiceField(
                label=_("已附上的文件"), choices=kept, required=False,
                widget=forms.CheckboxSelectMultiple, help_text=_("去掉勾选的不附。"),
            )  # fmt: skip

    def _add_licences(self, bring: Bring) -> None:
        for place in range(self.rows(bring.item)):
            for part, words in (("licence", _("证照名称及编号")), ("issuer", _("发证机关"))):
                self.fields[f"{bring.item}-{place}-{part}"] = forms.CharField(
                    label=f"{place + 1}. {words}", max_length=200, required=False
                )

    def rows(self, item: str) -> int:
        """How many rows for licences: as many as came, and more where they were asked for."""
        if not self.is_bound:
            return ROWS
        came = sum(f"{item}-{place}-licence" in self.data for place in range(MOST_ROWS))
        more = ROWS if self.data.get("more") == item else 0
        return min(max(came, ROWS) + more, MOST_ROWS)

    @property
    def grows(self) -> str:
        """The item to which rows can be added; empty where there is none."""
        return next((bring.item for bring in self.rule.brings if bring.type == "licences"), "")

    def full_clean(self) -> None:
        """Whoever asks for more rows has not sent the act yet: nothing is wrong so far."""
        if self.is_bound and self.data.get("more"):
            self._errors, self.cleaned_data = ErrorDict(), {}
            return
        super().full_clean()

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or {}
        for bring in self.rule.brings:
            if bring.type == "file":
                self._clean_files(bring, given)
            elif bring.type == "licences":
                self._clean_licences(bring, given)
        served = given.get("served_from")
        if served is not None and served > self.wanted.today:
            self.add_error("served_from", _("不能晚于今天。"))
        return given

    def _clean_files(self, bring: Bring, given: dict[str, Any]) -> None:
        for refusal in self.refused.getlist(bring.item):
            self.add_error(bring.item, f"{said(refusal.why)}{said(refusal.instead)}")
        if not given.get(kept_name(bring.item)) and not bring.optional:
            self.add_error(bring.item, _("请附上文件。"))

    def _clean_licences(self, bring: Bring, given: dict[str, Any]) -> None:
        names: set[str] = set()
        for place in range(self.rows(bring.item)):
            prefix = f"{bring.item}-{place}"
            licence, issuer = given.get(f"{prefix}-licence"), given.get(f"{prefix}-issuer")
            if bool(licence) != bool(issuer):
                missing = "issuer" if licence else "licence"
                self.add_error(f"{prefix}-{missing}", _("证照和发证机关须一并填写。"))
            if licence in names:
                self.add_error(f"{prefix}-licence", _("该证照已列出。"))
            if licence:
                names.add(licence)

    @property
    def key(self) -> UUID:
        key: UUID = self.cleaned_data["key"]
        return key

    def asked(self) -> Asked:
        """The act that the form describes; call after `is_valid()`."""
        given = self.cleaned_data
        facts = {b.item: v for b in self.rule.brings if (v := self._fact(b)) is not None}
        if given.get(URGENT):
            facts[URGENT] = True
        return Asked(
            kind=self.rule.kind,
            facts=facts,
            reason=given["reason"],
            served_from=given.get("served_from") if serves(self.rule) else None,
            consent=bool(given.get("consent")),
        )

    def _fact(self, bring: Bring) -> Any:
        given = self.cleaned_data
        if bring.type == "file":
            return tuple(given.get(kept_name(bring.item), ())) or None
        if bring.type == "map":
            points = self.wanted.points
            return {point: given[f"{bring.item}-{i}"] for i, point in enumerate(points)} or None
        if bring.type == "licences":
            rows = range(self.rows(bring.item))
            named = [
                {p: given[f"{bring.item}-{i}-{p}"] for p in ("licence", "issuer")} for i in rows
            ]
            return tuple(one for one in named if one["licence"])
        value = given.get(bring.item)
        return None if value in (None, "") else value
