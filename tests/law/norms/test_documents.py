"""Documents are found by the way people write them; what is not there is refused with help."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from phaseout.law.norms import NormBook
from phaseout.law.norms.documents import (
    family,
    find_source,
    is_amendment,
    predecessors,
    resolve,
    successor,
)
from phaseout.law.refusals import Refusal

SOURCES = NormBook.load().sources


@pytest.mark.parametrize(
    ("written", "source_id"),
    [
        ("GB21346-2013", "GB21346-2013"),
        ("GB 21346-2013", "GB21346-2013"),
        ("gb21346-2013", "GB21346-2013"),
        ("GB 21346—2013", "GB21346-2013"),
        ("GB213462013", "GB21346-2013"),
        ("E-GB4915-2013", "E-GB4915-2013"),
        ("GB 4915-2013", "E-GB4915-2013"),
        ("gb/t 1499.2-2018", "GBT-1499.2-2018"),
        ("GB 175-2007", "GB-175-2007"),
        ("发改价格〔2016〕75号", "NDRC-2016-75"),
        ("DB64/T 1147-2022", "DB64T-1147-2022"),
    ],
)
def test_a_document_is_found_by_id_and_by_number(written: str, source_id: str) -> None:
    assert find_source(written, SOURCES).source_id == source_id


@pytest.mark.parametrize("source_id", sorted(SOURCES))
def test_every_document_is_found_by_its_own_id(source_id: str) -> None:
    assert find_source(source_id, SOURCES).source_id == source_id


@given(
    st.sampled_from([s for s in sorted(SOURCES) if s.startswith(("GB", "E-GB"))]),
    st.lists(st.tuples(st.integers(0, 30), st.sampled_from(" -—_")), max_size=4),
    st.booleans(),
)
def test_blanks_dashes_and_capitals_do_not_matter(
    source_id: str, signs: list[tuple[int, str]], small: bool
) -> None:
    written = source_id.lower() if small else source_id
    for at, sign in signs:
        written = written[:at] + sign + written[at:]
    assert find_source(written, SOURCES).source_id == source_id


def test_an_unknown_document_is_refused_with_the_nearest_names() -> None:
    with pytest.raises(Refusal) as refused:
        find_source("GB 21346-2031", SOURCES)
    assert refused.value.code == "document_unknown"
    assert "GB21346-2013" in refused.value.en


@pytest.mark.parametrize("nonsense", ["", " ", "-", "/"])
def test_a_blank_name_names_no_document(nonsense: str) -> None:
    with pytest.raises(Refusal):
        find_source(nonsense, SOURCES)
    assert resolve(nonsense, SOURCES) is None


def test_a_number_that_several_documents_bear_is_refused_with_their_ids() -> None:
    with pytest.raises(Refusal) as refused:
        find_source("环境保护部公告2013年第79号", SOURCES)
    assert refused.value.code == "document_ambiguous"
    assert "E-GB25465-2010-A2013" in refused.value.zh
    assert "E-GB25466-2010-A2013" in refused.value.zh


@pytest.mark.parametrize(
    ("source_id", "name"),
    [
        ("GB21346-2013", "GB21346"),
        ("E-GB4915-2013-A2026", "GB4915"),
        ("GB-1499.1-2008", "GB1499.1"),
        ("GBT-1499.1-2008", "GBT1499.1"),
        ("NDRC-CAT-2019", "NDRC-CAT"),
        ("SC-446", "SC-446"),
        ("GBF-2016-2", "GBF-2016-2"),
    ],
)
def test_editions_of_a_standard_share_its_family(source_id: str, name: str) -> None:
    assert family(source_id) == name


def test_succession_is_read_in_both_directions() -> None:
    old, new = SOURCES["GB21346-2008"], SOURCES["GB21346-2013"]
    assert successor(old, SOURCES) == new
    assert old in predecessors(new, SOURCES)
    assert successor(SOURCES["GB21346-2022"], SOURCES) is None


def test_a_remark_behind_a_successor_is_no_part_of_its_name() -> None:
    amended = successor(SOURCES["E-GB4915-2013"], SOURCES)
    assert amended == SOURCES["E-GB4915-2013-A2026"]
    assert is_amendment(SOURCES["E-GB4915-2013-A2026"])
    assert not is_amendment(SOURCES["GB-1499.1-2008"])
