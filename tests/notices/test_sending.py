"""Messages out, through a real mail server: nobody is told twice, whatever happens in between."""

from __future__ import annotations

import threading
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from notice_days import THURSDAY, at
from phaseout.accounts.models import Post
from phaseout.notices import addresses, saying, sending
from phaseout.notices.choices import choose
from phaseout.notices.models import Address, Message, Notice
from phaseout.notices.sending import CLAIM_LASTS, post
from phaseout.notices.telling import Told, tell

FRIDAY, SATURDAY, MONDAY = date(2018, 3, 16), date(2018, 3, 17), date(2018, 3, 19)
HOLIDAY, MAKEUP_SUNDAY = date(2018, 4, 6), date(2018, 4, 8)
State = Message.State


def subject(letter):
    """Without the white space of a line folded right after the name of the field."""
    return str(letter["subject"]).strip()


def states():
    return sorted(Message.objects.values_list("state", flat=True))


def test_told_twice_is_told_once_and_another_last_day_anew(officer, told):
    told(officer, due=FRIDAY)
    told(officer, due=FRIDAY, on=FRIDAY)
    assert Notice.objects.count() == 1
    told(officer, due=MONDAY)
    told(officer, step="other", due=MONDAY)
    assert Notice.objects.count() == 3


def test_the_database_refuses_a_second_row(officer, told):
    told(officer)
    one = Notice.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(
            user=officer, kind="sign", subject=one.subject, step=one.step, given_on=FRIDAY
        )


def test_a_kind_that_is_not_in_the_table_is_a_mistake_of_ours(officer):
    with pytest.raises(KeyError):
        tell(Told("gossip", "x:1", "now", ("某事", "something"), "/"), [officer.pk], THURSDAY)


def test_what_is_urgent_goes_out_at_once_with_all_that_waits(officer, told, reachable, mailbox):
    reachable(officer)
    told(officer)
    told(officer, kind="late", subject="round:2018", due=date(2018, 3, 1))
    told(officer, kind="reminder", subject="case-less", due=FRIDAY)
    assert post(THURSDAY, at(THURSDAY, 7)) == 1
    ((to, letter),) = mailbox.letters
    assert to == "ma@office.example.cn"
    assert subject(letter) == "产能退出：已经逾期1项，待签发、待审定1项"
    assert letter["message-id"].startswith(f"<{Message.objects.get().pk}@")
    text = letter.get_body(("plain",)).get_content()
    assert text.index("已经逾期") < text.index("matter:1待签发")
    assert "https://phaseout.example.cn/x/" in text
    assert 'href="https://phaseout.example.cn/x/"' in letter.get_body(("html",)).get_content()
    assert post(THURSDAY, at(THURSDAY, 7, 5)) == 0


@pytest.mark.parametrize(
    ("hour", "minute", "goes"),
    [(6, 59, False), (7, 0, True), (20, 59, True), (21, 0, False)],
)
def test_at_night_nobody_is_written_to(officer, told, reachable, mailbox, hour, minute, goes):
    reachable(officer)
    told(officer)
    assert post(THURSDAY, at(THURSDAY, hour, minute)) == goes


@pytest.mark.parametrize(
    ("day", "hour", "goes"),
    [
        (FRIDAY, 7, False),
        (FRIDAY, 8, True),
        (SATURDAY, 9, False),
        (MONDAY, 9, True),
        (HOLIDAY, 9, False),
        (MAKEUP_SUNDAY, 9, True),
    ],
)
def test_a_digest_goes_out_on_the_mornings_of_working_days(
    officer, told, reachable, mailbox, day, hour, goes
):
    reachable(officer)
    told(officer, kind="reminder", due=day + timedelta(days=2), on=day)
    assert post(day, at(day, hour)) == goes
    if goes:
        ((_, letter),) = mailbox.letters
        assert subject(letter) == "产能退出：三日内到期1项"


def test_one_digest_a_person_and_day(officer, desk, told, reachable, mailbox):
    other = desk.person("epd")
    reachable(officer)
    reachable(other, "li@office.example.cn")
    told(officer, other, kind="reminder", due=FRIDAY)
    assert post(THURSDAY, at(THURSDAY, 8)) == 2
    told(officer, kind="reminder", subject="later:1", due=FRIDAY)
    assert post(THURSDAY, at(THURSDAY, 15)) == 0
    assert post(FRIDAY, at(FRIDAY, 8)) == 1
    assert [to for to, _ in mailbox.letters].count("li@office.example.cn") == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        now = at(FRIDAY)
        Message.objects.create(
            user=officer, purpose="digest", on=FRIDAY, made_at=now, next_try_at=now
        )


def test_what_was_read_in_the_site_is_not_sent(officer, told, reachable, mailbox):
    reachable(officer)
    told(officer)
    Notice.objects.update(read_at=at(THURSDAY))
    assert post(THURSDAY, at(THURSDAY)) == 0


def test_what_is_settled_by_then_is_not_sent(officer, told, reachable, mailbox, monkeypatch):
    monkeypatch.setitem(saying._SETTLERS, "done:", lambda notices, on: [n.pk for n in notices])
    reachable(officer)
    told(officer, subject="done:1")
    assert post(THURSDAY, at(THURSDAY)) == 0
    told(officer)
    assert post(THURSDAY, at(THURSDAY)) == 1
    assert "done:1" not in mailbox.letters[0][1].get_body(("plain",)).get_content()


def test_what_was_read_or_settled_while_a_message_waited_is_left_out(
    officer, told, reachable, mailbox, monkeypatch
):
    reachable(officer)
    for number in range(3):
        told(officer, subject=f"matter:{number}")
    mailbox.mood = "refuse"
    post(THURSDAY, at(THURSDAY))
    Notice.objects.filter(subject="matter:0").update(read_at=at(THURSDAY))
    done = {one.pk for one in Notice.objects.filter(subject="matter:1")}
    monkeypatch.setitem(saying._SETTLERS, "matter:", lambda notices, on: done)
    mailbox.mood = "take"
    assert post(THURSDAY, at(THURSDAY, 9, 5)) == 1
    assert subject(mailbox.letters[0][1]) == "产能退出：待签发、待审定1项"
    assert Message.objects.get().count == Message.objects.get().notices.count() == 1


def test_a_message_of_which_all_was_read_in_the_meantime_does_not_go_out(
    officer, told, reachable, mailbox
):
    reachable(officer)
    told(officer)
    mailbox.mood = "refuse"
    post(THURSDAY, at(THURSDAY))
    Notice.objects.update(read_at=at(THURSDAY))
    mailbox.mood = "take"
    assert post(THURSDAY, at(THURSDAY, 9, 5)) == 0
    assert (states(), mailbox.letters) == ([State.DROPPED], [])


def test_what_could_not_be_told_at_once_for_three_days_is_in_the_next_digest(
    officer, told, reachable, mailbox
):
    reachable(officer)
    told(officer, on=THURSDAY - timedelta(days=3))
    told(officer, subject="matter:2", on=THURSDAY - timedelta(days=2))
    assert post(THURSDAY, at(THURSDAY, 7)) == 1
    assert post(THURSDAY, at(THURSDAY, 8)) == 1
    bodies = [letter.get_body(("plain",)).get_content() for _, letter in mailbox.letters]
    assert ["matter:2" in body for body in bodies] == [True, False]
    assert ["matter:1" in body for body in bodies] == [False, True]


def test_each_persons_choice_is_kept(officer, told, reachable, mailbox):
    reachable(officer)
    choose(officer, {"sign": "digest", "reminder": "at_once", "late": "site"})
    told(officer)
    told(officer, kind="late", subject="round:2018")
    told(officer, kind="reminder", subject="other:1", due=MONDAY)
    assert post(THURSDAY, at(THURSDAY, 7, 30)) == 1
    assert subject(mailbox.letters[0][1]) == "产能退出：将要到期1项"
    assert post(THURSDAY, at(THURSDAY, 8)) == 1
    assert subject(mailbox.letters[1][1]) == "产能退出：待签发、待审定1项"
    assert Notice.objects.get(kind="late").message is None


def test_in_the_language_of_the_person(officer, told, reachable, mailbox):
    reachable(officer, language="en")
    told(officer)
    post(THURSDAY, at(THURSDAY))
    letter = mailbox.letters[0][1]
    assert subject(letter) == "Phaseout: to be signed or decided: 1"
    assert "waits to be signed" in letter.get_body(("plain",)).get_content()


def test_never_in_demo_mode(officer, told, reachable, mailbox, settings):
    reachable(officer)
    told(officer)
    settings.DEMO = True
    assert post(THURSDAY, at(THURSDAY)) == 0
    assert not Message.objects.exists()


def test_who_holds_no_post_any_more_is_not_written_to(officer, told, reachable, mailbox):
    reachable(officer)
    told(officer)
    Post.objects.filter(user=officer).update(held_to=THURSDAY - timedelta(days=1))
    assert post(THURSDAY, at(THURSDAY)) == 0


def test_killed_in_between_it_may_have_gone_out_and_goes_out_no_more(
    officer, told, reachable, mailbox, monkeypatch
):
    reachable(officer)
    told(officer)
    hand_over = sending.hand_over

    def killed(*given):
        hand_over(*given)
        raise KeyboardInterrupt

    monkeypatch.setattr(sending, "hand_over", killed)
    with pytest.raises(KeyboardInterrupt):
        post(THURSDAY, at(THURSDAY))
    assert (states(), len(mailbox.letters)) == ([State.SENDING], 1)
    monkeypatch.setattr(sending, "hand_over", hand_over)
    assert post(THURSDAY, at(THURSDAY) + CLAIM_LASTS) == 0
    assert states() == [State.SENDING]
    later = at(THURSDAY) + CLAIM_LASTS + timedelta(seconds=1)
    assert post(THURSDAY, later) == 0
    assert (states(), len(mailbox.letters)) == ([State.UNKNOWN], 1)


def test_a_server_that_hangs_up_before_it_answers_is_not_asked_again(
    officer, told, reachable, mailbox
):
    reachable(officer)
    told(officer)
    mailbox.mood = "vanish"
    assert post(THURSDAY, at(THURSDAY)) == 0
    assert (states(), len(mailbox.letters)) == ([State.UNKNOWN], 1)
    mailbox.mood = "take"
    assert post(FRIDAY, at(FRIDAY)) == 0
    assert len(mailbox.letters) == 1


@pytest.mark.parametrize("mood", ["refuse", "put_off"])
def test_what_was_refused_is_tried_again_ever_later(officer, told, reachable, mailbox, mood):
    reachable(officer)
    told(officer)
    mailbox.mood = mood
    post(THURSDAY, at(THURSDAY))
    message = Message.objects.get()
    assert (message.state, message.tries) == (State.WAITING, 1)
    assert ("550" in message.why) or ("451" in message.why)
    assert Address.objects.get().failed_at == at(THURSDAY)
    post(THURSDAY, at(THURSDAY, 9, 4))
    assert Message.objects.get().tries == 1
    post(THURSDAY, at(THURSDAY, 9, 5))
    assert Message.objects.get().next_try_at == at(THURSDAY, 9, 15)
    mailbox.mood = "take"
    assert post(THURSDAY, at(THURSDAY, 9, 15)) == 1
    assert Address.objects.get().failed_at is None
    assert len(mailbox.letters) == 1


def test_no_server_there_and_given_up_visibly_after_three_days(officer, told, reachable):
    reachable(officer)
    told(officer)
    post(THURSDAY, at(THURSDAY))
    assert "ConnectionRefused" in Message.objects.get().why
    post(MONDAY, at(MONDAY))
    assert states() == [State.FAILED]
    assert Address.objects.get().failed_at == at(MONDAY)


def test_a_digest_that_could_not_go_out_is_part_of_the_next(officer, told, reachable, mailbox):
    reachable(officer)
    told(officer, kind="reminder", due=MONDAY)
    mailbox.mood = "refuse"
    post(THURSDAY, at(THURSDAY, 8))
    told(officer, kind="over", subject="other:1", on=FRIDAY)
    mailbox.mood = "take"
    assert post(FRIDAY, at(FRIDAY, 8)) == 1
    assert states() == [State.MERGED, State.SENT]
    assert subject(mailbox.letters[0][1]) == "产能退出：三日内到期1项，供知悉1项"


def test_an_address_that_changed_gets_what_waits_and_nothing_again(
    officer, told, reachable, mailbox
):
    reachable(officer)
    told(officer)
    assert post(THURSDAY, at(THURSDAY)) == 1
    mailbox.mood = "refuse"
    told(officer, subject="matter:2")
    post(THURSDAY, at(THURSDAY, 10))
    addresses.set_address(
        officer, "mail", "new@office.example.cn", "zh-hans", on=THURSDAY, now=at(THURSDAY, 11)
    )
    mailbox.mood, mailbox.letters = "take", []
    post(THURSDAY, at(THURSDAY, 11))
    ((to, letter),) = mailbox.letters
    assert (to, subject(letter)) == ("new@office.example.cn", "产能退出：通知地址验证码")
    Address.objects.update(confirmed_at=at(THURSDAY, 11))
    assert post(THURSDAY, at(THURSDAY, 12)) == 1
    assert [to for to, _ in mailbox.letters] == ["new@office.example.cn"] * 2
    assert "matter:2" in mailbox.letters[1][1].get_body(("plain",)).get_content()
    assert "matter:1" not in mailbox.letters[1][1].get_body(("plain",)).get_content()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_message(officer, told, reachable, mailbox):
    reachable(officer)
    told(officer)
    told(officer, kind="reminder", due=MONDAY)
    begin = threading.Barrier(2)

    def work():
        begin.wait()
        try:
            post(THURSDAY, at(THURSDAY))
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(mailbox.letters) == 2  # one at once, one digest
    assert states() == [State.SENT, State.SENT]
