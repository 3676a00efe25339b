"""Two entries that are one enterprise: found, merged by a person, taken back by another act."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from stdnum.cn import uscc as numbers

from casebook import Desk
from phaseout.accounts.models import Post
from phaseout.accounts.scope import scope_of
from phaseout.law.refusals import Refusal
from phaseout.registry.loading import load_facts
from phaseout.registry.merging import (
    merge_enterprises,
    part_enterprises,
    proposals,
    same_enterprise,
    tell_apart,
)
from phaseout.registry.models import (
    VERSIONS,
    Enterprise,
    LineVersion,
    Merge,
    PermitVersion,
    ProductionLine,
    Touched,
)
from registry.given import OTHER_USCC, USCC, all_right, csv_files, right

TODAY, LATER = date(2018, 4, 2), date(2018, 5, 3)


@pytest.fixture
def reviewer(person):
    return person("640000", "reviewer")


@pytest.fixture
def two_entries(take_in):
    """The same enterprise under two codes: its second entry has a line and two permits."""
    again = right("enterprises", uscc=OTHER_USCC, name="虚构水泥 有限责任公司", address="虚构路2号")
    take_in(
        csv_files(
            {
                **all_right(),
                "enterprises": [right("enterprises"), again],
                "lines": [right("lines"), right("lines", line_id="L2", uscc=OTHER_USCC)],
                "permits": [
                    right("permits"),
                    right("permits", uscc=OTHER_USCC),
                    right("permits", uscc=OTHER_USCC, number="P-2"),
                ],
            }
        )
    )
    Touched.objects.all().delete()


def standing(model, **which):
    return model.objects.filter(replaced_by=None, **which)


def test_the_lines_and_facts_follow_as_new_versions(two_entries, reviewer):
    merge = merge_enterprises(USCC, OTHER_USCC, by=reviewer, reason="同一营业执照", today=TODAY)
    assert Enterprise.objects.get(pk=OTHER_USCC).merged_into_id == USCC
    assert {line.enterprise_id for line in ProductionLine.objects.all()} == {USCC}
    moved = standing(LineVersion, line_id="L2").get()
    assert (moved.uscc, moved.known_on, moved.taken_by) == (USCC, TODAY, merge.of_import)
    # Both held P-1: that of the entry kept stands, and P-2 follows.
    permits = standing(PermitVersion).order_by("number")
    assert [(p.uscc, p.number) for p in permits] == [(USCC, "P-1"), (USCC, "P-2")]
    assert set(Touched.objects.values_list("uscc", flat=True)) == {USCC, OTHER_USCC}


def test_the_judgement_sees_one_enterprise(two_entries, reviewer, book):
    merge_enterprises(USCC, OTHER_USCC, by=reviewer, reason="同一营业执照", today=TODAY)
    with duckdb.connect() as engine:
        load_facts(engine, book=book)
        assert engine.execute("SELECT uscc FROM facts.enterprises").fetchall() == [(USCC,)]
    with duckdb.connect() as engine:
        assert load_facts(engine, [OTHER_USCC], book=book) == 0


def test_undone_everything_stands_as_it_stood(two_entries, reviewer, book, rows_of):
    def facts():
        with duckdb.connect() as engine:
            load_facts(engine, book=book)
            return {table: rows_of(engine, table) for table in VERSIONS}

    before = facts()
    merge = merge_enterprises(USCC, OTHER_USCC, by=reviewer, reason="同一营业执照", today=TODAY)
    undone = part_enterprises(merge.pk, by=reviewer, reason="查明是两家", today=LATER)
    assert undone.undoes == merge
    assert facts() == before
    assert Enterprise.objects.get(pk=OTHER_USCC).merged_into is None
    assert ProductionLine.objects.get(pk="L2").enterprise_id == OTHER_USCC


def test_what_was_changed_meanwhile_goes_back_as_it_is(two_entries, reviewer, take_in):
    merge = merge_enterprises(USCC, OTHER_USCC, by=reviewer, reason="同一营业执照", today=TODAY)
    take_in(csv_files({"lines": [right("lines", line_id="L2", capacity="80")]}), today=TODAY)
    part_enterprises(merge.pk, by=reviewer, reason="查明是两家", today=LATER)
    line = ProductionLine.objects.get(pk="L2")
    assert (line.enterprise_id, line.capacity) == (OTHER_USCC, 80)


def test_a_merge_is_undone_once(two_entries, reviewer):
    merge = merge_enterprises(USCC, OTHER_USCC, by=reviewer, reason="同一营业执照", today=TODAY)
    part_enterprises(merge.pk, by=reviewer, reason="查明是两家", today=LATER)
    with pytest.raises(Refusal) as refused:
        part_enterprises(merge.pk, by=reviewer, reason="再来一次", today=LATER)
    assert refused.value.code == "merge_cannot_be_undone"


def test_rows_of_the_entry_that_was_dropped_are_refused_by_its_name(
    two_entries, reviewer, check_in
):
    merge_enterprises(USCC, OTHER_USCC, by=reviewer, reason="同一营业执照", today=TODAY)
    brought = check_in(csv_files({"permits": [right("permits", uscc=OTHER_USCC, number="P-9")]}))
    (problem,) = brought.problems.all()
    assert problem.code == "merged_enterprise"
    assert USCC in problem.expected_zh


@pytest.mark.parametrize(
    ("role", "division", "keep", "reason", "code"),
    [
        ("officer", "640000", USCC, "同一家", "may_not_merge"),  # no power to merge
        ("reviewer", "640200", USCC, "同一家", "may_not_merge"),  # another city
        ("reviewer", "640000", OTHER_USCC, "同一家", "merge_of_one"),
        ("reviewer", "640000", USCC, "  ", "reason_missing"),
    ],
)
def test_what_is_no_merging_is_refused(two_entries, person, role, division, keep, reason, code):
    by = person(division, role, name="somebody")
    with pytest.raises(Refusal) as refused:
        merge_enterprises(keep, OTHER_USCC, by=by, reason=reason, today=TODAY)
    assert refused.value.code == code
    assert not Merge.objects.exists()


def test_an_entry_that_was_dropped_is_not_merged_again(two_entries, reviewer):
    merge_enterprises(USCC, OTHER_USCC, by=reviewer, reason="同一营业执照", today=TODAY)
    with pytest.raises(Refusal) as refused:
        merge_enterprises(OTHER_USCC, USCC, by=reviewer, reason="反过来", today=TODAY)
    assert refused.value.code == "merged_already"


def test_the_record_of_a_merging_cannot_be_changed(two_entries, reviewer):
    merge = merge_enterprises(USCC, OTHER_USCC, by=reviewer, reason="同一营业执照", today=TODAY)
    for statement in ("UPDATE registry_merge SET reason = 'x'", "DELETE FROM registry_merge"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{statement} WHERE id = {merge.pk}")


def test_entries_that_look_alike_are_proposed_with_the_reasons(two_entries, reviewer):
    (proposal,) = proposals(scope_of(reviewer, on=TODAY))
    assert {proposal.one.pk, proposal.other.pk} == {USCC, OTHER_USCC}
    assert proposal.reasons == ("same_name", "same_line")


def test_a_typing_slip_in_the_code_is_seen_where_the_names_are_alike(take_in, reviewer):
    body = USCC[:16] + "2"  # one character other, and so the check character
    slip = body + numbers.calc_check_digit(body)
    take_in(
        csv_files(
            {
                "enterprises": [
                    right("enterprises"),
                    right("enterprises", uscc=slip, name="虚构水泥厂", address=""),
                ]
            }
        )
    )
    (proposal,) = proposals(scope_of(reviewer, on=TODAY))
    assert proposal.reasons == ("typing_slip",)


def test_what_was_told_apart_is_proposed_no_more(two_entries, reviewer):
    tell_apart(OTHER_USCC, USCC, by=reviewer, reason="两本营业执照", today=TODAY)
    assert proposals(scope_of(reviewer, on=TODAY)) == []


def test_the_small_province_has_no_duplicates_but_a_few(registered, reviewer):
    assert len(proposals(scope_of(reviewer, on=TODAY))) <= 2


def test_a_reviewer_merges_on_the_page_and_takes_it_back(client, two_entries, reviewer):
    client.force_login(reviewer)
    listed = client.get(reverse("duplicates")).content.decode()
    page = reverse("duplicate", args=sorted((USCC, OTHER_USCC)))
    assert page in listed
    assert "名称相同" in client.get(page).content.decode()
    assert client.post(page, {"keep": USCC, "reason": ""}).status_code == 422
    assert client.post(page, {"keep": USCC, "reason": "同一营业执照"}).status_code == 302
    undo = reverse("merge-undo", args=[Merge.objects.get().pk])
    assert undo in client.get(reverse("duplicates")).content.decode()
    assert client.get(undo).status_code == 200
    assert client.post(undo, {"reason": "查明是两家"}).status_code == 302
    assert ProductionLine.objects.get(pk="L2").enterprise_id == OTHER_USCC
    assert client.post(page, {"apart": "1", "reason": "两本执照"}).status_code == 302
    assert proposals(scope_of(reviewer, on=TODAY)) == []


def test_an_officer_without_the_power_does_not_see_the_page(client, two_entries, officer):
    client.force_login(officer)
    assert client.get(reverse("duplicates")).status_code == 403


def contact(django_user_model, uscc):
    user = django_user_model.objects.create_user(username=f"of-{uscc}")
    Post.objects.create(user=user, role="enterprise", uscc=uscc)
    return user


@pytest.mark.parametrize("uscc", [USCC, OTHER_USCC])
def test_people_of_both_codes_see_the_one_enterprise(
    client, two_entries, reviewer, django_user_model, uscc
):
    client.force_login(contact(django_user_model, uscc))
    other = {USCC, OTHER_USCC} - {uscc}
    assert client.get(reverse("enterprise", args=[*other])).status_code == 404
    merge = merge_enterprises(USCC, OTHER_USCC, by=reviewer, reason="一企两码", today=TODAY)
    for code in (USCC, OTHER_USCC):
        answer = client.get(reverse("enterprise", args=[code]), follow=True)
        assert answer.status_code == 200
        assert "L2" in answer.content.decode()
    part_enterprises(merge.pk, by=reviewer, reason="并非一家", today=LATER)
    assert client.get(reverse("enterprise", args=[*other])).status_code == 404


def test_entries_merged_one_after_the_other_are_all_one(two_entries, reviewer, take_in):
    third = str(numbers.calc_check_digit("91640100MA0000033"))
    third = f"91640100MA0000033{third}"
    take_in(csv_files({"enterprises": [right("enterprises", uscc=third)]}))
    merge_enterprises(USCC, OTHER_USCC, by=reviewer, reason="一企两码", today=TODAY)
    merge_enterprises(third, USCC, by=reviewer, reason="一企两码", today=TODAY)
    for code in (USCC, OTHER_USCC, third):
        assert same_enterprise(code) == {USCC, OTHER_USCC, third}


def test_a_case_against_the_dropped_entry_is_found_at_the_one_kept(client, reviewer):
    desk = Desk()
    kept, dropped = desk.enterprise(USCC), desk.enterprise(OTHER_USCC)
    case = desk.open_(desk.finding(desk.line("L7", dropped))).case
    Enterprise.objects.filter(pk=dropped.pk).update(merged_into=kept)
    client.force_login(reviewer)
    shown = client.get(reverse("enterprise", args=[dropped.pk]), follow=True)
    assert shown.request["PATH_INFO"] == reverse("enterprise", args=[kept.pk])
    assert case.number in shown.content.decode()
