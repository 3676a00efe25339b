"""The pages: the lead, an authority, the enterprise, a bank, the public; each sees its own."""

from __future__ import annotations

from uuid import uuid4

import pytest

from phaseout.accounts.powers import Role
from phaseout.casework.models import IssuedPaper
from phaseout.desk.models import DemoDay
from phaseout.law.sanctions.bases import bases_on, carried_areas
from phaseout.measures.sanctions import acts
from phaseout.measures.sanctions.drafting import decided_in
from phaseout.measures.sanctions.models import (
    Batch,
    CreditListing,
    CreditRecord,
    Release,
    ReleaseNotice,
    Sanction,
    SanctionTask,
)

BASE = "/measures/sanctions"
BANK = "98640000XB0000001R"


@pytest.fixture
def page(commission, client, settings):
    """Ask for a page, or send a form, as somebody on the day of the journey."""
    settings.DEMO = True
    commission.journey = commission.lapsed()
    day = DemoDay.objects.first() or DemoDay()
    day.day = commission.journey.day
    day.save()

    def ask(who, path, **data):
        client.force_login(who) if who else client.logout()
        url = f"{BASE}/{path}"
        if data:
            return client.post(url, {"key": str(uuid4()), **data})
        return client.get(url)

    return ask


def test_from_who_is_overdue_to_the_release_that_all_have_taken_in(commission, page) -> None:
    on, case = commission.journey.day, commission.journey.case
    found = page(commission.officer, "")
    assert case.enterprise.name in found.content.decode()
    new = f"new/{case.pk}/rectification/"
    assert "2018-12-0" not in page(commission.officer, new).content.decode()
    bare = page(commission.officer, new, severity="general", reason="逾期。", areas=["land"])
    assert bare.status_code == 409
    assert "sanction.no-basis" in bare.content.decode()
    made = page(
        commission.officer, new, severity="general", reason="逾期。", publish="on",
        areas=list(carried_areas(on)), bases=[b.basis for b in bases_on(on)],
    )  # fmt: skip
    sanction = Sanction.objects.get()
    assert made.url == f"{BASE}/{sanction.pk}/"

    land = commission.desk.person("land")
    task = SanctionTask.objects.get(area="land")
    assert str(task.pk) in page(land, "tasks/").content.decode()
    told = page(land, f"tasks/{task.pk}/", outcome="carried_out", statement="已停止供地。")
    assert told.status_code == 302
    assert (
        page(
            commission.officer, f"tasks/{task.pk}/", outcome="carried_out", statement="x"
        ).status_code
        == 404
    )
    assert "已停止供地" in page(commission.officer, f"{sanction.pk}/").content.decode()
    assert case.enterprise.name in page(None, "public/").content.decode()

    commission.journey.do("withdraw_case")
    assert case.enterprise.name not in page(None, "public/").content.decode()
    notice = ReleaseNotice.objects.get(receiver="land")
    assert "未确认" in page(commission.officer, f"{sanction.pk}/").content.decode()
    assert page(land, f"releases/{notice.pk}/", statement="已恢复。").status_code == 302
    assert Release.objects.get().notices.filter(acknowledged=None).count() > 0


def test_a_record_with_mistakes_shows_each_beside_its_field_and_a_batch_comes_back(
    commission, page
) -> None:
    on = commission.journey.day
    sanction = commission.impose(commission.journey)
    begun = page(commission.officer, f"{sanction.pk}/record/").content.decode()
    assert sanction.enterprise_id in begun, "what the case knows is filled in"
    values = commission.values(sanction, on)
    given = {**values, "CF_CFJGDM": "1", "CF_FRDB": "", "decided_on": on.isoformat()}
    wrong = page(commission.officer, f"{sanction.pk}/record/", **given)
    assert wrong.status_code == 422
    assert {"CF_CFJGDM", "CF_FRDB"} <= set(wrong.context["form"].errors)
    values["decided_on"] = on.isoformat()
    assert page(commission.officer, f"{sanction.pk}/record/", **values).status_code == 302
    record = CreditRecord.objects.get()
    assert page(commission.officer, "batches/", records=[record.pk]).status_code == 302
    batch = Batch.objects.get()
    receipt = {"number": "R1", "accepted_to": 0, "refusals": "1 处罚机关代码不存在"}
    assert page(commission.officer, f"batches/{batch.pk}/", **receipt).status_code == 302
    shown = page(commission.officer, f"records/{record.pk}/").content.decode()
    assert "处罚机关代码不存在" in shown
    assert page(commission.desk.person("eic"), f"records/{record.pk}/").status_code == 403


HEADED = [
    {"piece": "heading", "text": "三、决定"},
    {"piece": "paragraph", "text": "本机关决定：责令停产停业整顿（一号炉）。"},
    {"piece": "items", "entries": ["确定日期的理由：设备采购时间。"]},
    {"piece": "heading", "text": "四、期限"},
    {"piece": "paragraph", "text": "停产停业整顿期限：至2018年2月23日止。"},
]


@pytest.mark.parametrize(
    ("body", "decided"),
    [
        (HEADED, ("责令停产停业整顿（一号炉）。", "停产停业整顿期限：至2018年2月23日止。")),
        (HEADED[:3], ("责令停产停业整顿（一号炉）。", "")),
        ([], ("责令停产停业整顿决定书", "")),
    ],
)
def test_a_record_says_what_was_decided_not_what_the_document_is_called(body, decided) -> None:
    paper = IssuedPaper(title_zh="责令停产停业整顿决定书", content={"body": body})
    assert decided_in(paper) == decided


def test_the_enterprise_sees_its_own_and_objects(commission, page) -> None:
    sanction = commission.impose(commission.journey)
    acts.answer_task(
        sanction.tasks.first().pk, outcome="carried_out", statement="内部说明。",
        **commission.ways(commission.journey.day, commission.desk.person("land")),
    )  # fmt: skip
    own = commission.desk.person(role=Role.ENTERPRISE, uscc=sanction.enterprise_id, function="")
    other = commission.desk.person(role=Role.ENTERPRISE, uscc="91640200MA00000002", function="")
    shown = page(own, f"own/{sanction.pk}/")
    assert shown.status_code == 200
    assert "内部说明" not in shown.content.decode()
    assert page(other, f"own/{sanction.pk}/").status_code == 404
    assert page(own, "").status_code == page(own, "tasks/").status_code == 403
    sent = page(own, f"own/{sanction.pk}/", do="object", statement="期限有误。")
    assert sent.status_code == 302
    assert "期限有误" in page(commission.leader, f"{sanction.pk}/").content.decode()


def test_a_bank_sees_the_lists_and_nothing_else(commission, page, client) -> None:
    journey, people = commission.journey, commission.bank_people
    sanction = commission.impose(journey)
    given = {"uscc": BANK, "name_zh": "某银行（虚构）", "name_en": "A bank", "do": "bank"}
    assert page(people, "credit/", **given).status_code == 302
    listed = page(people, "credit/", ground=f"no_new-{sanction.pk}", reason="逾期。", do="list")
    assert listed.status_code == 302
    listing, clerk = CreditListing.objects.get(), commission.clerk(BANK)
    assert sanction.enterprise.name in page(clerk, "bank/").content.decode()
    answer = {"outcome": "carried_out", "statement": "已停止新增授信。", "amount": ""}
    assert page(clerk, f"bank/{listing.pk}/", **answer).status_code == 302
    assert "已停止新增授信" in page(people, f"credit/{listing.pk}/").content.decode()
    for path in ("", "tasks/", "credit/", "licences/", f"{sanction.pk}/", "own/"):
        assert page(clerk, path).status_code == 403, path
    assert client.get(f"/enterprises/{sanction.enterprise_id}/").status_code == 403
    assert page(people, "bank/").status_code == 403


def test_the_licences_of_all_cases_stand_on_one_page_to_the_last(commission, page) -> None:
    closing = commission.closed("L2")
    shown = page(commission.officer, "licences/").content.decode()
    assert closing.case.number in shown
    assert "排污许可证" in shown
    closing.do("record_exit").do("record_revocation", licence="排污许可证")
    assert closing.case.number not in page(commission.officer, "licences/").content.decode()
    assert closing.case.number in page(commission.officer, "licences/?which=done").content.decode()
