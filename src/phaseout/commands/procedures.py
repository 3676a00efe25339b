"""`phaseout procedures`: the tables of acts: check them, read them, draw them."""

from __future__ import annotations

from datetime import date

import click

from phaseout.commands.output import REFUSED, output_options, show_json
from phaseout.commands.parameters import DAY
from phaseout.law.procedures import PROCEDURES, check, draw, page, procedure, versions
from phaseout.law.procedures.plain import as_data

NAME = click.Choice(PROCEDURES)


@click.group()
def procedures() -> None:
    """The lawful procedures as tables: check, show, draw."""


@procedures.command("check")
@output_options
@click.pass_context
def check_tables(ctx: click.Context, as_json: bool, lang: str) -> None:
    """Check every procedure and prove its paths; name all problems; exit 1 if there are any."""
    problems = check()
    if as_json:
        show_json({"sound": not problems, "problems": [one.as_json() for one in problems]})
    else:
        for one in problems:
            click.echo(f"[{one.code}] {one.procedure}: {one.zh if lang == 'zh' else one.en}")
        count = sum(len(versions(name)) for name in PROCEDURES)
        said = {
            "zh": f"{len(PROCEDURES)}个程序，{count}个版本，{len(problems)}个问题",
            "en": f"{len(PROCEDURES)} procedures, {count} versions, {len(problems)} problems",
        }
        click.echo(said[lang], err=True)
    if problems:
        ctx.exit(REFUSED)


@procedures.command()
@click.argument("name", type=NAME)
@click.option("--on", type=DAY, help="JSON of the version in force on that day.")
@output_options
def show(name: str, on: date | None, as_json: bool, lang: str) -> None:
    """The page of a procedure (Markdown, as in docs/procedures), or its table as JSON."""
    if as_json:
        day = on or versions(name)[-1][0]
        show_json(as_data(procedure(name, on=day)))
    elif on is not None:
        raise click.UsageError("--on chooses the version of the JSON: add --json")
    else:
        click.echo(page(name, lang), nl=False)


@procedures.command("draw")
@click.argument("name", type=NAME)
@click.option("--at", help="Stage to mark as the present one.")
@output_options
def draw_picture(name: str, at: str | None, as_json: bool, lang: str) -> None:
    """The procedure as a picture (SVG on stdout; with --json its text in a field)."""
    newest = procedure(name, version=versions(name)[-1][0].isoformat())
    if at is not None and at not in newest.stages:
        stages = ", ".join(stage.id for stage in newest.stages_of("main"))
        raise click.UsageError(f"{name} has no stage {at!r}; it has: {stages}")
    picture = draw(newest, lang, at=at)
    if as_json:
        show_json({"procedure": name, "version": newest.version, "svg": picture})
    else:
        click.echo(picture, nl=False)
