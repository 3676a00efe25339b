"""Complaints and tips: taken from anyone, few an address, who told read by one office only."""

from __future__ import annotations

from uuid import uuid4

import pytest

from casebook import TODAY
from phaseout.inspections import acts
from phaseout.inspections.acts.tipping import A_DAY, Told
from phaseout.inspections.models import InspectionAct, Knock, Tip, TipPerson
from phaseout.law.refusals import Refusal
from phaseout.registry.models import ProductionLine

SAID = {
    "dimension": "energy",
    "division_code": "640104",
    "firm": "云岭水泥",
    "text": "夜间开淘汰窑生产。",
    "name": "赵某",
    "contact": "0951-0000000",
}


def refused(act, *args, **given) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*args, **given)
    return refusal.value.code


def told(**given) -> Tip:
    return acts.receive_tip(
        Told(**{**SAID, **given}), today=TODAY, key=uuid4(), address="192.0.2.1"
    )


def test_anyone_tells_on_the_public_page_and_sees_what_became_of_it(office, client) -> None:
    answer = client.post("/inspections/tell/", {**SAID, "key": str(uuid4())})
    assert answer.status_code == 302
    page = client.get(answer.url)
    assert "尚未作出处理" in page.content.decode() and "赵某" not in page.content.decode()
    tip = Tip.objects.get()
    assert (tip.public, tip.office, tip.act.by) == (True, "eic", None)
    assert "赵某" not in str(InspectionAct.objects.get().content)


def test_one_address_tells_a_few_times_a_day(office, client) -> None:
    codes = [
        client.post("/inspections/tell/", {**SAID, "key": str(uuid4())}).status_code
        for _ in range(A_DAY + 1)
    ]
    assert codes == [302] * A_DAY + [429]
    assert not Knock.objects.filter(source__contains="127").exists()


def test_only_the_office_that_handles_it_reads_who_told(office, client) -> None:
    tip = told()
    auditor = office.desk.person("inspection", "auditor")
    seen = {}
    for name, user in {"officer": office.officer, "auditor": auditor}.items():
        client.force_login(user)
        page = client.get(f"/inspections/tips/{tip.pk}/")
        assert page.status_code == 200
        seen[name] = "赵某" in page.content.decode()
    assert seen == {"officer": True, "auditor": False}


def test_the_page_proposes_the_firm_that_a_tip_may_mean(office, client) -> None:
    client.force_login(office.officer)
    page = client.get(f"/inspections/tips/{told(firm='云岭水泥001').pk}/")
    firm = ProductionLine.objects.get(pk="C1").enterprise_id
    assert page.context["accept"]["uscc"].value() == firm
    several = client.get(f"/inspections/tips/{told().pk}/")
    assert len(several.context["meant"]) == 3  # of the city; those of another are not proposed
    assert not several.context["accept"]["uscc"].value()
    unknown = client.get(f"/inspections/tips/{told(firm='没有这家').pk}/")
    assert "本市登记的企业中没有这个名称" in unknown.content.decode()


def test_the_database_itself_keeps_who_told_from_other_offices(office) -> None:
    from django.db import connection

    from phaseout.accounts.reach import reach_of
    from phaseout.accounts.scope import scope_of
    from phaseout.database.reach import NOTHING, ROLE, act_as, show

    told()
    counts = []
    for user in (office.officer, office.desk.person("inspection", "auditor")):
        raw = connection.connection
        act_as(raw, ROLE)
        show(raw, reach_of(scope_of(user, on=TODAY)))
        counts.append((Tip.objects.count(), TipPerson.objects.count()))
        show(raw, NOTHING)
        act_as(raw, "none")
    assert counts == [(1, 1), (1, 0)]


def test_accepted_it_becomes_a_visit_of_two_inspectors(office) -> None:
    tip, firm = told(), ProductionLine.objects.get(pk="C1").enterprise_id

    def accept(people: list[str]):
        ways = office.ways(office.officer)
        return acts.accept_tip(
            tip.pk, uscc=firm, inspectors=people, begins=TODAY, reason="线索具体", **ways
        )

    assert refused(accept, ["ins-1"]) == "tip.incomplete"
    visit = accept(["ins-1", "ins-yinchuan"])
    assert visit.tip == tip and visit.team.count() == 2 and visit.checklist["lines"]
    assert refused(accept, ["ins-1", "ins-2"]) == "tip.settled"


def test_declined_it_keeps_the_reason(office) -> None:
    tip = told()
    decline = acts.decline_tip
    assert (
        refused(decline, tip.pk, reason=" ", **office.ways(office.officer))
        == "inspection.no-reason"
    )
    ways = office.ways(office.desk.person("epd"))
    assert refused(decline, tip.pk, reason="不属实", **ways) == "inspection.not-yours"
    act = decline(tip.pk, reason="所述企业已关停", **office.ways(office.officer))
    assert act.content == {"reason": "所述企业已关停"}


@pytest.mark.parametrize(
    "given", [{"firm": " "}, {"text": "短"}, {"dimension": "x"}, {"division_code": "110101"}]
)
def test_what_says_too_little_is_refused(office, given) -> None:
    assert refused(told, **given) == "tip.incomplete"


def test_a_restart_told_by_the_public_is_linked_with_the_watched_line(office, client) -> None:
    from phaseout.exits.restart.models import WatchedLine

    line = office.desk.line("C1")
    case = office.desk.open_(office.desk.finding(line)).case
    WatchedLine.objects.create(
        line=line, enterprise=line.enterprise, case=case, division_code=line.division_code,
        state="exited", cut_on=TODAY, since=TODAY,
    )  # fmt: skip
    ProductionLine.objects.filter(enterprise=line.enterprise).update(status="closed")
    firm = line.enterprise.name[:4]
    sent = {**SAID, "dimension": "restart", "firm": firm, "key": str(uuid4())}
    assert client.post("/inspections/tell/", sent).status_code == 302
    tip = Tip.objects.get()
    assert (tip.matter, tip.office, tip.dimension) == ("restart", "eic", "energy")
    client.force_login(office.officer)
    page = client.get(f"/inspections/tips/{tip.pk}/").content.decode()
    assert f"/exits/restart/lines/{line.pk}/" in page
    watched = client.get(f"/exits/restart/lines/{line.pk}/").content.decode()
    assert f"/inspections/tips/{tip.pk}/" in watched
    visit = acts.accept_tip(
        tip.pk, uscc=line.enterprise_id, inspectors=["ins-1", "ins-2"], begins=TODAY,
        reason="现场核实", **office.ways(office.officer),
    )  # fmt: skip
    assert visit.enterprise_id == line.enterprise_id
