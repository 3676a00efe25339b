"""`phaseout inspections`: draws checked again, for whoever wants to know."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from phaseout.commands.cases import of_the_site
from phaseout.commands.output import RefusingGroup, output_options, show_json
from phaseout.law.refusals import Refusal


@click.group(cls=RefusingGroup)
def inspections() -> None:
    """Inspections: random draws that anyone can do again."""


@inspections.command("check-draw")
@click.argument("draw")
@output_options
def check_draw(draw: str, as_json: bool, lang: str) -> None:
    """Do a random draw again: DRAW is its number on the site, or a file downloaded from its page.

    A file is checked without the site, from itself alone. Exit code 1 if anything differs.
    """
    data = _of_the_site(int(draw)) if draw.isdigit() else _of_a_file(Path(draw))
    # Here, since the rooms of the site cannot be imported before its settings are there; this
    # module itself needs neither.
    from phaseout.inspections.drawing import check

    wrong = check(data)
    firms = [one["uscc"] for one in data["drawn"]]
    if as_json:
        show_json(
            {
                "agrees": not wrong,
                "digest": data["digest"],
                "drawn": data["drawn"],
                "differences": [{"zh": zh, "en": en} for zh, en in wrong],
            }
        )
    else:
        for pair in wrong:
            click.echo(pair[lang == "en"], err=True)
        zh = f"抽取{draw}：{len(firms)}家，{'不相符' if wrong else '相符'}"
        en = f"draw {draw}: {len(firms)} firms, {'it does NOT agree' if wrong else 'it agrees'}"
        click.echo(en if lang == "en" else zh)
    if wrong:
        raise SystemExit(1)


def _of_the_site(number: int) -> dict[str, Any]:
    with of_the_site():
        from phaseout.inspections.models import Draw

        found = Draw.objects.filter(pk=number).first()
        if found is None:
            raise _unknown(str(number))
        return dict(found.as_data())


def _of_a_file(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        _ = data["sheet"]["commitment"], data["digest"], data["drawn"], data["algorithm"]
    except (OSError, ValueError, KeyError, TypeError):
        raise _unknown(str(path)) from None
    return dict(data)


def _unknown(draw: str) -> Refusal:
    return Refusal(
        "draw.unknown",
        what=(f"没有抽取“{draw}”", f"there is no draw {draw!r}"),
        why=(
            "它既不是本站的抽取编号，也不是从抽取页面下载的文件。",
            "it is neither the number of one here nor a file from the page of one.",
        ),
        instead=("请核对编号或文件。", "Check the number or the file."),
    )
