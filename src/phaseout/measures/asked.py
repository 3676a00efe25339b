"""Which money a page is asked for by a figure elsewhere: what became of it, when, where, of which
industry; the same parts of an address in all rooms of the measures.

    asked = MoneyAsked.of(request.GET, FLOWS)       404 for what nobody knows
    rows.filter(asked.condition(day="act__done_on", place="parcel__division_code", …))
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import Http404, QueryDict

from phaseout.accounts.organisations import divisions, place_words
from phaseout.law.industries import INDUSTRIES
from phaseout.law.refusals import Bilingual


@dataclass(frozen=True, slots=True)
class MoneyAsked:
    """One kind of flow (empty: the page as it is), of a year, up to a day (inside), of a city
    (`6401`), of an industry; what is empty or None is not asked."""

    flow: str = ""
    year: int | None = None
    until: date | None = None
    city: str = ""
    industry: str = ""

    @classmethod
    def of(cls, given: QueryDict, flows: Mapping[str, Bilingual]) -> MoneyAsked:
        """What an address asks. Raises Http404 for what it cannot mean."""
        names = ("flow", "city", "industry", "year", "until")
        flow, city, industry, of_year, until_day = (str(given.get(name, "")) for name in names)
        try:
            year = int(of_year[:4]) if of_year else None
            until = date.fromisoformat(until_day) if until_day else None
        except ValueError:
            raise Http404 from None
        known = not flow or flow in flows
        placed = not city or f"{city}00" in divisions()
        if not (known and placed and (not industry or industry in INDUSTRIES)):
            raise Http404
        return cls(flow, year, until, city, industry)

    def condition(self, *, day: str, place: str, industry: str) -> Q:
        """The condition on rows, by their columns of the day, the place and the industry."""
        wanted = {
            f"{day}__year": self.year,
            f"{day}__lte": self.until,
            f"{place}__startswith": self.city or None,
            industry: self.industry or None,
        }
        return Q(**{name: value for name, value in wanted.items() if value is not None})

    def words(self, flows: Mapping[str, Bilingual]) -> list[Bilingual]:
        """What is asked, for the head of the page."""
        found = [flows[self.flow]] if self.flow else []
        if self.year is not None:
            found.append((f"{self.year}年", str(self.year)))
        if self.until is not None:
            found.append((f"截至{self.until}", f"until {self.until}"))
        if self.city:
            found.append(place_words(f"{self.city}00"))
        if one := INDUSTRIES.get(self.industry):
            found.append((one.zh, one.en))
        return found
