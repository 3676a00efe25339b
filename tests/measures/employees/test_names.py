"""Names are the human-resources office's and the firm's own: pages, files and the database."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from phaseout.accounts import rows
from phaseout.accounts.models import User
from phaseout.accounts.powers import Role
from phaseout.accounts.reach import reach_of
from phaseout.accounts.scope import scope_of
from phaseout.measures.employees.models import Employee, EmployeeList, Paid, Settlement

pytestmark = pytest.mark.django_db
PERSONAL = ("employeeact", "employeelist", "employee", "assessment", "paid", "step")
NAME = "苏木林"


def client(user: User) -> Client:
    made = Client()
    made.force_login(user)
    return made


def strangers(hr) -> list[User]:
    return [
        hr.desk.person("eic"),
        hr.desk.person("hr", division="640100"),  # a city's bureaus share one office
        hr.desk.person("cities", division="640100"),
        hr.desk.person("inspection", Role.AUDITOR),
    ]


@pytest.fixture
def settlement(hr) -> Settlement:
    made = hr.ready()
    hr.desk.line()
    from phaseout.measures.employees import acts

    acts.record_payments(
        made.pk, Paid.What.WAGES, {"0001": None},
        paid_on=hr.desk.today, voucher="回单1", **hr.ways(),
    )  # fmt: skip
    acts.record_steps(made.pk, "transferred", ["0001"], done_on=hr.desk.today, **hr.ways())
    return made


def test_a_page_that_forgets_its_condition_shows_no_person_to_other_offices(hr, settlement) -> None:
    def seen(user: User) -> dict[str, int]:
        found = {}
        rows.begin()
        try:
            rows.show(reach_of(scope_of(user, on=hr.desk.today)))
            with connection.cursor() as cursor:
                for table in PERSONAL:
                    cursor.execute(f"SELECT count(*) FROM employees_{table}")
                    found[table] = cursor.fetchone()[0]
        finally:
            rows.end()
        return found

    everything = dict.fromkeys(PERSONAL, 1)
    for user in (hr.officer, hr.own):
        assert {table: min(1, n) for table, n in seen(user).items()} == everything
    nothing = dict.fromkeys(PERSONAL, 0)
    other = hr.desk.enterprise("91640100MA00000002")
    rival = hr.desk.person("", Role.ENTERPRISE, uscc=other.pk)
    for user in (*strangers(hr), rival):
        assert seen(user) == nothing


def test_other_offices_see_numbers_and_no_name_on_any_page(hr, settlement) -> None:
    person = reverse("settlement-person", args=[settlement.pk, Employee.objects.first().pk])
    shown, people = (reverse(n, args=[settlement.pk]) for n in ("settlement", "settlement-people"))
    listed = reverse("settlement-list", args=[EmployeeList.objects.get().pk])
    for user in strangers(hr):
        answer = client(user).get(shown)
        assert answer.status_code == 200 and "82,700" in answer.content.decode()
        assert NAME not in answer.content.decode()
        for path in (people, person):
            assert client(user).get(path).status_code == 403
        assert client(user).get(listed).status_code == 404  # the database shows them no list
    for user in (hr.officer, hr.own):
        for path in (people, person):
            assert NAME in client(user).get(path).content.decode()
    rival = hr.desk.person("", Role.ENTERPRISE, uscc=hr.desk.enterprise("91640100MA00000002").pk)
    assert client(rival).get(shown).status_code == 404


def test_the_lists_file_is_read_by_who_sees_names(hr, settlement) -> None:
    path = reverse("evidence-raw", args=[EmployeeList.objects.get().file_id])
    assert client(hr.desk.person("eic")).get(path).status_code in (403, 404)
    assert client(hr.own).get(path).status_code == 200


def test_an_enterprise_brings_a_list_and_gets_it_back_marked(hr, tmp_path) -> None:
    settlement = hr.settlement()
    book = Workbook()
    sheet = book.active
    sheet.append(
        [
            "工号",
            "姓名",
            "人员类别",
            "出生日期",
            "入职日期",
            "合同终止日期",
            "终止事由",
            "拖欠工资",
            "欠缴社会保险费",
        ]
    )
    sheet.append(["0001", NAME, "男职工", "1980-05-02", None, "2018-02-28", "关闭", 0, 0])
    book.save(tmp_path / "名册.xlsx")
    upload: dict[str, Any] = {
        "key": "6f6c1e0e-5f53-4a4e-8a51-5f1e7a3e0001",
        "file": SimpleUploadedFile("名册.xlsx", (tmp_path / "名册.xlsx").read_bytes()),
    }
    own = client(hr.own)
    answer = own.post(reverse("settlement-list-new", args=[settlement.pk]), upload, follow=True)
    text = answer.content.decode()
    assert "未采用" in text and "入职日期" in text and "不作推定" in text
    pk = EmployeeList.objects.get().pk
    answer = own.get(reverse("settlement-marked", args=[pk]))
    (tmp_path / "marked.xlsx").write_bytes(answer.content)
    cell = load_workbook(tmp_path / "marked.xlsx").active["E2"]
    assert "入职日期" in cell.comment.text and cell.fill.fgColor.rgb.endswith("F4B6B6")
    assert own.get(reverse("settlement-problems", args=[pk, "csv"])).status_code == 200
    # nothing in the file name or the address says more to others
    assert client(hr.desk.person("eic")).get(
        reverse("settlement-marked", args=[pk])
    ).status_code == 404  # fmt: skip


def test_payments_and_the_plan_go_through_the_pages(hr, settlement) -> None:
    office = client(hr.officer)
    form = {"key": "6f6c1e0e-5f53-4a4e-8a51-5f1e7a3e0002", "do": "severance", "day": "2018-03-15"}
    people = reverse("settlement-people", args=[settlement.pk])
    refused = office.post(people, {**form, "number": ["0001"]})
    assert refused.status_code == 409 and "no-voucher" in refused.content.decode()
    done = office.post(people, {**form, "number": ["0001", "0002"], "note": "回单2"}, follow=True)
    assert "已记录2人" in done.content.decode()
    shown = reverse("settlement", args=[settlement.pk])
    confirm = {"key": "6f6c1e0e-5f53-4a4e-8a51-5f1e7a3e0003", "do": "confirm"}
    assert client(hr.desk.person("eic")).post(shown, confirm).status_code == 403
    assert "已确认" in office.post(shown, confirm, follow=True).content.decode()
