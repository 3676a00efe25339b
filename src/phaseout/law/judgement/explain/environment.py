"""The reasoning of an environment finding: counts, the gravest value, limit, conversion, shares."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

from phaseout.law.judgement.explain.english import clause_en, condition_key, pollutant_names
from phaseout.law.judgement.explain.figures import (
    cited,
    clause_zh,
    day_zh,
    number,
    quantity,
    share,
    validity,
)
from phaseout.law.judgement.explanation import Explanation, Step
from phaseout.law.judgement.reasons import reasons
from phaseout.law.norms.book import NormBook
from phaseout.law.norms.chinese import in_chinese
from phaseout.law.norms.methods import method_rows
from phaseout.law.norms.methods.environment import DataMark
from phaseout.law.norms.reading import Kind, read
from phaseout.law.norms.records import EmissionLimit

Row = Mapping[str, Any]

_NOTICE = Step(
    "remark",
    "自动监测数据须经环境保护（生态环境）主管部门认可后方可作为证据",
    "Automatic data are evidence only once the environment authority has accepted them",
)
_CLASSES = str.maketrans("一二三", "123")
_KIND = {
    "existing": ("现有企业限值", "limit for existing plants"),
    "new": ("新建企业限值", "limit for new plants"),
    "special": ("特别排放限值", "special limit"),
    "ultra_low": ("超低排放限值", "ultra-low limit"),
}


def explain(row: Row) -> Explanation:
    """The explanation of one row of `judged.environment`.

    The root is the verdict with the gravest value and the limit; below it stand the limit and its
    edition, the conversion of the gravest hour, the counts, the capture rate, what would pass,
    what is missing, and that the data must be accepted.
    """
    if row["asked_of"] == "allowance":
        return _mass(row)
    if row["asked_of"] == "silence":
        return Explanation(
            Step(
                "verdict",
                f"排放口{row['subject']}无法判定",
                f"Outlet {row['subject']} cannot be judged",
                because=(_missing(row) or _NOTICE,),
            )
        )
    zh, en = _verdict(row)
    steps = (
        _limit(row),
        _arithmetic(row),
        _counts(row),
        _capture(row),
        _notes(row),
        _serious(row),
        _would_pass(row),
        _missing(row),
        _NOTICE,
    )
    return Explanation(
        Step("verdict", zh, en, row["norm_row"] or "", tuple(s for s in steps if s is not None))
    )


def _verdict(row: Row) -> tuple[str, str]:
    what_zh, what_en = _what(row)
    if row["comparator"] is None:
        return f"{what_zh}没有可比较的限值，无法判定", f"{what_en} has no limit to compare with"
    bound_zh, bound_en = _bound(row)
    if row["verdict"] == "compliant":
        value, value_en = _value(row)
        return (
            f"{what_zh}最大值{value}，未超过{bound_zh}",
            f"{what_en}: largest value {value_en}, within {bound_en}",
        )
    if row["verdict"] == "undetermined":
        return (
            f"{what_zh}是否符合{bound_zh}无法判定",
            f"Whether {what_en} meets {bound_en} cannot be told",
        )
    value, value_en = _value(row)
    over_zh = over_en = ""
    limit = row["limit_value"]
    if row["comparator"] == "<=" and limit:
        multiple = (row["value"] - limit) / limit
        over_zh = f"，超标{_short(multiple)}倍"
        over_en = f", {_short(multiple)} times the limit above it"
    return (
        f"{what_zh}超标：最大值{value}（{_when(row)[0]}），{bound_zh}{over_zh}",
        f"{what_en} exceeds: largest value {value_en} ({_when(row)[1]}), {bound_en}{over_en}",
    )


def _what(row: Row) -> tuple[str, str]:
    period_zh = f"{day_zh(row['period_start'])}至{day_zh(row['period_end'])}"
    zh, en = row["indicator"], row["pollutant_en"]
    if not en:  # no limit names it: the finding goes by its code
        zh, en = pollutant_names(row["indicator"])
    return (
        f"排放口{row['outlet_id']}（{row['outlet_source']}）{period_zh}{zh}",
        f"Outlet {row['outlet_id']}, {en}, {row['period_start']} to {row['period_end']}",
    )


def _bound(row: Row) -> tuple[str, str]:
    if row["comparator"] == "between":
        low, high = number(row["lower_limit"]), number(row["upper_limit"])
        return f"限值{low}至{high}", f"the range {low} to {high}"
    text = _unit(row["limit_value"], row["unit"])
    if row["comparator"] == ">=":
        return f"限值不低于{text}", f"the limit of at least {text}"
    return f"限值{text}", f"the limit of {text}"


def _unit(value: Decimal, unit: str | None) -> str:
    """
    >>> _unit(Decimal("300.000000"), "mg/m3"), _unit(Decimal("1"), "grade")
    ('300 mg/m³', '1')
    """
    return number(value) if unit in (None, "none", "times", "grade") else quantity(value, unit)


def _short(value: Decimal) -> str:
    return number(value.quantize(Decimal("0.0001")))


def _value(row: Row) -> tuple[str, str]:
    if row["value"] is None:
        return "—", "none"
    text = _unit(row["value"], row["unit"])
    return text, text


def _when(row: Row) -> tuple[str, str]:
    day, hour = row["worst_day"], row["worst_hour"]
    if day is None:
        return "", ""
    if hour is None or row["averaging"] == "day":
        return day_zh(day) + ("日均值" if hour is None else ""), f"{day}"
    return f"{day_zh(day)}{hour}时", f"{day} {hour:02d}:00"


@cache
def _source(source_id: str | None) -> tuple[str, str]:
    source = NormBook.load().sources.get(source_id or "")
    if source is None:
        return source_id or "", source_id or ""
    name = f"{source.number} " if source.number else ""
    return f"{name}《{source.title_zh}》", cited(source.number, source.title_en)


def _clause(clause: str | None) -> str:
    """Clause and table: `4.1.1 表1` is 第4.1.1条表1."""
    first, _, rest = (clause or "").partition(" ")
    return clause_zh(first) + rest if first else ""


def _limit(row: Row) -> Step | None:
    if row["norm_row"] is None and not row["by_permit"]:
        return None
    kind_zh, kind_en = _KIND.get(row["limit_kind"] or "", ("限值", "limit"))
    name_zh, name_en = _source(row["standard_id"])
    if row["by_permit"]:
        permit_zh, permit_en = _source(row["source_id"])
        standard = _unit(row["standard_limit"], row["unit"]) if row["norm_row"] else ""
        zh = f"以排污许可证许可排放浓度{_unit(row['limit_value'], row['unit'])}为准（{permit_zh}）"
        en = f"The permitted concentration governs ({permit_en})"
        if row["norm_row"]:
            zh += f"，严于{name_zh}{_clause(row['standard_clause'])}的{standard}"
            en += f": stricter than {standard} of {name_en}, {clause_en(row['standard_clause'])}"
        return Step("limit", zh, en, row["norm_row"] or "")
    from_zh, from_en = validity(row["effective_from"], row["effective_to"])
    zh = f"依据{name_zh}{_clause(row['standard_clause'])}{kind_zh}，{from_zh}"
    clause = clause_en(row["standard_clause"])
    en = f"{kind_en[:1].upper()}{kind_en[1:]} of {name_en}, {clause}, {from_en}"
    if row["area_document"]:
        zh += f"；特别排放限值由{row['area_document']}确定适用"
        en += f"; special limits apply here by {row['area_document']}"
    return Step("limit", zh, en, row["norm_row"], _chosen_by(row["norm_row"]))


@cache
def _chosen_by(norm_row: str) -> tuple[Step, ...]:
    """The conditions that chose this limit among those of its table: without them nobody can tell
    why 300 mg/m³ holds and not 200."""
    limit = NormBook.load().row(norm_row)
    prose = (limit.condition or "") if isinstance(limit, EmissionLimit) else ""
    parts = read("emission_limits", "condition", prose)
    said = list(dict.fromkeys(part.prose for part in parts if part.kind is Kind.CONDITION))
    if not said:
        return ()
    said_en = "; ".join(said).translate(_CLASSES)
    return (
        Step(
            "remark",
            f"该限值的适用条件：{'；'.join(in_chinese(text) for text in said)}（按填报的情况选定）",
            f"The limit holds for: {said_en} (chosen by what is reported)",
            norm_row,
        ),
    )


def _arithmetic(row: Row) -> Step | None:
    if row["fold"] is None or row["value"] is None:
        return None
    air, fold = number(row["oxygen"]), row["fold"]
    if row["reference_o2"] is not None or row["excess_air"] is None:
        reference = number(row["oxygen"] - fold)
        formula = f"C×({air}−{reference})/({air}−O₂)"
    else:
        formula = f"C×{air}/({air}−O₂)/{number(row['excess_air'])}"
    if row["worst_o2"] is None or row["worst_raw"] is None:
        return Step("arithmetic", f"折算式：{formula}", f"Converted by {formula}")
    raw, oxygen = number(row["worst_raw"]), number(row["worst_o2"])
    worked = formula.replace("C", raw).replace("O₂", oxygen)
    if row["fold_mode"] != "one":
        return Step(
            "arithmetic",
            f"修改单施行日期未知，实测值与折算值{worked}并列比较",
            f"Start of the amendment unknown: measured and converted value ({worked}) compared",
        )
    value = number(row["value"])
    return Step(
        "arithmetic",
        f"实测{raw}、氧含量{oxygen}%，折算值{worked}＝{value}",
        f"Measured {raw} at {oxygen} % O2, converted {worked} = {value}",
    )


def _counts(row: Row) -> Step:
    hourly = row["averaging"] == "hour"
    zh = f"有效{row['valid_count']}{'小时' if hourly else '日'}"
    en = f"{row['valid_count']} valid {'hours' if hourly else 'days'}"
    if row["exceeding_count"]:
        unit_zh = "小时" if hourly else ("日" if row["comparator"] == "<=" else "次")
        zh += f"，超标{row['exceeding_count']}{unit_zh}"
        en += f", {row['exceeding_count']} exceeding"
        if row["first_exceeding"] is not None and hourly:
            first, last = _hour(row["first_exceeding"]), _hour(row["last_exceeding"])
            zh += f"（首次{first[0]}，末次{last[0]}）"
            en += f" (first {first[1]}, last {last[1]})"
    zh += f"；有效{row['valid_days']}日，日均值超标{row['exceeding_days']}日"
    en += f"; {row['valid_days']} valid days, {row['exceeding_days']} with the mean above the limit"
    return Step("count", zh, en, "", _count_details(row))


def _hour(moment: datetime) -> tuple[str, str]:
    return f"{day_zh(moment.date())}{moment.hour}时", f"{moment:%Y-%m-%d %H:%M}"


_DETAILS = (
    ("invalid", "无效数据", "invalid readings"),
    ("stopped", "停运", "stopped"),
    ("not_judgeable", "不可判定（氧含量缺失、无效或不低于空气，或单位无法换算）", "not judgeable"),
    ("mismatched", "均值时段不符", "of another averaging time"),
    ("unmarked", "无数据标记，按正常计", "without a mark, counted as normal"),
    ("manual", "手工监测", "manual results"),
)


def _count_details(row: Row) -> tuple[Step, ...]:
    found = []
    for column, zh, en in _DETAILS:
        if row[column]:
            told = _marks(row["marks"], row["period_end"]) if column == "invalid" else ("", "")
            found.append(
                Step("count", f"{zh}{row[column]}个{told[0]}", f"{row[column]} {en}{told[1]}")
            )
    return tuple(found)


def _marks(counted: str | None, day: date) -> tuple[str, str]:
    """Why readings are invalid: the marks of the loggers in words, each with how many.

    >>> _marks("B:3;C:13", date(2017, 12, 31))[0]
    '（通讯异常B 3个、校准C 13个）'
    """
    if not counted:
        return "", ""
    known = _meanings(day)
    pairs = [part.partition(":") for part in counted.split(";")]
    zh = "、".join(f"{known.get(mark, ('', ''))[0]}{mark} {n}个" for mark, _, n in pairs)
    en = ", ".join(f"{n} {mark} {known.get(mark, ('', ''))[1]}".rstrip() for mark, _, n in pairs)
    return f"（{zh}）", f" ({en})"


@cache
def _meanings(day: date) -> Mapping[str, tuple[str, str]]:
    """What each mark means in the edition of the transmission standard in force on the day."""
    return {
        row.mark: (row.meaning_zh, row.meaning_en)
        for row in method_rows("data_marks")
        if isinstance(row, DataMark)
        and (row.effective_from is None or row.effective_from <= day)
        and (row.effective_to is None or day <= row.effective_to)
    }


def _capture(row: Row) -> Step | None:
    if row["capture_rate"] is None or row["least_share"] is None or not row["valid_count"]:
        return None
    rate = share(row["capture_rate"], Decimal(1))
    least = number(row["least_share"] * 100)
    name_zh, name_en = _source(row["share_source"])
    hours_zh, hours_en = ("小时", "hours") if row["averaging"] == "hour" else ("日", "days")
    return Step(
        "count",
        f"有效数据捕集率{row['valid_count']}/{row['base_count']}{hours_zh}＝{rate}%，"
        f"要求不低于{least}%（{name_zh}）",
        f"Capture rate {row['valid_count']}/{row['base_count']} {hours_en} = {rate} %, at least "
        f"{least} % required ({name_en})",
    )


def _notes(row: Row) -> Step | None:
    zh, en = [], []
    if row["over_range"]:
        zh.append(f"{row['over_range']}个数据超测量上限，应核查是否掩盖超标")
        en.append(f"{row['over_range']} readings above the measuring range: check")
    if row["unmarked"]:
        zh.append(f"{row['unmarked']}个数据没有标记，按正常计")
        en.append(f"{row['unmarked']} readings carry no mark and count as normal")
    if row["manual"]:
        zh.append(f"手工监测{row['manual']}个，其中超标{row['manual_exceeding']}个")
        en.append(f"{row['manual']} manual results, {row['manual_exceeding']} exceeding")
    if row["unweighted_days"]:
        zh.append(f"{row['unweighted_days']}日缺少流量，日均值为算术平均")
        en.append(f"{row['unweighted_days']} daily means are arithmetic for lack of flow")
    if not zh:
        return None
    text = "; ".join(en)
    return Step("remark", "；".join(zh), text[:1].upper() + text[1:])


def _serious(row: Row) -> Step | None:
    if row["verdict"] != "noncompliant" or row["share_of_exceeding_days"] is None:
        return None
    rate = share(row["share_of_exceeding_days"], Decimal(1))
    if row["serious"] is None:
        return Step(
            "remark",
            f"超标日占有效日{rate}%；“严重超标”的标准须由主管部门以文件规定，尚未设定",
            f"Exceeding days are {rate} % of valid days; what is serious an authority must set "
            "with a document number, and none has",
        )
    zh, en = ("属于", "is") if row["serious"] else ("不属于", "is not")
    return Step(
        "count",
        f"超标日占有效日{rate}%，按{row['serious_document']}{zh}严重超标",
        f"Exceeding days are {rate} % of valid days: this {en} serious by "
        f"{row['serious_document']}",
    )


def _would_pass(row: Row) -> Step | None:
    if row["verdict"] != "noncompliant" or row["comparator"] != "<=" or not row["value"]:
        return None
    lower = share(row["value"] - row["limit_value"], row["value"])
    return Step(
        "would_pass",
        f"最大值下降{lower}%即可达标",
        f"Would pass if the largest value fell by {lower} %",
    )


_KIND_MISSING = (
    "限值类别或环评批准日期（limit_kind / approved_on）",
    "kind of limit or day the EIA was approved (limit_kind / approved_on)",
)


def _missing(row: Row) -> Step | None:
    # What is serious has a step of its own.
    codes = [code for code in row["reasons"] if code != "serious_exceedance"]
    if not codes:
        return None
    words = reasons()
    zh = "；".join(words[code][0] for code in codes)
    en = "; ".join(words[code][1] for code in codes)
    keys = [condition_key(key) for key in (row["missing_keys"] or "").split(",") if key]
    if row["kind_missing"]:
        keys.append(_KIND_MISSING)
    if keys:
        zh += f"（待补：{'、'.join(zh for zh, _ in keys)}）"
        en += f" (to be given: {', '.join(en for _, en in keys)})"
    return Step("missing", zh, en[:1].upper() + en[1:])


def _mass(row: Row) -> Explanation:
    """Mass against a ceiling of total quantity; filled hours are shown apart."""
    basis_zh, basis_en = row["basis_zh"] or "总量指标", row["basis_en"] or "ceiling"
    name_zh, name_en = pollutant_names(row["indicator"])
    period_zh = f"{day_zh(row['period_start'])}至{day_zh(row['period_end'])}"
    ceiling = f"{number(row['limit_value'])} {row['unit']}"
    if row["verdict"] == "undetermined":
        head = Step(
            "verdict",
            f"{name_zh}排放量与{basis_zh}{ceiling}无法比较",
            f"Mass of {name_en} cannot be compared with the {basis_en}, {ceiling}",
        )
    else:
        word_zh, word_en = (
            ("超过", "exceeds") if row["verdict"] == "noncompliant" else ("未超过", "is within")
        )
        value = f"{number(row['value'])} t"
        head = Step(
            "verdict",
            f"{period_zh}{name_zh}实测排放量{value}，{word_zh}{basis_zh}{ceiling}",
            f"{row['period_start']} to {row['period_end']}: measured mass of {name_en} "
            f"{value} {word_en} the {basis_en}, {ceiling}",
            row["norm_row"] or "",
        )
    source_zh, source_en = _source(row["source_id"])
    steps = [
        Step(
            "limit",
            f"依据{source_zh}{_clause(row['clause'])}",
            f"By {source_en}" + (f", {clause_en(row['clause'])}" if row["clause"] else ""),
            row["norm_row"] or "",
        ),
        Step(
            "arithmetic",
            "排放量按实测浓度（不折算）乘以流量逐时累计",
            "Mass is the measured concentration, not converted, times the flow, hour by hour",
        ),
    ]
    if row["lost_hours"]:
        filled = number(row["filled_tonnes"])
        steps.append(
            Step(
                "count",
                f"缺失{row['lost_hours']}小时，按替代规则另计{filled} t，未并入实测排放量",
                f"{row['lost_hours']} lost hours stand for a further {filled} t by the rule of "
                "replacement, shown apart",
            )
        )
    if row["days_above"] and row["allowance_kind"] == "daily":
        steps.append(
            Step("count", f"超过的有{row['days_above']}日", f"{row['days_above']} days above")
        )
    missing = _missing(row)
    if missing:
        steps.append(missing)
    steps.append(_NOTICE)
    return Explanation(Step(head.kind, head.zh, head.en, head.cites, tuple(steps)))
