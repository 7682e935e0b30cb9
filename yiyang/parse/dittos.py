"""Read cells that stand for another one of their column: 同上, 〃, 同第3项."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from yiyang.core.text import simplify, squash
from yiyang.extract import Block, Cell
from yiyang.parse.pieces import Piece
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

# 同上, 〃, ″: the cell is that of the row above, and the printed form says so
_ABOVE = expression("(?:同上|上同|同前|同上行|〃+|″+|”|\"|'')")
# 同第3项, 同序号3: that of another row
_OF_NUMBER = expression(r"同(?:第|序号)(\d{1,3})[项条行]?")

Row = Mapping[str, Sequence[Piece]]


@dataclass
class Rows:
    """The pieces of the rows of a table by use: those of the last one (`above`), and by number."""

    above: Row = field(default_factory=dict)
    twice: frozenset[str] = frozenset()
    """Numbers that several rows of the table bear: it is not said which of them is meant."""
    numbered: dict[str, Row] = field(default_factory=dict)

    def add(self, row: Row) -> None:
        """Add a row that is whole."""
        self.above = row
        for piece in row.get("number", ())[:1]:
            self.numbered[_number(piece.text)] = row

    def meant(self, use: str, words: str) -> Sequence[Piece]:
        """Return what the cell of some words stands for; nothing where no row is meant for sure."""
        row = self.above
        if other := _OF_NUMBER.fullmatch(_bare(words)):
            row = {} if other[1] in self.twice else self.numbered.get(other[1], {})
        return row.get(use, ())


def _number(text: str) -> str:
    return _bare(text).rstrip(".、")


def twice(blocks: Sequence[Block]) -> dict[int, frozenset[str]]:
    """Return the numbers that several rows of a table begin with, by table."""
    found: dict[int, Counter[str]] = {}
    for block in (block for block in blocks if block.is_row and block.texts):
        found.setdefault(block.table, Counter())[_number(block.texts[0])] += 1
    return {
        table: frozenset(number for number, n in counts.items() if n > 1)
        for table, counts in found.items()
    }


def _bare(words: str) -> str:
    return squash(simplify(words))


def is_one(words: str) -> bool:
    """Tell whether the words of a cell say that it is that of another row."""
    return bool(_ABOVE.fullmatch(squash(words)) or _OF_NUMBER.fullmatch(_bare(words)))


def held(cell: Cell, seq: int, meant: Sequence[Piece]) -> list[Piece]:
    """Return the pieces of another row that a cell stands for, in the task `seq`."""
    reason = tell(
        "parse.on_line_stands_for_line",
        mark=squash(cell.text),
        line=cell.line,
        other=meant[0].line,
    )
    return [
        replace(piece, seq=seq, reason=reason, is_shared=True, is_inferred=True) for piece in meant
    ]
