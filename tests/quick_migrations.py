"""The migrations of a test database, without Django's caution about their models.

When a migration creates a model, Django makes the classes of all models that lead to it anew, as
far as any relation reaches: here, all of them, for each of some 160 models. A model that has just
been created is in no relation yet but its own, so for a test database its own class is enough: a
third of the time. An installation migrates as Django would; `tests/demo` compares the two.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.migrations.state import ModelState, ProjectState


def _add_model(self: ProjectState, model_state: ModelState) -> None:
    key = model_state.app_label, model_state.name_lower
    self.models[key] = model_state
    if self._relations is not None:
        self.resolve_model_relations(key)
    if "apps" in self.__dict__:
        self.apps.render_multiple([model_state])


@contextmanager
def quick_migrations() -> Iterator[None]:
    """While it lasts, a created model is rendered alone."""
    careful = ProjectState.add_model
    ProjectState.add_model = _add_model
    try:
        yield
    finally:
        ProjectState.add_model = careful
