"""A meeting that is not held as it was called: moved, or called off, until it has minutes."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from api_machine import machine_of
from casebook import TODAY
from notice_days import asking
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.coordination.due import meetings as to_be_held
from phaseout.coordination.mechanism import acts
from phaseout.coordination.mechanism.models import Change, MechanismAct, Meeting
from phaseout.coordination.mechanism.papers import document_of
from phaseout.coordination.mechanism.waiting import minutes_to_write
from phaseout.coordination.mechanism.work import BY_KEY, rows
from phaseout.law.refusals import Refusal
from phaseout.notices.models import Notice

DAY = timedelta(days=1)
PLACE, ELSEWHERE = "自治区会议中心", "经信委三楼"


class Changing:
    """A meeting called for 20 March, and both acts on it."""

    def __init__(self, mechanism) -> None:
        self.mechanism, self.meeting = mechanism, mechanism.called()
        self.held = self.meeting.on

    def move(self, to=None, place=PLACE, reason="台风", *, by=None, on=TODAY, **given) -> Change:
        ways = {**self.mechanism.ways(by or self.mechanism.officer, on), **given}
        return acts.change_meeting(
            self.meeting.pk, to or self.held + 7 * DAY, place, reason, **ways
        )

    def call_off(self, reason="议题已另行解决", *, by=None, on=TODAY, **given) -> Change:
        ways = {**self.mechanism.ways(by or self.mechanism.officer, on), **given}
        return acts.call_off_meeting(self.meeting.pk, reason, **ways)

    def minute(self, held_on):
        said = self.mechanism.held(held_on=held_on)
        ways = self.mechanism.ways(self.mechanism.officer, held_on)
        return acts.record_minutes(self.meeting.pk, said, **ways)

    def read(self) -> Meeting:
        return Meeting.objects.get(pk=self.meeting.pk)


@pytest.fixture
def changing(mechanism) -> Changing:
    return Changing(mechanism)


def code(act, *args, **given) -> str | None:
    try:
        act(*args, **given)
    except Refusal as refused:
        return refused.code
    return None


@pytest.mark.parametrize("late", [-2, 0, 3])  # before its day, on it, when it went by unheld
@pytest.mark.parametrize(("days", "refused"), [(-1, "meeting.day-passed"), (0, None), (1, None)])
def test_it_is_moved_to_today_or_later(changing, late, days, refused) -> None:
    on = changing.held + late * DAY
    assert code(changing.move, on + days * DAY, ELSEWHERE, on=on) == refused
    found = changing.read()
    moved = (on + days * DAY, ELSEWHERE) if refused is None else (changing.held, PLACE)
    assert (found.day, found.venue) == moved
    found = MechanismAct.objects.get(pk=found.act_id).called  # as others lead to it
    assert (found.day, found.venue, found.on, found.place) == (*moved, changing.held, PLACE)


def test_a_move_says_what_is_new_and_why(changing) -> None:
    assert code(changing.move, changing.held, PLACE) == "meeting.not-moved"
    assert code(changing.move, reason=" ") == "mechanism.text-wrong"
    assert code(changing.move, reason="因" * 1001) == "mechanism.text-wrong"
    assert code(changing.move, place="") == "mechanism.text-wrong"
    assert code(changing.call_off, " ") == "mechanism.text-wrong"
    changing.move(changing.held, ELSEWHERE)
    changing.move(changing.held + DAY, ELSEWHERE)
    changing.move(changing.held, PLACE, reason="又" * 1000)
    found = changing.read()
    assert (found.day, found.venue, len(found.moves)) == (changing.held, PLACE, 3)
    content = found.moves[1].act.content
    assert content["was"] == [str(changing.held), ELSEWHERE]
    assert (content["on"], content["reason"]) == (str(changing.held + DAY), "台风")


@pytest.mark.parametrize(
    ("function", "role", "refused"),
    [
        ("eic", Role.OFFICER, None),
        ("eic", Role.LEADER, None),
        ("eic", Role.AUDITOR, "mechanism.not-yours"),
        ("drc", Role.OFFICER, "mechanism.not-yours"),
        ("epd", Role.LEADER, "mechanism.not-yours"),
    ],
)
def test_it_is_for_the_office_that_called_it(changing, function, role, refused) -> None:
    by = changing.mechanism.desk.person(function, role)
    assert code(changing.move, by=by) == refused
    assert code(changing.call_off, by=by) == refused


def test_sent_twice_it_happens_once(changing) -> None:
    key, off = uuid4(), uuid4()
    assert changing.move(key=key) == changing.move(key=key)
    assert changing.call_off(key=off) == changing.call_off(key=off)
    assert changing.move(key=key).called_off is False, "what happened before is told, not refused"
    assert code(changing.call_off, key=key) == "key_used_for_another_act"
    kinds = MechanismAct.objects.filter(meeting=changing.meeting).order_by("pk")
    assert list(kinds.values_list("kind", flat=True)) == ["move", "call_off"]


def test_called_off_it_is_over(changing) -> None:
    changing.call_off()
    with pytest.raises(Refusal) as refused:
        changing.call_off("再次")
    assert refused.value.code == "meeting.called-off"
    assert str(TODAY) in refused.value.why[0] and "议题已另行解决" in refused.value.why[0]
    assert code(changing.move) == "meeting.called-off"
    assert code(changing.minute, changing.held) == "meeting.called-off"


def test_once_minutes_are_written_it_was_held(changing) -> None:
    minutes = changing.minute(changing.held)
    for act in (changing.move, changing.call_off):
        assert code(act, on=changing.held) == "minutes.there"
    leader = changing.mechanism.ways(changing.mechanism.leader, changing.held)
    acts.issue_minutes(changing.meeting.pk, digest=minutes.digest, **leader)
    for act in (changing.move, changing.call_off):
        assert code(act, on=changing.held) == "minutes.there"


def test_nobody_held_it_before_the_day_it_was_moved_on(changing) -> None:
    moved_on, to = changing.held + DAY, changing.held + 5 * DAY
    changing.move(to, ELSEWHERE, on=moved_on)
    ways = changing.mechanism.ways(changing.mechanism.officer, to)
    for held_on, refused in ((changing.held, "minutes.day-wrong"), (moved_on, None), (to, None)):
        said = changing.mechanism.held(held_on=held_on)
        assert code(acts.record_minutes, changing.meeting.pk, said, **ways) == refused
    written = document_of(changing.meeting.minutes.order_by("-version")[0])
    assert f"在{ELSEWHERE}主持召开" in str(written.body)


def test_what_waits_goes_by_the_day_as_it_stands(changing) -> None:
    to = changing.held + 7 * DAY
    changing.move(to)

    def work(on) -> list[int]:
        scope = scope_of(changing.mechanism.officer, on=on)
        return [
            minutes_to_write(scope, on),
            len(rows(BY_KEY["minutes"], scope, on, clause=18, offices=["eic"])),
        ]

    for on, open_ in ((changing.held + DAY, 0), (to, 0), (to + DAY, 1)):
        assert work(on) == [open_, open_]
    assert [one.day for one in to_be_held(to - DAY)] == [to]
    changing.call_off(on=to)
    assert work(to + DAY) == [0, 0] and not list(to_be_held(to - DAY))


def test_the_invited_are_told(changing) -> None:
    epd, to = changing.mechanism.epd, changing.held + 7 * DAY
    qts, wsb = (changing.mechanism.desk.person(one) for one in ("qts", "wsb"))
    changing.move(to)
    assert "called" not in asking(epd, TODAY) and "moved" in asking(epd, TODAY)
    changing.move(to, ELSEWHERE)
    changing.call_off()
    assert "moved" not in asking(epd, TODAY)
    said = Notice.objects.filter(subject__startswith="meeting-change:").order_by("pk")
    for user, count in ((epd, 3), (qts, 3), (wsb, 0), (changing.mechanism.officer, 0)):
        assert said.filter(user=user).count() == count
    assert list(said.filter(user=epd).values_list("words_zh", flat=True)) == [
        "2018年第1次协调会议改到2018-03-27召开（原定2018-03-20）。",
        "2018-03-27召开的2018年第1次协调会议改了地点。",
        "原定2018-03-27召开的2018年第1次协调会议已取消。",
    ]
    assert {one.kind for one in said} == {"meeting"}


def test_it_goes_through_the_page_and_the_list_and_the_api(changing, client: Client) -> None:
    other = changing.mechanism.called(on=changing.held + DAY)
    address, listed = reverse("meeting", args=[changing.meeting.pk]), reverse("meetings")
    client.force_login(changing.mechanism.epd)
    page = client.get(address)
    assert not page.context["changes"]
    asked = {"do": "move", "key": uuid4(), "on": "2018-03-14", "place": PLACE, "reason": ""}
    assert client.post(address, {**asked, "reason": "台风"}).status_code == 409
    client.force_login(changing.mechanism.officer)
    assert client.get(address).context["changes"]["move"]["place"].value() == PLACE
    assert client.post(address, asked).status_code == 422
    past = client.post(address, {**asked, "reason": "台风"})
    assert (past.status_code, "2018-03-14" in past.content.decode()) == (409, True)
    for key in (asked["key"], asked["key"]):
        sent = {**asked, "on": "2018-03-29", "reason": "台风", "key": key}
        assert client.post(address, sent).status_code == 302
    page = client.get(address).content.decode()
    assert "原定 2018-03-20" in page and "台风" in page
    assert [row["one"].pk for row in client.get(listed).context["rows"]] == [
        changing.meeting.pk, other.pk,
    ]  # fmt: skip
    machine = machine_of(changing.mechanism.officer)
    found = machine.all("/coordination/meetings")
    assert [one["on"] for one in found] == ["2018-03-29", "2018-03-21"]
    assert (found[0]["called_for"], found[0]["called_off_on"]) == ("2018-03-20", None)
    off = {"do": "call-off", "key": uuid4(), "reason": "另行解决"}
    assert client.post(address, off).status_code == 302
    assert client.post(address, {**off, "key": uuid4()}).status_code == 409
    page = client.get(listed).content.decode()
    assert '<del><time datetime="2018-03-29">' in page and "另行解决" in page
    client.cookies["django_language"] = "en"
    english = client.get(address).content.decode()
    assert "on 2018-03-15, because: 另行解决" in english
    client.cookies["django_language"] = "zh-hans"
    for found in (
        client.get(address),
        client.get(reverse("meeting-minutes", args=[changing.meeting.pk])),
    ):
        page = found.content.decode()
        assert "另行解决" in page and 'name="chair"' not in page and 'value="move"' not in page
    off_now = machine.all("/coordination/meetings")[0]
    assert (off_now["called_off_on"], off_now["called_off_because"]) == ("2018-03-15", "另行解决")


def test_the_page_of_issued_minutes_has_no_form(mechanism, client: Client) -> None:
    point = mechanism.issued()
    address = reverse("meeting-minutes", args=[point.minutes.meeting_id])
    client.force_login(mechanism.officer)
    page = client.get(address).content.decode()
    assert "纪要已于 2018-03-20" in page and "纪要〔2018〕1号" in page
    assert 'name="chair"' not in page and "提交纪要" not in page
    late = {
        "key": uuid4(),
        "held_on": TODAY,
        "chair": "某主任",
        "summary": "迟到",
        "present": "epd",
    }
    answer = client.post(address, late)
    assert answer.status_code == 409 and "minutes.issued" in answer.content.decode()
    assert "迟到" in answer.content.decode(), "what was typed is not lost"


def test_the_database_keeps_every_change(changing) -> None:
    changing.move()
    for statement in (
        "UPDATE mechanism_change SET reason = '另'",
        "DELETE FROM mechanism_change",
        "INSERT INTO mechanism_change (act_id, meeting_id, called_off, place, reason)"
        f" VALUES ({changing.meeting.act_id}, {changing.meeting.pk}, true, '', '')",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
