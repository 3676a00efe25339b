"""After the end: unemployment benefit, and the employer's duties with their last days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from phaseout.law.judgement.explanation import Explanation
from phaseout.law.norms import NormBook
from phaseout.law.norms.records import ProceduralTerm
from phaseout.law.periods import Certificate, find_term
from phaseout.law.refusals import Bilingual
from phaseout.law.settlement.figures import step, unemployment_spans, unsure


@dataclass(frozen=True, slots=True)
class Benefit:
    """Months of unemployment benefit; None: fewer years were paid than any rule asks for."""

    months: int | None
    explanation: Explanation
    provisional: bool


def benefit_months(paid_months: int, *, on: date) -> Benefit:
    """For how many months the unemployment benefit is paid at most.

    Args:
        paid_months: months of contributions by employer and employee together.

    Source: Social Insurance Law art. 46. That the end was not by own will and that a claim is made
    (art. 45) is not asked here.
    """
    years, over = divmod(paid_months, 12)
    paid = f"缴费{years}年{over}个月", f"{years} years {over} months paid"
    for row in unemployment_spans(on):
        if row.years_from <= years and (row.years_below is None or years < row.years_below):
            term = NormBook.load().row(row.term)
            assert isinstance(term, ProceduralTerm)
            says = (
                f"{paid[0]}，领取失业保险金最长{term.length}个月",
                f"{paid[1]}: benefit for at most {term.length} months",
            )
            root = step("verdict", says, row)
            return Benefit(int(term.length), Explanation(root), unsure(row))
    says = f"{paid[0]}，不满一年", f"{paid[1]}, less than a year: no benefit"
    return Benefit(None, Explanation(step("verdict", says)), False)


@dataclass(frozen=True, slots=True)
class Task:
    """Something the employer must do after the end, with the certificate of its last day."""

    key: str
    name: Bilingual
    certificate: Certificate


_SOCIAL_INSURANCE_LAW = date(2018, 12, 29)
"""From here on our record has the law's 15 days; before, the regulation's 7 (the shorter term is
safe; the law of 2010, which we do not hold, said 15 too)."""


def duties(ended_on: date) -> list[Task]:
    """The employer's duties after the end of a contract, in the order of their last days.

    Source: Labour Contract Law art. 50; Social Insurance Law art. 50, before it Unemployment
    Insurance Regulations art. 16.
    """
    law = ("SIL-2018", "50") if ended_on >= _SOCIAL_INSURANCE_LAW else ("UIR-1999", "16")
    asked = (
        ("transfer", find_term("LCL-2012", "50", "档案和社保转移")),
        ("unemployed_list", find_term(*law)),
        ("keep_contracts", find_term("LCL-2012", "50", "合同文本保存")),
    )
    return [Task(key, term.name, term.period_from(ended_on)) for key, term in asked]
