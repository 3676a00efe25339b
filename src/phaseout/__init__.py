"""Phaseout: lawful exit of outdated industrial capacity.

An analyst comes in by these doors; each module says more:

    phaseout.findings    judge(facts, on=day): facts in, findings out, explained
    phaseout.law.norms   NormBook: what figure was in force on a day, and who says so
    phaseout.law.periods count_period(...): on which day a statutory period ends, with certificate
    phaseout.facts       take(...): tables in, refusals with file, row and column
    phaseout.province    make_province(...): a fictional region to try all this on

What is not here: a clock. The day is an argument everywhere, so an answer given for 2018 can be
given again, the same, in any later year.
"""

from importlib.metadata import version

__version__ = version("phaseout")
