"""The acts of the enterprise, on its own site, by the same door as every act."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from phaseout.casework.models import Case, HandedIn, IssuedPaper, PaperReceipt

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def png(name="证明.png"):
    return SimpleUploadedFile(name, PNG)


def act(client, case, kind, **given):
    address = reverse("own-act", args=[case.pk, kind])
    data = {"key": str(uuid4()), "seen": case.acts.count(), "reason": "", **given}
    return client.post(address, data)


def kinds(case):
    return list(case.acts.order_by("place").values_list("kind", flat=True))


def test_the_rules_of_an_extension_are_told_before_it_is_applied_for(signed_in, ordered, on):
    on(date(2018, 9, 3))
    page = signed_in.get(reverse("own-act", args=[ordered.pk, "apply_extension"])).content.decode()
    for words in ("2018-10-08", "延期最长3个月，只准予一次。", "须写明理由，并附证明材料"):
        assert words in page, words


def test_an_extension_is_applied_for(signed_in, ordered, on):
    on(date(2018, 9, 3))
    answer = act(
        signed_in, ordered, "apply_extension", months=3, reason="设备交货推迟。", proof=png()
    )
    assert answer.status_code == 302
    assert kinds(ordered)[-1] == "apply_extension"
    application = IssuedPaper.objects.get(case=ordered, document="extension_application")
    assert application.audience == "own"
    page = signed_in.get(reverse("own-case", args=[ordered.pk])).content.decode()
    assert "申请延期的规则" not in page, "it waits for an answer; a second is not taken"


def test_longer_than_the_rule_allows_is_refused_with_the_rule(signed_in, ordered, on):
    on(date(2018, 9, 3))
    answer = act(
        signed_in, ordered, "apply_extension", months=4, reason="设备交货推迟。", proof=png()
    )
    assert answer.status_code == 409
    assert "apply_extension" not in kinds(ordered)


def test_the_day_after_the_last_it_is_refused(signed_in, ordered, on):
    on(date(2018, 10, 9))
    page = signed_in.get(reverse("own-act", args=[ordered.pk, "apply_extension"]))
    assert page.status_code == 409


@pytest.mark.parametrize("pressed", [1, 2])
def test_completion_is_reported_once_however_often_the_button_is_pressed(
    signed_in, ordered, on, pressed
):
    on(date(2018, 6, 1))
    key = str(uuid4())
    for _ in range(pressed):
        answer = act(signed_in, ordered, "report_completion", key=key, completion_report=png())
        assert answer.status_code == 302
    assert kinds(ordered).count("report_completion") == 1


def test_a_defence_goes_by_points_and_can_be_withdrawn(signed_in, desk, case, on):
    case = desk.walk(
        case, "order.file", "order.collect_evidence", "order.notice", "order.serve_notice"
    )
    on(date(2018, 3, 16))
    assert act(signed_in, case, "order.defence", points="第一点\n第二点").status_code == 302
    stated = case.acts.get(kind="order.defence")
    assert stated.facts["points"] == ["第一点", "第二点"]
    assert act(signed_in, case, "order.withdraw_defence", reason="已查清").status_code == 302
    assert kinds(case)[-1] == "order.withdraw_defence"


def test_a_remedy_is_recorded_until_its_last_day(signed_in, ordered, on):
    on(date(2018, 6, 1))
    assert act(signed_in, ordered, "order.apply_reconsideration").status_code == 302
    on(date(2018, 6, 2))
    page = signed_in.get(reverse("own-act", args=[ordered.pk, "order.apply_reconsideration"]))
    assert page.status_code == 409


def test_an_act_of_the_office_is_not_there(signed_in, ordered, on):
    on(date(2018, 4, 3))
    for kind in ("record_overdue", "grant_extension", "no_such_act"):
        assert signed_in.get(reverse("own-act", args=[ordered.pk, kind])).status_code == 404
        assert act(signed_in, ordered, kind).status_code == 404


def test_a_missing_file_and_a_file_in_disguise_come_back_beside_the_field(signed_in, ordered, on):
    on(date(2018, 6, 1))
    assert act(signed_in, ordered, "report_completion").status_code == 422
    bad = SimpleUploadedFile("报告.pdf", b"MZ" + b"\0" * 100)
    answer = act(signed_in, ordered, "report_completion", completion_report=bad)
    assert answer.status_code == 422
    assert "报告.pdf" in answer.content.decode()


def test_who_saw_less_is_told_without_a_name(signed_in, desk, ordered, on):
    on(date(2018, 6, 1))
    answer = act(signed_in, ordered, "report_completion", seen=3, completion_report=png())
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "案件又有新的办理" in text
    assert "某officer" not in text


def test_evidence_is_handed_in_and_the_office_sees_it(signed_in, client, desk, ordered, on):
    on(date(2018, 4, 3))
    address = reverse("own-evidence", args=[ordered.pk])
    answer = signed_in.post(
        address, {"file": png("合同.png"), "note": "设备采购合同", "dated_on": "2018-03-01"}
    )
    assert answer.status_code == 302
    one = HandedIn.objects.get()
    assert (one.note, one.handed_on) == ("设备采购合同", date(2018, 4, 3))
    client.force_login(desk.person())
    assert client.get(reverse("evidence-file", args=[one.file_id])).status_code == 200


def test_what_files_are_taken_is_said_in_the_language_of_the_page(signed_in, ordered, on):
    on(date(2018, 4, 3))
    for language, said in (("zh-hans", "不超过 20 MB"), ("en", "at most 20 MB")):
        signed_in.cookies["django_language"] = language
        assert said in signed_in.get(f"/own/cases/{ordered.pk}/evidence/").content.decode()


def test_to_a_closed_case_nothing_is_handed_in(signed_in, desk, ordered, on):
    desk.walk(ordered, ("report_completion", date(2018, 6, 1)), "recheck_passed", "close_met")
    on(date(2018, 6, 4))
    address = reverse("own-evidence", args=[ordered.pk])
    assert signed_in.post(address, {"file": png(), "note": "x"}).status_code == 409
    assert not HandedIn.objects.exists()


def test_receipt_of_an_electronic_document_is_confirmed_once(signed_in, desk, case, on):
    on(date(2018, 3, 16))
    case = desk.walk(case, "order.file", "order.collect_evidence", "order.notice")
    desk.do(case, "order.serve_notice", date(2018, 3, 15), service_way="electronic", consent=True)
    notice = IssuedPaper.objects.get(case=case, document="notice")
    page = signed_in.get(reverse("paper", args=[notice.pk])).content.decode()
    assert "确认收到这份文书" in page
    for _ in range(2):
        assert signed_in.post(reverse("own-receive", args=[notice.pk])).status_code == 302
    assert PaperReceipt.objects.get().received_on == date(2018, 3, 16)
    assert Case.objects.get(pk=case.pk).acts.filter(served_on=date(2018, 3, 15)).exists()


def test_what_was_served_in_person_is_not_confirmed_here(signed_in, ordered, on):
    on(date(2018, 4, 3))
    order = IssuedPaper.objects.get(case=ordered, document="rectification_order")
    assert signed_in.post(reverse("own-receive", args=[order.pk])).status_code == 409
    assert not PaperReceipt.objects.exists()
