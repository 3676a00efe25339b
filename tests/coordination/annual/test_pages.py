"""The pages of the report by clicks, each figure down to its case; the command beside them."""

from __future__ import annotations

import json
import re
from contextlib import nullcontext
from datetime import date
from typing import Any

from click.testing import CliRunner
from django.test import Client

from phaseout.accounts.models import User
from phaseout.coordination.annual.standing import Stage

YEAR_PAGE = "/coordination/annual/2018/"
SENT = date(2019, 1, 28)


def client(user: User) -> Client:
    made = Client()
    made.force_login(user)
    return made


def keyed(page: Any, name: str) -> dict[str, str]:
    """The hidden fields of the form with that button."""
    forms = re.findall(r"<form.*?</form>", page.content.decode(), re.DOTALL)
    (form,) = [one for one in forms if f'value="{name}"' in one]
    hidden = re.findall(r'<input type="hidden" name="(key|digest)" value="([^"]+)"', form)
    return {"do": name, **dict(hidden)}


def test_from_the_freeze_to_the_letter_and_its_correction(report: Any, settings: Any) -> None:
    settings.DEMO_FIRST_DAY = SENT
    journey = report.round.exits()
    report.accepted()
    officer = client(report.officer)
    page = officer.get(YEAR_PAGE)
    assert "尚未取数冻结" in page.content.decode() and "这不等于零" in page.content.decode()
    assert officer.post(YEAR_PAGE, keyed(page, "freeze")).status_code == 409
    told = keyed(page, "freeze") | {"reason": "按期上报"}
    assert officer.post(YEAR_PAGE, told).status_code == 302
    for leader in (report.leader, report.drc):
        page = client(leader).get(YEAR_PAGE)
        assert client(leader).post(YEAR_PAGE, keyed(page, "sign")).status_code == 302
    government = client(report.government)
    told = keyed(government.get(YEAR_PAGE), "approve") | {"document": "宁政函〔2019〕3号"}
    assert government.post(YEAR_PAGE, told).status_code == 302
    told = keyed(officer.get(YEAR_PAGE), "send") | {"number": "宁工信发〔2019〕8号"}
    assert officer.post(YEAR_PAGE, told).status_code == 302
    assert report.now.stage is Stage.SENT
    page = officer.get(YEAR_PAGE).content.decode()
    assert "宁工信发〔2019〕8号" in page and "中国银保监会" in page
    picture = officer.get(f"{YEAR_PAGE}chart.svg").content.decode()
    assert report.digest in picture and "完成" in picture
    assert officer.get(f"{YEAR_PAGE}chart.png").content.startswith(b"\x89PNG")
    (url,) = set(re.findall(r'href="(/coordination/annual/2018/rows/\?industry=[^"]+)"', page))
    rows = officer.get(url.replace("&amp;", "&")).content.decode()
    assert f'href="/cases/{journey.case.pk}/"' in rows and "80 万吨" in rows
    assert officer.get(f"{YEAR_PAGE}rows/1/correct/").status_code == 404, "for leaders"
    leader = client(report.leader)
    page = leader.get(f"{YEAR_PAGE}rows/2/correct/").content.decode()
    sent = _filled(page)
    sent |= {"capacity": "15", "why": "多计", "paper": "宁工信发〔2019〕20号"}
    assert leader.post(f"{YEAR_PAGE}rows/2/correct/", sent).status_code == 302
    page = officer.get(YEAR_PAGE).content.decode()
    assert "第 1 号" in page and ">75<" in page
    assert officer.get(f"{YEAR_PAGE}annual-2018-erratum-1.docx").status_code == 200
    assert officer.get(f"{YEAR_PAGE}annual-2018.jsonl").status_code == 200
    assert officer.get(f"{YEAR_PAGE}annual-2017.pdf").status_code == 404


def _filled(page: str) -> dict[str, str]:
    """The form as it stands: what its fields hold and what is chosen."""
    inputs = [
        (re.search(r'name="([^"]+)"', one), re.search(r'value="([^"]*)"', one))
        for one in re.findall(r"<input[^>]*>", page)
    ]
    filled = {name[1]: value[1] if value else "" for name, value in inputs if name}
    chosen = re.findall(
        r'<select name="([^"]+)".*?<option value="([^"]*)" selected', page, re.DOTALL
    )
    return filled | dict(chosen)


def test_only_who_reads_over_the_region_sees_it(report: Any, settings: Any) -> None:
    settings.DEMO_FIRST_DAY = SENT
    report.accepted()
    report.freezes()
    firm = report.round.desk.person(role="enterprise", uscc=report.round.desk.enterprise().pk)
    for person, status in ((report.round.city, 403), (firm, 403), (report.round.epd, 200)):
        for page in ("/coordination/annual/", YEAR_PAGE, f"{YEAR_PAGE}rows/"):
            assert client(person).get(page).status_code == status, (person, page)
    assert 'value="freeze"' not in client(report.round.epd).get(YEAR_PAGE).content.decode()
    for bad in ("2016/", "2018/x.pdf", "2018/annual-2018.exe", "2018/annual-2018-erratum-1.pdf"):
        assert client(report.officer).get(f"/coordination/annual/{bad}").status_code == 404
    for bad, why in (("2016/", "no-such-year"), ("2019/annual-2019.pdf", "not-frozen")):
        answer = client(report.officer).get(f"/coordination/annual/{bad}")
        assert (answer.status_code, f"annual.{why}" in answer.content.decode()) == (404, True)


def test_the_command_makes_the_report_again_and_refuses_a_year_without_data(
    report: Any, settings: Any, tmp_path: Any, monkeypatch: Any
) -> None:
    from phaseout.commands import report as command

    settings.DEMO_FIRST_DAY = SENT
    monkeypatch.setattr(command, "of_the_site", nullcontext)
    report.approved()
    sent = report.sends()

    def made(folder: str, year: int = 2018) -> Any:
        asked = ["annual", "--year", str(year), "--out", str(tmp_path / folder), "--json"]
        return CliRunner().invoke(command.report, asked)

    first, second = made("a"), made("b")
    assert first.exit_code == 0 and first.output == second.output
    files = {one["file"]: one for one in json.loads(first.output)["files"]}
    assert {name: one["sha256"] for name, one in files.items()} == sent.content["files"]
    assert all(one["as_sent"] for one in files.values())
    for name in files:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    refused = made("c", 2017)
    assert refused.exit_code == 1 and json.loads(refused.stdout)["refused"] == "annual.no-data"
    assert not (tmp_path / "c").exists()
