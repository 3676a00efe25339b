"""How people sign in: accounts are made by an administrator, never by the visitor."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class OfficeAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """allauth with sign-up closed."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
