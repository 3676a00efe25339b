"""Every operation for every role: allowed or refused as its power says, never an error."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from api_world import ROLES, WORKBOOK, make_world, request_for
from casebook import TODAY
from phaseout.accounts.requests import scope_of
from phaseout.coordination.annual import freezing
from phaseout.web.api.house import api
from phaseout.web.api.keys import Token

OPERATIONS = [
    (method, path, operation["operationId"])
    for path, methods in api.get_openapi_schema()["paths"].items()
    for method, operation in methods.items()
]


def power_of(operation_id):
    """The power an operation asks for; "public" where it needs no key."""
    for router in api._get_bound_routers():
        for view in router.path_operations.values():
            for operation in view.operations:
                if operation.operation_id == operation_id:
                    keys = [k for k in operation.auth_callbacks if isinstance(k, Token)]
                    return keys[0].power if keys else "public"
    raise LookupError(operation_id)


def called(world, machine, method, path, operation_id):
    ids = {**world.ids, "table": "permits"} if "/enterprises/" in path else world.ids
    address = re.sub(r"{(\w+)}", lambda m: str(ids[m[1]]), path)
    given = request_for(operation_id, world)
    if operation_id == "bring_import":
        name, text = WORKBOOK
        file = SimpleUploadedFile(name, text.encode())
        return machine.client.post(address, {"files": file}, headers=machine.headers)
    if operation_id == "keep_evidence":
        file = SimpleUploadedFile("报告.pdf", b"%PDF-1.4 report")
        return machine.client.post(address, {"file": file}, headers=machine.headers)
    if operation_id == "file_return_workbook":
        file = SimpleUploadedFile("报送.xlsx", b"no workbook")
        headers = {**machine.headers, "Idempotency-Key": str(uuid4())}
        return machine.client.post(address, {"file": file}, headers=headers)
    short = address.removeprefix("/api/v1")
    if method == "post":
        return machine.post(short, given.get("body"), **given.get("headers", {}))
    return machine.get(short, given.get("query"))


@pytest.mark.django_db
@pytest.mark.parametrize("role", [*ROLES, "nobody"])
def test_every_operation_for(role, snapshot, monkeypatch):
    # the transaction around a test cannot become a snapshot in its middle
    monkeypatch.setattr(freezing, "one_snapshot", lambda: None)
    world = make_world()
    machine = world.machine(role)
    answered = {}
    for method, path, operation_id in OPERATIONS:
        answer = called(world, machine, method, path, operation_id)
        status = answered[operation_id] = answer.status_code
        power = power_of(operation_id)
        if power == "public":
            assert status == 200, operation_id
        elif role == "nobody":
            assert status == 401, operation_id
        elif power is None or scope_of(world.people[role], on=TODAY).may(power):
            assert status in (200, 201, 202, 403, 404, 409), operation_id
        else:
            assert status == 403, operation_id
    assert answered == snapshot
