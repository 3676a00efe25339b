"""Rooms tell of what they do, in the transaction of the act: who must act on it, nobody else."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from casebook import TODAY
from journeys import Journey
from ordered_case import ORDERED
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.casework import acts
from phaseout.casework.acts import following
from phaseout.casework.models import TaskStanding
from phaseout.disclosure.lists import acts as lists
from phaseout.disclosure.lists.models import Notice as FirmTold
from phaseout.disclosure.lists.models import Objection
from phaseout.disclosure.reminding import remind
from phaseout.disclosure.site import acts as site
from phaseout.disclosure.telling import tell_ready
from phaseout.inspections.acts.tipping import Told, decline_tip, receive_tip
from phaseout.inspections.models import Tip
from phaseout.notices.models import Notice
from phaseout.notices.saying import settled
from phaseout.registry.imports.telling import NOT_TAKEN, tell_of
from phaseout.registry.models import Import


def told(user, subject):
    rows = Notice.objects.filter(user=user, subject__startswith=subject)
    return sorted(rows.values_list("step", flat=True))


def ways(by, on=TODAY):
    return {"by": by, "scope": scope_of(by, on=on), "today": on, "key": uuid4()}


@pytest.fixture
def prepared(desk):
    """A notice that an officer has prepared, in a case that waits for it to be signed."""
    case = desk.open_(desk.finding(desk.line())).case
    leader, elsewhere = desk.person("eic", Role.LEADER), desk.person("epd", Role.LEADER)
    case = desk.walk(case, "order.file", "order.collect_evidence")
    Notice.objects.all().delete()
    rule = desk.rule(case, "order.notice")
    officer = desk.doer(rule, case)
    proposal = acts.propose(case.pk, desk.asked(rule, case, TODAY), **ways(officer))
    return proposal, officer, leader, elsewhere, TODAY


def test_who_signs_learns_that_a_proposal_waits_who_prepared_it_that_it_was_returned(prepared):
    proposal, officer, leader, elsewhere, on = prepared
    assert told(leader, "proposal:") == ["waits"]
    assert not told(officer, "proposal:") and not told(elsewhere, "proposal:")
    notice = Notice.objects.get(user=leader, subject__startswith="proposal:")
    assert (notice.kind, notice.url) == ("sign", f"/proposals/{proposal.pk}/")
    assert notice.words_zh.startswith(proposal.case.number)
    assert proposal.case.enterprise.name not in notice.words_zh
    assert settled(Notice.objects.filter(subject__startswith="proposal:"), on) == set()
    acts.decline(proposal.pk, by=leader, scope=scope_of(leader, on=on), today=on, answer="请补充。")
    assert told(officer, "proposal:") == ["declined"]
    assert settled(Notice.objects.all(), on) >= {notice.pk}
    assert Notice.objects.get(user=officer, step="declined").pk not in settled(
        Notice.objects.all(), on
    )


def test_an_act_that_is_undone_has_told_nobody(desk, monkeypatch):
    def fails(act):
        if Notice.objects.filter(subject=f"case:{act.case_id}").exists():
            raise ZeroDivisionError

    monkeypatch.setitem(following._FOLLOWERS, "tests", (fails, ""))
    case = desk.open_(desk.finding(desk.line())).case
    desk.person("cities", Role.OFFICER, "640100")
    with pytest.raises(ZeroDivisionError):
        desk.walk(case, *ORDERED)
    assert not Notice.objects.filter(subject__startswith="case:").exists()


def test_a_new_task_is_told_by_the_act_that_raises_it(desk):
    city, other = desk.person("cities", division="640100"), desk.person("cities", division="640200")
    case = desk.walk(desk.open_(desk.finding(desk.line())).case, *ORDERED)
    assert told(city, f"case:{case.pk}") == ["arisen"]
    assert not told(other, f"case:{case.pk}")
    notice = Notice.objects.get(user=city, subject=f"case:{case.pk}")
    assert notice.pk not in settled(Notice.objects.all(), TODAY)
    TaskStanding.objects.filter(task=notice.about).update(state=TaskStanding.State.REPORTED)
    assert notice.pk in settled(Notice.objects.all(), TODAY)


TOLD = {"dimension": "energy", "division_code": "640104", "firm": "云岭水泥", "text": "夜间开窑。"}


@pytest.mark.parametrize("matter", ["", "restart"])
def test_what_the_public_reports_reaches_the_office_without_a_name(desk, matter):
    officer, other = desk.person(), desk.person("epd")
    given = {**TOLD, "matter": matter, "text": "已封存的窑夜间恢复生产。"}
    receive_tip(Told(**given), today=TODAY, key=uuid4(), address="192.0.2.1")
    notice = Notice.objects.get(user=officer)
    assert notice.kind == "public"
    assert "云岭" not in notice.words_zh
    assert ("恢复生产" in notice.words_zh) is bool(matter)
    assert not Notice.objects.filter(user=other).exists()
    assert not settled([notice], TODAY)
    decline_tip(Tip.objects.get().pk, reason="查无此事。", **ways(officer))
    assert settled([notice], TODAY) == {notice.pk}


def test_a_message_of_an_error_reaches_the_office_of_the_lists(desk):
    officer = desk.person()
    site.receive_message(site.Told("list", "第三行的名称写错了。"), today=TODAY, key=uuid4())
    assert told(officer, "message:") == ["received"]


def test_who_brought_an_import_learns_what_became_of_it(desk):
    officer, other = desk.person(), desk.person("epd")
    brought = Import.objects.create(by=officer, reach="64", received_on=TODAY)
    tell_of(brought, TODAY)
    assert not Notice.objects.exists()
    brought.state = Import.State.CHECKED
    tell_of(brought, TODAY)
    tell_of(brought, TODAY, NOT_TAKEN)

    def done():
        brought.decided_by, brought.decided_on = officer, TODAY
        brought.taken_no = 1 if brought.state == Import.State.TAKEN else None
        brought.save()
        rows = Notice.objects.filter(user=officer)
        return sorted(rows.filter(pk__in=settled(rows, TODAY)).values_list("step", flat=True))

    assert done() == []
    brought.state = Import.State.TAKEN
    tell_of(brought, TODAY)
    tell_of(brought, TODAY)
    assert done() == ["checked", "not_taken"]
    assert told(officer, "import:") == ["checked", "not_taken", "taken"]
    assert not told(other, "import:")


def test_a_list_its_firm_the_objection_and_the_signature(desk):
    officer, leader = desk.person(), desk.person("eic", Role.LEADER)
    case = desk.open_(desk.finding(desk.line())).case
    on = Journey.of_case(desk, case).decided("order").day
    firm = desk.person(role=Role.ENTERPRISE, uscc=case.enterprise_id, function="")
    draft = lists.draft("yellow-energy", **ways(officer, on))
    tell_ready(on)
    assert not told(leader, "list-draft:"), "the firm was not told yet"
    lists.open_objections(draft.pk, **ways(officer, on))
    (notice,) = Notice.objects.filter(user=firm, kind="list")
    assert str(notice.due) in notice.words_zh
    ground, last = FirmTold.objects.get().ground, FirmTold.objects.get().last_day
    for before, steps in [
        (4, []),
        (3, ["before-3"]),
        (2, ["before-3"]),
        (0, ["before-3", "last-day"]),
    ]:
        remind(last - timedelta(days=before))
        assert told(firm, "list-told:") == steps
    asked_firm = set(Notice.objects.filter(user=firm).values_list("pk", flat=True))
    assert not settled(Notice.objects.filter(user=firm), last)
    assert settled(Notice.objects.filter(user=firm), last + timedelta(days=1)) == asked_firm
    lists.object_to(ground, statement="数据有误。", **ways(firm, on))
    assert settled(Notice.objects.filter(user=firm), on) == asked_firm
    Notice.objects.filter(subject__startswith="list-told:").delete()
    remind(last)
    assert not told(firm, "list-told:"), "it has objected"
    assert told(officer, "objection:") == ["received"]
    after = FirmTold.objects.get().last_day + timedelta(days=1)
    tell_ready(after)
    assert not told(leader, "list-draft:"), "an objection is not answered"
    answered = ways(officer, after)
    lists.answer(Objection.objects.get().pk, upheld=False, reason="数据无误。", **answered)
    tell_ready(after)
    tell_ready(after)
    assert told(leader, "list-draft:") == ["ready"]
    assert told(firm, "list-act:") == ["answer", "told"]
    ready = Notice.objects.get(user=leader, step="ready")
    asked = Notice.objects.get(user=officer, kind="objection")
    assert {ready.pk, asked.pk} & settled(Notice.objects.all(), after) == {asked.pk}
    assert not told(officer, "list-draft:")
    lists.return_(draft.pk, reason="请核对第三行。", **ways(leader, after))
    assert told(officer, "list-act:") == ["return"]
    returned = Notice.objects.get(user=officer, step="return")
    assert returned.pk not in settled(Notice.objects.all(), after)
    lists.draft("yellow-energy", **ways(officer, after))
    assert returned.pk in settled(Notice.objects.all(), after)
    assert ready.pk in settled(Notice.objects.all(), after)
