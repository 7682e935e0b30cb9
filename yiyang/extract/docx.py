"""Read Word documents (.docx): paragraphs with their automatic numbers, and tables in reading
order."""

from __future__ import annotations

import io
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any

from docx.opc.part import PartFactory, XmlPart
from docx.oxml.ns import qn
from docx.package import Package
from docx.parts.document import DocumentPart

from yiyang.core import characters
from yiyang.core.text import writable
from yiyang.extract import archive, package_parts, shown, word_parts
from yiyang.extract.aside import Aside
from yiyang.extract.blocks import Block, Grid, Page, paragraph
from yiyang.extract.notes import Notes
from yiyang.extract.numbering import Numbering
from yiyang.extract.word_runs import RunLooks, equation, sign
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

P, TBL, TR, TC, R = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc"), qn("w:r")
T, TAB, BREAKS = qn("w:t"), (qn("w:tab"), qn("w:ptab")), (qn("w:br"), qn("w:cr"))
HYPHEN, SYMBOL, MATH = qn("w:noBreakHyphen"), qn("w:sym"), qn("m:oMath")
BOX, CHUNK = qn("w:txbxContent"), qn("w:altChunk")
DELETED = (qn("w:del"), qn("w:moveFrom"))
UNSEEN = (qn("w:pPr"), qn("w:rPr"), qn("w:instrText"), qn("w:delText"))
ALTERNATIVES, FALLBACK = qn("mc:AlternateContent"), qn("mc:Fallback")
SDT, PLACEHOLDER = qn("w:sdt"), f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}"
VAL, BEFORE = qn("w:val"), f"{qn('w:trPr')}/{qn('w:gridBefore')}"
CELL_PR, SPAN, MERGE = qn("w:tcPr"), qn("w:gridSpan"), qn("w:vMerge")
# Wrappers whose content stands in the body as if they were not there.
WRAPPERS = (
    *(qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:moveTo")),
    *(qn("w:smartTag"), ALTERNATIVES, qn("mc:Choice")),
)
NUMBER_ENDS = tuple("0123456789.．")


# A document with macros (.docm) is read like one without; python-docx knows only the latter.
MACRO_ENABLED = "application/vnd.ms-word.document.macroEnabled.main+xml"
PartFactory.part_type_for[MACRO_ENABLED] = DocumentPart


def with_looks(data: bytes, place: str) -> Sequence[Block]:
    """Return the blocks of a document, marks of `shown` around the words whose type stands out."""
    return page(data, place, with_looks=True).blocks


def page(data: bytes, place: str, *, with_looks: bool = False) -> Page:
    """Return the blocks of a document; a block's line is its number in reading order.

    Headers, footers, footnotes and comments are left out; so is deleted, hidden and struck text.
    """
    aside = Aside(place)
    try:
        package = Package.open(io.BytesIO(data))
        _refuse_document_types(package, place)
        part = package.main_document_part
        reader = _Reader(Numbering(part.document), RunLooks(part.document.styles), aside)
        reader.with_looks = with_looks
        reader.read(part.document.element.body)
        word_parts.say(part, aside)
        package_parts.say(data, aside, word_parts.name_read(part))
    except (InputError, MemoryError, RecursionError):
        raise
    except Exception as error:  # python-docx raises what lxml, zipfile and its own parts raise
        raise refusal("file.word", place, error=error) from error
    warnings = (*archive.macros(data, place), *aside.warnings())
    return Page(reader.found, warnings=warnings, left=aside.left())


def _refuse_document_types(package: Package, place: str) -> None:
    """`InputError` for a part with a document type that `archive` could not see: in an encoding
    that Office does not write. With one come entities, and the text behind an entity is lost."""
    for part in package.iter_parts():
        if isinstance(part, XmlPart) and part.element.getroottree().docinfo.internalDTD is not None:
            raise archive.document_type(part.partname.lstrip("/")).at(place)


class _Reader:
    """The blocks of one document, and the counts that its numbers need."""

    def __init__(self, numbering: Numbering, looks: RunLooks, aside: Aside) -> None:
        self.numbering = numbering
        self.looks = looks
        self.with_looks = False
        self.aside = aside
        self.notes = Notes()
        self.found: list[Block] = []
        self.line = 0
        self.tables = 0
        self.boxes: list[Any] = []  # text boxes met in a paragraph, read behind it

    def read(self, body: Any) -> None:
        for node in _content(body):
            if node.tag == P:
                self._paragraph(node)
                boxes, self.boxes = self.boxes, []
                for box in boxes:
                    self.read(box)
            elif node.tag == CHUNK:
                self.aside.add(
                    tell("extract.document_put_altchunk_unread"), "", self.line + 1, _COPY
                )
            elif self._is_layout(node):
                for cell in node.iter(TC):
                    if next(cell.iterancestors(TBL)) is node:
                        self.read(cell)
            else:
                waiting = deque([node])
                while waiting:
                    waiting.extend(self._table(waiting.popleft()))

    def _paragraph(self, node: Any) -> None:
        depth = self.numbering.depth(node)
        for part in filter(None, map(str.strip, self._text(node).split("\n"))):
            if note := self.notes.note(part):
                self.aside.add(tell("extract.footnote"), note, self.line + 1)
                continue
            self.line += 1
            self.found.append(paragraph(self.notes.marked(part), self.line, depth))
            depth += depth and not depth % 2

    def _is_layout(self, table: Any) -> bool:
        """Whether a table only holds a larger one in place."""
        rows = len(table.findall(TR))
        return any(len(inner.findall(TR)) > rows for inner in table.iterdescendants(TBL))

    def _table(self, table: Any) -> list[Any]:
        """Read a table; returns those inside its cells."""
        self.tables += 1
        grid = Grid(self.tables)
        inner: list[Any] = []
        merged: set[int] = set()  # columns in which a cell of the row above may go on
        for row in _children(table, TR):
            if what := _row_left_out(row):
                self.aside.add(what, "".join(_plain(row)), self.line + 1)
                continue
            self.line += 1
            grid.add_row(self.line)
            before = row.find(BEFORE)
            column = 0 if before is None else _number(before)
            if column:
                grid.put("", across=column)
            above, merged = merged, set()
            for cell in _children(row, TC):
                own = cell.find(CELL_PR)
                span, merge = (None, None) if own is None else (own.find(SPAN), own.find(MERGE))
                # without a first cell above it, one that claims to go on is shown as it is
                goes_on = merge is not None and merge.get(VAL) != "restart" and column in above
                text = "" if goes_on else self._cell(cell, inner)
                across = _number(span) if span is not None else 1
                grid.put(text, 0 if goes_on else 1, across)
                merged |= {column} if merge is not None else set()
                column += across
        self.found += grid.blocks()
        return inner

    def _cell(self, cell: Any, inner: list[Any]) -> str:
        """The lines of a cell; a table of several rows and columns in it goes to `inner`."""
        lines: list[str] = []
        waiting = deque(_content(cell))
        while waiting:
            node = waiting.popleft()
            if node.tag == P:
                lines += self.notes.marked(self._text(node)).split("\n")
                waiting.extendleft(n for box in self.boxes[::-1] for n in [*_content(box)][::-1])
                self.boxes.clear()
            elif node.tag == TBL and (pairs := _pairs(node)):
                lines += pairs
            elif node.tag == TBL and _is_data(node):
                inner.append(node)
            elif node.tag == TBL:
                rows = [c for row in _children(node, TR) for c in _children(row, TC)]
                waiting.extendleft(n for c in rows[::-1] for n in [*_content(c)][::-1])
        return "\n".join(line.strip() for line in lines if line.strip())

    def _text(self, node: Any) -> str:
        """The words of a paragraph, its number before them."""
        words = writable("".join(self._words(node)))
        if not words.strip():
            return words
        number = self.numbering.number(node)
        is_apart = number.endswith(NUMBER_ENDS) and words.lstrip()[:1].isdecimal()
        return number + (" " if is_apart else "") + words

    def _words(self, node: Any) -> Iterator[str]:
        for child in node:
            tag = child.tag
            if tag in UNSEEN or not isinstance(tag, str):
                continue
            if tag == qn("w:rt"):
                self._leave_out(tell("extract.ruby_says_how_word_sounds"), child)
            elif tag in DELETED:
                self._leave_out(tell("extract.text_deleted_under_tracked_changes"), child)
            elif tag == R:
                yield from self._run(child)
            elif tag == BOX:
                self.boxes.append(child)
            elif tag == MATH:
                yield from equation(child, characters.raised)
            elif tag == ALTERNATIVES:
                yield from self._words(_alternative(child))
            elif tag == SDT and child.find(PLACEHOLDER) is not None:
                self._leave_out(tell("extract.hint_empty_form_field"), child)
            else:
                yield from self._shown(child)

    def _run(self, run: Any) -> Iterator[str]:
        if what := self.looks.of(run):
            self._leave_out(what, run)
            return
        position = self.looks.position(run)
        words = "".join(self._words(run))
        if self.with_looks and words.strip():
            words = shown.marked(words, self.looks.shown(run))
        if not position or not words.strip():
            yield words
        elif position == "superscript":
            yield self.notes.raised(words)
        else:
            before = "".join(_plain(run.getprevious())) if run.getprevious() is not None else ""
            yield characters.lowered(words, before)

    def _shown(self, node: Any) -> Iterator[str]:
        """The words of a part of a run."""
        tag = node.tag
        if tag == T:
            yield node.text or ""
        elif tag in TAB:
            yield " "
        elif tag in BREAKS:
            yield "\n"
        elif tag == HYPHEN:
            yield "-"
        elif tag == SYMBOL:
            yield sign(node)
        else:
            if tag in word_parts.OBJECTS:
                word_parts.say_object(node, self.aside, self.line + 1)
            yield from self._words(node)

    def _leave_out(self, what: str, node: Any) -> None:
        words = "".join(_plain(node))
        if words.strip():
            self.aside.add(what, words, self.line + 1)


_COPY = tell("extract.open_word_copy_what_stands")


def _row_left_out(row: Any) -> str:
    properties = row.find(qn("w:trPr"))
    if properties is None:
        return ""
    if properties.find(qn("w:del")) is not None:
        return tell("extract.row_deleted_under_tracked_changes")
    hidden = properties.find(qn("w:hidden"))
    is_hidden = hidden is not None and hidden.get(qn("w:val"), "1") not in ("0", "false")
    return tell("extract.hidden_row") if is_hidden else ""


def _alternative(node: Any) -> Any:
    """The first of several forms of one thing that says something: its copy for older programs
    only where the newer form has no words."""
    choices = [child for child in node if child.tag != FALLBACK]
    spoken = (child for child in (*choices, *node) if "".join(_plain(child)).strip())
    return next(spoken, node if not len(node) else node[0])


def _plain(node: Any) -> Iterator[str]:
    return (t.text or "" for t in node.iter(T, qn("w:delText")))


def _is_data(table: Any) -> bool:
    """Whether a table in a cell is one of its own: more than one row of more than one cell."""
    return sum(len(list(_children(row, TC))) > 1 for row in _children(table, TR)) > 1


# 牵头 | 市商务局: a label and what it announces, in a small table inside a cell
_PAIR_LABEL = expression("(?:牵头|主办|责任|负责|配合|协办|参与)(?:责任)?(?:单位|部门)?[:：]?")


def _pairs(table: Any) -> list[str]:
    """The lines of a table that holds nothing but labels of units and the units."""
    rows = [[*_children(row, TC)] for row in _children(table, TR)]
    texts = [["".join(_plain(cell)).strip() for cell in row] for row in rows]
    if not all(len(row) == 2 and _PAIR_LABEL.fullmatch(row[0]) and row[1] for row in texts):
        return []
    return [f"{label.rstrip(':：')}：{units}" for label, units in texts]


def _content(body: Any) -> Iterator[Any]:
    for node in body:
        if node.tag in (P, TBL, CHUNK):
            yield node
        elif node.tag in WRAPPERS:
            yield from _content(node)


def _children(node: Any, tag: str) -> Iterator[Any]:
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag in WRAPPERS:
            yield from _children(child, tag)


def _number(node: Any) -> int:
    value = node.get(qn("w:val"), "1")
    return min(max(int(value), 1), 1000) if value.isdecimal() else 1
