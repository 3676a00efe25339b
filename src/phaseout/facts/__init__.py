"""Tables that come in: schema, names, units, days; refusals with file, row, column and value.

    intake = take(Path("facts"), connection, NormBook.load())

lays the schema `facts` that the judgement reads (`facts.tables`), and tells what it read, took,
dropped and refused. `docs/facts.md` describes the tables for those who write them.
"""

from phaseout.facts.intake import Count, FactsRefused, Intake, take
from phaseout.facts.known import Known
from phaseout.facts.problems import BadCell, Severity
from phaseout.facts.telling import mark_workbook, write_problem_sheet, write_problems

__all__ = [
    "BadCell",
    "Count",
    "FactsRefused",
    "Intake",
    "Known",
    "Severity",
    "mark_workbook",
    "take",
    "write_problem_sheet",
    "write_problems",
]
