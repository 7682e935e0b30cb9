"""What holds the rows of long tables fails where a row is wrong: else no table would hold."""

from __future__ import annotations

import pytest
from rows import hold


def _is_even(number: int) -> None:
    assert number % 2 == 0, "odd"


def test_every_wrong_row_is_named_and_no_other() -> None:
    with pytest.raises(AssertionError) as error:
        hold(_is_even, [1, 2, 3])
    said = str(error.value).splitlines()
    assert said[0] == "2 of 3 rows are wrong:"
    assert [line for line in said[1:] if not line.startswith(" ")] == ["1", "3"]


def test_whatever_ends_a_row_is_its_fault() -> None:
    with pytest.raises(AssertionError, match="1 of 1 rows"):
        hold(lambda row: {}[row], ["a key"])


def test_an_empty_table_holds_nothing() -> None:
    with pytest.raises(AssertionError, match="empty"):
        hold(_is_even, [])
    hold(_is_even, [2, 4])
