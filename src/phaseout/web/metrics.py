"""What /metrics says: times of requests from every process, and counts read from the database.

Imports and findings are counted where they are kept, so a restart loses no count and a count that
two processes would share needs no shared memory.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from django.db import DatabaseError
from django.db.models import Count, Sum
from procrastinate.contrib.django.models import ProcrastinateJob
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from phaseout.casework.models import JudgementRun
from phaseout.notices.models import Address, Message
from phaseout.registry.models import Import

SHARED_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""Where the processes of one site lay their counts side by side; set by `phaseout serve`."""


def exposition() -> tuple[bytes, str]:
    """All counts as Prometheus reads them, and the content type."""
    if SHARED_FOLDER in os.environ:
        processes = CollectorRegistry()
        MultiProcessCollector(processes)  # type: ignore[no-untyped-call]
    else:
        processes = REGISTRY
    kept = CollectorRegistry()
    kept.register(DatabaseCounts())
    return generate_latest(processes) + generate_latest(kept), CONTENT_TYPE_LATEST


class DatabaseCounts(Collector):
    """Counts of what is kept; alone `phaseout_database_up 0` where the database is away."""

    def collect(self) -> Iterator[Metric]:
        up = GaugeMetricFamily("phaseout_database_up", "1 if the database answers.")
        try:
            counts = [_imports(), _findings_judged(), _jobs(), _messages(), _failing()]
        except DatabaseError:
            up.add_metric([], 0)
            yield up
            return
        up.add_metric([], 1)
        yield up
        yield from counts

    def describe(self) -> list[Metric]:
        return []  # asked when registered, where nothing should be read


def _imports() -> Metric:
    metric = CounterMetricFamily("phaseout_imports", "Imports, by state.", labels=["state"])
    of_files = Import.objects.filter(kind=Import.Kind.FILES)
    for state, count in of_files.values_list("state").annotate(Count("pk")).order_by("state"):
        metric.add_metric([state], count)
    return metric


def _findings_judged() -> Metric:
    metric = CounterMetricFamily(
        "phaseout_findings_judged", "Findings given by judgements, by cause.", labels=["cause"]
    )
    for cause, judged in JudgementRun.objects.values_list("cause").annotate(Sum("judged")):
        metric.add_metric([cause], judged or 0)
    return metric


def _jobs() -> Metric:
    metric = GaugeMetricFamily("phaseout_jobs", "Jobs, by status.", labels=["status"])
    for status, count in ProcrastinateJob.objects.values_list("status").annotate(Count("pk")):
        metric.add_metric([status], count)
    return metric


def _messages() -> Metric:
    """All states, those without a message too: an alarm on `failed` needs its nought."""
    metric = GaugeMetricFamily("phaseout_messages", "Messages, by state.", labels=["state"])
    counted = dict(Message.objects.order_by().values_list("state").annotate(Count("pk")))
    for state in Message.State.values:
        metric.add_metric([state], counted.get(state, 0))
    return metric


def _failing() -> Metric:
    metric = GaugeMetricFamily(
        "phaseout_addresses_failing", "Addresses to which the last message could not be sent."
    )
    metric.add_metric([], Address.objects.filter(failed_at__isnull=False).count())
    return metric
