"""Fields in texts: `{party.name}` becomes what the document prints."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from phaseout.documents import saying
from phaseout.documents.certificates import due
from phaseout.documents.characters import tidy
from phaseout.documents.records import Officer, Party
from phaseout.documents.rights import BasisCited
from phaseout.documents.templates import PLACE
from phaseout.law.periods import Certificate


def in_line(text: str) -> str:
    """A text as part of a line: line ends become spaces."""
    return re.sub(r" *\n[ \n]*", " ", tidy(text))


def print_field(value: Any) -> str:
    """A value as the document prints it."""
    match value:
        case str():
            return tidy(value)
        case Certificate():
            return due(value)
        case date():
            return saying.day(value)
        case Decimal():
            return f"{value:f}"
        case bool():
            return "是" if value else "否"
        case int():
            return str(value)
        case Party():
            return in_line(value.name)
        case BasisCited() | Officer():
            return value.says
        case tuple() | list():
            mark = "\n" if all(isinstance(one, str) for one in value) else "、"
            return mark.join(print_field(one) for one in value)
    raise TypeError(f"{type(value).__name__} has no printed form")


def printed(text: str, values: Mapping[str, Any], *, lines: bool = False) -> str:
    """A text of a form with its fields in place; `lines` keeps the line ends of the values."""

    def place(found: re.Match[str]) -> str:
        name, part, may_be_empty = found.groups()
        value = values.get(name)
        if part and value is not None:
            value = _part(value, part.removeprefix("."))
        if value is None or value == "":
            if may_be_empty or part:
                return ""
            raise KeyError(f"{{{name}}} has no value and its text has no condition")
        said = print_field(value)
        return said if lines else in_line(said)

    return PLACE.sub(place, text)


def _part(value: Any, name: str) -> Any:
    if not is_dataclass(value):
        raise TypeError(f"{type(value).__name__} has no parts")
    return getattr(value, name)
