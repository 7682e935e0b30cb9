"""Cut a document into its pieces, and say how it was read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby, pairwise
from typing import Any

from yiyang.core import curated_csv, schema
from yiyang.core.text import simplify, squash
from yiyang.extract import Block
from yiyang.parse import (
    boxes,
    by_numbers,
    cards,
    days_apart,
    flattened,
    headers,
    items,
    mark_columns,
    page_heads,
    registers,
    reshaped,
    spread,
    strides,
    tables,
    task_items,
    unit_first,
    verdict,
    wrapped,
)
from yiyang.parse.outlines import Item, Outline, Part
from yiyang.parse.pieces import NO_FIELD, UNIT_FIELDS, Piece
from yiyang.parse.unit_heads import Owners
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.later import expression
from yiyang.safety.telling import counted, tell

PROSE = tell("parse.prose_case_study")
"""The reason of those leftovers that `targets.outcomes` reads."""


@dataclass(frozen=True)
class Reading:
    """What a document was read into.

    `layout` is how it is laid out (`documents.layout`), `confidence` how sure the reading is, from
    0 to 1, `reasons` what it rests on, `problems` what did not fit, each with its line; `notes` are
    the lines and words of notes by which marks were read.
    """

    pieces: list[Piece]
    layout: str
    confidence: float
    reasons: tuple[str, ...]
    problems: list[InputError] = field(default_factory=list)
    notes: tuple[mark_columns.Note, ...] = ()

    @property
    def n_tasks(self) -> int:
        return len({piece.seq for piece in self.pieces if piece.use == "text"})


def read(document: Any, blocks: Sequence[Block], place: str) -> Reading:
    """Return the pieces of a document, in the order of the file, and how it was read.

    `document` has `title`, `issuing_agency` and `document_type`. Never raises for what a document
    says: what does not fit is among the `problems`, what is no task among the leftovers.
    """
    kept, registers_left = registers.take(blocks)
    kept, page_lines = page_heads.take(kept, document.title)
    found_rows = reshaped.restore(days_apart.restore(wrapped.join(_unwrapped(kept))))
    found_rows = flattened.restore(cards.restore(strides.restore(found_rows)))
    owners = Owners(found_rows, document.title)
    table = tables.read_tables(found_rows, place, owners)
    outline = items.outline(found_rows, furniture())
    _without_title(outline, squash(document.title))
    task_items.choose(outline, bool(table.n_tasks), owners)
    judged = _judge(found_rows, table, outline, document.title)
    by_position = dict(table.pieces)
    for position, pieces in _item_pieces(outline):
        by_position.setdefault(position, []).append(pieces)
    over = [item for item in outline.items if any(c.above is item for c in item.children)]
    for part in (part for head in [*outline.covers, *over] for part in head.parts):
        by_position.setdefault(part.position, [])  # its words may be with the items below it
    found: list[Piece] = []
    for position, block in enumerate(found_rows):
        ready = by_position.get(position)
        found += ready if ready is not None else _rest_of_row(block)
    numbered = page_heads.put(boxes.ticked(_numbered(found)), [*registers_left, *page_lines])
    explained = _Explainer(document, judged.has_tasks, table.notes).explain(numbered)
    problems = table.problems + _number_problems(explained, place) + _unheld(outline, place)
    judgement = judged.layout, judged.confidence, judged.reasons
    return Reading(explained, *judgement, problems, table.notes)


_SHORTEST_TITLE = 8
"""Characters of a line that is the title of a document, or of what a notice carries."""


# 关于印发2025年重点任务清单的通知, …《…清单》的通知: what a notice carries
_CARRIED = expression(r"(?:印发|下发|公布)《?([^《》]{8,80}?)》?的通知")


def _without_title(outline: Outline, title: str) -> None:
    """Take the title above the tasks for no section of theirs."""
    for item in outline.items:
        words = squash(item.heading.text) if item.heading else ""
        is_title = words == title or words in _CARRIED.findall(title)
        if len(words) >= _SHORTEST_TITLE and is_title:
            item.heading = None


def _unheld(outline: Outline, place: str) -> list[InputError]:
    """Tasks below a heading that states a part and no unit, which they lack."""
    return [
        refusal(
            "list.part_no_unit",
            tell("place.line", file=place, line=item.parts[0].line),
            heading=heading,
        )
        for item, heading in outline.unheld
        if item.is_task
    ]


def _unwrapped(blocks: Sequence[Block]) -> list[Block]:
    """Runs of lines that begin with a tab are the rows of a table only where a header is one."""
    runs = [b for b in blocks if b.is_row and not b.table and b.cells[0].line != b.cells[-1].line]
    if not runs or any(headers.header(run) for run in runs):
        return list(blocks)
    found: list[Block] = []
    is_run = set(map(id, runs))
    for block in blocks:
        if id(block) in is_run:
            found += [Block((cell,), is_row=False) for cell in block.cells]
        else:
            found.append(block)
    return found


def _judge(
    blocks: Sequence[Block], table: tables.Tables, outline: Outline, title: str
) -> verdict.Verdict:
    """The verdict on a document; where it has tasks in a table or with units, those count."""
    tasks = [item for item in outline.items if item.is_task]
    if tasks and not verdict.of_units(outline, title) and not table.n_tasks:
        for item in tasks:
            item.is_task = False
        tasks = []
    if not tasks and not table.n_tasks:
        judged = verdict.of_numbered(outline, title)
        if judged.has_tasks or not unit_first.may_be_one(blocks):
            return judged
        why = (*judged.reasons, tell("parse.lines_begin_with_units"))
        return replace(judged, confidence=min(judged.confidence, verdict.DOUBTFUL), reasons=why)
    reasons = []
    if table.n_tasks:
        key = "parse.table_guessed" if table.is_guessed else "parse.table_headed"
        reasons.append(tell(key, tasks=counted("task", table.n_tasks), tables=table.n_tables))
    if tasks:
        named = sum(item.is_named for item in tasks)
        listed = counted("article", len(tasks))
        reasons.append(tell("parse.articles_or_items_them_with", listed=listed, named=named))
    if table.problems:
        reasons.append(counted("row_unfit", len(table.problems)))
    with_units = sum(item.is_named for item in tasks) + _rows_with_units(table)
    sure = verdict.confidence(
        table.n_tasks + len(tasks), with_units, len(table.problems), table.is_guessed
    )
    if not tasks and verdict.tells_results(title) and table.tells_results():
        sure = min(sure, verdict.DOUBTFUL)
        reasons.append(tell("parse.title_tells_results"))
    return verdict.Verdict(_layout(blocks, table, tasks), True, sure, tuple(reasons))


def _rows_with_units(table: tables.Tables) -> int:
    return len({p.seq for pieces in table.pieces.values() for p in pieces if p.use in UNIT_FIELDS})


def _layout(blocks: Sequence[Block], table: tables.Tables, tasks: Sequence[Item]) -> str:
    """The name of the layout (`documents.layout` in schema.yaml)."""
    if tasks and table.n_tasks:
        return "mixed"
    if tasks:
        return "articles"
    read = [blocks[i] for i in table.pieces]
    if any(block.table for block in read):
        return "table"
    is_flat = any(b.cells[0].line != c.line for b in read for c in b.cells)
    if is_flat:
        return "flattened_table"
    lines = [block.line for block in read]
    return "run_on_table" if any(a == b for a, b in pairwise(lines)) else "tabbed_table"


@cache
def furniture() -> dict[str, str]:
    """Return what stands around the text on a page, with the reason (`furniture.csv`)."""
    rows = curated_csv.rows(schema.CURATION / "furniture.csv", ["text", "reason"])
    return {squash(row["text"]): row["reason"] for row, _ in rows}


def _item_pieces(outline: Outline) -> Iterator[tuple[int, Piece]]:
    """The pieces of the paragraphs by the position of their block; tasks numbered below zero."""
    found: list[tuple[int, Piece]] = []
    for n, item in enumerate((i for i in outline.items if i.is_task), 1):
        found += _task_pieces(item, -n)
    for item in outline.items:
        if not item.is_task and not _is_inside(item):
            found += _untasked(item)
    for cover in outline.covers:
        held = [item for item in outline.items if item.is_task and item.above is cover]
        taken = [part for item in held for part in spread.taken(item)]
        for part in cover.parts:
            reason = NO_FIELD.get(part.use, "")
            if reason or not any(part is one for one in taken):
                piece = Piece(part.line, part.text, "leftover", reason=reason)
                found.append((part.position, piece))
    for part in outline.loose:
        reason = tell("parse.heading_section") if part.use == "heading" else ""
        reason = reason or NO_FIELD.get(part.use, "")
        found.append((part.position, Piece(part.line, part.text, "leftover", reason=reason)))
    yield from sorted(found, key=lambda entry: entry[0])


def _untasked(item: Item) -> Iterator[tuple[int, Piece]]:
    """The paragraphs of an item that is no task; it may be the heading over some."""
    is_heading = bool(item.children) and item.level >= 0
    holds = any(child.above is item for child in item.children)
    for (position, _), same in groupby(item.parts, key=lambda part: (part.position, part.line)):
        parts = list(same)
        # What stands on both sides of a list that went to the items below stands apart.
        text = "".join(
            "\t" if holds and part.use in ("units", "deadline") else part.text for part in parts
        ).strip()
        reason = tell("parse.heading_section") if is_heading and parts[0] is item.parts[0] else ""
        reason = reason or item.why_not
        if text:
            yield position, Piece(parts[0].line, text, "leftover", reason=reason)


def _is_inside(item: Item) -> bool:
    """Whether an item is a point of a task above it."""
    above = item.parent
    while above:
        if above.is_task:
            return True
        above = above.parent
    return False


def _task_pieces(item: Item, seq: int) -> Iterator[tuple[int, Piece]]:
    """The pieces of a task; text that runs on over several points is cut where lines are."""
    section = _section(item)
    is_first = True
    for part in task_items.parts_of(item):
        reason = NO_FIELD.get(part.use, "")
        use = "leftover" if reason else part.use
        if not part.text.strip():
            continue
        own = 0 if reason else seq
        yield (
            part.position,
            Piece(part.line, part.text.strip(), use, own, reason, goes_on=part.goes_on),
        )
        if is_first and section:
            yield part.position, Piece(section[0], section[1], "section", seq, is_shared=True)
        is_first = False
    if item.above:
        yield from _from_heading(item, item.above, seq)


def _from_heading(item: Item, above: Item, seq: int) -> Iterator[tuple[int, Piece]]:
    """The units and deadlines in the heading of the section, which hold for each item below it."""
    for part in spread.taken(item):
        reason = _why_held(above, part)
        held = Piece(part.line, part.text.strip(), part.use, seq, reason, is_inferred=True)
        # The text of the heading is taken up once, by the first item below it.
        is_first = not above.is_said_elsewhere and item is _first_to_take(above, part)
        at = item.parts[-1].position
        yield max(at, part.position) if is_first else at, replace(held, is_shared=not is_first)


def _first_to_take(above: Item, part: Part) -> Item | None:
    below = [child for child in above.children if child.above is above] or above.children
    takers = (child for child in below if part in spread.taken(child))
    return next(takers, None) if below[0].above is above else below[0]


def _why_held(above: Item, part: Part) -> str:
    if above.is_said_elsewhere:
        heading = above.children[0].parent
        line = heading.parts[0].line if heading else part.line
        return tell("parse.above_part", line=line, other=part.line)
    said = [simplify(own.text) for own in above.parts]
    if any(spread.ABOVE.match(words) or by_numbers.OF_ITEMS.match(words) for words in said):
        key = "parse.above_sentence"
    elif not above.children or above.children[0].parts[0].line > part.line:
        key = "parse.above_heading"
    else:
        key = "parse.above_behind" if above.number else "parse.above_same"
    return tell(key, line=part.line)


def _section(item: Item) -> tuple[int, str] | None:
    """Line and words of the heading above an item: its parent's, else the last one printed."""
    if item.parent:
        above = item.parent.parts
        line = above[0].line if above else 0
        words = "".join(p.text for p in above if p.line == line and p.use in ("number", "text"))
        return (line, words.strip()) if words.strip() else None
    return (item.heading.line, item.heading.text) if item.heading else None


def _rest_of_row(block: Block) -> list[Piece]:
    """A block that no reader took: the row of a table without tasks."""
    own = [cell for cell in block.cells if cell.text and not cell.is_repeat]
    reason = tell("parse.row_table_lists_no_tasks") if block.is_row else ""
    return [Piece(cell.line, cell.text, "leftover", reason=reason) for cell in own]


def _numbered(found: Sequence[Piece]) -> list[Piece]:
    """The pieces with their tasks numbered from 1 in the order of the document."""
    order: dict[int, int] = {}
    for piece in found:
        if piece.seq and piece.seq not in order:
            order[piece.seq] = len(order) + 1
    return [
        replace(piece, seq=order[piece.seq]) if piece.seq != order.get(piece.seq, 0) else piece
        for piece in found
    ]


# 一、多元联动的工作基础不断夯实
_SECTION = expression(r"^[一二三四五六七八九十]+、")
# [bookmark: _GoBack] is left over from Word
_BOOKMARK = expression(r"\[bookmark: [^\[\]]{0,200}\]")
# 2021年4月15日, 2021年2月26日印发
_DATE_LINE = expression(r"^\d{4}年\d{1,2}月\d{1,2}日(印发)?$")
# 竹府办〔2016〕20号
_NUMBER_LINE = expression(r"^[一-鿿]{2,14}[〔\[(（【](?:19|20)\d\d[〕\])）】]第?\d+号$")


class _Explainer:
    """Says of each leftover why it is none of the tasks."""

    def __init__(self, document: Any, has_tasks: bool, notes: Sequence[mark_columns.Note]) -> None:
        self.document = document
        self.has_tasks = has_tasks
        self.legends = {line for line, _ in notes}
        self.is_after = False

    def explain(self, found: Sequence[Piece]) -> list[Piece]:
        explained: list[Piece] = []
        for piece in found:
            self.is_after = self.is_after or bool(piece.seq)
            if piece.use == "leftover" and not piece.reason:
                explained += self._reasoned(piece)
            else:
                explained.append(piece)
        return explained

    def _reasoned(self, piece: Piece) -> Iterator[Piece]:
        """A leftover with its reason; a bookmark of Word inside it is a leftover of its own."""
        text = piece.text
        for residue in _BOOKMARK.findall(text):
            yield replace(piece, text=residue, reason=tell("parse.bookmark_left_over_from_word"))
            text = text.replace(residue, "")
        if text.strip():
            is_legend = piece.line in self.legends
            why = tell("parse.legend_marks") if is_legend else self._reason(squash(text))
            yield replace(piece, text=text, reason=why)

    def _reason(self, words: str) -> str:
        document = self.document
        issuers = simplify(document.issuing_agency).split("、")
        reasons = (
            (words in furniture(), furniture().get(words, "")),
            (words.lstrip("#") == squash(document.title), tell("parse.title")),
            (words.rstrip(":：") == "附件", tell("parse.marks_document_attachment")),
            (
                all(unit in issuers for unit in simplify(words).split("、")),
                tell("parse.issuing_agency"),
            ),
            (bool(_DATE_LINE.match(words)), tell("parse.date_issue")),
            (bool(_NUMBER_LINE.match(words)), tell("parse.number_document")),
            (words.startswith("抄送"), tell("parse.distribution_list")),
            (words.endswith("的通知"), tell("parse.title_notice_carries_document")),
            (bool(items.legend(words)), tell("parse.legend_units")),
            (words.endswith((":", "：")), tell("parse.address_notice")),
            (bool(_SECTION.match(words)), tell("parse.heading_section")),
            (document.document_type == "case_study", PROSE),
            (not self.has_tasks, tell("parse.text_document_lists_no_tasks")),
            (self.is_after, tell("parse.text_between_or_behind_tasks")),
        )
        return next(
            (why for holds, why in reasons if holds), tell("parse.introduction_before_first_task")
        )


def _number_problems(found: Sequence[Piece], place: str) -> list[InputError]:
    """Numbers of a table that do not run on, and tasks without a text."""
    problems = []
    texts = {p.seq for p in found if p.use == "text"}
    printed = [p for p in found if p.use == "number"]
    own = [p for p in printed if not p.is_shared]
    in_table = [(p, int(p.text)) for p in own if p.text.isdecimal()]
    last: int | None = None
    for piece, number in in_table:
        expected = (
            piece.seq if last is None and number != 1 and len(in_table) < 2 else (last or 0) + 1
        )
        # Numbers may begin anew under each heading.
        if last is not None and number not in (1, expected):
            at = tell("place.line", file=place, line=piece.line)
            problems.append(refusal("list.number", at, number=piece.text, expected=expected))
        last = number
    for piece in printed:
        if piece.seq not in texts:
            at = tell("place.line", file=place, line=piece.line)
            problems.append(refusal("list.no_text", at, number=piece.text))
    return problems
