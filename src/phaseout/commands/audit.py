"""`phaseout audit`: that no act was altered unseen."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from phaseout.commands.cases import of_the_site, reached
from phaseout.commands.output import RefusingGroup, output_options, show_json
from phaseout.commands.parameters import DAY
from phaseout.web.environment import database_address, state_home

if TYPE_CHECKING:
    from phaseout.casework.audit.verifying import Report


@click.group(cls=RefusingGroup)
def audit() -> None:
    """Verify that no act was altered: chains, columns, signatures, checkpoints, documents, and the
    days stated of files."""


@audit.command("verify")
@click.argument("bundle", required=False, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--key",
    "key_files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A public key of the office, and one for each key before it; without any the one in the "
    "bundle, or the site's own.",
)
@output_options
def verify_command(
    bundle: Path | None, key_files: tuple[Path, ...], as_json: bool, lang: str
) -> None:
    """Recompute everything: of a BUNDLE made by `audit export`, or of the site's own database.

    Exit code 1 if anything is wrong; the first thing is named first.
    """
    given = [file.read_bytes() for file in key_files]
    report = _of_bundle(bundle, given) if bundle else _of_site(given)
    if as_json:
        show_json(_plain(report))
    else:
        _tell(report, lang)
    if not report.sound:
        raise SystemExit(1)


@audit.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@output_options
def export_command(folder: Path, as_json: bool, lang: str) -> None:
    """Write every act, the checkpoints and the public key to FOLDER, to be verified anywhere."""
    with of_the_site():
        from phaseout.casework.audit import bundle, keys, links

        public = keys.public_pem(keys.private_key(state_home()).public_key())
        with database_address(state_home()).connect() as connection:
            count = bundle.write(
                folder,
                links.of_the_site(connection),
                links.seals_of_the_site(connection),
                public,
            )
    if as_json:
        show_json({"folder": str(folder), "acts": count})
    else:
        click.echo(f"{count} acts" if lang == "en" else f"已导出{count}个行为")


@audit.command("checkpoint")
@click.option("--on", "day", type=DAY, help="The site's day by default.")
@output_options
def checkpoint_command(day: date | None, as_json: bool, lang: str) -> None:
    """Make the day's checkpoint; the worker does so by itself every day."""
    with of_the_site():
        from phaseout.casework.audit.checkpoints import make

        made = make(reached(day), home=state_home())
    said = {"day": made.day, "acts": made.acts, "root": made.root, "key": made.key}
    if as_json:
        show_json(said)
    else:
        click.echo("  ".join(str(value) for value in said.values()))


def _of_bundle(folder: Path, given: list[bytes]) -> Report:
    from phaseout.web.serving.preparing import set_up

    set_up()
    from phaseout.casework.audit import bundle, keys, signatures
    from phaseout.casework.audit.verifying import Report, verify

    report = Report()
    known = [keys.read_public(pem) for pem in given or [bundle.public_key(folder)]]
    links = signatures.checked(bundle.links(folder), report)
    return verify(links, bundle.seals(folder), known, report)


def _of_site(given: list[bytes]) -> Report:
    with of_the_site():
        from phaseout.casework.audit import columns, files, keys, links, papers, signatures
        from phaseout.casework.audit.verifying import Report, verify

        report = Report()
        known = [keys.read_public(pem) for pem in given]
        known = known or [keys.private_key(state_home()).public_key()]
        with database_address(state_home()).connect() as connection, connection.transaction():
            connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            seals = links.seals_of_the_site(connection)
            streamed = signatures.checked(links.of_the_site(connection), report)
            verify(streamed, seals, known, report)
            columns.compare(connection, report)
            papers.compare(connection, report)
            files.compare(connection, report)
    return report


def _plain(report: Report) -> dict[str, Any]:
    return {
        "sound": report.sound,
        "cases": report.cases,
        "acts": report.acts,
        "checkpoints": report.checkpoints,
        "acts_since_the_last_checkpoint": report.uncovered,
        "wrong": [
            {"code": w.code, "where": w.where, "zh": w.words[0], "en": w.words[1]}
            for w in report.wrong
        ],
        "more": report.more,
    }


def _tell(report: Report, lang: str) -> None:
    zh = lang != "en"
    for wrong in report.wrong:
        words = wrong.words[0 if zh else 1]
        click.echo(f"[{wrong.code}] {wrong.where}{'：' if zh else ': '}{words}", err=True)
    if report.more:
        click.echo(f"……另有{report.more}处" if zh else f"… and {report.more} more", err=True)
    click.echo(
        f"{report.cases}个案件、{report.acts}个行为、{report.checkpoints}个检查点；"
        f"{report.uncovered}个行为晚于最后检查点；" + ("全部相符" if report.sound else "有不符之处")
        if zh
        else f"{report.cases} cases, {report.acts} acts, {report.checkpoints} checkpoints; "
        f"{report.uncovered} acts since the last checkpoint; "
        + ("all sound" if report.sound else "something is wrong")
    )
