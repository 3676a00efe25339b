"""The rule of how long a password is, said in the language of the page.

Django's own says it in English on a Chinese page: its sentence was changed and not yet translated.
"""

from __future__ import annotations

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """At least `min_length` characters."""

    def get_error_message(self) -> str:
        return _("密码太短，至少%(least)s个字符。") % {"least": self.min_length}
