"""The notice is signed by a leader, numbered by the register, and superseded by number."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from casebook import TODAY
from phaseout.accounts.powers import Role
from phaseout.law.refusals import Refusal
from phaseout.measures.prices import acts
from phaseout.measures.prices.acts.signing import standing_notice
from phaseout.measures.prices.models import SurchargeNotice


@pytest.fixture
def leader(office):
    return office.desk.person("price", Role.LEADER)


def test_a_correction_supersedes_by_number(office, leader) -> None:
    one = office.determined(office.carbide())
    ways = office.ways(leader)
    first = acts.sign_notice(one.pk, **ways)
    assert acts.sign_notice(one.pk, **ways) == first, "sent twice it happens once"
    assert (first.number, first.supersedes) == ("宁价电通〔2018〕1号", None)
    assert first.content["imprint"]["signed"] and first.act.digest
    assert any(leader.name_zh in str(piece) for piece in first.content["body"])
    told = str(first.content["body"])
    assert one.explanation["source"] not in told, "a paper cites documents, not our codes"
    assert "60日内向宁夏回族自治区人民政府" in told and "《中华人民共和国行政诉讼法》" in told
    assert first.content["imprint"]["office"]["name"].startswith("宁夏回族自治区")
    acts.end(one.pk, TODAY, "炉已拆除", **office.ways())
    second = acts.sign_notice(one.pk, reason="该项加价已终止", **office.ways(leader))
    assert (second.number, second.supersedes) == ("宁价电通〔2018〕2号", first)
    said = str(second.content["body"])
    assert "更正并替代宁价电通〔2018〕1号" in said and "起终止" in said
    assert "终止（" not in str(first.content["body"]), "what was signed stays as it was"
    assert standing_notice(one.line_id, one.year) == second
    with pytest.raises(DatabaseError), transaction.atomic():
        SurchargeNotice.objects.filter(pk=first.pk).update(reason="改")


@pytest.mark.parametrize(
    ("who", "code"), [("officer", "not-the-leader"), ("grid", "not-the-leader"),
                      ("again", "notice-there"), ("ended", "notice-ended")],
)  # fmt: skip
def test_what_is_refused(office, leader, who, code) -> None:
    one = office.determined(office.carbide())
    by = {"officer": office.price, "grid": office.grid}.get(who, leader)
    if who == "again":
        acts.sign_notice(one.pk, **office.ways(leader))
    if who == "ended":
        acts.end(one.pk, TODAY, "炉已拆除", **office.ways())
    with pytest.raises(Refusal) as refusal:
        acts.sign_notice(one.pk, **office.ways(by))
    assert refusal.value.code == f"prices.{code}"
    assert SurchargeNotice.objects.count() == (who == "again")


def test_the_leader_signs_on_the_page_and_all_see_the_number(office, leader, client) -> None:
    one = office.determined(office.carbide())
    url = f"/measures/prices/determinations/{one.pk}/"
    client.force_login(leader)
    assert "K1号线" in client.get("/measures/prices/").content.decode(), "it waits to be signed"
    page = client.get(url)
    told = page.content.decode()
    assert "通知书草稿" in told
    assert "执行通知书尚未签发" in told and "条文以类别为条件，不以通知送达为条件" in told
    sent = {"do": "sign", "key": page.context["sign_form"]["key"].value(), "reason": ""}
    assert client.post(url, sent).status_code == 302
    assert client.post(url, {**sent, "key": "1" * 32}).status_code == 409
    client.force_login(office.desk.person("", Role.ENTERPRISE, uscc=one.enterprise_id))
    assert "宁价电通〔2018〕1号" in client.get(url).content.decode()
    paper = f"/measures/prices/notices/{one.notices.get().pk}/notice.pdf"
    assert client.get(paper).content.startswith(b"%PDF")
    client.force_login(office.desk.person("cities", Role.OFFICER, "640100"))
    assert (
        client.get(f"/measures/prices/notices/{one.notices.get().pk}/notice.pdf").status_code == 404
    )


def test_beside_the_price_file_stands_what_is_not_signed_yet(office, leader, client) -> None:
    bill = office.billed()
    (one,) = (line.determination for line in bill.lines.select_related("determination"))

    def shown(person) -> bool:
        client.force_login(person)
        page = client.get(f"/measures/prices/editions/{bill.edition_id}/").content.decode()
        return "通知书尚未签发的加价" in page and "已计入账单" in page

    assert (shown(office.price), shown(office.grid)) == (True, False)
    acts.sign_notice(one.pk, **office.ways(leader))
    assert not shown(office.price)
