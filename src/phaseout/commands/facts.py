"""`phaseout facts`: what the registry holds, as files that `phaseout judge` takes."""

from __future__ import annotations

import os
import shlex
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from phaseout.commands.cases import of_the_site
from phaseout.commands.output import RefusingGroup, output_options, show_json
from phaseout.commands.parameters import DAY
from phaseout.law.refusals import Refusal


@click.group(cls=RefusingGroup)
def facts() -> None:
    """The facts of the registry."""


@facts.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--known-on", "known_on", type=DAY, help="As known at the end of that day; left out: now."
)
@output_options
def export(folder: Path, known_on: date | None, as_json: bool, lang: str) -> None:
    """Write all facts to FOLDER/facts, and beside them what the judgement also rests on.

    `phaseout judge` on them gives the findings of the site.
    """
    _must_be_empty(folder)
    with of_the_site():
        from phaseout.desk.day import today
        from phaseout.library.records import (
            confirmations_on,
            decisions_on,
            write_confirmations,
            write_decisions,
        )
        from phaseout.registry.exporting import write_facts

        day = known_on or today()
        with _whole_or_not_at_all(folder) as arriving:
            (arriving / "facts").mkdir()
            written = write_facts(arriving / "facts", known_on=known_on)
            write_confirmations(arriving / "confirmations.csv", confirmations_on(day))
            write_decisions(arriving / "decisions.csv", decisions_on(day))
    again = (
        f"phaseout judge {shlex.quote(str(folder / 'facts'))} --on {day}"
        f" --confirmations {shlex.quote(str(folder / 'confirmations.csv'))}"
        f" --decisions {shlex.quote(str(folder / 'decisions.csv'))}"
    )
    if as_json:
        show_json({"folder": str(folder), "rows": written, "judge": again})
        return
    for table, rows in written.items():
        click.echo(f"  {table:<14}{rows:>12,}")
    click.echo(f"the same findings: {again}" if lang == "en" else f"得出同样结论：{again}")


@contextmanager
def _whole_or_not_at_all(folder: Path) -> Iterator[Path]:
    """A folder beside `folder` that takes its place at the end: some of the tables, where the disk
    was full, would be judged like all of them."""
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    arriving = folder.with_name(f".{folder.name}.arriving-{os.getpid()}")
    arriving.mkdir()
    try:
        yield arriving
        arriving.replace(folder)
    finally:
        shutil.rmtree(arriving, ignore_errors=True)


def _must_be_empty(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise Refusal(
            "folder_not_empty",
            what=(f"不能写入 {folder}", f"nothing is written to {folder}"),
            why=("该文件夹不是空的。", "the folder is not empty."),
            instead=("请换一个文件夹。", "Give another folder."),
        )
