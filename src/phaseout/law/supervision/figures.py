"""What is measured, and a share that says of how many it is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from phaseout.law.norms.shipped import rows_of
from phaseout.law.refusals import Bilingual

SHARE, COUNT = "share", "count"
TODAY = "today"


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of `figures.csv`. `least`: a base smaller than this is not compared (shares only).
    `by`: whose it is: of cities (`city`) or of cities and departments (`both`). `stands`: whether
    it is of the time that is looked at (`window`), so that it is exact for a year that is over, or
    of how things stand on the day of asking (`today`), whichever time is looked at."""

    key: str
    form: str
    least: int | None
    by: str
    stands: str
    zh: str
    en: str
    part_zh: str
    part_en: str
    of_zh: str
    of_en: str
    note_zh: str
    note_en: str

    @property
    def name(self) -> Bilingual:
        return self.zh, self.en

    @property
    def part(self) -> Bilingual:
        return self.part_zh, self.part_en

    @property
    def base(self) -> Bilingual:
        """What the parts are a share of; empty for a count."""
        return self.of_zh, self.of_en

    @property
    def note(self) -> Bilingual:
        return self.note_zh, self.note_en

    @property
    def is_of_today(self) -> bool:
        return self.stands == TODAY

    @property
    def is_share(self) -> bool:
        return self.form == SHARE


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `of` things. `of` None: a count. Both None: not known, which is not nought.

    >>> Share(1, 4).percent_of_at_least(5), Share(1, 5).percent_of_at_least(5)
    (None, Decimal('20'))
    """

    part: int | None = None
    of: int | None = None

    @property
    def is_known(self) -> bool:
        return self.part is not None

    def is_too_few(self, least: int | None) -> bool:
        """Whether there is something, but too little for a per cent."""
        return self.of is not None and 0 < self.of < (least or 1)

    def percent_of_at_least(self, least: int | None) -> Decimal | None:
        """Per cent, one place, half up; None: not known, of nothing, of fewer than `least`, or no
        share at all."""
        if self.part is None or not self.of or self.is_too_few(least):
            return None
        exact = Decimal(self.part) * 100 / self.of
        rounded = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
        return rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded

    def passes(self, percent: Decimal, least: int | None) -> bool:
        """Whether it is more than so many per cent: exactly that is not more. Of too few it is
        never. Compared unrounded."""
        if self.part is None or not self.of or self.is_too_few(least):
            return False
        return self.part * 100 > percent * self.of


@cache
def figures() -> tuple[Figure, ...]:
    """All that is measured, in the order of the page."""
    return rows_of(__package__, "figures", Figure)


@cache
def figure(key: str) -> Figure:
    """Raises `KeyError` for a key that the table does not have."""
    return {one.key: one for one in figures()}[key]
