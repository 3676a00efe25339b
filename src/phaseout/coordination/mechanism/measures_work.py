"""The work that measures give to organisations: prices to determine and to bill, funds to decide,
projects to complete, settlements to confirm, land to come back, sanctions to decide and to answer.

Each is what its own room has it wait for, and narrowed to the reader as that room does. A last day
is there where a fact gives one; else nothing is late.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import reverse

from phaseout.accounts.scope import Scope
from phaseout.coordination.mechanism.kinds import Item, Source, told
from phaseout.measures.employees.seats import HR
from phaseout.measures.employees.standing import unconfirmed
from phaseout.measures.funds.seats import FINANCE
from phaseout.measures.funds.standing import unsettled
from phaseout.measures.land.models import ContinuedUse, LandAct
from phaseout.measures.land.seats import LAND
from phaseout.measures.land.shown import SOON
from phaseout.measures.land.shown import within as land_within
from phaseout.measures.prices.models import Edition
from phaseout.measures.prices.seats import GRID, PRICE
from phaseout.measures.prices.standing import undetermined, unnotified, unreceived
from phaseout.measures.retrofit.models import Project
from phaseout.measures.retrofit.shown import ENDED
from phaseout.measures.retrofit.shown import within as retrofit_within
from phaseout.measures.sanctions.found import overdue
from phaseout.measures.sanctions.models import Bank, ReleaseNotice, SanctionAct
from phaseout.measures.sanctions.seats import CREDIT, SANCTIONS, leads
from phaseout.measures.sanctions.seats import within as sanction_within
from phaseout.measures.sanctions.standing import listed, open_notices, open_questions

FUNDS, RETROFIT, PRICES, EMPLOYEES, LAND_CLAUSE = 10, 11, 12, 14, 15
NO_DAY = Value(None, output_field=DateField())


def _applications(scope: Scope, today: date) -> QuerySet[Any]:
    """Applications for funds that nobody has accepted or declined."""
    rows = unsettled().filter(scope.enterprises("enterprise__"))
    rows = rows.select_related("enterprise", "programme")
    return told(rows, clause=FUNDS, holder=Value(FINANCE), last=NO_DAY, today=today)


def _projects(scope: Scope, today: date) -> QuerySet[Any]:
    """Retrofits that are neither completed nor dropped, by the day they should be completed."""
    open_ = Project.objects.filter(retrofit_within(scope)).exclude(acts__kind__in=ENDED)
    lead = Value(leads(RETROFIT)[0])
    rows = open_.select_related("enterprise")
    return told(rows, clause=RETROFIT, holder=lead, last=F("ends"), today=today)


def _surcharges(scope: Scope, today: date) -> QuerySet[Any]:
    """Lines of the last run of each year that would pay, and for which nothing is determined."""
    rows = undetermined().filter(scope.lines()).select_related("enterprise", "line", "run")
    return told(rows, clause=PRICES, holder=Value(PRICE), last=NO_DAY, today=today)


def _files_for(office: str) -> Any:
    """Price files of a month that an office has not received."""

    def found(scope: Scope, today: date) -> QuerySet[Any]:
        rows = unreceived(office) if scope.has_office else Edition.objects.none()
        return told(rows, clause=PRICES, holder=Value(office), last=NO_DAY, today=today)

    return found


def _bills(scope: Scope, today: date) -> QuerySet[Any]:
    """Bills that stand, of which no notice of payment is on record."""
    rows = unnotified().filter(scope.lines()).select_related("enterprise")
    return told(rows, clause=PRICES, holder=Value(GRID), last=NO_DAY, today=today)


def _settlements(scope: Scope, today: date) -> QuerySet[Any]:
    """Settlements of employees, complete and not confirmed."""
    rows = unconfirmed().filter(scope.lines()).select_related("enterprise")
    return told(rows, clause=EMPLOYEES, holder=Value(HR), last=NO_DAY, today=today)


def _land(scope: Scope, today: date) -> QuerySet[Any]:
    """Continued uses that end soon or have ended, and that nobody has closed."""
    closed = LandAct.objects.filter(kind=LandAct.Kind.END_USE).values("parcel_id")
    rows = ContinuedUse.objects.filter(
        land_within(scope, "parcel__"), last_day__lte=today + SOON
    ).exclude(parcel_id__in=closed)
    # Its own column bears the name of what every kind of work has.
    return told(
        rows.select_related("parcel__enterprise"),
        clause=LAND_CLAUSE, holder=Value(LAND), last=None, today=today,
    )  # fmt: skip


def _grounds(scope: Scope, today: date) -> QuerySet[Any]:
    """Overdue enterprises on which no sanction was decided yet."""
    rows = (
        overdue(today).filter(sanction_within(scope, "case__")).select_related("case__enterprise")
    )
    holder = Value(leads(SANCTIONS)[0])
    return told(rows, clause=SANCTIONS, holder=holder, last=NO_DAY, today=today)


def _questions(scope: Scope, today: date) -> QuerySet[Any]:
    """Objections to sanctions and requests for repair that nobody has answered."""
    rows = open_questions().filter(sanction_within(scope)).select_related("enterprise")
    holder = Value(leads(SANCTIONS)[0])
    return told(rows, clause=SANCTIONS, holder=holder, last=NO_DAY, today=today)


def _releases(scope: Scope, today: date) -> QuerySet[Any]:
    """Releases of sanctions that a receiver has not acknowledged; the lead's for the platform."""
    rows = open_notices().filter(sanction_within(scope, "release__sanction__"))
    platform = Q(receiver__startswith=ReleaseNotice.PLATFORM)
    mine = rows.select_related("release__sanction__enterprise")
    holder = Case(
        When(platform, then=Value(leads(SANCTIONS)[0])),
        default=F("receiver"),
        output_field=CharField(),
    )
    return told(mine, clause=SANCTIONS, holder=holder, last=NO_DAY, today=today)


def _credit(scope: Scope, today: date) -> QuerySet[Any]:
    """Credit listings of which not every bank has said what it has done; with who leads credit."""
    heard = (
        SanctionAct.objects.filter(kind=SanctionAct.Kind.ANSWER_LIST, listing=OuterRef("pk"))
        .order_by()
        .values("listing")
        .annotate(n=Count("bank", distinct=True))
        .values("n")
    )
    rows = (
        listed()
        .filter(sanction_within(scope))
        .annotate(heard=Coalesce(Subquery(heard), 0))
        .filter(heard__lt=Bank.objects.count())
        .select_related("enterprise")
    )
    return told(rows, clause=CREDIT, holder=Value(leads(CREDIT)[0]), last=NO_DAY, today=today)


def _application_shown(one: Any) -> Item:
    url = reverse("fund-application", args=[one.pk])
    return Item(one.programme.name, one.enterprise.name, None, False, url)


def _project_shown(one: Any) -> Item:
    url = reverse("retrofit", args=[one.pk])
    return Item(one.name, one.enterprise.name, one.last_day, one.is_late, url)


def _surcharge_shown(one: Any) -> Item:
    url = reverse("price-assessment", args=[one.pk])
    words = f"{one.run.year} {one.line.name if one.line else one.enterprise.name}"
    return Item(words, one.enterprise.name, None, False, url)


def _file_shown(one: Any) -> Item:
    return Item(f"{one.month:%Y-%m}", "", None, False, reverse("price-edition", args=[one.pk]))


def _bill_shown(one: Any) -> Item:
    words, url = f"{one.number} {one.month:%Y-%m}", reverse("price-bill", args=[one.pk])
    return Item(words, one.enterprise.name, None, False, url)


def _settlement_shown(one: Any) -> Item:
    url = reverse("settlement", args=[one.pk])
    return Item(str(one.opened_on), one.enterprise.name, None, False, url)


def _land_shown(one: Any) -> Item:
    firm, url = one.parcel.enterprise.name, reverse("parcel", args=[one.parcel_id])
    return Item(one.parcel.number, firm, one.last_day, one.is_late, url)


def _ground_shown(one: Any) -> Item:
    url = reverse("sanction-new", args=[one.case_id, one.period])
    return Item(one.case.number, one.case.enterprise.name, None, False, url)


def _question_shown(one: Any) -> Item:
    url = reverse("sanction", args=[one.sanction_id])
    firm = one.enterprise.name if one.enterprise else ""
    return Item(str(one.done_on), firm, None, False, url)


def _release_shown(one: Any) -> Item:
    firm, url = one.release.sanction.enterprise.name, reverse("sanction-notice", args=[one.pk])
    return Item(str(one.release.ended_on), firm, None, False, url)


def _credit_shown(one: Any) -> Item:
    url = reverse("credit-listing", args=[one.pk])
    return Item(str(one.listed_on), one.enterprise.name, None, False, url)


_FILES = ("待签收的电价文件", "price files to receive")
MEASURES: tuple[Source, ...] = (
    Source("funds", ("待审核的资金申请", "applications for funds"),
           _applications, _application_shown),
    Source("retrofits", ("技术改造项目", "retrofits"), _projects, _project_shown),
    Source("surcharges", ("待确定的加价", "surcharges to determine"),
           _surcharges, _surcharge_shown),
    Source("files-grid", _FILES, _files_for(GRID), _file_shown),
    Source("files-price", _FILES, _files_for(PRICE), _file_shown),
    Source("bills", ("待通知缴费的账单", "bills to notify"), _bills, _bill_shown),
    Source("credit", ("待银行反馈的信贷名单", "credit lists banks have not answered"),
           _credit, _credit_shown),
    Source("settlements", ("待确认的职工安置方案", "settlements to confirm"),
           _settlements, _settlement_shown),
    Source("land", ("将到期的继续使用土地", "continued uses of land that end"),
           _land, _land_shown),
    # of every dimension, as clause (17) has it
    Source("grounds", ("逾期未退出，待作出惩戒", "overdue, to be sanctioned"),
           _grounds, _ground_shown, whole=True),
    Source("questions", ("待答复的惩戒异议和修复申请", "objections and repairs to answer"),
           _questions, _question_shown),
    Source("releases", ("待确认的惩戒解除", "releases to acknowledge"),
           _releases, _release_shown),
)  # fmt: skip
