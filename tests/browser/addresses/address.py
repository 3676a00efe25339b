"""A page as a person sees it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Arguments = Sequence[Any] | Callable[[], Sequence[Any]]


@dataclass(frozen=True)
class Address:
    """One page as one person sees it."""

    url_name: str
    who: str = ""
    args: Arguments = ()
    query: str = ""
    note: str = ""
    status: int = 200

    def __str__(self) -> str:
        return "-".join(part for part in (self.url_name, self.who, self.note) if part)

    def path(self) -> str:
        """The path on the site; asks its database where the arguments are a function."""
        from django.urls import reverse

        args = self.args() if callable(self.args) else self.args
        return reverse(self.url_name, args=args) + (f"?{self.query}" if self.query else "")

    def is_absent(self) -> bool:
        """Whether the site has no row for it: its function answers nothing."""
        return callable(self.args) and not self.args()
