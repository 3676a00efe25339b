"""A clause as it is cited in Chinese and in English, Chinese numerals included."""

from __future__ import annotations

from phaseout.law.judgement.explain.english import clause_en
from phaseout.law.periods.certificate import Citation

_ONES = "一二三四五六七八九"


def numeral(text: str) -> int | None:
    """The number a Chinese numeral below a hundred stands for; None for other text.

    >>> [numeral(text) for text in ("四", "十", "十九", "二十一", "第二部分")]
    [4, 10, 19, 21, None]
    """
    tens, mark, ones = text.rpartition("十")
    if not text or any(part and part not in _ONES for part in (tens, ones)):
        return None
    if len(tens) > 1 or len(ones) > 1:
        return None
    value = _ONES.index(ones) + 1 if ones else 0
    return value + 10 * (_ONES.index(tens) + 1 if tens else 1 if mark else 0)


def cited(citation: Citation, language: int) -> str:
    """The citation in words; in English with the clause in English too."""
    if language == 0:
        return citation.zh
    clause = citation.clause
    number = numeral(clause)
    if number is not None:
        return f"{citation.title_en} item ({number})"
    if clause.isascii():
        return citation.en
    return f"{citation.title_en}, {clause_en(clause)}"
