"""The room's job. It can be killed at any statement and run again."""

from __future__ import annotations

from procrastinate.contrib.django import app

from phaseout.desk.day import today
from phaseout.inspections.acts.recording import BRING
from phaseout.inspections.models import Record
from phaseout.inspections.results import bring_facts


@app.task(name=BRING, retry=3)
def bring_facts_of_a_record(record_id: int) -> None:
    """Bring what a complete record measured into the registry."""
    record = Record.objects.select_related("assignment", "act__by").get(pk=record_id)
    bring_facts(record, today())
