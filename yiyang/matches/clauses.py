"""Cut a task into its measures: sentences, semicolon clauses, and enumerations with verbs of their
own.

A long article bundles measures that have counterparts of their own elsewhere. What follows a comma
is a measure of its own if it begins with a verb and both sides are long enough to stand alone:
鼓励二级医院医务人员参与家庭医生服务团队，开展上门巡诊 are two, 根据自身能力，按规定申请 is one.
"""

from __future__ import annotations

from collections.abc import Iterator

from yiyang.core import segmentation
from yiyang.core.text import sentences
from yiyang.safety.later import expression

SHORTEST_SENTENCE = 6
"""Characters; what is shorter is a label or a cut-off end and stays with its neighbour."""
SHORTEST_CLAUSE = 10
"""Characters of a clause between commas: 完善购买服务内容 alone says too little to be compared."""
HEAD = 14
"""Characters behind a comma in which the first word that says something is looked for."""

_COMMA = expression("[，,]")
_PASSED_OVER = ("d", "c", "x")
"""Adverbs, conjunctions and signs before the verb: 逐步将, 并加大, “推动."""


def spans(text: str) -> list[tuple[int, int]]:
    """Return the measures of a task as (start, end), in order; joined they give the text."""
    return [clause for start, end in _sentences(text) for clause in _clauses(text, start, end)]


def _sentences(text: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    start = at = 0
    for sentence in sentences(text):
        at += len(sentence)
        if at - start >= SHORTEST_SENTENCE:
            found.append((start, at))
            start = at
    if not found:
        return [(0, len(text))]
    return [*found[:-1], (found[-1][0], len(text))]


def _clauses(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for comma in _COMMA.finditer(text, start, end):
        at = comma.end()
        are_long = min(at - start, end - at) >= SHORTEST_CLAUSE
        if are_long and _begins_with_verb(text[at : min(at + HEAD, end)]):
            yield start, at
            start = at
    yield start, end


def _begins_with_verb(words: str) -> bool:
    """Tell whether the first word that says something is a verb (v), not a verb as a noun (vn)."""
    tags = (tag for _, tag in segmentation.tagged(words))
    first = next((tag for tag in tags if tag not in _PASSED_OVER), "")
    return first.startswith("v") and first != "vn"
