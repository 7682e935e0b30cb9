"""Read columns that are headed by a unit and hold marks: ● leads, ○ supports, √ answers.

序号 | 重点任务 | 市民政局 | 市财政局        with ●, ○, 牵头 or √ in the cells

Which columns these are is told by their heading and by all the cells below it; what a mark stands
for by a note anywhere in the document. A single kind of mark that no note explains says that the
unit answers for the task, where the table is one of duties: √ may stand for who was present, or
for what is done. Of several kinds that no note explains nobody knows which leads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from yiyang.core.text import simplify, squash
from yiyang.extract import Block, Cell
from yiyang.grammar import mark_legends, roles
from yiyang.grammar.mark_legends import Marked, Meaning
from yiyang.parse import header_words, row_kinds
from yiyang.parse.pieces import Piece
from yiyang.parse.shapes import are_known_units, count_units, is_number
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

Note = tuple[int, str]
"""The line and the words of a note."""
Part = tuple[str, str]
"""The use of a column's units (`units`, `lead`, `supporting`; empty: nobody knows) and the heading
over it."""
OPEN = "□"
"""A box that says nothing beside ticked ones."""
FEW = 3
"""Cells of other kinds that are looked at before columns are given up."""

# 东县, 北镇: a place that is no unit by itself; 东县政府, 各县区 and 乡镇 are
_PLACE = expression("(?!各|全|有关|相关)[一-鿿]{1,8}(?:县|区|市|州|盟|旗|镇|乡|街道|苏木|村|社区)")
_ANY_PLACE = expression("乡镇|街道|镇街|街镇|县区|区县|县市区|乡镇街道")
# 养老科, 规划处: the offices of one agency
_OFFICE = expression("[一-鿿]{2,8}(?:[科股处]|[科股处]室)")
# 重点任务, 主要举措: headings over what somebody has to do
_DUTIES = expression("任务|举措|措施|实事|要点|工作|职责|分工|责任|整改")
# 任务分工, 责任清单: a title that says of its table that it shares out duties
_SHARED = expression("分工|分解|责任|职责|牵头")
# 完成情况, 签到, 得分: what else a tick may be about
_OTHER = expression(
    "情况|进展|完成(?!时)|签到|考勤|出席|到会|参会|参训|参加|得分|评分|考核|评价|测评|满意|自查|达标|投票|表决|是否|统计"
    "|反馈|报送|开通|接入|共享|配备|覆盖|分布|涉及|值班|排班"
)
_OF_UNITS = expression("单位|部门|责任|分工|职责|科室|处室|机构")
# 牵头, 主办: words of a cell that are said of duties alone; 参加 is said of a meeting too
_SURE = expression("牵头|主办|主责|主抓|配合|协办|承办|负责|责任|协同|协助|^[主牵协配责]$")


@dataclass(frozen=True)
class MarkColumns:
    """The columns of marks by the position of their header, each with the part that a mark has
    there by itself and the heading that says so; what notes say of the marks (`legend`), the
    `kinds` of marks, and the role of those that a note leaves (`others`)."""

    columns: Mapping[int, Mapping[int, Part]] = field(default_factory=dict)
    legend: Mapping[str, tuple[Meaning, int]] = field(default_factory=dict)
    kinds: frozenset[str] = frozenset()
    others: tuple[Meaning, int] | None = None

    @property
    def notes(self) -> tuple[Note, ...]:
        """The notes by which marks are read."""
        used = [said for sign, said in self.legend.items() if sign in self.kinds]
        used += [self.others] if self.others and self.kinds - set(self.legend) else []
        return tuple(dict.fromkeys((line, meaning.printed) for meaning, line in used))

    def pieces(self, cell: Cell, head: Cell, part: Part, seq: int) -> Iterator[Piece]:
        """Yield the unit of a column, where its cell says its part in a task, and the mark."""
        read = mark_legends.cell(cell.text)
        said = self._said(read, part) if read else None
        reason = tell("parse.mark_of_unit")
        if not said and not self._is_nothing(cell):
            sign = cell.text.strip()
            reason = tell("agencies.unread", why=tell("agencies.unexplained_mark", mark=sign))
        elif read and read.note and not _OFFICE.fullmatch(read.note):
            why = tell("parse.words_beside_mark", words=read.note)
            reason = tell("agencies.unread", why=why)
        if not cell.is_repeat:
            yield Piece(cell.line, cell.text, "leftover", reason=reason)
        if said:
            use, word, why = said
            is_inferred = bool(why)
            name = squash(head.text)
            yield Piece(
                head.line, name, use, seq, why, word, is_shared=True, is_inferred=is_inferred
            )

    def _said(self, read: Marked, part: Part) -> tuple[str, str, str] | None:
        """The part that a cell gives, its word, and the note that says so; None where none does."""
        if read.word:
            return mark_legends.role_of(read.word), read.word, ""
        rest = self.others if read.sign in self.kinds else None
        if known := self.legend.get(read.sign, rest):
            meaning, line = known
            why = tell("agencies.rule_on_line", line=line, printed=meaning.printed)
            return meaning.role, meaning.word, why
        is_alone = self.kinds == {read.sign} and not self.legend and read.sign != "×"
        use, heading = part
        return (use, heading or read.sign, "") if is_alone and use else None

    def is_read(self, cell: Cell, part: Part) -> bool:
        """Tell whether a cell says what part its unit has, or that it has none."""
        read = mark_legends.cell(cell.text)
        return self._is_nothing(cell) or bool(read and self._said(read, part))

    def _is_nothing(self, cell: Cell) -> bool:
        """Whether a cell says that its unit has no part: empty, or a box beside ticked ones."""
        is_open = self.kinds == {"√"} and not self.legend and cell.text.strip() == OPEN
        return is_open or _is_nothing(cell)


def find(blocks: Sequence[Block]) -> MarkColumns:
    """Return the columns of marks of a document."""
    with_marks = [n for n, b in enumerate(blocks) if b.is_row and any(map(_is_mark, b.cells))]
    tables = []
    for at, block in enumerate(blocks[: with_marks[-1]] if with_marks else ()):
        columns = _headed(block) if block.is_row else ()
        if columns and (table := _below(blocks, at, columns)):
            tables.append(table)
    if not tables:
        return MarkColumns()
    said = _Notes(blocks)
    found = {table.at: table.parts for table in tables if said.is_of_duties(table)}
    if not found:
        return MarkColumns()
    ends = [*list(found)[1:], len(blocks)]
    kinds = [_kinds(blocks[at:end], list(found[at])) for at, end in zip(found, ends, strict=True)]
    own = frozenset().union(*kinds)
    if own == {"√", OPEN} and not said.legend:
        own -= {OPEN}
    return MarkColumns(found, said.legend, own, said.others)


def _is_mark(cell: Cell) -> bool:
    return 0 < len(cell.text) < 50 and mark_legends.cell(cell.text) is not None


def _headed(block: Block) -> tuple[int, ...]:
    """The cells of a row that are the name of one unit each, where there are several."""
    columns = tuple(n for n, text in enumerate(block.texts) if text and _is_name(squash(text)))
    return columns if len({squash(block.texts[n]) for n in columns}) > 1 else ()


def _is_name(word: str) -> bool:
    if len(word) < 2 or header_words.is_one(word) or re.search(roles.HEADING, word):
        return False
    return count_units(word) == 1 and (not header_words.use_of(word) or are_known_units(word))


@dataclass(frozen=True)
class _Table:
    """A header with its columns of marks: the cells that are marks below them."""

    blocks: Sequence[Block]
    at: int
    columns: tuple[int, ...]
    cells: Sequence[Marked]

    @property
    def heads(self) -> list[str]:
        """The words of the columns of marks."""
        return [squash(self.blocks[self.at].texts[n]) for n in self.columns]

    @property
    def above(self) -> list[str]:
        """What stands over each of the columns in a first row of headings; empty for nothing."""
        block, own = self.blocks[max(self.at - 1, 0)], self.blocks[self.at]
        is_first_row = block.is_row and block.table == own.table and block is not own
        if not is_first_row or len(set(block.texts)) == 1 or is_number(block.texts[0]):
            return [""] * len(self.columns)
        found = []
        for n, head in zip(self.columns, self.heads, strict=True):
            # A text prints a heading over several columns once, in the first of them.
            left = [m for m in range(min(n + 1, len(block.texts))) if block.texts[m]]
            reach = [m for m in left if m >= self.columns[0]]
            text = squash(block.texts[reach[-1]]) if reach else ""
            found.append("" if text == head or mark_legends.is_sign(text) else text)
        return found

    @property
    def parts(self) -> dict[int, Part]:
        """The columns, each with the part that a single kind of mark says there: that of the
        heading over it. Beside a column of leads or of supporting units it says none."""
        is_beside = any(header_words.use_of(text) in ("lead", "supporting") for text in self.beside)
        found = {}
        for n, over in zip(self.columns, self.above, strict=True):
            use = header_words.use_of(over)
            if use in ("lead", "supporting"):
                found[n] = use, over
            else:
                found[n] = (
                    ("units", over if use == "units" else "") if use or not is_beside else ("", "")
                )
        return found

    @property
    def titles(self) -> list[str]:
        """The first lines of the document and those above the table, or a first row of one cell."""
        near = (*self.blocks[: min(3, self.at)], *self.blocks[max(self.at - 4, 0) : self.at])
        return [squash(simplify(b.texts[0])) for b in near if len(set(b.texts)) == 1]

    @property
    def beside(self) -> list[str]:
        """The other headings, of both rows."""
        rows = self.blocks[max(self.at - 1, 0) : self.at + 1]
        own = [row for row in rows if row.is_row and row.table == self.blocks[self.at].table]
        return [
            squash(simplify(text))
            for row in own
            for n, text in enumerate(row.texts)
            if text and n not in self.columns
        ]


def _below(blocks: Sequence[Block], at: int, columns: tuple[int, ...]) -> _Table | None:
    """The marks below a header, where its cells of units hold little else."""
    found, others = [], 0
    heads = [blocks[at].texts[n] for n in columns]
    for block in _rows(blocks, at):
        own = _own(block, columns)
        if len(set(filter(None, block.texts))) < 2 or _is_aside(block):
            continue
        if [cell.text for cell in own] == heads:  # again, on a further page
            continue
        read = [mark_legends.cell(cell.text) for cell in own if not _is_nothing(cell)]
        found += [cell for cell in read if cell]
        others += read.count(None)
        if others > max(FEW, len(found)):
            return None
    return _Table(blocks, at, columns, found) if found and 3 * others <= len(found) else None


def _rows(blocks: Sequence[Block], at: int) -> Iterator[Block]:
    """The rows below one in its table."""
    for n in range(at + 1, len(blocks)):
        if not blocks[n].is_row or blocks[n].table != blocks[at].table:
            return
        yield blocks[n]


def _is_nothing(cell: Cell) -> bool:
    return bool(mark_legends.NOTHING.fullmatch(mark_legends.plain(cell.text)))


def _own(block: Block, columns: Sequence[int]) -> list[Cell]:
    cells = [block.cells[n] for n in columns if n < len(block.cells)]
    return [cell for cell in cells if cell.text.strip() and not cell.is_repeat]


def _is_aside(block: Block) -> bool:
    first = next((text for text in block.texts if text), "")
    return row_kinds.is_note(first) or any(map(row_kinds.is_total, block.texts[:3]))


def _kinds(rows: Sequence[Block], columns: Sequence[int]) -> set[str]:
    """The kinds of marks in the columns of rows, those of further pages among them."""
    own = (block for block in rows if block.is_row and not _is_aside(block))
    read = (mark_legends.cell(cell.text) for row in own for cell in _own(row, columns))
    return {cell.sign or cell.word for cell in read if cell}


class _Notes:
    """What the notes of a document say of marks."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.legend: dict[str, tuple[Meaning, int]] = {}
        self.others: tuple[Meaning, int] | None = None
        self.explained: set[str] = set()
        unclear: set[str] = set()
        for cell in (c for b in blocks for c in b.cells if not c.is_repeat):
            found = list(mark_legends.legend(cell.text))
            self.explained.update(mark_legends.explained(cell.text))
            for sign, meaning in found:
                known = self.legend.setdefault(sign, (meaning, cell.line))
                if known[0].role != meaning.role:
                    unclear.add(sign)
            rest = roles.OTHERS_SUPPORT.search(simplify(cell.text)) if found else None
            if rest:
                self.others = Meaning("supporting", "配合", found[0][1].printed), cell.line
        self.explained -= set(self.legend)
        self.legend = {sign: said for sign, said in self.legend.items() if sign not in unclear}

    def is_of_duties(self, table: _Table) -> bool:
        """Tell whether the marks of a table say who does what."""
        signs = {cell.sign for cell in table.cells if cell.sign}
        if any(sign.isalpha() and sign not in self.legend for sign in signs):
            return False
        if any(_SURE.search(cell.word) for cell in table.cells) or signs & set(self.legend):
            return True
        if signs & self.explained:
            return False
        above = {text for text in table.above if text}
        if above:
            return all(_OF_UNITS.search(text) and not _OTHER.search(text) for text in above)
        named = {head for head in table.heads if _is_known(head)}
        titles = "".join(table.titles)
        if len(named) < 2 or (_OTHER.search(titles) and not _SHARED.search(titles)):
            return False
        names_tasks = any(header_words.use_of(text) == "text" for text in table.beside)
        return names_tasks and any(map(_DUTIES.search, [titles, *table.beside]))


def _is_known(head: str) -> bool:
    """Whether a heading names a unit by itself, as the name of a place does not."""
    if _PLACE.fullmatch(head) and not _ANY_PLACE.fullmatch(head):
        return False
    return are_known_units(head) or bool(_OFFICE.fullmatch(head))
