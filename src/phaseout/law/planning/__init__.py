"""The yearly work plan (clause 19): its days, what a line is planned for, the measures of the law.

    annual_day(PLAN, 2018)     the last day of a step of the year, with its certificate
    aim_of(...)                whether a line is planned to exit or to rectify
    measures()                 what the Opinions have done, clause by clause
    words_of(clause, …)        the text of a measure in both languages
    opinions_within(sent_on)   until when opinions may be asked for at most

Pure: days are arguments; figures and words are tables with their source (`tables/`).
"""

from phaseout.law.planning.aims import EXIT, RECTIFY, aim_of
from phaseout.law.planning.days import CLAUSE, PLAN, REPORT, RETURNS, AnnualDay, annual_day
from phaseout.law.planning.measures import MeasureOfLaw, measures, words_of
from phaseout.law.planning.rules import Within, opinions_within

__all__ = [
    "CLAUSE",
    "EXIT",
    "PLAN",
    "RECTIFY",
    "REPORT",
    "RETURNS",
    "AnnualDay",
    "MeasureOfLaw",
    "Within",
    "aim_of",
    "annual_day",
    "measures",
    "opinions_within",
    "words_of",
]
