"""What is not lawful, not yet, or not any more."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from phaseout.disclosure.lists import acts, published
from phaseout.disclosure.lists.acts.drafting import Right, _checked
from phaseout.disclosure.lists.models import Draft, Edition, Ending, Notice
from phaseout.law.refusals import Refusal

YINCHUAN, OTHER = "91640100MA00000001", "91640100MA00000002"


def refused(code, act, *about, **given):
    with pytest.raises(Refusal) as found:
        act(*about, **given)
    assert found.value.code == code
    return found.value


def test_a_case_that_moves_after_the_draft_keeps_the_list_back(office) -> None:
    """The edition is of one moment: what is signed is published, or nothing is."""
    one = office.ordered()
    office.ordered("L2", OTHER)
    draft = office.draft(one.day)
    on = office.told(draft, one.day)
    office.signed(draft, on)
    one.day = on
    one.do("report_completion", "recheck_passed", "close_met")
    said = refused("lists.moved", acts.publish, draft.pk, **office.ways(on))
    assert "001厂" in said.why[0]
    again = office.draft(on)
    assert not Edition.objects.exists()
    assert office.published(again, on).count == 1, "who was told is not asked twice"


def test_of_two_officers_one_publishes_and_the_other_is_told(office) -> None:
    journey = office.ordered()
    draft = office.draft(journey.day)
    on = office.told(draft, journey.day)
    refused("lists.not-signed", acts.publish, draft.pk, **office.ways(on))
    office.signed(draft, on)
    ways = office.ways(on)
    edition = acts.publish(draft.pk, **ways)
    assert acts.publish(draft.pk, **ways) == edition, "sent twice under one key"
    said = refused("lists.published", acts.publish, draft.pk, **office.ways(on))
    assert "第1期" in said.why[0]
    refused("lists.nothing-new", office.draft, on)


def test_a_later_draft_takes_the_place_of_the_earlier(office) -> None:
    journey = office.ordered()
    first = office.draft(journey.day)
    second = office.draft(journey.day)
    refused("lists.overtaken", office.signed, first, journey.day)
    acts.return_(second.pk, reason="请补充。", **office.ways(journey.day, office.leader))
    refused("lists.returned", office.signed, second, journey.day)


def test_who_may_and_on_what(office) -> None:
    journey = office.ordered()
    draft = office.draft(journey.day)
    on = journey.day
    epd = office.desk.person("epd")
    refused("lists.not-yours", office.draft, on, **office.ways(on, epd))
    refused("lists.unknown", office.draft, on, "green")
    refused("lists.year", office.draft, on, year=2018)
    refused("lists.year", office.draft, on, "exits")
    refused("lists.year", office.draft, on, "exits", year=on.year + 1)
    refused("lists.not-told", office.signed, draft, on)
    refused("lists.digest", acts.sign, draft.pk, digest="0", **office.ways(on, office.leader))
    sign = {"digest": draft.digest, **office.ways(on)}
    refused("lists.not-yours", acts.sign, draft.pk, **sign)
    own = office.draft(on, **office.ways(on, office.leader))
    refused("lists.own-draft", office.signed, own, on)


@pytest.mark.parametrize(
    ("late", "code"), [(0, None), (1, "lists.objection-late")], ids=["last day", "day after"]
)
def test_a_firm_objects_until_its_last_day(office, late, code) -> None:
    journey = office.ordered()
    draft = office.draft(journey.day)
    office.told(draft, journey.day)
    notice = Notice.objects.get()
    on, firm = notice.last_day + timedelta(days=late), office.firm(YINCHUAN)
    said = {"statement": "检测数据有误。", **office.ways(on, firm)}
    if code:
        refusal = refused(code, acts.object_to, notice.ground, **said)
        assert "公布后" in refusal.instead[0]
        return
    refused("lists.not-listed", acts.object_to, notice.ground,
            **{**said, **office.ways(on, office.firm(OTHER))})  # fmt: skip
    refused("lists.not-listed", acts.object_to, uuid4(), **said)
    objection = acts.object_to(notice.ground, **said)
    refused("lists.pending", acts.object_to, notice.ground, **{**said, "key": uuid4()})
    after = on + timedelta(days=1)
    refused("lists.unanswered", office.signed, draft, after)
    answer = {"upheld": True, "reason": "经复核属实。"}
    acts.answer(objection.pk, **answer, **office.ways(after))
    refused("lists.answered", acts.answer, objection.pk, **answer, **office.ways(after))
    refused("lists.moved", office.signed, draft, after)
    assert not office.draft(after).entries.exists(), "what an objection took off stays off"


def test_upheld_while_it_is_listed_it_is_cancelled(office) -> None:
    journey = office.ordered()
    edition, on = office.edition(journey.day)
    (row,) = published.entries(edition)
    firm = office.firm(YINCHUAN)
    said = {"statement": "数据有误。", **office.ways(on, firm)}
    objection = acts.object_to(row.ground, **said)
    told = {"upheld": True, "reason": "属实。"}
    refused("lists.not-yours", acts.answer, objection.pk, **told, **office.ways(on))
    acts.answer(objection.pk, **told, **office.ways(on, office.leader))
    (row,) = published.entries(edition)
    assert (row.ended.event, row.ended.cause[1]) == ("cancelled", "an objection was upheld")
    refused("lists.over", acts.object_to, row.ground, **{**said, "key": uuid4()})
    listing = Ending.objects.get().listing
    why = {"reason": "误列。", **office.ways(on, office.leader)}
    refused("lists.over", acts.cancel, listing.pk, **why)


def test_what_was_entered_by_mistake_is_cancelled_by_a_leader(office) -> None:
    journey = office.ordered()
    edition, on = office.edition(journey.day)
    listing = journey.case.listings.get()
    refused("lists.not-yours", acts.cancel, listing.pk, reason="误列。", **office.ways(on))
    acts.cancel(listing.pk, reason="误列。", **office.ways(on, office.leader))
    assert [row.ended.event for row in published.entries(edition)] == ["cancelled"]
    assert not office.draft(on).entries.exists()


def test_a_published_number_is_corrected_under_a_number_of_its_own(office) -> None:
    journey = office.ordered()
    first, on = office.edition(journey.day)
    (row,) = published.entries(first)
    ways = {"reason": "地址登记有误。"}

    def right(column="address", value="工业大道8号", ground: UUID = row.ground):
        return [Right(ground, column, value)]

    def correct(number, rights, **given):
        return acts.correct("yellow-energy", number, rights, **{**ways, **office.ways(on), **given})

    refused("lists.no-reason", correct, 1, right(), reason=" ")
    refused("lists.not-correctable", correct, 1, right("uscc", OTHER))
    refused("lists.not-correctable", correct, 1, right("employees", "9"))
    refused("lists.not-correctable", correct, 1, right(ground=uuid4()))
    refused("lists.nothing-corrected", correct, 1, right(value=""))
    refused("lists.value", correct, 1, right("division_code", "银川"))
    refused("lists.value", correct, 1, right("name", ""))
    second = office.published(correct(1, right()), on)
    assert (second.number, second.correction, second.corrects) == (2, 1, first)
    assert second.content["changes"] == [
        {"place": 1, "column": "address", "was": None, "now": "工业大道8号"}
    ]
    assert published.edition("yellow-energy", 1).entries.get().columns["address"] is None
    refused("lists.not-newest", correct, 1, right(value="9号"))
    office.ordered("L2", OTHER)
    third, _ = office.edition(on)
    said = {row.uscc: row.columns["address"] for row in published.entries(third)}
    assert said[YINCHUAN] == "工业大道8号", "what was corrected stays corrected"
    assert Draft.objects.count() == 3


@pytest.mark.parametrize(
    ("column", "written", "kept"),
    [
        ("division_code", "固原市", "640400"),
        ("division_code", "640400", "640400"),
        ("division_code", "固原", None),
        ("industry", "水泥", "cement"),
        ("industry", "<script>", None),
        ("capacity_unit", "万吨/年", "万吨/年"),
        ("capacity_unit", "斤", None),
        ("capacity", "43.50", "43.5"),
        ("capacity", "-5", None),
    ],
)
def test_a_corrected_value_is_one_that_the_column_can_have(column, written, kept) -> None:
    if kept is None:
        with pytest.raises(Refusal) as caught:
            _checked(column, column, written)
        assert caught.value.code == "lists.value" and written in caught.value.zh
    else:
        assert _checked(column, column, written) == kept
