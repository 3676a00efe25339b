"""What is asked of equipment on a day, as plain data that a plan keeps and a phone takes along."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from phaseout.law.dismantling.rows import (
    FORMS,
    KINDS,
    Confidence,
    EvidenceRow,
    FieldRow,
    GateRow,
    NameRow,
    PartRow,
    WordRow,
    rows,
)
from phaseout.law.refusals import Bilingual, Refusal

LINE = "line"
OTHER = "other"
LONGEST = 500
"""Characters of a text field of a record."""

ACTS: Mapping[str, GateRow] = {row.act: row for row in rows(GateRow, "gates")}
"""Acts of a case that wait for items, and for which."""


@dataclass(frozen=True, slots=True)
class Equipment:
    """A piece of equipment of a plan. `parts` are named by the plan beside those of the table."""

    id: str
    name: str
    kind: str
    parts: tuple[str, ...] = ()


def kind_of(type_: str, industry: str) -> str:
    """The kind of a piece of equipment by what it is called; `other`: our tables know none.

    >>> kind_of("炼铁高炉", "steel"), kind_of("中频炉", "steel"), kind_of("轧机", "steel")
    ('blast_furnace', 'ditiaogang', 'other')
    """
    called = type_.casefold()
    for row in rows(NameRow, "names"):
        if row.industry == industry and row.word in called:
            return row.kind
    return OTHER


def sheet(equipment: Sequence[Equipment], form: str, on: date) -> dict[str, Any]:
    """What is asked: the items of each piece of equipment, then those of the line.

    Returns: `form`, `on`, `equipment` (id, name, kind, own parts) and `items`; each item has `id`,
    `equipment` (or "line"), `about`, `zh`, `en`, `record`, `gate`, `slots` (`slot`, `type`,
    `at_least`, `zh`, `en`), `acts` of the case that show the same, `seen` (False: our proposal),
    `source`, `clause`; and, for the plan to fill, `responsible`, `begins`, `ends`, `left_out`.

    Raises:
        Refusal: `plan.no-equipment`, `plan.form-unknown`, `plan.form-unfit`, `plan.parts-unnamed`.
    """
    if form not in FORMS:
        raise _unfit("plan.form-unknown", ("没有这种退出方式。", "there is no such form."))
    if not equipment:
        raise _unfit("plan.no-equipment", ("没有列入任何设备。", "no equipment is named."))
    items: list[dict[str, Any]] = []
    for one in equipment:
        _fit(one, form)
        items += _of_equipment(one, form, on)
    items += _grouped(LINE, _evidence(form, LINE))
    return {
        "form": form,
        "on": on.isoformat(),
        "equipment": [
            {"id": one.id, "name": one.name, "kind": one.kind, "parts": list(one.parts)}
            for one in equipment
        ],
        "items": items,
    }


def rules() -> dict[str, Any]:
    """How records are checked, as JSON: fields of each kind of record, words of each problem."""
    fields: dict[str, list[dict[str, Any]]] = {}
    for row in rows(FieldRow, "records"):
        fields.setdefault(row.record, []).append(
            {
                "field": row.field,
                "type": row.type,
                "required": row.required == "yes",
                "when": [one.split("=") for one in row.when.split("|") if one],
                "zh": row.zh,
                "en": row.en,
            }
        )
    return {
        "records": fields,
        "without_item": ["visit"],
        "files_at_least": {name: 1 for name in fields if name != "tick"},
        "longest": LONGEST,
        "words": {row.code: [row.zh, row.en] for row in rows(WordRow, "words")},
    }


def _fit(one: Equipment, form: str) -> None:
    row = KINDS.get(one.kind)
    if row is None:
        raise _unfit(
            "plan.kind-unknown", (f"没有“{one.kind}”这类设备。", f"there is no kind {one.kind!r}.")
        )
    if form not in row.forms.split(";"):
        zh, en = FORMS[form].zh, FORMS[form].en
        ditiaogang = one.kind == "ditiaogang"
        why: Bilingual = (
            f"{row.zh}不能采用“{zh}”"
            + ("：实施意见第（八）项要求依法全面拆除。" if ditiaogang else "。"),
            f"{row.en}: “{en}” is not open"
            + (
                "; item (8) of the Opinions wants all of it dismantled by law."
                if ditiaogang
                else "."
            ),
        )
        raise _unfit("plan.form-unfit", why)
    if not one.parts and form != "stop" and not any(r.kind == one.kind for r in _parts()):
        raise _unfit(
            "plan.parts-unnamed",
            (
                f"“{one.name}”没有可用的拆除部位清单，方案须写明应拆除的主体设备。",
                f"our tables name no parts of {one.name}: the plan must name what is to go.",
            ),
        )


def _of_equipment(one: Equipment, form: str, on: date) -> Iterator[dict[str, Any]]:
    if form != "stop":
        for row in _parts():
            if row.kind == one.kind and row.holds_on(on):
                yield _part(one, row, form)
        for number, name in enumerate(one.parts, 1):
            own = PartRow(
                one.kind, f"own{number}", "photo", name, name, None, None,
                "PHASEOUT-PROPOSAL", "拆除方案", Confidence.PROPOSED,
            )  # fmt: skip
            yield _part(one, own, form)
    yield from _grouped(one.id, _evidence(form, "equipment"))


def _part(one: Equipment, row: PartRow, form: str) -> dict[str, Any]:
    asked = list(_evidence(form, f"part:{row.proof}"))
    return {
        **_item(one.id, row.part, "part", row.zh, row.en, asked[0].record, asked[0].gate),
        "slots": [_slot(need) for need in asked],
        **_rests(row.source_id, row.clause, row.confidence),
    }


def _grouped(owner: str, needs: Iterable[EvidenceRow]) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for need in needs:
        about = LINE if owner == LINE else "equipment"
        item = found.setdefault(
            need.item,
            {
                **_item(
                    owner, need.item, about, need.item_zh, need.item_en, need.record, need.gate
                ),
                "slots": [],
                "acts": need.acts.split(";") if need.acts else [],
                **_rests(need.source_id, need.clause, need.confidence),
            },
        )
        if need.slot:
            item["slots"].append(_slot(need))
    return list(found.values())


def _item(
    owner: str, code: str, about: str, zh: str, en: str, record: str, gate: str
) -> dict[str, Any]:
    return {
        "id": f"{owner}/{code}",
        "equipment": owner,
        "about": about,
        "zh": zh,
        "en": en,
        "record": record,
        "gate": gate,
        "acts": [],
        "responsible": "",
        "begins": "",
        "ends": "",
        "left_out": "",
    }


def _rests(source_id: str, clause: str, confidence: Confidence) -> dict[str, Any]:
    seen = confidence is not Confidence.PROPOSED
    return {"seen": seen, "source": source_id, "clause": clause}


def _slot(need: EvidenceRow) -> dict[str, Any]:
    return {
        "slot": need.slot,
        "type": need.type,
        "at_least": need.at_least,
        "zh": need.zh,
        "en": need.en,
    }


def _parts() -> tuple[PartRow, ...]:
    return rows(PartRow, "parts")


def _evidence(form: str, about: str) -> Iterator[EvidenceRow]:
    return (
        row
        for row in rows(EvidenceRow, "evidence")
        if row.about == about and form in row.forms.split(";")
    )


def _unfit(code: str, why: Bilingual) -> Refusal:
    return Refusal(
        code,
        what=("不能拟定该方案", "the plan cannot be made"),
        why=why,
        instead=("请改正后再提交。", "Mend it and send it again."),
    )
