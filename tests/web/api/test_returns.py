"""Returns over HTTP: a bureau's system reads what is filled in, and reports once; the department
accepts or sends back."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from api_machine import Machine, key, machine_of
from casebook import Desk
from phaseout.coordination.returns.models import Draft, Return
from phaseout.coordination.returns.rows import Row
from phaseout.coordination.returns.writing import workbook
from returns_book import AFTER, IN_TIME, YEAR, Round, outside

PLACE = f"/coordination/returns/{YEAR}/eic/640100"


@pytest.fixture
def on(settings: Any):
    """Set the business day."""

    def set_(today: date) -> None:
        settings.DEMO_FIRST_DAY = today

    return set_


@pytest.fixture
def round_(db: None) -> Round:
    return Round(Desk())


def cells(row: Row) -> dict[str, str]:
    words = {k: told if isinstance(told, str) else told[0] for k, told in row.words.items()}
    return {name: told for name, told in words.items() if name != "city"}


def test_what_the_ledger_filled_in_is_corrected_and_reported_once(round_, on) -> None:
    on(IN_TIME)
    round_.exits()
    bureau = machine_of(round_.city, days=360)
    draft = bureau.get(f"{PLACE}/draft").said
    (ledger,) = draft["rows"]
    assert (ledger["amount"], ledger["cells"]["capacity"]) == ("600000", "60")
    given = {"rows": [{**ledger["cells"], "quantity": "1"}, cells(outside())]}
    once = key()
    first, again = (bureau.post(PLACE, given, **once) for _ in range(2))
    assert (first.status_code, first.said) == (201, again.said)
    assert (first.said["version"], first.said["rows"], Return.objects.count()) == (1, 2, 1)
    anew = bureau.post(PLACE, given, **key())
    assert (anew.status_code, anew.said["refused"]) == (409, "return.sent-already")
    department = machine_of(round_.eic, days=360)
    shown = department.get(PLACE).said
    assert [one["amount"] for one in shown["rows"]] == ["600000", "200000"]
    assert (shown["state"], shown["counted"]) == ("filed", [])
    _settled(department, bureau)


def _settled(department: Machine, bureau: Machine) -> None:
    """The department compares, sends back, and accepts what is reported anew, once."""
    beside = department.get(f"{PLACE}/comparison").said
    agrees, differs = beside["rows"]
    assert (agrees["choices"], differs["choices"]) == ([], ["city", "excluded"])
    assert (differs["ledger"], differs["city"]["amount"]) == (None, "200000")
    asked = {"seen": beside["digest"], "settled": []}

    def does(machine: Machine, act: str, body: Any, keyed: Any = None) -> tuple[int, str]:
        told = machine.post(f"{PLACE}/{act}", body, **(keyed or key()))
        return told.status_code, told.said.get("refused") or told.said["state"]

    assert does(bureau, "accept", asked) == (409, "return.not-yours")
    assert does(department, "accept", asked) == (409, "return.differences-open")
    assert does(department, "accept", {**asked, "seen": "0"}) == (409, "return.other-version")
    chosen = {"number": differs["number"], "choice": "city", "reason": "已实地核查。"}
    once = key()
    for _ in range(2):
        settled = does(department, "accept", {**asked, "settled": [chosen]}, once)
        assert settled == (201, "accepted")
    counted = department.get(PLACE).said["counted"]
    assert [one["amount"] for one in counted] == ["600000", "200000"]
    assert does(department, "send-back", {"reason": " "}) == (409, "return.no-reason")
    assert does(department, "send-back", {"reason": "数量有误。"}) == (201, "sent_back")


def test_what_is_wrong_is_named_and_nothing_is_taken_nor_the_draft_touched(round_, on) -> None:
    on(IN_TIME)
    round_.drafts(outside())
    bureau = machine_of(round_.city, days=360)
    wrong = {**cells(outside()), "capacity": "二十", "uscc": "1"}
    told = bureau.post(PLACE, {"rows": [wrong]}, **key())
    assert (told.status_code, told.said["refused"]) == (409, "return.rows-wrong")
    assert "第1行“产能”：二十，应为数" in told.said["why"]["zh"]
    assert bureau.post(PLACE, {"rows": [{"colour": "red"}]}, **key()).status_code == 422
    assert (Return.objects.count(), Draft.objects.count()) == (0, 1)


def test_the_form_as_a_workbook_after_the_last_day_asks_why(round_, on) -> None:
    on(AFTER)
    bureau = machine_of(round_.city, days=360)
    book = workbook([outside()], "x")

    def sent(**given: str):
        file = SimpleUploadedFile("报送.xlsx", book)
        answer = bureau.client.post(
            f"/api/v1{PLACE}/workbook", {"file": file, **given}, headers={**bureau.headers, **key()}
        )
        return answer.status_code, json.loads(answer.content)

    status, said = sent()
    assert (status, said["refused"]) == (409, "return.late")
    status, said = sent(reason="系统故障。")
    assert (status, said["days_late"], said["rows"]) == (201, 1, 1)


@pytest.mark.parametrize(
    ("who", "status"),
    [(("epd", "640000"), 409), (("cities", "640200"), 404), (("epd", "640100"), 409)],
)
def test_the_wrong_bureau_is_refused_and_another_city_finds_nothing(
    round_, on, who, status
) -> None:
    on(IN_TIME)
    machine = machine_of(round_.desk.person(who[0], division=who[1]), days=360)
    told = machine.post(PLACE, {"nil": True}, **key())
    assert told.status_code == status
    if status == 409:
        assert told.said["refused"] == "return.wrong-bureau"
    assert not Return.objects.exists()
