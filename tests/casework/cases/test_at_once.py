"""Several officers at once: one wins, the other is told what happened; numbers have no gap."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection

from casebook import Desk
from phaseout.casework.acts import opening as opening_act
from phaseout.casework.models import Act, Case, Finding, Register
from phaseout.law.refusals import Refusal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(transactional_db):
    return Desk()


def at_once(*calls):
    """What each call gave or raised, all begun together, each in its own thread."""
    start = Barrier(len(calls))

    def run(call):
        try:
            start.wait()
            return call()
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.mark.parametrize("same", [True, False], ids=["same finding", "two findings"])
def test_two_officers_open_on_one_line_and_one_is_told_of_the_other(desk, same):
    one = desk.finding(desk.line())
    other = one if same else desk.finding(one.line)
    people = desk.person("eic"), desk.person("cities", division="640100")
    asked = zip((one, other), people, strict=True)
    answers = at_once(*(lambda f=f, p=p: desk.open_(f, by=p) for f, p in asked))
    (refusal,) = [a for a in answers if isinstance(a, Refusal)]
    case = Case.objects.get()
    assert refusal.code == "case_already_open"
    assert refusal.as_json()["about"][0]["id"] == case.pk


def test_one_act_sent_four_times_at_once_happens_once(desk):
    finding, key, officer = desk.finding(desk.line()), uuid4(), desk.person()
    answers = at_once(*[lambda: desk.open_(finding, by=officer, key=key)] * 4)
    assert {act.pk for act in answers} == {Act.objects.get().pk}


def test_numbers_have_neither_gap_nor_double_though_some_are_undone(desk, monkeypatch):
    findings = [desk.finding(desk.line(f"L{n}")) for n in range(8)]
    officer = desk.person()
    written = opening_act._as_it_stands

    def fails_for_some(opening):
        if opening.line.pk in ("L2", "L5"):
            raise RuntimeError("the server was killed here")
        return written(opening)

    monkeypatch.setattr(opening_act, "_as_it_stands", fails_for_some)
    answers = at_once(*(lambda f=f: desk.open_(f, by=officer) for f in findings))
    assert sum(isinstance(a, RuntimeError) for a in answers) == 2
    serials = sorted(Case.objects.values_list("serial", flat=True))
    assert serials == [1, 2, 3, 4, 5, 6]
    assert Register.objects.get(series="case.energy").last == 6


def test_a_finding_that_ends_meanwhile_is_not_opened_on(desk):
    """A judgement that ends the finding and a case that rests on it: one after the other."""
    finding = desk.finding(desk.line())
    officer = desk.person()
    answers = at_once(lambda: desk.open_(finding, by=officer), lambda: desk.end(finding))
    ended = Finding.objects.get(pk=finding.pk).ended_on == desk.today
    opened = isinstance(answers[0], Act)
    assert ended
    assert opened or answers[0].code == "finding_ended"


def test_a_deadlock_with_a_judgement_is_done_again(desk, monkeypatch):
    from django.db import OperationalError
    from psycopg.errors import DeadlockDetected

    finding, tries = desk.finding(desk.line()), []
    once = opening_act.examine

    def deadlocked_at_first(*args, **kwargs):
        tries.append(1)
        if len(tries) == 1:
            raise OperationalError("deadlock detected") from DeadlockDetected()
        return once(*args, **kwargs)

    monkeypatch.setattr(opening_act, "examine", deadlocked_at_first)
    assert desk.open_(finding).place == 1
    assert len(tries) == 2
