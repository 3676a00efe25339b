"""Which terms in days are working days: a question of the law and of its edition.

`tables/working_day_rules.csv`, one row per edition and set of lengths:

    lengths      `2;3;5;7`, `1-10`, or `other`: every length no other row of the edition names
    counted_as   working_day, calendar_day, or as_printed: the text prints 工作日 where it means
                 them, so the length alone does not tell
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache

from phaseout.law.norms import Confidence, NormBook
from phaseout.law.periods.certificate import Basis, Citation, Doubt, Step, StepKind, Unit
from phaseout.law.periods.citations import citation, cite, read_table, source
from phaseout.law.periods.wording import day_en, day_zh
from phaseout.law.refusals import Refusal


class CountedAs(StrEnum):
    """What a day of such a length counts as; as printed: what the term itself says."""

    WORKING_DAY = "working_day"
    CALENDAR_DAY = "calendar_day"
    AS_PRINTED = "as_printed"


@dataclass(frozen=True, slots=True)
class WorkingDayRule:
    """How day terms of some lengths are counted under one edition. Both ends are inside."""

    law: str
    source_id: str
    effective_from: date
    effective_to: date | None
    lengths: str
    counted_as: CountedAs
    clause: str
    evidence: str
    confidence: Confidence

    @property
    def names_lengths(self) -> bool:
        return self.lengths != "other"

    def names(self, length: int) -> bool:
        """Whether the row names this length itself (an `other` row names none)."""
        return self.names_lengths and any(
            int(low) <= length <= int(high or low)
            for low, _, high in (part.partition("-") for part in self.lengths.split(";"))
        )

    def holds_on(self, day: date) -> bool:
        return self.effective_from <= day and (
            self.effective_to is None or day <= self.effective_to
        )

    @property
    def citation(self) -> Citation:
        return citation(self.source_id, self.clause, self.confidence)


@cache
def working_day_rules() -> tuple[WorkingDayRule, ...]:
    """Every row, in the order of the table."""
    return read_table("working_day_rules.csv", WorkingDayRule)


def laws() -> tuple[str, ...]:
    """The laws a caller may name, in the order of the table."""
    return tuple(dict.fromkeys(rule.law for rule in working_day_rules()))


def edition(law: str, on: date) -> tuple[WorkingDayRule, ...]:
    """The rows of the edition of `law` in force on `on`.

    Raises:
        KeyError: no law of that name in the table.
        Refusal: `period.no-edition`, our record holds no edition for that day.
    """
    if law not in laws():
        raise KeyError(law)
    rules = tuple(r for r in working_day_rules() if r.law == law and r.holds_on(on))
    if not rules:
        raise _no_edition(law, on)
    return rules


def working_day_rule(law: str, on: date, length: int) -> WorkingDayRule:
    """How a term of `length` days is counted by the edition of `law` in force on `on`.

    Source: docs/periods.md, section 2. The day is that on which the step is taken.
    """
    rules = edition(law, on)
    named = [rule for rule in rules if rule.names(length)]
    return (named or [rule for rule in rules if not rule.names_lengths])[0]


@dataclass(frozen=True, slots=True)
class DayCount:
    """What the edition says of a day term: its unit, and what the certificate needs to say so."""

    unit: Unit
    basis: Basis
    step: Step
    doubts: tuple[Doubt, ...]


def day_count(law: str, on: date, length: int, *, printed: bool = False) -> DayCount:
    """The unit of a term of `length` days under the edition of `law` in force on `on`.

    `printed`: the caller has read 工作日 in the text of the term.

    Raises:
        Refusal: `period.as-printed` (the edition goes by the print and the caller did not say),
            `period.not-working-days` (the caller says working days, the edition calendar days),
            `period.no-edition`.
    """
    rule = working_day_rule(law, on, length)
    if rule.counted_as is CountedAs.AS_PRINTED and not printed:
        raise _as_printed(rule, length)
    if rule.counted_as is CountedAs.CALENDAR_DAY and printed:
        raise _not_working_days(rule, on, length)
    unit = Unit.CALENDAR_DAY if rule.counted_as is CountedAs.CALENDAR_DAY else Unit.WORKING_DAY
    return DayCount(unit, Basis(rule.citation), _step(rule, on, length, unit), _doubts(rule))


def edition_basis(law: str, on: date) -> Basis:
    """The edition as basis of a period whose unit is not the day: no working-day rule applies."""
    rule = edition(law, on)[0]
    return Basis(citation(rule.source_id, "", source(rule.source_id).confidence))


def edition_step(basis: Basis, on: date) -> Step:
    """The step that names the edition in force, where no rule on working days concerns the unit."""
    says = (
        f"依据{day_zh(on)}有效的{basis.citation.zh}；按月、年、小时计算的期间不适用工作日规则。",
        f"By {basis.citation.en} in force on {day_en(on)}; no working-day rule concerns months, "
        "years or hours.",
    )
    return Step(StepKind.BASIS, on, says, (basis.citation, *cite("edition", on)))


def _step(rule: WorkingDayRule, on: date, length: int, unit: Unit) -> Step:
    names = {
        Unit.WORKING_DAY: ("工作日", "working days"),
        Unit.CALENDAR_DAY: ("自然日", "calendar days"),
    }[unit]
    says = (
        f"按{day_zh(on)}有效的{rule.citation.zh}，“{length}日”按{names[0]}计算。",
        f'By {rule.citation.en} in force on {day_en(on)}, "{length} days" are {names[1]}.',
    )
    return Step(StepKind.DAY_UNIT, on, says, (rule.citation, *cite("edition", on)))


def _doubts(rule: WorkingDayRule) -> tuple[Doubt, ...]:
    if rule.confidence is Confidence.VERIFIED:
        return ()
    says = (
        f"{rule.citation.zh}如何计算该长度的期间凭记忆记录（{rule.confidence}），尚未核对正式文本。",
        f"How {rule.citation.en} counts a term of this length is recalled ({rule.confidence}) and "
        "not yet checked against the official text.",
    )
    return (Doubt("law.recalled", says),)


def _no_edition(law: str, on: date) -> Refusal:
    rules = [rule for rule in working_day_rules() if rule.law == law]
    spans = "; ".join(
        dict.fromkeys(f"{r.source_id} {r.effective_from}–{r.effective_to or ''}" for r in rules)
    )
    return Refusal(
        "period.no-edition",
        what=(f"不能按“{law}”计算{on}的期间", f"cannot count by {law!r} on {on}"),
        why=(
            f"本系统没有该日有效的文本（现有：{spans}）。",
            f"our record holds no edition in force on that day (held: {spans}).",
        ),
        instead=(
            "请核对 --edition-on；或不用 --law，按文本直接写明 --days 或 --working-days。",
            "Check --edition-on; or leave out --law and say --days or --working-days as printed.",
        ),
    )


def _as_printed(rule: WorkingDayRule, length: int) -> Refusal:
    known = [
        term
        for term in NormBook.load().procedural_terms
        if term.source_id == rule.source_id and term.length == str(length)
    ]
    zh = "、".join(f"{t.clause} {t.term_zh}（{t.unit}）" for t in known) or "无"
    en = ", ".join(f"{t.clause} {t.term_en} ({t.unit})" for t in known) or "none"
    return Refusal(
        "period.as-printed",
        what=(
            f"不能确定{rule.citation.zh}的“{length}日”是不是工作日",
            f'cannot tell whether "{length} days" of {rule.citation.en} are working days',
        ),
        why=(
            f"该规定只有写明“工作日”的才是工作日；本系统登记的{length}日期间：{zh}。",
            'only terms printed as "working days" are working days there; terms of that length '
            f"in our register: {en}.",
        ),
        instead=(
            "请用 --term 指明期间；条文写明工作日的用 --working-days，否则不用 --law 而用 --days。",
            "Name the term with --term; use --working-days if the text prints so, else --days "
            "without --law.",
        ),
    )


def _not_working_days(rule: WorkingDayRule, on: date, length: int) -> Refusal:
    return Refusal(
        "period.not-working-days",
        what=(
            f"不能把{length}日按工作日计算",
            f"cannot count {length} days as working days",
        ),
        why=(
            f"{on}有效的{rule.citation.zh}，该长度的期间按自然日计算。",
            f"{rule.citation.en}, in force on {on}, counts a term of this length in calendar days.",
        ),
        instead=(
            f"请改用 --days {length}，或核对 --law 和 --edition-on。",
            f"Use --days {length}, or check --law and --edition-on.",
        ),
    )
