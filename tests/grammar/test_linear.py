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


STEEP = {
    "yiyang.parse.cards._ALONE",
    "yiyang.parse.document._BOOKMARK",
    "yiyang.parse.headers.use_of(sub 1)",
    "yiyang.parse.items._KEYS_AT_END",
    "yiyang.parse.items._is_prose_start(match 0)",
    "yiyang.parse.numbers.STYLES[0]",
    "yiyang.parse.numbers.STYLES[1]",
    "yiyang.parse.numbers.STYLES[2]",
    "yiyang.parse.numbers.STYLES[3]",
    "yiyang.parse.numbers.STYLES[4]",
    "yiyang.parse.numbers.STYLES[5]",
    "yiyang.parse.numbers.STYLES[6]",
    "yiyang.parse.numbers._FIGURE",
    "yiyang.parse.shapes.ROLE_END",
    "yiyang.parse.shapes._TIME_UNREAD",
    "yiyang.parse.strides._heads(sub 0)",
    "yiyang.parse.unitlists._CLAUSE_END",
    "yiyang.reading.metadata.kinds.kind(search 0)",
    "yiyang.reading.metadata.located._within(finditer 0)",
    "yiyang.reading.metadata.titles._FORMAL",
    "yiyang.reading.metadata.titles._glued(match 0)",
    "yiyang.reading.signs._DOES_AT_END",
    "yiyang.reading.signs._DOING_AT_END",
    "yiyang.report.booklet._LINK",
    "yiyang.report.booklet._names(fullmatch 0)",
    "yiyang.report.chapters._SVG_SUBJECT",
    "yiyang.report.chapters._SVG_TITLE",
    "yiyang.report.findings._LINK",
    "yiyang.report.postprocess._FOCUS",
    "yiyang.report.postprocess._INLINE",
    "yiyang.safety.escaping._FORMULA",
    "yiyang.scale.accounts._kind(sub 0)",
}
"""Patterns that grow faster than their text and are not mended yet: with the square of one line,
whose length is limited. Some are measured as if they were looked for everywhere, though the library
only matches them where a line begins."""


def test_no_pattern_is_missing_from_the_table_of_growth() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = {row["pattern"]: row for row in csv.DictReader(file)}
    found = {one.place for one in linear.patterns()}
    assert len(found) > 400
    assert found == set(rows), "run python robustness/linear.py --only PATTERN --write the table"
    steep = {name for name, row in rows.items() if row["growth"] and float(row["growth"]) >= 2.3}
    assert steep <= STEEP, "one more pattern grows faster than its text"


def test_the_texts_against_a_pattern_come_from_what_it_matches() -> None:
    pattern = re.compile(r"(?:第[一二]+(?:期|批)[^,]{0,9})+建成")
    made = linear.pieces(pattern)
    assert any(pattern.fullmatch(text) for text in made)
    assert any(not pattern.search(text) for text in made)
