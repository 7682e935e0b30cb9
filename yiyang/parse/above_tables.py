"""Find the units that a line above a table, or a heading inside it, names for the tasks below it.

区教育局任务清单
责任单位：区教育局          holds for the table below it
序号 | 任务内容 | 完成时限

市教育局（2项）             holds for its table, where each table has such a heading
序号 | 任务内容 | 完成时限

序号 | 任务内容 | 配合单位
一、市教育局牵头（2项）     holds for the rows below it
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from yiyang.core.text import simplify, squash
from yiyang.extract import Block, Cell
from yiyang.parse import signatures, unit_heads, unitlists
from yiyang.parse.headers import Columns
from yiyang.parse.numbers import ordinal, style_of
from yiyang.parse.pieces import UNIT_FIELDS, Piece
from yiyang.parse.shapes import LABEL, is_heading
from yiyang.safety.later import expression
from yiyang.safety.telling import tell


def units(blocks: Sequence[Block], headers: Sequence[Columns | None]) -> dict[int, Piece]:
    """Return the units named right above the header of a table, by the position of the header.

    Only where such lines stand above tables and nowhere else: one behind the last table, or above
    none, may speak of the tasks before it. Names alone count where each of several tables has
    some: one line may be the issuer of the list.
    """
    first = next((n for n, found in enumerate(headers) if found), -1)
    lines = [(n, named) for n, block in enumerate(blocks) if (named := _named(block))]
    labels = [(n, named) for n, named in lines if named.has_label]
    if not labels:
        signed = signatures.positions(blocks)
        lines = [(n, named) for n, named in lines if n >= first - 1 and n not in signed]
    chosen = labels or lines
    if not chosen or chosen[0][0] + 1 != first:
        return {}
    if any(not _holds(named.words, _columns(headers, n + 1)) for n, named in chosen):
        return {}
    if len(chosen) < 2 and not chosen[0][1].is_sure:
        return {}
    return {
        n + 1: _shared(blocks[n].line, named.words, tell("parse.above_table", line=blocks[n].line))
        for n, named in chosen
    }


class _Above(NamedTuple):
    """What a line or a merged row says that is nothing but units."""

    words: str
    has_label: bool
    is_sure: bool


# 责任单位：县教育局　　单位负责人：郭永明
_PEOPLE_BEHIND = expression(
    r"(?:\s{1,60}|[；;，,]\s?)(?:单位|主要|分管|责任)?(?:负责人|责任人|联系人|填报人|领导|联系电话|电话)[:：].{0,60}$"
)


def _named(block: Block) -> _Above | None:
    texts = {cell.text for cell in block.cells if squash(cell.text)}
    found = unit_heads.named(_PEOPLE_BEHIND.sub("", texts.pop())) if len(texts) == 1 else None
    if not found:
        return None
    return _Above(found.words, bool(LABEL.match(simplify(found.words))), found.is_sure)


def _columns(headers: Sequence[Columns | None], at: int) -> Columns | None:
    return headers[at] if at < len(headers) else None


def _holds(words: str, columns: Columns | None) -> bool:
    """Whether units hold beside those of the columns of a table: it has none, or those of the
    other part."""
    if not columns:
        return False
    beside = {unit_heads.COLUMNS[use] for use in columns.uses if use in UNIT_FIELDS}
    return unit_heads.joins(unit_heads.part(words), beside) and not columns.has("role", "mark")


def _shared(line: int, words: str, reason: str, use: str = "units") -> Piece:
    return Piece(line, words, use, reason=reason, is_shared=True, is_inferred=True)


def of_group(group: Cell, columns: Columns, owners: unit_heads.Owners) -> Piece | None:
    """Return the units that hold for the rows below the heading of a group: those that it is made
    of or holds in a bracket, or the one whose part it states."""
    words = _words_of(group.text)
    if words:
        if not _holds(words, columns):
            return None
        return _shared(group.line, words, tell("parse.above_heading", line=group.line))
    word = unit_heads.part_alone(group.text)
    owner = owners.of(ordinal(style_of(simplify(group.text))[1]), word) if word else None
    if not owner or not _holds(word, columns):
        return None
    reason = tell("parse.above_part", line=group.line, other=owner.line)
    return _shared(owner.line, owner.name + word, reason)


def _words_of(text: str) -> str:
    """The units that a heading is made of, or holds in a bracket: 农业（牵头单位：市水利局）."""
    if found := unit_heads.named(text):
        return found.words
    spans = [span for span in unitlists.find(text) if span.use != "stop"]
    if len(spans) != 1 or spans[0].use != "units" or not spans[0].start:
        return ""
    return text[spans[0].start : spans[0].end] if is_heading(text[: spans[0].start]) else ""


def part_unheld(group: Cell, columns: Columns) -> str:
    """Return the heading of a group that states a part and names nobody whose it is, where the
    table has no column for that part; else nothing."""
    word = unit_heads.part_alone(group.text)
    said = unit_heads.part(word)
    has_own = any(unit_heads.COLUMNS.get(use) == said for use in columns.uses)
    return "" if not word or has_own or columns.has("role") else squash(group.text)
