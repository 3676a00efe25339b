"""A client with a token, as a machine of an office would call."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from casebook import TODAY
from phaseout.accounts.models import User
from phaseout.accounts.tokens import make_token


class Machine:
    """Calls the API with a bearer token; `said` of an answer is its JSON."""

    def __init__(self, token: str = "") -> None:
        self.client = Client()
        self.headers = {"Authorization": f"Bearer {token}"} if token else {}

    def get(self, path: str, data: Any = None, **headers: str) -> Any:
        return self._told(
            self.client.get(f"/api/v1{path}", data, headers={**self.headers, **headers})
        )

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        answer = self.client.post(
            f"/api/v1{path}",
            json.dumps(body),
            content_type="application/json",
            headers={**self.headers, **headers},
        )
        return self._told(answer)

    def all(self, path: str, data: Any = None) -> list[Any]:
        """Every row of a list, page after page."""
        answer = self.get(path, data)
        rows = list(answer.said["items"])
        while answer.said["next"]:
            answer = self.get(answer.said["next"].removeprefix("/api/v1"))
            rows += answer.said["items"]
        return rows

    @staticmethod
    def _told(answer: Any) -> Any:
        answer.said = json.loads(answer.content) if answer.content else None
        return answer


def machine_of(person: User, *, days: int = 30) -> Machine:
    """A machine with a fresh token of the person."""
    _, text = make_token(person, name="test", expires_on=TODAY + timedelta(days=days), today=TODAY)
    return Machine(text)


def key(value: Any = None) -> dict[str, str]:
    """The header of an act: a key of one's own."""
    return {"Idempotency-Key": str(value or uuid4())}


def brought(machine: Machine, content: bytes = b"%PDF-1.4 1") -> Any:
    """A file kept as evidence."""
    file = SimpleUploadedFile("报告.pdf", content)
    return machine.client.post("/api/v1/evidence", {"file": file}, headers=machine.headers)
