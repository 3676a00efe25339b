"""Each procedure is walked on the site, page by page, by the right people, to its end.

Officials go by the page of an act and the page that signs, enterprises by their own site; the demo
day is moved on. The same roads as `test_every_end` takes.
"""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casebook import Desk
from journeys import ENDS, Journey, voluntary
from phaseout.accounts.powers import Role
from phaseout.casework.models import Case, Proposal
from phaseout.casework.proceeding.facts import item_types
from phaseout.casework.proceeding.holders import wanted
from phaseout.casework.proceeding.replaying import differences
from phaseout.desk.models import DemoDay
from phaseout.law.procedures.carried import serves

HIDDEN = re.compile(r'<input type="hidden" name="([\w.-]+)" value="([^"]*)"[^>]*>')
POINTS = re.compile(r'name="(answers-\d+)"')
CHOSEN = re.compile(r'<select name="(\w+)".*?</select>', re.S)
OPTION = re.compile(r'<option value="([^"]+)"')


class DeskOfPages(Desk):
    """Acts are done by sending the forms of the site, not by calling the acts."""

    def __init__(self, client) -> None:
        super().__init__()
        self.client = client

    def do(self, case, kind, on=date(2018, 3, 15), **given):
        if not DemoDay.objects.filter(day__gte=on).exists():
            DemoDay.objects.create(day=on)
        if kind == "accept_application":
            self.review(case, on)
        rule = self.rule(case, kind)
        asked = wanted(rule, case)
        self.client.force_login(self.doer(rule, case))
        name = "own-act" if asked.by_enterprise else "case-act"
        address = reverse(name, args=[case.pk, kind])
        page = self.client.get(address)
        assert page.status_code == 200, (kind, page.status_code)
        fields = self.filled(rule, page.content.decode(), on, given)
        before = case.acts.count()
        answer = self.client.post(address, fields)
        assert answer.status_code == 302, (kind, said(answer))
        if asked.signs and rule.role != "leader":
            self.signed(Proposal.objects.get(case=case, kind=kind, state="waiting"), rule, case)
        assert case.acts.count() == before + 1, kind

    def signed(self, proposal, rule, case) -> None:
        self.client.force_login(self.leader(rule, case))
        address = reverse("proposal", args=[proposal.pk])
        page = self.client.get(address).content.decode()
        answer = self.client.post(address, {**dict(HIDDEN.findall(page)), "do": "sign"})
        assert answer.status_code == 302, (rule.kind, said(answer))

    def filled(self, rule, page: str, on: date, given) -> dict[str, object]:
        """The form as a person fills it: hidden fields as they came, choices from what is offered,
        the rest by its type."""
        fields: dict[str, object] = dict(HIDDEN.findall(page))
        for bring in rule.brings:
            if bring.item in given:
                fields[bring.item] = given[bring.item]
            elif bring.item == "service_way" or bring.optional:
                continue
            else:
                fields |= self.one(bring.item, page, on)
        for select in CHOSEN.finditer(page):
            options = OPTION.findall(select.group(0))
            if select.group(1) not in given and options:
                fields[select.group(1)] = options[0]
        if serves(rule):
            fields |= {"service_way": "in_person", "served_from": on.isoformat()}
        fields.setdefault("reason", "经查属实。")
        return fields

    def one(self, item: str, page: str, on: date) -> dict[str, object]:
        kind = item_types()[item]
        if kind == "file":
            file = f"%PDF-1.4 {item} {on}".encode()
            return {item: SimpleUploadedFile(f"{item}.pdf", file, content_type="application/pdf")}
        if kind == "licences":
            return {f"{item}-0-licence": "排污许可证", f"{item}-0-issuer": "核发机关"}
        if kind == "map":
            return dict.fromkeys(POINTS.findall(page), "不采纳：与监测数据不符。")
        value = self.fact(item, on)
        if kind == "moment":
            return {item: value.strftime("%Y-%m-%dT%H:%M")}
        return {item: "\n".join(value) if kind == "list" else str(value)}


def said(answer) -> str:
    """What a page that refused says, for the message of the test."""
    text = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return re.sub(r"\s+", " ", text)[:3000]


@pytest.mark.parametrize(
    ("dimension", "end"),
    [
        (dimension, end)
        for dimension, ends in ENDS.items()
        for end in ends
        if end in ("closed_exited", "closed_met")
    ],
)
def test_a_case_is_walked_on_the_site_to_its_end(db, client, dimension, end):
    journey = Journey(DeskOfPages(client), dimension)
    ENDS[dimension][end](journey)
    case = Case.objects.get(pk=journey.case.pk)
    assert (case.stage, case.closed_on) == (end, journey.day)
    assert differences(case) == []


def test_the_exit_is_opened_and_confirmed_on_the_site(db, client):
    desk = DeskOfPages(client)
    decided = Journey(desk, "energy")
    decided.decided("order").after("rectification").do("record_overdue").decided("closure")
    address = reverse("case-exit", args=[decided.case.pk])
    client.force_login(desk.person("epd"))
    assert client.get(address).status_code == 404  # another department does not see the case
    client.force_login(desk.person())
    offered = client.get(reverse("case", args=[decided.case.pk])).content.decode()
    assert address in offered
    page = client.get(address).content.decode()
    fields = dict(HIDDEN.findall(page)) | desk.one("decision_served", page, decided.day)
    assert client.post(address, {**fields, "exit_form": ""}).status_code == 422
    fields |= desk.one("decision_served", page, decided.day)
    first = client.post(address, {**fields, "exit_form": "整体关停"})
    assert first.status_code == 302, said(first)
    assert client.post(address, {**fields, "exit_form": "整体关停"}).url == first.url
    assert client.get(address).status_code == 409  # one exit at a time
    exit_ = Journey.of(decided, Case.objects.get(procedure="exit"))
    assert first.url == reverse("case", args=[exit_.case.pk])
    exit_.do("shut_down", "verify_stopped").do("record_revocation", licence="排污许可证")
    exit_.do("settlement_confirmed", "publish_exit").after("objection").do("confirm_exit")
    assert exit_.case.stage == "exited"
    assert differences(exit_.case) == []


def test_an_enterprise_applies_for_its_exit_and_leaves_on_the_site(db, client):
    desk = DeskOfPages(client)
    line = desk.line()
    address = reverse("own-exit")
    client.force_login(desk.person())
    assert client.get(address).status_code == 403
    client.force_login(desk.person(role=Role.ENTERPRISE, uscc=line.enterprise_id, function=""))
    assert address in client.get(reverse("own-home")).content.decode()
    page = client.get(address).content.decode()
    fields = dict(HIDDEN.findall(page)) | {"line": line.pk, "exit_form": "拆除主体设备"}
    told = client.post(address, {**fields, "line": "of another"})
    assert told.status_code == 422
    fields |= desk.one("application", page, date(2018, 3, 15))
    first = client.post(address, fields)
    assert first.status_code == 302, said(first)
    assert client.post(address, fields).url == first.url
    assert "撤回退出申请" in client.get(first.url).content.decode()
    again = client.get(address).content.decode()
    again = dict(HIDDEN.findall(again)) | {"line": line.pk, "exit_form": "拆除主体设备"}
    again |= desk.one("application", page, date(2018, 3, 16))
    assert client.post(address, again).status_code == 409  # one exit at a time
    journey = Journey.of_case(desk, Case.objects.get())
    voluntary(journey)
    assert journey.case.stage == "exited"
    assert differences(journey.case) == []
