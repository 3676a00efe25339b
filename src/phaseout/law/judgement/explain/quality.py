"""The reasoning of a quality finding: sample, row, rounding, standing of the clause, retest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from phaseout.law.judgement.explain.english import clause_en, product_en
from phaseout.law.judgement.explain.figures import (
    at_places,
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

Row = Mapping[str, Any]

_BOUND = {
    "<=": ("不大于", "at most "),
    ">=": ("不小于", "at least "),
    "<": ("小于", "below "),
    ">": ("大于", "above "),
    "=": ("等于", "equal to "),
}
_MISS = {"<=": ("＞", ">"), ">=": ("＜", "<"), "<": ("≥", ">="), ">": ("≤", "<="), "=": ("≠", "≠")}
_MEET = {"<=": ("≤", "<="), ">=": ("≥", ">="), "<": ("＜", "<"), ">": ("＞", ">"), "=": ("＝", "=")}
_STANDING = {
    "mandatory": (
        "该条当日为强制性要求，属于实施意见第（六）项所称强制性标准",
        "the clause was mandatory on that day: a mandatory standard in the sense of clause (6)",
    ),
    "recommended": (
        "该标准或条款当日为推荐性，不达标只予记录和警示，不能单独启动退出程序",
        "the standard or clause was recommended on that day: a miss is a warning and cannot alone "
        "open an exit case",
    ),
    "order": (
        "该限值出自部门规章，不是强制性标准，不能单独启动退出程序",
        "the limit comes from a ministry order, not a mandatory standard, and cannot alone open an "
        "exit case",
    ),
    "unsettled": (
        "2017年第7号公告之后该标准是否仍为强制性未查明，不能单独启动退出程序",
        "whether the standard stayed mandatory after announcement no. 7 of 2017 is not settled; it "
        "cannot alone open an exit case",
    ),
}
_TOLD = frozenset(
    ("recommended_standard_only", "ministry_order_only", "mandatory_status_unsettled")
)


def explain(row: Row) -> Explanation:
    """The explanation of one row of `judged.quality`.

    The root is the verdict with value and limit; below it stand the sample, the row with its
    edition, the arithmetic of rounding and comparing, what the clause is worth on the day, the
    retest, what would change the answer, and what is missing.
    """
    zh, en = _verdict(row)
    steps = (
        _measured(row),
        _limit(row),
        _arithmetic(row),
        _condition(row),
        _standing(row),
        _retest(row),
        _would_pass(row),
        _missing(row),
    )
    return Explanation(
        Step("verdict", zh, en, row["norm_row"] or "", tuple(s for s in steps if s is not None))
    )


def _verdict(row: Row) -> tuple[str, str]:
    product, name = row["product"], row["indicator"]
    called = _product_en(row)
    name_en = row["characteristic_en"] or name
    if row["asks_grade"]:
        return _grade_verdict(row)
    if row["norm_row"] is None:
        return _hole_verdict(row)
    bound_zh, bound_en = _bound(row)
    if row["verdict"] == "undetermined":
        return (
            f"{product}的{name}能否达标无法判定（要求{bound_zh}）",
            f"Whether {name_en} of {called} meets the limit ({bound_en}) cannot be told",
        )
    got = _shown(row)
    if row["verdict"] == "compliant":
        return (
            f"{product}的{name}为{got}，符合{bound_zh}的要求",
            f"{name_en[:1].upper()}{name_en[1:]} of {called} is {got} and meets {bound_en}",
        )
    return (
        f"{product}的{name}为{got}，不符合{bound_zh}的要求",
        f"{name_en[:1].upper()}{name_en[1:]} of {called} is {got} and misses {bound_en}",
    )


def _grade_verdict(row: Row) -> tuple[str, str]:
    product, called = row["product"], _product_en(row)
    if row["verdict"] == "undetermined":
        return (
            f"{product}是否属于已取消的强度等级无法判定",
            f"Whether {called} is of a withdrawn strength grade cannot be told",
        )
    return (
        f"{product}的强度等级已取消，生产该等级即不符合{row['number']}",
        f"{called} is of a strength grade that has been withdrawn: making it misses "
        f"{row['number']}, whatever the results",
    )


def _hole_verdict(row: Row) -> tuple[str, str]:
    product, name = row["product"], row["indicator"]
    called, name_en = _product_en(row), row["characteristic_en"] or name
    if row["outside_zh"] is not None:
        return (
            f"{product}的{name}未作判定：{row['outside_zh']}",
            f"{name_en} of {called} was not judged: {row['outside_en']}",
        )
    return (
        f"{product}的{name}无法判定：没有可适用的标准记录",
        f"{name_en} of {called} cannot be judged: our record has no row that reaches it",
    )


def _product_en(row: Row) -> str:
    return product_en(row["product"], row["row_product_en"])


def _bound(row: Row) -> tuple[str, str]:
    if row["comparator"] == "presence":
        return (
            ("应当具备", "that it be present") if row["limit_value"] else ("不得有", "its absence")
        )
    word_zh, word_en = _BOUND[row["comparator"]]
    limit = quantity(row["limit_value"], row["unit"]) if row["limit_value"] is not None else "—"
    return f"{word_zh}{limit}", f"the limit of {word_en}{limit}"


def _shown(row: Row) -> str:
    return quantity(row["value"], row["unit"]) if row["value"] is not None else "—"


def _measured(row: Row) -> Step:
    day, sample = row["period_start"], row["subject"]
    zh, en = f"样品{sample}于{day_zh(day)}抽取", f"Sample {sample} was drawn on {day}"
    if row["asks_grade"]:
        return Step("measured", f"{zh}，产品为{row['product']}", f"{en} from {_product_en(row)}")
    if row["given_value"] is None:
        return Step("measured", f"{zh}，没有检验数值", f"{en}; no result is given")
    given = quantity(row["given_value"], row["given_unit"])
    zh, en = f"{zh}，{row['indicator']}检验结果为{given}", f"{en}; the result is {given}"
    if row["uncertainty"] is not None:
        doubt = quantity(row["uncertainty"], row["given_unit"])
        zh, en = f"{zh}，测量不确定度{doubt}", f"{en}, with an uncertainty of {doubt}"
    if row["factor"] is not None and row["factor"] != 1:
        factor = number(row["factor"])
        zh = f"{zh}，乘以{factor}换算为{_shown(row)}"
        en = f"{en}, times {factor} makes {_shown(row)}"
    return Step("measured", zh, en)


def _limit(row: Row) -> Step | None:
    if row["norm_row"] is None:
        return _around(row)
    when_zh, when_en = validity(row["effective_from"], row["effective_to"])
    edition = Step(
        "edition",
        f"《{row['title_zh']}》（{row['number']}）该条{when_zh}",
        f"{row['title_en']} ({row['number']}): the row is {when_en}",
        row["source_id"],
    )
    zh = f"依据{row['number']}{clause_zh(row['clause'])}（{row['row_product']}），{when_zh}"
    name = cited(row["number"], row["title_en"])
    clause = clause_en(row["clause"])
    en = f"The limit is {name} clause {clause} ({row['row_product_en']}), {when_en}"
    if row["judged_on"] != row["period_start"]:
        zh += f"；复检按原样品抽样日{day_zh(row['judged_on'])}适用版本"
        en += f"; a retest is judged by the day of its first sample, {row['judged_on']}"
    return Step("limit", zh, en, row["norm_row"], (edition,))


def _around(row: Row) -> Step | None:
    before, after = row["earlier_to"], row["later_from"]
    if before is None and after is None:
        return None
    parts_zh, parts_en = [], []
    if before is not None:
        parts_zh.append(f"较早的记录止于{day_zh(before)}")
        parts_en.append(f"an earlier row ended on {before}")
    if after is not None:
        parts_zh.append(f"较晚的记录始于{day_zh(after)}")
        parts_en.append(f"a later row begins on {after}")
    en = " and ".join(parts_en)
    return Step("edition", "、".join(parts_zh), en[:1].upper() + en[1:])


def _arithmetic(row: Row) -> Step | None:
    rounded, limit = row["rounded_value"], row["limit_value"]
    if rounded is None or limit is None or row["comparator"] not in _BOUND or not row["last_place"]:
        return None
    place = row["last_place"]
    got = at_places(rounded, place)
    meets = row["verdict"] == "compliant" or not _misses(row)
    sign_zh, sign_en = (_MEET if meets else _MISS)[row["comparator"]]
    bound = at_places(limit, place)
    raw = number(row["value"])
    if rounded == row["value"]:
        return Step("arithmetic", f"{got}{sign_zh}{bound}", f"{got} {sign_en} {bound}")
    return Step(
        "arithmetic",
        f"按GB/T 8170修约到{number(place)}：{raw}→{got}，{got}{sign_zh}{bound}",
        f"Rounded to {number(place)} by GB/T 8170 (ties to the even digit): {raw} → {got}, and "
        f"{got} {sign_en} {bound}",
    )


def _misses(row: Row) -> bool:
    rounded, limit = row["rounded_value"], row["limit_value"]
    passed = {
        "<=": rounded <= limit,
        ">=": rounded >= limit,
        "<": rounded < limit,
        ">": rounded > limit,
        "=": rounded == limit,
    }
    return not passed[row["comparator"]]


def _condition(row: Row) -> Step | None:
    if row["second_zh"] is not None and (row["second_holds"] or row["verdict"] == "undetermined"):
        figure = row["second_limit"]
        to_zh = f"放宽到{quantity(figure, row['unit'])}" if figure is not None else "不受此限"
        to_en = f"is {quantity(figure, row['unit'])}" if figure is not None else "does not bind"
        if row["second_holds"]:
            return Step(
                "condition",
                f"同一样品已证明{row['second_zh']}，限值{to_zh}",
                f"The same sample settles {row['second_en']}: the limit {to_en}",
            )
        return Step(
            "condition",
            f"尚须查明{row['second_zh']}；是则限值{to_zh}",
            f"To be settled: {row['second_en']}; if so the limit {to_en}",
        )
    if row["mode"] in ("one_of", "only_if") and row["question_zh"]:
        same = row["verdict"] != "undetermined"
        return Step(
            "condition",
            f"事实未说明{row['question_zh']}"
            + ("，但各种情形结论相同" if same else "，各种情形结论不同"),
            f"The facts do not say {row['question_en']}; "
            + ("every case gives the same answer" if same else "the cases give different answers"),
        )
    return None


def _standing(row: Row) -> Step | None:
    if row["standing"] is None or row["verdict"] != "noncompliant":
        return None
    zh, en = _STANDING[row["standing"]]
    return Step("condition", zh, en[:1].upper() + en[1:], f"{row['source_id']} {row['clause']}")


def _retest(row: Row) -> Step | None:
    if row["retest_id"] is not None:
        return Step(
            "correction",
            f"该项已由样品{row['retest_id']}复检，以复检结论为准（《产品质量法》第十五条）",
            f"Sample {row['retest_id']} retested it, and the retest decides "
            "(Product Quality Law art. 15)",
            "PQL-2018 15",
        )
    if "retest_period_open" in row["reasons"]:
        until = row["objection_until"]
        return Step(
            "condition",
            f"企业可在收到检验结果之日起申请复检的期限内提出异议，最早{day_zh(until)}届满，此前结果未定",
            f"The enterprise may still ask for a retest; that time ends on {until} at the earliest "
            "and the result is not final before",
            "PQL-2018 15",
        )
    if row["first_sample"] is not None:
        first = row["first_sample"]
        return Step("correction", f"本样品为样品{first}的复检", f"A retest of sample {first}")
    return None


def _would_pass(row: Row) -> Step | None:
    if row["verdict"] != "noncompliant":
        return None
    if row["asks_grade"]:
        return Step(
            "would_pass",
            "停止生产该强度等级、改产现行等级即可达标",
            "Would pass if this grade were given up for one of the present grades",
        )
    rounded, limit, sign = row["rounded_value"], row["limit_value"], row["comparator"]
    if sign in (">=", ">") and rounded > 0:
        gap = share(limit - rounded, rounded)
        return Step(
            "would_pass",
            f"检验结果提高{gap}%即可达标",
            f"Would pass if the result rose by {gap} %",
        )
    if sign in ("<=", "<") and rounded > 0:
        gap = share(rounded - limit, rounded)
        return Step(
            "would_pass",
            f"检验结果下降{gap}%即可达标",
            f"Would pass if the result fell by {gap} %",
        )
    needed = quantity(limit, row["unit"])
    return Step("would_pass", f"结果为{needed}即可达标", f"Would pass if the result were {needed}")


def _missing(row: Row) -> Step | None:
    told = [reasons()[code] for code in row["reasons"] if code not in _TOLD]
    if not told:
        return None
    en = "; ".join(words[1] for words in told)
    return Step("missing", "；".join(words[0] for words in told), en[:1].upper() + en[1:])
