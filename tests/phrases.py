"""Tables of phrases for the tests of deadlines."""

from __future__ import annotations

from datetime import date

from yiyang.grammar.deadline_phrases import Time

ISSUED = date(2021, 2, 26)
"""The date of issue that all phrases are read with."""


def show(time: Time) -> str:
    """`kind start due precision`, with `+` for an obligation to go on, `?` for a year inferred."""
    start, due = time.start or "-", time.due or "-"
    flags = ["+"] * time.is_ongoing + ["?"] * time.is_year_inferred
    return " ".join([time.kind or "?", str(start), str(due), time.precision or "-", *flags])


def cases(table: str) -> list[list[str]]:
    """The cells of a table of one case a line, parted by `|`."""
    return [[part.strip() for part in row.split("|")] for row in table.strip().splitlines()]
