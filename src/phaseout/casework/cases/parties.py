"""Who a period or a signature belongs to, in words and under the name of the day."""

from __future__ import annotations

from datetime import date

from phaseout.accounts.organisations import office_name
from phaseout.casework.models import Case
from phaseout.casework.proceeding.holders import ENTERPRISE, OUTSIDE, wanted
from phaseout.law.procedures import ActRule
from phaseout.law.procedures.rows import words
from phaseout.law.refusals import Bilingual


def party(case: Case, function: str, on: date) -> Bilingual:
    """A function of the procedure's table in this case: 银川市人民政府, or what is outside."""
    if function == ENTERPRISE:
        return case.enterprise.name, case.enterprise.name
    if function == "lead":
        return office_name(case.office, case.division_code, on)
    named = office_name(function, case.division_code, on)
    if function in OUTSIDE or named == (function, function):
        return words().get(("by", function), (function, function))
    return named


def signer_words(rule: ActRule, case: Case, on: date) -> Bilingual | None:
    """Whose signature the act wants; None for an act that nobody signs."""
    asked = wanted(rule, case)
    if not asked.signs:
        return None
    names = [office_name(office, case.division_code, on) for office in asked.offices]
    return (
        "、".join(zh for zh, _ in names) + "负责人",
        "the leader of " + " or ".join(en for _, en in names),
    )
