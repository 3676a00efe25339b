"""Findings, enterprises, capacity, imports, cases, tasks, inspections."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from addresses.address import Address


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
    Address("cases", "eic-officer", query="procedure=energy", note="narrowed"),
    Address("deadlines", "eic-officer"),
    Address("tasks", "eic-leader", query="which=seen", note="of all offices"),
    Address("cases", "eic-officer", query="state=closed", note="none found"),
    Address("case-open", "eic-officer", status=409, note="nothing chosen"),
    Address("case-open", "auditor", status=403, note="refused"),
    Address("own-exit", "enterprise-91640100MA00000001"),
]
