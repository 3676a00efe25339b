"""What rooms above have against an act: asked BEFORE it is done, and before it is prepared.

    # in the AppConfig.ready of a room above
    ask(no_open_claims, "settlement_confirmed", "confirm_exit")

    def no_open_claims(case: Case, acts: Sequence[Act], act: Done) -> None: ...   # or a Refusal

It is asked once the procedure itself admits the act, for the kinds named only: others cost nothing.
It reads and changes nothing. A request shows only what its person may see: who must look over all
says so with `accounts.rows.whole_reach`. (What follows from an act: `casework.acts.following`. This
module stands here and not beside it because `preparing` asks, below the acts.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from phaseout.casework.models import Act, Case
from phaseout.law.procedures import Done

Check = Callable[[Case, Sequence[Act], Done], None]
_CHECKS: dict[str, dict[str, Check]] = {}


def ask(check: Check, *kinds: str) -> None:
    """Have `check` asked before acts of these kinds; the same function again is asked once."""
    for kind in kinds:
        _CHECKS.setdefault(kind, {})[f"{check.__module__}.{check.__qualname__}"] = check


def against(case: Case, acts: Sequence[Act], act: Done) -> None:
    """Ask all who registered for the act's kind, in the order in which they came.

    Raises:
        Refusal: what the first of them has against it.
    """
    for check in _CHECKS.get(act.kind, {}).values():
        check(case, acts, act)
