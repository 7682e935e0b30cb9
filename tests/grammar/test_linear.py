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
    steep = {name for name, row in rows.items() if float(row["growth"]) >= linear.LIMIT}
    assert not steep, "a pattern grows faster than its text"


def test_the_texts_against_a_pattern_come_from_what_it_matches() -> None:
    pattern = re.compile(r"(?:第[一二]+(?:期|批)[^,]{0,9})+建成")
    made = linear.pieces(pattern)
    assert any(pattern.fullmatch(text) for text in made)
    assert any(not pattern.search(text) for text in made)
