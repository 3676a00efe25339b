"""What a line is planned for: to exit, or first to rectify."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from phaseout.law.planning.reading import rows

EXIT, RECTIFY = "exit", "rectify"


def aim_of(consequence: str | None, *, procedure: str = "", stage: str = "") -> str:
    """`exit` or `rectify`.

    Args:
        consequence: what the law attaches to the findings of the line (`methods.consequences`);
            None where no finding stands.
        procedure: that of the open case on the line; empty where there is none. A case goes before
            a finding: it is further on.
        stage: where the case stands.

    What no row knows is to be rectified: nobody is planned to be closed without a rule for it.
    """
    known = _aims()
    if procedure:
        return known.get(("procedure", procedure)) or known.get(("stage", stage)) or RECTIFY
    return known.get(("consequence", consequence or "")) or RECTIFY


@cache
def _aims() -> Mapping[tuple[str, str], str]:
    return {(row["kind"], row["key"]): row["aim"] for row in rows("aims")}
