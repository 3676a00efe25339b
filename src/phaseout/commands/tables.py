"""Tables on stdout: drawn for a terminal, plain tab-separated lines for everything else.

A figure is never cut: on a terminal long cells fold (and columns without any text are left out),
in a pipe they stand whole on their line.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

import click
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text


def show_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print rows of texts under a title. No rows: the title alone."""
    if not sys.stdout.isatty():
        _plain(title, columns, list(rows))
        return
    lines = list(rows)
    used = [at for at in range(len(columns)) if any(line[at] for line in lines)]
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, show_edge=False)
    for at in used:
        table.add_column(columns[at], overflow="fold")
    for line in lines:
        table.add_row(*(Text(line[at]) for at in used))
    Console(highlight=False).print(table)


def _plain(title: str, columns: Sequence[str], rows: list[Sequence[str]]) -> None:
    if title:
        click.echo(title)
    if rows:
        click.echo("\t".join(columns))
    for row in rows:
        click.echo("\t".join(" ".join(cell.split()) for cell in row))
