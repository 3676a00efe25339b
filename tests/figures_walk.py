"""Opens every figure of a dashboard and compares it with what its list counts."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape
from typing import Any

FIGURE = re.compile(r'<td class="number[^"]*"[^>]*><a href="([^"]+)">([^<]+)</a></td>')
GLANCE = re.compile(r'<li><a href="([^"]+)"><strong>([^<]+)</strong>')
TOTAL = re.compile(r'<data class="total" value="([^"]+)">')
NEXT = re.compile(r'<a href="([^"]+)" rel="next">')
COUNTED = ("/cases/", "/tasks/")
"""Lists that are counted row by row; the others say what they come to."""


def disagreements(client: Any, *pages: str) -> tuple[int, list[str]]:
    """How many figures there are on the pages, and those that their list does not bear out."""
    shown: dict[str, set[Decimal]] = {}
    for page in pages:
        answer = client.get(page)
        assert answer.status_code == 200, (page, answer.status_code)
        text = answer.content.decode()
        for url, figure in (*FIGURE.findall(text), *GLANCE.findall(text)):
            shown.setdefault(unescape(url), set()).add(Decimal(figure.replace(",", "")))
    wrong = []
    for url, figures in shown.items():
        listed = _listed(client, url)
        if figures != {listed}:
            wrong.append(f"{url}: {sorted(figures)} shown, {listed} listed")
    return len(shown), wrong


def _listed(client: Any, url: str) -> Decimal | None:
    answer = client.get(url)
    if answer.status_code != 200:
        return None
    text = answer.content.decode()
    if not url.startswith(COUNTED):
        (total,) = TOTAL.findall(text)
        return Decimal(total)
    rows = _rows(text)
    while more := NEXT.search(text):
        path = url.partition("?")[0]
        text = client.get(path + unescape(more[1])).content.decode()
        rows += _rows(text)
    return Decimal(rows)


def _rows(text: str) -> int:
    _head, _mark, body = text.partition("<tbody>")
    return body.partition("</tbody>")[0].count("<tr>")
