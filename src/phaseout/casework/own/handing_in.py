"""The enterprise hands in evidence, and confirms that documents arrived; each is recorded once."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from phaseout.accounts.scope import Scope
from phaseout.casework.models import Case, HandedIn, IssuedPaper, PaperReceipt
from phaseout.casework.own.seeing import own_cases, told_papers
from phaseout.evidence.attaching import attach
from phaseout.law.refusals import Refusal


@transaction.atomic
def hand_in(
    case: Case,
    uploaded: UploadedFile[Any],
    *,
    note: str,
    by: Any,
    scope: Scope,
    today: date,
    dated_on: date | None = None,
    expires_on: date | None = None,
) -> HandedIn:
    """提交证据: a file of the enterprise in a case of its own that is not closed.

    Raises:
        Refusal: `own.not-its-case`, `own.case-closed`, `own.dated-later`, and what `attach`
            refuses.
    """
    if not own_cases(scope).filter(pk=case.pk).exists():
        raise _refused(
            "own.not-its-case",
            ("不是本企业的案件。", "it is not a case of your enterprise."),
            ("请从“本企业”页面进入。", "Come in by your own page."),
        )
    if case.closed_on is not None:
        raise _refused(
            "own.case-closed",
            (f"案件已于{case.closed_on}结案。", f"the case was closed on {case.closed_on}."),
            ("如案件重新办理，可以再提交。", "If it is reopened, bring it then."),
        )
    if dated_on is not None and dated_on > today:
        raise _refused(
            "own.dated-later",
            (f"文件日期{dated_on}晚于今天。", f"its own date {dated_on} is later than today."),
            ("请核对文件日期；有效期另填。", "Check that date; the last valid day is apart."),
        )
    file = attach(uploaded, by=by, dated_on=dated_on, expires_on=expires_on)
    return HandedIn.objects.create(case=case, file=file, note=note.strip(), by=by, handed_on=today)


@transaction.atomic
def confirm_receipt(paper_id: int, *, by: Any, scope: Scope, today: date) -> PaperReceipt:
    """确认收到: of a document that was served electronically; again, the same receipt comes back.

    Raises:
        IssuedPaper.DoesNotExist: there is no such document for this person.
        Refusal: `own.not-electronic`.
    """
    paper: IssuedPaper = told_papers(scope).get(pk=paper_id)
    served = paper.served_by
    if served is None or served.facts.get("service_way") != "electronic":
        raise _refused(
            "own.not-electronic",
            (
                "只有电子送达的文书在此确认；其他方式以送达回证为准。",
                "only electronic service is confirmed here; else the signed slip holds.",
            ),
            ("无须操作。", "Nothing is to be done."),
        )
    receipt, _ = PaperReceipt.objects.get_or_create(
        paper=paper, defaults={"by": by, "received_on": today}
    )
    return receipt


def _refused(code: str, why: tuple[str, str], instead: tuple[str, str]) -> Refusal:
    return Refusal(code, what=("不能提交", "it is not taken"), why=why, instead=instead)
