"""Names and codes that cannot be taken for real ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import uscc

from phaseout.province.names import MARK, enterprise_name, fictional_uscc, is_fictional_uscc


@given(st.integers(0, 999_999), st.sampled_from(["640104", "640221", "640522"]))
def test_every_code_passes_the_check_and_has_an_unassigned_entity_type(
    number: int, division: str
) -> None:
    code = fictional_uscc(number, division)
    assert uscc.validate(code) == code
    assert code[:2] == "98"  # GB 32100-2015: department 9 has the types 1, 2, 3 and 9
    assert code[2:8] == division
    assert is_fictional_uscc(code)


def test_a_code_of_a_real_form_is_not_taken_for_a_fictional_one() -> None:
    assert not is_fictional_uscc("91110000600037341L")


def test_names_do_not_repeat_in_a_hundred_thousand_enterprises() -> None:
    names = {enterprise_name(1, number, "硅业") for number in range(100_000)}
    assert len(names) == 100_000
    assert all(name.startswith(MARK) for name in names)


@pytest.mark.parametrize("seed", [0, 1, -5, 10**12])
def test_any_seed_gives_a_name(seed: int) -> None:
    assert enterprise_name(seed, 7, "水泥").endswith("水泥有限公司")
