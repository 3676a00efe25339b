"""Why a booking is refused: what, why, what to do instead."""

from __future__ import annotations

from decimal import Decimal

from phaseout.findings.export import plain
from phaseout.law.refusals import Bilingual, Refusal

EXIT = "实施意见第（九）项"


def not_there() -> Refusal:
    return Refusal(
        "capacity.not_there",
        what=("产能没有入账", "the capacity was not booked"),
        why=(
            "该生产线的这部分产能刚刚由他人办理入账，账上已经没有。一吨产能只能退出一次。",
            "somebody else has just booked that capacity of the line: it is not there any more. A "
            "tonne exits once.",
        ),
        instead=(
            "请打开该生产线的产能台账，核对后再办理。",
            "Open the ledger of the line, look at it, and then act.",
        ),
    )


def nothing_left(line: str, exited: Bilingual) -> Refusal:
    return Refusal(
        "capacity.nothing_left",
        what=(f"{line}没有可以退出的产能", f"no capacity of {line} is left to exit"),
        why=(
            f"台账上该线的产能已经全部退出或用于置换（{exited[0]}）；一吨产能只计一次（{EXIT}）。",
            f"all of it has exited or was used for replacement ({exited[1]}); a tonne counts once "
            "(Opinions, clause 9).",
        ),
        instead=(
            "请打开该生产线的产能台账查看入账依据；原记录有误的，先冲销原记录。",
            "Open the ledger of the line and its grounds; if an entry is wrong, correct it first.",
        ),
    )


def rest_must_exit(line: str, left: Bilingual, exited: Bilingual) -> Refusal:
    gone = (f"已退出：{exited[0]}；", f"exited: {exited[1]}; ") if exited[0] else ("", "")
    return Refusal(
        "capacity.rest_must_exit",
        what=(f"不能核实{line}已经退出", f"{line} cannot be verified to have exited"),
        why=(
            f"台账上该线还有产能没有退出（{gone[0]}余下：{left[0]}）；关停决定针对整条生产线，"
            f"余下部分仍在决定之下（{EXIT}）。",
            f"the ledger has capacity of it that has not exited ({gone[1]}left: {left[1]}); the "
            "decision to close is of the whole line, and the rest is under it still (Opinions, "
            "clause 9).",
        ),
        instead=(
            "请在本案“依已送达决定立退出案”，办完余下部分的退出（确认退出并销减产能），再核实。",
            "Open the exit of the rest on this case's decision, carry it to its confirmation, and "
            "then verify.",
        ),
    )


def which_equipment(line: str) -> Refusal:
    return Refusal(
        "capacity.which_equipment",
        what=(f"不能使{line}的一部分退出", f"a part of {line} cannot exit yet"),
        why=(
            f"没有写明这一部分是哪些主体设备；台账须写明退出的是什么（{EXIT}：拆除、封存的是主体设备）。",
            "it is not said which main equipment that part is; the ledger says what has exited "
            "(Opinions, clause 9: it is main equipment that is dismantled or sealed).",
        ),
        instead=(
            "请在“退出的主体设备”中写明，几台的用分号隔开，如“1号炉；2号炉”。",
            "Name it under “main equipment that exits”, pieces set apart by semicolons.",
        ),
    )


def equipment_gone(named: str, entry: int) -> Refusal:
    return Refusal(
        "capacity.equipment_gone",
        what=(f"{named}不能再次退出", f"{named} cannot exit again"),
        why=(
            f"台账第{entry}笔已经写明它退出；一台设备只退出一次。",
            f"entry {entry} of the ledger says that it has exited; a piece exits once.",
        ),
        instead=(
            "请打开该笔核对；写错了的，先更正那一笔，或者改写本次的设备。",
            "Open that entry; if it is wrong, correct it first, or name another piece here.",
        ),
    )


def not_registered(line: str) -> Refusal:
    return Refusal(
        "capacity.not_registered",
        what=(f"不能只使{line}的一部分退出", f"a part of {line} cannot exit"),
        why=(
            "该线没有登记产能，一部分是多少、余下多少都无从计算；没有登记不等于零。",
            "no capacity of this line is registered: how much a part is, and how much is left, "
            "cannot be told. Not registered is not nought.",
        ),
        instead=(
            "请先导入该线的登记产能；整条线退出的，填“全部”。",
            "Import its registered capacity first; if the whole line exits, state “all”.",
        ),
    )


def too_much(asked: Decimal, left: Decimal, unit: Bilingual) -> Refusal:
    return Refusal(
        "capacity.too_much",
        what=(
            f"不能使{plain(asked)}{unit[0]}退出",
            f"{plain(asked)} {unit[1]} cannot exit",
        ),
        why=(
            f"台账上该线只有{plain(left)}{unit[0]}可以退出（{EXIT}）。",
            f"the ledger has {plain(left)} {unit[1]} of this line left (Opinions, clause 9).",
        ),
        instead=(
            "请填写不超过账上的数量；登记产能有误的，先导入更正。",
            "State no more than that; if the registered capacity is wrong, import it corrected.",
        ),
    )


def not_an_amount(said: str) -> Refusal:
    return Refusal(
        "capacity.not_an_amount",
        what=(f"看不懂退出的产能“{said}”", f"the capacity that exits is not understood: {said!r}"),
        why=(
            "应填“全部”、“一半”、“40%”，或者数量和单位，如“30万吨/年”。",
            "expected is “all”, “half”, “40%”, or a quantity with its unit such as “300000 t/a”.",
        ),
        instead=("请改填。", "Please state it so."),
    )


def other_unit(said: str, unit: Bilingual) -> Refusal:
    return Refusal(
        "capacity.other_unit",
        what=(f"“{said}”不能入账", f"{said!r} cannot be booked"),
        why=(
            f"该线的产能以{unit[0]}登记，两种单位不能换算。",
            f"the capacity of this line is registered in {unit[1]}; the two do not convert.",
        ),
        instead=(
            "请按登记的单位填写；登记单位有误的，先导入更正。",
            "State it in that unit; if the registered unit is wrong, import it corrected.",
        ),
    )


def which_product() -> Refusal:
    return Refusal(
        "capacity.which_product",
        what=("不能只使一部分退出", "a part cannot exit"),
        why=(
            "该线台账上有几种产品或几种单位，看不出所填数量是哪一种。",
            "the ledger of this line has several products or units; which one is not said.",
        ),
        instead=(
            "请填“全部”，或填百分比；或先导入更正登记的产品。",
            "State “all” or import the product corrected first.",
        ),
    )


def no_form() -> Refusal:
    return Refusal(
        "capacity.no_form",
        what=("不能确认退出", "the exit cannot be confirmed"),
        why=(
            "案中没有关停、停业、关闭、取缔的记录，也没有断电、拆除动力装置、封存或拆除的记录，"
            f"看不出以哪种方式退出（{EXIT}）。",
            "no act of the case shut down, closed or banned the enterprise, nor cut off, sealed or "
            "dismantled the equipment: the form of the exit is not known (Opinions, clause 9).",
        ),
        instead=("请先办理并记录该项措施。", "Do that first and record it."),
    )


def below_exited(line: str, told: Bilingual, gone: Bilingual) -> Refusal:
    return Refusal(
        "capacity.below_exited",
        what=(f"{line}的产能不能改为{told[0]}", f"{line} cannot have a capacity of {told[1]}"),
        why=(
            f"该线已有{gone[0]}退出或用于置换，登记产能不能少于它。",
            f"{gone[1]} of it has exited already; no less can be registered.",
        ),
        instead=(
            "请填写整条线的登记产能（含已退出部分），或者填写恰好剩下的产能；退出记录有误的，先冲销。",
            "Give the capacity of the whole line with what has exited, or exactly what is left; if "
            "the exit is booked wrongly, correct that first.",
        ),
    )


def not_allowed() -> Refusal:
    return Refusal(
        "capacity.not_allowed",
        what=("不能在产能台账上办理", "this may not be booked"),
        why=(
            "更正、置换和转让由该地的复核人或者负责人办理；您没有这一职务。",
            "corrections, replacements and sales are for a reviewer or a leader of that place.",
        ),
        instead=("请交由复核人或者负责人办理。", "Ask a reviewer or a leader."),
    )


def reason_missing(most: int) -> Refusal:
    return Refusal(
        "capacity.reason_missing",
        what=("没有入账", "nothing was booked"),
        why=("没有写明理由。", "no reason was given."),
        instead=(
            f"请写明理由，不超过{most}字。",
            f"Give the reason, in at most {most} characters.",
        ),
    )


def is_counter() -> Refusal:
    return Refusal(
        "capacity.is_counter",
        what=("不能冲销", "it cannot be countered"),
        why=("这一笔本身就是冲销。", "this entry is a counter-entry itself."),
        instead=(
            "原记录应当恢复的，请在原记录所依据的案件或导入中重新办理。",
            "Do again, in the case or by an import, what the first entry rested on.",
        ),
    )


def corrected_already() -> Refusal:
    return Refusal(
        "capacity.corrected_already",
        what=("不能冲销", "it cannot be countered"),
        why=("这一笔已经冲销过。", "this entry was countered already."),
        instead=("请打开冲销记录查看。", "Open the counter-entry."),
    )


def moved_on() -> Refusal:
    return Refusal(
        "capacity.moved_on",
        what=("不能冲销", "it cannot be corrected"),
        why=(
            "这一笔记入的产能其后又有变动，冲销后账上会出现负数。",
            "what it brought has moved on since: an account would be below zero.",
        ),
        instead=(
            "请从最近的一笔开始，依次冲销。",
            "Correct the later entries first, the latest of them before the others.",
        ),
    )


def not_one_amount() -> Refusal:
    return Refusal(
        "capacity.not_one_amount",
        what=("不能改数", "the amount cannot be changed"),
        why=(
            "这一笔同时有几个数量，或者所填数量不大于零。",
            "the entry has several amounts, or the one given is not above zero.",
        ),
        instead=("请整笔冲销。", "Counter the whole entry."),
    )


def not_replaceable(line: str, stands: Bilingual) -> Refusal:
    now = (f"台账上现为：{stands[0]}。", f" On the ledger: {stands[1]}.") if stands[0] else ("", "")
    return Refusal(
        "capacity.not_replaceable",
        what=(
            f"{line}没有可以用于置换的产能",
            f"no capacity of {line} can be used for replacement",
        ),
        why=(
            "认定落后、案件办理中、已经退出或者已用于置换的产能不得用于产能置换，否则一吨产能计两次。"
            f"{now[0]}",
            "what was found outdated, is in a case, has exited or is used already may not be used: "
            f"a tonne would count twice.{now[1]}",
        ),
        instead=("请另选产能。", "Choose other capacity."),
    )


def no_such_owner(uscc: str) -> Refusal:
    return Refusal(
        "capacity.no_such_owner",
        what=("不能转让", "the line cannot be transferred"),
        why=(
            f"受让企业“{uscc}”没有登记、已并入别的企业，或者就是现在的权利人。",
            f"{uscc!r} is not registered, was merged into another entry, or owns the line already.",
        ),
        instead=("请核对统一社会信用代码，或先导入该企业。", "Check the code, or import it first."),
    )
