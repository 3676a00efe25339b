"""`phaseout document`: the forms of official documents, and a fictional sample of each."""

from __future__ import annotations

from pathlib import Path

import click

from phaseout.commands.output import output_options, show_json
from phaseout.documents import Form, editable, form, forms, render, sample


@click.group()
def document() -> None:
    """Official documents: which forms there are, and what they look like."""


@document.command("forms")
@output_options
def list_forms(as_json: bool, lang: str) -> None:
    """List the forms with the fields that each needs."""
    if as_json:
        show_json([_as_data(one) for one in forms()])
        return
    language = 0 if lang == "zh" else 1
    for one in forms():
        click.echo(f"{one.key}  {one.title[language]}")
        for field in one.fields.values():
            mark = "" if not (field.optional or field.when) else " *"
            click.echo(f"    {field.name}{mark}  {(field.zh, field.en)[language]} [{field.kind}]")
    click.echo({"zh": "* 可以不填", "en": "* may be left out"}[lang], err=True)


@document.command("sample")
@click.option("--form", "key", required=True, help="The form, such as order_rectification.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="File to write: .pdf, or .docx to be edited.",
)
@click.option("--draft", is_flag=True, help="As a draft: not signed, with its watermark.")
@output_options
def make_sample(key: str, out: Path, draft: bool, as_json: bool, lang: str) -> None:
    """Write a fictional document of a form, marked as having no legal effect."""
    writers = {".pdf": render, ".docx": editable}
    writer = writers.get(out.suffix.lower())
    if writer is None:
        raise click.UsageError(f"--out ends in .pdf or .docx, not {out.name}")
    made = writer(sample(form(key).key, signed=not draft))
    out.write_bytes(made)
    if as_json:
        show_json({"form": key, "file": str(out), "bytes": len(made)})
    else:
        said = {
            "zh": f"已写入{out}（{len(made):,}字节）",
            "en": f"wrote {out} ({len(made):,} bytes)",
        }
        click.echo(said[lang], err=True)


def _as_data(one: Form) -> dict[str, object]:
    return {
        "form": one.key,
        "document": one.document,
        "title": {"zh": one.title[0], "en": one.title[1]},
        "rights": [kind.value for kind in one.rights],
        "fields": [
            {
                "name": field.name,
                "kind": field.kind,
                "zh": field.zh,
                "en": field.en,
                "optional": field.optional,
                "needed_when": field.when or None,
                "options": list(field.options),
            }
            for field in one.fields.values()
        ],
    }
