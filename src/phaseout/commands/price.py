"""`phaseout price`: the surcharge of a consumption, with the document, the band and the steps."""

from __future__ import annotations

import calendar
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from phaseout.commands.norms import read_register
from phaseout.commands.output import output_options, show_json
from phaseout.commands.parameters import DAY, INDUSTRY
from phaseout.law.industries import ALL_INDUSTRIES
from phaseout.law.norms import NormBook
from phaseout.law.prices import (
    Answer,
    Measure,
    PriceClass,
    Question,
    answer,
    bands_in_force,
    charge,
)
from phaseout.law.prices.asking import REGION
from phaseout.law.prices.charging import water_parts
from phaseout.law.prices.explaining import (
    Step,
    band_as_data,
    band_words,
    explain,
    explain_water,
    shown_rate,
)
from phaseout.law.prices.readings import Kind
from phaseout.law.prices.refusing import refusal_of

_NUMBER = re.compile(r"\d{1,15}(\.\d{1,6})?")


class Quantity(click.ParamType[Decimal]):
    """A decimal number of zero or more: digits and at most one point; no commas, no exponent."""

    name = "number"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Decimal:
        if isinstance(value, Decimal):
            return value
        text = str(value).strip()
        if text.startswith("-"):
            self.fail(f"{text!r} is negative; give zero or more", param, ctx)
        if not _NUMBER.fullmatch(text):
            hint = "; leave out the commas" if "," in text or "，" in text else ""
            self.fail(f"{text!r} is no plain number such as 13850 or 0.5{hint}", param, ctx)
        return Decimal(text)


QUANTITY = Quantity()


@click.command("price")
@click.option("--measure", type=click.Choice([m.value for m in Measure]), required=True)
@click.option("--industry", type=INDUSTRY, help="Key, Chinese or English; water needs none.")
@click.option("--year", type=click.IntRange(1990, 2100), help="Year of the consumption.")
@click.option("--month", metavar="YYYY-MM", help="Month of the consumption, instead of --year.")
@click.option("--class", "price_class", type=click.Choice([c.value for c in PriceClass]))
@click.option("--indicator", type=QUANTITY, help="Consumption a unit in that year, e.g. kWh/t.")
@click.option("--limit", type=QUANTITY, help="Energy limit, in the unit of --indicator (punitive).")
@click.option("--tier", type=click.Choice(["1", "2", "3"]), help="Where edges were not found.")
@click.option("--subject", type=click.Choice(["clinker", "cement", "grinding"]))
@click.option("--commissioned", type=DAY, help="Day on which the line started (cement).")
@click.option("--product", help="Product, where the rate is of one product only.")
@click.option("--kiln", help="Kind of kiln, where the rate is of some kinds only.")
@click.option("--kwh", type=QUANTITY, help="Electricity that the rule covers, kWh.")
@click.option("--renewable-share", type=QUANTITY, help="Non-hydro renewable share, percent.")
@click.option("--incentive-value", type=QUANTITY, help="The province's incentive value, percent.")
@click.option("--unpaid-days", type=click.IntRange(min=0), help="Days since the payment notice.")
@click.option("--quota", type=QUANTITY, help="Water quota, m3.")
@click.option("--use", "used", type=QUANTITY, help="Water used, m3.")
@click.option("--price", "basic_price", type=QUANTITY, help="Basic water price, CNY/m3.")
@click.option("--division", default=REGION, show_default=True, help="Division code of the place.")
@click.option("--source", "source_id", default="", help="Ask this document, wherever it holds.")
@click.option(
    "--confirmations",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV of signatures under recalled rows, as `phaseout norms confirm` writes it.",
)
@output_options
def price(*, as_json: bool, lang: str, **given: Any) -> None:
    """What surcharge does a consumption carry? 计算差别、阶梯、惩罚性电价和超定额水价。"""
    asked = _question(given)
    book = NormBook.load()
    signed = read_register(given["confirmations"])
    law = bands_in_force(book, asked.first, asked.last, confirmations=signed)
    found = answer(asked, law)
    if not found.determined:
        raise refusal_of(found)
    assert found.reading is not None and found.rate is not None
    if asked.measure is Measure.WATER:
        parts, total = water_parts(asked, given["basic_price"], law)
        steps = explain_water(found, book.sources, parts, total)
        surcharge: Decimal | None = total
    else:
        steps = explain(found, book.sources, given["kwh"]) + _not_applied(found)
        surcharge = None if given["kwh"] is None else charge(found.rate, given["kwh"])
    if as_json:
        show_json(_data(found, steps, surcharge, given["kwh"]))
    else:
        _show(found, steps, surcharge, 1 if lang == "en" else 0)


def _question(given: dict[str, Any]) -> Question:
    """The question of one call; exit code 2 where options do not fit together."""
    measure = Measure(given["measure"])
    if given["industry"] is None and measure is not Measure.WATER:
        raise click.UsageError("--industry is needed, for example --industry cement")
    if not re.fullmatch(r"\d{6}", given["division"]):
        raise click.UsageError(f"--division has six digits, not {given['division']!r}")
    first, last = _time(given)
    known = _water(given) if measure is Measure.WATER else _power(given)
    return Question(
        measure,
        given["industry"] or ALL_INDUSTRIES,
        first,
        last,
        division=given["division"],
        price_class=PriceClass(given["price_class"]) if given["price_class"] else None,
        source_id=given["source_id"],
        **known,
    )


def _time(given: dict[str, Any]) -> tuple[date, date]:
    if (given["year"] is None) == (given["month"] is None):
        raise click.UsageError("give --year or --month, one of them")
    if given["year"] is not None:
        return date(given["year"], 1, 1), date(given["year"], 12, 31)
    found = re.fullmatch(r"(\d{4})-(\d{2})", given["month"])
    if not found or not 1 <= int(found[2]) <= 12 or not 1990 <= int(found[1]) <= 2100:
        raise click.UsageError(f"--month is written 2014-07, not {given['month']!r}")
    year, month = int(found[1]), int(found[2])
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _water(given: dict[str, Any]) -> dict[str, Any]:
    missing = [f"--{n}" for n, v in (("quota", "quota"), ("use", "used"), ("price", "basic_price"))
               if given[v] is None]  # fmt: skip
    if missing:
        raise click.UsageError(f"--measure water needs {', '.join(missing)}")
    return {"indicator": given["used"], "limit": given["quota"]}


def _power(given: dict[str, Any]) -> dict[str, Any]:
    surplus = [name for name in ("quota", "used", "basic_price") if given[name] is not None]
    if surplus:
        raise click.UsageError("--quota, --use and --price are for --measure water")
    if (given["renewable_share"] is None) != (given["incentive_value"] is None):
        raise click.UsageError("--renewable-share and --incentive-value go together: give both")
    for name in ("renewable_share", "incentive_value"):
        if given[name] is not None and given[name] > 100:
            raise click.UsageError(f"--{name.replace('_', '-')} is a percentage, 100 at most")
    return {
        "indicator": given["indicator"],
        "limit": given["limit"],
        "tier": given["tier"] or "",
        "subject": given["subject"] or "",
        "commissioned_on": given["commissioned"],
        **{name: given[name] for name in
           ("product", "kiln", "renewable_share", "incentive_value", "unpaid_days")},
    }  # fmt: skip


def _not_applied(found: Answer) -> tuple[Step, ...]:
    """Says of what was given and changes nothing, why: silence would look as if it had counted."""
    asked, applied = found.question, {factor.row.kind for factor in found.factors}
    source = found.reading.row.source_id if found.reading else ""
    said = []
    if asked.renewable_share is not None and Kind.RELIEF not in applied:
        said.append(
            (
                f"非水可再生能源占比未减加价：{source}没有这项规定，或者未达到规定的占比、激励值",
                f"the renewable share lowers nothing: {source} knows no such relief, or its share "
                "or the incentive value is not reached",
            )
        )
    if asked.unpaid_days is not None and Kind.LATE not in applied:
        said.append(
            (
                f"未缴天数未加收：{source}没有这项规定，或者未超过规定的天数",
                f"the unpaid days raise nothing: {source} knows no such rule, or its days are not "
                "over",
            )
        )
    return tuple(Step("not_applied", zh, en) for zh, en in said)


def _data(
    found: Answer, steps: tuple[Step, ...], surcharge: Decimal | None, kwh: Decimal | None
) -> dict[str, Any]:
    asked, row = found.question, found.reading.row if found.reading else None
    assert row is not None and found.reading is not None and found.rate is not None
    return {
        "measure": asked.measure.value,
        "industry": asked.industry,
        "first": asked.first,
        "last": asked.last,
        "rate": shown_rate(found.rate),
        "surcharge": surcharge,
        "kwh": kwh,
        "band": band_as_data(found),
        "source": row.source_id,
        "clause": row.clause or None,
        "row_id": row.row_id,
        "provisional": bool(found.provisional),
        "provisional_because": [{"zh": zh, "en": en} for zh, en in found.provisional],
        "steps": [step.as_data() for step in steps],
    }


def _show(found: Answer, steps: tuple[Step, ...], surcharge: Decimal | None, at: int) -> None:
    assert found.reading is not None and found.rate is not None
    for number, step in enumerate(steps, 1):
        click.echo(f"{number}. {(step.zh, step.en)[at]}")
    mark = (("  ◇暂定", "  ◇ provisional")[at]) if found.provisional else ""
    if found.question.measure is Measure.WATER:
        click.echo((f"加价 {surcharge} 元{mark}", f"surcharge {surcharge} CNY{mark}")[at])
        return
    band = band_words(found)[at]
    rate = shown_rate(found.rate)
    money = (
        "" if surcharge is None else (f"，加价 {surcharge} 元", f"; surcharge {surcharge} CNY")[at]
    )
    click.echo(
        (
            f"加价标准 {rate} 元/kWh（{band}）{money}{mark}",
            f"rate {rate} CNY/kWh ({band}){money}{mark}",
        )[at]
    )
