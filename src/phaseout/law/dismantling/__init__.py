"""Taking equipment out of production: what must go, how it is shown, in which state it stands.

    kind_of(type, industry)          the kind of a piece of equipment, by what the registry calls it
    sheet(equipment, form, on)       what is asked of this equipment on this day: parts, evidence
    problems(rules, item, record, have)   what is wrong with one record made on the spot
    missing(sheet, seen, for_act)    what still lacks before an act of the case may be done
    state_of(acts, …)                cut, sealed, dismantling, dismantled, accepted, …
    next_visit(last, about, on)      when a sealed line is to be visited again

Clauses (8) and (9) of the Opinions; the tables name for each row who says so. `proposed` rows are
this project's own (technology_method.md, sections 4 to 6) and no rule of law: pages say so.

Plain data and pure functions: no clock, no database; the day is an argument. `sheet` gives JSON,
so that a plan keeps it as it was, and a phone without network judges by the same rules
(`exits/static/exits/checks.js` repeats `checks.problems`; a test compares the two).

Words used in one sense only:
    part     a piece of main equipment that must go (a requirement, of a coal mine)
    item     one line of a sheet: a part, or evidence of a piece of equipment or of the line
    slot     a place for photos or files at an item: before, during, after, nameplate, …
    record   what somebody noted on the spot at an item; `tick` says that the part is gone
    gate     a step before which an item must be complete
"""

from phaseout.law.dismantling.checks import Problem, problems
from phaseout.law.dismantling.missing import Missing, Seen, complete, missing
from phaseout.law.dismantling.rows import (
    FORMS,
    KINDS,
    PARTIES,
    REASONS,
    Confidence,
    source_of,
)
from phaseout.law.dismantling.sheets import ACTS, Equipment, kind_of, rules, sheet
from phaseout.law.dismantling.standing import EquipmentState, since_reset, state_of
from phaseout.law.dismantling.times import next_visit, steps_of_year

__all__ = [
    "ACTS",
    "FORMS",
    "KINDS",
    "PARTIES",
    "REASONS",
    "Confidence",
    "Equipment",
    "EquipmentState",
    "Missing",
    "Problem",
    "Seen",
    "complete",
    "kind_of",
    "missing",
    "next_visit",
    "problems",
    "rules",
    "sheet",
    "since_reset",
    "source_of",
    "state_of",
    "steps_of_year",
]
