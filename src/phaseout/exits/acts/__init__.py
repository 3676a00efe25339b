"""What can be done: one function, one durable transaction, one appended `ExitAct`.

    planning     make_plan
    recording    record
    accepting    lay_sheet, sign_sheet
    putting_off  put_off
    applying     review, set_task

Each takes who acts and on which day; sent twice under one `key` it happens once. The steps of the
law are acts of the case: `bringing.bring` does those with what this room has.
"""

from phaseout.exits.acts.accepting import lay_sheet, sign_sheet
from phaseout.exits.acts.applying import review, set_task
from phaseout.exits.acts.planning import make_plan
from phaseout.exits.acts.putting_off import put_off
from phaseout.exits.acts.recording import record

__all__ = [
    "lay_sheet",
    "make_plan",
    "put_off",
    "record",
    "review",
    "set_task",
    "sign_sheet",
]
