"""`phaseout price`, as a user would call it."""

import json

import pytest
from click.testing import CliRunner

from phaseout.cli import main

ALUMINIUM = ["--measure", "tiered", "--industry", "electrolytic_aluminium"]


def run(*arguments):
    return CliRunner().invoke(main, ["price", *arguments], catch_exceptions=False)


def answer(*arguments):
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_the_example_of_the_issue():
    said = answer(*ALUMINIUM, "--year", "2021", "--indicator", "13850", "--kwh", "139000000")
    assert (said["rate"], said["surcharge"]) == ("0.08", "11120000.00")
    assert (said["source"], said["provisional"]) == ("NDRC-2013-2530", False)
    assert (said["band"]["low"], said["band"]["high"]) == ("13800", None)
    assert [step["kind"] for step in said["steps"]] == ["document", "band", "amount"]
    assert all(step["zh"] and step["en"] for step in said["steps"])


@pytest.mark.parametrize(
    ("arguments", "rate", "surcharge"),
    [
        (["--class", "eliminate", "--industry", "steel", "--year", "2018"], "0.50", "500.00"),
        (["--class", "limit", "--industry", "电石", "--year", "2018"], "0.10", "100.00"),
        (["--class", "eliminate", "--industry", "cement", "--month", "2014-07", "--kiln", "立窑"],
         "0.40", "400.00"),
    ],
)  # fmt: skip
def test_differential(arguments, rate, surcharge):
    said = answer("--measure", "differential", *arguments, "--kwh", "1000")
    assert (said["rate"], said["surcharge"]) == (rate, surcharge)


def test_punitive_and_water():
    said = answer(
        "--measure", "punitive", "--industry", "ferroalloy", "--year", "2018",
        "--indicator", "200.1", "--limit", "100", "--kwh", "10",
    )  # fmt: skip
    assert (said["rate"], said["surcharge"]) == ("0.30", "3.00")
    water = ["--measure", "water", "--year", "2022", "--quota", "100000", "--use", "160000"]
    said = answer(*water, "--price", "2", "--source", "CITY-WATER-2022")
    assert (said["surcharge"], said["provisional"]) == ("52000.00", True)
    assert [step["kind"] for step in said["steps"]].count("band") == 3


def test_a_year_without_a_rate_is_refused_and_names_the_hole():
    result = run(*ALUMINIUM, "--year", "2013", "--indicator", "13850", "--kwh", "1", "--json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert told["refused"] == "price.no-rate"
    assert "2013" in told["why"]["en"] and "2014-01-01" in told["why"]["zh"]


@pytest.mark.parametrize(
    ("arguments", "names"),
    [
        (["--industry", "tea", "--year", "2018"], "'tea' is none of the industries"),
        (["--industry", "steel", "--year", "2018", "--kwh", "-1"], "negative"),
        (["--industry", "steel", "--year", "2018", "--kwh", "1,000"], "leave out the commas"),
        (["--industry", "steel", "--year", "2018", "--kwh", "1e3"], "no plain number"),
        (["--industry", "steel"], "--year or --month"),
        (["--industry", "steel", "--month", "2018-13"], "2014-07"),
        (["--year", "2018"], "--industry is needed"),
        (["--industry", "steel", "--year", "2018", "--quota", "1"], "--measure water"),
        (["--industry", "steel", "--year", "2018", "--division", "64"], "six digits"),
        (["--industry", "steel", "--year", "2018", "--renewable-share", "18"], "give both"),
        (
            [
                "--industry",
                "steel",
                "--year",
                "2018",
                "--renewable-share",
                "130",
                "--incentive-value",
                "17",
            ],
            "100 at most",
        ),
    ],
)
def test_wrong_usage_says_what_is_wrong(arguments, names):
    result = run("--measure", "differential", "--class", "limit", *arguments)
    assert result.exit_code == 2 and names in result.output


def test_what_was_given_and_changes_nothing_is_said():
    given = ["--renewable-share", "30", "--incentive-value", "20", "--unpaid-days", "100"]
    said = answer(*ALUMINIUM, "--year", "2021", "--indicator", "13850", "--kwh", "1000", *given)
    assert (said["surcharge"], [s["kind"] for s in said["steps"]][-2:]) == (
        "80.00",
        ["not_applied"] * 2,
    )


def test_people_read_it_in_both_languages():
    arguments = [*ALUMINIUM, "--year", "2023", "--indicator", "13455", "--kwh", "100"]
    zh, en = run(*arguments).output, run(*arguments, "--lang", "en").output
    assert "加价标准 0.01 元/kWh" in zh and "◇暂定" in zh
    assert "rate 0.01 CNY/kWh" in en and "provisional" in en
