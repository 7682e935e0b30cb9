"""Read tables whose columns blanks hold apart, and whose cells go over several lines.

序号  工作任务              责任单位
1     治理河道，加高        市水利局、
      堤防                  市财政局

A program that writes a PDF as text keeps the places of its words so. Only tables with a number
before each row are read, and only where a blank stretch over all lines parts the columns.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from yiyang.extract.blocks import Block, Cell, paragraph
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

FEWEST, LONGEST = 3, 14
"""Headings of such a table, and characters of one."""
MOST_LINES, MOST_SAID = 400, 20
_CELL = expression(r"\S(?:[^\s]| (?! ))*")
_NUMBER = expression(r"\d{1,3}[.、．]?")
# — 3 —, 第3页
PAGE_NUMBER = expression(r"[-—–]{1,3}\s?\d{1,3}\s?[-—–]{1,3}|第\s?\d{1,3}\s?页")
_FIRST = expression(r"序号|编号|序|No\.?", re.IGNORECASE)
Words = list[tuple[int, int, str]]
"""Cells of a line: from which place on a screen to which, and what stands there."""


class BlankTable(NamedTuple):
    """A table, how many lines it takes, and those of its lines that nobody can put into a row."""

    rows: list[Block]
    used: int
    unclear: list[int]


def table(lines: Sequence[str], at: int) -> BlankTable | None:
    """Return the table whose header is a line; None where none begins, or where each of its rows is
    one line. It has no rows where the places of its words do not tell its cells."""
    heads = _words(lines[at])
    is_head = len(heads) >= FEWEST and _FIRST.fullmatch(heads[0][2])
    if not is_head or any(len(word) > LONGEST for _, _, word in heads):
        return None
    rows: list[tuple[int, list[Words]]] = [(at + 1, [heads])]
    pages, unclear, end, is_apart = [], [], at + 1, False
    for n in range(at + 1, min(len(lines), at + MOST_LINES)):
        own = _words(lines[n])
        if not own:
            is_apart = True
            continue
        if _NUMBER.fullmatch(own[0][2]) and own[0][0] < heads[1][0]:
            rows.append((n + 1, [own]))
        elif len(own) == 1 and PAGE_NUMBER.match(own[0][2]):
            pages.append(paragraph(lines[n].strip(), n + 1))
        elif own[0][0] < heads[0][1] or (is_apart and len(own) == 1):
            break
        else:
            rows[-1][1].append(own)
            unclear += [n + 1] * (is_apart or len(rows) < 2)
        end, is_apart = n + 1, False
    if all(len(parts) == 1 for _, parts in rows):
        return None
    bands = _bands([words for _, parts in rows for words in parts])
    if unclear or len(bands) != len(heads):
        more = [n for n, parts in rows if len(parts) > 1]
        return BlankTable([], end - at, sorted({*unclear, *more}))
    return BlankTable([*(_row(line, parts, bands) for line, parts in rows), *pages], end - at, [])


def said(text: str, place: str) -> Iterator[InputError]:
    """Say the lines of such tables of a text whose cells are not clear."""
    lines = text.split("\n")
    for at in range(len(lines)):
        found = table(lines, at)
        for line in found.unclear[:MOST_SAID] if found else ():
            yield refusal("file.blanks_unclear", tell("place.line", file=place, line=line))


def _words(line: str) -> Words:
    """The cells of a line, which two blanks or a wide one part."""
    if "\t" in line:
        return []
    found, place, done = [], 0, 0
    text = line.replace("\u3000", "  ")
    for match in _CELL.finditer(text):
        place += _width(text[done : match.start()])
        width = _width(match[0].rstrip())
        found.append((place, place + width, match[0].rstrip()))
        place, done = place + _width(match[0]), match.end()
    return found


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in text)


def _bands(lines: Sequence[Words]) -> list[tuple[int, int]]:
    """The columns: stretches of places that a blank stretch over all lines parts."""
    found: list[tuple[int, int]] = []
    for start, end, _ in sorted(word for words in lines for word in words):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def _row(line: int, parts: Sequence[Words], bands: Sequence[tuple[int, int]]) -> Block:
    texts = ["" for _ in bands]
    for words in parts:
        for start, _, word in words:
            column = next(n for n, (a, b) in enumerate(bands) if a <= start < b)
            texts[column] += word
    return Block(tuple(Cell(text, line) for text in texts), is_row=True)
