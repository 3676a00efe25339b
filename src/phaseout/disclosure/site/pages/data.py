"""开放数据: the files, and what is in them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from phaseout.disclosure.lists import downloads, published
from phaseout.disclosure.lists.downloads import FORMATS
from phaseout.disclosure.site import open_data
from phaseout.disclosure.site.open_data import EVENT_COLUMNS, FORMS, Meaning
from phaseout.disclosure.site.pages.lists import edition_of, kind_of
from phaseout.disclosure.site.showing import kept, public_page

MOST_EVENTS = 100_000


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    rows = [(kind, newest) for kind in published.kinds() if (newest := published.newest(kind.key))]
    context = {"rows": rows, "forms": list(FORMS), **_licence()}
    return public_page(request, "publicsite/data.html", context)


@require_safe
def dictionary(request: HttpRequest) -> HttpResponse:
    """What each column means; the same as a file: `dictionary.csv`, `dictionary.json`."""
    context = {
        "columns": open_data.dictionary(),
        "events": EVENT_COLUMNS,
        "kinds": published.kinds(),
        **_licence(),
    }
    return public_page(request, "publicsite/dictionary.html", context)


def _licence() -> dict[str, str]:
    return {"licence": open_data.LICENCE, "licence_url": open_data.LICENCE_URL}


@require_safe
def newest_file(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """`lists` (all), `events` (the log), `dictionary`, or the newest edition of one list. The
    addresses do not change: a program fetches the same one every day."""
    if name == "lists":
        return _file(open_data.all_rows(), form, name, open_data.dictionary())
    if name == "events":
        rows = open_data.event_rows(reversed(published.events(limit=MOST_EVENTS)))
        return _file(rows, form, name, EVENT_COLUMNS)
    if name == "dictionary":
        return _file(_meanings(), form, name, _OF_MEANINGS)
    newest = published.newest(kind_of(name).key)
    if newest is None:
        raise Http404
    return _file(open_data.rows_of(newest), form, name, open_data.dictionary())


@require_safe
def original(request: HttpRequest, key: str, number: int, form: str) -> HttpResponse:
    """An edition as it was published, in every byte: of the JSON SHA-256 is the digest."""
    kind_of(key)
    found = edition_of(key, number)
    if form not in FORMATS:
        raise Http404
    file = downloads.made(found, form)
    answer = HttpResponse(file.content, content_type=file.media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return kept(answer)


@require_safe
def edition_file(request: HttpRequest, key: str, number: int, form: str) -> HttpResponse:
    """A past edition, with what ended since."""
    kind_of(key)
    rows = open_data.rows_of(edition_of(key, number))
    return _file(rows, form, f"{key}-{number}", open_data.dictionary())


def _file(
    rows: Sequence[dict[str, Any]], form: str, name: str, columns: Sequence[Meaning]
) -> HttpResponse:
    if form not in FORMS:
        raise Http404
    answer = HttpResponse(open_data.made(rows, form, columns), content_type=FORMS[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    answer.headers["Link"] = f'<{open_data.LICENCE_URL}>; rel="license"'
    answer.headers["Access-Control-Allow-Origin"] = "*"  # nothing here is anybody's alone
    return kept(answer)


_OF_MEANINGS = tuple(
    Meaning(key, "text", words, ("", ""), ())
    for key, words in (
        ("column", ("列", "column")),
        ("type", ("类型", "type")),
        ("name_zh", ("中文名", "Chinese name")),
        ("name_en", ("英文名", "English name")),
        ("says_zh", ("中文说明", "Chinese meaning")),
        ("says_en", ("英文说明", "English meaning")),
        ("lists", ("所在名单", "lists")),
    )
)


def _meanings() -> list[dict[str, Any]]:
    return [
        {
            "column": one.key,
            "type": one.type,
            "name_zh": one.words[0],
            "name_en": one.words[1],
            "says_zh": one.says[0],
            "says_en": one.says[1],
            "lists": " ".join(one.lists),
        }
        for one in open_data.dictionary()
    ]
