"""A word finds what holds it when both are folded, though the text is not folded."""

from __future__ import annotations

import re

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiyang.core.schema import CHECKOUT
from yiyang.report.served import unfolded
from yiyang.safety.errors import InputError
from yiyang.safety.escaping import Markup

PRINTED = (CHECKOUT / "tests" / "documents" / "levels.txt").read_text(encoding="utf-8")
SIGNS = "⑩㎡㏾㋋…⒈㈠１２ＡｂC（）：，　 \n養護發醫療機構臺灣年月日.()0"


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("养老", "養老"),
        ("养老", "养 \n　老"),
        ("2021年", "２０２１年"),
        ("ct", "ＣＴ检查"),
        ("10张", "⑩张"),
        ("2月", "㋋"),
        ("m2", "100㎡"),
        ("（一）", "㈠"),
        ("......", "……"),
        ("式会", "㍿"),
        ("100%", "100％"),
    ],
)
def test_a_word_finds_its_other_forms(word: str, text: str) -> None:
    assert re.search(unfolded.pattern(word), text)
    assert unfolded.folded(word) in unfolded.folded(text)


@given(
    st.text(st.sampled_from(PRINTED + SIGNS * 20), min_size=1, max_size=14),
    st.integers(0, 13),
    st.integers(1, 8),
    st.text(st.sampled_from(PRINTED[:200] + SIGNS), min_size=1, max_size=3),
)
def test_the_pattern_finds_what_the_folded_text_holds(
    text: str, begin: int, size: int, other: str
) -> None:
    whole = unfolded.folded(text)
    for word in (whole[begin : begin + size], unfolded.folded(other)):
        if word:
            assert bool(re.search(unfolded.pattern(word), text)) == (word in whole)


@pytest.mark.parametrize("word", ["养老", "2021年12月31日", "[a-z]*", "a\\b", "^$", "......", "-]"])
def test_both_readers_of_patterns_find_the_same(word: str) -> None:
    pattern = unfolded.pattern(word)
    texts = [PRINTED[n : n + 40] for n in range(0, len(PRINTED), 997)] + [f"以{word}为准", "x"]
    question = "select regexp_matches(t, $p) from (select unnest($texts) as t)"
    found = duckdb.execute(question, {"p": pattern, "texts": texts}).fetchall()
    assert [row[0] for row in found] == [bool(re.search(pattern, text)) for text in texts]
    assert found[-2][0]


@pytest.mark.parametrize("word", ["", " ", "长" * 61, "." * 40])
def test_a_word_that_is_none_is_refused(word: str) -> None:
    with pytest.raises(InputError, match="a word that is empty, too long"):
        unfolded.pattern(word)


def test_hits_are_marked_and_all_else_is_text() -> None:
    patterns = [re.compile(unfolded.pattern(word)) for word in ("养老", "老服务", "<b>")]
    found = unfolded.marked("<b>養 老服务\u202e</b>", patterns)
    assert found == Markup(
        "<mark>&lt;b&gt;</mark><mark>養 老</mark><mark>服务</mark>⟨U+202E⟩&lt;/b&gt;"
    )
