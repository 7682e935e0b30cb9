"""Fingerprints find every shared passage of 20 letters, and nothing that is not shared."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from yiyang.matches import passages, winnowing

LETTERS = st.text("医养结合老年健康服务，。 ⑩㎡Ａa1𠀀", max_size=60)


def found(texts: list[str], most: int = 1_000) -> set[tuple[int, int, str]]:
    """The passages that `winnowing` finds: two texts, and the letters of each passage."""
    folded = winnowing.fold_texts(texts)
    prints = winnowing.fingerprints(folded)
    order = np.lexsort((prints.places, prints.texts, prints.hashes))
    hashes, text, place = (column[order] for column in prints)
    met = winnowing.meet(hashes, text, most)
    text = text.astype(np.int64)
    made = winnowing.extend(
        winnowing.Texts(folded.letters, folded.bounds),
        *(text[met.first], place[met.first], text[met.second], place[met.second]),
    )
    return {
        (int(a), int(b), "".join(map(chr, folded.letters[start : start + n])))
        for a, b, start, n in zip(made.text, made.other_text, made.start, made.length, strict=True)
    }


def every(texts: list[str]) -> set[tuple[int, int, str]]:
    """The same, letter by letter."""
    plain = [passages.letters(text)[0] for text in texts]
    return {
        (a, b, plain[a][i : i + n])
        for a in range(len(texts))
        for b in range(a + 1, len(texts))
        for i, _, n in passages._runs(plain[a], plain[b], winnowing.LEAST)
    }


@settings(max_examples=60, deadline=None)
@given(st.lists(LETTERS, max_size=5))
def test_letters_are_those_of_passages(texts: list[str]) -> None:
    folded = winnowing.fold_texts(texts)
    for text, (begin, end) in zip(texts, pairwise(folded.bounds), strict=True):
        letters, at = passages.letters(text)
        assert "".join(map(chr, folded.letters[begin:end])) == letters
        assert folded.at[begin:end].tolist() == at


@settings(max_examples=60, deadline=None)
@given(st.text("医养结合老年", min_size=20, max_size=45), st.lists(LETTERS, min_size=2, max_size=6))
def test_planted_passages_are_found(planted: str, texts: list[str]) -> None:
    texts = [f"{text[:7]}{planted}{text[7:]}" for text in texts]
    assert found(texts) == every(texts)


def test_runs_of_one_letter_are_found() -> None:
    texts = ["一" * 25, "一" * 31, "二" + "一" * 20]
    assert {p for p in found(texts) if p[2] == "一" * 20} >= {(0, 2, "一" * 20), (1, 2, "一" * 20)}


def test_nothing_comes_of_nothing() -> None:
    for texts in ([], [""], ["，。"], ["短"], ["短", "短"]):
        assert found(texts) == set()


def test_letters_in_several_passages_count_once() -> None:
    group, start, length = (np.array(c) for c in ([0, 0, 1, 1], [5, 10, 0, 0], [20, 20, 20, 25]))
    assert winnowing.covered(group, start, length).tolist() == [25, 25]
    assert winnowing.covered(group[:0], start[:0], length[:0]).tolist() == []
