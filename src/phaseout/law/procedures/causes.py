"""What it means for a consequence of a case that an act ended its ground: a table of each package
whose records end so (`tables/causes.csv`: cause, acts, words)."""

from __future__ import annotations

from dataclasses import dataclass

from phaseout.law.norms.shipped import listed, rows_of
from phaseout.law.refusals import Bilingual


@dataclass(frozen=True, slots=True)
class _Cause:
    cause: str
    acts: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Causes:
    """The causes of one package (`__package__` of who asks); `otherwise` for any other act."""

    package: str
    otherwise: str

    def of(self, kind: str) -> str:
        """The cause that an act of this kind is, with its part of the procedure or without it
        (`closure.decision_annulled`)."""
        bare = kind.rpartition(".")[2]
        for row in rows_of(self.package, "causes", _Cause):
            if kind in listed(row.acts) or bare in listed(row.acts):
                return row.cause
        return self.otherwise

    def words(self, cause: str) -> Bilingual:
        """What a cause is called; itself where the table does not know it."""
        for row in rows_of(self.package, "causes", _Cause):
            if row.cause == cause:
                return row.zh, row.en
        return cause, cause
