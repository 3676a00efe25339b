"""Supervision (clause 20) as data and arithmetic: what is measured, who is slow, what lies far out.

    figures()               what is measured of a city or a department, with its base in words
    Share                   so many of so many; no per cent of too few
    thresholds(on)          our own administrative thresholds in force on a day
    proposal(shares, on)    the gravest measure they propose for somebody, with every reason
    fences(n, …)            from quartiles the bounds beyond which a value is an outlier
    stages_in(phase)        the stages in which a decision is awaited, or carried out

Pure: days and figures are arguments; every figure of ours is a dated row (`tables/`). None of the
thresholds is a statute, and nothing here does anything: a person adopts or dismisses.
"""

from phaseout.law.supervision.figures import Figure, Share, figure, figures
from phaseout.law.supervision.measures import MeasureKind, measure_kind, measure_kinds
from phaseout.law.supervision.phases import AWAITING, BLOCK, DECIDED, stages_in
from phaseout.law.supervision.rules import rule
from phaseout.law.supervision.spread import Fences, fences
from phaseout.law.supervision.thresholds import Crossed, Proposed, Threshold, proposal, thresholds

__all__ = [
    "AWAITING",
    "BLOCK",
    "DECIDED",
    "Crossed",
    "Fences",
    "Figure",
    "MeasureKind",
    "Proposed",
    "Share",
    "Threshold",
    "fences",
    "figure",
    "figures",
    "measure_kind",
    "measure_kinds",
    "proposal",
    "rule",
    "stages_in",
    "thresholds",
]
