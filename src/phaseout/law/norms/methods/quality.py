"""Method of the quality dimension: which rows a product falls under, and what they may open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from phaseout.law.norms.records import DatedRow, Row


@dataclass(frozen=True, slots=True)
class ProductName(Row):
    """A name under which a product is sold or tested, and the product of `product_scopes`."""

    name: str
    product_zh: str


@dataclass(frozen=True, slots=True)
class ProductScope(Row):
    """A tested product and one product of `product_standards` whose rows reach it.

    mode: every    the rows hold for the product
          one_of   one of the scopes with the same question holds; the name does not say which
          only_if  the rows hold only under the condition that `question` asks
          outside  no row reaches the product; `question` says why, `covers_zh` is empty
    """

    product_zh: str
    covers_zh: str
    mode: str
    question_zh: str
    question_en: str


@dataclass(frozen=True, slots=True)
class CharacteristicName(Row):
    """A name under which laboratories report a characteristic, and that of the norm row."""

    name: str
    characteristic_zh: str


@dataclass(frozen=True, slots=True)
class MandatoryClause(DatedRow):
    """What a clause of a product standard is worth in a quality case while the row holds.

    `clause` is written as in `product_standards`; `*` stands for every other clause of the source.
    standing: mandatory, recommended, order (a ministry order), unsettled. A source without a row
    here has the standing that its number says: `GB` mandatory, `GB/T` recommended.
    """

    standing: str


@dataclass(frozen=True, slots=True)
class AlternativeLimit(Row):
    """A second figure that may hold in place of the row's own, for results between the two.

    value None: no second bound. `settled_by` names a characteristic of the same sample whose
    result 1 lets the second figure hold and 0 the first; empty: nothing in the facts settles it.
    """

    characteristic_zh: str
    value: Decimal | None
    reason: str
    settled_by: str
    question_zh: str
    question_en: str


TABLES: Mapping[str, type[Row]] = {
    "product_names": ProductName,
    "product_scopes": ProductScope,
    "characteristic_names": CharacteristicName,
    "mandatory_clauses": MandatoryClause,
    "alternative_limits": AlternativeLimit,
}
