"""Another inspector goes in the place of one who cannot; the draw stays as it was."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet

from casebook import TODAY
from phaseout.inspections import acts
from phaseout.inspections.acts.recording import Handed
from phaseout.inspections.checklist import items_of
from phaseout.inspections.leaving import visits_to_come
from phaseout.inspections.models import Assignment, Handover
from phaseout.inspections.standing import team_of
from phaseout.inspections.waiting import visits_to_make
from phaseout.law.refusals import Refusal


def refused(act, *args, **given) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*args, **given)
    return refusal.value.code


@pytest.fixture
def visit(office) -> Assignment:
    visits = office.assigned(wanted=4)
    return next(one for one in visits if one.division_code.startswith("6401"))


def names(visit: Assignment) -> list[str]:
    return [one.inspector.username for one in team_of(visit)]


def own(user) -> QuerySet[Assignment]:
    return Assignment.objects.filter(team__inspector=user, team__left=None)


def spare(office, visit: Assignment) -> str:
    """An inspector of the department who is not in the team."""
    there = set(names(visit))
    found = next((one.username for one in office.inspectors[:2] if one.username not in there), "")
    return found or office.inspector("ins-3").username


def test_another_inspector_takes_the_place_and_the_draw_stays(office, visit) -> None:
    drawn = visit.draw.as_data()
    gone, stays = names(visit)
    come, ways = spare(office, visit), office.ways(office.officer)
    made = acts.reassign(visit.pk, gone, come, reason="住院", **ways)
    assert acts.reassign(visit.pk, gone, come, reason="住院", **ways) == made
    assert sorted(names(visit)) == sorted([come, stays])
    visit.draw.refresh_from_db()
    assert visit.draw.as_data() == drawn
    assert made.act.content == {"leaves": gone, "comes": come, "reason": "住院"}
    left, came = made.leaves.inspector, made.comes.inspector
    scope = office.ways(left)["scope"]
    assert not own(left).filter(pk=visit.pk).exists() and own(came).filter(pk=visit.pk).exists()
    assert visits_to_make(scope, TODAY, came) == own(came).filter(begins__lte=TODAY).count()


def test_who_left_records_no_more_and_who_came_does(office, visit) -> None:
    gone, _ = names(visit)
    come = spare(office, visit)
    made = acts.reassign(visit.pk, gone, come, reason="住院", **office.ways(office.officer))
    item = next(one for _, one in items_of(visit.checklist) if one["kind"] == "found")
    left, came = made.leaves.inspector, made.comes.inspector
    handed = Handed(
        {item["id"]: {"value": "no"}}, TODAY, representative="王某", files=office.signature(came)
    )
    assert refused(acts.record, visit.pk, handed, **office.ways(left)) == "record.of-others"
    assert acts.record(visit.pk, handed, **office.ways(came)).act.by == came
    late = refused(
        acts.reassign, visit.pk, come, gone, reason="出差", **office.ways(office.officer)
    )
    assert late == "reassign.recorded"


def test_who_cannot_come_is_refused(office, visit) -> None:
    gone, stays = names(visit)
    come = spare(office, visit)

    def reassign(leaves=gone, comes=come, reason="住院", by=office.officer):
        ways = office.ways(by)
        return refused(acts.reassign, visit.pk, leaves, comes, reason=reason, **ways)

    assert reassign(by=office.inspectors[0]) == "inspection.not-yours"
    assert reassign(reason=" ") == "inspection.no-reason"
    assert reassign(leaves="nobody") == "reassign.wrong"
    assert reassign(comes=stays) == "reassign.wrong"
    assert reassign(comes="ins-shizuishan") == "reassign.wrong"  # of another city
    recused = office.inspector("ins-9")
    acts.recuse(visit.enterprise_id, reason="亲属任职", **office.ways(recused))
    assert reassign(comes="ins-9") == "reassign.wrong"
    assert not Handover.objects.exists()


def test_one_of_the_department_itself_stays(office, visit) -> None:
    """The drawn pair may have one of a city; the last of the department is not replaced by one."""
    pair = names(visit)
    city = office.inspector("ins-yinchuan-2", "cities", "640100").username
    of_city = [name for name in pair if name.startswith("ins-yinchuan")]
    if not of_city:
        acts.reassign(visit.pk, pair[1], city, reason="出差", **office.ways(office.officer))
    last = next(name for name in names(visit) if not name.startswith("ins-yinchuan"))
    other = office.inspector("ins-yinchuan-3", "cities", "640100").username
    ways = office.ways(office.officer)
    assert refused(acts.reassign, visit.pk, last, other, reason="出差", **ways) == "reassign.wrong"


def test_it_is_done_on_the_page_of_the_visit_and_shown_there(office, visit, client) -> None:
    gone, _ = names(visit)
    come = spare(office, visit)
    page = f"/inspections/visits/{visit.pk}/"
    sent = {"do": "reassign", "key": uuid4(), "leaves": gone, "comes": come, "reason": "住院"}
    client.force_login(office.inspectors[0])
    assert client.post(page, sent).status_code == 403
    client.force_login(office.officer)
    assert client.post(page, {**sent, "reason": ""}).status_code == 422
    assert client.post(page, sent).status_code == 302
    assert f"由{gone}改派给{come}" in client.get(page).content.decode()


def test_the_database_keeps_handovers(office, visit) -> None:
    gone, _ = names(visit)
    acts.reassign(
        visit.pk, gone, spare(office, visit), reason="住院", **office.ways(office.officer)
    )
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM inspections_handover")


def test_who_leaves_is_known_to_have_visits_to_make(office, visit) -> None:
    one = team_of(visit)[0].inspector
    assert visits_to_come(one.posts.get()) == own(one).count() > 0
