"""Each procedure goes by the real acts, by the right people only, to each of its ends."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from phaseout.accounts.scope import scope_of
from phaseout.casework import acts
from phaseout.casework.models import Case
from phaseout.casework.proceeding.preparing import Asked
from phaseout.casework.proceeding.replaying import differences
from phaseout.casework.proceeding.standing import acts_of, current
from phaseout.law.procedures.records import MAIN, StageKind
from phaseout.law.refusals import Refusal

BEGINS = date(2018, 3, 15)


class Journey:
    """A case carried on, on the first days the law allows."""

    def __init__(self, desk, dimension: str) -> None:
        self.desk = desk
        line = desk.line()
        finding = desk.finding(line, dimension=dimension, judged_by=dimension)
        officer = desk.person(LEADS[dimension])
        self.case: Case = desk.open_(finding, by=officer).case
        self.day = BEGINS

    @classmethod
    def of(cls, other: Journey, case: Case) -> Journey:
        """A journey of another case, by the same people, from the same day."""
        journey = cls.__new__(cls)
        journey.desk, journey.case, journey.day = other.desk, case, other.day
        return journey

    def do(self, *kinds: str, **given: object) -> Journey:
        for kind in kinds:
            self.desk.do(self.case, kind, self.day, **given)
        self.case = Case.objects.get(pk=self.case.pk)
        return self

    def after(self, period: str) -> Journey:
        """The day after the last day of a period."""
        deadline = self.case.deadlines.filter(period=period).order_by("-opened_by").first()
        self.day = deadline.due + timedelta(days=1)
        return self

    def later(self, days: int) -> Journey:
        self.day += timedelta(days=days)
        return self

    def notified(self, prefix: str) -> Journey:
        steps = ("file", "collect_evidence", "notice", "serve_notice")
        return self.do(*(f"{prefix}.{step}" for step in steps))

    def decided(self, prefix: str, **given: object) -> Journey:
        """The whole due process of a block, to the service of its decision."""
        block = next(b for b in self.procedure.blocks if b.prefix == prefix)
        self.notified(prefix).after(f"{prefix}.reply")
        for option, steps in APPROVED.items():
            if option in block.options:
                self.do(*(f"{prefix}.{step}" for step in steps))
        return self.do(block.decision, **given).do(f"{prefix}.serve_decision")

    def exited(self) -> Journey:
        """Exit verified, the licence revoked by who issued it, the case closed."""
        self.do("record_exit").do("record_revocation", licence="排污许可证")
        return self.do("close_exited")

    @property
    def procedure(self):
        return current(self.case, acts_of(self.case))


LEADS = {
    "energy": "eic",
    "environment": "epd",
    "quality": "qts",
    "safety": "wsb",
    "technology": "eic",
}
APPROVED = {
    "review": ("legal_review",),
    "collective": ("collective",),
    "government": ("submit_for_approval", "approve"),
    "head": ("approve_by_head",),
}


def energy_met(j):
    j.decided("order").do("report_completion", "recheck_passed", "close_met")


def energy_not_upheld(j):
    j.notified("order").after("order.reply").do("order.not_to_decide")


def energy_exited(j):
    j.decided("order").after("rectification").do("record_overdue")
    j.decided("closure").exited()


def environment_met(j):
    j.do("accept_exceedance").decided("restriction").do("file_plan", "complete_work")
    j.do("report_completion", "follow_up_clear", "close_met")


def environment_not_upheld(j):
    j.do("accept_exceedance").notified("restriction").after("restriction.reply")
    j.do("restriction.not_to_decide")


def environment_exited(j):
    j.do("accept_exceedance").decided("suspension").do("record_serious")
    j.decided("closure").exited()


def quality_met(j):
    j.do("serve_result").after("retest").do("confirm_result").decided("suspension")
    j.do("report_completion", "recheck_passed", "close_met")


def quality_not_upheld(j):
    j.do("serve_result").after("retest").do("confirm_result").notified("suspension")
    j.after("suspension.reply").do("suspension.not_to_decide")


def quality_exited(j):
    j.do("serve_result").after("retest").do("confirm_result").decided("suspension")
    j.after("rectification").do("record_overdue").decided("closure").exited()


def safety_met(j):
    j.do("record_hazard", "order_temporary_stop", "apply_acceptance", "reacceptance_passed")
    j.do("close_met")


def safety_not_upheld(j):
    j.do("record_hazard", "order_temporary_stop").notified("suspension")
    j.after("suspension.reply").do("suspension.not_to_decide")


def safety_exited(j):
    j.do("record_hazard", "order_temporary_stop").decided("suspension")
    j.after("rectification").do("record_overdue").decided("closure").exited()


def technology_exited(j):
    j.do("record_match").decided("elimination").do("set_dismantling_date", "dismantle")
    j.do("acceptance_passed", "close_exited")


def technology_not_upheld(j):
    j.do("record_match").notified("elimination").after("elimination.reply")
    j.do("elimination.not_to_decide")


def technology_sealed_first(j):
    j.do("record_match").decided("elimination")
    j.do("cut_water", "cut_power", "remove_drive", "seal", "commitment", "publish_commitment")
    j.do("set_dismantling_date", "record_sealed").later(20)
    j.do("dismantle", "acceptance_passed", "close_exited")


def terminated(j):
    j.do("terminate")


def merged(j):
    j.do("merge_into")


def transferred(j):
    j.do("transfer_out")


def withdrawn(j):
    j.do("withdraw_case")


ENDS = {
    "energy": {
        "closed_met": energy_met,
        "closed_exited": energy_exited,
        "not_upheld": energy_not_upheld,
    },
    "environment": {
        "closed_met": environment_met,
        "closed_exited": environment_exited,
        "not_upheld": environment_not_upheld,
    },
    "quality": {
        "closed_met": quality_met,
        "closed_exited": quality_exited,
        "not_upheld": quality_not_upheld,
    },
    "safety": {
        "closed_met": safety_met,
        "closed_exited": safety_exited,
        "not_upheld": safety_not_upheld,
    },
    "technology": {"closed_exited": technology_exited, "not_upheld": technology_not_upheld},
}
EVERYWHERE = {
    "terminated": terminated,
    "merged": merged,
    "transferred": transferred,
    "withdrawn": withdrawn,
}


@pytest.mark.parametrize(
    ("dimension", "end"),
    [(dimension, end) for dimension, ends in ENDS.items() for end in (*ends, *EVERYWHERE)],
)
def test_a_case_is_carried_to_its_end(desk, dimension, end):
    journey = Journey(desk, dimension)
    (ENDS[dimension] | EVERYWHERE)[end](journey)
    case = Case.objects.get(pk=journey.case.pk)
    assert (case.stage, case.closed_on) == (end, journey.day)
    assert differences(case) == []
    assert not case.deadlines.filter(going=True).exclude(kind="right").exists()


def test_sealed_first_and_dismantled_by_the_day_set(desk):
    journey = Journey(desk, "technology")
    technology_sealed_first(journey)
    assert Case.objects.get(pk=journey.case.pk).stage == "closed_exited"


@pytest.fixture
def decided(desk):
    """An energy case whose decision to close was served."""
    journey = Journey(desk, "energy")
    journey.decided("order").after("rectification").do("record_overdue").decided("closure")
    return journey


def exit_of(journey, by=None, key=None):
    """The exit opened on the decision of the case."""
    desk, case = journey.desk, journey.case
    by = by or desk.person()
    return acts.open_exit(
        case.pk,
        Asked(
            "open_on_decision",
            {"decision_served": [desk.file()], "exit_form": "整体关停"},
        ),
        by=by,
        scope=scope_of(by, on=journey.day),
        today=journey.day,
        key=key or uuid4(),
    )


def test_the_exit_is_a_case_of_its_own_beside_the_decision(desk, decided):
    key = uuid4()
    act = exit_of(decided, key=key)
    assert act.case.number.startswith("宁经信退立〔2018〕1号")
    assert (act.case.procedure, act.case.stage) == ("exit", "opened")
    assert list(act.case.findings.all()) == list(decided.case.findings.all())
    assert exit_of(decided, key=key).pk == act.pk


@pytest.mark.parametrize("form", ["begin_removal", "shut_down", "close_enterprise", "ban"])
def test_an_exit_goes_to_its_confirmation(desk, decided, form):
    exit_ = Journey.of(decided, exit_of(decided).case)
    if form == "begin_removal":
        exit_.do(form, "set_dismantling_date", "dismantle", "acceptance_passed")
    else:
        exit_.do(form, "verify_stopped")
    if form in ("shut_down", "close_enterprise"):
        exit_.do("record_revocation", licence="排污许可证")
    exit_.do("settlement_confirmed", "publish_exit").after("objection").do("confirm_exit")
    assert (exit_.case.stage, exit_.case.closed_on) == ("exited", exit_.day)
    assert differences(exit_.case) == []
    decided.day = exit_.day
    assert decided.exited().case.stage == "closed_exited"


def test_an_objection_upheld_leads_back_to_removal(desk, decided):
    exit_ = Journey.of(decided, exit_of(decided).case)
    exit_.do("shut_down", "verify_stopped", "publish_exit", "object", "objection_upheld")
    assert exit_.case.stage == "to_remove"


def test_a_restart_after_the_exit_opens_the_case_again(desk, decided):
    exit_ = Journey.of(decided, exit_of(decided).case)
    exit_.do("begin_removal", "set_dismantling_date", "dismantle", "acceptance_passed")
    exit_.do("settlement_confirmed", "publish_exit").after("objection").do("confirm_exit")
    exit_.later(60).do("restart_after_exit")
    assert (exit_.case.stage, exit_.case.closed_on) == ("to_remove", None)


def test_no_exit_without_a_decision_that_was_served_and_only_one(desk, decided):
    fresh = Journey(desk, "environment")
    with pytest.raises(Refusal) as refusal:
        exit_of(fresh, by=desk.person("epd"))
    assert refusal.value.code == "act.no-decision-served"
    exit_of(decided)
    with pytest.raises(Refusal) as refusal:
        exit_of(decided)
    assert refusal.value.code == "act.exit-already-open"


@pytest.mark.parametrize("dimension", ENDS)
def test_there_is_no_other_end(desk, dimension):
    procedure = Journey(desk, dimension).procedure
    ends = {s.id for s in procedure.stages_of(MAIN) if s.kind is StageKind.END}
    assert ends == {*ENDS[dimension], *EVERYWHERE}
