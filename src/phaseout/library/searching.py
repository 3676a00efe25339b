"""Find standards and rows by what people type: a number however written, a product, a pollutant.

Everything is in memory: one text a row and a document, folded once a process. Each word typed must
be found; words found in the description of a document alone find the document, not its rows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache

from phaseout.law.industries import ALL_INDUSTRIES
from phaseout.law.norms import NormBook
from phaseout.law.norms.chinese import in_chinese, prose_of
from phaseout.law.norms.documents import find_source
from phaseout.law.norms.records import Row, Source
from phaseout.law.norms.wording import industry_name
from phaseout.law.refusals import Refusal
from phaseout.library.shelf import rows_of_source, table_of
from phaseout.library.words import aliases, table_name

LONGEST = 200
_UNSAID = {"row_id", "evidence", "confidence", "effective_from", "effective_to", "deadline"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for; an empty text asks for all. `table` and `industry` are keys."""

    text: str = ""
    table: str = ""
    industry: str = ""

    def __bool__(self) -> bool:
        return bool(self.text or self.table or self.industry)


@dataclass(frozen=True, slots=True)
class Found:
    """`exact`: the one document of that number. `documents`: each with how many of its rows answer
    the question of table and industry. `rows`: those that the words themselves name."""

    exact: Source | None
    documents: tuple[tuple[Source, int], ...]
    rows: tuple[Row, ...]


def search(asked: Asked) -> Found:
    """Documents and rows that answer, in the order of the store."""
    words = [aliases().get(word, word) for word in folded(asked.text[:LONGEST]).split()]
    book = NormBook.load()
    documents: list[tuple[Source, int]] = []
    rows: list[Row] = []
    for source in book.sources.values():
        own = _document_text(source.source_id)
        left = [word for word in words if word not in own]
        kept = [row for row in _rows(source.source_id) if _is_asked(row, asked)]
        named = [row for row in kept if all(word in _row_text(row) for word in left)]
        if left:
            rows += named
        if named or (not left and not kept and not (asked.table or asked.industry)):
            documents.append((source, len(named)))
    return Found(_exact(asked.text), tuple(documents), tuple(rows))


def folded(text: str) -> str:
    """Capitals, widths and doubled blanks do not matter.

    >>> folded("ＧＢ 4915—2013  水泥")
    'gb 4915-2013 水泥'
    """
    return " ".join(re.sub(r"[—–－]", "-", plain(text).casefold()).split())


def plain(text: str) -> str:
    """Full-width letters and digits made plain, as a keyboard set to Chinese writes them."""
    return unicodedata.normalize("NFKC", text).strip()


def _exact(text: str) -> Source | None:
    if not re.search(r"\d", text):
        return None
    try:
        return find_source(plain(text), NormBook.load().sources)
    except Refusal:
        return None


def _rows(source_id: str) -> Iterable[Row]:
    return rows_of_source().get(source_id, ())


def _is_asked(row: Row, asked: Asked) -> bool:
    if asked.table and table_of(row.row_id) != asked.table:
        return False
    own = getattr(row, "industry", None)
    return not asked.industry or own in (asked.industry, ALL_INDUSTRIES)


@cache
def _document_text(source_id: str) -> str:
    source = NormBook.load().sources[source_id]
    said = folded(" ".join((source.number, source_id, source.title_zh, source.title_en)))
    squeezed = re.sub(r"[\s-]", "", folded(f"{source.number} {source_id}"))
    return f"{said} {source.issuer.casefold()} {squeezed}"


def _row_text(row: Row) -> str:
    return _row_texts()[row.row_id]


@cache
def _row_texts() -> Mapping[str, str]:
    return {row.row_id: _told(row) for rows in rows_of_source().values() for row in rows}


def _told(row: Row) -> str:
    values = [str(getattr(row, f.name)) for f in fields(row) if f.name not in _UNSAID]
    industry = getattr(row, "industry", "")
    names = [industry_name(industry, lang) for lang in ("zh", "en")] if industry else []
    chinese = [in_chinese(text) for name, text in prose_of(row) if name not in _UNSAID]
    return folded(" ".join((*values, *chinese, *names, *table_name(table_of(row.row_id)))))
