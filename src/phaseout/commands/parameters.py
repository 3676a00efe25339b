"""Kinds of option values that several commands take."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import click

_WRITTEN = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")


class Day(click.ParamType):
    """A Beijing date as officials write it: 2017-06-30, 2017/6/30, 2017.6.30, 2017年6月30日."""

    name = "day"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        if isinstance(value, date):
            return value
        written = _WRITTEN.fullmatch(str(value).strip())
        if written is None:
            self.fail(f"{value!r} is no day; write 2017-06-30, 2017/6/30 or 2017年6月30日", param, ctx)
        year, month, day = map(int, written.groups())
        try:
            return date(year, month, day)
        except ValueError:
            self.fail(f"{value!r}: there is no such day in the calendar", param, ctx)


DAY = Day()
