"""Exits of the demonstration, by the real acts of demo people: one line being dismantled, with what
was recorded on the spot, and one whose enterprise applied by itself: dismantled, accepted,
published, confirmed. Idempotent. The other form, a whole enterprise, is in `closing`.

    exit_lines(today)      as far as the day allows; what is there already goes on
    confirm(today)         the end of the exit applied for, after what it puts an end to
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Exists, OuterRef, Q, QuerySet

from phaseout.accounts.demo import enterprise_user
from phaseout.accounts.models import User
from phaseout.casework import acts as case_acts
from phaseout.casework.models import Act, Case, Finding, Proposal
from phaseout.casework.proceeding.preparing import Asked
from phaseout.demo.acting import Acting
from phaseout.demo.case_files import picture
from phaseout.demo.case_plans import DISMANTLING
from phaseout.demo.casework import Walker
from phaseout.desk.day import BEIJING
from phaseout.evidence.attaching import attach
from phaseout.exits import acts
from phaseout.exits.acts.accepting import Signed
from phaseout.exits.acts.applying import Reviewed, Task
from phaseout.exits.acts.planning import Planned
from phaseout.exits.acts.recording import Photo, Place, Recorded
from phaseout.exits.bringing import bring
from phaseout.exits.models import ExitAct
from phaseout.exits.standing import ExitStanding, standing_of
from phaseout.law.dismantling import KINDS, PARTIES, Equipment, kind_of, sheet
from phaseout.registry.models import EquipmentVersion, ProductionLine

MARK = "（演示，虚构）"


def _day(month: int, day: int) -> date:
    return date(2018, month, day)


APPLIED = _day(1, 15)
TASK_DAYS = {
    "cut_off": _day(2, 9),
    "dismantling": _day(2, 14),
    "acceptance": _day(2, 28),
    "report": _day(3, 15),
}
SETTLED, PUBLISHED, OBJECTIONS, CONFIRMED = _day(2, 27), _day(2, 28), _day(3, 9), _day(3, 12)
CITIES = {"6401": "yinchuan-officer", "6402": "shizuishan-officer"}
"""The cities that have demo people."""
_FIELDS: Mapping[str, Mapping[str, str]] = {
    "tick": {"done": "yes"},
    "paper": {"title": f"证明材料{MARK}", "dated": "2018-02-12"},
    "seal": {"number": "演示封条0001", "where": "主体设备入口"},
    "inventory": {"what": "主传动电机", "quantity": "1", "stored": "厂内一号仓库"},
    "meter": {"meter": "演示-001", "reading": "123456.7"},
}
_MP4 = b"\0\0\0\x18ftypisom\0\0\0\0isommp42"


def exit_lines(today: date) -> list[Case]:
    """The exits, each as far as the day allows."""
    there = []
    applied = _applied(today)
    if applied is not None:
        _accepted(Spot(applied.pk, today))
        there.append(applied)
    opened = Act.objects.filter(key=DISMANTLING.key).select_related("case").first()
    if opened is not None and opened.case.acts.filter(kind="set_dismantling_date").exists():
        _under_way(Spot(opened.case_id, today))
        there.append(opened.case)
    return there


@dataclass
class Spot:
    """One exit on the spot, where the inspector of the office does what is done there."""

    case_id: int
    today: date
    office: str = "eic"

    @property
    def exit(self) -> ExitStanding:
        cases = Case.objects.select_related("enterprise", "line")
        return standing_of(cases.get(pk=self.case_id))

    def ways(self, on: date, what: str, who: str = "") -> dict[str, Any]:
        return self._acting.ways(who or self.inspector, on, what)

    @property
    def inspector(self) -> str:
        return f"{self.office}-inspector"

    def key(self, what: str) -> UUID:
        return self._acting.key(what)

    @property
    def _acting(self) -> Acting:
        return Acting(f"exit:{self.case_id}")

    def new(self, what: str, on: date) -> bool:
        """Whether it is still to be done, and its day has come."""
        return on <= self.today and not ExitAct.objects.filter(key=self.key(what)).exists()

    def plan(self, form: str, on: date, ends: date, equipment: Sequence[Equipment] = ()) -> None:
        """`equipment`: what goes; else the line's own as the registry knows it."""
        if not self.new("plan", on):
            return
        equipment = equipment or _equipment(self.exit)
        if form not in KINDS[equipment[0].kind].forms.split(";"):
            form = KINDS[equipment[0].kind].forms.split(";")[0]
        days = {"responsible": f"厂长任某{MARK}", "begins": f"{on}", "ends": f"{ends}"}
        filled = {
            item["id"]: days
            for item in sheet(equipment, form, on)["items"]
            if item["about"] == "part"
        }
        goes = "" if form == "stop" else f"本市废钢回收企业{MARK}"
        given = Planned(form, equipment, filled, destination=goes)
        acts.make_plan(self.case_id, given, **self.ways(on, "plan"))

    def record(self, item: Mapping[str, Any], on: date, *slots: str, **fields: str) -> None:
        what = f"record {item['id']} {on}"
        if not self.new(what, on):
            return
        types = {slot["slot"]: slot["type"] for slot in item["slots"]}
        photos = [self.photo(slot, types[slot], item["id"], on) for slot in slots]
        given = Recorded(
            item["record"],
            item["id"],
            {**_FIELDS[item["record"]], **fields},
            _moment(on),
            photos,
            place=Place("38.487200", "106.230900", 15),
            device="phone",
        )
        acts.record(self.case_id, given, now=_moment(on, 12), **self.ways(on, what))

    def photo(self, slot: str, type_: str, item: str, on: date) -> Photo:
        seed = uuid5(self.key(item), f"{slot} {on}").int
        body = _MP4 + str(seed).encode() if type_ == "video" else picture(seed % 9973)
        name = f"{slot}-{on:%m%d}（演示）.{'mp4' if type_ == 'video' else 'png'}"
        by = User.objects.get(username=self.inspector)
        return Photo(slot, attach(SimpleUploadedFile(name, body), by=by, dated_on=on), _moment(on))

    def record_all(self, on: date, about: str = "", gate: str = "") -> None:
        """Everything that still lacks, of these items."""
        exit_ = self.exit
        for item in exit_.items.values():
            fits = about in ("", item["about"]) and gate in ("", item["gate"])
            if fits and item["record"] and not exit_.complete(item["id"]):
                seen = exit_.seen.get(item["id"])
                slots = [
                    slot["slot"]
                    for slot in item["slots"]
                    if not seen or seen.slots.get(slot["slot"], 0) < slot["at_least"]
                ]
                self.record(item, on, *slots)

    def before(self, on: date) -> None:
        for item in self.exit.items.values():
            if item["about"] == "part" and any(s["slot"] == "before" for s in item["slots"]):
                self.record(item, on, "before", done="no")

    def does(self, kind: str, on: date, **given: Any) -> None:
        """An act of the case by whose it is, once."""
        if on <= self.today and not Act.objects.filter(case=self.case_id, kind=kind).exists():
            Walker(self.exit.case).do(kind, on, **given)

    def bring(self, kind: str, on: date, signed_on: date, who: str = "") -> None:
        if signed_on > self.today or Act.objects.filter(case=self.case_id, kind=kind).exists():
            return
        done = bring(self.case_id, kind, **self.ways(on, f"bring {kind}", who))
        if isinstance(done, Proposal):
            ways = self.ways(signed_on, f"sign {kind}", f"{self.office}-leader")
            case_acts.sign(done.pk, digest=done.digest, **ways)


def _applied(today: date) -> Case | None:
    """The case of an enterprise that applied by itself, for a line with nothing against it."""
    acting = Acting("exit")
    known = Act.objects.filter(key=acting.key("application")).select_related("case").first()
    if known is not None:
        return known.case
    line = _line_to_leave() if today >= APPLIED else None
    if line is None:
        return None
    by = enterprise_user(line.enterprise_id)
    paper = attach(SimpleUploadedFile("退出申请（演示）.png", picture(17)), by=by, dated_on=APPLIED)
    asked = Asked("apply_exit", {"application": [paper.digest], "exit_form": f"拆除主体设备{MARK}"})
    ways = acting.ways(by.username, APPLIED, "application")
    return case_acts.apply_exit(line.pk, asked, **ways).case


def _line_to_leave() -> ProductionLine | None:
    """Of a city with demo people, with equipment whose parts we know: one that the catalogue has to
    be gone, so that its end can be seen in all that goes with it; else one of an enterprise without
    a case and without a finding against it."""
    return _fit((*_to_be_gone(), *_with_nothing_against_it()), "dismantle")


def line_to_seal() -> ProductionLine | None:
    """Likewise, of equipment that may be sealed before it goes; with nothing against it first."""
    return _fit((*_with_nothing_against_it(), *_to_be_gone()), "seal")


def _fit(lines: Iterable[ProductionLine], form: str) -> ProductionLine | None:
    """The first whose equipment we know the parts of, and that may exit in this form."""
    named = EquipmentVersion.objects.filter(replaced_by=None).values_list("line_id", "type")
    types = dict(named.order_by("-equipment_id"))
    for line in lines:
        kind = kind_of(types[line.pk], line.industry) if line.pk in types else "other"
        if kind not in ("other", "coal_mine") and form in KINDS[kind].forms.split(";"):
            return line
    return None


def in_cities(field: str, cities: Iterable[str] = CITIES) -> Q:
    """That a division code is of one of these cities."""
    found = Q(pk__in=[])
    for prefix in cities:
        found |= Q(**{f"{field}__startswith": prefix})
    return found


def _to_be_gone() -> QuerySet[ProductionLine]:
    against = Finding.objects.filter(
        line=OuterRef("pk"), dimension="technology", verdict="noncompliant", effect="opens",
        provisional=False, ended_on=None, found_on__lte=APPLIED,
    )  # fmt: skip
    cased = Case.objects.filter(line=OuterRef("pk"))
    known = ProductionLine.objects.filter(in_cities("division_code"), capacity__isnull=False)
    return known.filter(Exists(against), ~Exists(cased)).order_by("pk")


def _with_nothing_against_it() -> QuerySet[ProductionLine]:
    against = Finding.objects.filter(
        enterprise=OuterRef("enterprise"), verdict="noncompliant", ended_on=None
    )
    cased = Case.objects.filter(enterprise=OuterRef("enterprise"))
    free = ProductionLine.objects.filter(in_cities("division_code"), ~Exists(against))
    return free.filter(~Exists(cased)).order_by("pk")


def _accepted(spot: Spot) -> None:
    reviewed(spot, _day(1, 17), _day(1, 18))
    set_task(spot, _day(1, 22), TASK_DAYS)
    spot.does("accept_application", _day(1, 24))
    spot.plan("dismantle", _day(1, 26), _day(2, 12))
    spot.bring("begin_removal", _day(1, 29), _day(1, 30), who="eic-officer")
    spot.does("cut_water", _day(2, 1))
    spot.does("cut_power", _day(2, 2))
    spot.does("commitment", _day(2, 5))
    spot.before(_day(2, 6))
    spot.record_all(_day(2, 9), about="part")
    spot.record_all(_day(2, 12))
    spot.bring("dismantle", _day(2, 13), _day(2, 13))
    sign(spot, _day(2, 22), _day(2, 23))
    spot.bring("acceptance_passed", _day(2, 24), _day(2, 26))
    spot.does("settlement_confirmed", SETTLED)
    spot.does("publish_exit", PUBLISHED, objections_until=OBJECTIONS)


def confirm(today: date) -> Case | None:
    """The exit applied for is confirmed, its capacity booked; None: there is none, or not yet."""
    case = _applied(today)
    if case is None or today < CONFIRMED:
        return None
    Spot(case.pk, today).does("confirm_exit", CONFIRMED)
    return Case.objects.get(pk=case.pk)


def reviewed(spot: Spot, county: date, city: date) -> None:
    """County (by a letter that the city enters) and city agree to an application."""
    who = CITIES[spot.exit.case.division_code[:4]]
    for level, day in (("county", county), ("city", city)):
        if spot.new(f"review {level}", day):
            paper = f"演示函〔2018〕1号{MARK}" if level == "county" else ""
            given = Reviewed(level, "agree", f"情况属实，同意退出{MARK}", paper)
            acts.review(spot.case_id, given, **spot.ways(day, f"review {level}", who))


def set_task(spot: Spot, on: date, days: Mapping[str, date]) -> None:
    if spot.new("task", on):
        task = Task(f"演示任务〔2018〕1号{MARK}", days)
        acts.set_task(spot.case_id, task, **spot.ways(on, "task", "eic-officer"))


def sign(spot: Spot, laid_on: date, signed_on: date) -> None:
    names = {party: f"{row.zh}{MARK}" for party, row in PARTIES.items()}
    if spot.new("lay", laid_on):
        acts.lay_sheet(spot.case_id, names, **spot.ways(laid_on, "lay"))
    sheet_ = spot.exit.sheet
    for number, (party, row) in enumerate(PARTIES.items()):
        if sheet_ is None or not spot.new(f"sign {party}", signed_on):
            continue
        drawn = SimpleUploadedFile("签名（演示）.png", picture(spot.case_id + 7 * number + 1))
        ways = spot.ways(signed_on, f"sign {party}")
        signature = attach(drawn, by=ways["by"], dated_on=signed_on)
        signed = Signed(party, "agree", sheet_.digest, f"某某{MARK}", row.role_zh, signature)
        acts.sign_sheet(spot.case_id, signed, **ways)


def _under_way(spot: Spot) -> None:
    spot.plan("seal", _day(3, 8), _day(5, 25))
    spot.record_all(_day(3, 9), gate="drive")
    spot.record_all(_day(3, 9), gate="seal")
    spot.before(_day(3, 12))
    exit_ = spot.exit
    first = next((i for i in exit_.items.values() if i["about"] == "part"), None)
    if first is not None and not exit_.complete(first["id"]):
        slots = [slot["slot"] for slot in first["slots"] if slot["slot"] != "before"]
        spot.record(first, _day(3, 14), *slots)


def _equipment(exit_: ExitStanding) -> list[Equipment]:
    """The line's main equipment of one kind as the registry knows it."""
    line = exit_.case.line
    rows = EquipmentVersion.objects.filter(line_id=line.pk, replaced_by=None)
    named = {row.equipment_id: row.type for row in rows.order_by("equipment_id", "attribute")}
    named = named or {"设备1": line.name}
    kinds = {key: kind_of(type_, line.industry) for key, type_ in named.items()}
    kind = next(iter(kinds.values()))
    parts = ("主体设备",) if kind == "other" else ()
    return [
        Equipment(key, named[key], kind, parts) for key in list(named)[:2] if kinds[key] == kind
    ]


def _moment(on: date, hour: int = 10) -> datetime:
    return datetime(on.year, on.month, on.day, hour, tzinfo=BEIJING)
