"""A million open cases: the nightly sweep beside the bare SQL that finds the same rows, and the
workbench beside a bare Django list page.

Cases are written by SQL, their triggers off: one going duty or measure and a right each, spread
over half a year, an opening act by one of the officers, every tenth case with a task. The bare SQL
is one statement a step of the table, with the same conditions, and fetches what is to be told; the
same with an INSERT is printed beside it, since the sweep also writes. The bare page is a `ListView`
of fifty deadlines with case and enterprise, through the same middleware, session and sign-in.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from benchmarks.inbox import timed
from benchmarks.site import at_least, fresh_site, plain_files

FULL = 1_000_000
DAY = date(2018, 3, 15)
LEAST = 20_000
NIGHTS = 3

FILL = """
SET session_replication_role = replica;
INSERT INTO registry_enterprise (uscc, name, division_code, industry)
SELECT '91' || lpad(n::text, 16, '0'), '（虚构）第' || n || '实业有限公司',
  (ARRAY['640104','640181','640202','640221','640302','640381','640402','640502'])[1 + n %% 8],
  'cement' FROM generate_series(1, %(enterprises)s) AS n;
INSERT INTO registry_productionline (line_id, enterprise_id, name, industry, division_code)
SELECT 'L' || n, e.uscc, n || '号生产线', e.industry, e.division_code
FROM generate_series(1, %(cases)s) AS n
JOIN registry_enterprise AS e ON e.uscc = '91' || lpad((1 + n %% %(enterprises)s)::text, 16, '0');
INSERT INTO casework_case (number, office, year, serial, line_id, enterprise_id, dimension,
  division_code, lead_function, procedure, procedure_version, stage, opened_on)
SELECT '案' || n, x.office, 2018, n, l.line_id, l.enterprise_id, 'energy', l.division_code, 'eic',
  'energy', '2018-01-01', 'rectifying', %(day)s::date - (n %% 180)
FROM generate_series(1, %(cases)s) AS n JOIN registry_productionline AS l ON l.line_id = 'L' || n
CROSS JOIN LATERAL (SELECT CASE WHEN n %% 2 = 0 THEN 'eic'
  ELSE 'city_' || left(l.division_code, 4) || '00' END AS office) AS x;
INSERT INTO casework_act (case_id, place, kind, done_on, by_id, function, office,
  organisation_zh, organisation_en, basis, facts, detail, reason, key, recorded_at, record,
  previous, digest)
SELECT c.id, 1, 'open', c.opened_on, p.user_id, 'eic', c.office, '', '', '[]', '{}', '{}', '',
  gen_random_uuid(), now(), '', '', md5(c.id::text)
FROM casework_case AS c CROSS JOIN LATERAL (
  SELECT user_id FROM accounts_post WHERE role = 'officer'
    AND (c.office = function OR c.office = 'city_' || division_code)
  LIMIT 1) AS p;
INSERT INTO casework_casedeadline (case_id, period, opened_by, kind, whose, runs_from, due,
  uncounted, going, office, division_code, dimension)
SELECT c.id, 'rectification', 1, CASE WHEN c.id %% 3 = 0 THEN 'duty' ELSE 'measure' END,
  'enterprise', c.opened_on, %(day)s::date - 30 + (c.id * 11 %% 210)::int, false, true, c.office,
  c.division_code, c.dimension
FROM casework_case AS c;
INSERT INTO casework_casedeadline (case_id, period, opened_by, kind, whose, runs_from, due,
  uncounted, going, office, division_code, dimension)
SELECT c.id, 'order.suit', 1, 'right', 'enterprise', c.opened_on,
  %(day)s::date - 150 + (c.id * 13 %% 330)::int, false, true, c.office, c.division_code,
  c.dimension
FROM casework_case AS c;
INSERT INTO casework_taskstanding (case_id, task, item, arisen_by, arisen_on, reported, holder,
  office, case_office, division_code, dimension, state, since, due)
SELECT c.id, 'assist_rectification', '', 1, c.opened_on, true, '',
  'city_' || left(c.division_code, 4) || '00', c.office, c.division_code, c.dimension,
  'arisen', c.opened_on,
  %(day)s::date - 20 + (c.id %% 60)::int
FROM casework_case AS c WHERE c.id %% 10 = 0;
SET session_replication_role = DEFAULT;
"""

BARE = """<!doctype html><title>deadlines</title><table>{% for d in object_list %}<tr>
<td>{{ d.due }}</td><td>{{ d.period }}</td><td>{{ d.kind }}</td><td>{{ d.case.number }}</td>
<td>{{ d.case.enterprise.name }}</td><td>{{ d.office }}</td><td>{{ d.runs_from }}</td>
</tr>{% endfor %}</table>"""


def run(size: float = 1.0) -> None:
    with fresh_site():
        _measure(at_least(LEAST, FULL, size))


def _measure(cases: int) -> None:
    with plain_files(ROOT_URLCONF=_addresses()):
        fill(cases)
        _pages()
        _sweeps()


def fill(cases: int) -> None:
    """So many open cases with two deadlines each, and the demo people, for other benchmarks too."""
    from django.db import connection

    from phaseout.accounts.demo import load_people
    from phaseout.accounts.models import Post, User
    from phaseout.casework.models import Sweep

    load_people()
    for city in ("640300", "640400", "640500"):
        user = User.objects.create(username=f"officer-{city}", demo=True)
        Post.objects.create(user=user, role="officer", function="cities", division_code=city)
    started = time.perf_counter()
    given = {"cases": cases, "enterprises": max(100, cases // 20), "day": DAY}
    with connection.cursor() as cursor:
        cursor.execute(FILL, given)
        cursor.execute("SELECT count(*) FROM casework_casedeadline WHERE going")
        ((there,),) = cursor.fetchall()
        cursor.execute("VACUUM ANALYZE")
    # Up to here all was told: what the nights below find is what falls due on their days.
    Sweep.objects.create(on=DAY, lapses=0, notices=0)
    print(f"{cases:,} open cases, {there:,} going deadlines", end="")
    print(f" written in {time.perf_counter() - started:.1f} s")


def _addresses() -> Any:
    """The site's addresses and the bare page."""
    from types import ModuleType

    from django.template import engines
    from django.urls import path
    from django.views.generic import ListView

    from phaseout.casework.models import CaseDeadline
    from phaseout.web.urls import urlpatterns

    template = engines["django"].from_string(BARE)

    class Bare(ListView):  # type: ignore[type-arg]
        ordering = "due"
        queryset = CaseDeadline.objects.filter(going=True).select_related("case__enterprise")

        def get_queryset(self) -> Any:
            return super().get_queryset()[:50]

        def render_to_response(self, context: Any, **_: Any) -> Any:
            from django.http import HttpResponse

            return HttpResponse(template.render(context, self.request))

    module = ModuleType("benchmark_addresses")
    module.urlpatterns = [path("bare/", Bare.as_view()), *urlpatterns]  # type: ignore[attr-defined]
    return module


def _pages() -> None:
    print(f"{'':<48}{'page':>11}{'bare':>11}   ratio")
    for name, username in {
        "workbench of an officer of the region": "eic-officer",
        "workbench of a leader of the region": "eic-leader",
        "workbench of an officer of a city": "yinchuan-officer",
        "workbench of an auditor": "auditor",
    }.items():
        client = signed_in(username)
        taken, beside = timed(get(client, "/workbench/"), get(signed_in("auditor"), "/bare/"))
        print(f"{name:<48}{taken * 1e3:8.1f} ms{beside * 1e3:8.1f} ms   {taken / beside:.2f}")


def signed_in(username: str) -> Any:
    """A client in which the demo person is signed in."""
    from django.test import Client

    from phaseout.accounts.models import User

    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=username))
    return client


def get(client: Any, address: str) -> Callable[[], Any]:
    """Asks for the page; fails unless it is answered with 200."""

    def ask() -> Any:
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        return response

    return ask


def _sweeps() -> None:
    """Some nights, one after another, since each can be swept but once."""
    from phaseout.casework.watching.sweeping import sweep

    print(f"{'':<26}{'told':>9}{'sweep':>11}{'find':>11}{'find+write':>12}   ratios")
    for number in range(1, NIGHTS + 1):
        on = DAY + timedelta(days=number)
        found, finding = _bare(on, writing=False)
        _, writing = _bare(on, writing=True)
        started = time.perf_counter()
        swept = sweep(on)
        taken = time.perf_counter() - started
        assert swept.notices == found, (swept, found)
        print(
            f"{f'night of {on}':<26}{swept.notices:>9,}{taken * 1e3:8.0f} ms"
            f"{finding * 1e3:8.0f} ms{writing * 1e3:9.0f} ms"
            f"   {taken / finding:.2f} (find) {taken / writing:.2f} (find and write)"
        )


def _bare(on: date, *, writing: bool) -> tuple[int, float]:
    """The rows of a night by plain SQL: found, or found and written, and undone again."""
    from django.db import connection, transaction

    from phaseout.casework.tasks import telling
    from phaseout.casework.watching import sweeping
    from phaseout.casework.watching.pausing import lay_pauses, pausing
    from phaseout.casework.watching.steps import spans
    from phaseout.casework.watching.watchers import lay_watchers

    overdue = telling.TELL.format(
        which="t.due >= %(after)s AND t.due < %(on)s", offices="ARRAY[t.office, t.case_office]"
    )
    found = 0
    with transaction.atomic():
        lay_watchers(on)
        lay_pauses()
        started = time.perf_counter()
        with connection.cursor() as cursor:
            for span in spans(on - timedelta(days=1), on):
                due = sweeping.DUE.format(
                    more=(sweeping.BY_DAY if span.step.before else "") + sweeping.NOT_PAUSED
                )
                whom = sweeping._whom(span.step)
                asked = {
                    "kind": span.step.kind, "after": span.after, "until": span.until,
                    "days": span.step.days, "on": on, "notice": span.step.notice,
                    "step": span.step.name, "pausing": list(pausing()),
                }  # fmt: skip
                if writing:
                    cursor.execute(sweeping.TELL.format(due=due, whom=whom), asked)
                    found += cursor.rowcount
                else:
                    cursor.execute(
                        f"SELECT told.user_id, due.* FROM ({due}) AS due"
                        f" CROSS JOIN LATERAL ({whom}) AS told",
                        asked,
                    )
                    found += len(cursor.fetchall())
            if not writing:
                overdue = overdue[overdue.index("SELECT") : overdue.index("ON CONFLICT")]
            cursor.execute(
                overdue,
                {
                    "step": "overdue",
                    "kind": telling.KINDS["overdue"],
                    "on": on,
                    "roles": ["officer", "leader"],
                    "after": on - timedelta(days=1),
                },
            )
            found += cursor.rowcount if writing else len(cursor.fetchall())
        taken = time.perf_counter() - started
        transaction.set_rollback(True)
    return found, taken
