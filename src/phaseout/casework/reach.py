"""Whose findings may change when the standing of a norm row changes: never too few."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db.models import Q

from phaseout.casework.models import Finding
from phaseout.law.industries import ALL_INDUSTRIES
from phaseout.law.judgement.dimensions import Dimension, Verdict
from phaseout.law.norms import NormBook

_DIMENSION: Mapping[str, Dimension] = {
    "energy_limits": Dimension.ENERGY,
    "emission_limits": Dimension.ENVIRONMENT,
    "product_standards": Dimension.QUALITY,
    "hazard_criteria": Dimension.SAFETY,
    "equipment_catalogue": Dimension.TECHNOLOGY,
}
"""The tables of limits. A row of any other table (marks, shares, factors, names, consequences)
may bear on any finding."""


def enterprises_resting_on(row_ids: Collection[str]) -> list[str] | None:
    """USCCs of the enterprises that must be judged anew; None: all of them.

    Of a limit these are the enterprises with a finding by it or by its document, with a finding in
    its dimension in its industry, or with one in its dimension that could not be told: a row that
    comes to be known may tell it.
    """
    reach = Q(pk__in=[])
    book = NormBook.load()
    for row_id in row_ids:
        dimension = _DIMENSION.get(row_id.split("/", 1)[0])
        try:
            row = book.row(row_id)
        except KeyError:
            return None
        industry = getattr(row, "industry", ALL_INDUSTRIES)
        if dimension is None or industry == ALL_INDUSTRIES:
            return None
        reach |= Q(norm_row=row_id) | Q(dimension=dimension) & (
            Q(source_id=row.source_id) | Q(industry=industry) | Q(verdict=Verdict.UNDETERMINED)
        )
    touched = Finding.objects.standing().filter(reach).order_by()
    return sorted(touched.values_list("enterprise_id", flat=True).distinct())
