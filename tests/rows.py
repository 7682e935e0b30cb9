"""Hold the rows of a long table in one test, and name every one that is wrong.

A test for each row costs two to three milliseconds beside what it holds (pytest's own, the two
lists of tests that the workers send, a report for each), half a minute for nine thousand rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from textwrap import indent
from typing import TypeVar

Row = TypeVar("Row")


def hold(
    check: Callable[[Row], None], rows: Iterable[Row], name: Callable[[Row], object] = str
) -> None:
    """Check each row, whatever became of the others; what failed is said with the row's name."""
    rows = [*rows]
    assert rows, "the table is empty: nothing is held"
    wrong: list[tuple[Row, Exception]] = []
    for row in rows:
        try:
            check(row)
        except Exception as error:  # as of a test of its own: whatever ends it
            wrong.append((row, error))
    if wrong:
        said = [f"{name(row)}\n{indent(str(error) or repr(error), '    ')}" for row, error in wrong]
        head = f"{len(wrong)} of {len(rows)} rows are wrong"
        raise AssertionError("\n".join([f"{head}:", *said])) from wrong[0][1]
