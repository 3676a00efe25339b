"""Kinds of option values that several commands take."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from phaseout.law.industries import INDUSTRIES, industry_key
from phaseout.law.periods import parse_day


class Day(click.ParamType[date]):
    """A Beijing date as officials write it: 2017-06-30, 2017/6/30, 2017.6.30, 2017年6月30日."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return parse_day(str(value))
        except ValueError as problem:
            self.fail(str(problem), param, ctx)


DAY = Day()


class IndustryName(click.ParamType[str]):
    """An industry by key, in Chinese or in English: cement, 水泥; gives the key."""

    name = "industry"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        key = industry_key(str(value))
        if key is None:
            known = ", ".join(f"{one.key} {one.zh}" for one in INDUSTRIES.values())
            self.fail(f"{value!r} is none of the industries: {known}", param, ctx)
        return key


INDUSTRY = IndustryName()
