"""Put days together whose parts stand in columns of their own: 完成时限 over 年 | 月 | 日; of
起止时间 over 年 | 月 | 年 | 月 both days.

The first of these columns then holds the day, its parts with the words of their headings behind
them (2025 | 6 | 30: 2025年6月30日); the others go, and the cells stay as parts of the day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from yiyang.core.text import squash
from yiyang.extract import Block, Cell
from yiyang.parse import header_words
from yiyang.parse.pieces import Piece
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

_PARTS = (("年", "月", "日"), ("年", "月"), ("月", "日"))
# 2025, 二〇二五, 十二; not 底, 月底
_NUMBER = expression(r"\d{1,4}|[〇零一二三四五六七八九十廿卅]{1,4}")


@dataclass(frozen=True)
class DayCell(Cell):
    """A day, and the printed cells of which it is made."""

    parts: tuple[Cell, ...] = ()


@dataclass(frozen=True)
class _Columns:
    """The columns from `first` on that hold the parts of one day, each with its mark."""

    first: int
    marks: tuple[str, ...]

    @property
    def last(self) -> int:
        return self.first + len(self.marks)


def restore(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with such columns as one each; all else as it was."""
    found: list[Block] = []
    columns: list[_Columns] = []
    above: Block | None = None
    table = 0
    for block in blocks:
        if not block.is_row:
            found.append(block)
            if not table:
                above, columns = None, []
            continue
        if block.table != table:
            above, columns, table = None, [], block.table
        own = list(_columns(block, above)) if above else []
        if own and above:
            if not columns:
                at = max(n for n, one in enumerate(found) if one is above)
                found[at] = _narrow(above, own)
            columns = own
            found.append(_narrow(block, own, above))
        else:
            found.append(_joined(block, columns) if columns else block)
        above = block
    return found


def _columns(block: Block, above: Block) -> Iterator[_Columns]:
    """The columns of parts that a row heads, each below a heading of times."""
    words = [squash(text).removesuffix("份") for text in block.texts]
    at = 0
    while at < len(words):
        parts: tuple[str, ...] = next(
            (p for p in _PARTS if tuple(words[at : at + len(p)]) == p), ()
        )
        over = above.texts[at] if at < len(above.texts) else ""
        marks = parts
        while parts and tuple(words[at + len(marks) : at + len(marks) + len(parts)]) == parts:
            follows = above.cells[at + len(marks)] if at + len(marks) < len(above.cells) else None
            if not follows or not follows.is_repeat or follows.text != over:
                break
            marks += parts  # from one day to another, below one heading
        if parts and header_words.use_of(over) == "deadline":
            yield _Columns(at, marks)
        at += len(marks) or 1


def _narrow(block: Block, columns: Sequence[_Columns], above: Block | None = None) -> Block:
    """A row of headings with one for each day, that of the row `above` it if there is one."""
    cells = list(block.cells)
    for own in reversed(columns):
        first = cells[own.first]
        if above:
            first = replace(above.cells[own.first], is_repeat=True)
        cells[own.first : own.last] = [first]
    return replace(block, cells=tuple(cells))


def _joined(block: Block, columns: Sequence[_Columns]) -> Block:
    cells = list(block.cells)
    for own in reversed(columns):
        parts = cells[own.first : own.last]
        if parts:
            cells[own.first : own.last] = [_day(parts, own.marks)]
    return replace(block, cells=tuple(cells))


def _day(cells: Sequence[Cell], marks: Sequence[str]) -> Cell:
    """The parts of a day, or of two, as one cell; what is no number stays as it is."""
    printed = tuple(cell for cell in cells if cell.text and not cell.is_repeat)
    if not printed:
        return cells[0]
    text, above = "", ""
    for n, (cell, mark) in enumerate(zip(cells, marks, strict=False)):
        own = squash(cell.text)
        if cell.is_repeat and n and own == above:
            continue  # merged with the part before it: 长期坚持
        if n and mark == marks[0] and text and own:
            text += "至"
        text += f"{own}{mark if _NUMBER.fullmatch(own) else ''}"
        above = own
    return DayCell(text, printed[0].line, parts=printed)


def printed(cell: Cell) -> Iterator[Piece]:
    """Yield the cells of which a day is made (2025 | 6 | 30), as they are printed."""
    if isinstance(cell, DayCell):
        words = "\t".join(part.text for part in cell.parts)
        yield Piece(cell.line, words, "leftover", reason=tell("parse.parts_of_day"))
