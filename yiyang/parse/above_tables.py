"""Find the units that a line above a table names for all of its tasks.

区教育局任务清单
责任单位：区教育局          holds for the table below it, which has no column of units
序号 | 任务内容 | 完成时限
"""

from __future__ import annotations

from collections.abc import Sequence

from yiyang.core.text import simplify, squash
from yiyang.extract import Block
from yiyang.parse.headers import Columns
from yiyang.parse.pieces import UNIT_FIELDS, Piece
from yiyang.parse.shapes import LABEL, are_known_units
from yiyang.safety.telling import tell


def units(blocks: Sequence[Block], headers: Sequence[Columns | None]) -> dict[int, Piece]:
    """Return the units named right above the header of a table, by the position of the header.

    Only where such lines stand above tables and nowhere else: one behind the last table, or above
    none, may speak of the tasks before it.
    """
    lines = [n for n in range(len(blocks)) if _words(blocks[n])]
    bare = [n for n, found in enumerate(headers) if found and not found.has(*UNIT_FIELDS, "mark")]
    first = next((n for n, found in enumerate(headers) if found), -1)
    if not lines or lines[0] + 1 != first or any(n + 1 not in bare for n in lines):
        return {}
    found = {}
    for n in lines:
        reason = tell("parse.above_table", line=blocks[n].line)
        found[n + 1] = Piece(
            blocks[n].line,
            _words(blocks[n]),
            "units",
            reason=reason,
            is_shared=True,
            is_inferred=True,
        )
    return found


def _words(block: Block) -> str:
    """The label and the known units that a line or a merged row is made of; empty for any other."""
    texts = {cell.text for cell in block.cells if squash(cell.text)}
    words = texts.pop().strip() if len(texts) == 1 else ""
    label = LABEL.match(simplify(words))
    return words if label and are_known_units(words[label.end() :].strip("。；; ")) else ""
