"""What the public tells: anonymous, few an address, followed by a code, read by one office."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from casebook import TODAY, Desk
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.disclosure.site import acts
from phaseout.disclosure.site.acts import Told
from phaseout.disclosure.site.models import Message, MessageAct, MessageWriter
from phaseout.disclosure.site.pages import reporting
from phaseout.inspections.models import Tip
from phaseout.law.refusals import Refusal

pytestmark = pytest.mark.django_db
RESTART, ERROR = "/public/report/restart/", "/public/report/error/"
SEEN = {
    "division_code": "640104",
    "firm": "云岭水泥",
    "text": "夜间又在生产。",
    "contact": "1390000",
}
WRONG = {"subject": "list", "place": "黄牌第1期", "text": "<script>alert(1)</script>产能写错了。"}


def sent(client, address: str, **given):
    return client.post(address, {"key": str(uuid4()), "website": "", **given})


def ways(by, **given):
    return {"by": by, "scope": scope_of(by, on=TODAY), "today": TODAY, "key": uuid4(), **given}


def test_a_restart_becomes_a_tip_followed_by_its_code(client) -> None:
    answer = sent(client, RESTART, **SEEN)
    tip = Tip.objects.get()
    assert answer.url == f"/public/report/{tip.receipt}/"
    assert (tip.matter, tip.public, tip.office, tip.division_code) == (
        "restart", True, "eic", "640104",
    )  # fmt: skip
    page = client.get(answer.url)
    text = page.content.decode()
    assert "尚未作出处理" in text and "夜间" not in text and "1390000" not in text
    assert page["Cache-Control"] == "no-store" and page["X-Robots-Tag"] == "noindex"


def test_an_error_becomes_a_message_that_the_office_answers(client) -> None:
    code = sent(client, ERROR, **WRONG, name="石某").url.rstrip("/").rpartition("/")[2]
    desk, message = Desk(), Message.objects.get()
    officer, other = desk.person(), desk.person("epd")
    client.force_login(other)
    assert client.get("/disclosure/messages/").status_code == 403
    client.force_login(officer)
    page = client.get(f"/disclosure/messages/{message.pk}/").content.decode()
    assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page and "石某" in page
    answer = {"key": str(uuid4()), "text": "已更正，见第2期。"}
    assert client.post(f"/disclosure/messages/{message.pk}/", answer).status_code == 302
    client.logout()
    page = client.get(f"/public/report/{code}/").content.decode()
    assert "已更正，见第2期。" in page and "石某" not in page and "产能写错了" not in page


def test_who_wrote_is_not_in_the_act_and_is_shown_to_no_other_office() -> None:
    from phaseout.accounts.reach import reach_of
    from phaseout.database.reach import NOTHING, ROLE, act_as, show

    acts.receive_message(Told("list", "产能写错了", name="石某"), today=TODAY, key=uuid4())
    assert "石某" not in str(MessageAct.objects.values_list("content", "digest"))
    desk, raw, seen = Desk(), connection.connection, []
    for person in (None, desk.person("epd"), desk.person(division="640100"), desk.person()):
        act_as(raw, ROLE)
        show(raw, reach_of(scope_of(person, on=TODAY)) if person else NOTHING)
        models = (MessageAct, Message, MessageWriter)
        seen.append([model.objects.count() for model in models])
        show(raw, NOTHING)
        act_as(raw, "none")
    assert seen == [[0, 0, 0], [0, 0, 0], [0, 0, 0], [1, 1, 1]]


def test_sent_twice_it_is_there_once(client) -> None:
    form = {**WRONG, "key": str(uuid4()), "website": ""}
    assert client.post(ERROR, form).url == client.post(ERROR, form).url
    assert Message.objects.count() == 1


def test_answered_once_by_the_office_alone() -> None:
    message = acts.receive_message(Told("data", "列名不对了。"), today=TODAY, key=uuid4())
    desk = Desk()

    def refused(by, text: str = "已改。") -> str:
        with pytest.raises(Refusal) as refusal:
            acts.answer_message(message.pk, text, **ways(by))
        return refusal.value.code

    assert refused(desk.person("epd")) == "message.not-yours"
    assert refused(desk.person(role=Role.INSPECTOR)) == "message.not-yours"
    assert refused(desk.person(), " ") == "message.no-answer"
    key = uuid4()
    first = acts.answer_message(message.pk, "已改。", **ways(desk.person(), key=key))
    assert acts.answer_message(message.pk, "已改。", **ways(desk.person(), key=key)) == first
    assert refused(desk.person(role=Role.LEADER)) == "message.answered"


def test_what_was_told_cannot_be_changed_or_deleted() -> None:
    acts.receive_message(Told("page", "打不开打不开"), today=TODAY, key=uuid4())
    for statement in ("UPDATE publicsite_message SET text = ''", "DELETE FROM publicsite_message"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ({"text": "短"}, 422),
        ({"text": "长" * 2001}, 422),
        ({"subject": "nothing"}, 422),
        ({"place": "x" * 201}, 422),
        ({"website": "http://spam.example/"}, 409),  # programs fill in what people do not see
    ],
)
def test_what_cannot_be_taken_is_said_and_what_was_written_stays(client, given, status) -> None:
    answer = sent(client, ERROR, **{**WRONG, **given})
    assert answer.status_code == status and not Message.objects.exists()
    assert "&lt;script&gt;" in answer.content.decode() or "text" in given


def test_one_address_tells_a_few_times_an_hour(client, monkeypatch) -> None:
    monkeypatch.setitem(reporting.RATES, "report", "2/h/ip")
    statuses = [sent(client, ERROR, **WRONG).status_code for _ in range(3)]
    assert statuses == [302, 302, 429] and Message.objects.count() == 2
    mistakes = [sent(client, ERROR, text="短").status_code for _ in range(2)]
    assert mistakes == [422, 422]  # what is incomplete is said, whatever the count


def test_codes_cannot_be_tried_out(client, monkeypatch) -> None:
    monkeypatch.setitem(reporting.RATES, "look_up", "2/h/ip")
    statuses = [client.get(f"/public/report/{n:016x}/").status_code for n in range(3)]
    assert statuses == [404, 404, 429]


def test_a_code_leads_back_to_the_report(client) -> None:
    message = acts.receive_message(Told("norm", "限值不对吧"), today=TODAY, key=uuid4())
    assert client.get(f"/public/report/?code= {message.code.upper()} ").url.endswith(
        f"{message.code}/"
    )
    assert client.get("/public/report/?code=abc").status_code == 422
