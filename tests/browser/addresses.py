"""Every page that the browser looks at: add yours here, and it is checked at both widths.

`Address(url_name, who, args, query)`: the name in `urls.py`; the demo person who looks ("" for
nobody); its arguments, or a function that takes them from the site's database when the test runs
(an empty answer skips the page: say why there may be none); a query string. Two addresses of one
name are told apart by `note`.
"""

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


def _somebody() -> Sequence[Any]:
    from phaseout.accounts.models import User

    return [User.objects.get(username="eic-officer").pk]


def _post_of_somebody() -> Sequence[Any]:
    from phaseout.accounts.models import Post

    return [Post.objects.get(user__username="eic-officer").pk]


ACCOUNTS = [
    Address("home"),
    Address("home", "eic-officer"),
    Address("home", "administrator"),
    Address("account_login"),
    Address("account_inactive"),
    Address("account_logout", "eic-officer"),
    Address("account_change_password", "auditor"),  # who has a password on this site
    Address("account_change_password", "eic-officer", status=409, note="refused"),
    Address("tokens", "eic-officer"),
    Address("people", "administrator"),
    Address("people", "administrator", query="q=nobody-of-this-name", note="none found"),
    Address("person", "administrator", _somebody),
    Address("person-new", "administrator"),
    Address("post-end", "administrator", _post_of_somebody),
    Address("account-events", "administrator"),
    Address("people", "eic-officer", status=403, note="refused"),
    Address("demo-day", "eic-officer"),
    Address("demo-day", "eic-officer", query="to=2018-12-31", note="to a date"),
]

LIBRARY: list[Address] = []
REGISTRY: list[Address] = []
CASEWORK: list[Address] = [
    Address("cases", "eic-officer"),
    Address("cases", "eic-officer", query="state=closed", note="none found"),
    Address("case-open", "eic-officer", status=409, note="nothing chosen"),
    Address("case-open", "auditor", status=403, note="refused"),
]
API = [Address("api-docs"), Address("api-docs", "eic-officer")]

ADDRESSES = [*ACCOUNTS, *LIBRARY, *REGISTRY, *CASEWORK, *API]
