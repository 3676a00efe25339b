"""The reasoning of a safety finding: a hazard and its criterion, or a permit and who needs it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from phaseout.law.judgement.explain.english import clause_en
from phaseout.law.judgement.explain.figures import cited, clause_zh, day_zh
from phaseout.law.judgement.explanation import Explanation, Step
from phaseout.law.judgement.reasons import reasons

Row = Mapping[str, Any]

_TOLD = frozenset(("hazard_not_yet_outdated", "renewal_due"))
_UNITS = {"month": ("个月", "months"), "day": ("日", "days")}


def explain(row: Row) -> Explanation:
    """The explanation of one row of `judged.safety`, a hazard or a permit.

    Hazard: the item met or not judged; the day found, the criterion with its edition, what a
    person must settle, what follows in law, what would change the answer, what is missing.
    Permit: held, expired, missing or not reported; its days, who needs it since when and why,
    the renewal, what is missing.
    """
    build = _hazard if row["matter"] == "hazard" else _permit
    zh, en, steps = build(row)
    because = tuple(step for step in (*steps, _missing(row)) if step is not None)
    return Explanation(Step("verdict", zh, en, row["norm_row"] or "", because))


def _hazard(row: Row) -> tuple[str, str, tuple[Step | None, ...]]:
    item_zh, item_en = row["indicator"], row["indicator_en"] or row["indicator"]
    if row["verdict"] == "noncompliant":
        zh = f"构成重大事故隐患：{item_zh}"
        en = f"A major accident hazard: {item_en}"
    elif row["verdict"] == "compliant":
        zh = f"不按重大事故隐患处理：{item_zh}（主管部门{row['document']}认定不适用）"
        en = f"Not a major accident hazard: {item_en} (decided not to apply by {row['document']})"
    else:
        zh = f"隐患{row['subject']}是否构成重大事故隐患无法判定"
        en = f"Whether {row['subject']} is a major accident hazard cannot be told"
    steps = (_found(row), _criterion(row), _edition_then(row), _question(row), _consequence(row))
    return zh, en, (*steps, _hazard_would_pass(row))


def _found(row: Row) -> Step:
    day = row["period_start"]
    zh, en = f"隐患{row['subject']}于{day_zh(day)}发现", f"{row['subject']} was found on {day}"
    if row["note"]:
        zh, en = f"{zh}（{row['note']}）", f"{en} ({row['note']})"
    return Step("measured", zh, en)


def _criterion(row: Row) -> Step:
    if row["number"] is None:
        given = f"{row['source_id']} {row['clause']}"
        return Step("limit", f"所引条款为{given}", f"The item cited is {given}")
    when_zh, when_en = _source_validity(row["effective_from"], row["effective_to"])
    return Step(
        "limit",
        f"依据《{row['title_zh']}》（{row['number']}）{row['clause']}，{when_zh}；符合任一项即为重大事故隐患",
        f"The item is {clause_en(row['clause'])} of {cited(row['number'], row['title_en'])}, "
        f"{when_en}; any one item is enough",
        row["norm_row"] or row["source_id"],
    )


def _source_validity(first: str, last: str) -> tuple[str, str]:
    if first and last:
        return f"{_known_zh(first)}至{_known_zh(last)}有效", f"in force from {first} to {last}"
    if first:
        return f"{_known_zh(first)}起施行", f"in force from {first}"
    return "记录中没有施行日期", "without a first day in our record"


def _known_zh(day: str) -> str:
    """A day, month or year as far as the source gives it: `2017-05` is 2017年5月."""
    parts = day.split("-")
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False))


def _edition_then(row: Row) -> Step | None:
    if row["verdict"] != "undetermined":
        return None
    if row["editions_then"] is None:
        return Step(
            "edition",
            "发现之日该行业没有我们所记录的有效判定标准",
            "Our record has no criteria in force for the industry on that day",
        )
    return Step(
        "edition",
        f"发现之日该行业适用的判定标准为{row['editions_zh']}，须按其重新认定",
        f"In force for the industry on that day: {row['editions_en']}; assess the facts by them",
    )


def _question(row: Row) -> Step | None:
    if row["question_zh"] is None or row["verdict"] != "noncompliant":
        return None
    if row["document"] is not None:
        return Step(
            "condition",
            f"{row['question_zh']}：已由{row['document']}认定为是",
            f"{row['question_en']}: answered with yes by {row['document']}",
        )
    question = row["question_en"]
    return Step(
        "condition",
        f"须由主管部门认定：{row['question_zh']}",
        f"The authority must say {question}",
    )


def _consequence(row: Row) -> Step | None:
    if row["verdict"] != "noncompliant":
        return None
    by_zh = f"（《{row['power_title']}》{row['power_clause']}）" if row["power_clause"] else ""
    return Step(
        "condition",
        f"应责令立即排除，不能保证安全的立即停产停业整顿{by_zh}；重大事故隐患尚不等于落后产能，"
        "经整顿仍不具备安全生产条件或政府决定关闭的，才按实施意见第（七）项退出",
        "It must be removed at once and production suspended where safety cannot be assured; a "
        "major hazard is not yet outdated capacity: that follows under clause (7) only when the "
        "suspension has not cured it or the government decides closure",
        "NX-SEED-2017 (7)",
    )


def _hazard_would_pass(row: Row) -> Step | None:
    if row["verdict"] != "noncompliant":
        return None
    return Step(
        "would_pass",
        "消除该隐患并经复查同意后方可恢复生产",
        "Would pass once the hazard is removed; production resumes only with consent after review",
    )


def _permit(row: Row) -> tuple[str, str, tuple[Step | None, ...]]:
    zh, en = _permit_verdict(row)
    steps = (_held(row), _requirement(row), _permit_question(row), _renewal(row))
    return zh, en, (*steps, _permit_would_pass(row))


def _permit_verdict(row: Row) -> tuple[str, str]:
    kind_zh, kind_en, day = row["indicator"], row["indicator_en"], row["on_day"]
    said = {
        "valid": (f"持有有效的{kind_zh}", f"Holds a valid {kind_en}"),
        "expired": (f"{kind_zh}已过期", f"The {kind_en} has expired"),
        "future": (f"{kind_zh}尚未生效", f"The {kind_en} is not valid yet"),
        "missing": (f"没有{kind_zh}", f"No {kind_en} among the permits reported"),
        "end_unknown": (
            f"{kind_zh}是否仍有效无法判定",
            f"Whether the {kind_en} is still valid cannot be told",
        ),
        "not_reported": (
            f"是否持有{kind_zh}无法判定",
            f"Whether it holds the {kind_en} cannot be told",
        ),
    }
    zh, en = said[row["state"]]
    if row["verdict"] == "undetermined" and row["state"] in ("expired", "future", "missing"):
        zh, en = f"{zh}，是否违法无法判定", f"{en}; whether that is a breach cannot be told"
    return f"截至{day_zh(day)}，{zh}", f"As of {day}: {en[:1].lower()}{en[1:]}"


def _held(row: Row) -> Step | None:
    if row["state"] in ("missing", "not_reported"):
        return None
    first, last = row["period_start"], row["period_end"]
    until_zh = f"至{day_zh(last)}" if last else "起，有效期止未填报"
    until_en = f" to {last}" if last else ", its last day not given"
    return Step(
        "measured",
        f"许可证编号{row['permit_number']}，有效期自{day_zh(first)}{until_zh}",
        f"Permit no. {row['permit_number']}, valid from {first}{until_en}",
    )


def _requirement(row: Row) -> Step | None:
    if row["norm_row"] is None:
        return None
    title = f"《{row['title_zh']}》" + (f"（{row['number']}）" if row["number"] else "")
    return Step(
        "limit",
        f"依据{title}{clause_zh(row['clause'])}，须持证生产经营；实施意见第（十六）项要求查处无证行为",
        f"It is needed by {cited(row['number'], row['title_en'])}, {clause_en(row['clause'])}; "
        "clause (16) of the opinions has working without it dealt with",
        row["norm_row"],
    )


def _permit_question(row: Row) -> Step | None:
    if row["need"] != "asked":
        return None
    if row["question_zh"]:
        ask_zh, ask_en = row["question_zh"], row["question_en"]
    else:
        ask_zh = f"是否生产“{row['product_word']}”类产品"
        ask_en = f"whether it makes products of the kind “{row['product_word']}”"
    return Step(
        "condition",
        f"是否须持证取决于：{ask_zh}",
        f"Whether the permit is needed depends on {ask_en}",
    )


def _renewal(row: Row) -> Step | None:
    if row["state"] != "valid" or row["renew_by"] is None:
        return None
    length, by = row["renewal_length"], row["renew_by"]
    unit_zh, unit_en = _UNITS[row["renewal_unit"]]
    due = "renewal_due" in row["reasons"]
    return Step(
        "period",
        f"应在有效期届满{length}{unit_zh}前申请延续，即不迟于{day_zh(by)}"
        + ("，现已到期限" if due else ""),
        f"Renewal must be asked for {length} {unit_en} before the end, by {by}"
        + ("; that day has come" if due else ""),
        f"{row['renewal_source']} {row['renewal_clause']}",
    )


def _permit_would_pass(row: Row) -> Step | None:
    if row["verdict"] != "noncompliant":
        return None
    kind_zh, kind_en = row["indicator"], row["indicator_en"]
    return Step(
        "would_pass",
        f"取得有效的{kind_zh}，或补报已持有的许可证即可达标",
        f"Would pass with a valid {kind_en}, or once the one it holds is reported",
    )


def _missing(row: Row) -> Step | None:
    told = [reasons()[code] for code in row["reasons"] if code not in _TOLD]
    if not told:
        return None
    en = "; ".join(words[1] for words in told)
    return Step("missing", "；".join(words[0] for words in told), en[:1].upper() + en[1:])
