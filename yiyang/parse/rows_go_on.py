"""Find the rows of a numbered table that go on with the row above: its lines were broken by hand.

Old lists are typed so that they fit the page: 1 | 修渠引水，疏浚 | 县水利局、, and below it
 | 南北两渠。 | 县林业局. Such a row has no number, and the words above it end in mid-sentence. Of
rows that may as well be tasks of their own it is only said that they may go on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from yiyang.core.text import simplify, squash
from yiyang.extract import Block, Cell
from yiyang.parse import row_kinds
from yiyang.parse.headers import Columns
from yiyang.parse.pieces import UNIT_FIELDS
from yiyang.parse.shapes import NAME_END, are_known_units, is_deadline, is_number
from yiyang.parse.verdict import begins_as_task
from yiyang.parse.wrapped import PAGE
from yiyang.safety.later import expression

# What ends a sentence; words that end otherwise may go on in the next row
ENDED = expression(r"[。；;！？!?.）)]$")
# 水库开展， / 、逐库建立 / （含两渠: a sentence that cannot end or begin here
_CUT = expression(r"[，,、：:—和与及或的对将把在（(“《]$")
_CUT_BEFORE = expression(r"[，,、。；;：:）)”》]")
_PAIRS = (("（(", "）)"), ("“", "”"), ("《", "》"))
# 县水利局、: a list of units that is not at its end
_LIST_GOES_ON = expression(r"[、，,和及（(]$")
NEAR = 2
"""Characters by which lines broken by hand differ in length at most."""
FEWEST = 3
"""Rows in mid-sentence by which their like length tells that they were broken by hand."""


@dataclass
class GoingOn:
    """The positions of rows that go on with the one above, and of those that may."""

    sure: set[int] = field(default_factory=set)
    perhaps: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class _Row:
    position: int
    cells: dict[str, list[Cell]]

    def text(self, *uses: str) -> str:
        return "".join(squash(c.text) for use in uses for c in self.cells.get(use, ()))

    @property
    def is_numbered(self) -> bool:
        return is_number(self.text("number"))

    @property
    def is_bare(self) -> bool:
        """Whether it has no number, and no cell that is merged with those above it."""
        shared = {use for use, own in self.cells.items() if any(c.is_repeat for c in own if c.text)}
        return not self.text("number") and shared <= {"section"}

    @property
    def begins_group(self) -> bool:
        """Whether a group of tasks begins in it: its heading is merged with no cell above."""
        return any(c.text and not c.is_repeat for c in self.cells.get("section", ()))

    @property
    def is_whole(self) -> bool:
        """Whether it has the units and the time of a task of its own."""
        names = self.cells.keys() & set(UNIT_FIELDS)
        has_units = not names or any(map(self.text, names))
        return has_units and ("deadline" not in self.cells or is_deadline(self.text("deadline")))


def find(blocks: Sequence[Block], heads: Sequence[Columns | None]) -> GoingOn:
    """Return which rows of the tables below these headers go on with the row above them."""
    found = GoingOn()
    for rows in _bodies(blocks, heads):
        if _is_numbered_inside(rows):
            texts = [(row, row.text("text")) for row in rows if row.text("text")]
            broken = (b.position for (_, a), (b, _) in pairwise(texts) if not ENDED.search(a))
            found.perhaps.update(broken)
        elif groups := [group for group in _groups(rows) if len(group) > 1]:
            is_broken = _is_broken(rows, groups)
            for group in groups:
                _judge(group, found, is_broken=is_broken)
    return found


def _is_numbered_inside(rows: Sequence[_Row]) -> bool:
    """Whether the first words of a table stand above its first number, in mid-sentence: numbers
    may stand beside the middle line of their task, and no row tells where one begins."""
    texts = [row.text("text") for row in rows]
    is_first = len(rows) > 1 and rows[0].is_bare and rows[1].is_numbered
    is_cut = is_first and bool(texts[0]) and not ENDED.search(texts[0])
    return is_cut and any(text.endswith("。") for text in texts)


def _bodies(blocks: Sequence[Block], heads: Sequence[Columns | None]) -> Iterator[list[_Row]]:
    """The rows below each header that has a number and words of tasks."""
    columns: Columns | None = None
    rows: list[_Row] = []
    table = -1
    for position, block in enumerate(blocks):
        if not block.is_row and table and _is_of_page(block):
            continue
        is_in = block.is_row and not heads[position] and block.table == table
        if block.is_row and rows and columns and not is_in and not heads[position]:
            # the rest of a row that a page cuts, in a table of its own: no number, as many cells
            is_as_wide = len(block.cells) == len(columns) and bool(block.table)
            is_in = is_as_wide and not squash(block.texts[columns.uses.index("number")])
            table = block.table if is_in else table
        if not is_in:
            yield rows
            rows, columns = [], heads[position] if block.is_row else None
            table = block.table
        elif columns and columns.has("number") and not columns.has("role", "mark"):
            cells: dict[str, list[Cell]] = {}
            for use, cell in zip(columns.uses, block.cells, strict=False):
                cells.setdefault(use, []).append(cell)
            if len(block.cells) == len(columns):
                rows.append(_Row(position, cells))
    yield rows


def _is_of_page(block: Block) -> bool:
    """Whether a line between two tables is the number of a page, or empty."""
    words = squash(simplify(block.texts[0]))
    return not words or bool(PAGE.match(words))


def _groups(rows: Sequence[_Row]) -> Iterator[list[_Row]]:
    """Each numbered row with the bare ones below it; notes and sums stand in none."""
    group: list[_Row] = []
    # A name beside each number is one of the task and may go on too; else it is that of a group.
    are_names = all(row.begins_group for row in rows if row.is_numbered)
    for row in rows:
        first = row.text("measure", "text")
        is_note = row_kinds.is_note(first) or row_kinds.is_total(first)
        if row.is_numbered:
            yield group
            group = [row]
        elif (
            group
            and row.is_bare
            and (are_names or not row.begins_group)
            and not is_note
            and (first or row.text(*UNIT_FIELDS))
        ):
            group.append(row)
        else:
            yield group
            group = []
    yield group


def _is_broken(rows: Sequence[_Row], groups: Sequence[Sequence[_Row]]) -> bool:
    """Whether the lines of a table were broken by hand: all its tasks end with a full stop and no
    line inside of them does; or one is cut for certain, and all are as long as the column is wide.

    Tasks below a heading are none of it: they begin as tasks, or have units or a time that the
    first row lacks or has too.
    """
    behind = [row for group in groups for row in group[1:]]
    as_tasks = sum(begins_as_task(row.text("text")) for row in behind)
    if any(map(_is_apart, groups)):
        return False
    lines = [[row.text("text") for row in group if row.text("text")] for group in groups]
    inside = [text for texts in lines for text in texts[:-1]]
    grouped = {id(group[0]) for group in groups}
    alone = [row.text("text") for row in rows if row.is_numbered and id(row) not in grouped]
    last = [*alone, *(texts[-1] for texts in lines if texts)]
    if not inside or any(map(ENDED.search, inside)):
        return False
    longest = max(map(len, [*inside, *last]))
    is_like = len(inside) >= FEWEST and all(longest - len(text) <= NEAR for text in inside)
    if all(text.endswith("。") for text in last):
        return is_like or 2 * as_tasks < len(behind)
    return is_like and not as_tasks and any(map(_is_cut, groups))


def _is_apart(group: Sequence[_Row]) -> bool:
    """Whether a row below a numbered one has a time of its own, or units that this lacks."""
    first = group[0]
    has_times = is_deadline(first.text("deadline"))
    return any(
        (has_times and is_deadline(row.text("deadline")))
        or any(row.text(use) and not first.text(use) for use in ("deadline", *UNIT_FIELDS))
        for row in group[1:]
    )


def _is_cut(group: Sequence[_Row]) -> bool:
    return any(_goes_on(_words(above), _words(row)) for above, row in pairwise(group))


def _words(row: _Row) -> dict[str, str]:
    return {use: row.text(use) for use in ("text", "deadline", *UNIT_FIELDS)}


def _judge(group: Sequence[_Row], found: GoingOn, *, is_broken: bool) -> None:
    """Tell of each row below a numbered one whether it goes on with it."""
    above = _words(group[0])
    is_sure = is_broken
    is_stopped = group[-1].text("text").endswith("。")  # words without a stop are none to an end
    for row in group[1:]:
        own = _words(row)
        if is_broken or _goes_on(above, own):
            is_sure = True
            found.sure.add(row.position)
        elif own["text"]:
            is_own = row.is_whole or (begins_as_task(own["text"]) and not is_stopped)
            if not ENDED.search(above["text"]) and (is_sure or not is_own):
                found.perhaps.add(row.position)
            above = dict.fromkeys(above, "")
        above = {use: above[use] + own[use] for use in above}


def _goes_on(above: dict[str, str], own: dict[str, str]) -> bool:
    """Whether words or units above break off so that they cannot end there."""
    if is_deadline(above["deadline"]) and is_deadline(own["deadline"]):
        return False
    text, below = simplify(above["text"]), simplify(own["text"])
    if below and ENDED.search(text):
        return False
    is_cut = bool(below) and (
        bool(_CUT.search(text) or _CUT_BEFORE.match(below)) or _is_open(text, below)
    )
    return is_cut or any(_is_list_cut(above[use], own[use]) for use in UNIT_FIELDS)


def _is_open(text: str, below: str) -> bool:
    """Whether a bracket or a quotation that opens in a text closes below it."""
    return any(
        sum(c in opens for c in text) > sum(c in closes for c in text)
        and any(c in closes for c in below)
        for opens, closes in _PAIRS
    )


def _is_list_cut(above: str, below: str) -> bool:
    """Whether a list of units ends in mid-list or in half a name."""
    if not above or not below:
        return False
    if _LIST_GOES_ON.search(above):
        return True
    is_whole = are_known_units(above) and are_known_units(below)
    return are_known_units(above + below) and not (is_whole and bool(NAME_END.search(above)))
