"""What a signature would change is what it changes; on its day, not the day before."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

ON = date(2018, 3, 15)


@pytest.fixture(autouse=True)
def however_busy_the_machine(monkeypatch):
    """What is computed is computed to its end; how long it may take is a test of its own."""
    from phaseout.casework.confirming.effect import effect_of

    given = effect_of.__kwdefaults__ | {"seconds": 600.0}
    monkeypatch.setattr(effect_of, "__kwdefaults__", given)


@pytest.fixture
def busiest(province_judged, db):
    """A recalled limit on which findings of the small province wait, and on nothing else."""
    from phaseout.accounts.models import Post, User
    from phaseout.accounts.scope import scope_of
    from phaseout.casework.confirming.worklist import Pile, worklist
    from phaseout.casework.models import Finding

    users = [User.objects.create(username=name, name_zh=name) for name in ("甲", "乙")]
    for user in users:
        Post.objects.create(
            user=user, role="reviewer", function="government", division_code="640000"
        )
    scope = scope_of(users[0], on=ON)
    works = worklist(Pile.WAITING, scope, users[0], ON).works
    alone = Finding.objects.standing().filter(provisional=True, reasons=["norm_not_verified"])
    rows = set(alone.values_list("norm_row", flat=True))
    work = next(w for w in works if w.row.row_id in rows)
    return work, users, scope


def answers(work, day):
    from phaseout.casework.models import Finding

    found = Finding.objects.standing_on(day).filter(norm_row=work.row.row_id)
    return {f.finding_id: (f.verdict, f.provisional) for f in found}


def sign(work, users, on):
    from phaseout.library import confirming

    first = confirming.confirm(work.row.row_id, document="GB", page="3", by=users[0], today=on)
    confirming.countersign(first, by=users[1], today=on)


def test_the_effect_shown_is_the_effect_had(busiest):
    from phaseout.casework.confirming.effect import effect_of
    from phaseout.casework.judging import judge_rows

    work, users, scope = busiest
    before = answers(work, ON)
    effects = effect_of(work.row, scope=scope, today=ON)
    assert effects.complete and effects.changed and not effects.gone
    assert answers(work, ON) == before, "nothing is written"
    sign(work, users, ON)
    judge_rows([work.row.row_id], on=ON)
    told = {e.finding.finding_id: (e.verdict, e.provisional) for e in effects.changed}
    after = answers(work, ON)
    assert {i: a for i, a in after.items() if before[i] != a} == {
        i: a for i, a in told.items() if i in before
    }


@pytest.mark.parametrize("days, provisional", [(-1, True), (0, False), (1, False)])
def test_a_finding_is_final_from_the_day_of_the_second_signature(busiest, days, provisional):
    from phaseout.casework.confirming.effect import effect_of
    from phaseout.casework.judging import judge_rows

    work, users, scope = busiest
    later = ON + timedelta(days=3)
    (one, *_) = [e for e in effect_of(work.row, scope=scope, today=ON).changed if not e.provisional]
    sign(work, users, later)
    judge_rows([work.row.row_id], on=later)
    assert answers(work, later + timedelta(days=days))[one.finding.finding_id][1] is provisional


def test_the_time_is_bounded_and_says_so(busiest):
    from phaseout.casework.confirming.effect import effect_of

    work, _, scope = busiest
    effects = effect_of(work.row, scope=scope, today=ON, seconds=0.05)
    assert not effects.complete
    assert effects.judged < effects.enterprises


def test_a_city_is_shown_only_its_own(busiest):
    from phaseout.accounts.models import Post, User
    from phaseout.accounts.scope import scope_of
    from phaseout.casework.confirming.effect import effect_of

    work, _, _ = busiest
    clerk = User.objects.create(username="市")
    Post.objects.create(user=clerk, role="officer", function="cities", division_code="640100")
    effects = effect_of(work.row, scope=scope_of(clerk, on=ON), today=ON)
    assert all(e.finding.division_code.startswith("6401") for e in effects.changed)


def test_the_page_shows_before_and_after(busiest, client):
    work, users, _ = busiest
    client.force_login(users[0])
    page = client.get(f"/confirming/effect/{work.row.row_id}/").content.decode()
    assert "试算不留记录" in page
    assert "暂定 ◇" in page
    piece = client.get(
        f"/confirming/effect/{work.row.row_id}/", headers={"HX-Request": "true"}
    ).content.decode()
    assert piece.lstrip().startswith("<section")


def test_an_exception_of_the_catalogue_settled_is_an_answer_of_the_judgement(
    province_judged, db, client
):
    """From the page of a real finding to the finding judged with the decision."""
    from phaseout.accounts.models import Post, User
    from phaseout.casework.confirming.settling import question_of
    from phaseout.casework.judging import judge_rows
    from phaseout.casework.models import Finding

    waiting = Finding.objects.standing().filter(reasons__contains=["exception_to_be_checked"])
    finding = waiting.order_by("finding_id").first()
    assert finding is not None
    question = question_of(finding)
    assert question.kind == "exception"
    user = User.objects.create(username="督")
    Post.objects.create(user=user, role="leader", function="government", division_code="640000")
    client.force_login(user)
    told = {"document": "宁环函〔2018〕6号", "decided_on": "2018-03-15", "value": "yes"}
    told["subject"] = question.subjects[0][0]
    client.post(f"/confirming/settle/?finding={finding.finding_id}", told)
    judge_rows([question.row.row_id], on=ON)
    now = Finding.objects.standing().get(finding_id=finding.finding_id)
    assert "exception_to_be_checked" not in now.reasons
