"""Read the lines inside a cell of a task table: names that go on, and units behind the words of a
task."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from yiyang.parse import unitlists
from yiyang.parse.pieces import UNIT_FIELDS, Piece
from yiyang.parse.shapes import LABEL, TIME_LABEL, is_units
from yiyang.parse.unit_spans import Span
from yiyang.safety.telling import tell

# What goes on with the name on the line above: 各乡镇 / 人民政府
_NAME_GOES_ON = re.compile(
    r"^(?:人民政府|政府|办事处|街道办事处|委员会|办公室|管理局|有限公司|分局|[）)、，,；;和及])"
)
# （市、区）政府 below 各县, but not （配合单位：市财政局）
_BRACKET_GOES_ON = re.compile(r"[（(][^（()）:：]{1,12}[)）]")
# A list that goes on: 市财政局、 / 市民政局
_LIST_GOES_ON = re.compile(r"[、，,和及（(]$")


def plain(piece: Piece) -> Piece:
    """Return a piece without the line breaks inside its cell; between two units they stay."""
    if "\n" not in piece.text:
        return piece
    lines = piece.text.split("\n")
    text = lines[0]
    for line in lines[1:]:
        is_list = piece.use in UNIT_FIELDS and _is_next_name(text.rpartition("\n")[2], line)
        text += ("\n" if is_list else "") + line
    return replace(piece, text=text)


def _is_next_name(above: str, line: str) -> bool:
    """Whether a line in a cell of units begins another name, and is no other half of one."""
    opened = sum((c in "（(") - (c in "）)") for c in above)
    if opened > 0 or _LIST_GOES_ON.search(above):
        return False
    if LABEL.match(line):
        return True
    label = LABEL.match(above)
    is_half = _NAME_GOES_ON.match(line) or _BRACKET_GOES_ON.match(line)
    return is_units(above[label.end() :] if label else above) and not is_half


def with_units(piece: Piece) -> Iterator[Piece]:
    """Return the words of a task in a table without a column of units, and the units and times
    that stand behind them in its cell: 新建食堂3家。 / 牵头单位：市民政局."""
    text, at = piece.text, 0
    spans = unitlists.find(text)
    if not _names_units(spans):
        yield plain(piece)
        return
    for span in [*spans, None]:
        own = text[at : span.start if span else len(text)]
        if own.strip(" 。；;，,\n"):
            yield plain(replace(piece, text=own.strip()))
        if not span:
            return
        at = span.end
        yield from _labelled(piece, text[span.start : span.end], span.use)


def has_units(text: str) -> bool:
    """Tell whether the words of a task name units of their own."""
    return _names_units(unitlists.find(text))


def _names_units(spans: Sequence[Span]) -> bool:
    return any(span.use == "units" and span.start for span in spans)


def _labelled(piece: Piece, text: str, use: str) -> Iterator[Piece]:
    """A list of units or a time inside the cell of a task, its label apart."""
    words = text.strip()
    if use in ("units", "deadline"):
        label = TIME_LABEL.match(words) if use == "deadline" else None
        rest = words[label.end() :] if label else words
        if label:
            yield Piece(
                piece.line, label[0].strip(), "leftover", reason=tell("parse.label_deadline")
            )
        yield replace(piece, text=rest.replace("\n", ""), use=use, heading="")
    elif words:
        reason = (
            tell("parse.names_people_no_units")
            if use == "person"
            else tell("parse.punctuation_behind_list")
        )
        yield Piece(piece.line, words, "leftover", reason=reason)
