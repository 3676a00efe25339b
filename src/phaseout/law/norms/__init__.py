"""The norm store: every limit, catalogue entry, criterion and term as a dated record.

    from phaseout.law.norms import NormBook
    book = NormBook.load()
    book.energy_limits, book.emission_limits, …      typed rows, in a fixed order
    book.source("GB21346-2013")                      the document behind a row

Further doors:

    in_force       every row that holds on a day          gaps       the days without a row
    documents      a document by the way people write it  checks     what is wrong with the store
    reading        what the prose of a condition means    register   two people confirm a row
    plain, wording a row as data, and in words            units      the units of the norms
    chinese        the remarks received in English, in Chinese
    editions       lines of succession, a limit in time   difference what changed between two

`tables/` holds one CSV file per table and source document. An empty value says that the edition
sets no figure there; no row at all says that our record has a hole. Rows are never edited: a
mistake is succeeded by a new row, a recalled row is confirmed beside it (`confirmation`).
"""

from phaseout.law.norms.book import NormBook
from phaseout.law.norms.records import (
    Confidence,
    EmissionLimit,
    EnergyFactor,
    EnergyLimit,
    EquipmentEntry,
    HazardCriterion,
    ProductLimit,
    Source,
)

__all__ = [
    "Confidence",
    "EmissionLimit",
    "EnergyFactor",
    "EnergyLimit",
    "EquipmentEntry",
    "HazardCriterion",
    "NormBook",
    "ProductLimit",
    "Source",
]
