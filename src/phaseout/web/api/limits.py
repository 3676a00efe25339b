"""How often one key may ask: a bucket of requests that fills up again, kept in the database.

One statement a request, the same for all processes of the site. The table is unlogged: after a
crash every bucket is simply full.
"""

from __future__ import annotations

import math

from django.conf import settings
from django.db import connection

from phaseout.web.api.answers import StatusRefusal

_TAKE = """
INSERT INTO web_allowance AS a (key, left_over, at, given)
VALUES (%(key)s, %(full)s - 1, clock_timestamp(), true)
ON CONFLICT (key) DO UPDATE SET (left_over, at, given) = (
  SELECT CASE WHEN now_left >= 1 THEN now_left - 1 ELSE now_left END, clock_timestamp(),
    now_left >= 1
  FROM (SELECT least(%(full)s, a.left_over + %(full)s / 60.0 * greatest(0,
    extract(epoch FROM clock_timestamp() - a.at)::float8)) AS now_left) AS filled
)
RETURNING given, left_over
"""


def forget_full_buckets() -> None:
    """Take away the buckets that have filled up again: nothing is known by them."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM web_allowance WHERE at < now() - interval '1 hour'")


def take_one(key: str) -> None:
    """Take one request out of the bucket of `key`.

    Raises:
        StatusRefusal: 429 `too_often`, with Retry-After.
    """
    full = float(settings.API_REQUESTS_A_MINUTE)
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, {"key": key, "full": full})
        given, left = cursor.fetchone()
    if not given:
        wait = max(1, math.ceil((1 - left) * 60 / full))
        raise StatusRefusal(
            429,
            "too_often",
            what=("请求过于频繁", "too many requests"),
            why=(
                f"每个令牌每分钟最多{full:.0f}次。",
                f"a token may ask {full:.0f} times a minute.",
            ),
            instead=(f"请在{wait}秒后再试。", f"Try again in {wait} seconds."),
            headers={"Retry-After": str(wait)},
        )
