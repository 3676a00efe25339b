"""Texts of people before they are kept: one line, nothing invisible, no longer than its column."""

from __future__ import annotations

from django.db.models import Model

from phaseout.law.refusals import Refusal


def fitting(model: type[Model], field: str, text: str) -> str:
    """The text as one line without control characters.

    Raises:
        Refusal: `text_too_long` for the column.
    """
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    column = model._meta.get_field(field)
    longest = getattr(column, "max_length", None)
    if longest is not None and len(line) > longest:
        name = str(getattr(column, "verbose_name", field))
        raise Refusal(
            "text_too_long",
            what=(f"“{name}”过长", f"{field} is too long"),
            why=(
                f"最多{longest}个字，现有{len(line)}个。",
                f"it may have {longest} characters and has {len(line)}.",
            ),
            instead=("请缩短后再办。", "Shorten it."),
        )
    return line
