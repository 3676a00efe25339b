"""Differential prices of energy and water: which document, which band, what it costs.

    asking      Question: who asks for which consumption, and what is known of it
    bands       what the documents of a period say, as bands (the law in data)
    answering   one question → one answer: a rate, none, or why there is none
    charging    a rate and a quantity → the money of one bill; water above a quota
    choosing    one kWh carries one surcharge: differential, then tiered, then punitive
    batch       the same over any number of lines, set by set, in DuckDB
    explaining  an answer as data and in words, step by step
    income      late payment and who gets the money

The figures are the rows of `price_rules` in the norm store; `tables/readings.csv` says how each row
is read. No figure is in code. A question without a row is refused and the hole is named: no row, an
edge that was not found and a fact that is not known are three answers, and zero is a fourth.
"""

from phaseout.law.prices.answering import answer
from phaseout.law.prices.asking import Measure, PriceClass, Question
from phaseout.law.prices.bands import bands_in_force
from phaseout.law.prices.charging import charge
from phaseout.law.prices.outcomes import Answer, Outcome

__all__ = [
    "Answer",
    "Measure",
    "Outcome",
    "PriceClass",
    "Question",
    "answer",
    "bands_in_force",
    "charge",
]
