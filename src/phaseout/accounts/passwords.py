"""The rules of a password, as the pages say them: before it is chosen, and where one is refused.

The rules are Django's. Its Chinese addresses people by 你, which no office does, and its newest
sentence is not translated at all.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth import password_validation as django
from django.utils.translation import gettext as _


class LongEnough(django.MinimumLengthValidator):
    """At least `min_length` characters."""

    def get_error_message(self) -> str:
        return _("密码太短，至少%(least)s个字符。") % {"least": self.min_length}

    def get_help_text(self) -> str:
        return _("密码至少%(least)s个字符。") % {"least": self.min_length}


class UnlikeTheName(django.UserAttributeSimilarityValidator):
    """Not close to the user name or the person's own name."""

    def __init__(self, **options: Any) -> None:
        super().__init__(user_attributes=("username", "name_zh"), **options)

    def get_error_message(self) -> str:
        return _("密码与您的用户名或姓名太相近，请另选一个。")

    def get_help_text(self) -> str:
        return _("密码不能与您的用户名或姓名相近。")


class NotCommon(django.CommonPasswordValidator):
    """None of those that everybody tries first."""

    def get_error_message(self) -> str:
        return _("这是常见密码，容易被人猜中，请另选一个。")

    def get_help_text(self) -> str:
        return _("密码不能是常见密码。")


class NotDigitsOnly(django.NumericPasswordValidator):
    """Some sign that is no digit."""

    def get_error_message(self) -> str:
        return _("密码不能全是数字。")

    def get_help_text(self) -> str:
        return _("密码不能全是数字。")
