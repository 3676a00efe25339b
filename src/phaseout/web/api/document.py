"""The documentation page: every operation, read off the OpenAPI document. No script is needed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

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
    "acts": ("案件的行为、期限和任务", "Acts, deadlines and tasks of cases"),
    "capacity": ("产能台账", "Capacity ledger"),
    "runs": ("判定批次", "Judgement runs"),
    "inspections": ("监督检查", "Inspections"),
    "coordination": ("统筹协调", "Coordination"),
    "norms": ("标准库", "Norm library"),
    "returns": ("年度报送", "Returns of the year"),
    "annual": ("年度报告", "Annual reports"),
    "lists": ("公布的名单", "Published lists"),
}
SUMMARIES: Mapping[str, str] = {
    "get_me": "我是谁，今日可以做什么",
    "list_enterprises": "企业列表",
    "get_enterprise": "一家企业",
    "list_enterprise_history": "企业登记的历次内容",
    "list_enterprise_facts": "企业的许可证和年度总量指标",
    "list_lines": "生产线列表",
    "get_line": "一条生产线",
    "list_line_history": "生产线登记的历次内容",
    "list_line_facts": "生产线的事实：设备、能耗、排放口、监测、样品、隐患",
    "list_imports": "导入列表",
    "bring_import": "提交文件",
    "get_import": "一次导入：进度与预览",
    "list_import_problems": "被退回的单元格和行",
    "take_import": "入库",
    "abandon_import": "放弃导入",
    "list_findings": "判定结论列表",
    "get_finding": "一条结论及其推理",
    "list_finding_versions": "同一问题的历次结论",
    "list_cases": "案件列表",
    "get_case": "一个案件",
    "examine_opening": "立案会怎样（不写入）",
    "open_case": "立案",
    "open_exit": "依已送达的决定立退出案",
    "apply_exit": "企业申请自愿退出",
    "do_act": "在案件中办理一项行为",
    "prepare_act": "拟制一项待签发的行为",
    "get_proposal": "一项待签发的行为",
    "sign_proposal": "签发",
    "decline_proposal": "退回",
    "withdraw_proposal": "撤回",
    "keep_evidence": "存入案卷文件",
    "list_deadlines": "案件的期限",
    "list_case_tasks": "案件的任务",
    "list_capacity_states": "产能的各种状态",
    "list_capacity_balances": "台账余额",
    "list_capacity_entries": "台账分录列表",
    "get_capacity_entry": "一笔分录及其依据",
    "list_runs": "判定批次列表",
    "list_inspection_plans": "检查计划列表",
    "get_inspection_plan": "一份检查计划",
    "list_inspection_visits": "检查任务列表",
    "get_inspection_visit": "一次检查：检查表和记录",
    "list_work_plans": "年度工作方案各稿",
    "get_work_plan": "一稿方案：目标和进展",
    "list_planned_lines": "方案的生产线及其进展",
    "give_opinion_on_plan": "对方案反馈意见",
    "draft_work_plan": "拟定年度工作方案，或修改成新的一稿",
    "consult_on_plan": "方案征求意见",
    "list_opinions_on_plan": "方案收到的意见和答复",
    "answer_opinion_on_plan": "答复一条意见",
    "submit_work_plan": "方案报请审定",
    "send_back_work_plan": "方案退回修改",
    "adopt_work_plan": "方案审定印发",
    "list_duties": "职责分工和未了、逾期的工作",
    "list_meetings": "协调会议列表",
    "call_meeting": "召集会议",
    "move_meeting": "会议改期、改地点",
    "call_off_meeting": "取消会议",
    "record_meeting_minutes": "拟写会议纪要",
    "issue_meeting_minutes": "印发会议纪要",
    "list_meeting_points": "会议议定事项列表",
    "report_meeting_point": "反馈议定事项的落实情况",
    "check_meeting_point": "核实议定事项的落实情况",
    "get_run": "一个判定批次",
    "list_sources": "查找标准文件",
    "get_source": "一份文件及其各版本",
    "list_source_rows": "文件的各条记录",
    "get_row": "一条记录、核对情况及其他版本中的同一限值",
    "list_in_force": "某日有效的记录",
    "compare_editions": "两个版本之间的变化",
    "count_period": "期间何日届满",
    "list_returns": "一个年度各市、各部门的报送情况",
    "get_return": "一个市的报送：报了什么，账上是什么",
    "file_return": "报送（JSON 行）",
    "get_return_draft": "报送的预填内容",
    "file_return_workbook": "报送（XLSX 表式）",
    "compare_return": "报送、案件与台账并列核对",
    "accept_return": "核对接受一个市的报送",
    "send_back_return": "退回一个市的报送",
    "list_annual_reports": "各年度报告",
    "get_annual_report": "一个年度报告的数字",
    "list_annual_rows": "一个数字后面的各行",
    "list_annual_errata": "一个报告的各号更正",
    "freeze_annual_report": "年度报告取数冻结",
    "sign_annual_report": "年度报告签报",
    "approve_annual_report": "同意年度报告",
    "decline_annual_report": "不同意年度报告",
    "send_annual_report": "报送年度报告",
    "correct_annual_report": "勘误年度报告的一行",
    "get_supervision_figures": "各市、各部门的进展数字",
    "list_supervision_measures": "督查措施列表",
    "get_supervision_measure": "一项督查措施及其要求",
    "answer_supervision_demand": "答复一项督办要求",
    "list_published_lists": "公布的各名单",
    "list_editions": "一个名单的各期",
    "get_edition": "一期名单",
    "list_entries": "一期名单的各条",
    "get_edition_proof": "一期名单已如此公布的证明",
}
"""What each operation is for, in Chinese; the OpenAPI document has the English."""

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
    summary: Bilingual
    says: str
    keyless: bool
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    model: str
    example: str
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
        Model(name, _plain(shape.get("description")), tuple(_fields(shape)))
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
                    summary=(SUMMARIES[operation["operationId"]], operation["summary"]),
                    says=_plain(operation.get("description")),
                    keyless="security" not in operation,
                    parameters=tuple(map(_parameter, operation["parameters"])),
                    body=tuple(_body(operation.get("requestBody"), shapes)),
                    model=model,
                    example=_example(method, path, operation, shapes),
                    statuses=tuple((str(code), STATUSES[str(code)]) for code in answers),
                ),
                operation["tags"][0],
            )


def _example(
    method: str, path: str, operation: Mapping[str, Any], shapes: Mapping[str, Any]
) -> str:
    """A call that could be made, for curl; TOKEN and HOST are one's own."""
    given = {p["name"]: p for p in operation["parameters"]}
    address = re.sub(r"{(\w+)}", lambda m: quote(_sample(given[m[1]])), path)
    query = {n: _sample(p) for n, p in given.items() if p["in"] == "query" and _asked(p)}
    parts = ["curl"]
    if "security" in operation:
        parts.append('-H "Authorization: Bearer $TOKEN"')
    if "Idempotency-Key" in given:
        parts.append('-H "Idempotency-Key: $(uuidgen)"')
    body = operation.get("requestBody")
    if body is not None:
        parts.append(_body_example(body, shapes))
    elif method == "post":
        parts.append("-X POST")
    ask = f"?{urlencode(query)}" if query else ""
    return " ".join([*parts, f'"$HOST{address}{ask}"'])


def _asked(parameter: Mapping[str, Any]) -> bool:
    return bool(parameter["required"] or "example" in parameter)


def _body_example(body: Mapping[str, Any], shapes: Mapping[str, Any]) -> str:
    ((kind, content),) = body["content"].items()
    if kind != "application/json":
        return "-F files=@facts.xlsx"
    shape = shapes[content["schema"]["$ref"].rsplit("/", 1)[-1]]
    required = shape.get("required", shape["properties"])
    example = {n: _value(s) for n, s in shape["properties"].items() if n in required}
    written = json.dumps(example, ensure_ascii=False)
    return f"-H 'Content-Type: application/json' -d '{written}'"


def _sample(parameter: Mapping[str, Any]) -> str:
    return str(parameter.get("example", _value(parameter["schema"])))


def _value(schema: Mapping[str, Any]) -> Any:
    """A value that fits a schema."""
    for named in ("examples", "enum"):
        if schema.get(named):
            return next(value for value in schema[named] if value != "")
    if "default" in schema:
        return schema["default"]
    if schema.get("type") == "array":
        return [_value(schema["items"])]
    samples = {"integer": 1, "date": "2018-03-15", "uuid": "$(uuidgen)"}
    return samples.get(schema.get("format", schema.get("type", "")), "…")


def _schema(answer: Mapping[str, Any]) -> Mapping[str, Any]:
    schema: Mapping[str, Any] = answer["content"]["application/json"]["schema"]
    return schema


def _parameter(given: Mapping[str, Any]) -> Field:
    return Field(
        given["name"],
        given["in"],
        _kind(given["schema"]),
        given["required"],
        _plain(given.get("description")),
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
        says = _plain(schema.get("description"))
        yield Field(name, "", _kind(schema), name in required, says)


def _plain(text: str | None) -> str:
    """Without the marks of Markdown that the document's own texts bear."""
    return (text or "").replace("`", "")


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
