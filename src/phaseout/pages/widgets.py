"""Fields of a form drawn in one go: Django asks a template for each option and each attribute,
which is a tenth of a page that has a dozen of them."""

from __future__ import annotations

from html import escape
from typing import Any

from django import forms
from django.utils.safestring import SafeString, mark_safe


class PlainSelect(forms.Select):
    """A choice without groups of options."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = "" if value is None else str(value)
        options = "".join(
            f'<option value="{escape(str(key))}"{" selected" if str(key) == chosen else ""}>'
            f"{escape(str(label))}</option>"
            for key, label in self.choices
        )
        return mark_safe(
            f"<select{_written({'name': name, **_built(self, attrs)})}>{options}</select>"
        )


class PlainInput(forms.TextInput):
    """A line of text; `input_type` makes it another field of one line."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        said = {"type": self.input_type, "name": name, "value": self.format_value(value)}
        return mark_safe(f"<input{_written({**said, **_built(self, attrs)})}>")


class PlainDay(PlainInput):
    """A day, by the browser's own calendar."""

    input_type = "date"


def _built(widget: forms.Widget, attrs: Any) -> dict[str, Any]:
    return widget.build_attrs(widget.attrs, attrs)


def _written(attrs: dict[str, Any]) -> str:
    """Attributes as HTML: True alone by its name, None and False not at all."""
    return "".join(
        f" {name}" if value is True else f' {name}="{escape(str(value))}"'
        for name, value in attrs.items()
        if value is not None and value is not False
    )
