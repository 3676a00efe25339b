"""The reasoning of a technology finding: equipment, catalogue item, date, exception, what helps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from phaseout.law.judgement.explain.english import clause_en, equipment_en
from phaseout.law.judgement.explanation import Explanation, Step
from phaseout.law.judgement.reasons import reasons
from phaseout.law.norms.chinese import in_chinese
from phaseout.law.norms.wording import cited_as, unit_name

Row = Mapping[str, Any]

_CLASS = {"eliminate": ("淘汰类", "eliminate class"), "limit": ("限制类", "limit class")}
_TEST = {
    "lt": ("小于{}", "below {}"),
    "le": ("不超过{}", "at most {}"),
    "gt": ("大于{}", "above {}"),
    "ge": ("不低于{}", "at least {}"),
    "eq": ("等于{}", "equal to {}"),
}
_ESCAPE = {
    "lt": ("不低于{}", "at least {}"),
    "le": ("大于{}", "more than {}"),
    "gt": ("不超过{}", "at most {}"),
    "ge": ("小于{}", "less than {}"),
}
_LATEST = date(9999, 12, 31)
_EARLIEST = date(1, 1, 1)


def explain(row: Row) -> Explanation:
    """The explanation of one row of `judged.technology`.

    The root says what the equipment is under which item; below it stand the measured value, the
    item with its edition and days, the date set for elimination, the exception, what would
    change the answer, and what is missing.
    """
    steps = [_measured(row), _item(row), _parts(row), _deadline(row), _exception(row)]
    steps += [_consequence(row), _wording(row), _unchecked(row)]
    steps += [_would_pass(row), _missing(row)]
    because = tuple(step for step in steps if step is not None)
    zh, en = _verdict(row)
    return Explanation(Step("verdict", zh, en[:1].upper() + en[1:], row["norm_row"] or "", because))


def _verdict(row: Row) -> tuple[str, str]:
    if row["verdict"] == "undetermined":
        return _undetermined(row)
    name_zh, name_en = _name(row)
    if row["outcome"] == "none":
        return (
            f"{name_zh}未列入现行目录的淘汰类和限制类（比对{row['rows_tested']}条）",
            f"{name_en} meets no eliminate or limit item of the catalogue in force "
            f"({row['rows_tested']} rows tested)",
        )
    class_zh, class_en = _CLASS[row["class"]]
    told_zh, told_en = _told(row)
    if row["outcome"] == "not_due":
        return (
            f"{name_zh}{told_zh}属{class_zh}，淘汰期限为{_day_zh(row['deadline'])}，判定日尚未届满",
            f"{name_en}{told_en} is in the {class_en}; elimination is due by {row['deadline']}, "
            "which has not passed",
        )
    if row["outcome"] == "excepted":
        return (
            f"{name_zh}{told_zh}符合{class_zh}条目，但例外成立，不计为落后",
            f"{name_en}{told_en} meets an item of the {class_en}, but an exception of it holds",
        )
    if row["class"] == "limit":
        return (
            f"{name_zh}{told_zh}属限制类：不得新建，应予改造升级；本身不构成落后产能",
            f"{name_en}{told_en} is in the {class_en}: no new building, upgrading is called for; "
            "that alone does not make the capacity outdated",
        )
    return (
        f"{name_zh}{told_zh}属{class_zh}，应予淘汰",
        f"{name_en}{told_en} is in the {class_en} and must go",
    )


def _name(row: Row) -> tuple[str, str]:
    given = row["equipment_type"]
    english = row["wording_en"] if row["exact"] else equipment_en(given)
    return given, english or given


def _told(row: Row) -> tuple[str, str]:
    """Value and limit as the root says them: nothing where presence alone counts."""
    if row["comparator"] == "presence" or row["value"] is None:
        return "", ""
    value_zh, value_en = _quantity(row["value"], row["unit"])
    zh, en = _bounds(row)
    attribute = row["attribute_en"].replace("_", " ")
    return (
        f"{row['indicator']}{value_zh}（条目：{zh}），",
        f" with {attribute} {value_en} (item: {en})",
    )


def _undetermined(row: Row) -> tuple[str, str]:
    words = reasons()
    found = [words.get(code, (code, code)) for code in row["reasons"]]
    zh = "；".join(zh for zh, _ in found)
    en = "; ".join(en for _, en in found)
    name = row["equipment_type"]
    return f"{name}无法判定：{zh}", f"{equipment_en(name)} cannot be judged: {en}"


def _measured(row: Row) -> Step | None:
    if row["value"] is None or row["attribute_en"] is None:
        return None
    if row["comparator"] == "presence":
        return (
            Step("measured", "现场有该设备或工艺", "The equipment or process is there")
            if row["value"]
            else Step("measured", "填报该设备不存在", "Reported as not there")
        )
    zh, en = _quantity(row["value"], row["unit"])
    attribute = row["attribute_en"].replace("_", " ")
    if row["given_unit"] == row["unit"]:
        return Step("measured", f"{row['indicator']}{zh}", f"{attribute.capitalize()} {en}")
    given_zh, given_en = _quantity(row["given_value"], row["given_unit"])
    converted = Step("arithmetic", f"{given_zh}={zh}", f"{given_en} = {en}")
    return Step(
        "measured",
        f"{row['indicator']}{given_zh}，合{zh}",
        f"{attribute.capitalize()} {given_en}, that is {en}",
        because=(converted,),
    )


def _item(row: Row) -> Step | None:
    if row["norm_row"] is None:
        return None
    zh, en = _test(row)
    wording_en = row["wording_en"] or row["wording"]
    number = f"（{row['edition_number']}）" if row["edition_number"] else ""
    class_zh, class_en = _CLASS[row["class"]]
    from_zh, from_en = _validity(row)
    title_zh = row["edition_title_zh"] or row["source_id"]
    edition = Step(
        "edition",
        f"《{title_zh}》{number}，{from_zh}",
        f"{row['edition_title_en'] or row['source_id']} {row['edition_number'] or ''}".rstrip()
        + f", {from_en}",
        row["source_id"],
    )
    return Step(
        "limit",
        f"《{title_zh}》{number}“{row['clause'].removesuffix('#all').strip()}”{class_zh}：{row['wording']}{zh}，{from_zh}",
        f"{cited_as(row['source_id'])[1]}, “{clause_en(row['clause'])}”, {class_en}: {wording_en} "
        f"{en}, {from_en}",
        row["norm_row"],
        (edition,),
    )


def _test(row: Row) -> tuple[str, str]:
    if row["comparator"] == "presence":
        return "（存在即属）", "(its presence alone counts)"
    zh, en = _bounds(row)
    return f"{row['indicator']}{zh}", f"{row['attribute_en'].replace('_', ' ')} {en}"


def _bounds(row: Row) -> tuple[str, str]:
    if row["comparator"] == "gt_lt":
        low, high = row["threshold"].split(";")
        unit_zh, unit_en = _unit(row["unit"])
        return (
            f"大于{low}{unit_zh}且小于{high}{unit_zh}",
            f"above {low}{unit_en} and below {high}{unit_en}",
        )
    zh, en = _TEST[row["comparator"]]
    limit_zh, limit_en = _quantity(row["limit_value"], row["unit"])
    return zh.format(limit_zh), en.format(limit_en)


def _parts(row: Row) -> Step | None:
    """The other tests of a clause that hits only as a whole (#all)."""
    if not row["parts"]:
        return None
    zh, en = [], []
    for part in row["parts"].split(";;"):
        cells = part.split("|")
        if len(cells) < 7:  # CONCAT_WS leaves out the value that was not given
            continue
        _, indicator, attribute, value, comparator, threshold, unit = cells
        test_zh, test_en = _TEST[comparator]
        shown_zh, shown_en = _quantity(Decimal(value), unit)
        limit_zh, limit_en = _quantity(Decimal(threshold), unit)
        zh.append(f"{indicator}{shown_zh}（条目：{test_zh.format(limit_zh)}）")
        en.append(f"{attribute.replace('_', ' ')} {shown_en} (item: {test_en.format(limit_en)})")
    if not zh:
        return None
    return Step(
        "arithmetic",
        f"该条各项须同时满足：{'，'.join(zh)}",
        f"All tests of the item must hit together: {', '.join(en)}",
    )


def _deadline(row: Row) -> Step | None:
    if row["deadline"] is None or row["outcome"] not in ("hit", "not_due"):
        return None
    if row["outcome"] == "not_due":
        return None  # the root says it
    return Step(
        "period",
        f"淘汰期限{_day_zh(row['deadline'])}已过",
        f"Elimination was due by {row['deadline']}",
    )


def _exception(row: Row) -> Step | None:
    if not (row["exceptions_zh"] or row["exceptions_en"]) or row["outcome"] == "none":
        return None
    said_zh = row["exceptions_zh"] or in_chinese(row["exceptions_en"])
    codes = row["reasons"]
    if "exception_proven" in codes:
        document = row["exception_document"]
        zh, en = f"已由{document}确认", f"confirmed by {document}"
    elif "exception_by_facts" in codes:
        zh, en = "填报事实符合，须存卷佐证", "the facts given meet it; the file must hold proof"
    elif "exception_to_be_checked" in codes:
        zh, en = "是否适用待核实", "whether it holds is to be checked"
    elif row["exception_document"]:
        document = row["exception_document"]
        zh, en = f"{document}认定不适用", f"found not to hold by {document}"
    else:
        zh, en = "填报事实不符合或属说明", "not met by the facts given, or a remark only"
    return Step("condition", f"条目附注“{said_zh}”：{zh}", f"Note “{row['exceptions_en']}”: {en}")


def _consequence(row: Row) -> Step | None:
    codes = row["reasons"]
    if "source_not_binding" in codes:
        zh, en = reasons()["source_not_binding"]
        return Step("condition", zh, en[0].upper() + en[1:], row["source_id"])
    if row["outright"] and row["verdict"] == "noncompliant":
        extra = ("，封存不能代替拆除", "; sealing does not replace it")
        zh, en = extra if "sealing_not_an_option" in codes else ("", "")
        return Step(
            "condition",
            f"属“地条钢”装备，应全面拆除{zh}",
            f"Ditiaogang equipment: to be dismantled wholly{en}",
            "NX-SEED-2017 8",
        )
    if "sealed_not_dismantled" in codes:
        return Step(
            "condition",
            "主体设备已封存，记录在案，限时拆除",
            "The main equipment is sealed: on record, to be dismantled by the set date",
            "NX-SEED-2017 8",
        )
    return None


def _wording(row: Row) -> Step | None:
    if row["exact"] is not False or row["outcome"] == "none":
        return None
    return Step(
        "condition",
        f"填报名称“{row['equipment_type']}”与目录“{row['wording']}”按同类设备比对，待核实",
        f"“{row['equipment_type']}” was matched with “{row['wording_en'] or row['wording']}” "
        "as the same kind; to be confirmed",
    )


def _unchecked(row: Row) -> Step | None:
    if "norm_not_verified" not in row["reasons"]:
        return None
    zh, en = reasons()["norm_not_verified"]
    return Step("remark", f"{zh}，本认定为暂定", f"Provisional: {en}")


def _would_pass(row: Row) -> Step | None:
    if row["outcome"] not in ("hit", "not_due"):
        return None
    attribute = (row["attribute_en"] or "").replace("_", " ")
    if row["comparator"] in _ESCAPE and not row["parts"]:
        zh, en = _ESCAPE[row["comparator"]]
        limit_zh, limit_en = _quantity(row["limit_value"], row["unit"])
        return Step(
            "would_pass",
            f"{row['indicator']}{zh.format(limit_zh)}即不属该条",
            f"Outside the item with {attribute} {en.format(limit_en)}",
        )
    if row["comparator"] == "gt_lt":
        high = row["threshold"].split(";")[1]
        unit_zh, unit_en = _unit(row["unit"])
        return Step(
            "would_pass",
            f"{row['indicator']}不低于{high}{unit_zh}即不属该条",
            f"Outside the item with {attribute} of {high}{unit_en} or more",
        )
    if row["parts"]:
        return Step(
            "would_pass", "任一项超出条目数值即不属该条", "Outside the item once one test fails"
        )
    return Step(
        "would_pass", "拆除主体设备后不再属该条", "Gone once the main equipment is dismantled"
    )


def _missing(row: Row) -> Step | None:
    if row["verdict"] != "undetermined" or not row["missing_zh"]:
        return None
    return Step(
        "missing",
        f"须补报：{row['missing_zh']}",
        f"To be supplied: {row['missing_en'].replace('_', ' ')}",
    )


def _validity(row: Row) -> tuple[str, str]:
    start, end = row["effective_from"], row["effective_to"]
    if start == _EARLIEST:
        zh, en = "自发布起", "in force since its issue"
    else:
        zh, en = f"自{_day_zh(start)}起", f"in force from {start}"
    if end == _LATEST:
        return f"{zh}有效", en
    return f"{zh}至{_day_zh(end)}有效", f"{en} to {end}"


def _quantity(value: Decimal | None, unit: str | None) -> tuple[str, str]:
    if value is None:
        return "", ""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    zh, en = _unit(unit)
    return f"{text}{zh}", f"{text}{en}"


def _unit(unit: str | None) -> tuple[str, str]:
    zh, en = unit_name(unit or "", "zh"), unit_name(unit or "", "en")
    return f" {zh}".rstrip(), f" {en}".rstrip()


def _day_zh(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
