"""The check of the norm store: everything that is wrong with it, not only the first thing.

    report = check_store()
    report.issues, report.errors, report.ok

Each check is a function from the store to issues; `CHECKS` lists them. What cannot be mended here
because rows are never edited stands in `tables/known_issues.csv` with the reason: it is reported
as known and lets the check pass; a known issue that no longer occurs is reported too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib.resources.abc import Traversable

from phaseout.law.norms.checks import editions, figures, prose, sources
from phaseout.law.norms.checks.issue import Issue, Severity, warning
from phaseout.law.norms.checks.store import Store, check_row_ids, read_store

CHECKS: tuple[Callable[[Store], Iterator[Issue]], ...] = (
    check_row_ids,
    sources.check_sources,
    sources.check_descriptions,
    sources.check_succession,
    sources.check_editions_of_documents,
    sources.check_row_validity,
    sources.check_jurisdictions,
    editions.check_editions,
    editions.check_grades,
    editions.check_special,
    figures.check_words,
    figures.check_units,
    figures.check_comparators,
    figures.check_ph,
    figures.check_thresholds,
    figures.check_classes,
    figures.check_pollutants,
    prose.check_readings,
    prose.check_operators,
    prose.check_idle_readings,
)

__all__ = ["CHECKS", "Issue", "Report", "Severity", "check_store", "read_store"]


@dataclass(frozen=True, slots=True)
class Report:
    """What the checks found, and over how much: rows, method rows, documents."""

    issues: tuple[Issue, ...]
    rows: int
    method_rows: int
    documents: int

    def of(self, severity: Severity) -> tuple[Issue, ...]:
        return tuple(issue for issue in self.issues if issue.severity is severity)

    @property
    def ok(self) -> bool:
        """Whether there is no error left."""
        return not self.of(Severity.ERROR)

    def as_json(self) -> dict[str, object]:
        """Counts and issues as plain data."""
        return {
            "ok": self.ok,
            "rows": self.rows,
            "method_rows": self.method_rows,
            "documents": self.documents,
            "errors": len(self.of(Severity.ERROR)),
            "warnings": len(self.of(Severity.WARNING)),
            "known": len(self.of(Severity.KNOWN)),
            "issues": [issue.as_json() for issue in self.issues],
        }


def check_store(tables: Traversable | None = None) -> Report:
    """Check the store in the folder `tables` (default: the shipped one). Errors come first."""
    store = read_store(tables)
    found = [*store.unreadable, *(issue for check in CHECKS for issue in check(store))]
    order = list(Severity)
    return Report(
        issues=tuple(
            sorted(_with_known(found, store), key=lambda issue: order.index(issue.severity))
        ),
        rows=sum(1 for _ in store.book.rows()),
        method_rows=sum(len(rows) for rows in store.methods.values()),
        documents=len(store.book.sources),
    )


def _with_known(found: list[Issue], store: Store) -> Iterator[Issue]:
    known = {
        (cells["check"], frozenset(cells["concerns"].split())): cells
        for cells in store.known_issues
    }
    met = set()
    for issue in found:
        key = (issue.check, frozenset(issue.concerns))
        cells = known.get(key)
        if cells is None:
            yield issue
        else:
            met.add(key)
            accepted = f"{cells['accepted_on']}: {cells['why']}"
            yield replace(issue, severity=Severity.KNOWN, accepted=accepted)
    for check, concerns in known.keys() - met:
        names = tuple(sorted(concerns))
        yield warning(
            "known_issue_gone",
            *names,
            zh=f"已登记的问题{check}（{'、'.join(names)}）不再出现，应从known_issues.csv删除。",
            en=f"the known issue {check} ({', '.join(names)}) no longer occurs: take it out of "
            "known_issues.csv.",
        )
