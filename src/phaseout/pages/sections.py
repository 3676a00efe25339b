"""The rooms that a page of several rooms leads to: each room says its own.

    # in the room's AppConfig.ready
    register(Section(
        place="measures", key="prices", label=gettext_lazy("差别、阶梯、惩罚性电价"),
        says=gettext_lazy("……"), clause="10", url_name="prices", order=10,
    ))

`offices` are the functions (besides those that see everything) for whose people the room is; empty:
everybody who may read. A page must check for itself who may see it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from phaseout.accounts.scope import Scope


@dataclass(frozen=True, slots=True)
class Section:
    """One room: the page it stands on (`place`; `home`: home page and workbench), its name, what it
    is for in a sentence, the clause of the Opinions behind it."""

    place: str
    key: str
    label: str | Promise
    says: str | Promise
    clause: str
    url_name: str
    order: int = 100
    offices: frozenset[str] = frozenset()
    may: Callable[[Scope], bool] | None = None
    """Who sees it, where offices do not say."""

    def shown_to(self, scope: Scope) -> bool:
        """Whether somebody with the scope has business there."""
        if self.may is not None:
            return self.may(scope)
        return not self.offices or any(grant.function in self.offices for grant in scope.grants)


_SECTIONS: dict[tuple[str, str], Section] = {}


def register(section: Section) -> None:
    """Add a room; the same key again replaces it."""
    _SECTIONS[section.place, section.key] = section


def sections(place: str, scope: Scope) -> list[Section]:
    """The rooms of a page for somebody with the scope, in the order of their clauses."""
    here = [section for section in _SECTIONS.values() if section.place == place]
    known = sorted(here, key=lambda one: (int(one.clause), one.order, one.key))
    return [section for section in known if section.shown_to(scope)]
