"""`manage.py migrate`, as Django has it, in a tenth of the time."""

from __future__ import annotations

from typing import Any

from django.core.management.commands.migrate import Command as DjangoCommand

from phaseout.web.quick_migrations import quick_migrations


class Command(DjangoCommand):
    def handle(self, *args: Any, **options: Any) -> None:
        with quick_migrations():
            super().handle(*args, **options)
