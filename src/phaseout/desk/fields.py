"""The field for a day in forms."""

from __future__ import annotations

from typing import Any

from django import forms


class Day(forms.DateInput):
    """A date by the browser's own control; typed as 2018-03-15 where there is none."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)
