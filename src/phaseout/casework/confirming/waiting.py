"""What of confirming waits for a person, for the home page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from phaseout.accounts.powers import Power
from phaseout.accounts.scope import Scope
from phaseout.casework.confirming.worklist import waited_on
from phaseout.library.shelf import all_rows, dimension_of
from phaseout.library.standing import State, standings
from phaseout.pages.waiting import Waiting, register


def register_waiting() -> None:
    """Called when the site starts."""
    register(
        Waiting(
            key="confirming.second",
            label=_("已有人核对、待另一人复核的标准记录"),
            count=count_second,
            url_name="confirming",
            query="pile=second",
            power=Power.CONFIRM,
            order=60,
            personal=True,
        )
    )
    register(
        Waiting(
            key="confirming.waiting",
            label=_("有结论在等待核对的标准记录"),
            count=count_waiting,
            url_name="confirming",
            power=Power.CONFIRM,
            order=70,
        )
    )


def count_second(scope: Scope, today: date, user: Any) -> int:
    """Rows of the person's dimensions that another one has signed: nobody countersigns himself."""
    mine = set(scope.dimensions(Power.CONFIRM))
    rows = [row for row in all_rows().values() if dimension_of(row) in mine]
    known = standings(rows, today).values()
    signers = [
        s.confirmation.confirmed_by_id for s in known if s.state is State.ONCE and s.confirmation
    ]
    return sum(1 for signer in signers if signer != user.pk)


def count_waiting(scope: Scope, today: date) -> int:
    """Recalled rows on which findings wait and that nobody has signed."""
    known = standings(all_rows().values(), today)
    recalled = [row_id for row_id, one in known.items() if one.state is State.RECALLED]
    return len(waited_on(recalled, scope))
