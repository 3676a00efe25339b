"""Odd texts in every parameter of every operation: an answer, never an error."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest

from api_world import make_world, request_for
from phaseout.web.api.house import api

ODD = [
    "\x00",
    b"\xff\xfe",
    b"\xed\xa0\x80",  # half of a pair of surrogates
    "\u202e\u0000",
    "𝟙𝟚𝟛",
    "'; DROP TABLE casework_case; --",
    "%25%00%s{0}",
    "../../../etc/passwd",
    "长" * 3000,
    "-1",
    "99999999999999999999999999",
    "NaN",
    "9999-12-31",
    "0000-00-00",
]
PARAMETERS = [
    (path, operation["operationId"], given["in"], given["name"])
    for path, methods in api.get_openapi_schema()["paths"].items()
    for method, operation in methods.items()
    for given in operation["parameters"]
    if method == "get" and given["in"] in ("path", "query")
]
LIMITED = next(operation_id for _, operation_id, _, name in PARAMETERS if name == "limit")
"""One list stands for all: how long a page may be is declared once (`paging.Turning`)."""


def written(value):
    return quote(value, safe="")


@pytest.mark.django_db
def test_odd_values_are_answered(settings):
    settings.API_REQUESTS_A_MINUTE = 1_000_000
    world = make_world()
    machine = world.machine("officer")
    for path, operation_id, where, name in PARAMETERS:
        if name == "limit" and operation_id != LIMITED:
            continue
        for odd in ODD:
            address = address_of(world, path, operation_id, where, name, odd)
            answer = machine.client.get(address, headers=machine.headers)
            assert answer.status_code in (200, 404, 409, 422), (operation_id, name, odd)


def address_of(world, path, operation_id, where, name, odd):
    table = "permits" if "/enterprises/" in path else "equipment"
    ids = {n: written(str(v)) for n, v in {**world.ids, "table": table}.items()}
    query = dict(request_for(operation_id, world).get("query", {}))
    asked = [f"{n}={written(str(v))}" for n, v in query.items() if n != name]
    if where == "path":
        ids[name] = written(odd)
    else:
        asked.append(f"{name}={written(odd)}")
    return re.sub(r"{(\w+)}", lambda m: ids[m[1]], path) + "?" + "&".join(asked)
