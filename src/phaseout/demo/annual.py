"""The year 2017 of the demonstration, from the exits of two lines over what the cities reported to
the report that went up in January, by the real acts of demo people on their days; and the year 2018
begun. Idempotent.

    report(today)      as far as the day allows; what is there already goes on
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile

from phaseout.accounts.demo import enterprise_user
from phaseout.accounts.models import User
from phaseout.accounts.scope import scope_of
from phaseout.casework import acts as case_acts
from phaseout.casework.models import Act, Case
from phaseout.casework.proceeding.preparing import Asked
from phaseout.coordination.annual import acts as annual_acts
from phaseout.coordination.annual.standing import Standing, standing
from phaseout.coordination.returns import acts, drafting
from phaseout.coordination.returns.models import Draft, ReturnAct
from phaseout.coordination.returns.reconciling import Choice, Compared, compare, digest
from phaseout.coordination.returns.rows import Row
from phaseout.coordination.returns.seats import departments
from phaseout.coordination.returns.standing import Place, State, place
from phaseout.demo.acting import Acting
from phaseout.demo.case_files import picture
from phaseout.demo.casework import Walker
from phaseout.demo.planning import line_to_leave
from phaseout.evidence.attaching import attach
from phaseout.exits import acts as exit_acts
from phaseout.exits.acts.applying import Reviewed
from phaseout.province.names import fictional_uscc

MARK = "（演示，虚构）"
YEAR = 2017
ACTING = Acting("annual")
CITIES = {
    "640100": "yinchuan-officer",
    "640200": "shizuishan-officer",
    "640300": "wuzhong-officer",
    "640400": "guyuan-officer",
    "640500": "zhongwei-officer",
}
EXITING = ("640100", "640200")
OWING = {("640500", department) for department in ("epd", "qts", "wsb", "cms")}
"""(city, department) that never reported: late, and seen to be."""
APPLIED, ACCEPTED = date(2017, 8, 7), date(2017, 8, 21)
STEPS = (
    ("accept_application", ACCEPTED),
    ("begin_removal", date(2017, 8, 28)),
    ("set_dismantling_date", date(2017, 8, 30)),
    ("dismantle", date(2017, 10, 20)),
    ("acceptance_passed", date(2017, 10, 30)),
    ("settlement_confirmed", date(2017, 11, 6)),
    ("publish_exit", date(2017, 11, 8)),
    ("confirm_exit", date(2017, 12, 15)),
)
REPORTED, LATE = date(2017, 12, 22), date(2018, 1, 3)
RECONCILED, BACK, AGAIN = date(2018, 1, 8), date(2018, 1, 4), date(2018, 1, 5)
FROZEN, SIGNED = date(2018, 1, 15), date(2018, 1, 17)
AGREED, SENT, CORRECTED = date(2018, 1, 24), date(2018, 1, 26), date(2018, 3, 9)
PUBLISH, OBJECTIONS = "publish_exit", date(2017, 11, 28)
LATE_REASON = f"年底人员调整，数据汇总晚于期限{MARK}"
NOT_WAITED = f"中卫市有四份逾期未报送，经催报仍未报，按期上报，以台账数代替{MARK}"


def report(today: date) -> Standing | None:
    """The year reported on; None where its day has not come or nothing can exit."""
    if today < SENT:
        return None
    if standing(YEAR, today).sent is None:
        for city in EXITING:
            _exited(city)
        for city in CITIES:
            for department in departments():
                if (city, department) not in OWING:
                    _returned(place(YEAR, department, city, RECONCILED))
        _reported()
    if today >= CORRECTED:
        _corrected()
        _next_year(today)
    return standing(YEAR, today)


# The exits


def _exited(city: str) -> Case | None:
    """A line of the city leaves by the application of its enterprise."""
    key = ACTING.key(f"apply {city}")
    known = Act.objects.filter(key=key).select_related("case__line").first()
    case = known.case if known is not None else _applied(city, key)
    if case is None:
        return None
    _reviewed(case, city)
    there = set(case.acts.values_list("kind", flat=True))
    for kind, on in STEPS:
        if kind not in there:
            walker = Walker(Case.objects.select_related("line", "enterprise").get(pk=case.pk))
            walker.do(kind, on, **({"objections_until": OBJECTIONS} if kind == PUBLISH else {}))
    return case


def _applied(city: str, key: UUID) -> Case | None:
    line = line_to_leave(city)
    if line is None:
        return None
    by = enterprise_user(line.enterprise_id)
    paper = attach(
        SimpleUploadedFile("退出申请（演示）.png", picture(int(city))), by=by, dated_on=APPLIED
    )
    asked = Asked("apply_exit", {"application": [paper.digest], "exit_form": f"拆除主体设备{MARK}"})
    scope = scope_of(by, on=APPLIED)
    return case_acts.apply_exit(line.pk, asked, by=by, scope=scope, today=APPLIED, key=key).case


def _reviewed(case: Case, city: str) -> None:
    for level in ("county", "city"):
        on_paper = f"演示函〔2017〕1号{MARK}" if level == "county" else ""
        given = Reviewed(level, "agree", f"情况属实，同意退出{MARK}", on_paper)
        ways = ACTING.ways(CITIES[city], date(2017, 8, 14), f"review {level} {city}")
        exit_acts.review(case.pk, given, **ways)


# What the cities reported


def _returned(here: Place) -> None:
    """Reported and reconciled; one of them late, one sent back and reported anew."""
    what = f"{here.department} {here.city}"
    late = here.city == "640200" and here.department == "eic"
    if not _done(f"file {what}"):
        _drafted(here)
        _filed(here, f"file {what}", LATE if late else REPORTED, LATE_REASON if late else "")
    if here.city == "640200" and here.department == "epd" and not _done(f"again {what}"):
        ways = ACTING.ways("epd-officer", BACK, f"back {what}")
        acts.send_back(
            YEAR, here.department, here.city, reason=f"请补报环保关停的一户{MARK}", **ways
        )
        _keep(here, _outside(here, 7, "环保"))
        _filed(here, f"again {what}", AGAIN, f"补报一户{MARK}")
    now = place(YEAR, here.department, here.city, RECONCILED)
    if now.state is State.FILED and now.filed is not None:
        beside = compare(now, [Row.kept(one) for one in now.filed.rows.order_by("place")])
        ways = ACTING.ways(f"{here.department}-officer", RECONCILED, f"accept {what}")
        acts.accept_return(
            YEAR, here.department, here.city, _settled(beside), seen=digest(beside), **ways
        )


def _done(what: str) -> bool:
    return ReturnAct.objects.filter(key=ACTING.key(what)).exists()


def _drafted(here: Place) -> None:
    """Yinchuan adds a firm that is not in the register; Shizuishan corrects a quantity."""
    rows = drafting.drafted(here).rows
    for number, row in enumerate(rows, 1):
        if row.quantity is None:
            _keep(here, row.corrected(quantity=1), number)
    if here.department != "eic":
        return
    if here.city == "640100":
        _keep(here, _outside(here, 3, "市"))
    elif rows and rows[0].quantity:
        told = {"quantity": rows[0].quantity + 1, "reason": f"现场拆除时另有一台备用设备{MARK}"}
        _keep(here, rows[0].corrected(**told), 1)


def _keep(here: Place, row: Row, number: int | None = None) -> None:
    now = place(here.year, here.department, here.city, here.today)
    drafting.keep_row(now, number, row, by=User.objects.get(username=CITIES[here.city]))


def _outside(here: Place, number: int, who: str) -> Row:
    """A firm that nobody registered: small, closed by its city."""
    county = f"{here.city[:4]}21"
    return Row(
        division_code=county,
        industry="cement",
        enterprise=f"{MARK}望洪粉磨站{number}号",
        uscc=fictional_uscc(900_000 + number, county),
        way="dismantled",
        dimension="environment" if here.department == "epd" else "technology",
        equipment="φ2.4×8米水泥磨",
        quantity=1,
        amount=Decimal(number * 50_000),
        unit="t/a",
        dismantled_on=date(here.year, 2 if here.year > YEAR else 9, 20),
        document=f"演示{who}发〔{here.year}〕{number}号",
        reason=f"未建档企业，已现场核查拆除{MARK}",
    )


def _filed(here: Place, what: str, on: date, reason: str) -> None:
    now = place(YEAR, here.department, here.city, on)
    seen = drafting.drafted(now)
    ways = ACTING.ways(CITIES[here.city], on, what)
    acts.file_return(
        YEAR,
        here.department,
        here.city,
        draft=seen.digest,
        nil=not seen.rows,
        reason=reason,
        **ways,
    )


def _settled(beside: Sequence[Compared]) -> dict[int, tuple[str, str]]:
    """What the city reports counts where it was looked into."""
    why = f"已派员现场核实，与市关闭文件相符{MARK}"
    chosen = {True: Choice.CITY, False: Choice.LEDGER}
    return {
        at: (chosen[one.city is not None], why) for at, one in enumerate(beside) if one.differences
    }


# The report


def _reported() -> None:
    now = standing(YEAR, SENT)
    if now.freeze is None:
        ways = ACTING.ways("eic-officer", FROZEN, "freeze")
        annual_acts.freeze(YEAR, reason=NOT_WAITED, **ways)
        now = standing(YEAR, SENT)
    assert now.freeze is not None
    seen = now.freeze.digest
    for who in ("eic-leader", "drc-leader"):
        if who.partition("-")[0] in now.to_sign:
            annual_acts.sign(YEAR, digest=seen, **ACTING.ways(who, SIGNED, f"sign {who}"))
    if now.approved is None:
        _agreed(seen)
    ways = ACTING.ways("eic-officer", SENT, "send")
    annual_acts.send(YEAR, number=f"宁经信发〔2018〕12号{MARK}", **ways)


def _agreed(seen: str) -> None:
    ways = ACTING.ways("leader", AGREED, "approve")
    annual_acts.approve(YEAR, digest=seen, document=f"宁政函〔2018〕5号{MARK}", **ways)


def _corrected() -> None:
    """The capacity of the firm outside the register was written down wrongly."""
    now = standing(YEAR, CORRECTED)
    if now.errata or now.freeze is None:
        return
    row = now.freeze.rows.filter(line=None).order_by("place").first()
    if row is None:
        return
    after = Row.kept(row).corrected(amount=row.amount - 30_000)
    annual_acts.correct(
        YEAR,
        row.place,
        after,
        reason=f"复核铭牌，原报产能多计3万吨/年{MARK}",
        document=f"宁经信发〔2018〕31号{MARK}",
        **ACTING.ways("eic-leader", CORRECTED, "correct"),
    )


def _next_year(today: date) -> None:
    """The year 2018 has begun: a city keeps a draft of what it closed in February."""
    here = place(YEAR + 1, "eic", "640100", today)
    if Draft.objects.filter(year=here.year).exists() or here.filed is not None:
        return
    _keep(here, _outside(here, 5, "市"))
