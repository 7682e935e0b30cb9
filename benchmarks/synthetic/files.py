"""Write a made-up document as the bytes of a file: .txt, .html, .docx or .xlsx."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from html import escape

import docx
import openpyxl

from synthetic.content import MARK
from synthetic.layouts import Document, Table

Parts = tuple[tuple[str, bytes], ...]


def write(document: Document) -> bytes:
    """Return the bytes of a document in its format."""
    return {"txt": _text, "html": _html, "docx": _docx, "xlsx": _xlsx}[document.format](document)


def _text(document: Document) -> bytes:
    lines: list[str] = []
    for part in document.parts:
        if isinstance(part, str):
            lines += [*(part.split("\n")), ""]
        elif document.layout == "flattened_table":
            for row in part.rows:
                lines += [*("\t" + cell for cell in row), ""]
        elif document.layout == "run_on_table":
            lines += ["".join(cell for row in part.rows for cell in row)]
        else:
            lines += ["\t".join(row) for row in part.rows]
    return ("\n".join(lines) + "\n").encode(document.encoding)


def _covered(table: Table) -> tuple[dict[tuple[int, int], tuple[int, int]], set[tuple[int, int]]]:
    """The height and width of merged cells by their corner, and the places that they cover."""
    spans, covered = {}, set()
    for top, left, bottom, right in table.merges:
        spans[top, left] = (bottom - top + 1, right - left + 1)
        covered |= {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        covered.discard((top, left))
    return spans, covered


def _html(document: Document) -> bytes:
    body = []
    for part in document.parts:
        if isinstance(part, str):
            body.append(f"<p>{_lines(part)}</p>")
            continue
        spans, covered = _covered(part)
        body.append('<table border="1">')
        for r, row in enumerate(part.rows):
            cells = []
            for c, cell in enumerate(row):
                if (r, c) in covered:
                    continue
                down, across = spans.get((r, c), (1, 1))
                span = f' rowspan="{down}"' if down > 1 else ""
                span += f' colspan="{across}"' if across > 1 else ""
                cells.append(f"<td{span}>{_lines(cell)}</td>")
            body.append(f"<tr>{''.join(cells)}</tr>")
        body.append("</table>")
    page = (
        f'<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8"><title>'
        f'{escape(document.head.title)}</title><meta name="description" content="{MARK}">'
        f"<style>td{{border:1px solid}}</style></head>\n<body>\n{chr(10).join(body)}\n"
        f"</body></html>\n"
    )
    return page.encode()


def _lines(words: str) -> str:
    return escape(words).replace("\n", "<br>")


@cache
def _parts(kind: str) -> Parts:
    """The parts of an empty Word or Excel file, as their libraries write them."""
    file = io.BytesIO()
    if kind == "docx":
        empty = docx.Document()
        empty.core_properties.comments = MARK
        empty.save(file)
    else:
        book = openpyxl.Workbook()
        book.properties.description = MARK
        book.save(file)
    with zipfile.ZipFile(file) as archive:
        return tuple((name, _timeless(archive.read(name))) for name in archive.namelist())


# <dcterms:modified xsi:type="dcterms:W3CDTF">2026-01-01T12:00:00Z<: openpyxl writes the clock
_CLOCK = re.compile(rb"(W3CDTF\">)[^<]*")


def _timeless(data: bytes) -> bytes:
    return _CLOCK.sub(rb"\g<1>2026-01-01T00:00:00Z", data)


def _archive(parts: Parts, name: str, xml: str) -> bytes:
    """An archive of the parts with one of them replaced; no clock in it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for part, data in parts:
            info = zipfile.ZipInfo(part, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, xml.encode() if part == name else data)
    return file.getvalue()


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _docx(document: Document) -> bytes:
    body = []
    for part in document.parts:
        body.append(_paragraph(part) if isinstance(part, str) else _word_table(part))
    xml = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="{W}">'
        f"<w:body>{''.join(body)}<w:sectPr/></w:body></w:document>"
    )
    return _archive(_parts("docx"), "word/document.xml", xml)


def _paragraph(words: str) -> str:
    runs = "<w:br/></w:r><w:r>".join(
        f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in words.split("\n")
    )
    return f"<w:p><w:r>{runs}</w:r></w:p>"


def _word_table(table: Table) -> str:
    spans, covered = _covered(table)
    rows = []
    for r, row in enumerate(table.rows):
        cells = []
        for c, cell in enumerate(row):
            merge = '<w:vMerge w:val="restart"/>' if (r, c) in spans else ""
            merge = "<w:vMerge/>" if (r, c) in covered else merge
            words = "" if (r, c) in covered else cell
            cells.append(
                f'<w:tc><w:tcPr><w:tcW w:w="1500" w:type="dxa"/>{merge}</w:tcPr>'
                f"{_paragraph(words)}</w:tc>"
            )
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    columns = '<w:gridCol w:w="1500"/>' * len(table.rows[0])
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid>{columns}'
        f"</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


X = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def _xlsx(document: Document) -> bytes:
    rows: list[list[str]] = []
    merges = []
    for part in document.parts:
        if isinstance(part, str):
            rows.append([part])
            continue
        at = len(rows) + 1
        rows += part.rows
        merges += [
            f"{chr(65 + left)}{at + top}:{chr(65 + right)}{at + bottom}"
            for top, left, bottom, right in part.merges
        ]
        covered = _covered(part)[1]
        for r, c in covered:
            rows[at - 1 + r] = [*rows[at - 1 + r][:c], "", *rows[at - 1 + r][c + 1 :]]
    cells = "".join(
        f'<row r="{r}">{"".join(_cell(r, c, cell) for c, cell in enumerate(row) if cell)}</row>'
        for r, row in enumerate(rows, 1)
    )
    merged = "".join(f'<mergeCell ref="{area}"/>' for area in merges)
    merged = f'<mergeCells count="{len(merges)}">{merged}</mergeCells>' if merges else ""
    xml = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{X}">'
        f"<sheetData>{cells}</sheetData>{merged}</worksheet>"
    )
    return _archive(_parts("xlsx"), "xl/worksheets/sheet1.xml", xml)


def _cell(row: int, column: int, words: str) -> str:
    place = f"{chr(65 + column)}{row}"
    if words.isdecimal() and words.isascii():
        return f'<c r="{place}"><v>{words}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(words)}</t></is></c>'
