"""The rows of the workbench by plain SQL: four statements, each by the indexes of what is going.

Written out, kept prepared and sent together, since the page is asked for all day long: to have the
same put together by the ORM (a union of a dozen querysets), and planned anew each time, costs more
than the database takes to answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from phaseout.accounts.models import User
from phaseout.casework.models import Case, CaseDeadline, Proposal, TaskStanding
from phaseout.casework.rows import Read, fetched_at_once
from phaseout.registry.models import Enterprise

Offices = Mapping[str, set[str]]
"""Office → prefixes of the places in which the person works there."""

DUTIES = "d.kind IN ('duty', 'measure')"
WATCHED = "d.kind IN ('duty', 'measure', 'reply')"
GOING = f"d.going AND {WATCHED}"
SECTIONS = {
    "lapsed": f"d.going AND {DUTIES} AND d.due < %(today)s",
    "soon": f"{GOING} AND d.due >= %(today)s AND d.due <= %(soon)s",
    "later": f"{GOING} AND d.due > %(soon)s",
}
OVERSEEN = {key: one.replace(WATCHED, DUTIES) for key, one in SECTIONS.items()}

OF_CASE = Read(Case, only=("id", "number", "procedure", "procedure_version", "enterprise"))
OF_FIRM = Read(Enterprise, only=("uscc", "name"))
OF_DEADLINE = Read(CaseDeadline, only=("id", "case", "period", "opened_by", "kind", "whose", "due"))
OF_TASK = Read(
    TaskStanding,
    only=("id", "case", "task", "item", "office", "case_office", "division_code", "state", "due"),
)
OF_PROPOSAL = Read(
    Proposal,
    only=("id", "case", "kind", "prepared_by", "prepared_on", "state", "settled_on", "answer"),
)
OF_PERSON = Read(User, only=("id", "username", "name_zh"))

# The few rows of each list first, by their index; then their cases, in one join for all lists.
LISTED = f"""
SELECT one.key, {{row}}, {OF_CASE.columns("c")}, {OF_FIRM.columns("e")} FROM ({{lists}}) AS one
JOIN casework_case AS c ON c.id = one.case_id
JOIN registry_enterprise AS e ON e.uscc = c.enterprise_id
ORDER BY one.due, one.id
"""
DEADLINES = f"""(SELECT '{{key}}' AS key, {OF_DEADLINE.columns("d")} FROM casework_casedeadline AS d
 WHERE {{which}} AND {{whose}} ORDER BY d.due, d.id LIMIT {{most}})"""
TASKS = f"""(SELECT '{{key}}' AS key, {OF_TASK.columns("t")} FROM casework_taskstanding AS t
 WHERE t.ended_on IS NULL AND {{which}} ORDER BY t.due, t.id LIMIT {{most}})"""
COUNT = "(SELECT '{key}' FROM {rows} WHERE {which} LIMIT {most})"
PROPOSALS = f"""
SELECT {OF_PROPOSAL.columns("p")}, {OF_PERSON.columns("u")}, {OF_PERSON.columns("s")},
  {OF_CASE.columns("c")}, {OF_FIRM.columns("e")}
FROM casework_proposal AS p JOIN casework_case AS c ON c.id = p.case_id
JOIN registry_enterprise AS e ON e.uscc = c.enterprise_id
JOIN accounts_user AS u ON u.id = p.prepared_by_id
LEFT JOIN accounts_user AS s ON s.id = p.settled_by_id
WHERE p.prepared_by_id = %(user)s
  AND (p.state = 'waiting' OR p.state IN ('declined', 'void') AND p.settled_on >= %(since)s)
  OR p.state = 'waiting' AND {{signs}}
ORDER BY p.id LIMIT %(most)s
"""
AT_WORK = "t.state NOT IN ('reported', 'returned')"
WITH_OTHERS = "(t.office <> t.case_office OR t.state = 'returned')"


class Reach:
    """Whose rows: of offices within places, or (who oversees) within places and dimensions."""

    def __init__(self, offices: Offices, overseen: list[tuple[str, list[str]]]) -> None:
        self.given: dict[str, Any] = {}
        self.works = bool(offices)
        self.deadlines = self._of(offices, "d.office", "d") if offices else self._overseen(overseen)
        self.held = self._of(offices, "t.office", "t")
        self.raised = self._of(offices, "t.case_office", "t")

    def _of(self, offices: Offices, column: str, row: str) -> str:
        found = []
        for office, prefixes in sorted(offices.items()):
            own = f"{column} = {self._value(office)}"
            # All of a region's or a city's own office lies within: no more to ask of the index.
            if not any(len(p) <= 2 or office == f"city_{p}00" for p in prefixes):
                own += f" AND {row}.division_code LIKE ANY({self._value(_patterns(prefixes))})"
            found.append(f"({own})")
        return f"({' OR '.join(found)})" if found else "false"

    def _overseen(self, overseen: list[tuple[str, list[str]]]) -> str:
        found = []
        for prefix, dimensions in overseen:
            place = f"d.division_code LIKE {self._value(f'{prefix}%')}"
            found.append(f"({place} AND d.dimension = ANY({self._value(dimensions)}))")
        return f"({' OR '.join(found)})" if found else "false"

    def _value(self, value: Any) -> str:
        name = f"v{len(self.given)}"
        self.given[name] = value
        return f"%({name})s"


@dataclass(frozen=True, slots=True)
class Span:
    """The days that part the sections: what was due before `today` has lapsed; what is due up to
    `soon`, that day included, is due soon. Of proposals, those returned on `since` or later."""

    today: date
    soon: date
    since: date


@dataclass(frozen=True, slots=True)
class Found:
    """The rows by section, each with its case and enterprise, and how many there are of each."""

    deadlines: dict[str, list[CaseDeadline]]
    tasks: dict[str, list[TaskStanding]]
    proposals: dict[str, list[Proposal]]
    counts: Counter[str]


def read(
    reach: Reach,
    signs: list[tuple[str, str]],
    user: int,
    span: Span,
    *,
    rows: Mapping[str, int],
    tasks: int,
    counted: int,
) -> Found:
    """Everything on the page in one journey to the database.

    Args:
        signs: the offices in which the person signs, and the prefixes of their places.
        rows, tasks: how many deadlines of each section, and tasks of each list, are shown.
        counted: counts, and proposals, go up to this many.
    """
    given = {**reach.given, "today": span.today, "soon": span.soon}
    deadlines, task_rows, proposals, counts = fetched_at_once(
        (_deadlines(reach, rows), given),
        (_tasks(reach, tasks), given),
        _proposals(signs, user, span.since, counted),
        (_counts(reach, counted), given),
    )
    return Found(
        deadlines=_by_section(OF_DEADLINE, deadlines),
        tasks=_by_section(OF_TASK, task_rows),
        proposals=_by_side(proposals, user),
        counts=Counter(key for (key,) in counts),
    )


def _deadlines(reach: Reach, most: Mapping[str, int]) -> str:
    sections = SECTIONS if reach.works else OVERSEEN
    lists = [
        DEADLINES.format(key=key, which=which, whose=reach.deadlines, most=most[key])
        for key, which in sections.items()
    ]
    return LISTED.format(row=OF_DEADLINE.columns("one"), lists=" UNION ALL ".join(lists))


def _tasks(reach: Reach, most: int) -> str:
    lists = [
        TASKS.format(key=key, which=which, most=most) for key, which in _task_lists(reach).items()
    ]
    return LISTED.format(row=OF_TASK.columns("one"), lists=" UNION ALL ".join(lists))


def _counts(reach: Reach, most: int) -> str:
    of_deadlines = {
        key: f"{which} AND {reach.deadlines}"
        for key, which in (SECTIONS if reach.works else OVERSEEN).items()
    }
    overdue = f"{reach.held} AND {AT_WORK} AND t.due < %(today)s"
    of_tasks = {
        key: f"t.ended_on IS NULL AND {which}"
        for key, which in {**_task_lists(reach), "overdue": overdue}.items()
    }
    tables = {"casework_casedeadline AS d": of_deadlines, "casework_taskstanding AS t": of_tasks}
    return " UNION ALL ".join(
        COUNT.format(key=key, rows=rows, which=which, most=most)
        for rows, lists in tables.items()
        for key, which in lists.items()
    )


def _proposals(
    signs: list[tuple[str, str]], user: int, since: date, most: int
) -> tuple[str, dict[str, Any]]:
    """What the person signs, what came back to him since a day, what he waits for."""
    given: dict[str, Any] = {"user": user, "since": since, "most": most}
    within = []
    for number, (office, prefix) in enumerate(signs):
        given |= {f"o{number}": office, f"p{number}": f"{prefix}%"}
        within.append(f"(p.office = %(o{number})s AND c.division_code LIKE %(p{number})s)")
    which = f"({' OR '.join(within)})" if within else "false"
    return PROPOSALS.format(signs=which), given


def _task_lists(reach: Reach) -> dict[str, str]:
    # What is not held is with another office than that of the case: said again for the index.
    waits = f"{WITH_OTHERS} AND {reach.raised}"
    return {
        "tasks": f"{reach.held} AND {AT_WORK}",
        "others": f"{waits} AND (t.state = 'returned' OR NOT {reach.held})",
    }


def _by_section(columns: Read[Any], rows: Iterable[tuple[Any, ...]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for key, *values in rows:
        one = columns.row(values[: len(columns)])
        one.case = _case(values[len(columns) :])
        found.setdefault(key, []).append(one)
    return found


def _by_side(rows: Iterable[tuple[Any, ...]], user: int) -> dict[str, list[Proposal]]:
    found: dict[str, list[Proposal]] = {}
    first, person = len(OF_PROPOSAL), len(OF_PERSON)
    for values in rows:
        one = OF_PROPOSAL.row(values[:first])
        one.prepared_by = OF_PERSON.row(values[first : first + person])
        settler = OF_PERSON.row(values[first + person : first + 2 * person])
        one.settled_by = settler if settler.pk is not None else None
        one.case = _case(values[first + 2 * person :])
        waits = "waiting" if one.state == Proposal.State.WAITING else "returned"
        found.setdefault(waits if one.prepared_by_id == user else "sign", []).append(one)
    return found


def _case(values: Iterable[Any]) -> Case:
    given = list(values)
    case = OF_CASE.row(given[: len(OF_CASE)])
    case.enterprise = OF_FIRM.row(given[len(OF_CASE) :])
    return case


def _patterns(prefixes: set[str]) -> list[str]:
    return [f"{prefix}%" for prefix in sorted(prefixes)]
