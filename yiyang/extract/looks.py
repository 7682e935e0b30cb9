"""Find how a workbook looks: number formats, hidden sheets, rows and columns, struck and broken
cells.

Calamine reads the values, quickly and from every kind of workbook; this is what it does not tell.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from yiyang.extract import cell_formats
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

Place = tuple[int, int]
"""Row and column, from 0."""
# General, @: a value as it is
_PLAIN = ("General", "@", "")
# LibreOffice and Excel, of formulas: #DIV/0! #N/A #REF!
_ERROR = expression(r"#(?:N/A|[A-Z]+[/!?0]*[!?]?)")


class TextRun(NamedTuple):
    """A part of the text of a cell that looks alike: why it is not read (struck, white), or
    nothing; and whether it is raised."""

    text: str
    left_out: str = ""
    is_raised: bool = False


@dataclass
class Looks:
    """How one sheet looks; where nothing is known (.xls, .ods), `is_known` is no. The cells in
    `runs` hold text of several looks."""

    is_known: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formats: dict[Place, str] = field(default_factory=dict)
    struck: set[Place] = field(default_factory=set)
    white: set[Place] = field(default_factory=set)
    runs: dict[Place, list[TextRun]] = field(default_factory=dict)
    formulas: set[Place] = field(default_factory=set)
    errors: dict[Place, str] = field(default_factory=dict)


# What a sheet, a style or a word must hold in its XML for a cell to look other than its value:
# hidden="1", ht="0", width="0", <f>, t="e"; <strike/>, <vertAlign val="superscript"/>; a number
# format but General (0) and @ (49)
_ODD_SHEET = expression(rb"""hidden=|(?:ht|width)=["']0|<(?:\w+:)?f[\s>/]|t=["']e["']|#[NDRV]""")
_ODD_STYLE = expression(
    rb"""<(?:\w+:)?(?:strike|vertAlign)|numFmtId=["'](?!(?:0|49)["'])|[fF]{6}["']|theme=["']0|indexed=["'][19]["']"""
)


def _are_plain(data: bytes) -> bool:
    """Whether every cell of a workbook shows its value as it is: most lists are words alone, and
    openpyxl takes ten times as long as calamine to say so."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return not any(
            (_ODD_STYLE if "styles" in name else _ODD_SHEET).search(book.read(name))
            for name in book.namelist()
            if name.endswith(".xml") and re.search("styles|worksheets/|sharedStrings", name)
        )


def of(data: bytes, names: Iterable[str]) -> dict[str, Looks]:
    """Return the looks of the sheets of an .xlsx, by their names."""
    if _are_plain(data):
        return {name: Looks(is_known=True) for name in names}
    import openpyxl  # noqa: PLC0415  (large, and only workbooks need it)

    with _silent():
        book = openpyxl.load_workbook(io.BytesIO(data), keep_links=False, rich_text=True)
        return {sheet.title: _of(sheet) for sheet in book.worksheets}


@contextmanager
def _silent() -> Iterator[None]:
    """Without openpyxl's remarks on parts that it would lose in writing: nothing is written."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


# White as openpyxl gives it: FFFFFFFF or 00FFFFFF; 1 and 9 of the old palette; the first of a theme
_WHITES = {"rgb": ("FFFFFFFF", "00FFFFFF"), "indexed": (1, 9), "theme": (0,)}


def _is_white(color: Any) -> bool:
    return color is not None and getattr(color, color.type, None) in _WHITES.get(color.type, ())


def _is_bare(fill: Any) -> bool:
    """Whether a cell has no ground of its own: white on blue is a heading."""
    return fill.fill_type is None or (fill.fill_type == "solid" and _is_white(fill.fgColor))


def _runs(cell: Any) -> Iterator[TextRun]:
    """The parts of a cell's rich text; one without a look of its own looks as the cell does."""
    from openpyxl.utils.escape import unescape  # noqa: PLC0415

    for part in cell.value:
        font = cell.font if isinstance(part, str) else part.font
        what = ""
        if font.strike:
            what = tell("extract.struck_text")
        elif _is_white(font.color) and _is_bare(cell.fill):
            what = tell("extract.white_text")
        yield TextRun(unescape(str(part)), what, font.vertAlign == "superscript")


def _of(sheet: Any) -> Looks:
    rows = frozenset(
        n - 1 for n, row in sheet.row_dimensions.items() if row.hidden or row.height == 0
    )
    columns = frozenset(
        n - 1
        for column in sheet.column_dimensions.values()
        if column.hidden or column.width == 0
        for n in range(column.min or 1, min(column.max or 1, 20_000) + 1)
    )
    looks = Looks(True, rows, columns)
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is None:
                continue
            place = cell.row - 1, cell.column - 1
            code = cell_formats.BUILT_IN.get(cell._style.numFmtId, cell.number_format)
            if code not in _PLAIN:
                looks.formats[place] = code
            if isinstance(cell.value, list):
                looks.runs[place] = [*_runs(cell)]
                continue
            if cell.font.strike:
                looks.struck.add(place)
            if _is_white(cell.font.color) and _is_bare(cell.fill):
                looks.white.add(place)
            if cell.data_type == "f":
                looks.formulas.add(place)
            elif cell.data_type == "e" or (
                isinstance(cell.value, str) and _ERROR.fullmatch(cell.value)
            ):
                looks.errors[place] = str(cell.value)
    return looks
