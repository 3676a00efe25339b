"""A form and its values to a document: checked first, everything missing named at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from phaseout.documents import saying
from phaseout.documents.certificates import annex_of, due, last_days
from phaseout.documents.checking import check_imprint, check_rights, check_values
from phaseout.documents.pieces import Box, Boxes, Heading, Items, Paragraph, Piece
from phaseout.documents.records import Imprint, OfficialDocument
from phaseout.documents.rights import BasisCited, Right
from phaseout.documents.templates import Block, Form, form
from phaseout.documents.wording import in_line, print_field, printed
from phaseout.law.periods import Certificate

Values = Mapping[str, Any]


def fill(
    key: str, imprint: Imprint, values: Values, rights: Sequence[Right] = ()
) -> OfficialDocument:
    """The document of a form.

    Args:
        key: the form, such as `order_rectification`.
        imprint: office, number, day, signed or not, copies.
        values: a value for each field that the form declares (`form(key).fields`).
        rights: what the enterprise may do against it, in the order in which it is told.

    Raises:
        Refusal: `document.form_unknown`, `document.fields_missing`, `document.field_unknown`,
            `document.field_unfit`, `document.rights_missing`, `document.unnumbered`,
            `document.basis_unseen`.
    """
    shape = form(key)
    check_values(shape, values)
    check_rights(shape, rights)
    check_imprint(shape, imprint, values, rights)
    body = _body(shape, values, rights)
    certificates = _certificates(shape, values, rights)
    return OfficialDocument(
        form=key,
        layout=shape.layout,
        title=printed(shape.title[0], values),
        imprint=replace(imprint, copies=tuple(in_line(one) for one in imprint.copies)),
        addressee=printed(shape.addressee, values),
        body=tuple(body),
        rights=tuple(rights),
        annexes=(annex_of(certificates),) if certificates else (),
    )


def _body(shape: Form, values: Values, rights: Sequence[Right]) -> list[Piece]:
    made: list[Piece] = []
    headings = 0
    for block in shape.body:
        if block.when and not values.get(block.when):
            continue
        if block.unless and values.get(block.unless):
            continue
        if block.kind == "heading":
            headings += 1
            numbered = f"{saying.numeral(headings)}、{printed(block.says, values)}"
            made.append(Heading(numbered))
        else:
            made += _pieces(shape, block, values, rights)
    return made


def _pieces(shape: Form, block: Block, values: Values, rights: Sequence[Right]) -> list[Piece]:
    match block.kind:
        case "paragraph":
            return [Paragraph(printed(block.says, values))]
        case "paragraphs":
            return _paragraphs(values[block.says])
        case "party":
            known = in_line(values[block.says].says)
            return [Paragraph(f"{known}。")] if known else []
        case "items":
            return _listed([in_line(entry) for entry in values[block.says]])
        case "bases":
            cited: tuple[BasisCited, ...] = values[block.says]
            return _listed([one.says for one in cited])
        case "table":
            return [values[block.says]]
        case "rights":
            told: list[Piece] = [Paragraph(right.says(shape.this)) for right in rights]
            return [*told, *last_days(rights)]
        case "last_days":
            return last_days(rights)
        case "boxes":
            return [Boxes(block.widths, tuple(_row(row, values) for row in block.says))]
    raise ValueError(f"{shape.key}: no block is called {block.kind}")


def _listed(entries: Sequence[str]) -> list[Piece]:
    """Several entries numbered; a single one is a paragraph."""
    return [Paragraph(entries[0])] if len(entries) == 1 else [Items(tuple(entries))]


def _paragraphs(value: str | Sequence[str]) -> list[Piece]:
    texts = [value] if isinstance(value, str) else value
    lines = [line for text in texts for line in print_field(text).split("\n")]
    return [Paragraph(line.strip()) for line in lines if line.strip()]


def _row(row: Sequence[Mapping[str, Any]], values: Values) -> tuple[Box, ...]:
    return tuple(
        Box(
            text=printed(cell.get("label", cell.get("text", "")), values, lines=True),
            span=cell.get("span", 1),
            label="label" in cell,
            lines=cell.get("lines", 1),
            sign=cell.get("sign", ""),
        )
        for cell in row
    )


def _certificates(
    shape: Form, values: Values, rights: Sequence[Right]
) -> list[tuple[str, Certificate]]:
    """Every count the document relies on, with what it is the count of."""
    found = [
        (field.zh, values[name])
        for name, field in shape.fields.items()
        if isinstance(values.get(name), Certificate)
    ]
    found += [(right.name, right.certificate) for right in rights if right.certificate]
    return [(f"{name}：{due(counted)}", counted) for name, counted in found]
