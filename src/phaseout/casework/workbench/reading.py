"""The rows of the workbench by plain SQL: four statements, each by the indexes of what is going.

Written out, since the page is asked for all day long: to have the same put together by the ORM (a
union of a dozen querysets) costs more than the database takes to answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection

from phaseout.accounts.models import User
from phaseout.casework.models import Case, CaseDeadline, Proposal, TaskStanding
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

DEADLINES = """
(SELECT '{key}', d.id, d.case_id, d.period, d.opened_by, d.kind, d.whose, d.due, c.number,
  c.procedure, c.procedure_version, c.enterprise_id, e.name
 FROM casework_casedeadline AS d JOIN casework_case AS c ON c.id = d.case_id
 JOIN registry_enterprise AS e ON e.uscc = c.enterprise_id
 WHERE {which} AND {whose} ORDER BY d.due, d.id LIMIT {most})
"""
TASKS = """
(SELECT '{key}', t.id, t.case_id, t.task, t.item, t.office, t.case_office, t.division_code,
  t.state, t.due, c.number, c.enterprise_id, e.name
 FROM casework_taskstanding AS t JOIN casework_case AS c ON c.id = t.case_id
 JOIN registry_enterprise AS e ON e.uscc = c.enterprise_id
 WHERE t.ended_on IS NULL AND {which} ORDER BY t.due, t.id LIMIT {most})
"""
COUNT = "(SELECT '{key}' FROM {rows} WHERE {which} LIMIT {most})"
PROPOSALS = """
SELECT p.id, p.case_id, p.kind, p.state, p.prepared_by_id, p.prepared_on, p.settled_on, p.answer,
  u.username, u.name_zh, s.username, s.name_zh, c.procedure, c.procedure_version, c.number,
  c.enterprise_id, e.name
FROM casework_proposal AS p JOIN casework_case AS c ON c.id = p.case_id
JOIN registry_enterprise AS e ON e.uscc = c.enterprise_id
JOIN accounts_user AS u ON u.id = p.prepared_by_id
LEFT JOIN accounts_user AS s ON s.id = p.settled_by_id
WHERE p.prepared_by_id = %(user)s
  AND (p.state = 'waiting' OR p.state = 'declined' AND p.settled_on >= %(since)s)
  OR p.state = 'waiting' AND {signs}
ORDER BY p.id LIMIT {most}
"""
AT_WORK = "t.state NOT IN ('reported', 'returned')"


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


def deadlines(
    reach: Reach, today: date, soon: date, most: Mapping[str, int]
) -> dict[str, list[CaseDeadline]]:
    """The most urgent of each section, with case and enterprise."""
    parts = [
        DEADLINES.format(key=key, which=which, whose=reach.deadlines, most=most[key])
        for key, which in (SECTIONS if reach.works else OVERSEEN).items()
    ]
    found: dict[str, list[CaseDeadline]] = {}
    for key, pk, case_id, period, opened_by, kind, whose, due, *of_case in _rows(
        parts, reach, today, soon
    ):
        number, name, version, uscc, enterprise = of_case
        case = _case(case_id, number, uscc, enterprise, procedure=name, procedure_version=version)
        found.setdefault(key, []).append(
            CaseDeadline(
                id=pk,
                case=case,
                period=period,
                opened_by=opened_by,
                kind=kind,
                whose=whose,
                due=due,
            )
        )
    return found


def tasks(reach: Reach, today: date, soon: date, most: int) -> dict[str, list[TaskStanding]]:
    """Those an office of the person holds, and those it waits for; with case and enterprise."""
    parts = [
        TASKS.format(key=key, which=which, most=most) for key, which in _task_lists(reach).items()
    ]
    found: dict[str, list[TaskStanding]] = {}
    for key, pk, case_id, task, item, office, ours, place, state, due, *of_case in _rows(
        parts, reach, today, soon
    ):
        found.setdefault(key, []).append(
            TaskStanding(
                id=pk,
                case=_case(case_id, *of_case),
                task=task,
                item=item,
                office=office,
                case_office=ours,
                division_code=place,
                state=state,
                due=due,
            )
        )
    return found


def counts(reach: Reach, today: date, soon: date, most: int) -> Counter[str]:
    """How many deadlines and tasks there are of each, up to `most`."""
    of_deadlines = (SECTIONS if reach.works else OVERSEEN).items()
    lists = {
        **_task_lists(reach),
        "overdue": f"{reach.held} AND {AT_WORK} AND t.due < %(today)s",
    }
    parts = [
        *(
            COUNT.format(
                key=key,
                rows="casework_casedeadline AS d",
                which=f"{which} AND {reach.deadlines}",
                most=most,
            )
            for key, which in of_deadlines
        ),
        *(
            COUNT.format(
                key=key,
                rows="casework_taskstanding AS t",
                which=f"t.ended_on IS NULL AND {which}",
                most=most,
            )
            for key, which in lists.items()
        ),
    ]
    return Counter(key for (key,) in _rows(parts, reach, today, soon))


def proposals(
    signs: list[tuple[str, str]], user: int, since: date, most: int
) -> dict[str, list[Proposal]]:
    """What the person signs (offices and prefixes of places), what came back to him since a day,
    what he waits for; with case, enterprise and people."""
    given: dict[str, Any] = {"user": user, "since": since}
    within = []
    for number, (office, prefix) in enumerate(signs):
        given |= {f"o{number}": office, f"p{number}": f"{prefix}%"}
        within.append(f"(p.office = %(o{number})s AND c.division_code LIKE %(p{number})s)")
    which = f"({' OR '.join(within)})" if within else "false"
    with connection.cursor() as cursor:
        cursor.execute(PROPOSALS.format(signs=which, most=most), given)
        rows = cursor.fetchall()
    found: dict[str, list[Proposal]] = {}
    for pk, case_id, kind, state, by, prepared_on, settled_on, answer, *rest in rows:
        username, name, settler, settler_name, procedure, version, number, uscc, firm = rest
        case = _case(case_id, number, uscc, firm, procedure=procedure, procedure_version=version)
        section = "sign" if by != user else "waiting" if state == "waiting" else "returned"
        found.setdefault(section, []).append(
            Proposal(
                id=pk,
                case=case,
                kind=kind,
                state=state,
                prepared_by=User(id=by, username=username, name_zh=name),
                prepared_on=prepared_on,
                settled_on=settled_on,
                settled_by=User(username=settler, name_zh=settler_name) if settler else None,
                answer=answer,
            )
        )
    return found


def _task_lists(reach: Reach) -> dict[str, str]:
    returned = f"t.state = 'returned' AND {reach.raised}"
    return {
        "tasks": f"{reach.held} AND {AT_WORK}",
        "others": f"(({returned}) OR ({reach.raised} AND NOT {reach.held}))",
    }


def _rows(parts: list[str], reach: Reach, today: date, soon: date) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), {**reach.given, "today": today, "soon": soon})
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _case(pk: int, number: str, uscc: str, name: str, **more: Any) -> Case:
    return Case(id=pk, number=number, enterprise=Enterprise(uscc=uscc, name=name), **more)


def _patterns(prefixes: set[str]) -> list[str]:
    return [f"{prefix}%" for prefix in sorted(prefixes)]
