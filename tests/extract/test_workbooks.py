"""Workbooks are read as they are shown: formats of numbers and days, hidden and struck parts."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart, Reference
from openpyxl.styles import Font, PatternFill

from yiyang import extract
from yiyang.extract import cell_formats
from yiyang.safety import limits
from yiyang.safety.errors import InputError

DAY = cell_formats.serial(dt.date(2025, 6, 1))

SHOWN = [
    ('yyyy"年"m"月"', DAY, "2025年6月"),
    ('[$-804]yyyy"年"m"月";@', DAY, "2025年6月"),
    ("yyyy-mm", DAY, "2025年6月"),
    ("mmm-yy", DAY, "2025年6月"),
    ('yyyy"年"m"月底前"', DAY, "2025年6月底前"),
    ('yyyy/m"底前"', DAY, "2025年6月底前"),
    ('yyyy"年"', DAY, "2025年"),
    ('m"月"d"日"', DAY, "6月1日"),
    ("d-mmm", DAY, "6月1日"),
    ("mm-dd-yy", DAY, "2025-06-01"),
    ("yyyy/m/d h:mm", DAY, "2025年6月1日"),
    ('[DBNum1]yyyy"年"m"月"', DAY, "二〇二五年六月"),
    ("0%", 0.4, "40%"),
    ("0.0%", 0.456, "45.6%"),
    ('#,##0"张"', 1200, "1,200张"),
    ('0"张"', 260, "260张"),
    ('"第"0"季度"', 2, "第2季度"),
    ("General", 0.1 + 0.2, "0.3"),
    ('General"所"', 3, "3所"),
    ("000", 3, "003"),
    ("#.##", 1.5, "1.5"),
    ('#,##0,"千元"', 1234567, "1,235千元"),
    ("#,##0;[Red]-#,##0", -5, "-5"),
    ('[>=100]0"个";0"所"', 3, "3所"),
    ("[$¥-804]#,##0", 5, "¥5"),
    ("h:mm", DAY + 0.5, None),
    ("# ?/?", 0.5, None),
]


@pytest.mark.parametrize(("code", "value", "shown"), SHOWN)
def test_a_number_is_read_as_its_format_shows_it(
    code: str, value: float, shown: str | None
) -> None:
    assert cell_formats.shown(value, code) == shown


def _book() -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    for row in (
        ("序号", "任务", "责任单位", "草稿"),
        (1, "建站", "县民政局", "旧"),
        (2, "废弃", "县财政局", None),
        (3, "签约", "县卫健局", None),
    ):
        book.active.append(row)
    return book


def _read(book: openpyxl.Workbook) -> tuple[list[tuple[str, ...]], str]:
    data = io.BytesIO()
    book.save(data)
    page = extract.blocks(data.getvalue(), "a.xlsx")
    return [block.texts for block in page.blocks], "\n".join(map(str, page.warnings))


def _hide_row(book: Any) -> None:
    book.active.row_dimensions[3].hidden = True


def _hide_column(book: Any) -> None:
    book.active.column_dimensions["D"].hidden = True


def _hide_sheet(book: Any, state: str = "hidden") -> None:
    sheet = book.create_sheet("旧稿")
    sheet["A1"] = "作废"
    sheet.sheet_state = state


def _strike(book: Any) -> None:
    book.active["B3"].font = Font(strike=True)


def _white(book: Any, ground: str = "") -> None:
    book.active["B3"].font = Font(color="FFFFFF")
    if ground:
        book.active["B3"].fill = PatternFill("solid", fgColor=ground)


def _formula(book: Any) -> None:
    book.active["B3"] = "=A1&A2"


def _error(book: Any) -> None:
    book.active["B3"] = "#REF!"


def _typed(book: Any) -> None:
    book.active["A3"] = dt.date(2025, 1, 1)
    book.active["A3"].number_format = 'm"月"d"日"'


LEFT_OUT = {
    "row": (_hide_row, "废弃", "a hidden row: “2 废弃 县财政局”"),
    "column": (_hide_column, "草稿", "a hidden column: “草稿 旧”"),
    "sheet": (_hide_sheet, "作废", "a hidden sheet: “旧稿: 作废”"),
    "very": (lambda b: _hide_sheet(b, "veryHidden"), "作废", "a hidden sheet: “旧稿: 作废”"),
    "struck": (_strike, "废弃", "line 3: found struck text: “废弃”"),
    "white": (_white, "废弃", "line 3: found white text: “废弃”"),
    "white on white": (lambda b: _white(b, "FFFFFF"), "废弃", "found white text: “废弃”"),
    "formula": (_formula, "废弃", "line 3: found a formula without a value"),
    "error": (_error, "#REF!", "line 3: found an error value: “#REF!”"),
    "typed": (_typed, "废话", "line 3: found a day in the column of the numbers: “1月1日”"),
}


@pytest.mark.parametrize("what", LEFT_OUT)
def test_what_a_workbook_does_not_show_is_left_out_and_said(what: str) -> None:
    change, words, said = LEFT_OUT[what]
    book = _book()
    change(book)
    rows, warnings = _read(book)
    assert said in warnings
    assert words not in str(rows)
    assert rows[-1][:3] == ("3", "签约", "县卫健局")


STRUCK, PLAIN = InlineFont(strike=True), InlineFont()
PARTS = {
    "part struck": (
        ["建站", TextBlock(STRUCK, "3处"), TextBlock(PLAIN, "5处")],
        "建站5处",
        "“3处”",
    ),
    "part white": ([TextBlock(InlineFont(color="FFFFFFFF"), "密"), "建站"], "建站", "“密”"),
    "all struck": ([TextBlock(STRUCK, "建"), TextBlock(STRUCK, "站")], "", "struck text: “建站”"),
    "a mark of a note": (
        ["30", TextBlock(InlineFont(vertAlign="superscript"), "1"), TextBlock(PLAIN, "张")],
        "30张",
        "",
    ),
    "an exponent": (["9m", TextBlock(InlineFont(vertAlign="superscript"), "2")], "9m²", ""),
}


@pytest.mark.parametrize("kind", PARTS)
def test_the_parts_of_a_cell_are_read_as_they_look(kind: str) -> None:
    parts, text, said = PARTS[kind]
    book = _book()
    book.active["B3"] = CellRichText(*parts)
    rows, warnings = _read(book)
    assert rows[2][1] == text
    assert said in warnings
    assert bool(said) == bool(warnings)


def test_a_struck_cell_strikes_the_parts_without_a_look_of_their_own() -> None:
    book = _book()
    book.active["B3"] = CellRichText("旧", TextBlock(PLAIN, "新"))
    book.active["B3"].font = Font(strike=True)
    rows, warnings = _read(book)
    assert rows[2][1] == "新"
    assert "struck text: “旧”" in warnings


def test_white_on_blue_is_shown() -> None:
    book = _book()
    _white(book, "1F4E79")
    rows, warnings = _read(book)
    assert "废弃" in str(rows)
    assert not warnings


def test_a_merged_cell_is_read_where_its_first_row_is_shown() -> None:
    book = _book()
    book.active["C2"] = "县民政局"
    book.active.merge_cells("C2:C4")
    book.active.row_dimensions[3].hidden = True
    rows, _ = _read(book)
    assert [row[2] for row in rows] == ["责任单位", "县民政局", "县民政局"]


def test_a_book_that_hides_nothing_has_nothing_said() -> None:
    rows, warnings = _read(_book())
    assert len(rows) == 4
    assert not warnings


def _sign(book: Any, names: str, day: str) -> None:
    book.active.append((names, None, day, None))
    row = book.active.max_row
    book.active.merge_cells(f"A{row}:B{row}")
    book.active.merge_cells(f"C{row}:D{row}")


def test_a_row_that_signs_a_sheet_is_its_last() -> None:
    """In the middle, names beside a day are a row of the table, which loses no column."""
    names, day = "县卫健局", "2025年9月30日"
    book = _book()
    _sign(book, names, day)
    book.active.append((5, "验收", "县民政局"))
    rows, _ = _read(book)
    assert len([row for row in rows if names in row and day in row]) == 1
    _sign(book, names, day)
    rows, _ = _read(book)
    assert rows[-2:] == [(names,), (day,)]
    assert len([row for row in rows if names in row and day in row]) == 1


def test_the_type_of_a_workbook_is_read_beside_a_sheet_that_is_a_chart() -> None:
    book = openpyxl.Workbook()
    book.active.append(["甲"])
    chart = BarChart()
    chart.add_data(Reference(book.active, min_col=1, min_row=1))
    book.create_chartsheet("图").add_chart(chart)
    tasks = book.create_sheet("任务")
    tasks.append(["乙", "丙"])
    tasks["B1"].font = Font(bold=True)
    file = io.BytesIO()
    book.save(file)
    lines = [block.line for block in extract.blocks(file.getvalue(), "a.xlsx").blocks]
    found = extract.type_looks(file.getvalue(), "a.xlsx")
    assert [(own.line, own.words, *own.looks) for own in found] == [
        (1, "甲"),
        (2, "乙"),
        (2, "丙", "bold"),
    ]
    assert lines == [1, 2]


def test_type_that_cannot_be_read_is_not_known_and_limits_hold(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def find(*_given: object) -> None:
        raise AttributeError

    monkeypatch.setattr(extract.shown, "find", find)
    assert extract.type_looks(b"", "a.xlsx") == []
    monkeypatch.setattr(
        extract.shown, "find", lambda *_: limits.hold("cells", 10**9, "limit.rows_read")
    )
    with pytest.raises(InputError):
        extract.type_looks(b"", "a.xlsx")
