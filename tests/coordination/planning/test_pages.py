"""The pages of the plan: a year from the first draft to the progress, as people click it."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from phaseout.coordination.planning.acts import Edits, LineEdit, TextEdit
from phaseout.coordination.planning.models import WorkPlan
from phaseout.coordination.planning.papers import document_of, plan_pdf
from phaseout.law.planning import measures

PLANS = "/coordination/plan/"


def post(client: Client, address: str, do: str, **given: object) -> int:
    """Send the act's form as the page made it; gives the status."""
    return client.post(address, {"do": do, "key": KEYS.pop(), **given}).status_code


KEYS = [f"00000000-0000-4000-8000-{n:012d}" for n in range(200)]


@pytest.fixture
def drafted(bureau, client: Client) -> str:
    """The address of a draft made on the page."""
    bureau.line("A", governing="dismantle", governing_dimension="technology")
    bureau.line("B", outdated="provisionally")
    client.force_login(bureau.officer)
    answer = client.post(PLANS, {"year": "2018", "key": KEYS.pop(), "reason": ""})
    assert answer.status_code == 302
    return answer.url


def test_a_plan_goes_its_way_on_the_pages(bureau, client: Client, drafted: str) -> None:
    five = ["drc", "epd", "qts", "wsb", "cms"]
    assert post(client, drafted, "consult", offices=five[:2], last_day="2018-03-30") == 409
    assert post(client, drafted, "consult", offices=five, last_day="2018-03-30") == 302
    opinions = f"{drafted}opinions/"
    for office in five:
        client.force_login(bureau.desk.person(office))
        assert "意见" in client.get(opinions).content.decode()
        said = "建议提前。" if office == "epd" else ""
        assert post(client, opinions, "reply", points=said) == 302
    client.force_login(bureau.officer)
    (point,) = [
        one["point"]
        for row in client.get(opinions).context["consultations"][0]["rows"]
        for one in row["points"]
    ]
    wrong = {"opinion": point.pk, "outcome": "declined", "reason": ""}
    assert post(client, opinions, "answer", **wrong) == 409
    assert post(client, opinions, "answer", **{**wrong, "reason": "期限已定。"}) == 302
    plan = WorkPlan.objects.get()
    client.force_login(bureau.leader)
    assert post(client, drafted, "submit", digest=plan.digest) == 302
    client.force_login(bureau.government)
    assert "审定并印发" in client.get(drafted).content.decode()
    assert post(client, drafted, "adopt", digest=plan.digest, document="宁政办发〔2018〕0号") == 302
    assert "现行" in client.get(drafted).content.decode()


def test_measures_are_told_in_english_where_nobody_rewrote_them(bureau, client, drafted) -> None:
    (first, *_, last) = WorkPlan.objects.get().measures.all()
    edits = Edits(reason="改", measures={last.place: TextEdit("另拟的措施。", "更具体。")})
    plan = bureau.drafted(edits)
    client.cookies["django_language"] = "en"
    page = client.get(f"{PLANS}{plan.pk}/").content.decode()
    known = {one.words[0]: one.words[1] for one in measures()}
    assert first.text not in page and known[first.text] in page
    assert "另拟的措施。" in page and known[last.text] not in page
    changes = client.get(f"{PLANS}{plan.pk}/changes/").content.decode()
    assert known[last.text] in changes and last.text not in changes
    editing = client.get(f"{PLANS}{plan.pk}/measures/").content.decode()
    assert first.text in editing and known[first.text] in editing, "what is edited is Chinese"


def test_lines_are_changed_with_a_reason_on_the_page(bureau, client: Client, drafted: str) -> None:
    address = f"{drafted}lines/?edit=1&state="
    page = client.get(address)
    (line,) = page.context["editing"].shown
    given = {
        f"in_{line.pk}": "on", f"due_{line.pk}": "2018-09-28", f"office_{line.pk}": line.office,
        f"why_{line.pk}": "", "reason": "调整",
    }  # fmt: skip
    assert post(client, address, "change", **given) == 422
    assert post(client, address, "change", **{**given, f"why_{line.pk}": "设备到货"}) == 302
    latest = WorkPlan.objects.order_by("-number")[0]
    assert (latest.number, latest.lines.get(line="A").due) == (2, date(2018, 9, 28))
    changes = client.get(f"{PLANS}{latest.pk}/changes/").content.decode()
    assert "设备到货" in changes
    assert "B" in client.get(f"{PLANS}{latest.pk}/lines/?state=left_out").content.decode()
    taking = {"line_id": "B", "why": "企业自愿", "reason": "补列"}
    assert post(client, f"{PLANS}{latest.pk}/lines/", "take_in", **taking) == 302
    last = bureau.drafted(Edits({"A": LineEdit("企业重组", included=False)}, reason="去一条"))
    went = client.get(f"{PLANS}{last.pk}/changes/?with={last.based_on_id}").content.decode()
    assert "取消" in went and "企业重组" in went, "why a line is gone is said with it"
    assert client.get(f"{PLANS}{latest.pk}/measures/").status_code == 403


def test_a_draft_is_not_for_cities_nobody_asked(bureau, client: Client, drafted: str) -> None:
    city = bureau.desk.person("cities", division="640200")
    client.force_login(city)
    assert client.get(drafted).status_code == 404
    client.force_login(bureau.officer)
    plan = WorkPlan.objects.get()
    bureau.consulted(plan)
    client.force_login(city)
    assert client.get(drafted).status_code == 200
    assert client.get(f"{drafted}lines/").context["page"].rows == []  # the line is in Yinchuan
    client.force_login(bureau.desk.person(role="enterprise", uscc="91640104MA00000001"))
    assert client.get(drafted).status_code == 403


def test_the_document_says_all_of_it_and_that_it_is_a_draft(bureau) -> None:
    bureau.line("A", governing="dismantle", governing_dimension="technology")
    plan = bureau.drafted()
    assert plan_pdf(plan) == plan_pdf(plan)
    made = document_of(plan)
    texts = "".join(text for _, text in made.texts())
    assert "60万" in texts and "A号线" in texts and not made.imprint.signed
    bureau.consulted(plan)
    bureau.submitted(plan)
    bureau.adopt(plan)
    assert document_of(plan).imprint.signed


def test_numbers_open_to_as_many_lines(bureau, client: Client, drafted: str) -> None:
    bureau.adopted(WorkPlan.objects.get())
    (goal,) = client.get(drafted).context["goals"]
    for state, number in (("through", goal.through), ("late", goal.late), ("all", goal.goal.lines)):
        listed = client.get(goal.urls[state]).context["page"].rows
        assert len(listed) == number
