"""The demonstration's site: people, signatures, the province imported and judged.

Each step is the same act that a person on the site, or its worker, would do. Each is done once:
killed between two, or in the middle of one, the next run goes on where this one was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from phaseout.accounts.demo import PEOPLE, enterprise_user, load_people
from phaseout.accounts.models import User
from phaseout.accounts.organisations import office_name
from phaseout.accounts.powers import ROLE_WORDS
from phaseout.casework import judging
from phaseout.casework.models import Finding, JudgementRun
from phaseout.casework.watching import sweeping
from phaseout.demo import (
    annual,
    closing,
    employees,
    exits,
    funds,
    inspections,
    land,
    lists,
    notices,
    part_exit,
    planning,
    prices,
    public_site,
    restart,
    retrofit,
    sanctions,
    sealing,
    second_list,
    supervision,
)
from phaseout.demo.casework import EARLY, carry_cases
from phaseout.desk.day import today
from phaseout.facts.sources import find
from phaseout.law.refusals import Bilingual, Refusal
from phaseout.library.demo import load_signatures
from phaseout.registry.imports import check, take_folder, take_import
from phaseout.registry.models import Enterprise, Import, Touched

Announce = Callable[[str, str], None]

IMPORTER = "eic-officer"


@dataclass(frozen=True, slots=True)
class SignIn:
    """A demo person to choose on the sign-in page."""

    username: str
    name: str
    what: Bilingual


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the site holds after loading."""

    enterprises: int
    findings: int
    people: tuple[SignIn, ...]


def load(facts: Path, announce: Announce = lambda zh, en: None) -> Loaded:
    """Load the demonstration into the site's database from a folder of facts; idempotent.

    Raises:
        Refusal: `database_is_not_a_demo`, and what the acts refuse.
    """
    _refuse_real_people()
    load_people()
    confirmations, decisions = load_signatures()
    announce(
        f"装入演示人员{len(PEOPLE)}名、核对记录{confirmations}条、决定{decisions}项（新增）",
        f"{len(PEOPLE)} demo people; {confirmations} new confirmations, {decisions} new decisions",
    )
    _import(facts, announce)
    _import_second_list(announce)
    for uscc, name in Enterprise.objects.order_by("pk").values_list("pk", "name"):
        enterprise_user(uscc, name)  # a case may be opened against any: somebody must answer for it
    _judge_early(announce)
    _judge(announce)
    _carry_cases(announce)
    _exit(announce)
    _sanction(announce)
    _inspect(announce)
    _watch(announce)
    _plan_a_retrofit(announce)
    _settle_employees(announce)
    _charge(announce)
    _confirm_exits(announce)
    _give_money(announce)
    _publish_lists(announce)
    _hear_the_public(announce)
    _plan_the_years(announce)
    _report_the_year(announce)
    _dispose_of_land(announce)
    sweeping.sweep(today())
    _supervise(announce)
    _tell(announce)
    kept = Finding.objects.filter(ended_on=None).count()
    return Loaded(Enterprise.objects.count(), kept, _sign_ins())


def _tell(announce: Announce) -> None:
    unread = notices.told(today())
    announce(
        f"通知：未读{unread}条；演示系统不向外发送，“今日摘要”页显示会发出的内容",
        f"{unread} unread notices; nothing is sent, the page of the digest shows what would be",
    )


def _refuse_real_people() -> None:
    real = User.objects.filter(demo=False).count()
    if real:
        raise Refusal(
            "database_is_not_a_demo",
            what=("不能装入演示数据", "the demonstration is not loaded"),
            why=(f"数据库中有{real}个实际账号。", f"{real} real people are in this database."),
            instead=(
                "请为演示另用一个数据库（PHASEOUT_HOME 或 DATABASE_URL）。",
                "Use another database for it (PHASEOUT_HOME or DATABASE_URL).",
            ),
        )


def _import(facts: Path, announce: Announce) -> None:
    brought = _import_of(facts)
    if brought is not None and brought.state == Import.State.TAKEN:
        announce(
            f"示范数据已在登记库中（导入 {brought.pk}）",
            f"the province is in the registry already (import {brought.pk})",
        )
        return
    announce("把示范数据导入登记库", "importing the province into the registry")
    by, on = User.objects.get(username=IMPORTER), today()
    if brought is None:
        taken = take_folder(facts, by=by, today=on, bad_rows="leave_out")
    else:  # an earlier run was killed after the files had arrived
        check(brought.pk)
        taken = take_import(brought.pk, by=by, today=on, bad_rows="leave_out")
    rows = sum(table["new"] + table["changed"] for table in taken.counts.values())
    refused = sum(table["refused"] for table in taken.counts.values())
    announce(
        f"导入 {taken.pk} 已入库：{rows:,} 行，退回 {refused} 行",
        f"import {taken.pk} taken: {rows:,} rows, {refused} refused",
    )


def _import_second_list(announce: Announce) -> None:
    taken = second_list.bring(today())
    if taken is not None:
        rows = taken.counts["enterprises"]["new"]
        announce(
            f"导入另一部门的名录（导入 {taken.pk}）：其中 {rows} 家企业疑似重复登记",
            f"another office's list, import {taken.pk}: {rows} enterprises that look like others",
        )


def _import_of(facts: Path) -> Import | None:
    """The import that brought exactly these files, taken or still on its way."""
    digests = sorted(_digest(file) for file in find(facts).files.values())
    standing = (Import.State.TAKEN, Import.State.CHECKED, Import.State.RECEIVED)
    for brought in Import.objects.filter(state__in=standing, kind=Import.Kind.FILES):
        if sorted(brought.files.values_list("evidence__digest", flat=True)) == digests:
            return brought
    return None


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


def _judge_early(announce: Announce) -> None:
    """Once, before all else is judged: as of a day in January, so that cases could be opened then.
    What is found changes by the demo day only where days matter."""
    if today() < EARLY or JudgementRun.objects.exists():
        return
    announce(f"先按{EARLY}判定", f"judging as of {EARLY} first")
    judging.judge(None, cause=JudgementRun.Cause.ALL, on=EARLY)


def _judge(announce: Announce) -> None:
    if not Touched.objects.exists():
        return
    announce("在数据库中判定", "judging in the database")
    judging.judge_touched(on=today())


def _carry_cases(announce: Announce) -> None:
    cases = carry_cases(today())
    if cases:
        acts = sum(case.acts.count() for case in cases)
        announce(
            f"演示案件 {len(cases)} 件，已办理 {acts} 项行为",
            f"{len(cases)} demo cases, {acts} acts done",
        )


def _exit(announce: Announce) -> None:
    sealed = sealing.seal(today())
    lines = [*exits.exit_lines(today()), *([sealed] if sealed is not None else [])]
    if lines:
        announce(f"演示退出的生产线 {len(lines)} 条", f"{len(lines)} demo lines that exit")


def _confirm_exits(announce: Announce) -> None:
    """After what ends with them: sanctions, prices; before what begins: land, money. That of a part
    chooses its enterprise last, so that the others choose as before."""
    part_exit.exit_in_part(today())
    for case in (exits.confirm(today()), closing.close(today())):
        if case is not None and case.closed_on is not None:
            announce(f"演示退出已确认：{case.number}", f"a demo exit confirmed: {case.number}")


def _inspect(announce: Announce) -> None:
    visits = inspections.inspect(today())
    if visits:
        announce(f"演示检查 {len(visits)} 次", f"{len(visits)} demo inspections")
        _judge(announce)  # what was measured is judged like all else


def _publish_lists(announce: Announce) -> None:
    editions = lists.publish(today())
    if editions:
        announce(f"演示公告名单 {len(editions)} 期", f"{len(editions)} demo editions of lists")


def _hear_the_public(announce: Announce) -> None:
    codes = public_site.tell(today())
    if codes:
        said = ", ".join(codes)
        announce(f"公众反映 {len(codes)} 件，查询码 {said}", f"{len(codes)} public reports: {said}")


def _dispose_of_land(announce: Announce) -> None:
    parcels = land.dispose(today())
    funds.take_up_land(today())
    if parcels:
        announce(f"演示地块 {len(parcels)} 宗", f"{len(parcels)} demo parcels")


def _watch(announce: Announce) -> None:
    alarms = restart.watch(today())
    if alarms:
        announce(f"演示复产预警 {len(alarms)} 起", f"{len(alarms)} demo alarms of a restart")


def _plan_a_retrofit(announce: Announce) -> None:
    project = retrofit.plan(today())
    if project is not None:
        announce(f"演示改造项目：{project.name}", f"a demo retrofit: {project.name}")


def _settle_employees(announce: Announce) -> None:
    if employees.settle(today()) is not None:
        people = len(employees.PEOPLE)
        announce(f"演示职工安置方案，职工{people}名", f"a settlement of {people} demo employees")


def _give_money(announce: Announce) -> None:
    if funds.fund(today()) is not None:
        announce("演示资金项目及其分配", "a demo programme of money, allocated")


def _sanction(announce: Announce) -> None:
    made = sanctions.sanction(today())
    if made:
        announce(f"演示联合惩戒 {len(made)} 项", f"{len(made)} demo sanctions")


def _charge(announce: Announce) -> None:
    bills = prices.charge(today())
    if bills:
        announce(f"演示电价账单 {len(bills)} 张", f"{len(bills)} demo bills of electricity prices")


def _plan_the_years(announce: Announce) -> None:
    """Before the year is reported on: the report tells what was achieved against the plan."""
    plans, meetings = planning.plan(today()), planning.meet(today())
    if plans or meetings:
        announce(
            f"演示年度工作方案 {len(plans)} 份、协调会议 {len(meetings)} 次",
            f"{len(plans)} demo yearly plans, {len(meetings)} meetings",
        )


def _report_the_year(announce: Announce) -> None:
    now = annual.report(today())
    if now is not None and now.freeze is not None:
        rows = now.freeze.head["rows"]
        announce(
            f"演示{now.year}年度：各市报送、核对，年度报告已上报，计{rows}条生产线",
            f"the demo year {now.year}: reported, reconciled, sent up with {rows} lines",
        )


def _supervise(announce: Announce) -> None:
    """After everything it looks at."""
    measures = supervision.supervise(today())
    if measures:
        announce(
            f"演示督办措施 {len(measures)} 项", f"{len(measures)} demo measures of supervision"
        )


def _sign_ins() -> tuple[SignIn, ...]:
    """The people of the offices, and one of an enterprise with something to worry about."""
    names = dict(User.objects.filter(demo=True).values_list("username", "name_zh"))
    on = today()
    people = []
    for person in PEOPLE:
        office, role = (
            office_name(person.function, person.division_code, on),
            ROLE_WORDS[person.role],
        )
        words = (f"{office[0]} · {role[0]}", f"{office[1]} · {role[1]}")
        people.append(SignIn(person.username, names[person.username], words))
    worried = (
        Finding.objects.filter(ended_on=None, verdict="noncompliant", provisional=False)
        .order_by("enterprise_id")
        .values_list("enterprise_id", "enterprise__name")
        .first()
    )
    if worried:
        user = enterprise_user(worried[0])
        people.append(SignIn(user.username, user.name_zh, (worried[1], worried[1])))
    return tuple(people)
