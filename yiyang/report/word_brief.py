"""Write the page for the director's desk in Word: A4 on its side, two columns to fill."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yiyang.core.corpus import Corpus
from yiyang.core.messages import LANGS, Lang, join, label, names
from yiyang.report import briefs, downloads, governments
from yiyang.safety import escaping
from yiyang.show import brief

if TYPE_CHECKING:
    import pandas as pd

WIDTHS = (3.3, 2.8, 6.3, 2.5, 6.2, 3.6, 2.3)
"""Centimetres of the columns, which fill the sheet between its margins."""
MARGIN = 1.2


def write_all(corpus: Corpus, folder: Path) -> None:
    """Write the brief of every place in both languages; of a list alone there is none."""
    places = list(dict.fromkeys(corpus.tasks["jurisdiction"]))
    for place in places if len(places) > 1 else ():
        for lang in LANGS:
            write(corpus, place, lang, folder / briefs.word_name(governments.key(place), lang))


def write(corpus: Corpus, place: str, lang: Lang, path: Path) -> None:
    """Write the brief of `place`."""
    from docx import Document  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415
    from docx.shared import Pt  # noqa: PLC0415

    paper = Document()
    style = paper.styles["Normal"]
    style.font.name, style.font.size = downloads.FONT, Pt(8)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), downloads.FONT)
    style.paragraph_format.space_after = Pt(2)
    on_side(paper.sections[0])
    title = titled(corpus, place, lang)
    paper.core_properties.author, paper.core_properties.title = "yiyang", title
    run = paper.add_paragraph().add_run(title)
    run.bold, run.font.size = True, Pt(14)
    sheet(paper, corpus, place, lang)
    paper.save(str(path))
    downloads.fix_times(path)


def titled(corpus: Corpus, place: str, lang: Lang) -> str:
    """Title the brief of `place`."""
    place_name = names(corpus.jurisdictions, lang)[place]
    return escaping.visible(
        join([place_name, label("government.brief.title", lang)], "colon", lang)
    )


def on_side(section: Any) -> None:
    """Lay the sheets of a section on their side."""
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415
    from docx.shared import Cm  # noqa: PLC0415

    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(29.7), Cm(21)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Cm(MARGIN))


def sheet(paper: Any, corpus: Corpus, place: str, lang: Lang) -> None:
    """Add the brief of `place`, below its title, to a document."""
    from docx.shared import Pt  # noqa: PLC0415

    found = brief.rows(corpus, place)
    if found.empty:
        paper.add_paragraph(label("government.brief.empty", lang))
        return
    paper.add_paragraph(briefs.lead(found, corpus, lang))
    _table(paper, found, brief.plain(found, corpus, lang))
    paper.add_paragraph(label("government.brief.caution", lang)).paragraph_format.space_before = Pt(
        4
    )
    paper.add_paragraph(
        f"{label('government.brief.sources', lang)}{label('mark.colon', lang)}"
        + escaping.visible(" ".join(brief.sources(found, corpus, lang).striptags().split()))
    )


def _table(paper: Any, found: pd.DataFrame, sheet: pd.DataFrame) -> None:
    """The table: its head on every page, no row parted, the cells of a measure made one."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.shared import Cm  # noqa: PLC0415

    table = paper.add_table(rows=1 + len(sheet), cols=len(sheet.columns), style="Table Grid")
    table.autofit = False
    texts = [list(sheet.columns), *sheet.to_numpy().tolist()]
    # To ask the table for a cell reads all of its rows each time: the cells are asked for once.
    cells = [row.cells for row in table.rows]
    for row, own, said in zip(table.rows, cells, texts, strict=True):
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        for cell, text, width in zip(own, said, WIDTHS, strict=True):
            cell.width = Cm(width)
            cell.text = escaping.visible(text)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell in table.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    is_first = found["measure"].ne(found["measure"].shift())
    begins = [number for number, first in enumerate(is_first, 1) if first]
    for first, after in pairwise([*begins, len(sheet) + 1]):
        for column in (0, 4, 5, 6) if after - first > 1 else ():
            _as_one([cells[row][column] for row in range(first, after)])


def _as_one(cells: list[Any]) -> None:
    """Make the cells of a column that stand below each other one, with the words of all."""
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    first, *below = cells
    for cell in cells:
        merge = OxmlElement("w:vMerge")
        merge.set(qn("w:val"), "restart" if cell is first else "continue")
        cell._tc.get_or_add_tcPr().append(merge)
    for cell in below:
        for paragraph in cell.paragraphs:
            if paragraph.text:
                first._tc.append(paragraph._p)
            else:
                paragraph._p.getparent().remove(paragraph._p)
        cell._tc.add_p()
    if len(first.paragraphs) > 1 and not first.paragraphs[0].text:
        first._tc.remove(first.paragraphs[0]._p)
