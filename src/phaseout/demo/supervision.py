"""Supervision in the demonstration, by the real acts of demo people on their days: a circular that
waits for its answers, a summons with its minutes, a supervised handling that is lifted with its
effect; a circular on a county, one demand of it met, two late, so that more is proposed there.
What is answered with a proof has its file. Idempotent.

    supervise(today)      as far as the day allows; what is there already goes on
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from phaseout.coordination.supervision import acts
from phaseout.coordination.supervision.acts import Demanded, Drawn, Held
from phaseout.coordination.supervision.models import Demand, Measure, SupervisionAct
from phaseout.coordination.supervision.targets import counties_of, is_county
from phaseout.demo.acting import Acting
from phaseout.demo.case_files import picture
from phaseout.evidence.attaching import attach

MARK = "（演示，虚构）"
ACTING = Acting("supervision")
ZHONGWEI, SHIZUISHAN, WUZHONG = "city_640500", "city_640200", "city_640300"
HANDLED, REPORTED, CHECKED, LIFTED = (
    date(2018, 1, 2), date(2018, 1, 4), date(2018, 1, 8), date(2018, 1, 9),
)  # fmt: skip
COUNTY_DRAWN, COUNTY_ISSUED, SEEN, SEEN_BY, LATE_SINCE = (
    date(2018, 2, 8), date(2018, 2, 9), date(2018, 2, 26), date(2018, 2, 28), date(2018, 3, 9),
)  # fmt: skip
HUINONG = "county_640205"
SUMMONED, TALKED, AGREED = date(2018, 2, 26), date(2018, 3, 2), date(2018, 3, 20)
DRAWN, ISSUED, ANSWER_BY = date(2018, 3, 12), date(2018, 3, 13), date(2018, 3, 30)


def supervise(today: date) -> list[Measure]:
    """The measures; none before the last of their days."""
    if today < ISSUED:
        return []
    return [_handling(), _on_a_county(), _summons(), _circular()]


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
    said = (f"已于1月3日补报。{MARK}", f"年底人员调整所致，已指定专人和替补，见附件。{MARK}")
    proofs = ("", "报送责任人名单")
    for demand, text, proof in zip(measure.demands.all(), said, proofs, strict=True):
        _answered(measure, demand, text, REPORTED, proof)
        _accepted(measure, demand, CHECKED)
    _once(
        ACTING.ways("eic-leader", LIFTED, "lift handling"), acts.lift, measure.pk,
        reason=f"督办要求均已完成，予以解除。{MARK}",
    )  # fmt: skip
    return measure


def _on_a_county() -> Measure:
    """通报 on a county of Shizuishan, which its city answers for: one demand is met, with a picture
    of the place; two are late."""
    drawn = Drawn(
        f"辖区内企业整改方案报送、封存设备看管不力，经市里提醒仍未改正。{MARK}",
        [
            Demanded(f"对已封存的主体设备逐台现场查看，附照片{MARK}", SEEN_BY),
            Demanded(f"督促未报整改方案的企业补报{MARK}", LATE_SINCE),
            Demanded(f"明确每家企业的包抓责任人{MARK}", LATE_SINCE),
            Demanded(f"报送二季度核查安排{MARK}", ANSWER_BY),
        ],
    )
    measure = _signed(_county(), "circular", drawn, COUNTY_DRAWN, COUNTY_ISSUED, "county circular")
    first = measure.demands.all()[0]
    _answered(measure, first, f"已逐台查看，封条完好，照片附后。{MARK}", SEEN, "封存设备现场照片")
    _accepted(measure, first, SEEN_BY)
    return measure


def _county() -> str:
    """惠农区 where the region has it; else the first county of the city."""
    there = counties_of(SHIZUISHAN)
    return HUINONG if HUINONG in there else there[0]


def _answered(measure: Measure, demand: Demand, text: str, on: date, proof: str = "") -> None:
    """Answered by the city, with a file where one is named."""
    ways = ACTING.ways("shizuishan-officer", on, f"answer {_what(measure)} {demand.place}")
    if SupervisionAct.objects.filter(key=ways["key"]).exists():
        return
    files = _proof(proof, 53 + demand.place, ways) if proof else []
    acts.answer(demand.pk, text, files=files, **ways)


def _proof(name: str, seed: int, ways: Mapping[str, Any]) -> list[str]:
    """A picture brought as evidence by who acts: its digest."""
    upload = SimpleUploadedFile(f"{name}（演示）.png", picture(seed))
    return [attach(upload, by=ways["by"], dated_on=ways["today"]).digest]


def _accepted(measure: Measure, demand: Demand, on: date) -> None:
    last = demand.answers.order_by("-pk").first()
    if last is not None:
        checking = ACTING.ways("eic-officer", on, f"check {_what(measure)} {demand.place}")
        _once(checking, acts.check, last.pk, accepted=True)


def _what(measure: Measure) -> str:
    """How acts on it are called: those before there were counties by the kind alone."""
    return f"county {measure.kind}" if is_county(measure.target) else measure.kind


def _summons() -> Measure:
    """约谈 of Zhongwei, which owes four returns still: with its minutes and what was agreed."""
    drawn = Drawn(
        f"2017年度报表四份到期未报，经催报仍未报。{MARK}",
        on=TALKED,
        place=f"自治区会议中心{MARK}",
        persons=f"中卫市人民政府分管负责人、市工信部门负责人{MARK}",
    )
    measure = _signed(ZHONGWEI, "summons", drawn, SUMMONED, SUMMONED)
    ways = ACTING.ways("eic-officer", TALKED, "record summons")
    if SupervisionAct.objects.filter(key=ways["key"]).exists():
        return measure
    held = Held(
        TALKED,
        f"罗主任；中卫市分管负责人{MARK}",
        f"中卫市说明了报表逾期的原因，承诺指定专人、尽快补报。{MARK}",
        [
            Demanded(f"指定报送责任人并报牵头机关{MARK}", AGREED),
            Demanded(f"补报四份年度报表{MARK}", date(2018, 4, 13)),
        ],
        _proof("约谈签到表", 71, ways),
    )
    acts.record(measure.pk, held, **ways)
    return measure


def _circular() -> Measure:
    """通报 on Wuzhong, signed two days before the demo day: its answers are awaited."""
    drawn = Drawn(
        f"部分任务逾期未报告，整改期满的案件未及时处理。{MARK}",
        [Demanded(f"逐项说明逾期任务的原因，报送整改措施{MARK}", ANSWER_BY)],
    )
    return _signed(WUZHONG, "circular", drawn, DRAWN, ISSUED)


def _signed(
    target: str, kind: str, drawn: Drawn, on: date, signed: date, what: str = ""
) -> Measure:
    what = what or kind
    drawing = ACTING.ways("eic-officer", on, f"adopt {what}")
    known = SupervisionAct.objects.filter(key=drawing["key"]).first()
    measure: Measure = known.adopted if known else acts.adopt(target, kind, drawn, **drawing)
    signing = ACTING.ways("eic-leader", signed, f"sign {what}")
    _once(signing, acts.sign, measure.pk, digest=measure.digest)
    return measure


def _once(ways: dict[str, Any], act: Callable[..., Any], *args: Any, **given: Any) -> None:
    """The act, unless an earlier run has done it."""
    if not SupervisionAct.objects.filter(key=ways["key"]).exists():
        act(*args, **given, **ways)
