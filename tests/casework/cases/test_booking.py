"""What acts of cases book on the capacity ledger: once, in full or in part, and back."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from capacity_book import register, stands
from casebook import Desk
from casework.cases.test_every_end import exit_of
from journeys import BEGINS, ENDS, Journey
from phaseout.accounts.scope import scope_of
from phaseout.casework import acts
from phaseout.casework.booking import book_found
from phaseout.casework.cases.doing.wanted import wanted_of
from phaseout.casework.left import decided_of
from phaseout.casework.models import LineStanding
from phaseout.casework.proceeding.standing import acts_of, standing_of
from phaseout.coordination.dashboards.asking import Asked as AskedOf
from phaseout.coordination.dashboards.rests import panels as rests_by_city
from phaseout.desk.models import DemoDay
from phaseout.exits.waiting import rests_to_open
from phaseout.law.capacity import act_moves
from phaseout.law.capacity.accounts import table
from phaseout.law.capacity.acting import ActMove
from phaseout.law.procedures import procedure
from phaseout.law.refusals import Refusal
from phaseout.registry.capacity.booking import Draft, book, stocks_of
from phaseout.registry.models import CapacityEntry, EquipmentVersion

pytestmark = pytest.mark.django_db
ALL = 600_000


@pytest.fixture
def desk():
    desk = Desk()
    register(desk.line())
    return desk


def exit_case(desk, on=None):
    """The exit of the line, applied for and accepted."""
    journey = Journey.applied(desk)
    journey.day = on or journey.day
    return journey.do("accept_application")


def to_confirm(journey):
    journey.do("begin_removal", "set_dismantling_date", "dismantle")
    journey.do("acceptance_passed", "settlement_confirmed")
    until = journey.day + timedelta(days=20)
    journey.do("publish_exit", objections_until=until)
    journey.day = until + timedelta(days=5)
    return journey


def find(line, outdated="yes", on=date(2018, 3, 15), desk=None):
    """The line's standing, and what a judgement books of it."""
    LineStanding.objects.standing().filter(line=line).update(
        ended_on=on, ended_by=(desk or Desk()).run()
    )
    LineStanding.objects.create(
        line=line, enterprise=line.enterprise, division_code=line.division_code,
        industry=line.industry, detail={}, outdated=outdated, run=Desk().run(), found_on=on,
        digest="0" * 32,
    )  # fmt: skip
    return book_found([line.enterprise_id], on=on)


@pytest.mark.parametrize(
    ("outdated", "account"),
    [
        ("yes", "outdated"), ("provisionally", "registered"), ("not_yet", "registered"),
        ("undetermined", "registered"), ("no", "registered"),
    ],
)  # fmt: skip
def test_only_what_is_found_for_good_is_outdated(desk, outdated, account):
    assert find(desk.line(), outdated) == (account == "outdated")
    assert stands() == {account: ALL}


def test_found_outdated_and_no_longer_on_their_days(desk):
    line = desk.line()
    find(line, on=date(2018, 3, 15))
    assert find(line, on=date(2018, 4, 1)) == 0, "found again says nothing new"
    find(line, "no", on=date(2018, 4, 15))
    days = {date(2018, 3, 14): "registered", date(2018, 3, 15): "outdated",
            date(2018, 4, 14): "outdated", date(2018, 4, 15): "registered"}  # fmt: skip
    for day, account in days.items():
        assert stands(as_of=day) == {account: ALL}, day
        assert stands(known_on=day) == {account: ALL}, day


@pytest.mark.parametrize(
    ("dimension", "end", "account"),
    [
        ("energy", "closed_met", "restored"),
        ("energy", "not_upheld", "registered"),
        ("environment", "closed_met", "restored"),
        ("quality", "closed_met", "restored"),
        ("safety", "closed_met", "restored"),
        ("technology", "closed_exited", "dismantled"),
    ],
)
def test_where_the_capacity_stands_when_a_case_ends(desk, dimension, end, account):
    journey = Journey(desk, dimension)
    ENDS[dimension][end](journey)
    assert stands() == {account: ALL}


def test_an_act_names_its_entries_and_an_entry_its_act(desk):
    journey = Journey(desk, "energy").decided("order")
    act = journey.case.acts.last()
    entry = CapacityEntry.objects.get(act_key=act.key)
    assert act.detail["ledger"][0]["entry"] == entry.pk
    assert act.detail["ledger"][0]["zh"] == "在册 → 整改中：60万吨/年"
    assert (entry.case_no, entry.case_number) == (journey.case.pk, journey.case.number)
    assert (entry.effective_on, entry.known_on) == (act.done_on, act.done_on)
    assert "在册 → 整改中" in act.record, "the entries are part of what is sealed"


def test_the_page_of_a_case_names_the_entries_of_its_acts(desk, client):
    case = Journey(desk, "energy").decided("order").case
    client.force_login(desk.person())
    html = client.get(reverse("case", args=[case.pk])).content.decode()
    entry = CapacityEntry.objects.get(kind="act")
    assert f'href="{reverse("capacity-entry", args=[entry.pk])}"' in html
    assert "在册 → 整改中：60万吨/年" in html


def test_the_exit_of_a_whole_line(desk):
    journey = to_confirm(exit_case(desk))
    assert stands() == {"leaving": ALL}
    journey.do("confirm_exit")
    assert stands() == {"dismantled": ALL}
    entry = CapacityEntry.objects.get(act_kind="confirm_exit")
    assert entry.equipment == "", "the whole; nobody has put down what that is"


@pytest.mark.parametrize(
    ("said", "gone"),
    [("一半", 300_000), ("20万吨/年", 200_000), ("150,000 t/a", 150_000), ("1/3", 200_000),
     ("12.5%", 75_000), ("全部", ALL), ("60万吨/年", ALL), ("600000吨/年", ALL)],
)  # fmt: skip
@pytest.mark.parametrize("found", [True, False])
def test_a_part_exits_and_the_rest_is_as_it_was_found(desk, said, gone, found):
    journey = exit_case(desk)
    if found:
        find(journey.case.line)
    to_confirm(journey).do("confirm_exit", ledger_entry=said)
    rest = {"outdated" if found else "registered": ALL - gone} if gone < ALL else {}
    assert stands() == {"dismantled": gone, **rest}


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("61万吨/年", "too_much"), ("600000.000001 t/a", "too_much"), ("10 kVA", "other_unit"),
        ("10万标张/年", "other_unit"), ("若干", "not_an_amount"), ("0 t/a", "not_an_amount"),
        ("-5 t/a", "not_an_amount"), ("30", "not_an_amount"), ("3/2", "not_an_amount"),
    ],
)  # fmt: skip
def test_what_cannot_exit_is_refused_before_anybody_signs(desk, said, code):
    journey = to_confirm(exit_case(desk))
    with pytest.raises(Refusal) as refused:
        journey.do("confirm_exit", ledger_entry=said)
    assert refused.value.code == f"capacity.{code}"
    assert not journey.case.proposals.filter(kind="confirm_exit").exists()
    assert stands() == {"leaving": ALL}


def test_what_has_exited_cannot_exit_again(desk):
    decided = Journey(desk, "energy").decided("order").after("rectification").do("record_overdue")
    decided.decided("closure")
    own_will = exit_case(desk)
    own_will.day = decided.day
    to_confirm(own_will).do("confirm_exit")
    assert stands() == {"dismantled": ALL}
    decided.day = own_will.day
    again = to_confirm(Journey.of(decided, exit_of(decided).case))
    with pytest.raises(Refusal) as refused:
        again.do("confirm_exit")
    assert refused.value.code == "capacity.nothing_left"
    assert "拆除主体设备60万吨/年" in refused.value.zh
    assert stands() == {"dismantled": ALL}


def test_a_decision_is_carried_out_when_the_last_of_the_line_has_exited(desk, client):
    decided = Journey(desk, "energy").decided("order").after("rectification").do("record_overdue")
    decided.decided("closure")
    line, office = decided.case.line, desk.person()

    def not_yet(words):
        with pytest.raises(Refusal) as refused:
            decided.do("record_exit")
        assert refused.value.code == "capacity.rest_must_exit"
        assert words in refused.value.zh

    def rests(user):
        client.force_login(user)
        return client.get(reverse("exits") + "?which=rest").content.decode()

    not_yet("余下：退出办理中60万吨/年")
    assert decided.case.number not in rests(office), "no part of it has exited"
    half = to_confirm(Journey.of(decided, exit_of(decided).case))
    half.do("confirm_exit", ledger_entry="一半")
    assert stands() == {"dismantled": ALL // 2, "leaving": ALL // 2}, "the rest is under it still"
    decided.day = half.day
    DemoDay.objects.create(day=decided.day)
    not_yet("已退出：拆除主体设备30万吨/年；余下：退出办理中30万吨/年")
    still = decided_of([line.pk])[line.pk]
    due = decided.case.deadlines.get(period="exit_by").due
    assert (still.case, still.due, still.exit) == (decided.case, due, None)
    for page in (
        client.get(reverse("line", args=[line.pk])).content.decode(),
        client.get(reverse("case", args=[decided.case.pk])).content.decode(),
        client.get(reverse("exit", args=[half.case.pk])).content.decode(),
        rests(office),
    ):
        assert "30万" in page and decided.case.number in page and f"{due:%Y-%m-%d}" in page
        assert "尚未立退出案" in page
    mine = scope_of(office, on=decided.day)
    assert rests_to_open(mine, decided.day) == 1
    (figures,) = rests_by_city(AskedOf(mine, decided.day))
    overdue, in_time, every = figures.total.cells
    assert (overdue.value, in_time.value, every.value) == (0, 1, 1)
    assert decided.case.number in client.get(in_time.url).content.decode()
    assert (
        decided.case.number not in client.get(in_time.url.replace("=no", "=yes")).content.decode()
    )
    (later,) = rests_by_city(AskedOf(mine, due + timedelta(days=1)))
    assert later.total.cells[0].value == 1, "its day does not run anew"
    rest = to_confirm(Journey.of(decided, exit_of(decided).case))
    assert rest.case.number in rests(office) and "尚未立退出案" not in rests(office)
    assert rests_to_open(mine, decided.day) == 0
    rest.do("confirm_exit")
    decided.day = rest.day
    decided.exited()
    assert stands() == {"dismantled": ALL} and not decided_of([line.pk])


def test_a_part_names_its_equipment_and_a_piece_exits_once(desk, client):
    """By its number in the register, whatever it is called; of what that lacks, by its words."""
    for number in ("L1-E1", "L1-E2"):
        EquipmentVersion.objects.create(
            taken_by_id=1, known_on=BEGINS, equipment_id=number, line_id="L1", type="水泥磨机",
            attribute="presence",
        )  # fmt: skip
    first = to_confirm(exit_case(desk))
    with pytest.raises(Refusal) as refused:
        first.do("confirm_exit", ledger_entry="一半", exited_equipment="；")
    assert refused.value.code == "capacity.which_equipment"
    first.do("confirm_exit", ledger_entry="20万t/a", exited_equipment="磨机（L1-E1）；3号炉")
    other = exit_case(desk, on=date(2018, 6, 1))
    client.force_login(desk.person())
    plan = client.get(reverse("exit-plan", args=[other.case.pk])).context["candidates"]
    told = [(one["id"], one["chosen"], one["gone"] and one["gone"].entry) for one in plan]
    entry = CapacityEntry.objects.exclude(equipment="").get(case_no=first.case.pk)
    assert told == [("L1-E1", False, entry.pk), ("L1-E2", True, None)]
    named = {"new_name_1": "3#炉（北侧）", "new_kind_1": "other"}
    page = client.get(reverse("exit-plan", args=[other.case.pk]), named).content.decode()
    assert "“3#炉(北侧)”与台账第" in page and "该案已于" in page
    to_confirm(other)
    for again, piece in (("2号炉、3号 炉", "3号炉"), ("东侧 l1-e1", "l1-e1")):
        with pytest.raises(Refusal) as refused:
            other.do("confirm_exit", ledger_entry="20万t/a", exited_equipment=again)
        assert refused.value.code == "capacity.equipment_gone" and piece in refused.value.zh
    done, rule = acts_of(other.case), desk.rule(other.case, "confirm_exit")
    now = standing_of(other.case, done, on=other.day)
    helps = wanted_of(now, rule, done, other.day).helps["exited_equipment"]
    assert f"台账第{entry.pk}笔已退出：磨机（L1-E1）；3号炉" in helps
    asked = desk.asked(
        rule, other.case, other.day,
        ledger_entry="20万t/a", exited_equipment="三号炉 北侧；2号炉",
    )  # fmt: skip
    by = desk.person()
    ways = {"by": by, "scope": scope_of(by, on=other.day), "today": other.day, "key": uuid4()}
    waits = acts.propose(other.case.pk, asked, **ways)
    page = client.get(reverse("proposal", args=[waits.pk])).context["alike"]
    assert [(one.said, one.piece, one.gone.entry) for one in page] == [
        ("三号炉北侧", "3号炉", entry.pk)
    ]
    acts.withdraw(waits.pk, by=by, today=other.day)
    other.do("confirm_exit", ledger_entry="20万t/a", exited_equipment="2号炉")
    assert client.get(reverse("exit-plan", args=[other.case.pk])).status_code == 409
    pages = [reverse("capacity-entries") + "?state=exited", reverse("capacity-line", args=["L1"])]
    for page in (client.get(one).content.decode() for one in pages):
        assert "磨机（L1-E1）；3号炉" in page and "2号炉" in page
    for watch in (reverse("restart"), reverse("restart-line", args=["L1"])):
        assert "部分退出" in client.get(watch).content.decode()
    kept = client.get(reverse("capacity-entries-export", args=["csv"]) + "?state=exited")
    rows = list(csv.DictReader(io.StringIO(kept.content.decode("utf-8-sig"))))
    gone = {row["主体设备"]: row["数量"] for row in rows}
    assert gone == {"磨机（L1-E1）；3号炉": "20", "2号炉": "20"}
    last = to_confirm(exit_case(desk, on=date(2018, 9, 1))).do("confirm_exit")
    entry = CapacityEntry.objects.filter(case_no=last.case.pk, act_kind="confirm_exit").get()
    assert entry.equipment == "水泥磨机（L1-E2）", "of what is registered what has not exited"


def test_half_of_it_by_one_case_and_half_by_another(desk):
    to_confirm(exit_case(desk)).do("confirm_exit", ledger_entry="一半")
    other = to_confirm(exit_case(desk, on=date(2018, 6, 1)))
    with pytest.raises(Refusal):
        other.do("confirm_exit", ledger_entry="30.000001万t/a")
    other.do("confirm_exit", ledger_entry="30万t/a")
    assert stands() == {"dismantled": ALL}


def test_found_running_again_it_comes_back_and_exits_again(desk):
    journey = to_confirm(exit_case(desk)).do("confirm_exit", "restart_after_exit")
    assert stands() == {"leaving": ALL}
    journey.do("cut_water", "cut_power", "remove_drive", "seal", "dismantle", "acceptance_passed")
    until = journey.day + timedelta(days=20)
    journey.do("publish_exit", objections_until=until)
    journey.day = until + timedelta(days=5)
    journey.do("confirm_exit")
    assert stands() == {"dismantled": ALL}


def test_a_line_of_which_no_capacity_is_known_exits_without_an_entry(db):
    desk = Desk()
    to_confirm(exit_case(desk)).do("confirm_exit")
    assert not CapacityEntry.objects.exists()


def test_what_another_case_holds_is_not_restored(desk):
    one, other = Journey(desk, "safety"), Journey(desk, "energy")
    one.do("record_hazard", "order_temporary_stop")
    other.decided("order")
    one.do("apply_acceptance", "reacceptance_passed", "close_met")
    assert stands() == {"rectifying": ALL}
    other.do("report_completion", "recheck_passed", "close_met")
    assert stands() == {"restored": ALL}


def test_what_a_case_restored_stays_so_until_it_is_found_anew(desk):
    journey = Journey(desk, "safety")
    find(journey.case.line, on=date(2018, 3, 1))
    ENDS["safety"]["closed_met"](journey)
    assert book_found([journey.case.enterprise_id], on=date(2018, 4, 1)) == 0
    assert stands() == {"restored": ALL}
    find(journey.case.line, on=date(2018, 5, 1))
    assert stands() == {"outdated": ALL}


def test_a_decision_that_is_void_lets_the_line_go(desk):
    journey = Journey(desk, "energy").decided("order")
    assert stands() == {"rectifying": ALL}
    journey.do("withdraw_case")
    assert stands() == {"registered": ALL}


def test_an_entry_that_names_no_act_is_refused_when_the_transaction_ends(desk):
    line = desk.line()
    (posting,) = [s for s in stocks_of([line.pk])[line.pk] if s.account == "registered"]
    from phaseout.law.capacity import moved

    ground = {"act_key": "0" * 32, "case_no": 1, "case_number": "无", "act_kind": "confirm_exit"}
    (booking,) = moved([posting], ["registered"], "sealed")
    with pytest.raises(DatabaseError, match="names an act that is not there"), transaction.atomic():
        book([Draft("act", line.pk, booking, desk.today, desk.today, ground)])
        connection.check_constraints()


def test_every_act_of_the_table_is_of_its_procedure():
    for move in table("act_postings", ActMove):
        names = [move.procedure] if move.procedure != "*" else ["energy", "exit", "technology"]
        for name in names:
            acts = procedure(name, on=date(2018, 3, 15)).acts
            assert move.act in acts, (name, move.act)
            assert move in act_moves(name, move.act)
