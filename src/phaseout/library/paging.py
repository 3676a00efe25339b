"""Pages of a list that lies in memory, by number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """The items of page `number` of `pages`; `total` counts all of them."""

    items: Sequence[T]
    number: int
    pages: int
    total: int

    @property
    def before(self) -> int | None:
        return self.number - 1 if self.number > 1 else None

    @property
    def after(self) -> int | None:
        return self.number + 1 if self.number < self.pages else None


def sliced(items: Sequence[T], asked: str | None, size: int) -> Slice[T]:
    """The page that was asked for; the nearest there is where it makes no sense.

    >>> sliced("abcde", "9", 2).items, sliced("abcde", "x", 2).items
    ('e', 'ab')
    """
    pages = max(1, -(-len(items) // size))
    wanted = int(asked) if asked and asked.isascii() and asked.isdigit() else 1
    number = min(max(wanted, 1), pages)
    return Slice(items[(number - 1) * size : number * size], number, pages, len(items))
