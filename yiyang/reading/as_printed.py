"""Give what was read the characters and the type of the file, where the reading went by others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from yiyang import extract, parse
from yiyang.core import characters
from yiyang.core.schema import Rows
from yiyang.core.text import squash
from yiyang.extract import Block
from yiyang.grammar import document_rules


def add_looks(mentions: Rows, left: Rows, data: bytes, name: str) -> None:
    """Note at each printed list how the type of its cell looks, where a rule of the document speaks
    of it."""
    rules = (rule for row in left for rule in document_rules.of_roles(row["text"]))
    if any(rule.pick.kind == "look" for rule in rules):
        cells: dict[int, dict[int, list[extract.Stretch]]] = {}
        for own in extract.type_looks(data, name):
            cells.setdefault(own.line, {}).setdefault(own.cell, []).append(own)
        for mention in mentions:
            mention["looks"] = _looks_of(mention["printed"], cells.get(mention["line"], {}))


def _looks_of(printed: str, cells: dict[int, list[extract.Stretch]]) -> list[extract.Stretch]:
    """The stretches of the cells of a line that hold a list; all where none holds it whole."""
    words = squash(printed)
    own = [c for c in cells.values() if words in squash("".join(one.words for one in c))]
    return [one for cell in own or cells.values() for one in cell]


def pieces(blocks: Sequence[Block], read: Sequence[parse.Piece]) -> list[parse.Piece]:
    """Return the pieces with the characters of the file, where `extract` read others in their
    place; none where it read all as they are."""
    odd: dict[int, list[characters.Normal]] = {}
    for cell in (cell for block in blocks for cell in block.cells):
        if cell.printed and not cell.is_repeat:
            odd.setdefault(cell.line, []).append(characters.aligned(cell.printed))
    if not odd:
        return []
    return [
        replace(piece, text=_printed_of(piece.text, odd[piece.line]))
        if piece.line in odd
        else piece
        for piece in read
    ]


def _printed_of(text: str, cells: Sequence[characters.Normal]) -> str:
    for cell in cells:
        start = cell.text.find(text)
        if start >= 0:
            return cell.printed_of(start, start + len(text))
    return text
