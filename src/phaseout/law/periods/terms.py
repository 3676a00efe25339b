"""The register of procedural terms: which law sets which period, from what, how long.

The rows are those of the norm store (`procedural_terms`); how each is counted, which its prose
says (`counted back from …`, `plus at most 30 days`), is in `tables/term_readings.csv`, one
reading a row.

    find_term("APL-2021", "64(1)").period_from(date(2022, 3, 1)).due
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

from phaseout.law.norms import NormBook
from phaseout.law.periods.certificate import Certificate
from phaseout.law.periods.citations import read_table
from phaseout.law.periods.rest_days import RestCalendar
from phaseout.law.periods.term_periods import period_of
from phaseout.law.periods.term_records import Ends, TermReading, TermRecord
from phaseout.law.refusals import Bilingual, Refusal


class Term(TermRecord):
    """A row of the register that can be counted."""

    __slots__ = ()

    def period_from(
        self,
        day: date | datetime,
        *,
        extension: int = 0,
        edition_on: date | None = None,
        calendar: RestCalendar | None = None,
    ) -> Certificate:
        """The period of this term, counted from `day`: see `term_periods.period_of`."""
        return period_of(self, day, extension=extension, edition_on=edition_on, calendar=calendar)


@cache
def all_terms() -> tuple[Term, ...]:
    """Every row of the register, in the order of the norm store.

    Raises:
        KeyError: a row has no reading in `tables/term_readings.csv`.
    """
    readings = {r.row_id: r for r in read_table("term_readings.csv", TermReading)}
    return tuple(Term(row, readings[row.row_id]) for row in NormBook.load().procedural_terms)


def find_term(source_id: str, clause: str, name: str | None = None) -> Term:
    """The one term of a source and clause; `name`, its Chinese or English name or row number,
    where the clause sets several. The clause is empty for rows whose article is not known.

    Raises:
        Refusal: `term.unknown` or `term.ambiguous`, naming the terms there are.
    """
    here = [t for t in all_terms() if t.row.source_id == source_id]
    found = [t for t in here if t.row.clause == clause]
    if name is not None:
        found = [t for t in found if name in (*t.name, t.row.row_id.rsplit("/", 1)[1])]
    elif len(found) > 1:
        # An extension is no period of its own: who names the clause means the period.
        found = [t for t in found if t.reading.bound is not Ends.EXTENSION]
    if len(found) == 1:
        return found[0]
    raise _ambiguous(found) if found else _unknown(source_id, clause, name, here)


def _listed(terms: list[Term]) -> Bilingual:
    rows = [(t.row.row_id.rsplit("/", 1)[1], t.row.clause or '""', t.name) for t in terms]
    return (
        "；".join(f"{number}：{clause} {name[0]}" for number, clause, name in rows),
        "; ".join(f"{number}: {clause} {name[1]}" for number, clause, name in rows),
    )


def _ambiguous(terms: list[Term]) -> Refusal:
    listed = _listed(terms)
    return Refusal(
        "term.ambiguous",
        what=("不能确定是哪一项期间", "cannot tell which term is meant"),
        why=(f"该条规定了{len(terms)}项：{listed[0]}。", f"the clause sets several: {listed[1]}."),
        instead=(
            "请用 --term-name 写明名称或序号。",
            "Say which with --term-name, by name or number.",
        ),
    )


def _unknown(source_id: str, clause: str, name: str | None, here: list[Term]) -> Refusal:
    wanted = " ".join(part for part in (source_id, clause, name) if part)
    if here:
        listed = _listed(here)
        instead = (f"该文件登记的期间：{listed[0]}。", f"Terms of that source: {listed[1]}.")
    else:
        known = ", ".join(dict.fromkeys(t.row.source_id for t in all_terms()))
        instead = (f"请核对文件编号。已登记：{known}。", f"Check the source. Registered: {known}.")
    return Refusal(
        "term.unknown",
        what=(f"找不到期间“{wanted}”", f"no term {wanted!r}"),
        why=("程序期间登记表中没有这一项。", "the register of procedural terms has no such row."),
        instead=instead,
    )
