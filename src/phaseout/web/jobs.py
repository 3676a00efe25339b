"""The site's own housekeeping, once a night."""

from __future__ import annotations

import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from procrastinate.contrib.django import app

from phaseout.web.api.limits import forget_full_buckets

KEPT_DAYS, KEPT_DAYS_OF_FAILURES = 14, 180
ARRIVING_SECONDS = 24 * 3600

OLD_JOBS = """
    DELETE FROM procrastinate_jobs AS job
    WHERE job.status IN ('succeeded', 'failed', 'cancelled', 'aborted')
      AND (SELECT max(event.at) FROM procrastinate_events AS event WHERE event.job_id = job.id)
          < now() - CASE job.status WHEN 'succeeded' THEN make_interval(days => %s)
                    ELSE make_interval(days => %s) END
"""


@app.periodic(cron="17 3 * * *")
@app.task(name="web.tidy", queueing_lock="web.tidy")
def tidy(timestamp: int) -> None:
    """Remove finished jobs, sessions that ran out, full buckets of the API's limits, and files
    whose upload was broken off."""
    with connection.cursor() as cursor:
        cursor.execute(OLD_JOBS, [KEPT_DAYS, KEPT_DAYS_OF_FAILURES])
    forget_full_buckets()
    call_command("clearsessions", verbosity=0)
    for left in Path(settings.EVIDENCE_ROOT).glob(".arriving-*"):
        if time.time() - left.stat().st_mtime > ARRIVING_SECONDS:
            left.unlink(missing_ok=True)
