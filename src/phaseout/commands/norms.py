"""`phaseout norms`: look into the norm store, check it, name its gaps, confirm its rows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import click

from phaseout.commands.norms_shown import (
    show_confirmation,
    show_document,
    show_gaps,
    show_in_force,
    show_report,
)
from phaseout.commands.output import REFUSED, output_options, show_json
from phaseout.commands.parameters import DAY, INDUSTRY
from phaseout.law.norms import NormBook
from phaseout.law.norms.checks import check_store
from phaseout.law.norms.confirmation import Confirmation, read_confirmations
from phaseout.law.norms.documents import find_source
from phaseout.law.norms.gaps import DIMENSION_TABLES, SINCE, find_gaps, last_begin
from phaseout.law.norms.in_force import in_force
from phaseout.law.norms.plain import as_data, document_as_data, rows_of
from phaseout.law.norms.register import (
    find_row,
    record_confirmation,
    record_countersignature,
)
from phaseout.law.refusals import Refusal

DIMENSION = click.Choice(list(DIMENSION_TABLES))
FILE = click.Path(dir_okay=False, path_type=Path)
EXISTING = click.Path(exists=True, dir_okay=False, path_type=Path)


def _division(ctx: click.Context, param: click.Parameter, code: str) -> str:
    if not (len(code) == 6 and code.isascii() and code.isdigit()):
        raise click.BadParameter(f"{code!r} is no division code of six digits", ctx, param)
    return code


@click.group()
def norms() -> None:
    """Look into the norm store: check, gaps, show, on, confirm, countersign."""


@norms.command()
@output_options
@click.pass_context
def check(ctx: click.Context, as_json: bool, lang: str) -> None:
    """Check the whole store and name everything that is wrong; exit 1 if there is an error."""
    report = check_store()
    if as_json:
        show_json(report.as_json())
    else:
        show_report(report, lang)
    if not report.ok:
        ctx.exit(REFUSED)


@norms.command()
@click.option("--industry", type=INDUSTRY, help="One of the 13, in Chinese or English.")
@click.option("--dimension", type=DIMENSION, help="One of the five kinds of standard.")
@click.option("--since", type=DAY, default=SINCE, show_default=True, help="First day asked.")
@click.option("--until", type=DAY, help="Last day asked.  [default: the last day a row begins]")
@click.option(
    "--division",
    default="640000",
    show_default=True,
    callback=_division,
    help="Whose local norms count as well.",
)
@output_options
def gaps(
    industry: str | None,
    dimension: str | None,
    since: date,
    until: date | None,
    division: str,
    as_json: bool,
    lang: str,
) -> None:
    """Name the spans of time for which the store has no row, and what would fill them."""
    book = NormBook.load()
    last = until or last_begin(book)
    if last < since:
        raise click.UsageError(f"--until {last} lies before --since {since}")
    found = find_gaps(
        book,
        since=since,
        until=last,
        industry=industry,
        dimension=dimension,
        division=division,
    )
    if as_json:
        show_json({"since": since, "until": last, "gaps": [gap.as_json() for gap in found]})
    else:
        show_gaps(found, since, last, lang)


@norms.command()
@click.argument("document")
@click.option("--confirmations", type=EXISTING, help="Register of confirmed rows (CSV).")
@output_options
def show(document: str, confirmations: Path | None, as_json: bool, lang: str) -> None:
    """Show DOCUMENT (GB21346-2013, "GB 4915-2013", E-GB4915-2013 …): validity and all its rows."""
    book = NormBook.load()
    source = find_source(document, book.sources)
    signed = read_register(confirmations)
    rows = rows_of(book, source.source_id)
    if not as_json:
        show_document(book, source, rows, signed, lang)
        return
    show_json(
        {
            "document": document_as_data(source, book),
            "rows": [as_data(row, book, signed) for row in rows],
        }
    )


@norms.command()
@click.argument("day", type=DAY)
@click.option("--industry", type=INDUSTRY, help="One of the 13, in Chinese or English.")
@click.option("--dimension", type=DIMENSION, help="One of the five kinds of standard.")
@click.option("--product", help="Part of a product, outlet source or equipment name.")
@output_options
def on(
    day: date,
    industry: str | None,
    dimension: str | None,
    product: str | None,
    as_json: bool,
    lang: str,
) -> None:
    """List every row in force on DAY (2017-06-30, 2017/6/30, 2017年6月30日); both ends inside."""
    book = NormBook.load()
    found = in_force(book, day, industry=industry, dimension=dimension, product=product)
    if not as_json:
        show_in_force(book, found, lang)
        return
    show_json(
        {
            "on": day,
            "industry": industry,
            "dimension": dimension,
            "product": product,
            "counts": {table: len(rows) for table, rows in found.rows.items()},
            "rows": [as_data(row, book) for rows in found.rows.values() for row in rows],
            "undated": [row.row_id for row in found.undated],
        }
    )


@norms.command()
@click.argument("row_id")
@click.option("--document", required=True, help="The official print that was read.")
@click.option("--page", required=True, help="Page or table in it.")
@click.option("--by", required=True, help="Who read it.")
@click.option("--on", "day", type=DAY, required=True, help="Day of the reading.")
@click.option("--file", "path", type=FILE, required=True, help="The register (CSV), appended to.")
@click.option("--note", default="", help="What the reader adds.")
@output_options
def confirm(
    row_id: str,
    document: str,
    page: str,
    by: str,
    day: date,
    path: Path,
    note: str,
    as_json: bool,
    lang: str,
) -> None:
    """First signature: ROW_ID says what the official print says."""
    row = find_row(NormBook.load(), row_id)
    with _register(path):
        signed = record_confirmation(
            path, row, document=document, page=page, by=by, on=day, note=note
        )
    show_confirmation(signed, as_json=as_json, lang=lang)


@norms.command()
@click.argument("row_id")
@click.option("--by", required=True, help="The second person.")
@click.option("--on", "day", type=DAY, required=True, help="Day of the signature.")
@click.option("--file", "path", type=FILE, required=True, help="The register (CSV), appended to.")
@output_options
def countersign(row_id: str, by: str, day: date, path: Path, as_json: bool, lang: str) -> None:
    """Second signature, by another person: from that day ROW_ID counts as verified."""
    row = find_row(NormBook.load(), row_id)
    with _register(path):
        signed = record_countersignature(path, row, by=by, on=day)
    show_confirmation(signed, as_json=as_json, lang=lang)


def read_register(path: Path | None) -> tuple[Confirmation, ...]:
    """The signatures of a register; none without one. Raises: Refusal `register_unreadable`."""
    if path is None:
        return ()
    with _register(path):
        return read_confirmations(path)


@contextmanager
def _register(path: Path) -> Iterator[None]:
    """Turn what is wrong with a register of confirmations into a refusal."""
    if not path.resolve().parent.is_dir():
        raise click.BadParameter(f"the folder of {path} does not exist", param_hint="--file")
    try:
        yield
    except (ValueError, OSError) as problem:
        raise Refusal(
            "register_unreadable",
            what=(f"不能使用核对登记簿{path.name}", f"the register {path.name} cannot be used"),
            why=(f"{problem}。", f"{problem}."),
            instead=("请检查该文件。", "Look at the file."),
        ) from problem
