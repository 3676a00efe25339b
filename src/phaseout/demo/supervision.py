"""Supervision in the demonstration, by the real acts of demo people on their days: a circular that
waits for its answers, a summons with its minutes, a supervised handling that is lifted with its
effect. Idempotent.

    supervise(today)      as far as the day allows; what is there already goes on
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from phaseout.coordination.supervision import acts
from phaseout.coordination.supervision.acts import Demanded, Drawn, Held
from phaseout.coordination.supervision.models import Measure, SupervisionAct
from phaseout.demo.acting import Acting

MARK = "（演示，虚构）"
ACTING = Acting("supervision")
ZHONGWEI, SHIZUISHAN, WUZHONG = "city_640500", "city_640200", "city_640300"
HANDLED, REPORTED, CHECKED, LIFTED = (
    date(2018, 1, 2), date(2018, 1, 4), date(2018, 1, 8), date(2018, 1, 9),
)  # fmt: skip
SUMMONED, TALKED, AGREED = date(2018, 2, 26), date(2018, 3, 2), date(2018, 3, 20)
DRAWN, ISSUED, ANSWER_BY = date(2018, 3, 12), date(2018, 3, 13), date(2018, 3, 30)


def supervise(today: date) -> list[Measure]:
    """The three measures; none before the last of their days."""
    if today < ISSUED:
        return []
    return [_handling(), _summons(), _circular()]


def _handling() -> Measure:
    """挂牌督办 of Shizuishan for the return it owed: demanded, answered, checked, lifted; the
    figure of returns shows the effect."""
    drawn = Drawn(
        f"报自治区经济和信息化委的2017年度退出情况到期未报，影响全区汇总。{MARK}",
        [
            Demanded(f"补报2017年度退出情况{MARK}", date(2018, 1, 5)),
            Demanded(f"说明逾期原因和防止再次逾期的措施{MARK}", date(2018, 1, 8)),
        ],
    )
    measure = _signed(SHIZUISHAN, "handling", drawn, HANDLED, HANDLED)
    said = (f"已于1月3日补报。{MARK}", f"年底人员调整所致，已指定专人和替补。{MARK}")
    demands = list(measure.demands.all())
    for demand, text in zip(demands, said, strict=True):
        ways = ACTING.ways("shizuishan-officer", REPORTED, f"answer handling {demand.place}")
        _once(ways, acts.answer, demand.pk, text)
    for demand in demands:
        last = demand.answers.order_by("-pk").first()
        if last is not None:
            checking = ACTING.ways("eic-officer", CHECKED, f"check handling {demand.place}")
            _once(checking, acts.check, last.pk, accepted=True)
    _once(
        ACTING.ways("eic-leader", LIFTED, "lift handling"), acts.lift, measure.pk,
        reason=f"督办要求均已完成，予以解除。{MARK}",
    )  # fmt: skip
    return measure


def _summons() -> Measure:
    """约谈 of Zhongwei, which owes four returns still: with its minutes and what was agreed."""
    drawn = Drawn(
        f"2017年度报表四份到期未报，经催报仍未报。{MARK}",
        on=TALKED,
        place=f"自治区会议中心{MARK}",
        persons=f"中卫市人民政府分管负责人、市工信部门负责人{MARK}",
    )
    measure = _signed(ZHONGWEI, "summons", drawn, SUMMONED, SUMMONED)
    held = Held(
        TALKED,
        f"罗主任；中卫市分管负责人{MARK}",
        f"中卫市说明了报表逾期的原因，承诺指定专人、尽快补报。{MARK}",
        [
            Demanded(f"指定报送责任人并报牵头机关{MARK}", AGREED),
            Demanded(f"补报四份年度报表{MARK}", date(2018, 4, 13)),
        ],
    )
    _once(ACTING.ways("eic-officer", TALKED, "record summons"), acts.record, measure.pk, held)
    return measure


def _circular() -> Measure:
    """通报 on Wuzhong, signed two days before the demo day: its answers are awaited."""
    drawn = Drawn(
        f"部分任务逾期未报告，整改期满的案件未及时处理。{MARK}",
        [Demanded(f"逐项说明逾期任务的原因，报送整改措施{MARK}", ANSWER_BY)],
    )
    return _signed(WUZHONG, "circular", drawn, DRAWN, ISSUED)


def _signed(target: str, kind: str, drawn: Drawn, on: date, signed: date) -> Measure:
    drawing = ACTING.ways("eic-officer", on, f"adopt {kind}")
    known = SupervisionAct.objects.filter(key=drawing["key"]).first()
    measure: Measure = known.adopted if known else acts.adopt(target, kind, drawn, **drawing)
    signing = ACTING.ways("eic-leader", signed, f"sign {kind}")
    _once(signing, acts.sign, measure.pk, digest=measure.digest)
    return measure


def _once(ways: dict[str, Any], act: Callable[..., Any], *args: Any, **given: Any) -> None:
    """The act, unless an earlier run has done it."""
    if not SupervisionAct.objects.filter(key=ways["key"]).exists():
        act(*args, **given, **ways)
