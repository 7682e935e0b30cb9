"""Find rows of tables whose task was read from another column than the one that names it."""

from __future__ import annotations

from collections.abc import Iterator

from yiyang.core.schema import Rows
from yiyang.core.text import squash
from yiyang.parse import Reading, header_words
from yiyang.reading.signs import plain
from yiyang.safety.later import expression

Found = tuple[int, str, dict[str, object]]
"""Line, the key of its sentences in refusals.csv, what fills their fields."""

# 1.4月底前主体完工, 2026年6月立项, 一是3月底前摸底: a step and its time, which no task begins with
_STEP = expression(
    r"(?:[(]?[1一①][)]?[.,、是]?|第一步[:,]?)(?:20\d\d年)?(?:\d{1,2}|[一二三四五六七八九十])月"
)
_WORDS = expression("[一-鿿]{4}")


def find(reading: Reading, rows: dict[str, Rows]) -> Iterator[Found]:
    """Yield rows whose task may be named in another column: its words are those of the row above,
    or they are the first of several steps with its time."""
    yield from _same_words(reading, rows)
    yield from _steps(reading)


def _same_words(reading: Reading, rows: dict[str, Rows]) -> Iterator[Found]:
    """Tasks with the words of a merged cell, beside a column of words that nobody knows."""
    beside: dict[str, str] = {}
    for row in rows.get("task_columns", ()):
        is_unknown = not header_words.use_of(row["column_printed"] or "")
        if is_unknown and _WORDS.search(squash(row["text"])):
            beside.setdefault(row["task_id"], row["text"])
    shared = {piece.seq for piece in reading.pieces if piece.use == "text" and piece.is_shared}
    before: dict[str, str] = {}
    for seq, task in enumerate(rows["tasks"], 1):
        text, other = task["text"], beside.get(task["task_id"], "")
        if seq in shared and other and before.get(text, other) != other:
            yield task["line_start"], "doubt.same_words", {"text": text[:20], "other": other[:20]}
        if other:
            before[text] = other


def _steps(reading: Reading) -> Iterator[Found]:
    """Tasks that begin with a step and its time, beside a short name: this may be the task."""
    names = {piece.seq: piece.text for piece in reading.pieces if piece.use == "measure"}
    seen: set[int] = set()
    for piece in reading.pieces:
        if piece.use != "text" or not piece.seq or piece.seq in seen:
            continue
        seen.add(piece.seq)
        if piece.seq in names and _STEP.match(plain(piece.text)):
            values: dict[str, object] = {"text": piece.text[:20], "other": names[piece.seq][:20]}
            yield piece.line, "doubt.steps", values
