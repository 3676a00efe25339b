"""The inbox over a million findings, beside a bare Django list page over the same table.

Both go through the same middleware, session and sign-in, and show fifty findings with the names of
enterprise and line. The bare page is what Django gives for nothing: a `ListView` with a template of
one table, without scope, filters, counts or language; once as a plain slice, once with Django's own
paginator (which counts the table and skips rows by OFFSET).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from benchmarks.site import at_least, fresh_site, plain_files

FULL = 1_000_000
ROUNDS = 25
WARMING = 2
LONGEST = 10.0
"""Seconds for one page, if it has been asked often enough."""

FILL = """
INSERT INTO registry_enterprise (uscc, name, division_code, industry)
SELECT '91' || lpad(n::text, 16, '0'), '（虚构）第' || n || '实业有限公司',
  (ARRAY['640104','640181','640202','640221','640302','640381','640402','640502'])[1 + n %% 8],
  (ARRAY['steel','coal','cement','electrolytic_aluminium','fine_chemicals','ferroalloy',
    'calcium_carbide','silicon_carbide','coke','lead_zinc','fertilizer','pulp_paper','leather'])
    [1 + n * 7 %% 13]
FROM generate_series(1, %(enterprises)s) AS n;
INSERT INTO registry_productionline
  (line_id, enterprise_id, name, industry, division_code)
SELECT 'L' || e.uscc || k, e.uscc, k || '号生产线', e.industry, e.division_code
FROM registry_enterprise AS e CROSS JOIN generate_series(1, 3) AS k;
INSERT INTO casework_judgementrun
  (cause, detail, on_day, started_at, enterprises, judged, begun, ended)
VALUES ('all', '', '2018-03-15', now(), 0, 0, 0, 0);
INSERT INTO casework_finding (finding_id, digest, dimension, judged_by, enterprise_id, line_id,
  division_code, industry, subject, norm_row, source_id, clause, indicator, period_start,
  period_end, value, comparator, limit_value, unit, ratio, verdict, provisional, reasons, effect,
  summary_zh, summary_en, run_id, found_on, recorded_at)
SELECT 'F' || substr(md5(n::text), 1, 20), md5(n::text)::uuid, x.dimension, x.dimension,
  l.enterprise_id, l.line_id, l.division_code, l.industry, '对象' || n %% 50,
  x.dimension || '_limits/GB-' || n %% 400 || '/' || n %% 9, 'GB-' || n %% 400, '4.1',
  '单位产品综合能耗', DATE '2016-01-01' + (n %% 9) * 91, DATE '2016-03-31' + (n %% 9) * 91,
  x.ratio * 112, '<=', 112, 'kgce/t', x.ratio, x.verdict, n %% 3 = 0,
  CASE WHEN n %% 3 = 0 THEN ARRAY['norm_not_verified'] ELSE '{}' END,
  CASE WHEN x.verdict = 'noncompliant' THEN 'opens' ELSE 'records' END,
  '可比熟料综合煤耗' || n %% 300 || ' kgce/t，与限值112 kgce/t比较，判定结论见推理'
    || repeat('，依据', 9),
  'Comparable coal use of clinker ' || n %% 300 || ' kgce/t against the limit of 112 kgce/t, '
    || repeat('reasoned ', 9),
  (SELECT max(id) FROM casework_judgementrun), DATE '2018-03-15' - (n %% 40)::int, now()
FROM generate_series(1, %(findings)s) AS n
CROSS JOIN LATERAL (
  SELECT hashint4(n) & 1023 AS chance
) AS c
CROSS JOIN LATERAL (
  SELECT (ARRAY['energy','environment','quality','safety','technology'])
      [CASE WHEN c.chance < 450 THEN 1 WHEN c.chance < 850 THEN 2 WHEN c.chance < 960 THEN 3
        WHEN c.chance < 985 THEN 4 ELSE 5 END] AS dimension,
    CASE WHEN n %% 9 = 0 THEN 'noncompliant' WHEN n %% 4 = 0 THEN 'undetermined'
      ELSE 'compliant' END AS verdict,
    CASE WHEN n %% 9 = 0 THEN 1.01 + (hashint4(n + 1) & 4095) / 1000.0
      WHEN n %% 4 = 0 THEN NULL ELSE (hashint4(n + 2) & 1023) / 1024.0 END AS ratio
) AS x
JOIN registry_productionline AS l
  ON l.line_id = 'L91' || lpad((1 + abs(hashint4(n + 3)) %% %(enterprises)s)::text, 16, '0')
     || (1 + abs(hashint4(n + 4)) %% 3);
"""

BARE = """<!doctype html><title>findings</title><table>{% for f in object_list %}<tr>
<td>{{ f.verdict }}</td><td>{{ f.dimension }}</td><td>{{ f.enterprise.name }} {{ f.line.name }}</td>
<td>{{ f.summary_zh }}</td><td>{{ f.ratio }}</td><td>{{ f.period_end }}</td>
<td>{{ f.found_on }}</td></tr>{% endfor %}</table>
{% if page_obj.has_next %}<a href="?page=2">next</a>{% endif %}"""


def run(size: float = 1.0) -> None:
    with fresh_site():
        _measure(at_least(10_000, FULL, size))


def _measure(findings: int) -> None:
    with plain_files(ROOT_URLCONF=_addresses()):
        _fill(findings)
        _compare(_signed_in())


def _fill(findings: int) -> None:
    from django.db import connection

    started = time.perf_counter()
    with connection.cursor() as cursor:
        cursor.execute(FILL, {"findings": findings, "enterprises": max(100, findings // 100)})
        cursor.execute("SELECT count(*) FROM casework_finding")
        ((there,),) = cursor.fetchall()
        cursor.execute("VACUUM ANALYZE")
    print(f"{there:,} findings written in {time.perf_counter() - started:.1f} s")


def _addresses() -> Any:
    """The site's addresses and the two bare pages."""
    from types import ModuleType

    from django.template import engines
    from django.urls import path
    from django.views.generic import ListView

    from phaseout.casework.models import Finding
    from phaseout.web.urls import urlpatterns

    template = engines["django"].from_string(BARE)

    class Bare(ListView):  # type: ignore[type-arg]
        template_name = template
        ordering = "-id"
        queryset = Finding.objects.select_related("enterprise", "line")

        def render_to_response(self, context: Any, **_: Any) -> Any:
            from django.http import HttpResponse

            return HttpResponse(template.render(context, self.request))

    class Sliced(Bare):
        def get_queryset(self) -> Any:
            return super().get_queryset()[:50]

    module = ModuleType("benchmark_addresses")
    module.urlpatterns = [  # type: ignore[attr-defined]
        path("bare/slice/", Sliced.as_view()),
        path("bare/paginated/", Bare.as_view(paginate_by=50)),
        *urlpatterns,
    ]
    return module


def _signed_in() -> Any:
    from django.test import Client

    from phaseout.accounts.models import Post, User

    user = User.objects.create(username="auditor")
    Post.objects.create(user=user, role="auditor", function="government", division_code="640000")
    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    return client


def _compare(client: Any) -> None:
    def get(address: str) -> Callable[[], Any]:
        def ask() -> Any:
            response = client.get(address)
            assert response.status_code == 200, (address, response.status_code)
            return response

        return ask

    bare = get("/bare/slice/")
    pages = {
        "bare list page with Django's paginator, page 1": get("/bare/paginated/"),
        "the same, page 10,000": get("/bare/paginated/?page=10000"),
        **_inbox_pages(client, get),
    }
    print(f"{'':<48}{'page':>11}{'bare':>11}   ratio")
    for name, ask in pages.items():
        try:
            taken, beside = timed(ask, bare)
        except AssertionError:
            continue  # a small table has no page 10,000
        print(f"{name:<48}{taken * 1e3:8.1f} ms{beside * 1e3:8.1f} ms   {taken / beside:.2f}")


def _inbox_pages(client: Any, get: Callable[[str], Any]) -> dict[str, Any]:
    asked = {
        "inbox, gravest first": {"sort": "gravity"},
        "noncompliant, gravest first": {"verdict": "noncompliant"},
        "newest first": {"sort": "newest"},
        "by period": {"sort": "period"},
        "by enterprise": {"sort": "enterprise"},
        "one city": {"city": "6404"},
        "one industry": {"industry": "leather"},
        "one industry, city, safety, noncompliant": {
            "industry": "leather", "city": "6404", "dimension": "safety",
            "verdict": "noncompliant",
        },
        "one city, technology, newest": {
            "city": "6405", "dimension": "technology", "sort": "newest",
        },
        "safety, undetermined, by period": {
            "dimension": "safety", "verdict": "undetermined", "sort": "period",
        },
        "one norm row": {"row": "energy_limits/GB-9/1"},
        "one enterprise": {"enterprise": "91" + "77".zfill(16)},
        "a name": {"q": "第77实业"},
        "as of a day": {"as_of": "2018-03-01"},
    }  # fmt: skip
    pages = {name: get(f"/findings/?{urlencode(query)}") for name, query in asked.items()}
    for name in list(pages)[:5]:
        cursor = _deep(client, asked[name])
        if cursor:
            query = urlencode({**asked[name], "cursor": cursor})
            pages[f"{name}, deep in the list"] = get(f"/findings/?{query}")
    return pages


def _deep(client: Any, query: dict[str, str]) -> str | None:
    """The cursor half-way down: as if somebody had turned 10,000 pages."""
    from phaseout.casework.findings.filters import ORDERS
    from phaseout.casework.models import Finding
    from phaseout.pages import keyset

    order = ORDERS[query.get("sort", "gravity")]
    rows = Finding.objects.standing().order_by(*order)
    if "verdict" in query:
        rows = rows.filter(verdict=query["verdict"])
    at = min(500_000, rows.count() // 2)
    return keyset._write(False, rows[at], order)


def timed(work: Callable[[], Any], beside: Callable[[], Any]) -> tuple[float, float]:
    """The quickest of some rounds, both in turn, after some to warm up: what else the machine
    does only adds to a round."""
    taken: dict[Callable[[], Any], list[float]] = {work: [], beside: []}
    enough = time.perf_counter() + LONGEST
    for number in range(WARMING + ROUNDS):
        for one, seconds in taken.items():
            started = time.perf_counter()
            one()
            if number >= WARMING:
                seconds.append(time.perf_counter() - started)
        if number > WARMING and time.perf_counter() > enough:
            break
    return min(taken[work]), min(taken[beside])
