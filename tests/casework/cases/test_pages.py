"""The pages of cases, as an officer, another city's officer and the enterprise meet them."""

from __future__ import annotations

import re
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from phaseout.accounts.powers import Role
from phaseout.casework.models import Act, Case


def opening_url(*findings, **more):
    return (
        reverse("case-open")
        + "?"
        + urlencode([*(("finding", f.finding_id) for f in findings), *more.items()])
    )


def sent(page):
    """The fields of the form that opens the case, as a browser would send them."""
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page):
        if name != "csrfmiddlewaretoken":
            fields.setdefault(name, []).append(value)
    fields["reason"] = ["经查属实。"]
    return fields


@pytest.fixture
def officer(desk, client):
    client.force_login(desk.person())
    return client


def test_before_the_act_one_screen_says_all(desk, officer):
    finding = desk.finding(desk.line())
    page = officer.get(opening_url(finding)).content.decode()
    for words in (
        "云岭水泥001厂",
        "131.5",
        "实施意见第（四）项",
        "《节约能源法》（2016年）第十六条、第七十二条",
        "条文凭记忆，尚未核对",
        "期限6个月",
        "不能撤销或更改",
        "自治区经济和信息化委员会",
        "银川市人民政府",
    ):
        assert words in page
    assert Act.objects.count() == 0


def test_the_button_opens_the_case_and_leads_to_it(desk, officer):
    finding = desk.finding(desk.line())
    fields = sent(officer.get(opening_url(finding)).content.decode())
    answer = officer.post(reverse("case-open"), fields, follow=True)
    page = answer.content.decode()
    case = Case.objects.get()
    assert answer.redirect_chain == [(reverse("case", args=[case.pk]), 302)]
    assert "宁经信能立〔2018〕1号" in page
    assert "经查属实。" in page
    assert "立案审批" in page
    assert "自治区经济和信息化委员会经办人" in page


def test_the_button_pressed_twice_opens_one_case(desk, officer):
    fields = sent(officer.get(opening_url(desk.finding(desk.line()))).content.decode())
    first, second = (officer.post(reverse("case-open"), fields) for _ in "12")
    assert first.url == second.url
    assert Case.objects.count() == 1


def test_a_refusal_is_an_answer_that_leads_on(desk, officer):
    finding = desk.finding(desk.line(), provisional=True, reasons=["norm_not_verified"])
    answer = officer.get(opening_url(finding))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "finding_provisional" in page
    assert reverse("confirm-row", args=["energy_limits/GB16780-2012/1"]) in page
    assert "<button>立案</button>" not in page


def test_what_changed_since_it_was_read_is_shown_anew(desk, officer):
    finding = desk.finding(desk.line())
    fields = sent(officer.get(opening_url(finding)).content.decode())
    desk.end(finding)
    later = desk.finding(finding.line, finding_id=finding.finding_id, found_on=desk.today)
    answer = officer.post(reverse("case-open"), fields)
    assert answer.status_code == 409
    assert "finding_changed_since" in answer.content.decode()
    assert sent(answer.content.decode())["seen"] == [str(later.pk)]


def test_without_a_reason_the_form_says_so(desk, officer):
    fields = sent(officer.get(opening_url(desk.finding(desk.line()))).content.decode())
    answer = officer.post(reverse("case-open"), {**fields, "reason": ""})
    assert answer.status_code == 422
    assert Case.objects.count() == 0


def test_a_finding_on_the_enterprise_asks_for_its_line(desk, client):
    client.force_login(desk.person("epd"))
    line = desk.line()
    finding = desk.finding(
        None, enterprise=line.enterprise, dimension="environment", reasons=["permit_missing"]
    )
    answer = client.get(opening_url(finding))
    assert answer.status_code == 200
    assert f'<option value="{line.pk}">' in answer.content.decode()
    page = client.get(opening_url(finding, line=line.pk)).content.decode()
    answer = client.post(reverse("case-open"), sent(page))
    assert answer.status_code == 302


@pytest.mark.parametrize("junk", ["\x00", "\ud800".encode("utf-8", "surrogatepass"), "' OR 1=1 --"])
def test_junk_in_the_address_is_not_an_error(desk, officer, junk):
    assert officer.get(reverse("case-open"), {"finding": junk}).status_code in (404, 409)
    assert officer.get(reverse("cases"), {"q": junk, "cursor": junk}).status_code in (200, 409, 422)
    finding = desk.finding(desk.line())
    answer = officer.post(
        reverse("case-open"),
        {"finding": finding.finding_id, "line": junk, "seen": junk, "key": junk, "reason": junk},
    )
    assert answer.status_code in (302, 409, 422)


def test_the_grounds_are_shown_as_they_stood_and_as_they_are_now(desk, officer):
    finding = desk.finding(desk.line())
    gone = desk.finding(finding.line)
    case = desk.open_(finding, gone).case
    desk.end(finding)
    desk.end(gone)
    desk.finding(
        finding.line,
        finding_id=finding.finding_id,
        verdict="compliant",
        effect="records",
        found_on=desk.today,
        summary_zh="重测后108 kgce/t，达标。",
    )
    page = officer.get(reverse("case", args=[case.pk])).content.decode()
    assert "现在的结论" in page
    assert "重测后108 kgce/t，达标。" in page
    assert "不再成立" in page
    assert page.count("可比熟料综合煤耗131.5 kgce/t") >= 2


@pytest.mark.parametrize(
    ("person", "sees"),
    [
        ({"function": "eic"}, 200),
        ({"function": "cities", "division": "640100"}, 200),
        ({"role": Role.AUDITOR, "function": "inspection"}, 200),
        ({"function": "cities", "division": "640200"}, 404),
        ({"function": "qts"}, 404),
        ({"role": Role.ENTERPRISE, "uscc": "91640100MA00000002"}, 404),
        ({"role": Role.ADMINISTRATOR}, 403),
    ],
)
def test_who_sees_a_case(desk, client, person, sees):
    case = desk.open_(desk.finding(desk.line())).case
    client.force_login(desk.person(**person))
    assert client.get(reverse("case", args=[case.pk])).status_code == sees
    listed = client.get(reverse("cases"))
    assert (case.number in listed.content.decode()) == (sees == 200)


def test_the_public_signs_in_first(desk, client):
    for name in ("cases", "case-open"):
        assert client.get(reverse(name)).status_code == 302


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_who_may_not_open_is_refused_the_page(desk, client, role):
    client.force_login(desk.person(role=role))
    assert client.get(opening_url(desk.finding(desk.line()))).status_code == 403


def test_another_citys_finding_is_not_there(desk, client):
    client.force_login(desk.person("cities", division="640200"))
    assert client.get(opening_url(desk.finding(desk.line()))).status_code == 404


def test_the_list_is_narrowed_and_turned(desk, officer):
    for n in range(55):
        desk.open_(desk.finding(desk.line(f"L{n:02}")))
    first = officer.get(reverse("cases"))
    page = first.context["page"]
    assert [c.serial for c in page.rows] == list(range(55, 5, -1))
    second = officer.get(reverse("cases"), {"cursor": page.after})
    assert [c.serial for c in second.context["page"].rows] == [5, 4, 3, 2, 1]
    one = officer.get(reverse("cases"), {"q": "L07号线", "dimension": "energy", "city": "6401"})
    assert [c.line_id for c in one.context["page"].rows] == ["L07"]
    assert not officer.get(reverse("cases"), {"state": "closed"}).context["page"].rows
    assert officer.get(reverse("cases"), {"city": "9999"}).status_code == 422


def test_the_number_of_queries_does_not_grow(desk, officer, django_assert_max_num_queries):
    cases = [desk.open_(*(desk.finding(desk.line("L0")) for _ in range(9)))]
    cases += [desk.open_(desk.finding(desk.line(f"L{n}"))) for n in range(1, 9)]
    with django_assert_max_num_queries(6):
        officer.get(reverse("cases"))
    with django_assert_max_num_queries(16):
        officer.get(reverse("case", args=[cases[0].case_id]))


def test_a_name_with_markup_is_text(desk, officer):
    firm = desk.enterprise("91640100MA00000666", name="<script>alert(1)</script>厂")
    finding = desk.finding(desk.line("S1", firm))
    page = officer.get(opening_url(finding)).content.decode()
    case = desk.open_(finding, reason="<img src=x onerror=alert(1)>").case
    page += officer.get(reverse("case", args=[case.pk])).content.decode()
    page += officer.get(reverse("cases")).content.decode()
    assert "<script>alert(1)" not in page
    assert "<img src=x" not in page


def test_in_english(desk, officer, settings):
    officer.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    finding = desk.finding(desk.line())
    page = officer.get(opening_url(finding)).content.decode()
    case = desk.open_(finding, reason="checked", key=uuid4()).case
    page += officer.get(reverse("case", args=[case.pk])).content.decode()
    assert "Economic and Information Commission" in page
    assert "filing approved" in page


def statements(client, address):
    """The SQL by which a page reads cases and acts, figures and ids taken out."""
    with CaptureQueriesContext(connection) as done:
        assert client.get(address).status_code == 200
    asked = [query["sql"] for query in done.captured_queries]
    own = [sql for sql in asked if re.search('FROM "casework_(case|act)"', sql)]
    return [re.sub(r"'[^']*'|\b\d+\b", "?", sql) for sql in own]


def test_the_sql_of_the_pages_is_as_it_was(desk, officer, snapshot):
    finding, waiting = desk.finding(desk.line("L1")), desk.finding(desk.line("L2"))
    case = desk.open_(finding).case
    assert {
        "list": statements(officer, reverse("cases")),
        "case": statements(officer, reverse("case", args=[case.pk])),
        "before opening": statements(officer, opening_url(waiting)),
    } == snapshot


def test_after_a_merging_either_code_and_either_name_finds_the_cases_of_both(desk, officer):
    kept = desk.enterprise("91640100MA00000001", name="云岭水泥厂")
    dropped = desk.enterprise("91640100MA00000002", name="老云岭建材公司")
    cases = {
        desk.open_(desk.finding(desk.line(line, firm))).case.number
        for line, firm in (("L1", kept), ("L2", dropped))
    }

    def found(text):
        pages = [officer.get(reverse(n), {"q": text}, follow=True) for n in ("cases", "search")]
        listed = [{n for n in cases if n in page.content.decode()} for page in pages]
        return listed[0] if listed[0] == listed[1] else listed

    assert found(kept.pk) < cases
    type(dropped).objects.filter(pk=dropped.pk).update(merged_into=kept)
    for text in (kept.pk, dropped.pk, "云岭水泥厂", "老云岭"):
        assert found(text) == cases, text
    assert found("91640100MA00000003") == set()
    type(dropped).objects.filter(pk=dropped.pk).update(merged_into=None)
    assert found(dropped.pk) < cases
