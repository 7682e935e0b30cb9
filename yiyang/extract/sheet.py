"""Read workbooks (.xlsx, .xls, .ods): each sheet a table as it is shown."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from python_calamine import CalamineWorkbook, SheetVisibleEnum

from yiyang.extract import archive, cell_formats, looks, package_parts
from yiyang.extract.aside import Aside
from yiyang.extract.blocks import Block, Cell, Grid, Page, paragraph
from yiyang.extract.notes import Notes
from yiyang.safety import limits
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

Corner = tuple[int, int]
Values = list[list[Any]]

_SHOW = tell("extract.unhide_excel_if_belongs_list")
_NUMBER = tell("extract.type_number_text_excel_save")
_COMPUTE = tell("extract.open_excel_let_compute_save")
_MONTH = tell("extract.save_xlsx_says_whether_day")
# 序号, 编号, No.: the column of the tasks' numbers
_NUMBER_HEAD = expression(r"序\s*号|编\s*号|项\s*号|No\.?|号")


def page(data: bytes, place: str) -> Page:
    """Return the blocks of a workbook; what it hides and its macros are said."""
    aside = Aside(place)
    blocks = _blocks(data, place, aside)
    package_parts.say(data, aside)
    warnings = (*_macros(data, place), *aside.warnings())
    return Page(blocks, warnings=warnings, left=aside.left())


def _blocks(data: bytes, place: str, aside: Aside) -> list[Block]:
    """The blocks of a workbook. The lines of a second sheet count on from those of the first."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
        seen = {m.name: m.visible == SheetVisibleEnum.Visible for m in book.sheets_metadata}
        sizes = sum(sheet.total_height * sheet.total_width for sheet in sheets)
    except (KeyboardInterrupt, MemoryError):
        raise
    except BaseException as error:  # calamine panics on some damaged files, which is no Exception
        raise refusal("file.workbook", place, error=error) from error
    limits.hold("cells", sizes, "limit.cells_of_sheet")
    known = _looks(data, aside, book.sheet_names)
    found: list[Block] = []
    line = table = 0
    for sheet in sheets:
        rows = sheet.to_python(skip_empty_area=False)
        if not seen.get(sheet.name, True):
            aside.add(tell("extract.hidden_sheet"), f"{sheet.name}: {_words(rows)}", remedy=_SHOW)
            continue
        table += 1
        own = _Sheet(rows, known.get(sheet.name, looks.Looks()), line, aside)
        found += own.blocks(list(sheet.merged_cell_ranges or []), table)
        line += len(rows)
    return found


def _looks(data: bytes, aside: Aside, names: list[str]) -> dict[str, looks.Looks]:
    """How the sheets of an .xlsx look; it is said where a damaged one does not tell."""
    if not archive.holds(data, "xl/workbook.xml"):
        return {}
    try:
        return looks.of(data, names)
    except (MemoryError, RecursionError):
        raise
    except Exception as error:  # openpyxl raises many kinds on files that Excel would mend
        what = tell("extract.looks_unknown", kind=type(error).__name__)
        aside.add(what, "", remedy=tell("extract.save_anew_excel"))
        return {}


def _words(rows: Values) -> str:
    return " ".join(_plain(value) for row in rows for value in row if value not in ("", None))


class _Sheet:
    """One sheet: its rows as they are shown."""

    def __init__(self, rows: Values, look: looks.Looks, line: int, aside: Aside) -> None:
        self._look, self._line, self._aside = look, line, aside
        self._width = max(map(len, rows), default=0)
        shown = [r for r in range(len(rows)) if r not in look.hidden_rows]
        for r in set(range(len(rows))) - set(shown):
            self._leave_out(tell("extract.hidden_row"), [rows[r]], r)
        self._columns = [c for c in range(self._width) if c not in look.hidden_columns]
        for c in set(range(self._width)) - set(self._columns):
            column = [[row[c]] for row in rows if c < len(row)]
            self._leave_out(tell("extract.hidden_column"), column, 0)
        self._notes = Notes()
        self._numbers: set[int] = set()  # columns headed 序号
        self._rows = {r: [self._text(v, (r, c)) for c, v in enumerate(rows[r])] for r in shown}

    def _leave_out(self, what: str, rows: Values, row: int) -> None:
        if words := _words(rows):
            self._aside.add(what, words, self._line + row + 1, _SHOW)

    def blocks(self, merges: list[tuple[Corner, Corner]], table: int) -> list[Block]:
        """Return the rows that are not empty."""
        grid = Grid(table)
        at = {r: n for n, r in enumerate(self._rows)}
        across = {c: n for n, c in enumerate(self._columns)}
        for r, row in self._rows.items():
            grid.add_row(self._line + r + 1)
            for c, text in enumerate(row):
                if c in across:
                    cell = Cell(text, self._line + r + 1)
                    grid.place(cell, range(at[r], at[r] + 1), range(across[c], across[c] + 1))
        covered: set[Corner] = set()
        for (top, left), (bottom, right) in merges:
            down = [r for r in range(top, min(bottom, max(at, default=-1)) + 1) if r in at]
            over = [c for c in range(left, min(right, self._width - 1) + 1) if c in across]
            if down and over and (top, left) not in covered and top in at:
                row = self._rows[top]
                cell = Cell(row[left] if left < len(row) else "", self._line + top + 1)
                rows, columns = [at[r] for r in down], [across[c] for c in over]
                grid.place(cell, range(rows[0], rows[-1] + 1), range(columns[0], columns[-1] + 1))
                covered.add((top, left))
        blocks = grid.blocks()
        last = max((n for n, block in enumerate(blocks) if _n_said(block) > 2), default=-1)
        return [one for n, block in enumerate(blocks) for one in _lone(block, is_behind=n > last)]

    def _text(self, value: Any, place: Corner) -> str:
        """What a cell shows; what it does not, or what is not the words typed there, is said."""
        line = self._line + place[0] + 1
        look = self._look
        if isinstance(value, str) and _NUMBER_HEAD.fullmatch(value.strip()):
            self._numbers.add(place[1])
        if place in look.errors:
            self._aside.add(tell("extract.error_value"), look.errors[place], line, _COMPUTE)
            return ""
        if value == "" and place in look.formulas:
            self._aside.add(tell("extract.formula_without_value"), "", line, _COMPUTE)
            return ""
        if place in look.runs:
            return self._of_runs(look.runs[place], line)
        text = self._shown(value, look.formats.get(place, ""), line)
        if isinstance(value, dt.date) and place[1] in self._numbers:
            self._aside.add(tell("extract.day_column_numbers"), text, line, _NUMBER, is_read=True)
        for what, places in (
            (tell("extract.struck_text"), look.struck),
            (tell("extract.white_text"), look.white),
        ):
            if place in places and text:
                self._aside.add(what, text, line)
                return ""
        return text

    def _of_runs(self, runs: Iterable[looks.TextRun], line: int) -> str:
        """The text of a cell of several looks: what is struck is said, a mark of a note is none of
        its figures."""
        words = []
        for what, run in groupby(runs, key=lambda one: one.left_out):
            if what:
                if out := "".join(piece.text for piece in run).strip():
                    self._aside.add(what, out, line)
            else:
                words += [self._notes.raised(p.text) if p.is_raised else p.text for p in run]
        return self._notes.marked("".join(words)).strip()

    def _shown(self, value: Any, code: str, line: int) -> str:
        if isinstance(value, bool) or not isinstance(value, int | float | dt.date):
            return _plain(value)
        if code:
            number = cell_formats.serial(value) if isinstance(value, dt.date) else float(value)
            text = cell_formats.shown(number, code)
            if text is not None:
                return text
            what = tell("extract.number_under_format_not_known", code=code)
            self._aside.add(what, _plain(value), is_read=True)
        elif isinstance(value, dt.date) and value.day == 1 and not self._look.is_known:
            what = tell("extract.first_day_may_stand_for")
            self._aside.add(what, _plain(value), line, _MONTH, is_read=True)
        return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.12g}"
    if isinstance(value, dt.datetime) and value.time() == dt.time():
        return value.date().isoformat()
    return str(value).strip()


# 县人民政府办公室 | 2025年5月30日, each over several columns
_NAMES = expression(
    r"(?![建修搬改新完开编购扩整治])[^\d。，,；;]{3,60}(?:[局委厅部办院会室府处]|中心|公司|小组)"
)
_DAY = expression(r"(?:19|20)\d\d年\d{1,2}月\d{1,2}日")


def _n_said(block: Block) -> int:
    """The cells of a row that say something of their own."""
    return sum(bool(cell.text) and not cell.is_repeat for cell in block.cells)


def _lone(block: Block, *, is_behind: bool) -> list[Block]:
    """A row with one cell of text (a title above the table) is a paragraph; one behind the rows of
    the table that is signed, with nothing but names and a day, is two."""
    texts = [cell for cell in block.cells if cell.text and not cell.is_repeat]
    # Cells that repeat another text are merged with the rows above: a row like any other.
    is_wide = len(texts) == 1 and all(cell.text == texts[0].text for cell in block.cells)
    if is_wide and len(block.cells) > 1:
        return [paragraph(texts[0].text, texts[0].line)]
    is_two = is_behind and len(texts) == 2 and len(block.cells) > 2
    is_two = is_two and bool(block.cells[0].text)  # 建设县人民医院, below its own head
    is_signed = is_two and _NAMES.fullmatch(texts[0].text)
    if is_signed and _DAY.fullmatch(texts[1].text.replace(" ", "")):
        return [paragraph(cell.text, cell.line) for cell in texts]
    return [block]


def _macros(data: bytes, place: str) -> tuple[InputError, ...]:
    return archive.macros(data, place) if data.startswith(b"PK") else ()
