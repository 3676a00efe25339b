"""The SQL of the registry's pages is on record: a query more, or another one, is seen here."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from phaseout.registry.models import Import
from registry.given import OTHER_USCC, USCC, csv_files, right

FEW, MANY = 3, 12
PAGES = (
    "enterprises",
    "enterprise",
    "enterprise-history",
    "line",
    "imports",
    "import",
    "duplicates",
    "duplicate",
)


def queries(client: Client, address: str) -> list[str]:
    """The queries on what the page shows, without columns and numbers."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [
        _plain(query["sql"])
        for query in captured.captured_queries
        if re.search(r'FROM "?(casework|registry|evidence|fact)_', query["sql"])
    ]


def _plain(sql: str) -> str:
    sql = re.sub(r"SELECT .+? FROM", "SELECT … FROM", sql)
    sql = re.sub(r"(?<![\w.'-])\d+(?![\w.'-])", "1", sql)
    # However many are asked for at once.
    one = r"(\('[^']*'\)|\(1\)|'[^']*'|1)"
    sql = re.sub(rf"IN \({one}(, {one})*\)", "IN (…)", sql)
    return re.sub(r"ANY\((ARRAY\[[^]]*\]|'\{[^}]*\}')[^)]*\)", "ANY(…)", sql)


def _rows(count: int) -> dict[str, Any]:
    """One enterprise with `count` of everything, and an entry that looks like it."""
    again = right("enterprises", uscc=OTHER_USCC, name="虚构水泥 有限责任公司")
    each = range(count)
    return {
        "enterprises": [right("enterprises"), again],
        "lines": [right("lines"), *(right("lines", line_id=f"X{n}", name=f"{n}线") for n in each)],
        "equipment": [right("equipment", equipment_id=f"E{n}") for n in each],
        "tests": [right("tests", sample_id=f"S{n}") for n in each],
        "outlets": [right("outlets", outlet_id=f"O{n}") for n in each],
        "monitoring": [right("monitoring", outlet_id=f"O{n}") for n in each],
        "permits": [right("permits", number=f"P-{n}") for n in each],
        "energy": [right("energy", product=f"水泥{n}") for n in each],
    }


def _address(page: str, brought: Import) -> str:
    arguments: dict[str, list[Any]] = {
        "enterprise": [USCC],
        "enterprise-history": [USCC],
        "line": ["L1"],
        "import": [brought.pk],
        "duplicate": [USCC, OTHER_USCC],
    }
    return reverse(page, args=arguments.get(page, []))


@pytest.mark.parametrize("page", PAGES)
def test_the_sql_of(
    page: str, client: Client, person: Callable[..., Any], take_in: Any, snapshot: Any
) -> None:
    client.force_login(person("640000", "reviewer"))
    address = _address(page, take_in(csv_files(_rows(FEW))))
    few = queries(client, address)
    assert few == snapshot
    take_in(csv_files(_rows(MANY)))
    assert queries(client, address) == few, "more rows, other queries"
