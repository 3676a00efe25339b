"""Every page that the browser looks at: add yours here, and it is checked at both widths.

`Address(url_name, who, args, query)`: the name in `urls.py`; the demo person who looks ("" for
nobody); its arguments, or a function that takes them from the site's database when the test runs
(an empty answer skips the page: say why there may be none); a query string. Two addresses of one
name are told apart by `note`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

Arguments = Sequence[Any] | Callable[[], Sequence[Any]]


@dataclass(frozen=True)
class Address:
    """One page as one person sees it."""

    url_name: str
    who: str = ""
    args: Arguments = ()
    query: str = ""
    note: str = ""
    status: int = 200

    def __str__(self) -> str:
        return "-".join(part for part in (self.url_name, self.who, self.note) if part)

    def path(self) -> str:
        """The path on the site; asks its database where the arguments are a function."""
        from django.urls import reverse

        args = self.args() if callable(self.args) else self.args
        return reverse(self.url_name, args=args) + (f"?{self.query}" if self.query else "")

    def is_absent(self) -> bool:
        """Whether the site has no row for it: its function answers nothing."""
        return callable(self.args) and not self.args()


def _somebody() -> Sequence[Any]:
    from phaseout.accounts.models import User

    return [User.objects.get(username="eic-officer").pk]


def _post_of_somebody() -> Sequence[Any]:
    from phaseout.accounts.models import Post

    return [Post.objects.get(user__username="eic-officer").pk]


ACCOUNTS = [
    Address("home", "eic-officer"),
    Address("home", "administrator"),
    Address("account_login"),
    Address("account_inactive"),
    Address("account_logout", "eic-officer"),
    Address("account_change_password", "auditor"),  # who has a password on this site
    Address("account_change_password", "eic-officer", status=409, note="refused"),
    Address("tokens", "eic-officer"),
    Address("people", "administrator"),
    Address("people", "administrator", query="q=nobody-of-this-name", note="none found"),
    Address("person", "administrator", _somebody),
    Address("person-new", "administrator"),
    Address("post-end", "administrator", _post_of_somebody),
    Address("account-events", "administrator"),
    Address("people", "eic-officer", status=403, note="refused"),
    Address("account", "auditor"),
    Address("account", "eic-officer"),
    Address("sign-ins", "auditor"),
    Address("mfa_index", "auditor"),
    Address("mfa_index", "eic-officer", note="no password"),
    Address("matrix"),
    Address("clause", args=[16]),
    Address("demo-day", "eic-officer"),
    Address("demo-day", "eic-officer", query="to=2018-12-31", note="to a date"),
]

ROW = ["energy_limits/GB21346-2013/1"]

LIBRARY = [
    Address("library"),
    Address("library", query="q=GB+4915", note="found"),
    Address("library", query="q=nothing-of-this-kind", note="none found"),
    Address("norm-day", query="on=2017-06-30&industry=cement"),
    Address("norm-holes"),
    Address("norm-compare", query="old=GB21346-2013&new=GB21346-2022"),
    Address("norm-methods", args=["consequences"]),
    Address("norm-row", args=ROW),
    Address("norm-source", args=["GB21346-2013"]),
    Address("norm-source", args=["GB4915-2013"], note="emissions"),
    Address("norm-source", args=["GB0-0000"], status=404, note="unknown"),
]


def _of_findings(**conditions: Any) -> Callable[[], Sequence[Any]]:
    def first() -> Sequence[Any]:
        from phaseout.casework.models import Finding

        found = Finding.objects.filter(ended_on=None, **conditions).order_by("finding_id")
        return [found.values_list("finding_id", flat=True)[0]]

    return first


def _enterprise() -> Sequence[Any]:
    from phaseout.casework.models import Finding

    return [Finding.objects.filter(verdict="noncompliant").values_list("enterprise_id")[0][0]]


def _line() -> Sequence[Any]:
    from phaseout.casework.models import Finding

    rows = Finding.objects.filter(verdict="noncompliant", line__isnull=False)
    return [rows.values_list("line_id")[0][0]]


def _capacity_entry() -> Sequence[Any]:
    from phaseout.registry.models import CapacityEntry

    return CapacityEntry.objects.filter(kind="registration").values_list("pk")[:1][0]


def _capacity_line() -> Sequence[Any]:
    from phaseout.registry.models import CapacityEntry

    return CapacityEntry.objects.filter(kind="act").values_list("line_id")[:1][0]


def _import() -> Sequence[Any]:
    from phaseout.registry.models import Import

    return [Import.objects.order_by("pk").values_list("pk", flat=True)[0]]


def _case() -> Sequence[Any]:
    from phaseout.casework.models import Case

    rows = Case.objects.filter(office="eic", closed_on=None, proposals__kind="order.file")
    return [rows.order_by("-pk").values_list("pk", flat=True)[0]]


def _proposal() -> Sequence[Any]:
    from phaseout.casework.models import Proposal

    rows = Proposal.objects.filter(case_id=_case()[0], state="waiting")
    return [rows.values_list("pk", flat=True)[0]]


def _row_that_waits() -> Sequence[Any]:
    from phaseout.casework.models import Finding

    rows = Finding.objects.filter(dimension="energy", provisional=True, norm_row__isnull=False)
    return [rows.order_by("norm_row").values_list("norm_row", flat=True)[0]]


REGISTRY = [
    Address("enterprises", "eic-officer"),
    Address("enterprises", "eic-officer", query="q=nobody-of-this-name", note="none found"),
    Address("enterprise", "eic-officer", _enterprise),
    Address("enterprise-history", "eic-officer", _enterprise),
    Address("line", "eic-officer", _line),
    Address("duplicates", "eic-reviewer"),
    Address("capacity", "eic-officer"),
    Address("capacity", "yinchuan-officer", query="year=2017&by=industry", note="year"),
    Address("capacity-entries", "eic-officer", query="state=exited"),
    Address("capacity-entry", "eic-leader", _capacity_entry),
    Address("capacity-correct", "eic-leader", _capacity_entry),
    Address("capacity-line", "eic-leader", _capacity_line),
    Address("capacity-replace", "eic-leader", _capacity_line),
    Address("capacity-transfer", "eic-leader", _capacity_line),
    Address("imports", "eic-officer"),
    Address("import", "eic-officer", _import),
    Address("import-new", "eic-officer"),
    Address("enterprises", "enterprise-91640100MA00000001", note="its own"),
]
CASEWORK: list[Address] = [
    Address("findings", "eic-officer"),
    Address("findings", "yinchuan-officer"),
    Address("findings", "eic-officer", query="q=nothing-of-this-kind", note="none found"),
    Address("finding", "eic-officer", _of_findings(verdict="noncompliant", dimension="energy")),
    Address(
        "finding", "epd-officer", _of_findings(dimension="environment", verdict="noncompliant")
    ),
    Address("finding", "wsb-officer", _of_findings(dimension="safety")),
    Address("comparison", "eic-officer", ["cement"]),
    Address("runs", "eic-officer"),
    Address("confirming", "eic-officer"),
    Address("confirm-row", "eic-officer", _row_that_waits),
    Address("case", "eic-officer", _case),
    Address("case", "eic-leader", _case, note="to sign"),
    Address("case-act", "eic-officer", lambda: [*_case(), "order.file"]),
    Address("case-act", "eic-officer", lambda: [*_case(), "close_met"], note="early", status=409),
    Address("to-sign", "eic-leader"),
    Address("proposal", "eic-leader", _proposal),
    Address("cases", "eic-officer"),
    Address("cases", "eic-officer", query="state=closed", note="none found"),
    Address("case-open", "eic-officer", status=409, note="nothing chosen"),
    Address("case-open", "auditor", status=403, note="refused"),
    Address("own-exit", "enterprise-91640100MA00000001"),
]


def _parcel() -> Sequence[Any]:
    """Empty where no case of the site ends in an exit."""
    from phaseout.measures.land.models import Parcel

    return list(Parcel.objects.values_list("pk", flat=True)[:1])


def _retrofit() -> Sequence[Any]:
    from phaseout.measures.retrofit.models import Project

    return [Project.objects.latest("pk").pk]


def _of_figures() -> Sequence[Any]:
    """A finding above a limit that one can aim at."""
    from phaseout.casework.models import Finding

    found = Finding.objects.standing().filter(
        verdict="noncompliant", norm_row__startswith="energy_limits/"
    )
    return [found.order_by("pk")[0].finding_id]


def _settlement() -> Sequence[Any]:
    from phaseout.measures.employees.models import Settlement

    return [Settlement.objects.latest("pk").pk]


def _employee() -> Sequence[Any]:
    from phaseout.measures.employees.models import Employee

    return [*_settlement(), Employee.objects.get(number="0017").pk]


def _employee_list() -> Sequence[Any]:
    from phaseout.measures.employees.models import EmployeeList

    return [EmployeeList.objects.latest("pk").pk]


def _fund() -> Sequence[Any]:
    from phaseout.measures.funds.models import Programme

    return [Programme.objects.latest("pk").pk]


def _fund_application() -> Sequence[Any]:
    """Empty where no exit of the site was accepted."""
    from phaseout.measures.funds.models import Application

    return list(Application.objects.values_list("pk", flat=True)[:1])


def _price(model: str) -> Callable[[], Sequence[Any]]:
    """A row of that kind; the small province of these tests may have none to charge."""

    def found() -> Sequence[Any]:
        from django.apps import apps

        return list(apps.get_model("prices", model).objects.values_list("pk", flat=True)[:1])

    return found


def _price_firm() -> Sequence[Any]:
    from phaseout.measures.prices.models import Determination

    return list(Determination.objects.values_list("enterprise_id", flat=True)[:1])


def _assessed() -> Sequence[Any]:
    from phaseout.measures.prices.models import Determination

    return list(Determination.objects.values_list("assessment_id", flat=True)[:1])


PRICES: list[Address] = [
    Address("prices", "price-officer"),
    Address("price-year", "price-officer", [2018]),
    Address("price-year", "shizuishan-officer", [2018], query="state=unsettled", note="city"),
    Address("price-assessment", "price-officer", _assessed),
    Address("price-determination", "price-officer", _price("determination")),
    Address("price-enterprise", "eic-officer", _price_firm),
    Address("price-own", "enterprise-91640100MA00000001"),
    Address("price-consumption", "grid-officer"),
    Address("price-consumption-file", "grid-officer", _price("consumptionfile")),
    Address("price-edition", "grid-officer", _price("edition")),
    Address("price-bill", "grid-officer", _price("bill")),
    Address("price-ledger", "grid-officer"),
    Address("price-water", "price-officer"),
    Address("price-renewables", "price-officer"),
    # A bill of water needs a year whose documents are on record, after the site's day.
    Address("price-water-bill", "price-officer", _price("waterbill")),
]


MEASURES: list[Address] = [
    *PRICES,
    Address("settlements", "hr-officer"),
    Address("settlements", "eic-officer", note="numbers"),
    Address("settlement-new", "hr-officer"),
    Address("settlement", "hr-leader", _settlement),
    Address("settlement", "eic-officer", _settlement, note="numbers"),
    Address("settlement-procedure", "hr-officer", _settlement),
    Address("settlement-list-new", "hr-officer", _settlement),
    Address("settlement-list", "hr-officer", _employee_list),
    Address("settlement-people", "hr-officer", _settlement),
    Address("settlement-people", "eic-officer", _settlement, status=403, note="refused"),
    Address("settlement-person", "hr-officer", _employee),
    Address("wage-standards", "hr-officer"),
    Address("funds", "finance-officer"),
    Address("fund-new", "finance-officer"),
    Address("fund", "finance-leader", _fund),
    Address("fund-income", "finance-officer", _fund),
    Address("fund-apply", "finance-officer", _fund),
    Address("fund-allocate", "finance-leader", lambda: [*_fund(), 2018, "decided"]),
    Address("fund-application", "finance-officer", _fund_application),
    Address("measures", "eic-officer"),
    Address("coordination", "eic-officer"),
    Address("disclosure", "eic-officer"),
    Address("parcels", "land-officer"),
    Address("parcel-new", "land-officer"),
    Address("parcel", "finance-officer", _parcel),
    Address("retrofits", "eic-officer"),
    Address("retrofit", "eic-officer", _retrofit),
    Address("retrofit-new", "eic-officer", _of_figures),
]


def _exit() -> Sequence[Any]:
    from phaseout.casework.models import Case

    rows = Case.objects.filter(stage="to_remove", exit_acts__kind="plan").order_by("pk")
    return [rows.values_list("pk", flat=True)[0]]


EXITS = [
    Address("exits", "eic-inspector"),
    Address("exits", "eic-inspector", query="which=accepted", note="accepted"),
    Address("exits-put-off", "eic-inspector"),
    Address("exit", "eic-inspector", _exit),
    Address("exit", "auditor", _exit, note="reading"),
    Address("exit-plan", "eic-inspector", _exit, query="form=dismantle&eq=E1&kind:E1=cement_mill"),
    Address("exit-record", "eic-inspector", _exit),
    Address("exit-acceptance", "eic-inspector", _exit),
    Address("exit-act", "eic-inspector", lambda: [*_exit(), "dismantle"], note="incomplete"),
    Address("exit-put-off", "eic-inspector", _exit),
    Address("exit-field", "eic-inspector"),
]


def _watched() -> Sequence[Any]:
    """Empty where no line of the site is cut."""
    from phaseout.exits.restart.models import WatchedLine

    return list(WatchedLine.objects.order_by("pk").values_list("pk", flat=True)[:1])


def _alarm() -> Sequence[Any]:
    """Empty where no line of the site is cut."""
    from phaseout.exits.restart.models import Alarm

    return list(Alarm.objects.order_by("pk").values_list("pk", flat=True)[:1])


def _batch() -> Sequence[Any]:
    """Empty where no line of the site is cut."""
    from phaseout.exits.restart.models import Batch

    return list(Batch.objects.order_by("pk").values_list("pk", flat=True)[:1])


RESTART = [
    Address("restart", "eic-officer"),
    Address("restart", "yinchuan-officer"),
    Address("restart", "eic-officer", query="state=stopped", note="none found"),
    Address("restart-line", "eic-officer", _watched),
    Address("restart-line", "grid-officer", _watched, note="grid"),
    Address("restart-alarms", "eic-officer"),
    Address("restart-alarm", "eic-officer", _alarm),
    Address("restart-batches", "eic-officer"),
    Address("restart-batch", "grid-officer", _batch),
    Address("restart-batch-new", "grid-officer"),
    Address("restart", "enterprise-91640100MA00000001", status=403, note="refused"),
]


def _first(model: str, **conditions: Any) -> Callable[[], Sequence[Any]]:
    """The first row of a table of sanctions; empty where the site's day comes before them."""

    def first() -> Sequence[Any]:
        from django.apps import apps

        rows = apps.get_model("sanctions", model).objects.filter(**conditions).order_by("pk")
        return list(rows.values_list("pk", flat=True)[:1])

    return first


SANCTIONS = [
    Address("sanctions", "drc-officer"),
    Address("sanctions", "drc-officer", query="which=in_force", note="in force"),
    Address("sanctions", "drc-officer", query="which=released", note="released"),
    Address("sanction", "drc-officer", _first("Sanction", release=None)),
    Address("sanction", "auditor", _first("Sanction", release__isnull=False), note="released"),
    Address("credit-record-new", "drc-officer", _first("Sanction", release=None)),
    Address("credit-record", "drc-officer", _first("CreditRecord")),
    Address("credit-batches", "drc-officer"),
    Address("credit-batch", "drc-officer", _first("Batch")),
    Address("sanction-tasks", "land-officer"),
    Address("sanction-task", "tax-officer", _first("SanctionTask", office="tax_local")),
    Address("sanction-notice", "qts-officer", _first("ReleaseNotice", receiver="qts")),
    Address("credit-lists", "pbc-officer"),
    Address("credit-listing", "pbc-officer", _first("CreditListing")),
    Address("licences", "qts-officer"),
    Address("licences", "qts-officer", query="which=done", note="done"),
    Address("own-sanctions", "enterprise-91640100MA00000001"),
    Address("sanctions-public"),
    Address("bank-lists", "eic-officer", status=403, note="refused"),
]


def _published(*names: str) -> Callable[[], Sequence[Any]]:
    """Columns of an entry of the newest edition of some list; empty where none is published."""

    def found() -> Sequence[Any]:
        from django.apps import apps

        rows = apps.get_model("lists", "Entry").objects.order_by("-edition_id", "place")
        first = rows.values_list(*names).first()
        return list(first) if first else []

    return found


def _message() -> Sequence[Any]:
    from phaseout.disclosure.site.models import Message

    return list(Message.objects.order_by("pk").values_list("pk", flat=True)[:1])


def _code() -> Sequence[Any]:
    from phaseout.disclosure.site.models import Message

    return list(Message.objects.order_by("pk").values_list("code", flat=True)[:1])


PUBLIC = [
    Address("public-home"),
    Address("public-lists"),
    Address("public-list", args=["yellow-energy"]),
    Address("public-edition", args=_published("edition__list_kind", "edition__number")),
    Address("public-log"),
    Address("public-enterprises", query="q=nobody-of-this-name", note="none found"),
    Address("public-enterprise", args=_published("uscc")),
    Address("public-enterprise", args=["91640500MA00000999"], status=404, note="not published"),
    Address("public-pictures"),
    Address("public-procedures"),
    Address("public-procedure", args=["energy"]),
    Address("public-calculator", query="day=2018-03-15&length=6&unit=month", note="counted"),
    Address("public-data"),
    Address("public-dictionary"),
    Address("public-report"),
    Address("public-report-restart"),
    Address("public-report-error"),
    Address("public-report-status", args=_code),
    Address("messages", "eic-officer"),
    Address("message", "eic-officer", _message),
]
_YINCHUAN = [2017, "eic", 640100]


def _reported_row() -> Sequence[Any]:
    """A row of the approved report; empty where none is frozen."""
    from phaseout.coordination.annual.models import FrozenRow

    rows = FrozenRow.objects.filter(freeze__year=2017).order_by("place")
    place = rows.values_list("place", flat=True).first()
    return [2017, place] if place else []


ANNUAL = [
    Address("returns", "yinchuan-officer"),
    Address("returns", "eic-officer"),
    Address("return", "eic-officer", _YINCHUAN),
    Address("return", "yinchuan-officer", _YINCHUAN),
    Address("return-draft", "yinchuan-officer", [2018, "eic", 640100]),
    Address("return-row", "yinchuan-officer", [2018, "eic", 640100, 1]),
    Address("return-row-new", "yinchuan-officer", [2018, "eic", 640100]),
    Address("annual", "eic-leader"),
    Address("annual-year", "eic-leader", [2017]),
    Address("annual-year", "eic-leader", [2018], note="begun"),
    Address("annual-rows", "eic-leader", [2017]),
    Address("annual-correct", "eic-leader", _reported_row),
    Address("annual-correct-new", "eic-leader", [2017]),
    Address("annual", "yinchuan-officer", status=403, note="refused"),
]


def _edition(**conditions: Any) -> Callable[[], Sequence[Any]]:
    """Kind and number of the first such edition; empty where none is published."""

    def first() -> Sequence[Any]:
        from phaseout.disclosure.lists.models import Edition

        rows = Edition.objects.filter(**conditions).order_by("pk")
        return list(rows.values_list("list_kind", "number").first() or [])

    return first


def _two_editions() -> Sequence[Any]:
    from phaseout.disclosure.lists.models import Edition

    newer = Edition.objects.filter(number__gt=1).order_by("pk").first()
    return [newer.list_kind, newer.number - 1, newer.number] if newer else []


def _list_draft(published: bool) -> Callable[[], Sequence[Any]]:
    def first() -> Sequence[Any]:
        from phaseout.disclosure.lists.models import Draft

        rows = Draft.objects.filter(edition__isnull=not published).order_by("pk")
        return list(rows.values_list("pk", flat=True)[:1])

    return first


def _list_objection() -> Sequence[Any]:
    from phaseout.disclosure.lists.models import Objection

    return list(Objection.objects.order_by("pk").values_list("pk", flat=True)[:1])


LISTS = [
    Address("lists", "eic-officer"),
    Address("lists", "yinchuan-officer", note="a city"),
    Address("list", "wsb-officer", ["yellow-safety"]),
    Address("list-draft", "wsb-leader", _list_draft(published=True), note="published"),
    Address("list-draft", "eic-leader", _list_draft(published=False), note="to sign"),
    Address("list-edition", "wsb-leader", _edition(number=1)),
    Address("list-edition", "wsb-leader", _edition(correction__isnull=False), note="correction"),
    Address("list-correct", "wsb-officer", _edition(list_kind="yellow-safety", number=1)),
    Address("list-difference", "auditor", _two_editions),
    Address("list-objections", "wsb-officer"),
    Address("list-objection", "wsb-officer", _list_objection),
    Address("own-lists", "enterprise-91640100MA00000001"),
    Address("lists", "enterprise-91640100MA00000001", status=403, note="refused"),
]


def _work_plan(year: int) -> Callable[[], Sequence[Any]]:
    """The latest draft of a year; the loaded demonstration of this site may have none."""

    def first() -> Sequence[Any]:
        from phaseout.coordination.planning.models import WorkPlan

        rows = WorkPlan.objects.filter(year=year).order_by("-number")
        return list(rows.values_list("pk", flat=True)[:1])

    return first


def _meeting(minuted: bool) -> Callable[[], Sequence[Any]]:
    def first() -> Sequence[Any]:
        from phaseout.coordination.mechanism.models import Meeting

        rows = Meeting.objects.filter(issue__isnull=not minuted).order_by("pk")
        return list(rows.values_list("pk", flat=True)[:1])

    return first


COORDINATION = [
    Address("duties", "eic-officer"),
    Address("duties", "yinchuan-officer", note="a city"),
    Address("duties-office", "auditor", ["eic"]),
    Address("duties-work", "auditor", query="clause=4&office=eic"),
    Address("meetings", "eic-officer"),
    Address("meeting", "epd-officer", _meeting(minuted=True)),
    Address("meeting", "eic-leader", _meeting(minuted=False), note="called"),
    Address("meeting-new", "eic-officer"),
    Address("meeting-minutes", "eic-officer", _meeting(minuted=False)),
    Address("work-plans", "eic-officer"),
    Address("work-plan", "yinchuan-officer", _work_plan(2017), note="adopted"),
    Address("work-plan", "eic-officer", _work_plan(2018), note="in consultation"),
    Address("work-plan-lines", "eic-officer", _work_plan(2018)),
    Address("work-plan-lines", "eic-officer", _work_plan(2018), "edit=1", note="editing"),
    Address("work-plan-measures", "eic-officer", _work_plan(2018)),
    Address("work-plan-opinions", "wsb-officer", _work_plan(2018)),
    Address("work-plan-changes", "eic-officer", _work_plan(2017)),
    Address("work-plans", "enterprise-91640100MA00000001", status=403, note="refused"),
]
API = [Address("api-docs"), Address("api-docs", "eic-officer")]

ADDRESSES = [
    *ACCOUNTS,
    *LIBRARY,
    *REGISTRY,
    *CASEWORK,
    *MEASURES,
    *EXITS,
    *RESTART,
    *SANCTIONS,
    *PUBLIC,
    *ANNUAL,
    *LISTS,
    *COORDINATION,
    *API,
]
