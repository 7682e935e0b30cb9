"""Read tasks printed as label and value, one below the other: 具体任务 / 建成…; 责任单位 /
区民政局.

A card is turned into a table of one row: its labels are the header, its values the cells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yiyang.core.text import simplify, squash
from yiyang.extract import Block, Cell
from yiyang.parse import header_words, headers
from yiyang.parse.numbers import BEFORE_FIGURE, style_of
from yiyang.parse.pieces import UNIT_FIELDS
from yiyang.safety.later import expression

LONGEST_VALUE = 8
"""Lines that the value of one label may take."""
# 任务名称：建成…, 责任单位 ：: a label and its value on one line
_PAIR = expression(r"^\s*([一-鿿（）()/、]{2,12}?)\s*[:：]\s*(?=\S)")
_ALONE = expression(r"^\s*([一-鿿]{2,10})(?:\s*[:：])?\s*$")
# Labels of a card beside those of tables: who signs, whom to call
_WHO_OR_WHEN = (*UNIT_FIELDS, "deadline")


@dataclass(frozen=True)
class WholeRow(Block):
    """The row of a table that has a cell for each heading, an empty one where nothing stands."""


@dataclass(frozen=True)
class Continued(WholeRow):
    """The row of a table that goes on with the one above it."""


@dataclass(frozen=True)
class _Pair:
    """A label, what it announces (`use`), and the lines of its value."""

    use: str
    label: Cell
    values: tuple[Cell, ...]
    size: int


def restore(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with cards as tables of one row each; all else as it was."""
    found: list[Block] = []
    at = 0
    while at < len(blocks):
        pairs = _in_table(blocks, at) if blocks[at].is_row else _in_lines(blocks, at)
        cards = [] if _begins_inside(pairs) else list(_cards(pairs))
        if cards and all(map(_is_card, cards)) and not _is_outline(blocks, at, pairs):
            for card in cards:
                found += _rows(card)
            at += sum(pair.size for pair in pairs)
        else:
            found.append(blocks[at])
            at += 1
    return found


def _cards(pairs: Sequence[_Pair]) -> Iterator[list[_Pair]]:
    """The pairs of each card: one begins where a label comes again."""
    card: list[_Pair] = []
    for pair in pairs:
        if _name(pair) in map(_name, card):
            yield card
            card = []
        card.append(pair)
    if card:
        yield card


# 任务一：…, 任务二：…: the same label, numbered
_COUNTED = expression("(?<=任务|事项|项目|工程|行动|措施)[一二三四五六七八九十\\d]{1,2}$")


def _name(pair: _Pair) -> str:
    return _COUNTED.sub("", pair.label.text.strip(" :："))


def _begins_inside(pairs: Sequence[_Pair]) -> bool:
    """Whether lines of a form stand above the first of numbered tasks: 派发单位：…, 任务一：…."""
    counted = [bool(_COUNTED.search(pair.label.text.strip(" :："))) for pair in pairs]
    return any(counted) and not counted[0]


def _is_card(card: Sequence[_Pair]) -> bool:
    uses = {pair.use for pair in card}
    return "text" in uses and not uses.isdisjoint(_WHO_OR_WHEN) and len(card) > 1


def _is_outline(blocks: Sequence[Block], at: int, pairs: Sequence[_Pair]) -> bool:
    """Whether a label is the heading of numbered items, which go on behind the first label of
    units: 重点任务 / 1、新建… / 责任单位：… / 2、改造…."""
    below = blocks[at + sum(pair.size for pair in pairs) :][:1]
    texts = [pair for pair in pairs if pair.use == "text"]
    return (
        bool(below and texts)
        and not below[0].is_row
        and _is_numbered(below[0].texts[0])
        and any(_is_numbered(value.text) for value in texts[-1].values)
    )


def _is_numbered(text: str) -> bool:
    return style_of(simplify(text))[0] >= 0 or bool(BEFORE_FIGURE.match(simplify(text)))


def _rows(card: Sequence[_Pair]) -> Iterator[Block]:
    """The header and the row of a card; further lines of a value in rows below it."""
    line = card[0].label.line
    yield Block(tuple(pair.label for pair in card), is_row=True)
    depth = max(len(pair.values) for pair in card)
    for n in range(depth):
        cells = tuple(p.values[n] if n < len(p.values) else Cell("", line) for p in card)
        yield (Continued if n else WholeRow)(cells, is_row=True)


def _use(word: str) -> str:
    """What a label announces; empty for a word that is none."""
    bare = squash(simplify(word)).strip(":：")
    return header_words.use_of(bare) if len(bare) <= 12 else ""


def _in_table(blocks: Sequence[Block], at: int) -> list[_Pair]:
    """The pairs of a table, from this row to the last that holds pairs: two or four cells a row."""
    pairs: list[_Pair] = []
    table = blocks[at].table
    before = blocks[at - 1] if at else None
    is_inside = before and before.table == table and not _is_head(before)
    if not table or headers.header(blocks[at]) or is_inside:
        return []
    for block in blocks[at:]:
        own = [cell for cell in block.cells if not cell.is_repeat]
        row = [pair for pair in zip(own[::2], own[1::2], strict=False) if any(c.text for c in pair)]
        is_pairs = block.table == table and len(own) in (2, 4, 6)
        uses = [_use(label.text) for label, _ in row]
        # 办结期限 | 6月10日 | 反馈方式 | 书面: one of two labels that nobody knows
        is_other = len(row) > 1 and uses[:1] != [""] and uses.count("") == 1
        are_labels = is_other and all(_ALONE.match(label.text) for label, _ in row)
        is_known = all(uses) or are_labels
        if not is_pairs or not is_known or any(_is_label(value) for _, value in row):
            break
        for n, (label, value) in enumerate(row):
            pairs.append(_Pair(uses[n] or "other", label, (value,), 0 if n else 1))
    return pairs


# 项 | 内容, 栏目 | 填写内容: the head of a table of labels and values
_HEAD = (
    expression("项目?|栏目|要素|字段|类别|名称"),
    expression("(?:具体|填写|详细)?(?:内容|说明|信息|情况)"),
)


def _is_head(block: Block) -> bool:
    """Whether a row says that labels and their values stand below it."""
    texts = [squash(simplify(text)) for text in block.texts]
    return len(texts) == len(_HEAD) and all(
        rule.fullmatch(text) for rule, text in zip(_HEAD, texts, strict=True)
    )


def _is_label(cell: Cell) -> bool:
    return header_words.is_one(cell.text)


# ；任务名称： between the fields of a record that is printed on one line
_NEXT_FIELD = expression(r"(?<=[；;])\s*(?=[一-鿿]{2,8}[:：])")
FEWEST_FIELDS = 3
"""Fields of a record on one line; two may be a sentence and its units."""


def _records(blocks: Sequence[Block], at: int) -> list[_Pair]:
    """The pairs of lines that hold a whole record each: 序号：1；任务名称：…；责任单位：…."""
    pairs: list[_Pair] = []
    for block in blocks[at:]:
        fields = [] if block.is_row else list(map(_PAIR.match, _NEXT_FIELD.split(block.texts[0])))
        if len(fields) < FEWEST_FIELDS or not all(m and _use(m[1]) for m in fields):
            break
        for n, field in enumerate(filter(None, fields)):
            label, value = (Cell(field.string[a:b], block.line) for a, b in _ends(field))
            pairs.append(_Pair(_use(field[1]), label, (value,), 0 if n else 1))
    return pairs


def _ends(field: re.Match[str]) -> tuple[tuple[int, int], tuple[int, int]]:
    """Where the label of a field and its value begin and end."""
    return (0, field.end()), (field.end(), len(field.string))


def _in_lines(blocks: Sequence[Block], at: int) -> list[_Pair]:
    """The pairs of lines that begin here with the label of a task."""
    is_item = at > 0 and not blocks[at - 1].is_row and _is_under(blocks[at], blocks[at - 1])
    if not is_item and (pairs := _records(blocks, at)):
        return pairs
    first = _line_pair(blocks, at)
    if not first or is_item or first.use not in ("text", "number"):
        return []
    pairs = [first]
    at += first.size
    while at < len(blocks) and (pair := _line_pair(blocks, at)):
        pairs.append(pair)
        at += pair.size
    return pairs


# 任务名称：, 工作任务：, 事项：: what names the task itself, whatever stands above it
_NAMES_TASK = expression("[一-鿿]{0,4}(?:任务|事项|项目)")


def _is_under(block: Block, above: Block) -> bool:
    """Whether a line belongs to an item above it: a numbered one, or the point that it stands in,
    whose measures it tells."""
    if style_of(above.texts[0])[0] >= 0:
        return True
    is_inside = 0 < above.depth < block.depth
    return is_inside and not _NAMES_TASK.match(simplify(block.texts[0]))


def _line_pair(blocks: Sequence[Block], at: int) -> _Pair | None:
    """The label that stands on a line, and its value: behind it, or on the lines below."""
    block = blocks[at]
    if block.is_row:
        return None
    text = block.texts[0]
    if match := _PAIR.match(text):
        use = _use(match[1])
        cells = Cell(text[: match.end()], block.line), Cell(text[match.end() :], block.line)
        return _Pair(use, cells[0], (cells[1],), 1) if use else None
    if not _is_alone(block):
        return None
    values: list[Cell] = []
    for other in blocks[at + 1 : at + 1 + LONGEST_VALUE]:
        if other.is_row or _is_alone(other) or _PAIR.match(other.texts[0]):
            break
        values.append(other.cells[0])
    if not values:
        return None
    behind = at + 1 + len(values)
    if behind >= len(blocks) or not (
        _is_alone(blocks[behind]) or _PAIR.match(blocks[behind].texts[0])
    ):
        values = values[:1]  # what follows the last value belongs to it no more
    return _Pair(_use(text), block.cells[0], tuple(values), 1 + len(values))


def _is_alone(block: Block) -> bool:
    """Whether a line is a label and nothing else."""
    match = None if block.is_row else _ALONE.match(block.texts[0])
    return bool(match and _use(match[1]) and header_words.is_one(match[1]))
