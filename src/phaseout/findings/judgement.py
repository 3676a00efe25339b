"""One run: facts taken, norms laid, five queries, one union with lasting ids."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

import duckdb

from phaseout.facts import Intake, take
from phaseout.findings.export import write_findings
from phaseout.findings.identity import create_findings
from phaseout.findings.reading import read_rows
from phaseout.law.judgement import engine
from phaseout.law.judgement.authority import Decision
from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.judgement.explanation import Explanation
from phaseout.law.norms import NormBook
from phaseout.law.norms.confirmation import Confirmation
from phaseout.law.refusals import Refusal

Progress = Callable[[str, int, int], None]
"""Called as (stage, done, total) while a run goes on."""


def _silent(stage: str, done: int, total: int) -> None:
    return None


def judge(
    facts: Path,
    *,
    on: date,
    book: NormBook | None = None,
    confirmations: Iterable[Confirmation] = (),
    decisions: Iterable[Decision] = (),
    bad_rows: Literal["refuse", "leave_out"] = "refuse",
    threads: int | None = None,
    memory_limit: str | None = None,
    progress: Progress = _silent,
) -> Judgement:
    """Judge the facts in a folder, workbook or file as of the Beijing day `on`.

    Args:
        facts: the tables of `docs/facts.md`.
        on: the day of judgement; later facts are not known yet, later decisions not made yet.
        bad_rows: `refuse` takes nothing when a row breaks its schema; `leave_out` judges the
            good rows and lists the others in `Judgement.intake`.

    Raises:
        Refusal: `facts_refused`, `no_facts` and the other refusals of the intake.
    """
    connection = engine.connect(threads=threads, memory_limit=memory_limit)
    book = book or NormBook.load()
    intake = take(
        facts,
        connection,
        book,
        bad_rows=bad_rows,
        progress=lambda table, rows: progress(f"facts.{table}", rows, rows),
    )
    judge_laid(
        connection,
        book,
        on=on,
        confirmations=confirmations,
        decisions=decisions,
        progress=progress,
    )
    return Judgement(connection, on, book, intake)


def judge_laid(
    connection: duckdb.DuckDBPyConnection,
    book: NormBook,
    *,
    on: date,
    confirmations: Iterable[Confirmation] = (),
    decisions: Iterable[Decision] = (),
    progress: Progress = _silent,
) -> None:
    """Judge the facts that lie in the schema `facts` of `connection`, wherever they came from.

    Lays the norms of `on`, and leaves `judged.<dimension>`, `judged.composition` and
    `judged.findings`. The command line and the site both judge here.
    """
    engine.lay_norms(connection, book, on=on, confirmations=confirmations, decisions=decisions)
    for done, dimension in enumerate(Dimension, start=1):
        engine.judge(connection, dimension)
        progress("judge", done, len(Dimension))
    engine.compose(connection)
    create_findings(connection)


def explained(
    connection: duckdb.DuckDBPyConnection,
    dimension: Dimension,
    among: str = "TRUE",
    parameters: Iterable[Any] = (),
) -> Iterator[tuple[dict[str, Any], Explanation]]:
    """Judged rows of one query with their reasoning, in the lasting order.

    `among` is a SQL condition on the row, for one finding or for those that a table names.
    """
    explain = _explainer(dimension)
    for row in read_rows(connection, _ROWS.format(table=dimension, among=among), parameters):
        yield row, explain(row)


@dataclass(slots=True)
class Judgement(AbstractContextManager["Judgement"]):
    """The findings of one run, still in the engine: read, explain, write, then close."""

    connection: duckdb.DuckDBPyConnection
    on: date
    book: NormBook
    intake: Intake

    def __len__(self) -> int:
        # Read to its end, as in `explain`: a half-read answer bars the reader's own queries.
        ((found,),) = self.connection.execute("SELECT count(*) FROM judged.findings").fetchall()
        return int(found)

    def explained(self) -> Iterator[tuple[dict[str, Any], Explanation]]:
        """Every finding with its reasoning, in the lasting order: (finding, explanation)."""
        for dimension in Dimension:
            yield from explained(self.connection, dimension)

    def explain(self, finding_id: str) -> tuple[dict[str, Any], Explanation]:
        """One finding and its reasoning.

        Raises:
            Refusal: `finding_unknown`.
        """
        found = self.connection.execute(
            "SELECT judged_by FROM judged.findings WHERE finding_id = ?", [finding_id]
        ).fetchall()
        if not found:
            raise _unknown(finding_id)
        judged_by = Dimension(found[0][0])
        return next(explained(self.connection, judged_by, "finding_id = ?", [finding_id]))

    def write(self, path: Path, *, progress: Progress = _silent) -> int:
        """Write the findings as .csv, .parquet or .jsonl, by the ending; returns how many.

        Raises:
            Refusal: `unknown_format`.
        """
        return write_findings(path, self.explained(), total=len(self), progress=progress)

    def close(self) -> None:
        self.connection.close()

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


# The same order for every run: the key of a finding is unique, so nothing is left to chance.
_ROWS = """
SELECT * FROM judged."{table}_identified"
WHERE {among}
ORDER BY line_id NULLS FIRST, uscc, subject, indicator, period_start, period_end, norm_row,
         finding_id
"""


def _explainer(dimension: Dimension) -> Callable[[dict[str, Any]], Explanation]:
    module = import_module(f"phaseout.law.judgement.explain.{dimension}")
    explainer: Callable[[dict[str, Any]], Explanation] = module.explain
    return explainer


def _unknown(finding_id: str) -> Refusal:
    return Refusal(
        "finding_unknown",
        what=(f"没有编号为{finding_id}的结论", f"there is no finding {finding_id}"),
        why=(
            "这些事实在该日的判定结果中没有此编号。",
            "these facts, judged for that day, yield no finding of that id.",
        ),
        instead=(
            "请先不带 --explain 运行一次，从 finding_id 一列取编号。",
            "Run once without --explain and take an id from the column finding_id.",
        ),
    )
