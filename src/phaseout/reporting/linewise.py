"""One row per production line: what governs it, who leads, what else remains."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from phaseout.facts.arriving import arriving
from phaseout.facts.export_safety import safe_text
from phaseout.findings import Judgement


def write_lines(judgement: Judgement, path: Path) -> int:
    """Write `judged.composition` as CSV; returns the number of lines."""
    cursor = judgement.connection.execute("SELECT * FROM judged.composition ORDER BY line_id")
    names = [column[0] for column in cursor.description]
    rows = cursor.fetchall()
    with arriving(path) as beside, beside.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        writer.writerows([_cell(value) for value in row] for row in rows)
    return len(rows)


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, list):
        return safe_text(";".join(str(item) for item in value))
    if isinstance(value, bool):
        return "true" if value else "false"  # as in the findings
    return safe_text(value) if isinstance(value, str) else value
