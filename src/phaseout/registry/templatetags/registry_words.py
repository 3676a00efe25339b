"""Filters of the registry's templates: cells of facts as people write them."""

from __future__ import annotations

from typing import Any

from django import template

from phaseout.pages.templatetags.phaseout import said
from phaseout.registry.labels import cell_words

register = template.Library()


@register.filter
def cell(version: Any, column: str) -> str:
    """`{{ piece|cell:"status" }}`: a cell of a version in the page's language."""
    table = version._meta.db_table.removeprefix("fact_")
    return said(cell_words(table, column, getattr(version, column)))
