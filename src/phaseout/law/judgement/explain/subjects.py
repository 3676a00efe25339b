"""What a finding is about, in words: the tables keep codes, which are part of its identity.

energy        焦炭|捣固焦炉            coke (stamp-charging coke oven)
environment   DA001 a21026            outlet DA001
              (USCC) a21026 annual    total of sulphur dioxide
quality       S-2018-3                sample S-2018-3
safety        emission_permit         emission permit; of a hazard its number
technology    E-12                    equipment E-12
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from phaseout.law.judgement.dimensions import Dimension
from phaseout.law.judgement.explain.energy_parts import english_names
from phaseout.law.judgement.explain.english import pollutant_names
from phaseout.law.norms import NormBook
from phaseout.law.norms.methods import method_rows
from phaseout.law.refusals import Bilingual

CODE = re.compile(r"[a-z]\d{5}")
"""How HJ 212 writes a pollutant's code."""

_TOTAL = re.compile(r"[0-9A-Z]{18} (\S+) (\w*)")
_NUMBERED: Mapping[str, Bilingual] = {
    Dimension.QUALITY: ("样品", "sample "),
    Dimension.TECHNOLOGY: ("设备", "equipment "),
}


def subject_words(judged_by: str, subject: str) -> Bilingual:
    """The subject of a finding in Chinese and English; what has no name stays as it is.

    >>> subject_words("safety", "emission_permit"), subject_words("environment", "DA001 a21026")
    (('排污许可证', 'emission permit'), ('排放口DA001', 'outlet DA001'))
    >>> subject_words("environment", "91640100MA00000001 a21026 annual")
    ('二氧化硫排放总量', 'total of sulphur dioxide')
    """
    if judged_by == Dimension.ENERGY:
        return _made(subject)
    if judged_by == Dimension.ENVIRONMENT:
        return _emitted(subject)
    if judged_by == Dimension.SAFETY:
        return permit_names().get(subject) or (f"隐患{subject}", f"hazard {subject}")
    zh, en = _NUMBERED.get(judged_by, ("", ""))
    return f"{zh}{subject}", f"{en}{subject}"


def indicator_words(judged_by: str, subject: str, indicator: str | None) -> Bilingual:
    """What was asked of the subject: pollutant, characteristic, attribute; twice nothing where the
    subject says it already (a permit, a total)."""
    if not indicator or (judged_by == Dimension.SAFETY and subject in permit_names()):
        return "", ""
    if judged_by == Dimension.ENVIRONMENT:
        if _TOTAL.fullmatch(subject):
            return "", ""
        zh, en = pollutant_names(subject.rpartition(" ")[2])
        return zh if CODE.fullmatch(indicator) else indicator, en
    return indicator, _indicators().get(judged_by, {}).get(indicator, indicator)


@cache
def permit_names() -> Mapping[str, Bilingual]:
    """Kind of permit, or any name of it that people write → its Chinese and English name."""
    kinds: Any = method_rows("permit_kinds")
    written: Any = method_rows("permit_names")
    names = {row.kind: (row.name_zh, row.name_en) for row in kinds}
    return {row.name: names[row.kind] for row in written if row.kind in names} | names


def _made(subject: str) -> Bilingual:
    product, _, process = subject.partition("|")
    names = english_names()
    product_en, process_en = (names.get(name, name) for name in (product, process))
    if not process:
        return product, product_en
    return f"{product}（{process}）", f"{product_en} ({process_en})"


def _emitted(subject: str) -> Bilingual:
    total = _TOTAL.fullmatch(subject)
    if total:
        zh, en = pollutant_names(total[1])
        return f"{zh}排放总量", f"total of {en}"
    outlet, _, pollutant = subject.rpartition(" ")
    return f"排放口{outlet or pollutant}", f"outlet {outlet or pollutant}"


@cache
def _indicators() -> Mapping[str, Mapping[str, str]]:
    """Chinese → English name of what is asked, by the judgement that asks it."""
    book = NormBook.load()
    return {
        Dimension.ENERGY: english_names(),
        Dimension.QUALITY: {
            r.characteristic_zh: r.characteristic_en for r in book.product_standards
        },
        Dimension.SAFETY: {r.criterion_zh_short: r.criterion_en for r in book.hazard_criteria},
        Dimension.TECHNOLOGY: {
            r.attribute_zh: r.attribute_en.replace("_", " ") for r in book.equipment_catalogue
        },
    }
