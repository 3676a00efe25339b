"""The rooms of the measures as the page of all measures shows them: each room says its own.

    # in the room's AppConfig.ready
    register(Section(
        key="prices", label=gettext_lazy("差别、阶梯、惩罚性电价"), says=gettext_lazy("……"),
        clause="10", url_name="prices", order=10,
    ))

`offices` are the functions (besides those that see everything) for whose people the room is; empty:
everybody who may read. A page must check for itself who may see it.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

from phaseout.accounts.scope import Scope


@dataclass(frozen=True, slots=True)
class Section:
    """One room: its name, what it is for in a sentence, the clause of the Opinions behind it."""

    key: str
    label: str | Promise
    says: str | Promise
    clause: str
    url_name: str
    order: int = 100
    offices: frozenset[str] = frozenset()

    def shown_to(self, scope: Scope) -> bool:
        """Whether somebody with the scope has business there."""
        return not self.offices or any(grant.function in self.offices for grant in scope.grants)


_SECTIONS: dict[str, Section] = {}


def register(section: Section) -> None:
    """Add a room; the same key again replaces it."""
    _SECTIONS[section.key] = section


def sections(scope: Scope) -> list[Section]:
    """The rooms for somebody with the scope, in the order of their clauses."""
    known = sorted(_SECTIONS.values(), key=lambda one: (int(one.clause), one.order, one.key))
    return [section for section in known if section.shown_to(scope)]
