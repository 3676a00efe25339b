"""`phaseout report`: reports of the region, made again from what was frozen."""

from __future__ import annotations

import hashlib
from pathlib import Path

import click

from phaseout.commands.cases import of_the_site
from phaseout.commands.output import RefusingGroup, output_options, show_json
from phaseout.reporting.whole_folder import write_whole


@click.group(cls=RefusingGroup)
def report() -> None:
    """Reports of the region."""


@report.command("annual")
@click.option("--year", type=click.IntRange(1), required=True, help="The year reported on.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    help="Folder for the files; made if it is not there.",
)
@output_options
def annual(year: int, out: Path, as_json: bool, lang: str) -> None:
    """The annual report as PDF, DOCX and XLSX, the frozen figures, each erratum.

    The same bytes from the same freeze. Each file's SHA-256 is shown; for a report that was sent
    it says whether it is the file that went out. A year without data, or not frozen, is refused,
    and says what is missing. The folder has all of them or, if this is killed, none of a new one.
    """
    with of_the_site():
        from phaseout.coordination.annual.files import all_of
        from phaseout.coordination.annual.standing import standing
        from phaseout.desk.day import today

        made = all_of(year, today())
        now = standing(year, today())
    sent = now.sent.content["files"] if now.sent is not None else {}
    write_whole(out, made)
    told = []
    for name, data in made.items():
        digest = hashlib.sha256(data).hexdigest()
        told.append({"file": name, "sha256": digest, "as_sent": _as_sent(sent.get(name), digest)})
    if as_json:
        freeze = now.freeze
        frozen = {"version": freeze.version, "digest": freeze.digest} if freeze else None
        show_json({"year": year, "freeze": frozen, "files": told})
        return
    words = {True: ("与报送原件一致", "as it was sent"), False: ("与报送原件不同", "NOT as sent")}
    for one in told:
        pair = words.get(one["as_sent"], ("", ""))  # type: ignore[arg-type]
        click.echo(f"{one['sha256']}  {one['file']}  {pair[lang == 'en']}".rstrip())


def _as_sent(kept: str | None, digest: str) -> bool | None:
    """Whether it is the file that went out; None: none of that name did."""
    return None if kept is None else kept == digest
