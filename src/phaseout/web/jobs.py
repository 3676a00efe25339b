"""The site's own housekeeping, once a night."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from procrastinate.contrib.django import app

from phaseout.registry.copying import SCRATCH
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
    """Remove finished jobs, sessions that ran out, full buckets of the API's limits, files whose
    upload was broken off, and what a check that was killed has left."""
    with connection.cursor() as cursor:
        cursor.execute(OLD_JOBS, [KEPT_DAYS, KEPT_DAYS_OF_FAILURES])
    forget_full_buckets()
    call_command("clearsessions", verbosity=0)
    for left in Path(settings.EVIDENCE_ROOT).glob(".arriving-*"):
        if _is_old(left):
            left.unlink(missing_ok=True)
    for folder in Path(tempfile.gettempdir()).glob(f"{SCRATCH}*"):
        if _is_old(folder) and folder.stat().st_uid == os.geteuid():
            shutil.rmtree(folder, ignore_errors=True)


def _is_old(left: Path) -> bool:
    return time.time() - left.stat().st_mtime > ARRIVING_SECONDS
