"""One table of tasks, written in every format with whatever an editor puts into it, reads alike."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from html import escape
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pages import new_page
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

from yiyang import extract
from yiyang.core.text import squash

HEAD = ("序号", "工作任务", "责任单位", "完成时限")
WORDS = (
    "建设养老驿站",
    "签约家庭医生",
    "2*3米",
    "A-B区",
    "30张",
    "40%—60%",
    "，",
    "。",
    "（含）",
    "a_b",
)
UNITS = ("县民政局", "县卫生健康局、县财政局", "各镇（街道）")
TIMES = ("6月底前", "全年", "2025年9月30日")

Row = tuple[str, str, str, str]
Draw = Callable[[Any], Any]
"""Draws from a strategy: a writer decides with it where its marks stand."""


@st.composite
def tables(draw: Draw) -> list[Row]:
    n = draw(st.integers(1, 4))
    texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map("".join)
    return [
        (str(i + 1), "做" + draw(texts), draw(st.sampled_from(UNITS)), draw(st.sampled_from(TIMES)))
        for i in range(n)
    ]


def pieces(draw: Draw, text: str) -> list[str]:
    """The text cut at up to two places."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=2)))
    return [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True) if a < b]


def spans(rows: list[Row], draw: Draw) -> list[int]:
    """Over how many rows the unit of each row goes; 0 where the cell above goes on."""
    found = [1] * len(rows)
    if not draw(st.booleans()):
        return found
    for i in range(len(rows) - 1, 0, -1):
        if rows[i][2] == rows[i - 1][2]:
            found[i - 1], found[i] = found[i - 1] + found[i], 0
    return found


# What an editor puts around and between the words of a page: none of it is a word.
INLINE = (
    "{}",
    "<b>{}</b>",
    "<span style='color:red'><i>{}</i></span>",
    "{}&shy;",
    "{}&#8203;",
    "<span hidden>旧稿</span>{}",
    "{}<span style='display: none'>旧稿</span>",
    "{}<!-- 旧稿 -->",
    "<font>{}</font><sup>[1]</sup>",
)


def html(rows: list[Row], draw: Draw) -> bytes:
    lines = ["<table><tr>" + "".join(f"<th>{cell}</th>" for cell in HEAD) + "</tr>"]
    for row, down in zip(rows, spans(rows, draw), strict=True):
        cells = []
        for column, text in enumerate(row):
            if column == 2 and not down:
                continue
            words = "".join(
                draw(st.sampled_from(INLINE)).format(escape(piece)) for piece in pieces(draw, text)
            )
            cells.append(f"<td rowspan={down if column == 2 else 1}>{words}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
        if draw(st.booleans()) and down == 1:
            lines.append("<tr hidden><td>9</td><td>旧稿</td><td>旧</td><td>旧</td></tr>")
    return ("<html><meta charset=utf-8><body>" + "\n".join(lines) + "</table>").encode()


def word(rows: list[Row], draw: Draw) -> bytes:
    document = docx.Document()
    table = document.add_table(len(rows) + 1, 4)
    for cell, text in zip(table.rows[0].cells, HEAD, strict=True):
        cell.text = text
    for r, row in enumerate(rows, 1):
        for c, text in enumerate(row):
            paragraph = table.cell(r, c).paragraphs[0]
            for piece in pieces(draw, text):
                _run(
                    paragraph, piece, draw(st.sampled_from(("", "bold", "vanish", "soft", "mark")))
                )
    for r, down in enumerate(spans(rows, draw), 1):
        for later in range(r + 1, r + down):
            table.cell(later, 2).text = ""
        if down > 1:
            table.cell(r, 2).merge(table.cell(r + down - 1, 2))
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def _run(paragraph: Any, words: str, look: str) -> None:
    """A run of a paragraph; its hyphens are those that break no line."""
    run = paragraph.add_run()
    for n, part in enumerate(words.split("-")):
        if n:
            run._r.append(OxmlElement("w:noBreakHyphen"))
        run.add_text(part)
    run.bold = look == "bold"
    if look == "vanish":
        paragraph.add_run("旧稿").font.hidden = True
    elif look == "soft":
        run._r.append(OxmlElement("w:softHyphen"))
    elif look == "mark":
        paragraph.add_run("[1]").font.superscript = True


def excel(rows: list[Row], draw: Draw) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    is_wide = draw(st.booleans())  # with a column that is hidden
    sheet.append([*HEAD, *["旧稿"] * is_wide])
    for row, down in zip(rows, spans(rows, draw), strict=True):
        sheet.append([int(row[0]), *row[1:], *["旧稿"] * is_wide])
        if down > 1:
            sheet.merge_cells(f"C{sheet.max_row}:C{sheet.max_row + down - 1}")
        elif down == 1 and draw(st.booleans()):
            sheet.append([9, "旧稿", "旧", "旧"])
            sheet.row_dimensions[sheet.max_row].hidden = True
    sheet.column_dimensions["E"].hidden = is_wide
    if draw(st.booleans()):
        book.create_sheet("旧稿").sheet_state = "hidden"
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def markdown(rows: list[Row], draw: Draw) -> bytes:
    has_bars = draw(st.booleans())
    lines = [" | ".join(HEAD), "|".join([draw(st.sampled_from(("---", ":-:", "-:")))] * 4)]
    for row in rows:
        cells = []
        for text in row:
            safe = text.replace("*", "\\*").replace("_", "\\_")
            look = st.sampled_from(("{}", "**{}**", "<b>{}</b>", "{}<!-- 旧稿 -->", "{}&#8203;"))
            cells.append(draw(look).format(safe))
        lines.append(" | ".join(cells))
    return "\n".join(f"| {line} |" if has_bars else line for line in ["", *lines][1:]).encode()


def separated(rows: list[Row], draw: Draw) -> bytes:
    text = io.StringIO()
    settings = {
        "delimiter": draw(st.sampled_from(",;\t")),
        "quoting": draw(st.sampled_from((csv.QUOTE_ALL, csv.QUOTE_MINIMAL))),
    }
    csv.writer(text, **settings).writerows([HEAD, *rows])
    return text.getvalue().encode(draw(st.sampled_from(("utf-8", "utf-8-sig", "gb18030"))))


WRITERS = {"html": html, "docx": word, "xlsx": excel, "md": markdown, "csv": separated}


def read(data: bytes, kind: str) -> list[list[str]]:
    page = extract.blocks(data, f"a.{kind}")
    return [[squash(text) for text in block.texts] for block in page.blocks if len(block.cells) > 1]


@pytest.mark.parametrize("kind", WRITERS)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(rows=tables(), data=st.data())
def test_a_table_reads_alike_in_every_format(kind: str, rows: list[Row], data: Any) -> None:
    written = WRITERS[kind](rows, data.draw)
    assert read(written, kind) == [[squash(text) for text in row] for row in (HEAD, *rows)]


@pytest.mark.browser
@settings(
    max_examples=4,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(rows=tables(), data=st.data())
def test_a_table_printed_by_a_browser_reads_alike(browser, rows: list[Row], data: Any) -> None:
    page = new_page(browser)
    style = b"<style>td,th{border:1px solid;padding:4px} table{border-collapse:collapse}</style>"
    page.set_content((html(rows, data.draw) + style).decode())
    printed = page.pdf()
    page.context.close()
    assert read(printed, "pdf") == [[squash(text) for text in row] for row in (HEAD, *rows)]


def drawn(rows: list[Row], draw: Draw) -> bytes:
    """The table as ReportLab draws it: one of Adobe's Chinese fonts that the file does not hold,
    each cell at its place, the rules as paths, bold by drawing twice."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    data = io.BytesIO()
    page = canvas.Canvas(data, pagesize=(595, 842), pageCompression=draw(st.booleans()))
    page.setFont("STSong-Light", 8)
    lefts, height = (40, 70, 320, 460, 550), 24
    for n, (row, down) in enumerate(zip([HEAD, *rows], [1, *spans(rows, draw)], strict=True)):
        for column, text in enumerate(row):
            if column == 2 and not down:
                continue
            left, tall = lefts[column], height * (down if column == 2 else 1)
            bottom = 780 - n * height - tall
            page.rect(left, bottom, lefts[column + 1] - left, tall)
            for _ in range(draw(st.sampled_from((1, 2)))):
                page.drawString(left + 4, bottom + tall / 2, text)
    page.save()
    return data.getvalue()


@settings(max_examples=15, deadline=None, derandomize=True)
@given(rows=tables(), data=st.data())
def test_a_table_drawn_by_another_writer_reads_alike(rows: list[Row], data: Any) -> None:
    printed = drawn(rows, data.draw)
    assert read(printed, "pdf") == [[squash(text) for text in row] for row in (HEAD, *rows)]
