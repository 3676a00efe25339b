"""Quick search: by name and by number, within the scope; a page that needs no script."""

from __future__ import annotations

import pytest

from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.casework.models import IssuedPaper
from phaseout.casework.workbench.searching import exactly, find


def found(text, user, desk):
    return find(text, scope_of(user, on=desk.today))


def test_enterprises_cases_and_documents_are_found(desk, ordered):
    officer = desk.person("eic")
    by_name = found("云岭水泥", officer, desk)
    assert [one.pk for one in by_name.enterprises] == [ordered.enterprise_id]
    assert [one.pk for one in by_name.cases] == [ordered.pk]
    assert [one.pk for one in found("能立〔2018〕", officer, desk).cases] == [ordered.pk]
    paper = IssuedPaper.objects.exclude(number="").first()
    assert [one.pk for one in found(paper.number, officer, desk).papers] == [paper.pk]


def test_what_lies_outside_is_not_found(desk, ordered):
    for user in (
        desk.person("cities", division="640200"),
        desk.person(role=Role.ENTERPRISE, uscc="91640100MA00000099", function=""),
    ):
        assert found("云岭", user, desk).nothing, user
        assert found(ordered.number, user, desk).nothing, user
    other = found(ordered.number, desk.person("epd"), desk)
    assert other.cases == []


@pytest.mark.parametrize(
    "text", ["能立", "宁经信能立〔2018〕1号", "宁经信能立[2018]1号", "宁经信能立（2018）１号"]
)
def test_the_exact_number_leads_there_at_once_in_whatever_brackets(desk, ordered, signed_in, text):
    assert ordered.number == "宁经信能立〔2018〕1号"
    answer = signed_in(desk.person("eic")).get("/search/", {"q": text})
    assert (answer.status_code == 302) is (text != "能立")
    if answer.status_code == 302:
        assert answer.url == f"/cases/{ordered.pk}/"


@pytest.mark.parametrize("text", ["", " ", "没有这家", "%", "\x00", "a" * 500, "'; --"])
def test_whatever_is_typed_is_answered(desk, ordered, signed_in, text):
    assert signed_in(desk.person("eic")).get("/search/", {"q": text}).status_code == 200


def test_a_line_is_found_by_its_whole_number_within_the_scope(desk, ordered, signed_in):
    line = ordered.line_id
    answer = signed_in(desk.person("eic")).get("/search/", {"q": line})
    assert (answer.status_code, answer.url) == (302, f"/lines/{line}/")
    elsewhere = signed_in(desk.person("cities", division="640200"))
    assert elsewhere.get("/search/", {"q": line}).status_code == 200


def test_only_an_exact_number_is_exact(desk, ordered):
    assert exactly("云岭", found("云岭", desk.person("eic"), desk)) is None


def test_who_may_read_nothing_is_refused(desk, signed_in):
    administrator = desk.person(role=Role.ADMINISTRATOR)
    assert signed_in(administrator).get("/search/", {"q": "云"}).status_code == 403
