"""Concordance and keyness."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest

import yiyang
from yiyang.safety.escaping import plain


def test_a_concordance_holds_every_place_with_what_stands_round_it(corpus: yiyang.Corpus) -> None:
    found = yiyang.kwic(corpus, "医养结合", window=5)
    texts = corpus.tasks.set_index("task_id")["text"]
    assert len(found) == texts.str.count("医养结合").sum()
    for row in found.itertuples():
        text = texts[row.task_id]
        assert text[row.start : row.end] == row.keyword == "医养结合"
        assert text[: row.start].endswith(row.left.replace(" ", "\n")) or " " in row.left
        assert len(row.left) <= 5


def test_it_is_aligned_sorted_and_grouped(corpus: yiyang.Corpus) -> None:
    lines = str(yiyang.kwic(corpus, "床位", sort="right")).split("\n")
    assert all("【床位】" in line for line in lines)
    right = yiyang.kwic(corpus, "床位", sort="right")["right"]
    assert right.tolist() == sorted(right)
    by = yiyang.kwic(corpus, "床位", by="theme_id")
    assert by["theme_id"].is_monotonic_increasing
    assert set(yiyang.kwic(corpus, r"\d+%", regex=True)["keyword"]) >= {"50%"}
    assert yiyang.kwic(corpus, r"\d+%").empty  # as it stands
    assert str(yiyang.kwic(corpus, "没有这个词")) == "no place"


def test_the_words_of_any_group_are_told_from_the_others(corpus: yiyang.Corpus) -> None:
    by_theme = yiyang.keyness(corpus, "theme_id", "hospice")
    assert by_theme["term"].iloc[0] == "安宁疗护"
    assert (by_theme["low"] <= by_theme["high"]).all()
    by_place = yiyang.keyness(corpus, "jurisdiction", "jiyuan", "zhongning")
    turned = yiyang.keyness(corpus, "jurisdiction", "zhongning", "jiyuan").set_index("term")
    again = by_place.set_index("term")["log_odds"]
    assert (again + turned["log_odds"][again.index]).abs().max() < 1e-9


REFUSED: dict[str, tuple[Callable[[yiyang.Corpus], object], str]] = {
    "no pattern": (lambda c: yiyang.kwic(c, ""), "1 to 200"),
    "half a pattern": (lambda c: yiyang.kwic(c, "(", regex=True), "pattern"),
    "no window": (lambda c: yiyang.kwic(c, "床位", window=-1), "0 or more"),
    "no order": (lambda c: yiyang.kwic(c, "床位", sort="x"), "text, left or right"),  # type: ignore[arg-type]
    "no column": (lambda c: yiyang.kwic(c, "床位", by="x"), "no column x"),
    "no group": (lambda c: yiyang.keyness(c, "theme_id", "x"), "x"),
    "against itself": (lambda c: yiyang.keyness(c, "theme_id", "tcm", "tcm"), "tcm"),
}


@pytest.mark.parametrize(("ask", "said"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_asked_is_refused(
    corpus: yiyang.Corpus, ask: Callable[[yiyang.Corpus], object], said: str
) -> None:
    with pytest.raises(yiyang.InputError, match=said):
        ask(corpus)


def test_a_column_of_names_is_resolved_row_by_row() -> None:
    names = pd.Series(["市卫健委", "火星管理局", None], index=["a", "b", "c"])
    found = yiyang.agencies.resolve_many(names)
    assert list(found.index) == ["a", "b", "c"]
    assert found["agency_id"].tolist() == ["health", None, None]
    assert plain(found.loc["a", "name"]) == "市卫健委"
