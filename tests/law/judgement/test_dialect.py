"""The judgement queries are one text for DuckDB and Spark, and hold no figure of law themselves."""

from __future__ import annotations

from importlib import resources

import pytest
import sqlglot
from sqlglot import exp

from phaseout.law.norms import NormBook

QUERIES = sorted(
    file.name
    for file in resources.files("phaseout.law.judgement").iterdir()
    if file.name.endswith(".sql")
)

HARMLESS = {"0", "1", "100"}
"""Identities, switches and the hundred of a percentage. Every other figure belongs in a table."""

ARITHMETIC = {
    # query → numbers that are no figures of law, and what they are
    "energy.sql": {
        "2": "two tiers are needed for a ladder",
        "0.5": "half a unit of the last digit given",
        "0.05": "half a unit of the last digit given",
        "0.005": "half a unit of the last digit given",
        "0.0005": "half a unit of the last digit given",
    },
    "environment.sql": {
        "24": "hours of a day",
        "31": "low bits of a packed counter",
        "32": "packs a counter and a rank into one number",
        "1000": "kilograms of a tonne",
        "1000000": "sums are taken in millionths, so that their order does not matter",
        "1e17": "what a whole number of millionths can hold",
        "1.0": "makes a share of two counts",
    },
    "environment_limits.sql": {
        "1000000": "limits are laid down in millionths, as the sums are",
        "2": "rank of an integrated standard, a unit that cannot be converted",
        "3": "where the city part of a division code starts",
        "4": "characters of a division code that name the city",
        "5": "where the county part of a division code starts",
    },
}

_POSITIONS = (exp.Substring, exp.SplitPart, exp.Round, exp.DateFromParts)
_OPEN_ENDS = ("0001-01-01", "9999-12-31")


def text_of(name: str) -> str:
    return (resources.files("phaseout.law.judgement") / name).read_text(encoding="utf-8")


def figures(query: str) -> set[str]:
    """Number literals that say how much: not sizes of types, positions, digits, ranks or states."""
    tree = sqlglot.parse_one(query, read="duckdb")
    return {
        literal.name
        for literal in tree.find_all(exp.Literal)
        if literal.is_number and not _is_structure(literal)
    }


def _is_structure(literal: exp.Literal) -> bool:
    if literal.find_ancestor(exp.DataType) is not None:
        return True
    parent = literal.parent
    if isinstance(parent, _POSITIONS):
        return True
    whole = literal.name.isdigit()
    ranked = isinstance(parent, exp.Case) or (
        isinstance(parent, exp.If) and parent.args.get("true") is literal
    )
    told_apart = isinstance(parent, exp.EQ | exp.NEQ | exp.In)
    return whole and len(literal.name) == 1 and (ranked or told_apart)


def test_every_dimension_that_is_written_is_found() -> None:
    assert {"technology.sql", "composition.sql"} <= set(QUERIES)


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_reads_as_spark_sql(name: str) -> None:
    [spark] = sqlglot.transpile(
        text_of(name),
        read="duckdb",
        write="spark",
        unsupported_level=sqlglot.ErrorLevel.RAISE,
    )
    again = sqlglot.parse_one(spark, read="spark")
    assert isinstance(again, exp.Query)
    # the first columns come out under the same names
    assert again.named_selects == sqlglot.parse_one(text_of(name), read="duckdb").named_selects


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_holds_no_figure_of_law(name: str) -> None:
    known = HARMLESS | set(ARITHMETIC.get(name, {}))
    assert figures(text_of(name)) - known == set(), "put the figure into a table of law/norms"


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_names_no_day_and_no_document(name: str) -> None:
    """A date or the id of a document in a query would be law hidden in code."""
    book = NormBook.load()
    named = set(book.sources) | {row.row_id for row in book.rows()}
    tree = sqlglot.parse_one(text_of(name), read="duckdb")
    texts = {literal.name for literal in tree.find_all(exp.Literal) if literal.is_string}
    assert texts & named == set(), "put the document into a table of law/norms"
    assert {text for text in texts if _is_day(text)} <= set(_OPEN_ENDS)


def _is_day(text: str) -> bool:
    parts = text.split("-")
    return len(parts) == 3 and all(part.isdigit() for part in parts)


@pytest.mark.parametrize(
    ("query", "hidden"),
    [
        ("SELECT a FROM t WHERE a > 6300", {"6300"}),
        ("SELECT a * 3 FROM t", {"3"}),
        ("SELECT CASE WHEN a > 2 THEN 4 ELSE 35 END FROM t", {"2", "35"}),
        ("SELECT CAST(a AS DECIMAL(18, 6)), SUBSTRING(b, 3, 4), ROUND(c, 2) FROM t", set()),
        ("SELECT CASE WHEN state = 2 THEN 1 ELSE 3 END FROM t", set()),
    ],
)
def test_a_hidden_figure_is_reported_and_structure_is_not(query: str, hidden: set[str]) -> None:
    assert figures(query) - HARMLESS == hidden
