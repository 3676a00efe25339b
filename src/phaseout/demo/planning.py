"""The yearly plans and the meetings of the demonstration, by the real acts of demo people on their
days: the plan of 2017, adopted and carried out but for one line; that of 2018, in consultation on
the demo day; a meeting with its follow-ups and one that is called. Idempotent.

    plan(today)      as far as the day allows; what is there already goes on
    meet(today)
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from phaseout.casework.models import Act, Case, Finding
from phaseout.coordination.mechanism import acts as meeting_acts
from phaseout.coordination.mechanism.acts import Decided, Held
from phaseout.coordination.mechanism.models import MechanismAct, Meeting
from phaseout.coordination.offices import cities
from phaseout.coordination.planning import acts
from phaseout.coordination.planning.acts import Edits, LineEdit, TextEdit
from phaseout.coordination.planning.candidates import candidates
from phaseout.coordination.planning.models import Consultation, Opinion, PlanAct, WorkPlan
from phaseout.demo.acting import Acting
from phaseout.law.dismantling import kind_of
from phaseout.registry.models import CapacityPosting, EquipmentVersion, ProductionLine

MARK = "（演示，虚构）"
ACTING, MEETING = Acting("planning"), Acting("mechanism")
LEAVING, STAYING = ("640100", "640200"), "640300"
"""Cities with a line that was planned for 2017 and left; one whose line did not."""
DRAFTED, ASKED, LAST_DAY = date(2017, 3, 27), date(2017, 3, 28), date(2017, 4, 14)
ANSWERED, CHANGED = date(2017, 4, 17), date(2017, 4, 18)
SUBMITTED, ADOPTED = date(2017, 4, 19), date(2017, 4, 26)
AGAIN, ASKED_AGAIN, OPEN_UNTIL = date(2018, 3, 12), date(2018, 3, 13), date(2018, 3, 30)
SAID = date(2018, 3, 14)


def plan(today: date) -> list[WorkPlan]:
    """The latest drafts of both years; none where their days have not come or nothing can leave."""
    if today < SAID:
        return []
    return [one for one in (_of_2017(), _of_2018()) if one is not None]


def _of_2017() -> WorkPlan | None:
    lines = [line for city in (*LEAVING, STAYING) if (line := _leaving(city)) is not None]
    if not lines:
        return None
    reason = f"市人民政府已与企业议定年内退出{MARK}"
    edits = Edits({line: LineEdit(reason, included=True) for line in lines}, reason=reason)
    first = acts.draft_plan(2017, edits, **_ways("eic-officer", DRAFTED, "2017"))
    consultation = _consulted(first, ASKED, LAST_DAY, "2017")
    _says(consultation, "epd", ASKED, "2017", f"请增加拆除现场固体废物处置的要求。{MARK}")
    for office in ("drc", "qts", "wsb"):
        _says(consultation, office, ASKED, "2017")
    for point in Opinion.objects.filter(reply__asked__consultation=consultation):
        ways = _ways("eic-officer", ANSWERED, f"2017 answer {point.place}")
        _once(ways, acts.answer_opinion, point.pk, "followed", f"已写入措施{MARK}")
    final = _changed(first)
    submit = _ways("eic-leader", SUBMITTED, "2017 submit")
    _once(submit, acts.submit, final.pk, digest=final.digest)
    adopt = _ways("leader", ADOPTED, "2017 adopt")
    _once(adopt, acts.adopt, final.pk, f"宁政办发〔2017〕0号{MARK}", digest=final.digest)
    return final


def _changed(first: WorkPlan) -> WorkPlan:
    """As the environment department wanted it."""
    exit_ = first.measures.filter(clause=9).order_by("place").first()
    texts = {}
    if exit_ is not None:
        text = f"{exit_.text}拆除产生的固体废物依法处置。"
        texts[exit_.place] = TextEdit(text, f"采纳自治区环境保护厅意见{MARK}")
    edits = Edits(measures=texts, reason=f"按征求意见情况修改{MARK}")
    return acts.draft_plan(2017, edits, **_ways("eic-officer", CHANGED, "2017 change"))


def _leaving(city: str) -> str | None:
    """The line that left in 2017 (`demo.annual`), or that could have."""
    left = Act.objects.filter(key=Acting("annual").key(f"apply {city}"))
    known = left.values_list("case__line_id", flat=True).first()
    planned = PlanAct.objects.filter(key=ACTING.key("2017")).first()
    if known is not None:
        return str(known)
    if planned is None:
        line = line_to_leave(city)
        return line.pk if line else None
    listed = planned.content["lines"]
    return next((o["line_id"] for o in listed if o["division_code"][:4] == city[:4]), None)


def line_to_leave(city: str) -> ProductionLine | None:
    """One that leaves in 2017: with capacity on the ledger before it, main equipment of a kind we
    know, and an enterprise with neither case nor finding against it."""
    against = Finding.objects.filter(
        enterprise=OuterRef("enterprise"), verdict="noncompliant", ended_on=None
    )
    cased = Case.objects.filter(enterprise=OuterRef("enterprise"))
    counted = CapacityPosting.objects.filter(
        line=OuterRef("pk"), account="registered", effective_on__lt=date(2017, 1, 1)
    )
    free = ProductionLine.objects.filter(
        ~Exists(against), ~Exists(cased), Exists(counted), division_code__startswith=city[:4]
    ).order_by("-pk")
    named = EquipmentVersion.objects.filter(replaced_by=None).values_list("line_id", "type")
    types = dict(named.order_by("-equipment_id"))
    for line in free:
        known = kind_of(types[line.pk], line.industry) if line.pk in types else "other"
        if known not in ("other", "coal_mine"):
            return line
    return None


def _of_2018() -> WorkPlan | None:
    ways = _ways("eic-officer", AGAIN, "2018")
    known = PlanAct.objects.filter(key=ways["key"]).first()
    if known is None and not any(one.included for one in candidates(2018, AGAIN)):
        return None  # a province in which nothing was found
    drafted: WorkPlan = known.drafted if known else acts.draft_plan(2018, Edits(), **ways)
    consultation = _consulted(drafted, ASKED_AGAIN, OPEN_UNTIL, "2018")
    _says(
        consultation,
        "epd",
        SAID,
        "2018",
        f"焦化企业的限制生产期限已定，建议按期限安排时间节点。{MARK}",
        f"请对石嘴山市增加一次联合核查。{MARK}",
    )
    _says(consultation, "qts", SAID, "2018")
    return drafted


def _consulted(plan: WorkPlan, on: date, last: date, year: str) -> Consultation:
    ways = _ways("eic-officer", on, f"{year} consult")
    known = PlanAct.objects.filter(key=ways["key"]).first()
    if known is not None:
        made: Consultation = known.consultation
        return made
    return acts.consult(plan.pk, [*acts.named_offices("eic"), *cities()], last, **ways)


def _says(consultation: Consultation, office: str, on: date, year: str, *points: str) -> None:
    ways = _ways(f"{office}-officer", on, f"{year} {office}")
    _once(ways, acts.give_opinion, consultation.pk, points)


def _ways(who: str, on: date, what: str) -> dict[str, Any]:
    return ACTING.ways(who, on, what)


def _once(ways: dict[str, Any], act: Callable[..., Any], *args: Any, **given: Any) -> None:
    """The act, unless an earlier run has done it."""
    if not PlanAct.objects.filter(key=ways["key"]).exists():
        act(*args, **given, **ways)


# Meetings

CALLED, HELD, ISSUED = date(2018, 1, 9), date(2018, 1, 16), date(2018, 1, 18)
REPORTED, CHECKED, SO_FAR = date(2018, 2, 8), date(2018, 2, 9), date(2018, 3, 12)
NEXT_CALLED, NEXT = date(2018, 3, 14), date(2018, 3, 22)
DECIDED = (
    Decided(f"核查三家焦化企业限制生产措施的落实情况{MARK}", "epd", date(2018, 2, 9)),
    Decided(f"督促惠农区两家铁合金企业完成整改方案{MARK}", "city_640200", date(2018, 3, 9)),
    Decided(f"清理注销退出企业的生产许可证{MARK}", "qts", date(2018, 4, 20)),
)


def meet(today: date) -> list[Meeting]:
    """The meeting of January with what followed, and the next one called."""
    if today < NEXT_CALLED:
        return []
    invited = ["drc", "epd", "qts", "wsb", "cms", "finance", "hr", *cities()]
    first = _called(CALLED, HELD, f"部署2018年一季度淘汰落后产能工作{MARK}", invited)
    _minuted(first, invited)
    following = _called(NEXT_CALLED, NEXT, f"研究2018年工作方案的意见采纳情况{MARK}", invited)
    return [first, following]


def _called(on: date, day: date, topic: str, invited: list[str]) -> Meeting:
    ways = MEETING.ways("eic-officer", on, f"call {day}")
    known = MechanismAct.objects.filter(key=ways["key"]).first()
    if known is not None:
        made: Meeting = known.called
        return made
    return meeting_acts.call_meeting(day, f"自治区会议中心{MARK}", topic, invited, **ways)


def _minuted(meeting: Meeting, invited: list[str]) -> None:
    summary = f"通报了2017年退出情况，研究了一季度安排。{MARK}"
    held = Held(HELD, f"罗主任{MARK}", invited[:6], summary, DECIDED)
    writing = MEETING.ways("eic-officer", HELD, "minutes")
    if MechanismAct.objects.filter(key=writing["key"]).exists():
        return
    minutes = meeting_acts.record_minutes(meeting.pk, held, **writing)
    issuing = MEETING.ways("eic-leader", ISSUED, "issue")
    meeting_acts.issue_minutes(meeting.pk, digest=minutes.digest, **issuing)
    points = list(minutes.points.all())
    done = meeting_acts.report_point(
        points[0].pk, f"三家企业均已落实限产{MARK}", done=True,
        **MEETING.ways("epd-officer", REPORTED, "report epd"),
    )  # fmt: skip
    meeting_acts.check_report(
        done.pk, accepted=True, **MEETING.ways("eic-officer", CHECKED, "check epd")
    )
    meeting_acts.report_point(
        points[2].pk, f"已注销一家，其余正在核对{MARK}", done=False,
        **MEETING.ways("qts-officer", SO_FAR, "report qts"),
    )  # fmt: skip
