"""The registry's own bookings: what an import, a merging or a sale says of capacity.

    book_import(change, day, keys)     inside the transaction that writes the versions

Only versions of lines that the change began are looked at. Lines that were never booked are
registered in one statement, however many; of the others those that say something else than the
ledger (few) are told by `law.capacity.adjusted` and `transferred`.

A registration counts from the day the line was put into operation, where that is known and past:
the balance of an earlier year is what was there then, as known today.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection

from phaseout.law.capacity import LIVE, ORIGIN, Holder, Stock, Told, adjusted, keys_of, transferred
from phaseout.law.capacity.moving import after, too_little
from phaseout.registry.capacity import refusals
from phaseout.registry.capacity.booking import Draft, book, held, stocks_of
from phaseout.registry.capacity.saying import amount_said
from phaseout.registry.capacity.units import counted_in


def book_import(
    change: int,
    day: date,
    keys: str,
    keys_given: Mapping[str, Any] | None = None,
    *,
    by: int | None = None,
    heirs: Mapping[str, str] | None = None,
) -> None:
    """Book what the versions of lines that `change` began say of capacity.

    Args:
        change: number of the import, merging or sale; the ground of every entry.
        keys: SQL that yields the ids of the lines of the change, and maybe of others, and its
            parameters.
        heirs: USCC → whose all of it is now (a merging). Otherwise, where the line has another
            owner (a sale), what is live goes over and what has exited stays with who had it.

    Raises:
        Refusal: `capacity.below_exited`.
    """
    given: dict[str, Any] = {**(keys_given or {}), "change": change, "day": day, "by": by}
    units = _units(keys, given)
    _follow(keys, given, heirs or {})  # before: it need not look at what is registered now
    if units:
        _run(_REGISTER, keys, given)


def _units(keys: str, given: dict[str, Any]) -> bool:
    """Add to `given` the units of the lines of the change: as written, that of the ledger, how many
    of it one is. Returns whether there are any."""
    rows = _run(
        "SELECT DISTINCT v.capacity_unit FROM fact_lines AS v WHERE v.capacity_unit IS NOT NULL "
        "AND v.taken_by_id = %(change)s AND v.line_id IN (:keys)",
        keys,
        given,
    )
    found = [(written, counted_in(written)) for (written,) in rows]
    known = [(written, *counted) for written, counted in found if counted is not None]
    for at, name in enumerate(("written", "unit", "times")):
        given[name] = [each[at] for each in known]
    return bool(known)


_TOLD = """
WITH units AS (
    SELECT * FROM unnest(%(written)s::text[], %(unit)s::text[], %(times)s::numeric[])
        AS u (written, unit, times)
), told AS (
    SELECT v.line_id, coalesce(v.product, '') AS product, u.unit,
        round(v.capacity * u.times, 6) AS amount, v.uscc, v.division_code, v.industry,
        coalesce(least(v.commissioned_on, %(day)s), %(day)s) AS since
    FROM fact_lines AS v JOIN units AS u ON u.written = v.capacity_unit
    WHERE v.taken_by_id = %(change)s AND v.replaced_by_id IS NULL AND v.line_id IN (:keys)
        AND v.capacity IS NOT NULL
)"""

# Numbered before they are written: the planner takes what comes of a WITH for one row, and would
# join each entry with each line to find its postings.
_REGISTER = (
    _TOLD
    + """, fresh AS MATERIALIZED (
    SELECT nextval(pg_get_serial_sequence('registry_capacityentry', 'id')) AS id, n.*
    FROM (
        SELECT * FROM told AS t WHERE amount > 0 AND NOT EXISTS (
            SELECT FROM registry_capacityposting AS p WHERE p.line_id = t.line_id
        )
        ORDER BY line_id
    ) AS n
), entry AS (
    INSERT INTO registry_capacityentry (id, kind, line_id, enterprise_id, division_code, product,
        unit, effective_on, known_on, of_import_id, case_number, act_kind, by_id, reason)
    SELECT id, 'registration', line_id, uscc, division_code, product, unit, since, %(day)s,
        %(change)s, '', '', %(by)s, ''
    FROM fresh
)
INSERT INTO registry_capacityposting (entry_id, place, line_id, enterprise_id, division_code,
    industry, product, unit, account, amount, effective_on, known_on)
SELECT id, side.place, line_id, uscc, division_code, industry, product, unit, side.account,
    side.sign * amount, since, %(day)s
FROM fresh
CROSS JOIN (VALUES (1, 'origin', -1), (2, 'registered', 1)) AS side (place, account, sign)
"""
)

_OTHERWISE = (
    _TOLD
    + """, stock AS (
    SELECT p.line_id, p.product, p.unit, p.enterprise_id, p.division_code, p.industry,
        sum(p.amount) AS amount
    FROM registry_capacityposting AS p
    WHERE p.line_id IN (:keys) AND p.account <> 'origin'
    GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(p.amount) <> 0
)
SELECT v.line_id, v.uscc, v.division_code, v.industry, t.product, t.unit, t.amount, v.name
FROM fact_lines AS v
JOIN (SELECT DISTINCT p.line_id FROM registry_capacityposting AS p WHERE p.line_id IN (:keys))
    AS booked USING (line_id)
LEFT JOIN told AS t USING (line_id) LEFT JOIN stock AS s USING (line_id)
WHERE v.taken_by_id = %(change)s AND v.replaced_by_id IS NULL AND v.line_id IN (:keys)
GROUP BY v.line_id, v.uscc, v.division_code, v.industry, t.product, t.unit, t.amount, v.name
HAVING coalesce(bool_or(ROW(s.enterprise_id, s.division_code, s.industry)
        <> ROW(v.uscc, v.division_code, v.industry)
        OR ROW(s.product, s.unit, s.amount) <> ROW(t.product, t.unit, t.amount)), t.amount > 0)
ORDER BY v.line_id
"""
)


def _run(query: str, keys: str, given: dict[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query.replace(":keys", keys), given)
        return list(cursor.fetchall()) if cursor.description else []


def _follow(keys: str, given: dict[str, Any], heirs: Mapping[str, str]) -> None:
    """Lines booked before whose ledger says something else."""
    rows, day = _run(_OTHERWISE, keys, given), given["day"]
    if not rows:
        return
    held([row[0] for row in rows])
    stocks, drafts = stocks_of([row[0] for row in rows]), []
    ground = {"of_import_id": given["change"], "by_id": given["by"]}
    for line_id, uscc, division, industry, product, unit, amount, name in rows:
        holder, here = Holder(uscc, division, industry), stocks.get(line_id, [])
        over = transferred(here, _goes_to(holder, heirs))
        drafts += [Draft("transfer", line_id, each, day, day, ground) for each in over]
        if amount is None:
            continue  # not told: what is not known does not unbook what was
        told, here = Told(product, unit, amount, holder), after(here, over)
        if too_little(here, told):
            raise _below(name, told, here)
        drafts += [
            Draft("adjustment", line_id, each, day, day, ground) for each in adjusted(here, told)
        ]
    book(drafts)


def _goes_to(now: Holder, heirs: Mapping[str, str]) -> Callable[[Stock], Holder]:
    def to(stock: Stock) -> Holder:
        if stock.account in keys_of(LIVE):
            return now
        uscc = heirs.get(stock.holder.uscc, stock.holder.uscc)
        return Holder(uscc, now.division_code, now.industry)

    return to


def _below(name: str, told: Told, stocks: Sequence[Stock]) -> Exception:
    same = [s for s in stocks if (s.product, s.unit) == (told.product, told.unit)]
    gone = sum((s.amount for s in same if s.account not in (ORIGIN, *keys_of(LIVE))), Decimal(0))
    return refusals.below_exited(
        name, amount_said(told.amount, told.unit), amount_said(gone, told.unit)
    )
