"""A column of numbers out of a sheet is written as its cells are, one by one."""

from hypothesis import example, given
from hypothesis import strategies as st

from phaseout.facts.schema import Kind
from phaseout.facts.workbooks import _text, _texts

numbers = st.floats(allow_nan=False, allow_infinity=False)
usual = st.decimals(-(10**9), 10**9, places=4).map(float)


@given(st.lists(st.one_of(numbers, usual, st.just(""), st.text(max_size=3)), min_size=1))
@example([0.1 + 0.2, 1e15, 1e10, 1e-5, -0.0, 5e-324, 123456789012345.6, "", "约3"])
@example([35.0, 1591.9])
def test_a_column_at_once_is_what_its_cells_are_one_by_one(cells: list[float | str]) -> None:
    at_once = _texts(tuple(cells), Kind.NUMBER).to_pylist()
    assert at_once == [_text(cell, Kind.NUMBER) for cell in cells]
