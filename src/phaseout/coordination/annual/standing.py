"""How far the report of a year has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property

from phaseout.accounts.rows import whole_reach
from phaseout.coordination.annual.models import AnnualAct, Erratum, Freeze
from phaseout.coordination.returns.seats import summing_up
from phaseout.law.annual import Due, report_due
from phaseout.law.refusals import Bilingual

Kind = AnnualAct.Kind
FIXED = frozenset({Kind.SIGN, Kind.APPROVE, Kind.SEND, Kind.CORRECT})
"""After one of these as the last act the numbers follow the returns no more."""


class Stage(StrEnum):
    """`running`: the year is not over; `open`: it is, and nothing is frozen."""

    RUNNING = "running"
    OPEN = "open"
    FROZEN = "frozen"
    SIGNED = "signed"
    DECLINED = "declined"
    APPROVED = "approved"
    SENT = "sent"

    @property
    def words(self) -> Bilingual:
        return _WORDS[self]


_WORDS = {
    Stage.RUNNING: ("年度进行中", "the year goes on"),
    Stage.OPEN: ("待取数冻结", "to be frozen"),
    Stage.FROZEN: ("已取数冻结，待签报", "frozen, to be signed"),
    Stage.SIGNED: ("已签报，待自治区人民政府同意", "signed, before the government"),
    Stage.DECLINED: ("自治区人民政府未同意，待重新取数", "declined, to be frozen anew"),
    Stage.APPROVED: ("自治区人民政府已同意，待报送", "approved, to be sent"),
    Stage.SENT: ("已报送", "sent"),
}


@dataclass(frozen=True)
class Standing:
    """The report of a year: its acts in order, the freeze that counts, its errata."""

    year: int
    today: date
    acts: Sequence[AnnualAct]
    freeze: Freeze | None
    errata: Sequence[Erratum]

    @cached_property
    def due(self) -> Due:
        return report_due(self.year)

    def last(self, kind: str) -> AnnualAct | None:
        return next((act for act in reversed(self.acts) if act.kind == kind), None)

    @cached_property
    def since_freeze(self) -> list[AnnualAct]:
        """The acts after the last freeze, in order."""
        places = [at for at, act in enumerate(self.acts) if act.kind == Kind.FREEZE]
        return list(self.acts[places[-1] + 1 :]) if places else []

    @property
    def signed_by(self) -> list[str]:
        """The offices that have signed the freeze that counts."""
        return [act.office for act in self.since_freeze if act.kind == Kind.SIGN]

    @property
    def to_sign(self) -> list[str]:
        return [office for office in summing_up() if office not in self.signed_by]

    @property
    def stage(self) -> Stage:
        kinds = {act.kind for act in self.since_freeze}
        if self.freeze is None:
            return Stage.OPEN if self.today > date(self.year, 12, 31) else Stage.RUNNING
        if Kind.SEND in kinds:
            return Stage.SENT
        if Kind.APPROVE in kinds:
            return Stage.APPROVED
        if Kind.DECLINE in kinds:
            return Stage.DECLINED
        return Stage.SIGNED if not self.to_sign else Stage.FROZEN

    @property
    def approved(self) -> AnnualAct | None:
        return self.last(Kind.APPROVE)

    @property
    def sent(self) -> AnnualAct | None:
        return self.last(Kind.SEND)

    @property
    def days_late(self) -> int:
        """Days after the last one on which it was sent, or that it is late today."""
        day = self.sent.done_on if self.sent else self.today
        return max(0, (day - self.due.due).days)


def standing(year: int, today: date) -> Standing:
    """Two or three queries."""
    acts = list(AnnualAct.objects.filter(year=year).select_related("by").order_by("pk"))
    frozen = Freeze.objects.filter(year=year).select_related("act__by").order_by("-version").first()
    errata = Erratum.objects.filter(year=year).select_related("act__by").order_by("number")
    return Standing(year, today, acts, frozen, list(errata) if frozen else [])


def is_fixed(year: int) -> bool:
    """Whether the numbers of a year follow its returns no more."""
    # A city's bureau asks it too, and sees no act of the region.
    with whole_reach():
        kinds = AnnualAct.objects.filter(year=year).order_by("-pk").values_list("kind", flat=True)
        return kinds.first() in FIXED
