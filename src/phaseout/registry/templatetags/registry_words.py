"""Filters of the registry's templates: cells of facts as people write them."""

from __future__ import annotations

from typing import Any

from django import template

from phaseout.accounts.requests import scope_of_request
from phaseout.pages.templatetags.phaseout import said
from phaseout.registry.capacity.holding import Held
from phaseout.registry.capacity.holding import held_by as held_of
from phaseout.registry.labels import cell_words

register = template.Library()


@register.filter
def cell(version: Any, column: str) -> str:
    """`{{ piece|cell:"status" }}`: a cell of a version in the page's language."""
    table = version._meta.db_table.removeprefix("fact_")
    return said(cell_words(table, column, getattr(version, column)))


@register.simple_tag(takes_context=True)
def held_by(context: dict[str, Any], line_id: str | None) -> Held | None:
    """The decision under which a line must exit, for who reads the page; None: there is none."""
    return held_of(line_id, scope_of_request(context["request"])) if line_id else None
