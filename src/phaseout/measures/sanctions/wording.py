"""Words of this room for pages."""

from __future__ import annotations

from datetime import date

from phaseout.accounts.organisations import REGION_CODE, office_name
from phaseout.law.refusals import Bilingual
from phaseout.measures.sanctions.acts.answering import OUTCOMES
from phaseout.measures.sanctions.acts.contesting import REPAIRED
from phaseout.measures.sanctions.acts.crediting import BANK_OUTCOMES
from phaseout.measures.sanctions.models import ReleaseNotice, SanctionAct, SanctionTask

PLATFORM: Bilingual = (
    "全国信用信息共享平台（由牵头部门按平台回执确认）",
    "national credit information platform (confirmed by the lead, by its receipt)",
)
PLATFORM_REPAIR: Bilingual = (
    "全国信用信息共享平台：终止公示",
    "national credit information platform: end of publication",
)


def receiver_words(receiver: str, on: date) -> Bilingual:
    """Who is told of a release."""
    if receiver == ReleaseNotice.PLATFORM:
        return PLATFORM
    if receiver == REPAIRED:
        return PLATFORM_REPAIR
    return office_name(receiver, REGION_CODE, on)


def answer_words(task: SanctionTask) -> tuple[SanctionAct, Bilingual] | None:
    """The last answer to a task and its outcome in words; None: there is none."""
    answers = sorted(task.answers.all(), key=lambda act: act.pk)
    if not answers:
        return None
    last = answers[-1]
    return last, OUTCOMES[last.content["outcome"]]


def bank_answer_words(act: SanctionAct) -> Bilingual:
    return BANK_OUTCOMES[act.content["outcome"]]
