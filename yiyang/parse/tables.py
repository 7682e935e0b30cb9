"""Read the rows of task tables: which cells belong to which task."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from yiyang.core.text import numbered, squash
from yiyang.extract import Block, Cell
from yiyang.grammar import roles
from yiyang.parse import (
    above_tables,
    cell_text,
    days_apart,
    dittos,
    forms,
    headers,
    mark_columns,
    other_tables,
    row_kinds,
    rows_go_on,
    short_rows,
    stacked_headers,
    unit_heads,
)
from yiyang.parse.cards import Continued, WholeRow
from yiyang.parse.headers import Columns
from yiyang.parse.mark_columns import MarkColumns
from yiyang.parse.pieces import UNIT_FIELDS, Piece
from yiyang.parse.shapes import is_number
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.later import expression
from yiyang.safety.telling import counted, tell


@dataclass
class Tables:
    """What the tables of a document were read into: pieces by block, and what went wrong."""

    pieces: dict[int, list[Piece]] = field(default_factory=dict)
    problems: list[InputError] = field(default_factory=list)
    n_tasks: int = 0
    n_tables: int = 0
    is_guessed: bool = False
    notes: tuple[mark_columns.Note, ...] = ()
    """The notes by which marks in columns of units were read."""

    def tells_results(self) -> bool:
        """Tell whether the headings of its tables are about what was reached."""
        own = (piece for pieces in self.pieces.values() for piece in pieces)
        heads = [piece.text for piece in own if piece.reason == tell("parse.table_header")]
        return other_tables.tells_results([w for head in heads for w in head.split("\t")])


def read_tables(blocks: Sequence[Block], place: str, owners: unit_heads.Owners) -> Tables:
    """Return the pieces of all task tables of a document, by the position of their block; `owners`
    says whose the tasks below a heading are that names no unit."""
    found = Tables()
    marks = mark_columns.find(blocks)
    heads = [headers.at(blocks, i, marks.columns) for i in range(len(blocks))]
    above = above_tables.units(blocks, heads)
    reader = _Reader(found, place, heads, above, marks)
    reader.owners = owners
    reader.twice = dittos.twice(blocks)
    reader.going = rows_go_on.find(blocks, heads)
    reader.parents = _parents(blocks)
    forms_found = forms.find(blocks, heads)
    previous: Block | None = None
    for position, block in enumerate(blocks):
        if block.is_row and (reason := forms_found.get(position)):
            reader.leave(position, block, reason)
        elif block.is_row:
            reader.row(position, block, blocks, previous)
            previous = block
    reader.finish()
    return found


# 1.1, 2-1, 1.01, A-1: the number of the first row below 1, 2 or A
_BELOW = expression(r"(\d{1,2}|[A-Z]|[一二三四五六七八九十]{1,2})[.．\-—](?:0?1)")


def _parents(blocks: Sequence[Block]) -> set[int]:
    """The positions of rows numbered 1 right above one numbered 1.1: headings, where they hold
    nothing else than their words."""
    found = set()
    for n, (block, below) in enumerate(pairwise(blocks)):
        if block.is_row and below.is_row and block.texts and below.texts:
            inner = _BELOW.fullmatch(squash(below.texts[0]))
            if inner and inner[1] == squash(block.texts[0]).rstrip(".．、"):
                found.add(n)
    return found


class _Reader:
    """The table that is being read: its columns, its last task, and the headings above it."""

    def __init__(
        self,
        found: Tables,
        place: str,
        headers: Sequence[Columns | None],
        above: dict[int, Piece],
        marks: MarkColumns,
    ) -> None:
        self.found, self.place, self.headers, self.above = found, place, headers, above
        self.marks = marks
        self.owners: unit_heads.Owners  # whose the tasks below a heading without units are
        self.going = rows_go_on.GoingOn()
        self.parents: set[int] = set()
        self.under = ""  # the number of the row that heads those below it
        self.outer: Piece | None = None  # the heading above that row
        self.heads: Sequence[Cell] = ()  # of columns of marks, and what a mark says in them
        self.parts: Mapping[int, mark_columns.Part] = {}
        self.columns: Columns | None = None
        self.table = -1
        self.is_after_header = False
        self.is_of_two = False  # whether the header has a second row
        self.seq = 0
        self.section: Piece | None = None
        self.over: Piece | None = None  # the units that the heading of the group is made of
        self.unheld = ""  # the heading of the group, where it says a part and nobody whose it is
        self.of_all: Piece | None = None  # the units that a line above the table names
        self.last: dict[str, list[Piece]] = {}
        self.rows = dittos.Rows()
        self.twice: Mapping[int, frozenset[str]] = {}
        self.begun: tuple[int, Block] | None = None
        self.last_other = -1  # the last row of a table of another kind

    def row(
        self, position: int, block: Block, blocks: Sequence[Block], previous: Block | None
    ) -> None:
        """Read one row; rows of tables that list no tasks are left to the caller."""
        header = self.headers[position]
        over = None
        if position and not blocks[position - 1].is_row:
            self._forget_above()
        if self.columns and self.is_after_header and block.table == self.table:
            marks = self.marks.columns.get(position, ())
            over = stacked_headers.stacked(self.columns, block, marks)
            over = over or stacked_headers.under(self.columns, header)
        if header or over:
            self._header(position, block, over or header, is_stacked=over is not None)
            return
        self.is_after_header = False
        if position <= self.last_other:
            return
        if (
            self.columns
            and block.table == self.table
            and headers.heads_another(block, self.columns)
        ):
            self._leave(position, block, blocks)
            return
        if block.table != self.table or (not block.table and not self.columns):
            self._new_table(block, blocks, position)
        if self.columns:
            self.found.pieces[position] = []
            if position in self.going.sure:
                block = Continued(block.cells, block.is_row, block.table, block.depth)
            self.found.pieces[position] += self._row(position, block, self.columns)

    def _header(
        self, position: int, block: Block, columns: Columns | None, is_stacked: bool
    ) -> None:
        old = self.columns
        above = self.above.get(position)
        is_same = bool(old and columns and columns.uses == old.uses)
        is_repeat = not is_stacked and is_same and not above
        reason = (
            tell("parse.table_header_repeated_at_page") if is_repeat else tell("parse.table_header")
        )
        if not is_repeat and not is_stacked:
            self.found.n_tables += 1
            self.finish()
            self.section, self.last, self.unheld = None, {}, ""
            self.rows = dittos.Rows(self.rows.above, self.twice.get(block.table, frozenset()))
            self.over = self.of_all = above
        elif block.table != self.table:
            self._forget_above()
        self.columns, self.table = columns, block.table
        self.is_of_two = is_stacked or (is_repeat and self.is_of_two)
        # a repeated header has as many rows as before: what stands below it is the rest of a row
        self.is_after_header = not is_repeat or self.is_of_two
        if parts := self.marks.columns.get(position):
            self.heads, self.parts = block.cells, parts
        if columns and columns.has("mark"):  # a header of one row or the second of two
            self.found.notes = self.marks.notes
        self.found.pieces[position] = list(row_kinds.leftovers(block.cells, reason))

    def _new_table(self, block: Block, blocks: Sequence[Block], position: int) -> None:
        """A table that begins without a header: the last one goes on, or its cells must tell."""
        is_as_wide = self.columns and len(block.cells) == len(self.columns)
        if block.table and is_as_wide and not headers.is_other([block]):
            self.table = block.table
            self._forget_above()
            return
        self.finish()
        rows = [block]
        behind = range(position + 1, min(position + headers.GUESS_ROWS, len(blocks)))
        for other, header in ((blocks[i], self.headers[i]) for i in behind):
            if not other.is_row or other.table != block.table or header:
                break
            rows.append(other)
        is_above_header = bool(block.table) and any(
            self.headers[i] and blocks[i].table == block.table for i in behind
        )
        self.columns = None if is_above_header else headers.guessed(rows)
        self.table, self.last = block.table, {}
        self.section = self.over = self.of_all = None
        self.unheld = ""
        if not self.columns and headers.is_other(rows):
            self.last_other = position + len(rows) - 1
        if self.columns:
            self.found.is_guessed = True
            self.found.n_tables += 1

    def leave(self, position: int, block: Block, reason: str) -> None:
        """Leave a row of a table that lists no tasks; the table above it does not go on behind."""
        self.finish()
        self.columns, self.last = None, {}
        self.found.pieces[position] = list(row_kinds.leftovers(block.cells, reason))

    def _leave(self, position: int, block: Block, blocks: Sequence[Block]) -> None:
        """Leave the rows of another table that begins inside this one, up to the next header."""
        self.finish()
        self.columns, self.last = None, {}
        for at in range(position, len(blocks)):
            other = blocks[at]
            if not other.is_row or other.table != block.table or self.headers[at]:
                return
            self.last_other = at

    def _forget_above(self) -> None:
        """The units above a table are not those of another one, even if its columns are the
        same."""
        self.over = None if self.over is self.of_all else self.over
        self.of_all = None

    def _row(self, position: int, block: Block, columns: Columns) -> Iterator[Piece]:
        fitted = self._fit(block, columns)
        if fitted is None:
            yield from row_kinds.leftovers(block.cells, tell("parse.row_does_not_fit_header"))
            return
        cells, surplus = fitted
        own = [
            (use, c)
            for use, c in zip(columns.uses, cells, strict=True)
            if c.text and not c.is_repeat
        ]
        if not own:
            yield from row_kinds.leftovers(surplus, tell("parse.cell_without_column"))
            return
        number = squash(block.texts[0]) if block.texts else ""
        if self.under and not number.startswith(self.under):
            self.section, self.under = self.outer, ""
        is_parent = position in self.parents and [use for use, _ in own] == ["number", "text"]
        is_parent = is_parent and not re.search(r"[\d，。；,;]", own[1][1].text)
        group = own[1][1] if is_parent else self._group(own, cells, columns)
        group = None if isinstance(block, Continued) else group
        names = [c.text for use, c in own if use in ("number", "section", "measure", "text")]
        if any(map(row_kinds.is_total, names)):
            yield from row_kinds.leftovers(cells, tell("parse.total_row_table"))
        elif "number" in columns.uses and row_kinds.is_example(
            cells[columns.uses.index("number")].text
        ):
            yield from row_kinds.leftovers(cells, tell("parse.example_row"))
        elif group:
            reason = tell("parse.heading_group_tasks")
            if row_kinds.is_note(group.text):
                reason = tell("parse.note_table")
            else:
                if is_parent:
                    self.outer, self.under = self.section, number.rstrip(".．、")
                self.section = Piece(group.line, group.text, "section", is_shared=True)
                self.over = above_tables.of_group(group, columns, self.owners) or self.of_all
                self.unheld = "" if self.over else above_tables.part_unheld(group, columns)
            heading = [c for _, c in own]
            yield from row_kinds.leftovers(heading, reason)
        else:
            yield from self._task(position, block, cells, own, columns)
        yield from row_kinds.leftovers(surplus, tell("parse.cell_without_column"))

    def _fit(self, block: Block, columns: Columns) -> tuple[list[Cell], list[Cell]] | None:
        """The cells of the row under their columns, and cells too many; None if unclear."""
        cells = list(block.cells)
        while len(cells) > len(columns) and not cells[-1].text:
            cells.pop()
        has_marks = columns.has("mark")
        if has_marks:
            cells = short_rows.with_marks(cells, columns)
        is_whole = bool(block.table) or has_marks or isinstance(block, WholeRow)
        short = None if is_whole else short_rows.under(cells, columns)
        if len(cells) == len(columns) and (not short or short[1] or short[0] == cells):
            return cells, []
        printed = " | ".join(block.texts)[:60]
        self._complain(
            block,
            "list.row_cells",
            cells=counted("cell", len(cells)),
            printed=printed,
            columns=counted("cell", len(columns)),
        )
        if has_marks:
            return None  # marks do not tell in which column they stand
        filled = [cell for cell in cells if cell.text]
        return short or (short_rows.aligned(filled, columns) if filled else None)

    def _group(
        self, own: list[tuple[str, Cell]], cells: list[Cell], columns: Columns
    ) -> Cell | None:
        """The cell of a row that is nothing but a heading over the rows below it."""
        if len(own) == 2 and own[0][0] == "number":  # 一 | 教育惠民, over all columns
            rest = [c for c in cells if c is not own[0][1]]
            is_over_all = len(rest) > 1 and all(c.text == own[1][1].text for c in rest)
            return own[1][1] if is_over_all else None
        if len(own) != 1:
            return None
        use, cell = own[0]
        is_wide = len(cells) > 1 and all(c.text == cell.text for c in cells)
        is_note = row_kinds.is_note(cell.text)
        if is_wide or is_note:
            return cell
        if any(c.text for c in cells if c is not cell):
            return None
        if use in ("number", "section", "other") and not is_number(cell.text):
            return cell
        return None

    def _task(
        self,
        position: int,
        block: Block,
        cells: list[Cell],
        own: list[tuple[str, Cell]],
        columns: Columns,
    ) -> Iterator[Piece]:
        row = dict(zip(columns.uses, cells, strict=True))
        if not row["text"].text and row.get("measure", row["text"]).text:
            # A task that is named in short only: the name is its text.
            columns = replace(columns, uses=_measure_as_text(columns.uses))
            row = dict(zip(columns.uses, cells, strict=True))
        is_new = self._is_new(block, row, own)
        if is_new and not row["text"].text:
            self._complain(block, "list.row_no_text")
            yield from row_kinds.leftovers(cells, tell("parse.row_without_words_task"))
            return
        if is_new:
            self.finish()
            if position in self.going.perhaps:
                self._complain(block, "list.row_may_go_on", text=row["text"].text[:30])
            self.seq += 1
            self.found.n_tasks += 1
            self.rows.add(self.last)
            self.last, self.begun = {}, (position, block)
        is_named = columns.has(*UNIT_FIELDS, "mark")
        self._say_unread(block, cells, columns)
        for n, (use, word, cell) in enumerate(zip(columns.uses, columns.words, cells, strict=True)):
            if not cell.text or (cell.is_repeat and not is_new):
                continue
            if use == "mark":
                yield from self.marks.pieces(cell, self.heads[n], self.parts[n], self.seq)
                continue
            if is_new and use in (*UNIT_FIELDS, "deadline") and dittos.is_one(cell.text):
                yield from self._same(use, cell, word)
                continue
            yield from days_apart.printed(cell)
            if part := self._beside_role(use, cell, row, is_new):
                yield part
                continue
            piece = self._piece(use, word, cell, row)
            if use == "text" and is_new and not columns.has("number"):
                number, piece = _without_number(piece)
                yield from number
            piece = self._going_on(piece, block)
            self.last.setdefault(use, []).append(piece)
            yield from cell_text.pieces(piece, is_named)
        if is_new:
            yield from self._from_above(
                block, is_named or not cell_text.has_units(row["text"].text)
            )

    def _from_above(self, block: Block, is_open: bool) -> Iterator[Piece]:
        """What the headings above a new task give to it: its section, and units if it is `open` to
        them, for its words name none."""
        if self.section and "section" not in self.last:
            yield replace(self.section, seq=self.seq)
        if self.over and is_open:
            yield replace(self.over, seq=self.seq)
        if self.unheld:
            self._complain(block, "list.part_no_unit", heading=self.unheld)

    def _say_unread(self, block: Block, cells: list[Cell], columns: Columns) -> None:
        """Say of a row which of its marks nothing explains."""
        marks = [(n, cell) for n, cell in enumerate(cells) if columns.uses[n] == "mark"]
        unread = [c.text for n, c in marks if not self.marks.is_read(c, self.parts[n])]
        if unread:
            self._complain(block, "list.mark_unread", printed="、".join(dict.fromkeys(unread)))

    def _piece(self, use: str, word: str, cell: Cell, row: dict[str, Cell]) -> Piece:
        """The piece that a cell is, a unit with the role that stands beside it."""
        if "role" in row and use in UNIT_FIELDS:
            said = row["role"].text
            use, word = roles.PARTS.get(roles.of(said) or "", use), said
        kind = "column" if use == "other" else use
        return Piece(cell.line, cell.text, kind, self.seq, heading=word, is_shared=cell.is_repeat)

    def _going_on(self, piece: Piece, block: Block) -> Piece:
        """A piece, marked where it is the other half of what stands in the row above."""
        above = self.last.get(piece.use, []) if isinstance(block, Continued) else []
        return replace(piece, goes_on=cell_text.goes_on(above[-1], piece)) if above else piece

    def _beside_role(
        self, use: str, cell: Cell, row: dict[str, Cell], is_new: bool
    ) -> Piece | None:
        """What a cell says in a table with a row for each unit: the part that this has, or what the
        first row of the task says already."""
        if use == "role":
            reason = tell("parse.role_of_unit_beside")
            if roles.of(cell.text) not in roles.PARTS:
                why = tell("agencies.unknown_role", word=cell.text)
                reason = tell("agencies.unread", why=why)
        elif (
            "role" in row and not is_new and use not in UNIT_FIELDS and self._says_again(use, cell)
        ):
            reason = tell("parse.cell_repeated_of_task")
        else:
            return None
        return Piece(cell.line, cell.text, "leftover", reason=reason)

    def _says_again(self, use: str, cell: Cell) -> bool:
        said = self.last.get(use, [])
        return bool(said) and squash(said[0].text) == squash(cell.text)

    def _same(self, use: str, cell: Cell, word: str) -> Iterator[Piece]:
        """What stands in the cell of another row, for a cell that says it is the same."""
        meant = self.rows.meant(use, cell.text)
        if not meant:
            yield Piece(cell.line, cell.text, use, self.seq, heading=word)
            return
        yield Piece(cell.line, cell.text, "leftover", reason=tell("parse.mark_repeats_cell_above"))
        for piece in dittos.held(cell, self.seq, meant):
            self.last.setdefault(use, []).append(piece)
            yield cell_text.plain(piece)

    def _is_new(self, block: Block, row: dict[str, Cell], own: list[tuple[str, Cell]]) -> bool:
        """Whether the row begins a task, or goes on with the one above it."""
        uses = {use for use, _ in own}
        if not self.seq or not self.last:
            return True
        if isinstance(block, Continued):
            return False
        if "role" in uses and all(
            self._says_again(use, cell) for use, cell in own if use in ("number", "text", "measure")
        ):
            return False
        if "number" in uses:
            return not row_kinds.goes_on(row["number"].text)
        if "text" not in uses:
            return False
        text = squash(self.last["text"][-1].text) if "text" in self.last else ""
        is_broken = bool(text) and not rows_go_on.ENDED.search(text)
        is_continued = uses == {"text"} and not any(
            c.is_repeat and c.text for use, c in row.items() if use != "section"
        )
        return not (is_continued and is_broken)

    def _complain(self, block: Block, key: str, **values: object) -> None:
        self.found.problems.append(
            refusal(key, tell("place.line", file=self.place, line=block.line), **values)
        )

    def finish(self) -> None:
        """Say that the last task names no units, where its row is one of a text and those above
        it name some. What a merged cell held is not printed there, and nothing is guessed."""
        if not self.begun or self.begun[1].table:
            return
        block, self.begun = self.begun[1], None
        units = ("units", "lead", "responsible")
        if any(use in self.rows.above for use in units) and not any(
            use in self.last for use in units
        ):
            self._complain(block, "list.row_no_units")


_CIRCLED = expression(r"\s{0,4}[①-⑳]\s{0,4}")


def _without_number(piece: Piece) -> tuple[list[Piece], Piece]:
    """The number that stands before the words of a task, if one does, and the words."""
    number, words = numbered(piece.text)
    if not number and len(_CIRCLED.findall(piece.text)) == 1:  # of several it is the first point
        circled = _CIRCLED.match(piece.text)
        number = circled[0].strip() if circled else ""
        words = piece.text[circled.end() :] if circled else ""
    if not (number and words):
        return [], piece
    return [replace(piece, text=number, use="number", heading="")], replace(piece, text=words)


def _measure_as_text(uses: tuple[str, ...]) -> tuple[str, ...]:
    return tuple({"measure": "text", "text": "measure"}.get(use, use) for use in uses)
