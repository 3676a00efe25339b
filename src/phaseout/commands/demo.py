"""`phaseout demo`: the main job on the shipped data, from nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from phaseout.commands.output import output_options, show_json
from phaseout.commands.parameters import DAY
from phaseout.commands.progress import Bars
from phaseout.demo import run
from phaseout.reporting.terminal import lines

DEMO_DAY = date(2018, 3, 15)
"""The demonstration's day: editions, offices' names and deadlines of the Opinions' time."""


@click.command("demo")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("demo"),
    show_default=True,
    help="Folder for facts, findings and report; kept between runs.",
)
@click.option("--on", "day", type=DAY, default=DEMO_DAY, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option("--enterprises", type=click.IntRange(min=1), default=120, show_default=True)
@output_options
def demo(out: Path, day: date, seed: int, enterprises: int, as_json: bool, lang: str) -> None:
    """Check the norms, make a fictional province, judge it, write findings and a report."""
    with Bars(lang) as bars:
        done = run(
            out,
            on=day,
            seed=seed,
            enterprises=enterprises,
            announce=lambda zh, en: bars.say(en if lang == "en" else zh),
            progress=bars.progress,
        )
    if as_json:
        show_json({**done.summary.as_json(), "written": [str(path) for path in done.written]})
        return
    for line in lines(done.summary, lang):
        click.echo(line)
    click.echo()
    for path in done.written:
        click.echo(f"{'written' if lang == 'en' else '已写出'}: {path}")
