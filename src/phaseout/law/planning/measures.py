"""What the Opinions have done in a year, clause by clause."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from phaseout.law.planning.reading import rows
from phaseout.law.refusals import Bilingual


@dataclass(frozen=True, slots=True)
class MeasureOfLaw:
    """A measure of a clause, and for which lines of a plan: of a dimension, an aim; both empty:
    all. `by_industry`: it is planned for each industry. `annual`: the step of the year whose day
    is its day."""

    clause: int
    subject: str
    by_industry: bool
    dimension: str
    aim: str
    annual: str
    words: Bilingual

    def concerns(self, dimension: str, aim: str) -> bool:
        """Whether it is for a line of that dimension and aim."""
        return self.dimension in ("", dimension) and self.aim in ("", aim)


def words_of(clause: int, subject: str, text: str) -> Bilingual:
    """The text of a measure as it was drawn up, with its English; a text that somebody wrote is
    told as it was written, in either language."""
    for one in measures():
        if (one.clause, one.subject, one.words[0]) == (clause, subject, text):
            return one.words
    return text, text


@cache
def measures() -> tuple[MeasureOfLaw, ...]:
    """All of them, in the order of the clauses."""
    return tuple(
        MeasureOfLaw(
            int(row["clause"]),
            row["subject"],
            row["industry"] == "each",
            row["dimension"],
            row["aim"],
            row["annual"],
            (row["zh"], row["en"]),
        )
        for row in rows("measures")
    )
