"""People, sign-in, the norm library, the API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from addresses.address import Address


def _somebody() -> Sequence[Any]:
    from phaseout.accounts.models import User

    return [User.objects.get(username="eic-officer").pk]


def _post_of_somebody() -> Sequence[Any]:
    from phaseout.accounts.models import Post

    return [Post.objects.get(user__username="eic-officer").pk]


ACCOUNTS = [
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
    Address("account", "auditor"),
    Address("account", "eic-officer"),
    Address("sign-ins", "auditor"),
    Address("mfa_index", "auditor"),
    Address("mfa_index", "eic-officer", note="no password"),
    Address("matrix"),
    Address("clause", args=[16]),
    Address("demo-day", "eic-officer"),
    Address("demo-day", "eic-officer", query="to=2018-12-31", note="to a date"),
]

ROW = ["energy_limits/GB21346-2013/1"]

LIBRARY = [
    Address("library"),
    Address("library", query="q=GB+4915", note="found"),
    Address("library", query="q=nothing-of-this-kind", note="none found"),
    Address("norm-day", query="on=2017-06-30&industry=cement"),
    Address("norm-holes"),
    Address("norm-compare", query="old=GB21346-2013&new=GB21346-2022"),
    Address("norm-methods", args=["consequences"]),
    Address("norm-row", args=ROW),
    Address("norm-source", args=["GB21346-2013"]),
    Address("norm-source", args=["GB4915-2013"], note="emissions"),
    Address("norm-source", args=["GB0-0000"], status=404, note="unknown"),
]


API = [Address("api-docs"), Address("api-docs", "eic-officer")]
