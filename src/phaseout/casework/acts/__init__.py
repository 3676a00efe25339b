"""Every administrative act this system can do. One function, one act, one durable transaction.

    open_case(…)        立案登记: a case from one or several findings of a line
    open_exit(…)        立退出案: the exit of a line on a decision served in another case
    apply_exit(…)       申请自愿退出: the exit of a line on its enterprise's own application
    perform(…)          any act of a case that its holder does alone
    propose(…)          an act prepared for a leader's signature (not an act yet)
    sign(…)             the leader signs what was prepared: the act is done
    decline(…)          the leader returns it with a reason
    withdraw(…)         who prepared it takes it back

Each takes who acts and on which day, checks the law, and writes the act and what it makes of the
case together. Pages, API and commands all come through here; nothing else writes a case. An act
sent twice under one `key` happens once.
"""

from phaseout.casework.acts.applying import (
    APPLY,
    against_application,
    application_of,
    apply_exit,
    own_lines,
)
from phaseout.casework.acts.exiting import ON_DECISION, against_exit, exit_of, open_exit
from phaseout.casework.acts.opening import (
    LONGEST_REASON,
    OPENING,
    case_to_open,
    open_case,
    opening_act,
)
from phaseout.casework.acts.performing import perform
from phaseout.casework.acts.signing import decline, propose, sign, withdraw

__all__ = [
    "APPLY",
    "LONGEST_REASON",
    "ON_DECISION",
    "OPENING",
    "against_application",
    "against_exit",
    "application_of",
    "apply_exit",
    "case_to_open",
    "decline",
    "exit_of",
    "open_case",
    "open_exit",
    "opening_act",
    "own_lines",
    "perform",
    "propose",
    "sign",
    "withdraw",
]
