"""How many findings rest on a row: known to a room above, which says so when the site starts.

resting.answered_by(function)       called once, by the casework
resting.findings_on_row(row, scope) asked by the page of the row
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from phaseout.accounts.scope import Scope


@dataclass(frozen=True, slots=True)
class Resting:
    """Standing findings on a row, as far as the reader may see them."""

    findings: int
    provisional: int
    noncompliant: int


Answer = Callable[[str, Scope], Resting]
_answers: list[Answer] = []


def answered_by(function: Answer) -> None:
    """From now on `function` says what rests on a row."""
    _answers[:] = [function]


def findings_on_row(row_id: str, scope: Scope) -> Resting | None:
    """What rests on the row within the scope; None where no room answers."""
    return _answers[0](row_id, scope) if _answers else None
