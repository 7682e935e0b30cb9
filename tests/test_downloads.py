"""The downloads open in the programs they are for and hold what the tables hold."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import openpyxl
import pandas as pd
import pytest
from PIL import Image

from yiyang import labels
from yiyang.report import downloads, findings


def test_the_workbook_holds_every_table_in_full(site: Path, corpus) -> None:
    book = openpyxl.load_workbook(site / "downloads" / downloads.WORKBOOK)
    frames = corpus.all()
    assert book.sheetnames == ["columns", *frames]
    for name, frame in frames.items():
        sheet = book[name]
        head, *rows = sheet.iter_rows(values_only=True)
        assert list(head) == frame.columns.tolist()
        assert len(rows) == len(frame)
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions
    rows = book["tasks"].iter_rows(min_row=2, values_only=True)
    texts = [row[frames["tasks"].columns.get_loc("text")] for row in rows]
    assert texts == frames["tasks"]["text"].tolist()
    dues = [row[frames["deadlines"].columns.get_loc("due")]
            for row in book["deadlines"].iter_rows(min_row=2, values_only=True)]  # fmt: skip
    expected = [None if pd.isna(d) else d.to_pydatetime() for d in frames["deadlines"]["due"]]
    assert dues == expected


def test_the_csv_archive_holds_the_tables_and_their_description(site: Path, corpus) -> None:
    with zipfile.ZipFile(site / "downloads" / downloads.CSV) as archive:
        names = archive.namelist()
        assert sorted(names) == sorted(["datapackage.json", *(f"{n}.csv" for n in corpus.all())])
        tasks = pd.read_csv(io.BytesIO(archive.read("tasks.csv")))
        assert {i.date_time for i in archive.infolist()} == {downloads.DATE.timetuple()[:6]}
    assert tasks["text"].tolist() == corpus.tasks["text"].tolist()


@pytest.mark.parametrize("lang", labels.LANGS)
def test_the_word_document_states_the_findings(site: Path, corpus, lang: labels.Lang) -> None:
    paper = docx.Document(str(site / "downloads" / f"yiyang-findings.{lang}.docx"))
    text = "\n".join(p.text for p in paper.paragraphs)
    found = findings.of(corpus, lang)
    assert all(f.sentence in text for f in found)
    assert len(paper.inline_shapes) == len(found)
    for shape in paper.inline_shapes:
        assert shape._inline.docPr.get("descr")


@pytest.mark.parametrize("lang", labels.LANGS)
def test_every_chart_is_there_as_svg_and_png(site: Path, lang: labels.Lang) -> None:
    drawn = sorted((site / lang / "_images").glob("*.svg"))
    assert len(drawn) > 20
    page = (site / lang / "downloads.html").read_text(encoding="utf-8")
    for path in drawn:
        with Image.open(path.with_suffix(".png")) as image:
            assert len(image.getcolors()) > 1
        if not path.stem.startswith("finding"):
            assert f"_images/{path.name}" in page


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2", "@SUM(A1)", "\t=1", "甲\x07乙", "平常"])
def test_a_cell_is_never_a_formula(text: str) -> None:
    cell = openpyxl.Workbook().active.cell(1, 1)
    downloads.safe_cell(cell, text)
    assert cell.data_type == "s"
    assert cell.quotePrefix == (text[0] in "=+-@\t")
    assert cell.value == text.replace("\x07", "␇")


def test_what_is_missing_is_an_empty_cell() -> None:
    for value in (None, pd.NA, pd.NaT, float("nan")):
        cell = openpyxl.Workbook().active.cell(1, 1)
        downloads.safe_cell(cell, value)
        assert cell.value is None
