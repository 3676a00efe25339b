"""A confirmed restart becomes an act of the case, prepared through casework like any other."""

from __future__ import annotations

from datetime import date
from uuid import UUID, uuid5

from phaseout.accounts.models import User
from phaseout.accounts.scope import Scope
from phaseout.casework.acts import perform, propose
from phaseout.casework.models import Act, Case, Proposal
from phaseout.casework.proceeding.preparing import Asked
from phaseout.casework.proceeding.standing import acts_of, current
from phaseout.evidence.keeping import keep
from phaseout.evidence.models import EvidenceFile
from phaseout.exits.restart import refusing
from phaseout.exits.restart.models import Alarm, RestartAct, WatchedLine
from phaseout.exits.restart.papers import alarm_pdf

BY_STAGE = {
    "to_remove": "record_restart",
    "sealed": "record_restart",
    "stopped": "restart_after_exit",
    "accepted": "restart_after_exit",
    "published": "restart_after_exit",
    "exited": "restart_after_exit",
}
"""Stage of the case → the act that records a restart there."""
REOPEN = "reopen"


def carry(alarm_id: int, *, by: User, scope: Scope, today: date) -> Proposal | Act:
    """Prepare the act of the case that records the restart, for the leader's signature; a closed
    case that knows no such act is reopened by its leader. Sent twice it happens once.

    Raises:
        Refusal: `restart.not-confirmed`, `restart.no-act-fits`; what `casework.acts` refuse
            (`act.…`): it is the case's act, and its holder's.
    """
    alarm = Alarm.objects.select_related("answer__by", "judgement", "line").get(pk=alarm_id)
    confirmed = alarm.answer
    if confirmed is None or confirmed.kind != RestartAct.Kind.CONFIRM_ALARM:
        raise refusing.not_confirmed()
    done = carried(alarm)
    if done is not None:
        return done
    watched = WatchedLine.objects.select_related("case", "enterprise").get(pk=alarm.line_id)
    kind = fitting(watched.case)
    key = _next_key(confirmed)
    if kind == REOPEN:
        asked = Asked(REOPEN, {"reason": _words(alarm, confirmed)})
        return perform(watched.case_id, asked, by=by, scope=scope, today=today, key=key)
    file = _kept(alarm, confirmed, watched, by)
    asked = Asked(kind, {"evidence": [file.digest]}, reason=_words(alarm, confirmed))
    return propose(watched.case_id, asked, by=by, scope=scope, today=today, key=key)


def fitting(case: Case) -> str:
    """The act of the case that records a restart as it stands.

    Raises:
        Refusal: `restart.no-act-fits`.
    """
    procedure = current(case, acts_of(case))
    kind = BY_STAGE.get(case.stage, "")
    if kind in procedure.acts:
        return kind
    if case.closed_on is not None and REOPEN in procedure.acts:
        return REOPEN
    raise refusing.no_act_fits(case.number, procedure.stages[case.stage].name)


def carried(alarm: Alarm) -> Proposal | Act | None:
    """What the confirmation has become in the case: a proposal that waits or was signed, or an act;
    None where nothing was prepared, or what was prepared came to nothing."""
    if alarm.answer is None:
        return None
    keys = _keys(alarm.answer)
    act = Act.objects.filter(key__in=keys).first()
    if act is not None:
        return act
    standing = (Proposal.State.WAITING, Proposal.State.SIGNED)
    return Proposal.objects.filter(key__in=keys, state__in=standing).first()


MOST_TRIES = 20


def _keys(confirmed: RestartAct) -> list[UUID]:
    """Every try has a key of its own, made from the confirmation: sent twice it is the same."""
    return [uuid5(confirmed.key, f"case-{n}") for n in range(MOST_TRIES)]


def _next_key(confirmed: RestartAct) -> UUID:
    keys = _keys(confirmed)
    used = set(Proposal.objects.filter(key__in=keys).values_list("key", flat=True))
    return next(key for key in keys if key not in used)


def _words(alarm: Alarm, confirmed: RestartAct) -> str:
    zh = str(alarm.why["explanation"]["zh"])
    return f"{zh}。{confirmed.by}于{confirmed.done_on}确认：{confirmed.reason}"[:2000]


def _kept(alarm: Alarm, confirmed: RestartAct, watched: WatchedLine, by: User) -> EvidenceFile:
    """The alarm as a file of evidence: what was measured, against what, who confirmed it."""
    pdf = alarm_pdf(alarm, confirmed, watched)
    return keep([pdf], name=f"复产预警{alarm.pk}.pdf", by=by, media_type="application/pdf")
