"""`phaseout period`, as a user would call it."""

import json

import pytest
from click.testing import CliRunner

from phaseout.cli import main


def run(*arguments):
    return CliRunner().invoke(main, ["period", *arguments], catch_exceptions=False)


def answer(*arguments):
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_six_months_that_end_in_the_spring_festival():
    said = answer("--from", "2017-08-15", "--months", "6")
    assert (said["due"], said["provisional"]) == ("2018-02-22", False)
    assert said["schema"] == "phaseout.period/1"
    assert any(s["day"] == "2018-02-15" and "春节" in s["says_zh"] for s in said["steps"])
    assert all(s["says_zh"] and s["says_en"] for s in said["steps"])
    assert said["calendar"].startswith("chinesecalendar ")


@pytest.mark.parametrize(
    ("arguments", "due"),
    [
        (["--from", "2017/8/31", "--months", "6", "--extend", "3"], "2018-05-31"),
        (["--from", "2017年8月31日", "--years", "1"], "2018-08-31"),
        (["--from", "2018-02-14", "--days", "1"], "2018-02-22"),
        (["--from", "2018-02-14", "--working-days", "3"], "2018-02-24"),
        (["--from", "2018-02-14 16:30", "--hours", "24"], "2018-02-15T16:30:00+08:00"),
        (["--from", "2018-02-14 16:30", "--days", "1"], "2018-02-22"),
        (["--from", "2020-06-10", "--days", "7", "--before"], "2020-06-02"),
        (["--from", "2018-03-02", "--days", "15", "--before-end"], "2018-02-15"),
        (["--from", "2022-06-10", "--term", "APL-2021", "64(2)"], "2022-05-30"),
        (
            ["--from", "2018-03-02", "--term", "NDRC33-2016", "", "--term-name", "申请延期"],
            "2018-02-15",
        ),
    ],
)
def test_each_way_of_asking(arguments, due):
    assert answer(*arguments)["due"] == due


@pytest.mark.parametrize(
    ("on", "unit", "due"),
    [("2021-07-14", "calendar_day", "2021-07-21"), ("2021-07-15", "working_day", "2021-07-23")],
)
def test_the_law_and_its_edition_decide_which_days_are_meant(on, unit, due):
    said = answer(
        "--from", "2021-07-14", "--days", "7", "--law", "penalty", "--edition-on", on
    )  # fmt: skip
    assert (said["unit"], said["due"]) == (unit, due)
    (step,) = [s for s in said["steps"] if s["kind"] == "day_unit"]
    assert ("working days" in step["says_en"]) == (unit == "working_day")
    assert said["basis"]["source_id"] == ("APL-2021" if unit == "working_day" else "APL-1996")


def test_months_by_a_law_name_its_edition():
    said = answer(
        "--from", "2018-03-30", "--months", "6", "--law", "litigation", "--edition-on", "2018-04-01"
    )  # fmt: skip
    assert (said["due"], said["basis"]["source_id"]) == ("2018-09-30", "ALL-2017")


def test_a_year_without_published_holidays_is_provisional_and_says_why():
    said = answer("--from", "2026-08-15", "--months", "6")
    assert (said["due"], said["provisional"]) == ("2027-02-15", True)
    assert "2027" in said["provisional_because"][0]["zh"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--from", "2026-12-28", "--working-days", "5"], "period.no-calendar"),
        (["--from", "1986-01-01", "--months", "6"], "period.no-counting-rule"),
        (["--from", "2018-01-01", "--years", "9999"], "period.beyond-the-calendar"),
        (
            ["--from", "2020-01-01", "--working-days", "7", "--law", "penalty",
             "--edition-on", "2020-01-01"],
            "period.not-working-days",
        ),
        (["--from", "2018-01-01", "--term", "MEP-30", "15(2)"], "term.no-length"),
        (["--from", "2018-01-01", "--term", "NO-SUCH", "1"], "term.unknown"),
        (
            ["--from", "2018-01-01", "--term", "SEED-2017", "四", "--extend", "4"],
            "term.extension-too-long",
        ),
    ],
)  # fmt: skip
def test_a_refusal_exits_1_and_says_what_why_and_what_instead(arguments, code):
    spoken = run(*arguments)
    assert (spoken.exit_code, spoken.stdout) == (1, "")
    assert code in spoken.stderr and "。" in spoken.stderr
    machine = run(*arguments, "--json")
    assert machine.exit_code == 1
    refusal = json.loads(machine.stdout)
    assert refusal["refused"] == code
    assert all(refusal[part][lang] for part in ("what", "why", "instead") for lang in ("zh", "en"))


FROM = ["--from", "2018-01-02"]


@pytest.mark.parametrize(
    "arguments",
    [
        FROM,  # no length
        [*FROM, "--days", "3", "--months", "1"],  # two lengths
        [*FROM, "--months", "-6"],
        [*FROM, "--months", "0"],
        [*FROM, "--months", "six"],
        [*FROM, "--months", "1.5"],
        [*FROM, "--months", "6", "--extend", "-1"],
        ["--months", "6"],  # from when?
        ["--from", "2018-02-30", "--months", "6"],
        ["--from", "01/02/2018", "--months", "6"],
        ["--from", "", "--months", "6"],
        [*FROM, "--hours", "24"],  # from which hour?
        [*FROM, "--days", "7", "--law", "penalty"],  # which edition?
        [*FROM, "--days", "7", "--edition-on", "2018-01-02"],  # of which law?
        [*FROM, "--days", "7", "--law", "no-such-law", "--edition-on", "2018-01-02"],
        [*FROM, "--days", "7", "--law", "penalty", "--edition-on", "soon"],
        [*FROM, "--days", "7", "--before", "--before-end"],
        [*FROM, "--days", "7", "--before", "--extend", "1"],
        [*FROM, "--term", "SEED-2017", "四", "--months", "6"],
        [*FROM, "--term", "SEED-2017", "四", "--before"],
        [*FROM, "--term", "SEED-2017"],
        [*FROM, "--days", "7", "--term-name", "延期"],
        [*FROM, "--days", "7", "--calendar", "no-such-file.csv"],
        [*FROM, "--days", "7", "--lang", "fr"],
    ],
)
def test_wrong_usage_exits_2_and_answers_nothing(arguments):
    for more in ([], ["--json"]):
        result = run(*more, *arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert "Error" in result.stderr


def test_the_callers_calendar_settles_a_year(tmp_path):
    file = tmp_path / "rest.csv"
    file.write_text(
        "day,kind,name_zh,name_en,source\n2027,year,,,notice\n2027-02-15,rest,春节,,notice\n",
        encoding="utf-8-sig",
    )
    said = answer("--from", "2026-08-15", "--months", "6", "--calendar", str(file))
    assert (said["due"], said["provisional"]) == ("2027-02-16", False)
    assert said["calendar"] != answer("--from", "2026-08-15", "--months", "6")["calendar"]


def test_a_bad_calendar_is_refused_with_its_line(tmp_path):
    file = tmp_path / "rest.csv"
    file.write_text("day,kind,name_zh,name_en,source\n2027-02-30,rest,,,n\n", encoding="utf-8")
    result = run("--from", "2026-08-15", "--months", "6", "--calendar", str(file))
    assert result.exit_code == 1 and "rest.csv line 2" in result.stderr


def test_people_read_chinese_by_default_and_english_on_request():
    chinese = run("--from", "2026-08-15", "--months", "6").stdout
    assert chinese.startswith("期间届满日：2027年2月15日（星期一）") and "暂定：" in chinese
    english = run("--from", "2026-08-15", "--months", "6", "--lang", "en").stdout
    assert english.startswith("Last day of the period: 2027-02-15 (Monday)")
    assert "Provisional: " in english


def test_the_help_names_every_option():
    said = run("--help").stdout
    for option in ("--from", "--months", "--years", "--days", "--working-days", "--hours"):
        assert option in said
