"""Roads of a case: each procedure by its acts, on the first days the law allows, to each end."""

from __future__ import annotations

from datetime import date, timedelta

from phaseout.casework.models import Case
from phaseout.casework.proceeding.standing import acts_of, current

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
    def applied(cls, desk) -> Journey:
        """The exit of a line, applied for by its enterprise."""
        return cls.of_case(desk, desk.apply(desk.line(), BEGINS).case)

    @classmethod
    def of(cls, other: Journey, case: Case) -> Journey:
        """A journey of another case, by the same people, from the same day."""
        return cls.of_case(other.desk, case, other.day)

    @classmethod
    def of_case(cls, desk, case: Case, day: date = BEGINS) -> Journey:
        """A journey that goes on with a case."""
        journey = cls.__new__(cls)
        journey.desk, journey.case, journey.day = desk, case, day
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


def voluntary(j, **confirmed):
    """An exit that the enterprise applied for: accepted, dismantled, settled, published."""
    j.do("accept_application", "begin_removal", "set_dismantling_date", "dismantle")
    j.do("acceptance_passed", "settlement_confirmed", "publish_exit").after("objection")
    j.do("confirm_exit", **confirmed)


def terminated(j):
    j.do("terminate")


def merged(j):
    line = j.desk.line("LX", enterprise=j.case.enterprise)
    finding = j.desk.finding(line, dimension=j.case.dimension, judged_by=j.case.dimension)
    other = j.desk.open_(finding, by=j.desk.person(LEADS[j.case.dimension])).case
    j.do("merge_into", other_case=other.number)


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
