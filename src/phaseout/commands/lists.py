"""`phaseout lists`: published lists, and what can be proved about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from phaseout.commands.cases import of_the_site
from phaseout.commands.list_proofs import (
    head_command,
    nothing_published,
    prove_command,
    verify_command,
)
from phaseout.commands.output import RefusingGroup, output_options, show_json

if TYPE_CHECKING:
    from phaseout.disclosure.lists.models import Edition


@click.group(cls=RefusingGroup)
def lists() -> None:
    """Published lists: editions, differences, proofs."""


for command in (prove_command, head_command, verify_command):
    lists.add_command(command)


@lists.command("editions")
@click.argument("kind", required=False)
@output_options
def editions_command(kind: str | None, as_json: bool, lang: str) -> None:
    """The editions of KIND (yellow-energy, exits …), newest first; of all lists without it."""
    with of_the_site():
        from phaseout.disclosure.lists import published
        from phaseout.disclosure.lists.seats import known

        keys = [known(kind).key] if kind else [one.key for one in published.kinds()]
        found = [edition for key in keys for edition in published.editions(key)]
        said = [_plain(edition) for edition in found]
    if as_json:
        show_json({"editions": said})
        return
    for one in said:
        title = one["title_en" if lang == "en" else "title_zh"]
        click.echo(
            f"{one['kind']} {one['number']}  {one['published_on']}  {title}  {one['digest']}"
        )
    if not said:
        click.echo("no edition is published" if lang == "en" else "尚未公布任何名单")


@lists.command("diff")
@click.argument("kind")
@click.argument("older", type=int)
@click.argument("newer", type=int)
@output_options
def diff_command(kind: str, older: int, newer: int, as_json: bool, lang: str) -> None:
    """What entered, went and changed from edition OLDER to edition NEWER of KIND."""
    with of_the_site():
        from phaseout.disclosure.lists import published
        from phaseout.disclosure.lists.saying import value_words

        found = published.differences(_edition(kind, older), _edition(kind, newer))
        said = {
            "entered": [{"uscc": e.uscc, "name": e.name} for e in found.entered],
            "gone": [{"uscc": e.uscc, "name": e.name} for e in found.gone],
            "changed": [
                {
                    "uscc": one.entry.uscc,
                    "name": one.entry.name,
                    "column": change.column.key,
                    "was": value_words(change.column, change.was)[lang == "en"],
                    "now": value_words(change.column, change.now)[lang == "en"],
                }
                for one in found.changed
                for change in one.changes
            ],
        }
    if as_json:
        show_json(said)
        return
    for one in said["entered"]:
        click.echo(f"+ {one['uscc']} {one['name']}")
    for one in said["gone"]:
        click.echo(f"- {one['uscc']} {one['name']}")
    for one in said["changed"]:
        click.echo(f"~ {one['uscc']} {one['name']}  {one['column']}: {one['was']} → {one['now']}")


def _edition(kind: str, number: int) -> Edition:
    from phaseout.disclosure.lists import published
    from phaseout.disclosure.lists.seats import known

    found = published.edition(known(kind).key, number)
    if found is None:
        raise nothing_published(str(number))
    return found


def _plain(edition: Edition) -> dict[str, Any]:
    return {
        "kind": edition.list_kind,
        "number": edition.number,
        "document": edition.document,
        "year": edition.year,
        "published_on": edition.published_on,
        "entries": edition.count,
        "corrects": edition.corrects.number if edition.corrects else None,
        "title_zh": edition.title[0],
        "title_en": edition.title[1],
        "digest": edition.digest,
    }
