"""What an entry rests on, in words and as a link, for who may open it.

Acts belong to a room above: it registers who puts them into words (`say_acts`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.urls import reverse

from phaseout.accounts.scope import Scope
from phaseout.law.refusals import Bilingual
from phaseout.registry.imports.reach import visible_to
from phaseout.registry.models import CapacityEntry, Import

Acts = Callable[[Collection[UUID], Scope], Mapping[UUID, tuple[Bilingual, str]]]
_ACTS: list[Acts] = []

KINDS: Mapping[str, Bilingual] = {
    "registration": ("登记", "registered"),
    "adjustment": ("登记产能调整", "registered capacity adjusted"),
    "transfer": ("权属或属地变更", "other owner or place"),
    "replacement": ("用于产能置换", "used for replacement"),
    "found": ("认定落后", "found outdated"),
    "lifted": ("不再认定落后", "no longer found outdated"),
    "act": ("案件行为", "act of a case"),
    "counter": ("冲销", "counter-entry"),
}
_CHANGES: Mapping[str, Bilingual] = {
    "files": ("导入", "import"),
    "merge": ("合并企业", "merging of enterprises"),
    "parting": ("撤销合并", "merging undone"),
    "transfer": ("转让生产线", "sale of the line"),
}


@dataclass(frozen=True, slots=True)
class Ground:
    """What an entry rests on; `url` is empty where the reader may not open it."""

    words: Bilingual
    url: str


def say_acts(acts: Acts) -> None:
    """Have acts put into words by `acts(keys, scope)`: key → (words, address or empty)."""
    _ACTS[:] = [acts]


def grounds_of(entries: Iterable[CapacityEntry], scope: Scope, user: Any) -> dict[int, Ground]:
    """Entry → its ground; two queries whatever their number."""
    rows = list(entries)
    numbers = {each.of_import_id for each in rows if each.of_import_id}
    imports = Import.objects.filter(pk__in=numbers)
    kinds = dict(imports.values_list("pk", "kind"))
    opened = set(imports.filter(visible_to(scope, user)).values_list("pk", flat=True))
    keys = {each.act_key for each in rows if each.act_key}
    acts = _ACTS[0](keys, scope) if keys and _ACTS else {}
    return {each.pk: _ground(each, kinds, opened, acts) for each in rows}


def _ground(
    entry: CapacityEntry,
    kinds: Mapping[int, str],
    opened: Collection[int],
    acts: Mapping[UUID, tuple[Bilingual, str]],
) -> Ground:
    if entry.of_import_id is not None:
        zh, en = _CHANGES[kinds.get(entry.of_import_id, "files")]
        number = entry.of_import_id
        url = reverse("import", args=[number]) if number in opened else ""
        return Ground((f"{zh} {number}", f"{en} {number}"), url)
    if entry.act_key is not None:
        words, url = acts.get(entry.act_key, ((entry.act_kind, entry.act_kind), ""))
        number_of = entry.case_number
        return Ground((f"{number_of} {words[0]}", f"{number_of} {words[1]}"), url)
    if entry.standing_no is not None:
        day = entry.effective_on.isoformat()
        url = f"{reverse('findings')}?line={quote(entry.line_id)}"
        return Ground((f"{day} 判定", f"judgement of {day}"), url)
    if entry.corrects_id is not None:
        number = entry.corrects_id
        url = reverse("capacity-entry", args=[number])
        return Ground((f"冲销第{number}笔", f"counters entry {number}"), url)
    name = entry.document.name if entry.document else ""
    return Ground((f"置换方案：{name}", f"replacement plan: {name}"), "")
