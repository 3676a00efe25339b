"""What one prepares another signs: the signature covers what was read, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from casebook import TODAY
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.casework import acts
from phaseout.casework.models import Proposal
from phaseout.casework.proceeding.preparing import examine
from phaseout.casework.proceeding.standing import acts_of
from phaseout.law.refusals import Refusal


@pytest.fixture
def case(desk):
    return desk.open_(desk.finding(desk.line())).case


@pytest.fixture
def proposal(desk, case):
    return propose(desk, case, "order.file")


def propose(desk, case, kind, by=None, on=None, key=None, **given):
    on, by = on or desk.today, by or desk.person()
    return acts.propose(
        case.pk,
        desk.asked(desk.rule(case, kind), case, on, **given),
        by=by,
        scope=scope_of(by, on=on),
        today=on,
        key=key or uuid4(),
    )


def sign(desk, proposal, by, on=None, digest=None, key=None):
    on = on or desk.today
    return acts.sign(
        proposal.pk,
        by=by,
        scope=scope_of(by, on=on),
        today=on,
        digest=digest or proposal.digest,
        key=key or uuid4(),
    )


def code_of(call):
    with pytest.raises(Refusal) as refusal:
        call()
    return refusal.value.code


def test_what_is_prepared_is_no_act_until_it_is_signed(desk, case, proposal):
    assert case.acts.count() == 1
    leader = desk.person(role=Role.LEADER)
    act = sign(desk, proposal, leader)
    assert (act.kind, act.by, act.signed_by) == ("order.file", desk.person(), leader)
    assert f'"signed":"{proposal.digest}"' in act.record
    proposal.refresh_from_db()
    assert (proposal.state, proposal.act) == ("signed", act)


def test_an_officer_cannot_do_alone_what_a_leader_signs(desk, case):
    officer = desk.person()
    asked = desk.asked(desk.rule(case, "order.file"), case, desk.today)
    ways = {"scope": scope_of(officer, on=desk.today), "today": desk.today, "key": uuid4()}
    assert code_of(lambda: acts.perform(case.pk, asked, by=officer, **ways)) == (
        "act.needs-signature"
    )


@pytest.mark.parametrize(
    ("function", "role", "division"),
    [
        ("eic", Role.OFFICER, "640000"),
        ("epd", Role.LEADER, "640000"),
        ("cities", Role.LEADER, "640100"),
    ],
)
def test_only_a_leader_of_the_office_signs(desk, proposal, function, role, division):
    other = desk.person(function, role, division)
    with pytest.raises(Refusal) as refused:
        sign(desk, proposal, other)
    assert refused.value.code == "act.of-another"
    assert "负责人签发" in refused.value.why[0], "whose signature it is, not who prepares it"


def test_nobody_signs_what_he_prepared(desk, case):
    both = desk.person()
    both.posts.create(role=Role.LEADER, function="eic", division_code="640000")
    prepared = propose(desk, case, "order.file", by=both)
    assert code_of(lambda: sign(desk, prepared, both)) == "proposal.of-oneself"


def test_a_signature_on_something_else_does_not_hold(desk, proposal):
    leader = desk.person(role=Role.LEADER)
    assert code_of(lambda: sign(desk, proposal, leader, digest="0" * 64)) == (
        "proposal.not-what-was-read"
    )
    assert Proposal.objects.get().state == "waiting"


def test_signed_twice_it_is_done_once(desk, case, proposal):
    leader, key = desk.person(role=Role.LEADER), uuid4()
    first, second = (sign(desk, proposal, leader, key=key) for _ in "12")
    assert first.pk == second.pk
    assert code_of(lambda: sign(desk, proposal, leader)) == "proposal.settled"
    assert case.acts.count() == 2


def test_one_of_a_kind_waits_at_a_time(desk, case, proposal):
    assert code_of(lambda: propose(desk, case, "order.file")) == "proposal.one-waits"
    acts.withdraw(proposal.pk, by=desk.person(), today=desk.today)
    assert propose(desk, case, "order.file").state == "waiting"


def test_the_same_proposal_sent_twice_is_one(desk, case):
    key = uuid4()
    assert (
        propose(desk, case, "order.file", key=key).pk
        == propose(desk, case, "order.file", key=key).pk
    )


def test_what_was_lawful_when_prepared_may_not_be_when_signed(desk, case):
    """The extension is prepared on the day; by the time it is signed it was granted already."""
    desk.walk(
        case,
        "order.file",
        "order.collect_evidence",
        "order.notice",
        "order.serve_notice",
        ("order.approve_by_head", date(2018, 4, 2)),
        "order_rectification",
        "order.serve_decision",
        ("apply_extension", date(2018, 9, 3)),
    )
    granted = propose(desk, case, "grant_extension", on=date(2018, 9, 3))
    refused = propose(desk, case, "refuse_extension", on=date(2018, 9, 3))
    leader = desk.person(role=Role.LEADER)
    sign(desk, granted, leader, on=date(2018, 9, 4))
    assert code_of(lambda: sign(desk, refused, leader, on=date(2018, 9, 4))).startswith("act.")


def test_a_return_says_why(desk, proposal):
    leader = desk.person(role=Role.LEADER)
    ways = {"by": leader, "scope": scope_of(leader, on=desk.today), "today": desk.today}
    assert code_of(lambda: acts.decline(proposal.pk, answer=" ", **ways)) == "proposal.no-reason"
    returned = acts.decline(proposal.pk, answer="附件不全。", **ways)
    assert (returned.state, returned.answer) == ("declined", "附件不全。")
    assert code_of(lambda: sign(desk, proposal, leader)) == "proposal.settled"


def test_only_who_prepared_it_takes_it_back(desk, proposal):
    other = desk.person(role=Role.LEADER)
    assert code_of(lambda: acts.withdraw(proposal.pk, by=other, today=desk.today)) == (
        "act.of-another"
    )


@pytest.mark.parametrize("change", ["facts = '{}'", "digest = repeat('1', 64)"])
def test_the_database_keeps_what_was_prepared(proposal, change):
    from django.db import connection

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE casework_proposal SET {change}")


@pytest.mark.parametrize(
    "given",
    [{"reason": "经查\u202e属实"}, {"facts_found": "超限\u200b值"}, {"points": ["一\u2066二"]}],
)
def test_what_holds_a_sign_that_nobody_sees_is_not_prepared(desk, case, given):
    kind = "order.notice" if "facts_found" in given else "order.defence"
    steps = ("order.file", "order.collect_evidence", "order.notice", "order.serve_notice")
    desk.walk(case, *steps[: 2 if kind == "order.notice" else 4])
    by = desk.doer(desk.rule(case, kind), case)
    asked = desk.asked(desk.rule(case, kind), case, desk.today)
    facts = {**asked.facts, **{item: value for item, value in given.items() if item != "reason"}}
    asked = replace(asked, facts=facts, reason=given.get("reason", ""))
    with pytest.raises(Refusal, match="character_hidden"):
        examine(asked, case, acts_of(case), by=by, scope=scope_of(by, on=TODAY), today=TODAY)


def test_lines_and_tabs_are_no_hidden_signs(desk, case):
    by = desk.person()
    asked = replace(desk.asked(desk.rule(case, "order.file"), case, TODAY), reason="一\r\n\t二")
    assert examine(asked, case, acts_of(case), by=by, scope=scope_of(by, on=TODAY), today=TODAY)
