"""The documentation page: every operation, read off the OpenAPI document. No script is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from phaseout.law.refusals import Bilingual
from phaseout.web.api.house import api

TAGS: Mapping[str, Bilingual] = {
    "me": ("本人", "Who one is"),
    "registry": ("登记", "Registry"),
    "imports": ("数据导入", "Imports"),
    "findings": ("判定结论", "Findings"),
    "cases": ("案件", "Cases"),
    "runs": ("判定批次", "Judgement runs"),
    "norms": ("标准库", "Norm library"),
}
STATUSES: Mapping[str, Bilingual] = {
    "200": ("已答复", "answered"),
    "201": ("已办理", "done"),
    "202": ("已受理", "accepted, a job does it"),
    "401": ("没有有效令牌", "no good key"),
    "403": ("无权办理", "not within one's powers"),
    "404": ("不存在，或不在管辖范围内", "not there, or not within one's reach"),
    "409": ("未予办理", "refused"),
    "422": ("请求未被理解", "not understood"),
    "429": ("请求过于频繁", "too often"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a field of a body or an answer."""

    name: str
    where: str
    kind: str
    required: bool
    says: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as the page shows it."""

    method: str
    path: str
    id: str
    summary: str
    says: str
    keyless: bool
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    model: str
    statuses: tuple[tuple[str, Bilingual], ...]


@dataclass(frozen=True, slots=True)
class Model:
    """A shape that operations answer with."""

    name: str
    says: str
    fields: tuple[Field, ...]


@require_safe
def documentation(request: HttpRequest) -> HttpResponse:
    """Operations by subject, then the shapes they answer with."""
    groups, models = read_document()
    context = {
        "groups": groups,
        "models": models,
        "document_url": reverse("api:openapi-json"),
        "base": reverse("api:api-root"),
    }
    return render(request, "web/api.html", context)


@cache
def read_document() -> tuple[list[tuple[Bilingual, list[Operation]]], list[Model]]:
    """The OpenAPI document as the page needs it; it is the same in every request."""
    document = api.get_openapi_schema()
    shapes = document["components"]["schemas"]
    operations = list(_operations(document["paths"], shapes))
    groups = [
        (words, [operation for operation, of in operations if of == tag])
        for tag, words in TAGS.items()
    ]
    models = [
        Model(name, shape.get("description", ""), tuple(_fields(shape)))
        for name, shape in sorted(shapes.items())
        if shape.get("properties")
    ]
    return groups, models


def _operations(
    paths: Mapping[str, Any], shapes: Mapping[str, Any]
) -> Iterator[tuple[Operation, str]]:
    for path, methods in paths.items():
        for method, operation in methods.items():
            answers = operation["responses"]
            model = next(_kind(_schema(a)) for code, a in answers.items() if str(code) < "300")
            yield (
                Operation(
                    method=method.upper(),
                    path=path,
                    id=operation["operationId"],
                    summary=operation["summary"],
                    says=operation.get("description", ""),
                    keyless="security" not in operation,
                    parameters=tuple(map(_parameter, operation["parameters"])),
                    body=tuple(_body(operation.get("requestBody"), shapes)),
                    model=model,
                    statuses=tuple((str(code), STATUSES[str(code)]) for code in answers),
                ),
                operation["tags"][0],
            )


def _schema(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    schema: Mapping[str, Any] = answer["content"]["application/json"]["schema"]
    return schema


def _parameter(given: Mapping[str, Any]) -> Field:
    return Field(
        given["name"],
        given["in"],
        _kind(given["schema"]),
        given["required"],
        given.get("description", ""),
    )


def _body(body: Mapping[str, Any] | None, shapes: Mapping[str, Any]) -> Iterator[Field]:
    if body is None:
        return
    ((_, content),) = body["content"].items()
    schema = content["schema"]
    yield from _fields(shapes[schema["$ref"].rsplit("/", 1)[-1]] if "$ref" in schema else schema)


def _fields(shape: Mapping[str, Any]) -> Iterator[Field]:
    required = set(shape.get("required", ()))
    for name, schema in shape["properties"].items():
        yield Field(name, "", _kind(schema), name in required, schema.get("description", ""))


def _kind(schema: Mapping[str, Any]) -> str:
    """A type in a few signs: `text`, `date`, `Both`, `[FindingRow]`, `opens | warns`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " | ".join(dict.fromkeys(_kind(one) for one in schema["anyOf"]))
    if "enum" in schema:
        return " | ".join(str(one) or '""' for one in schema["enum"])
    if "const" in schema:
        return str(schema["const"])
    kind = schema.get("type", "any")
    if kind == "array":
        return f"[{_kind(schema.get('items', {}))}]"
    named = {"string": schema.get("format", "text"), "object": "object", "null": "null"}
    return str(named.get(kind, kind))
