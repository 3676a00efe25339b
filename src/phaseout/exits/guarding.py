"""No act that waits for the checklist, or for a review, is done over its head, at whatever door.

Where a plan stands, verifying the seals, dismantling and acceptance wait for its items. The page
of the exit says so beforehand; asked by `casework` this also holds where the same act is done,
prepared or signed elsewhere. A case without a plan of this room is not hindered. An application is
accepted once county and city have agreed.
"""

from __future__ import annotations

from collections.abc import Sequence

from phaseout.casework.models import Act, Case
from phaseout.exits import refusing
from phaseout.exits.acts.applying import not_agreed
from phaseout.exits.models import ExitAct
from phaseout.exits.standing import standing_of
from phaseout.law.dismantling import ACTS
from phaseout.law.procedures import Done

KINDS = tuple(ACTS)
ACCEPTED = "accept_application"


def nothing_lacks(case: Case, acts: Sequence[Act], act: Done) -> None:
    """Asked before acts of these kinds.

    Raises:
        Refusal: `exit.incomplete`.
    """
    if not ExitAct.objects.filter(case=case, kind=ExitAct.Kind.PLAN).exists():
        return
    if lacking := standing_of(case).missing(act.kind):
        gate = ACTS[act.kind]
        raise refusing.incomplete((gate.zh, gate.en), lacking)


def both_agreed(case: Case, acts: Sequence[Act], act: Done) -> None:
    """Asked before an application is accepted.

    Raises:
        Refusal: `apply.not-reviewed`.
    """
    if lacking := not_agreed(case):
        raise refusing.not_reviewed(lacking)
