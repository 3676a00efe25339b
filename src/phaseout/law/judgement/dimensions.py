"""The five kinds of standard, the three answers, and the columns every judgement yields."""

from __future__ import annotations

from enum import StrEnum


class Dimension(StrEnum):
    """综合标准: the five kinds of standard of clause (3), in the order of clauses (4) to (8)."""

    ENERGY = "energy"
    ENVIRONMENT = "environment"
    QUALITY = "quality"
    SAFETY = "safety"
    TECHNOLOGY = "technology"


class Verdict(StrEnum):
    """The answer. `UNDETERMINED` is an answer of its own and says what is missing."""

    COMPLIANT = "compliant"
    NONCOMPLIANT = "noncompliant"
    UNDETERMINED = "undetermined"


class Effect(StrEnum):
    """What a finding may do by itself."""

    OPENS = "opens"
    """may open a case towards exit, once it is not provisional"""
    WARNS = "warns"
    """is shown as a warning: a limit-class entry, a recommended standard"""
    RECORDS = "records"
    """is kept on record: compliant, undetermined"""


JUDGED_COLUMNS = (
    ("dimension", "VARCHAR"),
    ("uscc", "VARCHAR"),
    ("line_id", "VARCHAR"),
    ("subject", "VARCHAR"),
    ("norm_row", "VARCHAR"),
    ("source_id", "VARCHAR"),
    ("clause", "VARCHAR"),
    ("indicator", "VARCHAR"),
    ("period_start", "DATE"),
    ("period_end", "DATE"),
    ("value", "DECIMAL(18,6)"),
    ("comparator", "VARCHAR"),
    ("limit_value", "DECIMAL(18,6)"),
    ("limit_text", "VARCHAR"),
    ("unit", "VARCHAR"),
    ("ratio", "DECIMAL(18,4)"),
    ("verdict", "VARCHAR"),
    ("provisional", "BOOLEAN"),
    ("reasons", "VARCHAR[]"),
    ("effect", "VARCHAR"),
)
"""What each `<dimension>.sql` yields first, in this order; its own columns, which only its
explanation reads, follow. `limit_text` is for limits that are no single number (`400;1200`)."""
