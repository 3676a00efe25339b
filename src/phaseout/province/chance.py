"""Chance that can be repeated: a stream of its own for every subject, the same on every machine.

Only `random.Random.random()` is used, whose sequence Python promises never to change; everything
else is arithmetic on it. No sine, no logarithm: their last digit differs between machines.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A stream of random draws that depends only on what it was opened for.

    >>> Chance.of(1, "enterprise", 7).whole(1, 6) == Chance.of(1, "enterprise", 7).whole(1, 6)
    True
    """

    __slots__ = ("_draw", "_path")

    def __init__(self, path: str) -> None:
        digest = hashlib.blake2b(path.encode(), digest_size=8).digest()
        self._path = path
        self._draw = Random(int.from_bytes(digest, "big")).random

    @classmethod
    def of(cls, *path: object) -> Chance:
        """The stream for `path`, for example a seed, a word and a number."""
        return cls("\x1f".join(map(str, path)))

    def child(self, *path: object) -> Chance:
        """A stream of its own below this one; what was drawn here does not matter to it."""
        return Chance.of(self._path, *path)

    def share(self) -> float:
        """A number in [0, 1)."""
        return self._draw()

    def happens(self, share: float) -> bool:
        """True in `share` of all draws."""
        return self._draw() < share

    def between(self, low: float, high: float) -> float:
        """Evenly spread in [low, high)."""
        return low + (high - low) * self._draw()

    def whole(self, low: int, high: int) -> int:
        """A whole number, both ends inside."""
        return low + int(self._draw() * (high - low + 1))

    def around(self, middle: float, spread: float) -> float:
        """Bell-shaped about `middle`; nothing lies further off than 3.5 times `spread`."""
        total = self._draw() + self._draw() + self._draw() + self._draw()
        return middle + spread * (total - 2.0) * 1.7320508

    def pick(self, choices: Sequence[T]) -> T:
        """One of `choices`, each as likely."""
        return choices[int(self._draw() * len(choices))]

    def weighted(self, choices: Sequence[T], weights: Sequence[float]) -> T:
        """One of `choices`, likely as its weight."""
        at = self._draw() * sum(weights)
        for choice, weight in zip(choices, weights, strict=True):
            at -= weight
            if at < 0:
                return choice
        return choices[-1]

    def number(self) -> int:
        """A whole number from 1 to 2,147,483,646: a seed for noise made elsewhere."""
        return 1 + int(self._draw() * 2147483645)
