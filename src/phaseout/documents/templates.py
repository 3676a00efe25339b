"""The forms: read from `forms/*.toml`, one file a form. A further form is one more file.

A file names its fields and its blocks of text in order. In a text `{field}` prints a field and
`{field.part}` a part of it; `{field?}` may be empty. `when` and `unless` keep a block for the
case that a field is given (or true). `like` takes over another form's file.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from phaseout.documents.records import Layout
from phaseout.documents.rights import RightKind
from phaseout.law.refusals import Bilingual, Refusal

PLACE = re.compile(r"\{([a-z_]+)((?:\.[a-z_]+)?)(\??)\}")
"""A field in a text: its name, a part of it, and whether it may be empty."""


@dataclass(frozen=True, slots=True)
class Field:
    """What a form must be told: always, unless `optional`; with `when` only if that is true."""

    name: str
    kind: str
    zh: str
    en: str
    optional: bool = False
    when: str = ""
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """One block of a form: what it is (`heading`, `items` …), its text or field, its condition."""

    kind: str
    says: Any
    when: str = ""
    unless: str = ""
    widths: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A form. `document` is its name in the tables of procedures; `this` what it calls itself."""

    key: str
    document: str
    layout: Layout
    title: Bilingual
    this: str
    addressee: str
    rights: tuple[RightKind, ...]
    fields: Mapping[str, Field]
    body: tuple[Block, ...]


def forms() -> tuple[Form, ...]:
    """All forms, by key."""
    names = sorted(file.name for file in _folder().iterdir() if file.name.endswith(".toml"))
    return tuple(form(name.removesuffix(".toml")) for name in names)


@cache
def form(key: str) -> Form:
    """The form of a key.

    Raises:
        Refusal: `document.form_unknown`, naming the forms there are.
    """
    if not re.fullmatch("[a-z_]+", key) or not (_folder() / f"{key}.toml").is_file():
        raise _unknown(key)
    data = _read(key)
    return Form(
        key=key,
        document=data["document"],
        layout=Layout(data["layout"]),
        title=(data["title"], data["title_en"]),
        this=data["this"],
        addressee=data["addressee"],
        rights=tuple(RightKind(kind) for kind in data["rights"]),
        fields={
            name: Field(name, **{**cells, "options": tuple(cells.get("options", ()))})
            for name, cells in data["fields"].items()
        },
        body=tuple(_block(cells) for cells in data["body"]),
    )


def _folder() -> Any:
    return resources.files(__package__) / "forms"


def _read(key: str) -> dict[str, Any]:
    data = tomllib.loads((_folder() / f"{key}.toml").read_text(encoding="utf-8"))
    like = data.pop("like", None)
    return {**_read(like), **data} if like else data


def _block(cells: dict[str, Any]) -> Block:
    rest = dict(cells)
    when, unless = rest.pop("when", ""), rest.pop("unless", "")
    widths = tuple(rest.pop("widths", ()))
    ((kind, says),) = rest.items()
    return Block(kind, says, when, unless, widths)


def _unknown(key: str) -> Refusal:
    known = "、".join(one.key for one in forms())
    return Refusal(
        "document.form_unknown",
        what=(f"没有文书格式“{key}”", f"There is no form “{key}”"),
        why=("格式库中没有该名称。", "no file of that name is among the forms."),
        instead=(f"可用的格式：{known}。", f"The forms are: {known}."),
    )
