"""What stands on a list, from the acts of all cases, at one moment.

    gathered(kind, on, year)    every ground that stands, with all that is known of it

Cases, their acts, deadlines and papers are read by one statement: the database shows it all as it
was at one moment, whatever is done meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import connection

from phaseout.disclosure.lists.models import Amendment, Answer, Ending
from phaseout.law.capacity import EXITED, LIVE, exit_form, keys_of
from phaseout.law.dismantling import REASONS
from phaseout.law.lists.columns import public_part
from phaseout.law.lists.grounds import GroundRule, Spell, Step, rules_of, spells
from phaseout.law.lists.kinds import ListKind, list_kind
from phaseout.law.norms.wording import cited_as
from phaseout.registry.capacity.saying import amount_said

ACTS = """SELECT json_agg(json_build_object('place', a.place, 'kind', a.kind, 'key', a.key,
    'on', COALESCE(a.served_on, a.done_on), 'dismantle_by', a.facts->>'dismantle_by',
    'zh', a.organisation_zh, 'en', a.organisation_en) ORDER BY a.place)
  FROM casework_act AS a WHERE a.case_id = c.id"""
DEADLINES = """SELECT json_agg(json_build_object('opened_by', d.opened_by,
    'from', d.runs_from, 'due', d.due) ORDER BY d.opened_by)
  FROM casework_casedeadline AS d WHERE d.case_id = c.id AND d.period = 'rectification'"""
PAPERS = """SELECT json_agg(json_build_object('place', b.place, 'served', s.place,
    'number', p.number, 'zh', b.organisation_zh, 'en', b.organisation_en))
  FROM casework_issuedpaper AS p JOIN casework_act AS b ON b.id = p.act_id
  LEFT JOIN casework_act AS s ON s.id = p.served_by_id
  WHERE p.case_id = c.id AND p.withdrawn_by_id IS NULL AND p.number <> ''"""
MATTERS = """SELECT json_agg(json_build_object('subject', f.subject, 'indicator', f.indicator,
    'source', f.source_id, 'clause', f.clause) ORDER BY g.id)
  FROM casework_ground AS g JOIN casework_finding AS f ON f.id = g.finding_id
  WHERE g.case_id = c.id"""
BOOKED = """SELECT json_agg(json_build_object('key', n.act_key, 'unit', o.unit,
    'amount', o.amount::text, 'rest', (SELECT sum(r.amount)::text
      FROM registry_capacityposting AS r WHERE r.line_id = c.line_id AND r.unit = o.unit
        AND r.account = ANY(%(live)s) AND r.entry_id <= n.id),
    'before', (SELECT sum(r.amount)::text FROM registry_capacityposting AS r
      WHERE r.line_id = c.line_id AND r.unit = o.unit AND r.account = ANY(%(exited)s)
        AND r.entry_id < n.id)) ORDER BY o.id)
  FROM registry_capacityentry AS n JOIN registry_capacityposting AS o ON o.entry_id = n.id
  WHERE n.case_no = c.id AND n.line_id = c.line_id AND o.amount > 0
    AND o.account = ANY(%(exited)s)
    AND NOT EXISTS (SELECT FROM registry_capacityentry AS x WHERE x.corrects_id = n.id)"""
STANDS = """SELECT json_agg(json_build_object('unit', s.unit, 'rest', s.rest::text, 'gone', s.gone))
  FROM (SELECT o.unit, sum(o.amount) FILTER (WHERE o.account = ANY(%(live)s)) AS rest,
      coalesce(sum(o.amount) FILTER (WHERE o.account = ANY(%(exited)s)), 0) > 0 AS gone
    FROM registry_capacityposting AS o WHERE o.line_id = c.line_id GROUP BY o.unit) AS s"""
PUT_OFF = """SELECT x.content->>'reason' FROM exits_exitact AS x
  WHERE x.case_id = c.id AND x.kind = 'put_off' ORDER BY x.id DESC LIMIT 1"""
CASES = f"""SELECT c.id, c.number, c.procedure, c.dimension, c.closed_on, e.uscc, e.name,
  e.address, e.employees, l.line_id, l.name AS line, l.industry, l.division_code,
  l.capacity::text AS capacity, l.capacity_unit,
  ({ACTS}) AS acts, ({DEADLINES}) AS deadlines, ({PAPERS}) AS papers, ({MATTERS}) AS matters,
  ({BOOKED}) AS booked, ({STANDS}) AS stands, ({PUT_OFF}) AS put_off
FROM casework_case AS c JOIN registry_enterprise AS e ON e.uscc = c.enterprise_id
JOIN registry_productionline AS l ON l.line_id = c.line_id
WHERE c.procedure = ANY(%(procedures)s)
  AND (%(function)s = '' OR c.lead_function = %(function)s)
  AND (%(only)s::bigint[] IS NULL OR c.id = ANY(%(only)s::bigint[]))
  AND EXISTS (SELECT FROM casework_act AS n WHERE n.case_id = c.id AND n.kind = ANY(%(enters)s))
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """A ground that stands: the act of a case behind it, and all that is known of it, public or
    not, by column."""

    ground: UUID
    case_id: int
    act_place: int
    uscc: str
    since: date
    asks_objections: bool
    known: Mapping[str, Any]

    def columns(self, kind: str) -> dict[str, Any]:
        """What an entry says of it: public columns only."""
        return public_part(kind, self.known)


def ground_id(kind: str, case_id: int, act_place: int) -> UUID:
    """The name of a ground in public: it says nothing of the case."""
    return uuid5(NAMESPACE_URL, f"phaseout:lists:{kind}:{case_id}:{act_place}")


def gathered(
    kind: str, on: date, year: int | None = None, *, only: Sequence[int] | None = None
) -> list[Standing]:
    """The grounds that stand, as they would be listed: by place, name, day. Left out is what an
    objection or a cancellation has taken off; published corrections are applied.

    Args:
        on: the business day: what counts from a later day (a decision served by public notice)
            does not count yet.
        year: of the act, where the list is of a year.
        only: of these cases (ids) alone.
    """
    found = [
        one for one in _all(list_kind(kind), on, only) if year is None or one.since.year == year
    ]
    out = _taken_off(one.ground for one in found)
    said = _amended(one.ground for one in found)
    kept = [_with(one, said.get(one.ground, {})) for one in found if one.ground not in out]
    return sorted(
        kept, key=lambda s: (s.known["division_code"], s.known["name"], s.since, s.ground)
    )


def asked_of(kind: ListKind, only: Sequence[int] | None) -> dict[str, Any]:
    """What the statement `CASES` asks for; `only`: these cases, None: all."""
    rules = rules_of(kind.key)
    return {
        "procedures": sorted(rule.procedure for rule in rules),
        "function": kind.function if kind.dimension else "",
        "enters": sorted(set().union(*(rule.enters for rule in rules))),
        "only": list(only) if only is not None else None,
        "live": list(keys_of(LIVE)),
        "exited": list(keys_of(EXITED)),
    }


def _all(kind: ListKind, on: date, only: Sequence[int] | None) -> Iterator[Standing]:
    rules = {rule.procedure: rule for rule in rules_of(kind.key)}
    with connection.cursor() as cursor:
        cursor.execute(CASES, asked_of(kind, only))
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    for row in rows:
        rule = rules[row["procedure"]]
        steps = [Step(a["place"], a["kind"], _day(a["on"])) for a in row["acts"]]
        for spell in spells(rule, steps, row["closed_on"], on):
            if spell.ended is None:
                yield _standing(kind, rule, row, spell)


def _standing(kind: ListKind, rule: GroundRule, row: Mapping[str, Any], spell: Spell) -> Standing:
    act = next(a for a in row["acts"] if a["place"] == spell.place)
    paper = _paper(row["papers"] or (), spell.place)
    authority = paper or act
    deadline = _deadline(row["deadlines"] or (), spell.place)
    capacity, unit = _capacity(kind, row, act["key"])
    known = {
        "name": row["name"],
        "uscc": row["uscc"],
        "division_code": row["division_code"],
        "address": row["address"],
        "industry": row["industry"],
        "line": row["line"],
        "dimension": row["dimension"],
        "matter": _matter(row["matters"] or ()),
        "capacity": capacity,
        "capacity_unit": unit,
        "exit_form": exit_form([a["kind"] for a in row["acts"]]),
        "extent": _extent(row, act["key"]) if kind.annual else None,
        "decision": paper["number"] if paper else None,
        "authority": {"zh": authority["zh"], "en": authority["en"]},
        "since": spell.since.isoformat(),
        "rectify_from": deadline.get("from"),
        "rectify_by": deadline.get("due"),
        "extended": "yes" if any(a["kind"] == "grant_extension" for a in row["acts"]) else "no",
        "dismantle_by": _last(a["dismantle_by"] for a in row["acts"]),
        "put_off": _reason(row["put_off"]),
        "case_number": row["number"],
        "line_id": row["line_id"],
        "employees": row["employees"],
    }
    return Standing(
        ground_id(kind.key, row["id"], spell.place),
        row["id"],
        spell.place,
        row["uscc"],
        spell.since,
        rule.objections,
        known,
    )


def _reason(put_off: str | None) -> dict[str, str] | None:
    """Why a closed line is not dismantled, where it was entered as such (`exits`)."""
    if put_off is None:
        return None
    row = REASONS[put_off]
    return {"zh": row.zh, "en": row.en}


def _paper(papers: Iterable[Mapping[str, Any]], place: int) -> Mapping[str, Any] | None:
    """The document that the act served, or issued itself."""
    own = [p for p in papers if p["served"] == place] or [p for p in papers if p["place"] == place]
    return own[-1] if own else None


def _deadline(deadlines: Sequence[Mapping[str, Any]], place: int) -> Mapping[str, Any]:
    """The period of rectification that the act began, or the last one."""
    begun = [d for d in deadlines if d["opened_by"] == place]
    return (begun or list(deadlines) or [{}])[-1]


def _capacity(
    kind: ListKind, row: Mapping[str, Any], act_key: str
) -> tuple[str | None, str | None]:
    """Of an exit what the ledger booked as exited; of a line that stands what it is registered
    with, less what of it has exited before; None: not known."""
    if not kind.annual:
        return _left(row["stands"] or ()) or (_plain(row["capacity"]), row["capacity_unit"])
    booked = [one for one in row["booked"] or () if one["key"] == act_key]
    units = {one["unit"] for one in booked}
    if len(units) != 1:
        return None, None
    return _plain(str(sum(Decimal(one["amount"]) for one in booked))), units.pop()


def _left(stands: Sequence[Mapping[str, Any]]) -> tuple[str | None, str | None] | None:
    """What is left of a line of which a part has exited; None where all or nothing has."""
    rests = [one for one in stands if Decimal(one["rest"] or 0) > 0]
    if not rests or not any(one["gone"] for one in stands):
        return None
    return (_plain(rests[0]["rest"]), rests[0]["unit"]) if len(rests) == 1 else (None, None)


def _extent(row: Mapping[str, Any], act_key: str) -> dict[str, str]:
    """Whether the line exited as a whole, or which part of it was left by that exit. A line of
    which nothing was ever booked exits whole (`casework.booking`)."""
    booked = [one for one in row["booked"] or () if one["key"] == act_key]
    left = [one for one in booked if Decimal(one["rest"] or 0) > 0]
    if not left and any(Decimal(one["before"] or 0) > 0 for one in booked):
        return {"zh": "余下部分，至此整条退出", "en": "the rest: all of the line has exited"}
    if not left:
        return {"zh": "整条生产线", "en": "the whole line"}
    zh, en = amount_said(Decimal(left[-1]["rest"]), left[-1]["unit"])
    return {
        "zh": f"部分，其余{zh}未退出",
        "en": f"a part, {en} of the line not exited",
    }


def _plain(amount: str | None) -> str | None:
    return format(Decimal(amount).normalize(), "f") if amount else None


def _matter(matters: Iterable[Mapping[str, Any]]) -> str | None:
    said = []
    for one in matters:
        what = one["indicator"] or one["subject"]
        by = cited_as(one["source"], one["clause"] or "")[0] if one["source"] else ""
        said.append(f"{what}（{by}）" if by else what)
    return "；".join(dict.fromkeys(said)) or None


def _last(values: Iterable[str | None]) -> str | None:
    found = None
    for value in values:
        found = value or found
    return found


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _taken_off(grounds: Iterable[UUID]) -> set[UUID]:
    wanted = list(grounds)
    upheld = Answer.objects.filter(upheld=True, objection__ground__in=wanted)
    ended = Ending.objects.filter(listing__ground__in=wanted)
    return {
        *upheld.values_list("objection__ground", flat=True),
        *ended.values_list("listing__ground", flat=True),
    }


def _amended(grounds: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """What published corrections say, the latest last."""
    found: dict[UUID, dict[str, Any]] = {}
    rows = Amendment.objects.filter(ground__in=list(grounds), draft__edition__isnull=False)
    for one in rows.order_by("pk"):
        found.setdefault(one.ground, {})[one.column] = one.value
    return found


def _with(one: Standing, said: Mapping[str, Any]) -> Standing:
    return replace(one, known={**one.known, **said}) if said else one


def amended(one: Standing, said: Mapping[str, Any]) -> Standing:
    """The same ground, with values that a correction says otherwise."""
    return _with(one, said)
