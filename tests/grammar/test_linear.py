"""No regular expression of the library is missing from the table of their growth.

The growth itself is measured by robustness/linear.py, outside the suite: no test is timed.
"""

from __future__ import annotations

import csv
import re

from scripts import benchmark

from yiyang.core.schema import CHECKOUT

TABLE = CHECKOUT / "docs" / "reliability" / "linear.csv"
linear = benchmark("linear")


def test_no_pattern_is_missing_from_the_table_of_growth() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = {row["pattern"]: row for row in csv.DictReader(file)}
    found = {one.place for one in linear.patterns()}
    assert len(found) > 400
    assert found == set(rows), "run python robustness/linear.py --only PATTERN --write the table"
    steep = [name for name, row in rows.items() if row["growth"] and float(row["growth"]) >= 2.3]
    assert not steep


def test_a_steep_pattern_would_be_noticed() -> None:
    assert any("a" in piece for piece in linear.pieces(re.compile(r"(?:a+)+b")))
    assert linear.growth(linear.Found("x", re.compile(r"\d+x"), "finditer"))[0] >= linear.LIMIT
    assert linear.growth(linear.Found("x", re.compile(r"\d{1,4}x"), "finditer"))[0] < linear.LIMIT
