"""What findings are about is said in words: codes belong to the tables."""

from __future__ import annotations

import re

import pytest

from phaseout.findings import Judgement
from phaseout.law.judgement.explain.subjects import indicator_words, subject_words

CODE = re.compile(r"[a-z]+_[a-z_]+|\||\b[aw]\d{5}\b")


@pytest.mark.parametrize(
    ("judged_by", "subject", "zh", "en"),
    [
        ("energy", "焦炭|捣固焦炉", "焦炭（捣固焦炉）", "coke (stamp-charging coke oven)"),
        ("energy", "皮革|", "皮革", "leather"),
        ("environment", "排口 一 a21026", "排放口排口 一", "outlet 排口 一"),
        (
            "environment",
            "91640100MA00000001 a21002 ",
            "氮氧化物(以NO2计)排放总量",
            "total of nitrogen oxides as NO2",
        ),
        (
            "safety",
            "production_licence",
            "工业产品生产许可证",
            "industrial product production licence",
        ),
        ("safety", "H-1", "隐患H-1", "hazard H-1"),
    ],
)
def test_a_subject_is_said_in_both_languages(
    judged_by: str, subject: str, zh: str, en: str
) -> None:
    assert subject_words(judged_by, subject) == (zh, en)


def test_no_subject_of_a_province_shows_a_code(small_judgement: Judgement) -> None:
    query = "SELECT DISTINCT judged_by, subject, indicator FROM judged.findings"
    found = small_judgement.connection.execute(query).fetchall()
    assert len(found) > 100
    said = [
        text
        for judged_by, subject, indicator in found
        for words in (
            subject_words(judged_by, subject),
            indicator_words(judged_by, subject, indicator),
        )
        for text in words
    ]
    assert [text for text in said if CODE.search(text)] == []
