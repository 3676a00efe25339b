"""The demo people: each once, marked, with the posts the demonstration needs, in demo mode only."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from phaseout.accounts.checks import no_demo_people
from phaseout.accounts.demo import PEOPLE, enterprise_user, load_people
from phaseout.accounts.models import AccountEvent, OrganisationName, Post, User
from phaseout.accounts.organisations import office_name
from phaseout.accounts.powers import Power, Role
from phaseout.accounts.scope import scope_of
from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.opinions import Opinions
from phaseout.law.refusals import Refusal

pytestmark = pytest.mark.django_db
DAY = date(2018, 3, 15)


def test_loading_twice_changes_nothing() -> None:
    load_people()
    enterprise_user("98640000XG0000001A")
    counts = [m.objects.count() for m in (User, Post, OrganisationName, AccountEvent)]
    load_people()
    enterprise_user("98640000XG0000001A")
    assert [m.objects.count() for m in (User, Post, OrganisationName, AccountEvent)] == counts
    assert counts[0] == len(PEOPLE) + 1
    assert counts[2] == len(Opinions.of().holders)


def test_every_department_has_those_whom_a_procedure_needs() -> None:
    load_people()
    for function in ("eic", "epd", "qts", "wsb", "cms", "drc"):
        roles = set(Post.objects.filter(function=function).values_list("role", flat=True))
        assert {Role.OFFICER, Role.REVIEWER, Role.LEADER, Role.INSPECTOR} <= roles
    for city in ("640100", "640200", "640300", "640400", "640500"):
        posts = Post.objects.filter(function="cities", division_code=city)
        assert {Role.OFFICER, Role.REVIEWER, Role.LEADER, Role.INSPECTOR} <= set(
            posts.values_list("role", flat=True)
        )


def test_each_is_somebody_else() -> None:
    assert len({person.name for person in PEOPLE}) == len(PEOPLE)
    assert len({person.username for person in PEOPLE}) == len(PEOPLE)


def test_who_leads_no_dimension_sees_no_finding_by_the_post_alone() -> None:
    """Tasks bring such an office to the cases they are of; that is the cases' own matter."""
    people = {person.username: person for person in load_people()}
    assert scope_of(people["hr-officer"], on=DAY).dimensions() == ()
    assert scope_of(people["grid-officer"], on=DAY).dimensions() == ()  # it cooperates only


def test_who_supervises_reads_what_it_cooperates_in_and_a_city_what_is_in_its_territory() -> None:
    people = {person.username: person for person in load_people()}
    assert scope_of(people["drc-officer"], on=DAY).dimensions() == (
        Dimension.ENERGY,
        Dimension.TECHNOLOGY,
    )
    assert scope_of(people["yinchuan-officer"], on=DAY).dimensions() == tuple(Dimension)


def test_their_names_say_that_they_are_not_real_and_they_have_no_password() -> None:
    for person in load_people():
        assert str(person).endswith("（演示）")
        assert person.demo
        assert not person.has_usable_password()


def test_an_enterprise_user_sees_the_own_enterprise_only() -> None:
    scope = scope_of(enterprise_user("98640000XG0000001A"), on=DAY)
    assert scope.may(Power.READ, division="640100", uscc="98640000XG0000001A")
    assert not scope.may(Power.READ, division="640100", uscc="98640000XG0000002B")


def test_what_an_administrator_did_to_a_demo_person_stays() -> None:
    person = load_people()[0]
    person.is_active = False
    person.save()
    load_people()
    assert not User.objects.get(pk=person.pk).is_active


def test_there_are_none_outside_demo_mode(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(Refusal, match="demo_only"):
        load_people()
    with pytest.raises(Refusal, match="demo_only"):
        enterprise_user("98640000XG0000001A")
    assert not User.objects.exists()


def test_an_operator_is_told_of_demo_people_in_a_database_that_is_no_demo(settings: Any) -> None:
    load_people()
    assert no_demo_people(None, databases=["default"]) == []
    settings.DEMO = False
    assert [w.id for w in no_demo_people(None, databases=["default"])] == ["phaseout.W001"]
    assert no_demo_people(None, databases=None) == []


def test_an_office_bears_the_name_of_the_day() -> None:
    assert office_name("eic", "640000", DAY)[0] == "自治区经济和信息化委员会"
    assert office_name("eic", "640000", date(2018, 11, 13))[0] == "自治区工业和信息化厅"
    assert office_name("cities", "640104", DAY)[0] == "银川市人民政府"
    assert office_name("unheard-of", "640000", DAY) == ("unheard-of", "unheard-of")
