"""A settlement of the demonstration, by the real acts of demo people: an enterprise that leaves of
its own wish, a dozen invented employees, part of what they are owed paid. Idempotent.

    settle(today)      the settlement; None where its day has not come or no enterprise is there

The exit is accepted and waits: with open claims it is not closed unless a leader allows it.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from phaseout.accounts.demo import enterprise_user
from phaseout.accounts.models import User
from phaseout.casework.acts.applying import application_of, apply_exit
from phaseout.casework.models import Act, Case, Finding
from phaseout.casework.proceeding.standing import current
from phaseout.demo.acting import Acting
from phaseout.demo.casework import Walker
from phaseout.demo.exits import Spot, in_cities, reviewed
from phaseout.evidence.keeping import keep
from phaseout.evidence.models import EvidenceFile
from phaseout.measures.employees import acts
from phaseout.measures.employees.acts import Meeting
from phaseout.measures.employees.claims import claims
from phaseout.measures.employees.models import EmployeeAct, Paid, Settlement, Step, WageStandard
from phaseout.registry.models import Enterprise

MARK = "（演示，虚构）"
ACTING = Acting("employees")
APPLIED, AGREED = date(2018, 1, 12), date(2018, 1, 15)
LEAVES = (
    ("accept_application", date(2018, 1, 15)),
    ("cease_business", date(2018, 2, 28)),
    ("verify_stopped", date(2018, 3, 2)),
)
"""The exit of the whole enterprise, on its application."""
CITIES_OF_LEADERS = ("6401", "6402")
"""Cities for which the demonstration has a leader, who lets a business cease."""
OPENED, TOLD, HELD = date(2018, 1, 16), date(2018, 1, 18), date(2018, 1, 26)
LISTED, CONFIRMED, PAID = date(2018, 2, 1), date(2018, 2, 5), date(2018, 3, 9)
STAFF = 46
HEAD = (
    "工号,姓名,人员类别,出生日期,入职日期,合同终止日期,终止事由,前十二个月应得工资合计,工资月数,"
    "原单位起始日期,原单位终止日期,原单位已付补偿,保护情形,安置方式,2008年前补偿,拖欠工资,"
    "欠缴社会保险费,失业保险缴费月数"
)
PEOPLE = (
    "0003,竺长庚,男职工,1962-04-11,1985-07-01,,,,,,,,,内部退养,,0,0,",
    "0008,阮青禾,女工人,1969-08-20,1992-03-01,,,,,,,,,内部分流,,3600.00,0,",
    "0014,茹停云,男职工,1975-11-02,1998-09-01,2018-02-28,关闭,78000.00,12,,,,,转岗就业创业,26000.00,"
    "6500.00,2184.00,112",
    "0017,佘望川,男职工,1971-02-27,2001-05-15,2018-02-28,关闭,81600.00,12,,,,,,,6800.00,0,98",
    "0021,宿临风,男职工,1980-06-30,2008-08-01,2018-02-28,关闭,90000.00,12,,,,,转岗就业创业,,0,0,113",
    "0022,鄂秋水,女干部,1983-12-05,2009-03-01,2018-02-28,关闭,259200.00,12,,,,,转岗就业创业,,0,0,107",
    "0026,庹知非,男职工,1986-09-14,2012-01-04,2018-02-28,关闭,66000.00,12,2010-02-01,2011-12-31,否,,,,"
    "5500.00,1320.00,96",
    "0031,闳见山,男职工,1990-01-23,2014-04-01,2018-02-28,关闭,57600.00,12,,,,工伤或职业病,,,4800.00,0,47",
    "0033,麴拂衣,女工人,1992-05-08,2015-06-01,2018-02-28,关闭,50400.00,12,,,,孕产哺乳期,,,4200.00,0,33",
    "0038,冼星沉,男职工,1979-03-19,2016-10-10,2018-02-28,协商解除,49200.00,12,,,,,公益性岗位,,0,0,17",
    "0041,仉折梅,女工人,1996-07-07,2017-09-01,2018-02-28,关闭,21600.00,6,,,,,转岗就业创业,,0,0,6",
    "0045,逄遥岑,男职工,1998-10-16,2017-12-01,2018-02-20,辞职,8100.00,3,,,,,转岗就业创业,,0,0,3",
)


def settle(today: date) -> Settlement | None:
    """The settlement as far as its own days; what is there already stays."""
    if today < PAID:
        return None
    case = _leaving()
    if case is None:
        return None
    firm, own = case.enterprise, enterprise_user(case.enterprise_id).username
    _standards(firm)
    settlement = acts.open_settlement(
        firm.pk, staff=STAFF, case_number=case.number, **ACTING.ways(own, OPENED, "open")
    )
    meeting = Meeting("congress", TOLD, HELD, 40, 37, 31, None, f"要求先付拖欠工资{MARK}")
    if not _done("procedure"):
        minutes = _file("职工代表大会决议.csv", f"决议{MARK}", own)
        acts.record_procedure(
            settlement.pk, meeting, minutes, **ACTING.ways(own, HELD, "procedure")
        )
    if not _done("list"):
        listed = _file("职工名册.csv", "\n".join([HEAD, *PEOPLE]), own)
        acts.take_list(settlement.pk, listed, **ACTING.ways(own, LISTED, "list"))
    acts.confirm_plan(settlement.pk, **ACTING.ways("hr-officer", CONFIRMED, "confirm"))
    _paid(settlement, own)
    return settlement


def _leaving() -> Case | None:
    """The exit of an enterprise on its application; None where no line of the site is fit."""
    act = Act.objects.filter(key=ACTING.key("exit")).select_related("case__enterprise").first()
    case = act.case if act is not None else _applied()
    if case is None:
        return None
    reviewed(Spot(case.pk, PAID), APPLIED, AGREED)
    walker = Walker(case)
    for kind, on in LEAVES[case.acts.count() - 1 :]:
        walker.do(kind, on)
    return case


def _applied() -> Case | None:
    """The enterprise applies: one with a line found outdated, and in no case yet."""
    found = Finding.objects.filter(
        verdict="noncompliant", ended_on=None, line__isnull=False, found_on__lte=APPLIED
    ).exclude(enterprise__in=Case.objects.values("enterprise"))
    places = in_cities("line__division_code", CITIES_OF_LEADERS)
    finding = found.filter(places, dimension="technology").order_by("line_id").first()
    finding = finding or found.filter(places).order_by("line_id").first()
    if finding is None or finding.line is None:
        return None
    line = finding.line
    by = enterprise_user(line.enterprise_id)
    case = application_of(line, APPLIED)
    asked = Walker(case).asked(current(case, []).acts["apply_exit"], APPLIED)
    ways = ACTING.ways(by.username, APPLIED, "exit")
    return apply_exit(line.pk, asked, **ways).case


def _standards(firm: Enterprise) -> None:
    city = f"{firm.division_code[:4]}00"
    acts.record_standard(
        WageStandard.Kind.AVERAGE, city, Decimal("5400.00"), year=2017,
        document=f"某市统计公报{MARK}", **ACTING.ways("hr-officer", OPENED, "average"),
    )  # fmt: skip
    acts.record_standard(
        WageStandard.Kind.MINIMUM, "640000", Decimal("1560.00"), valid_from=date(2017, 10, 1),
        document=f"最低工资标准通知{MARK}", **ACTING.ways("hr-officer", OPENED, "minimum"),
    )  # fmt: skip


def _paid(settlement: Settlement, own: str) -> None:
    """Arrears to all, severance to most, insurance transferred for those, new jobs for some."""
    if _done("reemployed"):
        return
    standing = claims(settlement.pk)
    ended = [one.number for one in standing if one.ended]
    owed: list[tuple[Paid.What, list[str]]] = [
        (Paid.What.WAGES, [one.number for one in standing if one.wages]),
        (Paid.What.INSURANCE, ["0014"]),
        (Paid.What.SEVERANCE, ["0014", "0021", "0022", "0031", "0033", "0041"]),
    ]
    for what, numbers in owed:
        acts.record_payments(
            settlement.pk, what, dict.fromkeys(numbers), paid_on=PAID,
            voucher=f"银行回单{MARK}", **ACTING.ways(own, PAID, what),
        )  # fmt: skip
    steps = (
        (Step.What.TRANSFERRED, ended[:6]),
        (Step.What.LISTED, ended[:-1]),
        (Step.What.PLACED, ["0003", "0008"]),
        (Step.What.REEMPLOYED, ["0014", "0021", "0041"]),
    )
    for step, numbers in steps:
        acts.record_steps(
            settlement.pk, step, numbers, done_on=PAID, note=MARK, **ACTING.ways(own, PAID, step)
        )


def _done(what: str) -> bool:
    return EmployeeAct.objects.filter(key=ACTING.key(what)).exists()


def _file(name: str, text: str, by: str) -> EvidenceFile:
    return keep([text.encode("utf-8-sig")], name=name, by=User.objects.get(username=by))
