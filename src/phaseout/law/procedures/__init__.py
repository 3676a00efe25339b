"""Procedures as tables: from this stage, which act is lawful next, by whom, on what, and by when.

Come in by one of these doors:

    procedure       a procedure in the version of a day (or of a version's name)
    versions        the versions of a procedure, with the days on which they hold
    newer           those a case may be moved to
    state           what the acts of a case have made of it: stage, deadlines, rights, tasks, next
    admit           whether one more act is lawful; a Refusal says why not
    gone_through    the acts of a case taken once, to be asked of `admitted` and carried on
    daily_fine      the daily continuous fine as arithmetic
    service_day     the day on which a document counts as served
    check           every problem of the tables, the proof of the paths among them
    draw, page      a procedure as a picture (SVG) and as a page (Markdown)

No clock, no database: days, acts and facts are arguments. The tables are in `tables/`.

Words used in one sense only:
    procedure   the table of acts of one dimension, or of the exit; a version holds between days
    track       one thread of a case with a stage of its own: main, pause, closure.remedy …
    stage       where a track stands; nothing but an act moves it
    act         a rule of the table (`ActRule`), or its doing on a day (`Done`)
    period      a rule of the table; opened by an act it is a `Deadline`
    block       stages and acts that several procedures embed, such as the due process
    version     named by its first day; a case is pinned to the one it began under
"""

from phaseout.law.procedures.assembly import newer, procedure, versions
from phaseout.law.procedures.checks import check
from phaseout.law.procedures.daily_fine import DailyFine, daily_fine, daily_fines
from phaseout.law.procedures.deadlines import Deadline, Standing
from phaseout.law.procedures.drawing import draw
from phaseout.law.procedures.pages import page
from phaseout.law.procedures.records import (
    ActRule,
    Period,
    Procedure,
    Stage,
)
from phaseout.law.procedures.replay import Replay
from phaseout.law.procedures.rows import PROCEDURES
from phaseout.law.procedures.service import Way, service_day
from phaseout.law.procedures.state import Done, State, admit, admitted, gone_through, state

__all__ = [
    "PROCEDURES",
    "ActRule",
    "DailyFine",
    "Deadline",
    "Done",
    "Period",
    "Procedure",
    "Replay",
    "Stage",
    "Standing",
    "State",
    "Way",
    "admit",
    "admitted",
    "check",
    "daily_fine",
    "daily_fines",
    "draw",
    "gone_through",
    "newer",
    "page",
    "procedure",
    "service_day",
    "state",
    "versions",
]
