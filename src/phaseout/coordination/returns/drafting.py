"""What a city prepares: filled in from the ledger, corrected, kept until it is reported.

A draft is nobody's word: it is kept so that work is not lost, and goes when the return is filed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from phaseout.accounts.models import User
from phaseout.casework.acts import once
from phaseout.coordination.returns import refusing
from phaseout.coordination.returns.checking import Problem, frame, problems
from phaseout.coordination.returns.exited import exited
from phaseout.coordination.returns.models import Draft
from phaseout.coordination.returns.reading import read
from phaseout.coordination.returns.rows import Row
from phaseout.coordination.returns.standing import Place
from phaseout.evidence.digests import digest_of


@dataclass(frozen=True, slots=True)
class Drafted:
    """The rows as they would be reported, beside those of the ledger; what is wrong with them.
    `kept`: somebody has changed them; else they are the ledger's."""

    rows: tuple[Row, ...]
    filled: tuple[Row, ...]
    kept: bool
    wrong: tuple[Problem, ...]

    @property
    def digest(self) -> str:
        return digest_of([row.plain for row in self.rows])

    def changed(self, row: Row) -> list[str]:
        """The columns in which a row differs from the ledger; all of a row it does not have."""
        same = next((one for one in self.filled if one.key == row.key), None)
        return row.differs(same) if same is not None else ["line_id"]


def filled(place: Place) -> list[Row]:
    """What the ledger and the cases of that department say of the city."""
    found = exited(place.year, prefix=place.city[:4], department=place.department)
    return [row for _, row in found]


def drafted(place: Place) -> Drafted:
    """The draft of a city's return; where nobody has begun one, what was reported before, else what
    the ledger says."""
    kept = _of(place).first()
    ledger = filled(place)
    rows = [Row.of(one) for one in kept.rows] if kept else (_reported(place) or ledger)
    held = frame(place.year, place.city, ledger, rows)
    wrong = problems(list(enumerate(rows, 1)), held)
    return Drafted(tuple(rows), tuple(ledger), kept is not None, tuple(wrong))


def _reported(place: Place) -> list[Row]:
    """What the city has reported: to be corrected, nothing is typed twice."""
    if place.filed is None:
        return []
    return [Row.kept(one) for one in place.filed.rows.order_by("place")]


def keep_row(
    place: Place, number: int | None, row: Row, *, by: User, seen: str | None = None
) -> None:
    """Put a row in the place of row `number` (from 1), or after the last.

    Args:
        seen: `Row.digest` of the row that is replaced, as it was looked at; None: whatever it is.

    Raises:
        Refusal: `return.rows-wrong` for that row alone; `return.draft-changed`: there is no such
            row any more, or somebody has changed it meanwhile.
    """
    with _held(place):
        now = drafted(place)
        rows = list(now.rows)
        if number is None:
            rows.append(row)
        elif 1 <= number <= len(rows):
            before = rows[number - 1]
            row = row.corrected(case_id=before.case_id)
            if seen not in (None, before.digest) and row != before:
                raise refusing.draft_changed()
            rows[number - 1] = row
        else:
            raise refusing.draft_changed()
        at = number or len(rows)
        held = frame(place.year, place.city, now.filled, rows)
        wrong = [one for one in problems(list(enumerate(rows, 1)), held) if one.row == at]
        if wrong:
            raise refusing.rows_wrong(wrong)
        _keep(place, rows, by)


def take_file(place: Place, content: bytes, name: str, *, by: User) -> int:
    """Put the rows of a workbook in the place of the draft: all of them, or none. Returns how many.

    Raises:
        Refusal: as `reading.read`; `return.rows-wrong`, with what is wrong in the whole file.
    """
    came = read(content, name, place.city)
    with _held(place):
        ledger = filled(place)
        rows = with_cases(came, ledger)
        held = frame(place.year, place.city, ledger, [row for _, row in rows])
        wrong = problems(rows, held)
        if wrong:
            raise refusing.rows_wrong(wrong, name)
        _keep(place, [row for _, row in rows], by)
    return len(rows)


def with_cases(rows: Iterable[tuple[int, Row]], ledger: Iterable[Row]) -> list[tuple[int, Row]]:
    """Rows that came from outside, with the case that the ledger has for each."""
    cases = {row.key: row.case_id for row in ledger}
    return [(at, row.corrected(case_id=cases.get(row.key))) for at, row in rows]


def drop_row(place: Place, number: int, *, by: User) -> None:
    """Take a row out that the ledger does not have; one of the ledger stays, with a capacity of 0.

    Raises:
        Refusal: `return.draft-changed`, `return.of-the-ledger`.
    """
    with _held(place):
        now = drafted(place)
        if not 1 <= number <= len(now.rows):
            raise refusing.draft_changed()
        if now.rows[number - 1].key in {row.key for row in now.filled}:
            raise refusing.of_the_ledger()
        _keep(place, [row for at, row in enumerate(now.rows, 1) if at != number], by)


def begin_anew(place: Place) -> None:
    """Throw the draft away: the ledger's rows stand again."""
    _of(place).delete()


@contextmanager
def _held(place: Place) -> Iterator[None]:
    """A transaction in which the draft of a place is held: who changes it at once comes second."""
    with transaction.atomic():
        once.hold_all("returns", f"draft:{place.about}")
        yield


def _keep(place: Place, rows: Sequence[Row], by: User) -> None:
    Draft.objects.update_or_create(
        year=place.year,
        department=place.department,
        division_code=place.city,
        defaults={"rows": [row.plain for row in rows], "by": by},
    )


def _of(place: Place) -> QuerySet[Draft]:
    return Draft.objects.filter(
        year=place.year, department=place.department, division_code=place.city
    )
