"""The basis of an act as it is kept with it: the clauses of the procedure's table."""

from __future__ import annotations

from typing import Any

from phaseout.law.opinions import SOURCE_ID
from phaseout.law.procedures import ActRule
from phaseout.law.procedures.citing import cited


def bases(rule: ActRule) -> list[dict[str, Any]]:
    """Each clause with its words in both languages, and whether our record of it is settled."""
    return [
        {
            "kind": "opinions" if basis.citation.source_id == SOURCE_ID else "law",
            "source_id": basis.citation.source_id,
            "clause": basis.citation.clause,
            "zh": cited(basis.citation, 0),
            "en": cited(basis.citation, 1),
            "settled": not basis.recalled,
        }
        for basis in rule.bases
    ]
