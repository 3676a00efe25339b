"""Migrations in time that grows with their number, not with its square.

Whenever a migration adds a model or changes one, Django makes the classes of all models that lead
to it anew, as far as relations reach: here, of nearly all, some 800 times over. What is written to
the database depends on the one model that changed. So that one alone is made anew, and the state
says that others wait (`is_delayed`, Django's own word): a migration that runs Python gets them all
fresh. A tenth of the time, the same database (`tests/web/test_quick_migrations.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ProjectState


def _reload_model(self: Any, app_label: str, model_name: str, delay: bool = True) -> None:
    self.reload_models([(app_label, model_name)])


def _reload_models(self: Any, models: Iterable[tuple[str, str]], delay: bool = True) -> None:
    if "apps" in self.__dict__:  # asking with hasattr would make them
        self.is_delayed = True
        self._reload(set(models))


ALONE = {"reload_model": _reload_model, "reload_models": _reload_models}


@contextmanager
def quick_migrations() -> Iterator[None]:
    """While it lasts, a model that is added or changed is made anew alone.

    Not for a model that inherits the table of another, which is a part of that other: none does.
    """
    careful = {name: getattr(ProjectState, name) for name in ALONE}
    try:
        for name, does in ALONE.items():
            setattr(ProjectState, name, does)
        yield
    finally:
        for name, did in careful.items():
            setattr(ProjectState, name, did)
