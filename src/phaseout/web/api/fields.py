"""The kinds of values that travel: texts without NUL, figures as text, words in two languages."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from ninja import Schema
from pydantic import BeforeValidator, Field, StringConstraints

from phaseout.findings.export import plain
from phaseout.law.refusals import Bilingual


def _figure(value: Any) -> Any:
    return plain(value) if isinstance(value, Decimal) else value


NO_NUL = r"^[^\x00]*$"
Word = Annotated[str, StringConstraints(max_length=200, pattern=NO_NUL)]
"""A text that is asked with: at most 200 characters, no NUL (PostgreSQL cannot hold one)."""

Uscc = Annotated[Word, Field(examples=["98640106XG0000009Q"])]
LineId = Annotated[Word, Field(examples=["L000001-1"])]
FindingId = Annotated[Word, Field(examples=["F598107b6ee586c6b7ce6"])]
SourceId = Annotated[Word, Field(examples=["GB16780-2012"])]
RowId = Annotated[Word, Field(examples=["energy_limits/GB16780-2012/1"])]

Figure = Annotated[str, BeforeValidator(_figure), Field(examples=["131.5"])]
"""A decimal as text, without exponent and without trailing zeros."""


class Both(Schema):
    """The same words in Chinese and in English."""

    zh: str
    en: str


def both(words: Bilingual) -> Both:
    return Both(zh=words[0], en=words[1])
