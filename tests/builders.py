"""Documents for the tests in the formats that no editor writes: Word, Excel, PDF."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

Rows = Sequence[Sequence[str]]
Merge = tuple[tuple[int, int], tuple[int, int]]

_NUMBERING = (
    '<w:abstractNum {ns} w:abstractNumId="90"><w:multiLevelType w:val="multilevel"/>'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="（%2）"/></w:lvl></w:abstractNum>'
)


def word(path: Path, parts: Sequence[Any]) -> Path:
    """A .docx of paragraphs (str), numbered ones ((level, text)) and tables ((rows, merges))."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(0, parse_xml(_NUMBERING.format(ns=nsdecls("w"))))
    num = OxmlElement("w:num")
    num.set(qn("w:numId"), "90")
    reference = OxmlElement("w:abstractNumId")
    reference.set(qn("w:val"), "90")
    num.append(reference)
    numbering.append(num)
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
        elif isinstance(part[0], int):
            _numbered(document.add_paragraph(part[1]), part[0])
        else:
            _table(document, *part)
    document.save(str(path))
    return path


def _numbered(paragraph: Any, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = 90


def _table(document: Any, rows: Rows, merges: Sequence[Merge] = ()) -> None:
    table = document.add_table(len(rows), max(map(len, rows)))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            table.cell(r, c).text = text
    for (top, left), (bottom, right) in merges:
        text = table.cell(top, left).text
        table.cell(top, left).merge(table.cell(bottom, right)).text = text


def workbook(path: Path, rows: Rows, merges: Sequence[str] = ()) -> Path:
    """An .xlsx of one sheet, written by hand: no library for writing is needed to read."""
    cells = "".join(
        f'<row r="{r}">'
        + "".join(
            f'<c r="{chr(64 + c)}{r}" t="inlineStr"><is><t>{text}</t></is></c>'
            for c, text in enumerate(row, 1)
            if text
        )
        + "</row>"
        for r, row in enumerate(rows, 1)
    )
    merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in merges)
    merged = f'<mergeCells count="{len(merges)}">{merged}</mergeCells>' if merges else ""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="任务" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData>'
        f"{merged}</worksheet>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return path


def pdf(path: Path, title: str = "", rows: Rows = ()) -> Path:
    """A .pdf of one page: a title and a ruled table, or without either a picture (a scan)."""
    import matplotlib as mpl  # noqa: PLC0415  (large, and few need it)
    import matplotlib.pyplot as plt  # noqa: PLC0415

    from yiyang.charts import style  # noqa: PLC0415

    style.apply()
    with mpl.rc_context({"pdf.fonttype": 42, "figure.constrained_layout.use": False}):
        figure = plt.figure(figsize=(8.3, 6))
        figure.text(0.1, 0.95, title)
        axes = figure.add_axes((0.1, 0.2, 0.8, 0.6) if rows else (0, 0, 1, 1))
        axes.axis("off")
        if rows:
            heads, *cells = rows
            axes.table([list(row) for row in cells], colLabels=heads, loc="center", cellLoc="left")
        else:
            axes.imshow([[0, 1], [1, 0]])
        figure.savefig(path, metadata={"CreationDate": None})
        plt.close(figure)
    return path
