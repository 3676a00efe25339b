"""Whether a line that was cut or sealed was started again, told from its electricity, with reasons.

    judge(load, cut_on=…, first=…, last=…)     a `Judgement`: answer, alarms, day by day, why

What comes in is a `Load`: steps of a meter, hourly or by the quarter of an hour, as they were read.
No clock, no file but our own parameters (`tables/parameters.csv`: dated, of our own making; what
they are worth is measured in `benchmarks/restart.py`).

Words used in one sense only:
    base        what the site draws without the line: standby, lighting, guards (kW)
    range       from the base to what the line drew when it worked, before the cut (kW)
    threshold   the base and what may lawfully come on top of it, at that hour of that day (kW)
    flagged     a day that shows a sign of a restart; an alarm is a run of flagged days
"""

from phaseout.law.restart.bases import Base, base_of
from phaseout.law.restart.judging import Alarm, Answer, Day, Judgement, judge
from phaseout.law.restart.load import DAY_SLOTS, Load
from phaseout.law.restart.parameters import Parameters
from phaseout.law.restart.signs import Kind
from phaseout.law.restart.wording import KINDS

__all__ = [
    "DAY_SLOTS",
    "KINDS",
    "Alarm",
    "Answer",
    "Base",
    "Day",
    "Judgement",
    "Kind",
    "Load",
    "Parameters",
    "base_of",
    "judge",
]
