"""The site's settings for commands that need them: loaded late, so that help comes at once."""

from __future__ import annotations

import os


def set_up() -> None:
    """Load Django with the site's settings; its log keeps to warnings, results are ours to say."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phaseout.web.settings")
    os.environ.setdefault("PHASEOUT_LOG_LEVEL", "warning")
    import django

    django.setup()
