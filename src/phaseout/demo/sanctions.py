"""Joint sanctions of the demonstration, by the acts of demo people: three enterprises whose time to
rectify ran out: one still sanctioned, one released the day its case was closed as met, one that
leaves (`closing`). A batch refused by the receiver in the middle, and its rest; two fictional
banks. Idempotent.

    sanction(today)             as far as the day allows; what is there already goes on
    taken_in(one, on)           every receiver takes the release in
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from phaseout.accounts.demo import bank_user
from phaseout.casework.models import Case
from phaseout.demo.acting import Acting
from phaseout.demo.case_plans import Plan, Step
from phaseout.demo.casework import carry_cases
from phaseout.demo.exits import in_cities
from phaseout.law.sanctions.bases import bases_on, carried_areas
from phaseout.law.sanctions.fields import edition, edition_on, fields_of
from phaseout.law.uscc import check_sign
from phaseout.measures.sanctions import acts, drafting
from phaseout.measures.sanctions.batches import waiting
from phaseout.measures.sanctions.models import (
    Bank,
    Batch,
    CreditListing,
    CreditRecord,
    Release,
    ReleaseNotice,
    Sanction,
    SanctionAct,
    SanctionTask,
)

MARK = "（演示，虚构）"
ACTING = Acting("sanctions")
AUTHORITY = "98640000XJ0000001" + check_sign("98640000XJ0000001")
BANKS = (
    ("98640000XB0000001R", f"河东星野银行{MARK}", "Hedong Xingye Bank (fictional)"),
    ("98640000XB0000002W", f"朔方麦浪银行{MARK}", "Shuofang Mailang Bank (fictional)"),
)
OFFICERS = {
    "land": "land-officer", "finance": "finance-officer", "eic": "eic-officer",
    "tax_local": "tax-officer", "tax_state": "tax-state-officer", "qts": "qts-officer",
    "wsb": "wsb-officer", "drc": "drc-leader", "pbc": "pbc-officer", "cbrc": "cbrc-officer",
}  # fmt: skip


def _day(month: int, day: int) -> date:
    return date(2018, month, day)


MADE, SENT, BACK, AGAIN, ANSWERED = _day(2, 27), _day(2, 28), _day(3, 1), _day(3, 2), _day(3, 6)
LEFT, HEARD = _day(3, 9), _day(3, 13)
_STOP_UNTIL, _RECTIFY_BY = _day(1, 26), _day(2, 23)
ANY = Q()
_DECIDED = (
    ("record_hazard", 1, 11), ("order_temporary_stop", 1, 12), ("suspension.file", 1, 29),
    ("suspension.collect_evidence", 1, 30), ("suspension.notice", 1, 31),
    ("suspension.serve_notice", 2, 1), ("suspension.legal_review", 2, 6),
    ("suspension.collective", 2, 7), ("suspension.approve_by_head", 2, 8),
    ("suspend_production", 2, 9), ("suspension.serve_decision", 2, 11),
)  # fmt: skip


def _plan(name: str, *more: tuple[str, int, int], fits: Q = ANY) -> Plan:
    given = {
        "order_temporary_stop": {"rectify_by": _STOP_UNTIL},
        "suspend_production": {"rectify_by": _RECTIFY_BY},
    }
    steps = tuple(Step(k, _day(m, d), given.get(k, {})) for k, m, d in (*_DECIDED, *more))
    return Plan(name, "safety", "wsb", _day(1, 10), steps, fits=fits)


LEAVES = _plan("leaves", fits=in_cities("line__division_code") & Q(line__capacity__isnull=False))
"""Of a city with a leader, who closes it, and of a capacity, which is booked."""
LATE = _plan("late")
MET_LATE = _plan("met-late")
MET = _plan(
    "met-late", ("apply_acceptance", 3, 5), ("reacceptance_passed", 3, 7), ("close_met", 3, 9)
)
PLANS = (LEAVES, LATE, MET_LATE)


def sanction(today: date) -> list[Sanction]:
    """The sanctions of the demonstration; none where their day has not come or no line is there."""
    if today < MADE:
        return []
    # One after another: a plan chooses enterprises that have no case yet.
    cases = {plan.name: carry_cases(today, (plan,)) for plan in PLANS}
    made = {plan: _imposed(case) for plan, found in cases.items() for case in found}
    if not made or today < SENT:
        return list(made.values())
    _sent(list(made.values()), today)
    if today >= ANSWERED:
        _answered(list(made.values()))
        _banks([one for plan, one in made.items() if plan != MET_LATE.name])
    if today >= LEFT and MET_LATE.name in made:
        carry_cases(today, (MET,))
        if today >= HEARD:
            _heard(made[MET_LATE.name])
    return list(made.values())


def _imposed(case: Case) -> Sanction:
    there = Sanction.objects.filter(case=case).first()
    return there or acts.impose(
        case.pk,
        "rectification",
        areas=carried_areas(MADE),
        bases=[basis.basis for basis in bases_on(MADE)],
        severity="general",
        publish=True,
        reason=f"停产停业整顿期限已过，经现场核实重大隐患未消除{MARK}",
        **ACTING.ways("drc-officer", MADE, f"impose {case.number}"),
    )


def _sent(made: list[Sanction], today: date) -> None:
    """All in one batch; the second row comes back, is corrected, and goes with the unread rest."""
    records = [_record(one) for one in made]
    key = ACTING.key("send")
    batch = Batch.objects.filter(act__key=key).first() or acts.send(
        [record.pk for record in records], **ACTING.ways("drc-officer", SENT, "send")
    )
    if today < BACK or len(records) < 2:
        return
    reason = f"处罚决定书文号与决定机关不符{MARK}"
    acts.record_receipt(
        batch.pk, number="演示回执-001", accepted_to=1, refusals={2: reason},
        **ACTING.ways("drc-officer", BACK, "receipt"),
    )  # fmt: skip
    if today < AGAIN:
        return
    better = {**records[1].values, "BZ": f"文号已核对{MARK}"}
    acts.correct(
        records[1].pk, better, decided_on=records[1].decided_on,
        **ACTING.ways("drc-officer", AGAIN, "correct"),
    )  # fmt: skip
    again = Batch.objects.filter(act__key=ACTING.key("resend")).first()
    if again is None and waiting().exists():
        again = acts.resend(batch.pk, **ACTING.ways("drc-officer", AGAIN, "resend"))
    if again is not None:
        acts.record_receipt(
            again.pk, number="演示回执-002", accepted_to=again.rows.count(), refusals={},
            **ACTING.ways("drc-officer", AGAIN, "receipt 2"),
        )  # fmt: skip


def _record(one: Sanction) -> CreditRecord:
    there = CreditRecord.objects.filter(sanction=one, root=None).first()
    form = edition_on("penalty", SENT)
    if there is not None or form is None:
        assert there is not None
        return there
    values = {
        **drafting.of_sanction(one, form, SENT),
        "CF_FR": f"某某{MARK}", "CF_FRDB": f"某某{MARK}", "CF_CFJGDM": AUTHORITY,
        "CF_SJLYDM": AUTHORITY,
    }  # fmt: skip
    known = {field: text for field, text in values.items() if field in _codes(form.record)}
    paper = drafting.decision_of(one)
    return acts.draw_up(
        one.case_id, "penalty", known, decided_on=paper.issued_on if paper else MADE,
        sanction_id=one.pk, **ACTING.ways("drc-officer", SENT, f"record {one.pk}"),
    )  # fmt: skip


def _codes(record: str) -> set[str]:
    return {field.field_code for field in fields_of(edition(record))}


def _answered(made: list[Sanction]) -> None:
    """Land and finance have answered for both; the others still have time."""
    tasks = SanctionTask.objects.filter(sanction__in=made, office__in=["land", "finance"])
    for task in tasks.order_by("pk"):
        key = f"task {task.pk}"
        if not SanctionAct.objects.filter(key=ACTING.key(key)).exists():
            acts.answer_task(
                task.pk, outcome="carried_out", statement=f"已列入核查名单，相关事项已停办{MARK}",
                **ACTING.ways(OFFICERS[task.office], ANSWERED, key),
            )  # fmt: skip


def _banks(listed: list[Sanction]) -> None:
    for uscc, zh, en in BANKS:
        bank_user(uscc)
        if not Bank.objects.filter(uscc=uscc).exists():
            ways = ACTING.ways("pbc-officer", ANSWERED, f"bank {uscc}")
            acts.register_bank(uscc, name_zh=zh, name_en=en, **ways)
    for one in listed:
        for sort in ("no_new", "reduce"):
            if not CreditListing.objects.filter(sanction=one, sort=sort).exists():
                ways = ACTING.ways("pbc-officer", ANSWERED, f"list {one.pk} {sort}")
                reason = f"停产停业整顿逾期，已实施联合惩戒{MARK}"
                acts.list_credit(one.pk, sort, reason=reason, **ways)
    first = CreditListing.objects.filter(sanction__in=listed, sort="no_new").order_by("pk")[0]
    acts.answer_list(
        first.pk, outcome="carried_out", statement=f"已停止受理新增授信申请{MARK}",
        **ACTING.ways(f"bank-{BANKS[0][0]}", ANSWERED, "bank answer"),
    )  # fmt: skip


def _heard(one: Sanction) -> None:
    """Three of the receivers have taken the release in; the page shows who has not."""
    taken_in(one, HEARD, ("land", "finance", ReleaseNotice.PLATFORM))


def taken_in(one: Sanction, on: date, receivers: Collection[str] = ()) -> None:
    """These receivers of its release take it in; all, where none is named."""
    release = Release.objects.filter(sanction=one).first()
    if release is None:
        return
    for notice in release.notices.filter(acknowledged=None).order_by("pk"):
        if receivers and notice.receiver not in receivers:
            continue
        who = OFFICERS.get(notice.receiver, "drc-officer")
        acts.acknowledge(
            notice.pk, statement=f"已停止采取相关措施{MARK}",
            **ACTING.ways(who, on, f"acknowledge {notice.pk}"),
        )  # fmt: skip
