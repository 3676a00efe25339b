"""What is known of a record before somebody completes it: from the case, its papers, its findings.

Not known here, and for the officer to fill: the legal representative, credit codes of authorities.
"""

from __future__ import annotations

from datetime import date

from phaseout.accounts.organisations import REGION_CODE, office_name
from phaseout.casework.models import Case, Ground, IssuedPaper
from phaseout.law.sanctions.fields import ORGANISATION, Edition, fields_of, written
from phaseout.law.sanctions.grounds import ground_of
from phaseout.measures.sanctions.models import Sanction
from phaseout.measures.sanctions.seats import SANCTIONS, leads
from phaseout.registry.models import PermitVersion

NO_END = "2099/12/31"
LONGEST = 2000
"""Characters of what is filled in beforehand; the fields of the form hold more."""


def decision_of(sanction: Sanction) -> IssuedPaper | None:
    """The document behind the ground: what the act that opened the period served, or made."""
    papers = IssuedPaper.objects.filter(case=sanction.case_id, withdrawn_by=None)
    papers = papers.select_related("act")
    served = papers.filter(served_by__place=sanction.opened_by).first()
    return served or papers.filter(act__place=sanction.opened_by).first()


def of_sanction(sanction: Sanction, form: Edition, today: date) -> dict[str, str]:
    """Field code → text, of what is known; the fields of the form only."""
    paper = decision_of(sanction)
    ground = ground_of(sanction.facts["procedure"], sanction.period)
    finding = Ground.objects.filter(case=sanction.case_id).select_related("finding").first()
    facts = finding.finding.summary_zh if finding else ""
    if ground is not None:
        told = f"{facts.rstrip('。；')}。" if facts else ""
        facts = f"{told}{ground.words[0]}（期限至{sanction.due}）。"
    office = paper.act.organisation_zh if paper else ""
    supplier = office_name(leads(SANCTIONS)[0], REGION_CODE, today)[0]
    kind = ground.penalty_kind if ground else ""
    decided = written(paper.issued_on) if paper else ""
    title = paper.title_zh if paper else ""
    content, until = decided_in(paper) if paper else ("", "")
    result, content = content[:LONGEST], f"{content}{until}"[:LONGEST]
    basis = "；".join(one["zh"] for one in paper.act.basis) if paper else ""
    known = {
        "CF_XDR_MC": sanction.enterprise.name, "CF_XDR_LB": ORGANISATION,
        "CF_XDR_SHXYM": sanction.enterprise_id, "CF_WSH": paper.number if paper else "",
        "CF_WFXW": ground.words[0] if ground else "", "CF_SY": facts, "CF_YJ": basis,
        "CF_CFLB": kind, "CF_CFLB1": kind, "CF_CFMC": title, "CF_NR": content, "CF_JG": result,
        "CF_JDRQ": decided, "CF_YXQ": NO_END, "CF_CFJG": office, "CF_XZJG": office,
        "CF_GSJZQ": written(sanction.publish_until), "CF_SJLY": supplier, "CF_ZT": "0",
        "DFBM": REGION_CODE, "SJC": f"{written(today)} 00:00:00",
    }  # fmt: skip
    return _of_form(known, form)


def decided_in(paper: IssuedPaper) -> tuple[str, str]:
    """What the document decides and until when, in its own words: its section 决定 without the
    opening and without remarks, its section 期限. Its title where it has no such section."""
    sections: dict[str, list[str]] = {}
    told: list[str] = []
    for piece in paper.content["body"]:
        if piece["piece"] == "heading":
            told = sections.setdefault(piece["text"].partition("、")[2], [])
        elif piece["piece"] == "paragraph":
            told.append(piece["text"].removeprefix("本机关决定："))
    return "".join(sections.get("决定", [])) or paper.title_zh, "".join(sections.get("期限", []))


def of_licence(case: Case, item: str, form: Edition, today: date) -> dict[str, str]:
    """What is known of a permit that a case has revoked: state 2, not valid."""
    permit = (
        PermitVersion.objects.filter(uscc=case.enterprise_id, replaced_by=None)
        .order_by("-valid_from")
        .first()
    )
    supplier = office_name(leads(SANCTIONS)[0], REGION_CODE, today)[0]
    known = {
        "XK_XDR_MC": case.enterprise.name, "XK_XDR_LB": ORGANISATION,
        "XK_XDR_SHXYM": case.enterprise_id, "XK_XKZS": item, "XK_ZT": "2",
        "XK_LYDW": supplier, "XK_YXQZ": written(permit.valid_from) if permit else "",
        "XK_YXQZI": written(permit.valid_to) if permit else "",
    }  # fmt: skip
    return _of_form(known, form)


def _of_form(known: dict[str, str], form: Edition) -> dict[str, str]:
    codes = {field.field_code for field in fields_of(form)}
    return {code: text for code, text in known.items() if code in codes and text}
