"""Lines with capacity on the ledger, and what stands there, for tests of several rooms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from phaseout.accounts.models import User
from phaseout.law.capacity import Holder, Told, registration
from phaseout.registry.capacity import Asked, balances
from phaseout.registry.capacity.booking import Draft, book
from phaseout.registry.models import Import, ProductionLine

SINCE = date(2010, 1, 1)
BOOKED = date(2018, 1, 2)


def register(line: ProductionLine, amount: Any = 600_000, unit: str = "t/a", **given: Any) -> int:
    """Book the capacity of a line as an import would; returns the number of the entry."""
    by = given.pop("by", None) or User.objects.get_or_create(username="importer")[0]
    brought = Import.objects.create(by=by, received_on=BOOKED, reach="64")
    holder = Holder(line.enterprise_id, line.division_code, line.industry)
    told = Told(given.pop("product", "水泥"), unit, Decimal(amount), holder)
    ground = {"of_import_id": brought.pk, "by_id": by.pk}
    since, known = given.pop("since", SINCE), given.pop("known", BOOKED)
    draft = Draft("registration", line.pk, registration(told), since, known, ground)
    return book([draft])[0]


def stands(**asked: Any) -> dict[str, int]:
    """Account → what stands there, of one product and unit; empty where nothing does."""
    found = balances(Asked(**asked))
    assert len(found) <= 1, "of several products or units"
    return {k: int(v) for k, v in found[0].stocks.items()} if found else {}
