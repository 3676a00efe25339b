"""Where somebody is told besides the site: confirmed by a code first."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from notice_days import THURSDAY, at
from phaseout.law.refusals import Refusal
from phaseout.notices import addresses
from phaseout.notices.addresses import CODES_A_DAY, TRIES, confirm, send_code_again, set_address
from phaseout.notices.models import Address, Message
from phaseout.notices.sending import post

NOW = at(THURSDAY)


def put(user, address="ma@office.example.cn", way="mail", now=NOW):
    return set_address(user, way, address, "zh-hans", on=THURSDAY, now=now)


def code_in(mailbox):
    letter = mailbox.letters[-1][1]
    return re.search(r"\b\d{6}\b", letter.get_content()).group()


@pytest.fixture
def asked(officer, mailbox):
    """A mailbox that was set, with a code sent to it."""
    put(officer)
    assert post(THURSDAY, NOW) == 1
    return code_in(mailbox)


def test_nothing_but_the_code_is_sent_before_it_is_entered(officer, told, mailbox, asked):
    told(officer)
    assert post(THURSDAY, NOW) == 0
    confirm(officer, f" {asked} ", now=NOW)
    assert post(THURSDAY, NOW) == 1
    assert len(mailbox.letters) == 2


def test_the_code_is_kept_nowhere(officer, asked):
    address = Address.objects.get()
    kept = [str(value) for value in vars(address).values()]
    kept += [str(value) for value in vars(Message.objects.get()).values()]
    assert not any(asked in value for value in kept if len(value) < 64)


def test_another_address_is_confirmed_anew_the_same_is_not(officer, mailbox, asked):
    confirm(officer, asked, now=NOW)
    put(officer)
    assert Address.objects.get().confirmed_at == NOW
    put(officer, "li@office.example.cn")
    assert Address.objects.get().confirmed_at is None
    with pytest.raises(Refusal, match=r"notices\.wrong-code"):
        confirm(officer, asked, now=NOW)


@pytest.mark.parametrize(("minutes", "in_time"), [(30, True), (31, False)])
def test_a_code_is_good_for_half_an_hour(officer, asked, minutes, in_time):
    now = NOW + timedelta(minutes=minutes)
    if in_time:
        assert confirm(officer, asked, now=now).confirmed_at == now
    else:
        with pytest.raises(Refusal):
            confirm(officer, asked, now=now)


@pytest.mark.parametrize(("wrong", "taken"), [(TRIES - 1, True), (TRIES, False)])
def test_a_code_is_void_after_five_wrong_ones(officer, asked, wrong, taken):
    other = "000000" if asked != "000000" else "111111"
    for _ in range(wrong):
        with pytest.raises(Refusal):
            confirm(officer, other, now=NOW)
    if taken:
        assert confirm(officer, asked, now=NOW).confirmed_at == NOW
    else:
        with pytest.raises(Refusal):
            confirm(officer, asked, now=NOW)


def test_a_new_code_makes_the_one_before_void(officer, mailbox, monkeypatch):
    codes = iter([123456, 654321])
    monkeypatch.setattr(addresses.secrets, "randbelow", lambda _: next(codes))
    put(officer)
    post(THURSDAY, NOW)
    send_code_again(officer, on=THURSDAY, now=NOW)
    post(THURSDAY, NOW)
    assert code_in(mailbox) == "654321"
    with pytest.raises(Refusal, match=r"notices\.wrong-code"):
        confirm(officer, "123456", now=NOW)
    assert confirm(officer, "654321", now=NOW).confirmed_at == NOW


def test_no_more_than_five_codes_a_day(officer, mailbox):
    for _ in range(CODES_A_DAY):
        put(officer)
    with pytest.raises(Refusal, match=r"notices\.too-many-codes"):
        put(officer)
    put(officer, now=NOW + timedelta(days=1))
    post(THURSDAY, NOW + timedelta(days=1))
    assert len(mailbox.letters) == 1  # of those that waited only the last goes out
