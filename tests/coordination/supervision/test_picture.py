"""The picture of progress: every number is as long as its list; what is unknown, none or too few is
no per cent; like cases and their outliers."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casebook import TODAY
from phaseout.accounts.powers import Role
from phaseout.accounts.scope import scope_of
from phaseout.casework.models import Lapse
from phaseout.coordination.supervision import acts, recent
from phaseout.coordination.supervision.picture import (
    WHOLE_REGION,
    behind,
    demands_behind,
    of_counties,
    picture,
    returns_behind,
)
from phaseout.coordination.supervision.reading import WHOLE, Reader, Window
from phaseout.coordination.supervision.slow import of_target, suggestions
from phaseout.coordination.supervision.sources import SOURCES
from phaseout.coordination.supervision.spread import Asked, groups, like, spread
from phaseout.coordination.supervision.waiting import KINDS
from phaseout.law.refusals import Refusal
from phaseout.law.supervision import Share
from phaseout.notices.models import Notice
from phaseout.pages.waiting import waiting

YINCHUAN, SHIZUISHAN = "city_640100", "city_640200"
DUE = date(2018, 4, 13)
NOW = Window.of_year(2018, TODAY)
ROOT = "/coordination/supervision/"


def reader(supervising, by) -> Reader:
    return Reader.of(scope_of(by, on=TODAY))


def test_every_number_is_as_long_as_its_list(supervising) -> None:
    cases = supervising.cases(6, overdue=2)
    supervising.cases(2, overdue=1, place="640202")
    kept = supervising.period(cases[4], date(2018, 3, 1), going=False, period="plan")
    late = supervising.period(cases[5], date(2018, 3, 2), going=False, period="plan", whose="lead")
    Lapse.objects.create(
        case=cases[5], period=late.period, opened_by=1, due=late.due, whose="lead",
        office="eic", found_on=late.due + timedelta(days=1),
    )  # fmt: skip
    told = picture(WHOLE, NOW)
    assert told[YINCHUAN]["overdue"] == Share(2, 6)
    assert told[SHIZUISHAN]["overdue"] == Share(1, 2)
    assert told["eic"]["overdue"] == told[WHOLE_REGION]["overdue"] == Share(3, 8)
    assert told[YINCHUAN]["kept"] == Share(1, 4) and kept.due < TODAY
    assert told["eic"]["own_missed"] == Share(1, 1) and told[YINCHUAN]["own_missed"] == Share(0, 0)
    assert told[YINCHUAN]["extended"] == Share(0, 2)
    assert told[YINCHUAN]["lapses"] == Share(1)
    assert told[YINCHUAN]["plan_done"] == Share() and "returns_late" not in told["eic"]
    for target, shares in told.items():
        for key, share in shares.items():
            assert listed(key, target, whole=False) == (share.part or 0), (target, key)
            if share.of is not None:
                assert listed(key, target, whole=True) == share.of, (target, key)


def listed(key: str, target: str, *, whole: bool) -> int:
    if key == "returns_late":
        return len(returns_behind(WHOLE, NOW, target, whole=whole))
    if key == "demands_late":
        return demands_behind(WHOLE, NOW, target, whole=whole).count()
    return behind(WHOLE, NOW, key, target, whole=whole).count()


def test_a_period_is_overdue_the_day_after_and_not_while_it_stands_still(supervising) -> None:
    (case,) = supervising.cases(1)
    overdue = lambda on: picture(WHOLE, Window.of_year(2018, on))[YINCHUAN]["overdue"].part  # noqa: E731
    supervising.period(case, date(2018, 4, 10), period="order.decision_time", kind="duty")
    assert (overdue(date(2018, 4, 10)), overdue(date(2018, 4, 11))) == (0, 1)
    case.deadlines.all().delete()
    supervising.period(case, date(2018, 4, 10), period="closure.decision_time", kind="duty")
    assert overdue(date(2018, 4, 11)) == 1
    supervising.desk.do(case, "pause_case", date(2018, 4, 9))
    assert overdue(date(2018, 4, 11)) == 0


def test_a_return_is_owed_the_day_after_until_it_is_reported(supervising) -> None:
    supervising.reported(late=3)
    owed = lambda on: picture(WHOLE, Window.of_year(on.year, on))[YINCHUAN].get("returns_late")  # noqa: E731
    assert owed(date(2017, 12, 31)) is None  # not due before the day is over
    assert (owed(date(2018, 1, 1)), owed(date(2018, 1, 2))) == (Share(6, 6), Share(6, 6))
    assert owed(date(2018, 1, 3)) == Share(0, 6)


def test_a_city_reads_its_own_returns_and_its_counties(supervising) -> None:
    supervising.cases(6, overdue=2)
    supervising.cases(2, overdue=1, place="640106")
    supervising.cases(1, place="640202")
    own = reader(supervising, supervising.city)
    assert picture(own, NOW)[WHOLE_REGION]["returns_late"] == Share(6, 6)
    assert len(returns_behind(own, NOW, WHOLE_REGION, whole=True)) == 6
    told = of_counties(own, NOW, YINCHUAN)
    assert told["county_640104"]["overdue"] == Share(2, 6)
    assert told["county_640106"]["overdue"] == Share(1, 2)
    assert "tasks_late" not in told["county_640106"]
    for county, shares in told.items():
        part = behind(own, NOW, "overdue", county).count()
        assert part == shares["overdue"].part, county
        assert picture(own, NOW, county)[county] == shares, county
    assert of_counties(own, NOW, SHIZUISHAN) == {}


def test_who_reads_counts_what_one_may_see(supervising) -> None:
    supervising.cases(3, overdue=1)
    supervising.cases(2, place="640202")
    own = picture(reader(supervising, supervising.city), NOW)
    assert set(own) - {WHOLE_REGION} == {YINCHUAN}
    assert own[YINCHUAN]["overdue"] == own[WHOLE_REGION]["overdue"] == Share(1, 3)
    drc = picture(reader(supervising, supervising.desk.person("inspection")), NOW)
    assert drc[WHOLE_REGION]["overdue"] == Share(1, 5)
    epd = picture(reader(supervising, supervising.desk.person("epd")), NOW)
    assert epd[YINCHUAN]["overdue"] == Share(0, 0) and "wsb" not in epd


@pytest.mark.parametrize(
    ("overdue", "kind"), [(0, None), (1, "circular"), (2, "summons"), (3, "inspection")]
)
def test_the_figures_propose_and_do_nothing(supervising, overdue, kind) -> None:
    supervising.reported()
    supervising.cases(6, overdue=overdue)
    found = of_target(YINCHUAN, TODAY)
    assert (found.proposed.kind if found else None) == kind
    assert not supervising.desk.person("inspection").supervision_acts.exists()


def test_few_cases_propose_nothing_however_late(supervising) -> None:
    supervising.reported()
    supervising.cases(4, overdue=4)
    assert of_target(YINCHUAN, TODAY) is None


def test_a_dismissal_holds_for_its_days_or_until_it_gets_worse(supervising) -> None:
    supervising.reported()
    supervising.reported("640200")
    cases = supervising.cases(6, overdue=1)
    ways = supervising.ways(supervising.officer)
    with pytest.raises(Refusal) as refusal:
        acts.dismiss(SHIZUISHAN, "无", **supervising.ways(supervising.officer))
    assert refusal.value.code == "supervision.nothing-proposed"
    acts.dismiss(YINCHUAN, "已约定月底办结", **ways)
    assert acts.dismiss(YINCHUAN, "已约定月底办结", **ways).target == YINCHUAN
    waits = lambda on: of_target(YINCHUAN, on).waits  # noqa: E731
    assert (waits(TODAY), waits(date(2018, 4, 13)), waits(date(2018, 4, 14))) == (
        False, False, True,
    )  # fmt: skip
    supervising.period(cases[1], date(2018, 3, 14))
    assert waits(TODAY) and of_target(YINCHUAN, TODAY).proposed.kind == "summons"


def test_what_is_under_way_is_not_proposed_again(supervising) -> None:
    supervising.reported()
    supervising.cases(6, overdue=1)
    measure = supervising.adopted("summons")
    (one,) = [one for one in suggestions(TODAY) if one.target == YINCHUAN]
    assert one.under_way == measure and not one.waits


def test_like_cases_are_compared_and_outliers_named(supervising) -> None:
    cases = supervising.cases(9)
    asked = Asked("energy", "cement")
    # quartiles 172, 174, 176: the bounds are 166 and 182, and who lies on one is inside
    for days, case in zip((170, 171, 172, 173, 174, 175, 176, 182, 400), cases, strict=True):
        supervising.period(case, date(2018, 1, 15) + timedelta(days=days))
    assert [(one.asked, one.cases) for one in groups(WHOLE, TODAY)] == [(asked, 9)]
    found = spread(WHOLE, asked, TODAY)
    assert found.whole.cases == found.by_city["6401"].cases == 9
    assert found.whole.quartiles["period"][0] == 9
    assert found.fences["period"].median == Decimal(174)
    (outlier,) = found.outliers
    assert (outlier.case, outlier.measure, outlier.value) == (cases[8], "period", Decimal(400))
    assert found.causes == {"GB16780-2012": 9}
    assert spread(WHOLE, Asked("energy", "cement", "GB1-2000"), TODAY).whole.cases == 0
    assert "wait" not in found.fences  # nobody has decided
    assert [one.case for one in like(WHOLE, asked, TODAY, city="6401")] == cases[::-1]
    assert like(WHOLE, asked, TODAY, only="decided") == []


def test_a_city_compares_its_own_cases(supervising) -> None:
    supervising.cases(2)
    supervising.cases(3, place="640202")
    own = reader(supervising, supervising.other_city)
    assert spread(own, Asked("energy", "cement"), TODAY).whole.cases == 3


def test_the_pages_show_the_numbers_and_open_to_the_lists(supervising, client: Client) -> None:
    for case in supervising.cases(6, overdue=2)[2:]:
        supervising.period(case, date(2018, 7, 1))
    client.force_login(supervising.officer)
    page = client.get(ROOT).content.decode()
    assert "33.3%" in page and "figure=overdue&amp;of=city_640100&amp;year=2018" in page
    of_each_source = [source.figures[0] for source in SOURCES]
    for key in (*of_each_source, "returns_late", "demands_late"):
        answer = client.get(f"{ROOT}list/", {"figure": key, "of": WHOLE_REGION, "whole": 1})
        assert answer.status_code == 200, key
    of_county = client.get(f"{ROOT}?city=640100").content.decode()
    assert "figure=overdue&amp;of=county_640104&amp;year=2018" in of_county
    since = {"figure": "overdue", "of": "county_640104", "since": "2017-01-01"}
    assert client.get(f"{ROOT}list/", since).content.decode().count("宁经信") == 2
    behind_ = client.get(f"{ROOT}list/", {"figure": "overdue", "of": YINCHUAN}).content.decode()
    assert behind_.count("宁经信") == 2
    assert '<svg class="drawn"' in page and "33.3% (2 / 6)" in page
    files = [client.get(f"{ROOT}progress-1.{ending}") for ending in ("csv", "xlsx", "svg", "png")]
    assert [one.status_code for one in files] == [200] * 4
    assert "案件逾期,银川市人民政府,2,6,33.3,\r\n" in files[0].content.decode("utf-8-sig")
    assert "案件逾期,石嘴山市人民政府,0,0,,没有\r\n" in files[0].content.decode("utf-8-sig")
    of_group = {"procedure": "energy", "industry": "cement"}
    for ending, status in (("csv", 200), ("svg", 200), ("pdf", 404)):
        answer = client.get(f"{ROOT}spread.{ending}", of_group)
        assert answer.status_code == status, ending
    assert client.get(f"{ROOT}progress-3.csv").status_code == 404
    over = client.get(f"{ROOT}?year=2017").content.decode()
    assert over.count("按今天</span>") == 11 and "按今天" not in page
    spread_ = client.get(f"{ROOT}spread/", of_group)
    opened = client.get(f"{ROOT}spread/?procedure=energy&industry=cement&list=1&city=6401")
    assert opened.content.decode().count("宁经信") == 6
    assert spread_.status_code == 200 and client.get(f"{ROOT}spread/").status_code == 200
    for wrong in (
        "list/?figure=nothing", "?year=1999", "?year=x", "list/?figure=overdue&of=grid",
        "?city=640900", "list/?figure=tasks_late&of=county_640104", "?since=2016-01-01",
        "list/?figure=overdue&since=2017-02-30",
        "spread/?procedure=nothing",
        "spread/?procedure=energy&industry=cement&list=1&only=no",
        "spread/?procedure=energy&industry=none",
    ):  # fmt: skip
        assert client.get(ROOT + wrong).status_code == 404, wrong


def test_a_proposal_goes_through_its_pages_to_the_city(
    supervising, client: Client, settings, tmp_path
) -> None:
    settings.EVIDENCE_ROOT = tmp_path
    supervising.cases(6, overdue=3)
    client.force_login(supervising.officer)
    assert "银川市" in client.get(f"{ROOT}proposals/").content.decode()
    new = f"{ROOT}measures/new/?of={YINCHUAN}&kind=handling"
    form = client.get(new).context["form"]
    asked = {"key": form["key"].value(), "text": "逾期较多", "text_1": "逐件说明", "due_1": ""}
    assert client.post(new, {**asked, "do": "adopt"}).status_code == 422
    asked["due_1"] = "2018-04-13"
    preview = client.post(new, {**asked, "do": "preview"})
    assert preview.content.startswith(b"%PDF")
    made = client.post(new, {**asked, "do": "adopt"})
    assert made.status_code == 302 and client.post(new, {**asked, "do": "adopt"}).url == made.url
    client.force_login(supervising.city)
    assert client.get(made.url).status_code == 404
    client.force_login(supervising.leader)
    seen = client.get(made.url)
    sign = {"do": "sign", "key": seen.context["forms"]["sign"]["key"].value(),
            "digest": seen.context["measure"].digest}  # fmt: skip
    assert client.post(made.url, sign).status_code == 302
    client.force_login(supervising.other_city)
    for address in ("", "measure.pdf", "record.pdf"):
        assert client.get(made.url + address).status_code == 404
    client.force_login(supervising.city)
    shown = client.get(made.url)
    row = shown.context["demands"][0]
    answer = {"do": "answer", "about": row["one"].pk, "key": row["answer"]["key"].value()}
    assert client.post(made.url, {**answer, "text": ""}).status_code == 422
    waits = f"{ROOT}measures/?waits="
    assert [made.url in client.get(f"{waits}{one}").content.decode() for one in KINDS] == [
        one == "answer" for one in KINDS
    ]
    assert client.get(f"{waits}x").status_code == 404
    answer["text"] = "<b>已</b>逐件说明"
    broken = SimpleUploadedFile("x.exe", b"MZ")
    assert client.post(made.url, {**answer, "proofs": broken}).status_code == 409
    proof = SimpleUploadedFile("整改.pdf", b"%PDF-1.4")
    assert client.post(made.url, {**answer, "proofs": proof}).status_code == 302
    shown = client.get(made.url).content.decode()
    assert "整改.pdf</a>" in shown and "&lt;b&gt;已&lt;/b&gt;" in shown
    assert client.get(f"{made.url}measure.pdf").content.startswith(b"%PDF")
    assert client.get(f"{ROOT}proposals/").status_code == 403
    assert client.get(new).status_code == 403


def test_open_proposals_wait_for_who_leads_until_they_are_dealt_with(supervising) -> None:
    def told(by) -> int:
        found = waiting(scope_of(by, on=TODAY), TODAY, by)
        return sum(n for kind, n in found if kind.key == "supervision.proposals")

    for city in ("640200", "640300", "640400", "640500"):
        supervising.reported(city)
    government = supervising.desk.person("government", role=Role.LEADER)
    told_to = lambda: [told(one) for one in (supervising.officer, government, supervising.city)]  # noqa: E731
    assert told_to() == [1, 0, 0]
    supervising.reported()
    assert told_to() == [0, 0, 0]
    supervising.cases(6, overdue=1)
    assert told_to() == [1, 0, 0]
    acts.dismiss(YINCHUAN, "已约定月底办结", **supervising.ways(supervising.officer))
    assert told_to() == [0, 0, 0]
    supervising.cases(6, overdue=3, place="640106")
    found = suggestions(TODAY)
    worse_than_its_city = next((one.target, one.proposed.kind) for one in found if one.waits)
    assert worse_than_its_city == ("county_640106", "inspection")
    assert {one.target for one in found if one.of_city} == {"county_640104"}
    assert told_to() == [2, 0, 0], "the city, passing more than before, and the county"


def test_nobody_waits_at_home_for_a_slow_picture(supervising, monkeypatch) -> None:
    supervising.reported()
    asked = []
    monkeypatch.setattr(recent, "_have_it_reckoned", lambda: asked.append(1))
    overdue = lambda: recent.picture_of_today(TODAY)[YINCHUAN]["overdue"]  # noqa: E731
    assert overdue() == Share(0, 0)
    supervising.cases(6)
    assert overdue() == Share(0, 6)  # quick, so at once
    monkeypatch.setattr(recent, "SLOW", -1)
    monkeypatch.setattr(recent, "SHARE", float("inf"))
    supervising.cases(2, place="640106")
    assert (overdue(), asked) == (Share(0, 6), [])  # it was reckoned a moment ago
    monkeypatch.setattr(recent, "SHARE", 0)
    assert (overdue(), asked) == (Share(0, 6), [1])
    recent.reckon(TODAY)
    assert (overdue(), asked) == (Share(0, 8), [1])


def test_what_waits_is_told_to_whose_it_is(supervising) -> None:
    def told(by, on=TODAY) -> dict[str, int]:
        found = waiting(scope_of(by, on=on), on, by)
        return {k.key: n for k, n in found if k.key.startswith("supervision.")}

    for city in ("640100", "640200", "640300", "640400", "640500"):
        supervising.reported(city)
    measure = supervising.adopted()
    assert told(supervising.leader) == {"supervision.sign": 1}
    acts.sign(measure.pk, digest=measure.digest, **supervising.ways(supervising.leader))
    assert told(supervising.city) == {"supervision.answer": 1}
    assert told(supervising.other_city) == {}
    acts.answer(measure.demands.first().pk, "已说明", **supervising.ways(supervising.city))
    assert told(supervising.officer) == {"supervision.check": 1}
    assert told(supervising.officer, DUE) == {"supervision.check": 1}
    assert told(supervising.officer, DUE + timedelta(days=1)) == {
        "supervision.check": 1, "supervision.late": 1,
    }  # fmt: skip
    notices = Notice.objects.filter(subject__startswith=f"supervision:{measure.pk}")
    assert set(notices.values_list("user", "step")) == {
        (supervising.leader.pk, "drawn"),
        (supervising.city.pk, "signed"),
        (supervising.officer.pk, "answered"),
        (supervising.leader.pk, "answered"),
    }
