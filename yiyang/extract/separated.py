"""Read tables in text (.csv): the separator is the one by which the rows have one width."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Literal

from yiyang.extract.blocks import Block, Cell, Page
from yiyang.extract.text import decode
from yiyang.safety import limits
from yiyang.safety.errors import refusal
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

SEPARATORS = ("\t", ",", ";", "|", "，", "；")
"""In the order in which they are believed; the Chinese ones stand in sentences too."""
HALF = 0.5
"""Share of the rows that an ASCII separator must part alike before a Chinese one is tried."""
LOOKED_AT = 65_536
"""Characters of a file by which its separator is chosen."""
Rows = list[tuple[int, list[str]]]


def page(data: bytes, place: str) -> Page:
    """Return the rows of a .csv, each cell with its line."""
    text, encoding = decode(data, place)
    sign = separator(text)
    found, warnings = _rows(text, sign, place), []
    if last := _never_closed(text, sign, found):
        line = found[-1][0]
        warnings.append(refusal("file.quote_open", tell("place.line", file=place, line=line)))
        rest = _rows(last, sign, place, csv.QUOTE_NONE)
        found = found[:-1] + [(line - 1 + n, row) for n, row in rest]
    if sign == ",":
        found, joined = _with_thousands(found)
        warnings += [
            refusal("file.thousands", tell("place.line", file=place, line=line), printed=printed)
            for line, printed in joined
        ]
    width = max((len(row) for _, row in found), default=0)
    blocks = [_row(row, line, width) for line, row in found if any(map(str.strip, row))]
    return Page(blocks, encoding=encoding, warnings=tuple(warnings))


def _rows(text: str, sign: str, place: str, quoting: Literal[0, 3] = csv.QUOTE_MINIMAL) -> Rows:
    """The rows of a text, each with its first line."""
    found: Rows = []
    width = before = 0
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=sign, quoting=quoting)
    try:
        for row in rows:
            if not found and not before and len(row) > 1 and row[0].lower() == "sep=":
                before = rows.line_num  # Excel's own line
                continue
            found.append((before + 1, row))
            before = rows.line_num
            width = max(width, len(row))
            limits.hold("blocks", rows.line_num, "limit.lines")
            limits.hold("cells", width * len(found), "limit.cells_with_empty")
    except csv.Error as error:
        if "field limit" in str(error):
            raise limits.LimitError(
                "line_characters", tell("limit.cell_of_more", error=error)
            ) from error
        raise refusal(
            "file.csv", tell("place.line", file=place, line=rows.line_num), error=error
        ) from error
    return found


# 培训1,500人次 without quotation marks: the comma of a figure, taken for the end of a cell
_THOUSANDS = expression(r"(?<!\d)[1-9]\d{0,2}$")
_HUNDREDS = expression(r"\d{3}(?!\d)")


def _with_thousands(found: Rows) -> tuple[Rows, list[tuple[int, str]]]:
    """The rows, a figure that its own comma cut in two put together where that alone gives the
    width of the other rows; and the line and the cell of each."""
    widths = Counter(len(row) for _, row in found if any(map(str.strip, row)))
    width = widths.most_common(1)[0][0] if widths else 0
    rows, joined = [], []
    for line, cells in found:
        row = cells
        cuts = [
            n
            for n in range(1, len(cells))
            if _THOUSANDS.search(cells[n - 1]) and _HUNDREDS.match(cells[n])
        ]
        if len(cells) > width > 1 and len(cells) - len(cuts) == width:
            whole: list[str] = []
            for n, cell in enumerate(cells):
                if n in cuts:
                    whole[-1] += f",{cell}"
                else:
                    whole.append(cell)
            joined += [(line, cell) for cell in whole if "," in cell and cell not in cells]
            row = whole
        rows.append((line, row))
    return rows, joined


def _never_closed(text: str, sign: str, found: Rows) -> str:
    """The text of a last row whose quotation mark nothing closes: it took all lines below it for
    its own. Empty where there is none."""
    if not found:
        return ""
    last = "".join(list(io.StringIO(text, newline=""))[found[-1][0] - 1 :])
    try:
        list(csv.reader(io.StringIO(last, newline=""), delimiter=sign, strict=True))
    except csv.Error as error:
        return last if "unexpected end" in str(error) else ""
    return ""


def separator(text: str) -> str:
    """Return the sign that parts the cells: the one that gives most rows of one width, and that
    wider than one cell. Excel writes it in a first line of its own, `sep=;`."""
    if text[:4].lower() == "sep=" and text[4:5] in SEPARATORS:
        return text[4]
    sample = text[:LOOKED_AT]
    whole = sample if len(sample) == len(text) else sample[: sample.rfind("\n") + 1] or sample
    for signs in (SEPARATORS[:4], SEPARATORS):
        best = max(signs, key=lambda sign: _regular(whole, sign))
        if _regular(whole, best)[0] >= HALF:
            return best
    return max(SEPARATORS, key=whole.count)


def _regular(text: str, sign: str) -> tuple[float, int]:
    """Share of the rows that have the commonest width by a separator, and that width; a width of
    one cell says nothing."""
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))
    except csv.Error:
        return 0.0, 0
    widths = Counter(len(row) for row in rows if any(map(str.strip, row)))
    wide = {width: n for width, n in widths.items() if width > 1}
    if not wide:
        return 0.0, 0
    width = max(wide, key=lambda w: (wide[w], w))
    return round(wide[width] / widths.total(), 1), width


def _row(row: list[str], line: int, width: int) -> Block:
    texts = [*map(str.strip, row), *[""] * (width - len(row))]
    return Block(tuple(Cell(text, line) for text in texts), is_row=True, table=1)
