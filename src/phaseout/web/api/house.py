"""All operations under one roof."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI

from phaseout.accounts.powers import Power
from phaseout.web.api import (
    acts,
    annual,
    annual_acts,
    answers,
    capacity,
    cases,
    coordination,
    exits,
    findings,
    imports,
    inspections,
    lists,
    me,
    mechanism,
    meeting_acts,
    norms,
    plan_acts,
    registry,
    return_acts,
    returns,
    runs,
    supervision,
)
from phaseout.web.api.keys import held

DESCRIPTION = """
Capacity exit over HTTP: the same registry, imports, findings, norms and cases as on the pages, with
the same scopes and the same acts.

**Keys.** Send `Authorization: Bearer <token>`. A token is made on the page of your tokens, is shown
once, expires, can be withdrawn, and may do what its person may do on that day. The norm library
and the published lists need no key.

**Lists** come in pages: `items`, and `next`, the address of the next page or null.

**Values.** Decimals are texts (`"131.5"`), days are `2018-03-15`, words come in Chinese (`zh`) and
English (`en`).

**Problems** have one shape: `refused` (a code that never changes), `what`, `why`, `instead`. 401 no
key · 403 not within your powers · 404 not there, or not within your reach · 409 refused, not lawful
or not yet · 422 not understood · 429 too often (`Retry-After` says when).

**Acts** take an `Idempotency-Key`, a UUID of your own: sent again, the act done before comes back.
An act that carries files names them by digest: bring each with `POST /evidence` first. What a
leader signs is prepared with `POST /cases/{case_id}/proposals`, then signed with the digest read.
"""

COORDINATION = (
    coordination, plan_acts, mechanism, meeting_acts, returns, return_acts, annual, annual_acts,
    supervision,
)  # fmt: skip
"""What is done about a subject stands in the router of what is read of it: one address has one."""


def not_there(request: HttpRequest, **_: Any) -> Any:
    """An address that no operation has, answered in the API's own shape."""
    return answers.answer(request, answers.unknown())


class House(NinjaAPI):
    """The API; its document is put right where ninja's is not what OpenAPI asks for."""

    def get_openapi_schema(self, **_: Any) -> Any:
        return self.document

    @cached_property
    def document(self) -> Any:
        """The OpenAPI document: the same in every request, and a second's work to write."""
        document = super().get_openapi_schema()
        for methods in document["paths"].values():
            for operation in methods.values():
                for parameter in operation["parameters"]:
                    # of a parameter `examples` is a map of named examples, not a list
                    for example in parameter.pop("examples", [])[:1]:
                        parameter["example"] = example
        return document


def build() -> NinjaAPI:
    """The API with every router; made once, for `web.api_urls`."""
    api = House(
        title="产能退出 Phaseout",
        version="1",
        description=DESCRIPTION,
        docs_url=None,
        urls_namespace="api",
        openapi_extra={"info": {"license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}}},
    )
    answers.install(api)
    read = held(Power.READ)
    api.add_router("/me", me.router)
    api.add_router("", registry.router, auth=read)
    api.add_router("/capacity", capacity.router, auth=read)
    api.add_router("/imports", imports.router, auth=read)
    api.add_router("/findings", findings.router, auth=read)
    api.add_router("/runs", runs.router, auth=read)
    api.add_router("/cases", cases.router, auth=read)
    api.add_router("", acts.router, auth=read)
    api.add_router("", exits.router, auth=read)
    api.add_router("/inspections", inspections.router, auth=read)
    for router in dict.fromkeys(each.router for each in COORDINATION):
        api.add_router("/coordination", router, auth=read)
    api.add_router("/lists", lists.router)
    api.add_router("/norms", norms.router)
    return api


api = build()
