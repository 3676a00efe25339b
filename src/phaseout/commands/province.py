"""`phaseout province`: make a fictional province as a facts folder."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

import click

from phaseout.commands.output import output_options, show_json
from phaseout.commands.parameters import DAY
from phaseout.commands.progress import Bars
from phaseout.province.making import CSV_UP_TO, DEMO_DAY, Made, Wish, make
from phaseout.province.statement import described


@click.command()
@click.option(
    "--seed", type=int, default=1, show_default=True, help="Another seed, another province."
)
@click.option(
    "--enterprises", type=int, default=120, show_default=True, help="How many enterprises."
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder to write; an earlier province in it is replaced.",
)
@click.option(
    "--on",
    "day",
    type=DAY,
    default=DEMO_DAY,
    show_default=True,
    help="The day it is to be judged on: facts end before it.",
)
@click.option(
    "--format", "form", type=click.Choice(["csv", "xlsx"]), default="csv", show_default=True
)
@click.option(
    "--monitoring",
    type=click.Choice(["csv", "parquet"]),
    default=None,
    help=f"Form of the readings; left out, Parquet above {CSV_UP_TO} enterprises.",
)
@click.option(
    "--months",
    type=click.IntRange(1, 36),
    default=3,
    show_default=True,
    help="Months of readings, up to the last quarter that ended before --on.",
)
@click.option(
    "--messy/--clean",
    default=False,
    show_default=True,
    help="Plant some rows that an intake has to refuse (listed in province.json).",
)
@output_options
def province(
    seed: int,
    enterprises: int,
    out: Path,
    day: date,
    form: str,
    monitoring: str | None,
    months: int,
    messy: bool,
    as_json: bool,
    lang: str,
) -> None:
    """Make a fictional Ningxia: facts of all thirteen industries, the same bytes for the same seed.

    Real measurements with attribution hang on the first enterprise; everything else is made up and
    marked 虚构.
    """
    readings = monitoring or ("csv" if enterprises <= CSV_UP_TO else "parquet")
    wish = Wish(seed, enterprises, day, months, messy, form, readings)
    with Bars(lang) as bars:
        made = make(wish, out, progress=partial(bars.progress, "province"))
    if as_json:
        show_json(described(made) | {"out": str(out)})
    else:
        _show(made, out, lang)


def _show(made: Made, out: Path, lang: str) -> None:
    refused = sum(planted.outcome == "refused" for planted in made.planted)
    if lang == "zh":
        click.echo(f"已生成虚构企业{made.wish.enterprises}家，存于{out}")
    else:
        click.echo(f"{made.wish.enterprises} fictional enterprises are in {out}")
    for table, count in made.counts.items():
        click.echo(f"  {table:<14}{count:>12,}")
    if refused:
        zh, en = f"故意写错的行：{refused}", f"rows wrong on purpose: {refused}"
        click.echo(f"  {zh if lang == 'zh' else en} (province.json)")
