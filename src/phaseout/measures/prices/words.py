"""The words of this room in both languages, for pages."""

from __future__ import annotations

from phaseout.law.prices.asking import CLASS_WORDS, MEASURE_WORDS, Measure, PriceClass
from phaseout.law.prices.banding import MISSING
from phaseout.law.prices.outcomes import Outcome
from phaseout.law.refusals import Bilingual
from phaseout.measures.prices.models import Ending, LateCharge, Posting

MEASURES: dict[str, Bilingual] = {one.value: MEASURE_WORDS[one] for one in Measure}
CLASSES: dict[str, Bilingual] = {one.value: CLASS_WORDS[one] for one in PriceClass}
OUTCOMES: dict[str, Bilingual] = {
    Outcome.RATE: ("加价 ✕", "surcharge ✕"),
    Outcome.NONE: ("不加价 ✓", "no surcharge ✓"),
    Outcome.NO_DOCUMENT: ("没有文件", "no document"),
    Outcome.NO_RATE: ("没有标准", "no rate"),
    Outcome.STOPPED: ("已停止执行", "stopped"),
    Outcome.DIVIDED: ("年内文件有变动 ？", "divided ？"),
    Outcome.EDGE_UNKNOWN: ("界限未知 ？", "edge unknown ？"),
    Outcome.UNDETERMINED: ("无法判定 ？", "undetermined ？"),
}
REASONS: dict[str, Bilingual] = MISSING
CAUSES: dict[str, Bilingual] = {
    Ending.Cause.EXIT: ("产能已退出", "the capacity has exited"),
    Ending.Cause.MET: ("已达标结案", "case closed: requirement met"),
    Ending.Cause.DROPPED: ("案件未予决定", "case closed without a decision"),
    Ending.Cause.FINDING: ("结论已不成立", "the finding stands no more"),
    Ending.Cause.FACT: ("所据数值已更正", "the figure was corrected"),
    Ending.Cause.OFFICER: ("工作人员终止", "ended by an officer"),
}
ACCOUNTS: dict[str, Bilingual] = {
    Posting.Account.RECEIVABLE: ("应收加价", "receivable"),
    Posting.Account.INCOME: ("加价收入", "surcharge income"),
    Posting.Account.COLLECTED: ("已收待缴", "collected, to be remitted"),
    Posting.Account.TREASURY: ("已缴国库", "paid to the treasury"),
    Posting.Account.GRID: ("电网企业留用", "kept by the grid company"),
    Posting.Account.CONTRACT: ("违约金", "late payment by contract"),
}
LATE: dict[str, Bilingual] = {
    LateCharge.By.DOCUMENT: ("文件规定", "by the document"),
    LateCharge.By.CONTRACT: ("合同约定", "by the contract"),
}
