"""Read cells in which boxes are ticked: only what stands beside a ticked box is said of the task.

☑区住房城乡建设局 □区教育局: the first answers for the task, the second does not. A cell in which no
box is ticked, or in which it is not clear which, names nobody, and that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from yiyang.grammar import roles
from yiyang.parse.pieces import UNIT_FIELDS, Piece
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

_TICKED, _OPEN = "☑✓✔√■", "□☐◻▢"
# ☑, □, (√), （ ）: a box, and the label before those of a role
_BOX = expression(
    rf"[（(]?(?P<box>[{_TICKED}{_OPEN}])[）)]?|(?P<label>{roles.LABEL_WORDS})\s*[:：]"
)
# ○ is an open box where another one is ticked, and no nought of 二○二六
_ROUND = expression(r"(?<![一-鿿\d〇零])[○◯](?=[一-鿿])")
# ☑为牵头单位，□为配合单位: the boxes are signs of roles, and none is open
_OF_ROLES = expression(rf"[{_TICKED}{_OPEN}][^。\n]{{0,8}}?(?:牵头|主办|主责|配合|协办)")
_AROUND = " \t\n、，,；;。"


def ticked(pieces: Sequence[Piece]) -> list[Piece]:
    """Return the pieces of a document, lists with boxes as what is ticked in them and what not."""
    if not any(_has_boxes(piece) for piece in pieces):
        return list(pieces)
    if any(_OF_ROLES.search(piece.text) for piece in pieces if piece.use == "leftover"):
        return list(pieces)
    return [own for piece in pieces for own in (_of(piece) if _has_boxes(piece) else (piece,))]


def _has_boxes(piece: Piece) -> bool:
    if piece.use not in (*UNIT_FIELDS, "deadline"):
        return False
    is_ticked = any(mark in piece.text for mark in _TICKED)
    return any(mark in piece.text for mark in _OPEN) or (
        is_ticked and ("☑" in piece.text or bool(_ROUND.search(piece.text)))
    )


def _of(piece: Piece) -> Iterator[Piece]:
    text = _ROUND.sub("□", piece.text)
    found = list(_BOX.finditer(text))
    first = next(match for match in found if match["box"])
    labels = [match for match in found if match["label"]]
    is_before = not text[: first.start()].strip(_AROUND) or bool(
        labels and not text[labels[0].end() : first.start()].strip(_AROUND)
    )
    read = list(_before(piece, text, found) if is_before else _behind(piece, text, found))
    if any(own.use == piece.use for own in read):
        yield from read
    else:
        yield replace(piece, use="leftover", seq=0, reason=tell("parse.boxes_unclear"))


def _before(piece: Piece, text: str, found: Sequence[re.Match[str]]) -> Iterator[Piece]:
    """The words behind each box; those of a label say what part the next ones have."""
    heading = piece.heading
    ends = [*(match.start() for match in found[1:]), len(text)]
    own = [text[match.end() : end].strip(_AROUND) for match, end in zip(found, ends, strict=True)]
    if not all(words for match, words in zip(found, own, strict=True) if match["box"]):
        return  # a box behind its words among those before theirs
    for match, end in zip(found, ends, strict=True):
        if match["label"]:
            heading = match["label"]
        yield from _one(replace(piece, heading=heading), match, match.end(), end)


def _behind(piece: Piece, text: str, found: Sequence[re.Match[str]]) -> Iterator[Piece]:
    """The words before each box; with labels among them, or words behind the last, unclear."""
    if text[found[-1].end() :].strip(_AROUND) or any(match["label"] for match in found):
        return
    at = 0
    for match in found:
        yield from _one(piece, match, at, match.start())
        at = match.end()


def _one(piece: Piece, match: re.Match[str], start: int, end: int) -> Iterator[Piece]:
    """A box and its words, in their order."""
    words = piece.text[start:end].strip(_AROUND)
    if re.search("[）)]$", words) and not re.search("[（(]", words):
        words = words[:-1]  # of the bracket around the whole list
    sign = piece.text[match.start() : match.end()].strip()
    box = replace(piece, text=sign, use="leftover", seq=0, reason=tell("parse.box_or_label"))
    if match["box"] and match["box"] not in _TICKED:
        own = piece.text[min(start, match.start()) : max(end, match.end())].strip(_AROUND)
        yield replace(box, text=own, reason=tell("parse.box_not_ticked"))
        return
    is_behind = start < match.start()
    parts = [box] if not words else [replace(piece, text=words), box]
    yield from parts if is_behind else parts[::-1]
