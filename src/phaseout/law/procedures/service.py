"""On which day a document counts as served, by the way it was served.

Source: the norm notes on service (Civil Procedure Law, editions by date; Penalty Law art. 61).
The edition is that of the day on which the notice is issued.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from phaseout.law.norms import Confidence
from phaseout.law.periods import Basis, Certificate, Citation, RestCalendar, Unit, count_period
from phaseout.law.procedures.counting import term_of
from phaseout.law.procedures.rows import PublicNoticeRow, citation, rows
from phaseout.law.refusals import Refusal


class Way(StrEnum):
    """How a document is served. The values are what the item `service_way` holds."""

    IN_PERSON = "in_person"  # 直接送达
    LEFT = "left"  # 留置送达
    POST = "post"  # 邮寄送达
    ELECTRONIC = "electronic"  # 电子送达, with signed consent
    PUBLIC_NOTICE = "public_notice"  # 公告送达


WAYS = frozenset(Way)


@dataclass(frozen=True, slots=True)
class Served:
    """The day of service; `certificate` only where a time had to run."""

    on: date
    certificate: Certificate | None


def service_day(
    way: Way,
    on: date,
    *,
    consent: bool = False,
    reason: str = "",
    calendar: RestCalendar | None = None,
) -> Served:
    """The day of service.

    Args:
        way: how it was served.
        on: in person, left: the day of the record; post: the date on the return slip;
            electronic: the day of arrival in the party's system; public notice: its issue.
        consent: the party has signed for electronic service.
        reason: why nothing but a public notice works.

    Raises:
        Refusal: `service.no-consent`, `service.no-reason`, `service.no-edition`.
    """
    if way is Way.ELECTRONIC and not consent:
        raise _no_consent(on)
    if way is not Way.PUBLIC_NOTICE:
        return Served(on, None)
    if not reason.strip():
        raise _no_reason()
    for row in rows(PublicNoticeRow, "public_notices"):
        if row.holds_on(on):
            certificate = _counted(row, on, calendar)
            due = certificate.due
            assert not hasattr(due, "hour")
            return Served(due, certificate)
    raise _no_edition(on)


def _counted(row: PublicNoticeRow, on: date, calendar: RestCalendar | None) -> Certificate:
    if row.term:
        term = term_of(f"procedural_terms/{row.term}")
        return term.period_from(on, edition_on=on, calendar=calendar)
    cited = citation(row.source_id, row.clause, row.confidence)
    basis = Basis(cited, ("公告送达", "service by public notice"))
    return count_period(on, Unit(row.unit), int(row.length), calendar=calendar, basis=basis)


@dataclass(frozen=True, slots=True)
class _ElectronicRow:
    """A row of `electronic_service.csv`: the clause that asks for consent; both days inside."""

    source_id: str
    clause: str
    effective_from: date | None
    effective_to: date | None
    confidence: Confidence
    note: str


def _asks_consent(on: date) -> Citation:
    for row in rows(_ElectronicRow, "electronic_service"):
        begun = row.effective_from is None or row.effective_from <= on
        if begun and (row.effective_to is None or on <= row.effective_to):
            return citation(row.source_id, row.clause, row.confidence)
    raise AssertionError(f"no clause on electronic service holds on {on}")


def _no_consent(on: date) -> Refusal:
    asks = _asks_consent(on)
    return Refusal(
        "service.no-consent",
        what=("不能电子送达", "cannot serve electronically"),
        why=(
            f"{asks.zh}：须经受送达人同意并签订确认书。",
            f"{asks.en}: the party must have signed its consent.",
        ),
        instead=("请取得确认书，或改用其他方式送达。", "Get the consent, or serve in another way."),
    )


def _no_reason() -> Refusal:
    return Refusal(
        "service.no-reason",
        what=("不能公告送达", "cannot serve by public notice"),
        why=(
            "公告送达仅限下落不明或其他方式无法送达，且应当在案卷中记明原因。",
            "a public notice is for a party that cannot be found or reached; the reason is filed.",
        ),
        instead=("请写明原因和已尝试的方式。", "Give the reason and what was tried."),
    )


def _no_edition(on: date) -> Refusal:
    return Refusal(
        "service.no-edition",
        what=(f"不能计算{on}的公告送达", f"cannot count a public notice of {on}"),
        why=(
            "本系统没有该日有效的民事诉讼法文本。",
            "our record holds no Civil Procedure Law for that day.",
        ),
        instead=("请核对日期。", "Check the day."),
    )
