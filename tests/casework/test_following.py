"""What rooms above do when an act is done."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from casebook import Desk
from phaseout.casework.acts import following
from phaseout.casework.models import Act

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def _no_other_follower(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(following, "_FOLLOWERS", {})
    yield


@pytest.mark.usefixtures("_no_other_follower")
def test_a_follower_sees_the_act_written_and_the_case_after_it() -> None:
    seen: list[tuple[str, str, bool]] = []

    def look(act: Act) -> None:
        seen.append((act.kind, act.case.stage, Act.objects.filter(pk=act.pk).exists()))

    following.follow(look)
    following.follow(look)
    desk = Desk()
    case = desk.open_(desk.finding(desk.line("F1"))).case
    assert seen == [("open", case.stage, True)]


@pytest.mark.usefixtures("_no_other_follower")
def test_what_a_follower_raises_undoes_the_act() -> None:
    def fail(act: Act) -> None:
        raise RuntimeError("no")

    following.follow(fail)
    desk = Desk()
    with pytest.raises(RuntimeError):
        desk.open_(desk.finding(desk.line("F2")))
    assert not Act.objects.exists()


@pytest.mark.usefixtures("_no_other_follower")
def test_a_follower_that_says_what_must_be_there_is_called_where_it_is() -> None:
    called: list[str] = []

    def of_this_act(act: Act) -> None:
        called.append(f"its act {act.pk}")

    def of_another_line(act: Act) -> None:
        called.append("another line")

    def of_all(act: Act) -> None:
        called.append("all")

    its_act = "SELECT 1 FROM casework_act WHERE case_id = %(case)s"
    another = "SELECT 1 FROM casework_case WHERE id = %(case)s AND line_id <> %(line)s"
    following.follow(of_another_line, where=another)
    following.follow(of_this_act, where=its_act)
    following.follow(of_all)
    desk = Desk()
    act = desk.open_(desk.finding(desk.line("F3")))
    assert called == [f"its act {act.pk}", "all"]
