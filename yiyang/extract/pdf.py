"""Read a PDF: ruled tables and the paragraphs around them. A scan has no text and is refused."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pdfplumber

from yiyang.extract import pdf_aligned, pdf_cells, pdf_columns, pdf_paragraphs, pdf_rows, pdf_signs
from yiyang.extract.aside import Aside
from yiyang.extract.blocks import Block, Cell, Grid, Page, paragraph
from yiyang.safety import limits
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.later import expression
from yiyang.safety.telling import counted, tell

# Marks with which no line begins
_NOT_FIRST = tuple("、，。；：）》”！？")
SAME = 2.0
"""Points by which the lines of one edge of a table may lie apart."""
# (cid:123): a character whose font does not say which it is
_UNKNOWN = expression(r"\(cid:\d+\)")


_LOOK = tell("extract.look_at_columns")
_RECOGNISE = tell("extract.read_document_itself_or_recognise")


def _blocks(data: bytes, place: str, aside: Aside) -> list[Block]:
    """The blocks of a PDF; a block's line is its number in reading order.

    Raises `InputError` for a scan, for a file under a password, and for text whose fonts do not
    say which characters they draw.
    """
    try:
        with _losses() as lost, pdfplumber.open(io.BytesIO(data)) as pdf:
            limits.hold("pages", len(pdf.pages), "limit.pages")
            reader = _Reader(aside)
            n_characters = n_images = 0
            for page in pdf.pages:
                n_characters += len(page.chars)
                n_images += len(page.images)
                if page.images and not page.chars:
                    what = tell("extract.page_picture_without_text_unread", n=page.page_number)
                    aside.add(what, "", reader.line + 1, _RECOGNISE)
                reader.page(page)
                page.close()
            n_pages = len(pdf.pages)
    except (InputError, MemoryError, RecursionError):
        raise
    except Exception as error:  # pdfminer raises many kinds on damaged files
        if "MemoryError" in repr(error):
            raise MemoryError from error
        if "assword" in repr(error):
            raise refusal("file.pdf_password", place) from error
        raise refusal("file.pdf_unreadable", place, error=error) from error
    if lost:
        raise refusal("file.pdf_damaged", place)
    text = "".join(t for block in reader.found for t in block.texts)
    if (n_images and n_characters < 20 * n_pages) or not text:
        raise refusal(
            "file.pdf_scan",
            place,
            pages=counted("page", n_pages),
            images=counted("picture", n_images),
            characters=counted("character", n_characters),
        )
    if len(_UNKNOWN.findall(text)) * 10 > len(text) / 8:
        raise refusal("file.pdf_fonts", place)
    return reader.found


@contextmanager
def _losses() -> Iterator[list[str]]:
    """What pdfminer could not unpack: it reads on without, and says so in its log only."""
    lost: list[str] = []
    handler = logging.Handler(logging.WARNING)
    handler.emit = lambda record: lost.append(record.getMessage())  # type: ignore[method-assign]
    handler.addFilter(lambda record: "corrupted" in record.getMessage())
    log = logging.getLogger("pdfminer.pdftypes")
    log.addHandler(handler)
    try:
        yield lost
    finally:
        log.removeHandler(handler)


class _Reader:
    def __init__(self, aside: Aside) -> None:
        self.aside = aside
        self.open_row: int | None = None  # the row of `found` that goes on on the next page
        self.open_heads: pdf_cells.Row = ()  # of a table without lines that may go on
        self.found: list[Block] = []
        self.line = 0
        self.tables = 0

    def page(self, page: Any) -> None:
        signs, marks = pdf_signs.shown(page, self.aside, self.line + 1)
        page.objects["char"] = signs
        above, below = pdf_rows.open_ends(page)
        ends = [y for y in (above, below) if y is not None]
        found = page.find_tables({"explicit_horizontal_lines": ends} if ends else {})
        tables = [t for t in found if len(t.rows) > 1 or len(t.cells) > 1]
        boxes = [table.bbox for table in tables]
        outside = page.filter(lambda o: not any(_is_inside(o, box) for box in boxes))
        parts = [(table.bbox[1], table) for table in tables]
        parts += self._paragraphs(outside, marks, has_tables=bool(tables))
        open_row, self.open_row = self.open_row, None
        for _, part in sorted(parts, key=lambda p: p[0]):
            if isinstance(part, str):
                self.line += 1
                self.found.append(paragraph(part, self.line))
                continue
            if isinstance(part, pdf_aligned.Aligned):
                self.found += self._aligned(part)
                continue
            rows = self._table(page, part)
            is_rest = above is not None and abs(part.bbox[1] - above) < 2 * SAME
            if open_row is not None and is_rest and rows and self._fits(open_row, rows):
                rows = pdf_rows.joined(self.found, open_row, rows)
            elif is_rest and rows:
                self.aside.add(
                    tell("extract.row_cut_page"),
                    " ".join(rows[0].texts),
                    rows[0].line,
                    is_read=True,
                )
            self.found += rows
            if below is not None and abs(part.bbox[3] - below) < 2 * SAME:
                self.open_row = len(self.found) - 1

    def _paragraphs(self, page: Any, marks: set[str], has_tables: bool) -> list[tuple[float, Any]]:
        """The paragraphs of a page with their heights; those of a second column count on."""
        columns, is_several = pdf_columns.lines(page)
        if is_several and has_tables:  # no height tells where the table stands
            self.aside.add(
                tell("extract.columns_text_beside_table"), "", self.line + 1, is_read=True
            )
        found: list[tuple[float, Any]] = []
        width = 0.0 if is_several else page.width
        for n, lines in enumerate(columns):
            kept = pdf_signs.without_notes(lines, marks, self.aside, self.line + 1)
            heads, self.open_heads = self.open_heads, ()
            kept, tables = pdf_aligned.cut(kept, self.aside, self.line + 1, heads)
            self.open_heads = tables[-1].open_heads if tables else ()
            if not tables and pdf_columns.are_unclear(kept, is_part=is_several):
                self.aside.add(tell("extract.columns_not_told_apart"), "", self.line + 1, _LOOK)
            for top, part in (*pdf_paragraphs.join(kept, width), *((t.top, t) for t in tables)):
                found.append((top + n * page.height, part))
        return found

    def _aligned(self, table: pdf_aligned.Aligned) -> list[Block]:
        self.tables += 1
        grid = Grid(self.tables)
        for row in table.rows:
            self.line += 1
            grid.add_row(self.line)
            for text in row:
                grid.put(text, across=len(table.rows[0]) if len(row) == 1 else 1)
        return grid.blocks()

    def _fits(self, row: int, rows: list[Block]) -> bool:
        return len(self.found[row].cells) == len(rows[0].cells)

    def _table(self, page: Any, table: Any) -> list[Block]:
        """Each cell by its box, so that a merged one is found in all its rows and columns."""
        self.tables += 1
        grid = Grid(self.tables)
        tops = _edges(cell[1] for cell in table.cells)
        lefts = _edges(cell[0] for cell in table.cells)
        first = self.line + 1
        for _ in tops:
            self.line += 1
            grid.add_row(self.line)
        inside = [c for c in page.chars if _is_inside(c, table.bbox)]
        for x0, top, x1, bottom in table.cells:
            rows = [i for i, t in enumerate(tops) if top - SAME <= t < bottom - SAME]
            columns = [i for i, x in enumerate(lefts) if x0 - SAME <= x < x1 - SAME]
            if rows and columns:
                text = _cell_text([c for c in inside if _is_inside(c, (x0, top, x1, bottom))], x1)
                cell = Cell(text, first + rows[0])
                grid.place(cell, range(rows[0], rows[-1] + 1), range(columns[0], columns[-1] + 1))
        return grid.blocks()


def _edges(positions: Iterable[float]) -> list[float]:
    """The positions in order, those of one line once."""
    found: list[float] = []
    for position in sorted(positions):
        if not found or position - found[-1] > SAME:
            found.append(position)
    return found


def _is_inside(thing: Any, box: tuple[float, float, float, float]) -> bool:
    x, y = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
    return bool(box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _cell_text(characters: list[Any], right: float) -> str:
    """The lines of a cell; a line that fills the cell up to its right edge goes on in the next."""
    lines: list[list[Any]] = []
    for character in sorted(characters, key=lambda c: (c["top"], c["x0"])):
        if not lines or character["top"] - lines[-1][0]["top"] > character["size"] / 2:
            lines.append([])
        lines[-1].append(character)
    text = ""
    rest = 0.0  # signs that had room at the end of the line before
    for line in lines:
        line.sort(key=lambda c: c["x0"])
        words = "".join(c["text"] for c in line).strip()
        # 区教育/局、区财政局: no line begins with a mark, so the sign before it comes along
        most = 2.8 if words[1:2] in _NOT_FIRST else 1.8
        text += ("" if rest < most else "\n") + words
        rest = (right - line[-1]["x1"]) / (line[-1]["size"] or 1)
    return text


def page(data: bytes, place: str) -> Page:
    """Return the blocks of a PDF, as pdfplumber finds them."""
    aside = Aside(place)
    blocks = _blocks(data, place, aside)
    return Page(blocks, warnings=aside.warnings(), left=aside.left())
