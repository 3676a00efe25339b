"""What stands on the ledger, and what moved: sums over postings, in one query each.

    balances(Asked(as_of=date(2017, 12, 31), city="6401"))
    exited_between(date(2017, 1, 1), date(2017, 12, 31), Asked())

One table is read, once; what is counted by is repeated in each posting (decision 0033).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Left

from phaseout.law.capacity import EXITED, LIVE, keys_of
from phaseout.registry.models import CapacityPosting

BY = ("product", "unit")
NONE = Decimal(0)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which postings count.

    Args:
        as_of: what counts at the end of that day of law; None: everything booked.
        known_on: as it was booked at the end of that business day; None: as it is booked now.
        city: leading digits of division codes (`6401`); empty: everywhere.
        within: condition on postings, such as `scope.lines()`; None: all that the caller may see.
    """

    as_of: date | None = None
    known_on: date | None = None
    city: str = ""
    industry: str = ""
    product: str | None = None
    unit: str = ""
    line_id: str = ""
    uscc: str = ""
    within: Q | None = None

    def postings(self) -> QuerySet[CapacityPosting]:
        """The postings that count."""
        equal = {
            "industry": self.industry or None, "product": self.product, "unit": self.unit or None,
            "line_id": self.line_id or None, "enterprise_id": self.uscc or None,
            "division_code__startswith": self.city or None, "effective_on__lte": self.as_of,
            "known_on__lte": self.known_on,
        }  # fmt: skip
        given = {name: value for name, value in equal.items() if value is not None}
        return CapacityPosting.objects.filter(*([self.within] if self.within else []), **given)


@dataclass(frozen=True, slots=True)
class Balance:
    """What stands of one product in one unit (and of what else it was asked by).

    `by`: column → value. `stocks`: account → amount in `unit`, zeros left out; the account of
    origin (less than zero) is left out too.
    """

    by: Mapping[str, str]
    unit: str
    stocks: Mapping[str, Decimal] = field(default_factory=dict)

    def of(self, account: str) -> Decimal:
        """What stands in an account; zero where nothing does."""
        return self.stocks.get(account, NONE)

    @property
    def total(self) -> Decimal:
        """All that was registered, whatever became of it: the sum over all states."""
        return sum(self.stocks.values(), NONE)

    @property
    def live(self) -> Decimal:
        """What is still in the register as able to produce."""
        return sum((self.of(key) for key in keys_of(LIVE)), NONE)

    @property
    def exited(self) -> Decimal:
        """What has exited in any of the lawful ways."""
        return sum((self.of(key) for key in keys_of(EXITED)), NONE)


def balances(asked: Asked, *, by: tuple[str, ...] = BY) -> list[Balance]:
    """What stands, one balance for each product and unit, in the order of `by`.

    Args:
        by: columns of postings to count by, `unit` always among them: also `industry`,
            `division_code`, `city` (its first four digits), `line_id`, `enterprise_id`. Units are
            never added up.
    """
    return _counted(asked.postings().exclude(account="origin"), by)


def exited_between(
    first: date, last: date, asked: Asked, *, by: tuple[str, ...] = BY
) -> list[Balance]:
    """What went into each way of exit from `first` to `last` (both inside), net of what came back;
    accounts of exit only. Leave `asked.as_of` None, or no earlier than `last`."""
    went = asked.postings().filter(account__in=keys_of(EXITED), effective_on__range=(first, last))
    return _counted(went, by)


def _counted(postings: QuerySet[CapacityPosting], by: tuple[str, ...]) -> list[Balance]:
    names = by if "unit" in by else (*by, "unit")
    if "city" in names:
        postings = postings.annotate(city=Left("division_code", 4))
    rows = postings.order_by().values_list(*names, "account").annotate(stock=Sum("amount"))
    return _gathered(names, rows)


def _gathered(names: tuple[str, ...], rows: QuerySet[Any, Any]) -> list[Balance]:
    found: dict[tuple[str, ...], dict[str, Decimal]] = {}
    for *key, account, stock in rows:
        if stock:
            found.setdefault(tuple(key), {})[account] = stock
    return [
        Balance(dict(zip(names, key, strict=True)), key[names.index("unit")], found[key])
        for key in sorted(found)
    ]
