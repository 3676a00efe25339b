"""The API against its own document: whatever is sent, the answer is one that the document names."""

from __future__ import annotations

from contextlib import suppress

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as trying
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from api_world import make_world

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
SENSE, NONSENSE = GenerationMode
NONSENSICAL = {"officer"}
"""Who also sends what makes no sense; others, who see less of the same, send what makes some."""
ASKING = ["officer", "another city", "enterprise", "nobody"]
"""Who is answered in shapes of its own: whole, not found, as its own, not signed in. What status
each role gets is asked by `test_matrix`."""


def served(environ, start_response):
    """The site, its answers closed as a server does: only then is the request over, and the
    connection its own again."""
    answer = get_wsgi_application()(environ, start_response)
    try:
        return [b"".join(answer)]
    finally:
        answer.close()


@pytest.fixture
def schema(transactional_db):
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", served)


@pytest.mark.parametrize("role", ASKING)
def test_every_answer_is_one_the_document_names(schema, role, settings):
    settings.API_REQUESTS_A_MINUTE = 1_000_000
    world = make_world()
    headers = world.machine(role).headers
    for found in schema.get_all_operations():
        for mode in (SENSE, NONSENSE) if role in NONSENSICAL else (SENSE,):
            _try(found.ok(), mode, headers, world.ids)


def _try(operation, mode, headers, ids):
    """Requests made up from the document, half of them about what is really there."""
    known = {p.name: ids[p.name] for p in operation.path_parameters if p.name in ids}
    requests = operation.as_strategy(generation_mode=mode)
    if known and mode is SENSE:
        requests |= operation.as_strategy(generation_mode=mode, path_parameters=known)

    @trying(
        max_examples=1,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(requests)
    def call(case):
        case.call_and_validate(headers=headers, checks=CHECKS)

    with suppress(Unsatisfiable):  # nothing of it can be nonsense
        call()
