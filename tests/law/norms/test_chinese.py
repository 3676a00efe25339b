"""The received English remarks are said in Chinese, whole, and the received text is not touched."""

import re
from collections import Counter

import pytest

from phaseout.law.norms import NormBook
from phaseout.law.norms.chinese import (
    in_chinese,
    prose_of,
    prose_of_source,
    translations,
    untranslated,
)
from phaseout.law.norms.methods import method_rows, method_tables
from phaseout.law.norms.reading import fragments

_ADDRESS = re.compile(r"https?://[^\s,;)]*[^\s,;):.]")
_STANDARD = re.compile(r"\b(?:GB|HJ|NY|DB\d\d)(?:/T)? ?\d+(?:\.\d+)?(?:-\d{4})?")


def _received() -> list[tuple[str, str]]:
    book = NormBook.load()
    rows = [*book.rows(), *(row for table in method_tables() for row in method_rows(table))]
    of_rows = [(row.row_id, text) for row in rows for _, text in prose_of(row)]
    return of_rows + [
        (source.source_id, text)
        for source in book.sources.values()
        for _, text in prose_of_source(source)
    ]


def test_every_remark_that_is_shipped_has_its_chinese():
    without = {part: where for where, text in _received() for part in untranslated(text)}
    assert without == {}, "add them to law/norms/tables/chinese.csv"


def test_no_translation_is_kept_that_no_row_needs():
    needed = {part for _, text in _received() for part in (text, *fragments(text))}
    assert set(translations()) - needed == set()


def test_a_translation_has_every_number_address_and_standard_of_the_received_text():
    lost = []
    for text, zh in translations().items():
        said = _numbers(zh) | Counter(_figure(word) for word in re.findall(_NUMERAL, zh))
        lost += [(n, text) for n in _numbers(text) if n not in said]
        lost += [(x, text) for x in _ADDRESS.findall(text) + _STANDARD.findall(text) if x not in zh]
    assert lost == []


def test_a_translation_is_chinese_and_leaves_no_english_sentence():
    said = translations().values()
    assert [zh for zh in said if not re.search("[\u4e00-\u9fff]", zh)] == []
    assert [zh for zh in said if re.search("[a-z]{3,} [a-z]{2,} [a-z]{2,}", zh)] == []


@pytest.mark.parametrize(
    ("received", "chinese"),
    [
        ("discharge=direct; value recalled", "直接排放；数值凭记忆录入"),
        ("a remark (seen; twice); discharge=direct", "a remark (seen; twice)；直接排放"),
        ("a remark of a row that came as a file", "a remark of a row that came as a file"),
        ("4 table 1; 5", "4 表1；5"),
        ("附件2 表1", "附件2 表1"),
        ("", ""),
    ],
)
def test_what_has_no_translation_stays_as_it_was_received(received: str, chinese: str):
    assert in_chinese(received) == chinese


_NUMERAL = "[一二三四五六七八九十百]+"


def _numbers(text: str) -> Counter[int]:
    return Counter(int(digits) for digits in re.findall(r"\d+", text))


def _figure(word: str) -> int:
    value = last = 0
    for sign in word:
        if sign in "十百":
            value, last = value + (last or 1) * (10 if sign == "十" else 100), 0
        else:
            last = "一二三四五六七八九".index(sign) + 1
    return value + last
