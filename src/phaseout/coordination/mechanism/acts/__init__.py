"""What can be done: one function, one durable transaction, one appended `MechanismAct`.

    meetings     call_meeting, record_minutes, issue_minutes
    changing     change_meeting, call_off_meeting
    following    report_point, check_report

Each takes who acts and on which day; sent twice under one `key` it happens once.
"""

from phaseout.coordination.mechanism.acts.changing import call_off_meeting, change_meeting
from phaseout.coordination.mechanism.acts.following import check_report, report_point
from phaseout.coordination.mechanism.acts.meetings import (
    Decided,
    Held,
    call_meeting,
    issue_minutes,
    leaders,
    record_minutes,
)

__all__ = [
    "Decided",
    "Held",
    "call_meeting",
    "call_off_meeting",
    "change_meeting",
    "check_report",
    "issue_minutes",
    "leaders",
    "record_minutes",
    "report_point",
]
