"""A correction made in a preview is a row of `repairs.csv` that the corpus reads."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
import shapes

import yiyang
from yiyang.safety.errors import InputError
from yiyang.show import preview


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """A document of which the unit and the words of a task were scanned badly."""
    tasks = [shapes.CARE[0], shapes.Task("开展健康体捡", "县卫建委", "2024年底前")]
    path = tmp_path / "a.txt"
    path.write_text(shapes.text(tasks), encoding="utf-8")
    return path


def test_what_is_corrected_is_read_so_from_then_on(listed: Path) -> None:
    read = yiyang.read(listed).correct(2, "体捡", "体检", "misread by the scanner")
    read = read.correct(2, "卫建委", "卫健委", "the name of the office", field="units")
    assert read.rows()["text"].iloc[1].startswith("开展健康体检")
    corpus = yiyang.load(listed.parent)
    assert len(corpus.repairs) == 2
    assert corpus.tasks["text"].iloc[1].startswith("开展健康体检")
    assert corpus.tasks["text_printed"].iloc[1].startswith("开展健康体捡")
    assert "县卫健委" in set(corpus.assignments["agency_printed"])


def test_a_right_correction_leaves_the_reading_as_sure(listed: Path) -> None:
    read = yiyang.read(listed)
    mended = read.correct(2, "县卫建委", "县卫健委", "the name of the office", field="units")
    again = mended.correct(2, "体捡", "体检", "misread by the scanner")
    assert read.confidence <= mended.confidence <= again.confidence
    assert not again.warnings
    assert again.repairs["before"].tolist() == ["县卫建委", "体捡"]
    assert "体捡" not in again.tasks["measure"].iloc[1]


CATALOGUE = "file_name,title,code,date_issued\na.txt,My title,511724,2024-02-01\n"


def test_a_preview_takes_what_the_catalogue_beside_it_says(listed: Path) -> None:
    """And a title of a person's own does not decide whether there are tasks."""
    before = yiyang.read(listed)
    (listed.parent / "catalogue.csv").write_text(CATALOGUE, encoding="utf-8")
    read, corpus = yiyang.read(listed), yiyang.load(listed.parent)
    assert read.rows()["text"].tolist() == before.rows()["text"].tolist()
    assert read.rows()["text"].tolist() == corpus.tasks["text"].tolist()
    codes = corpus.jurisdictions.set_index("jurisdiction")["code"]
    stated = corpus.documents.iloc[0]
    assert read.document["title"].iloc[0] == stated["title"] == "My title"
    assert read.code == codes[stated["jurisdiction"]] == "511724"
    assert not {"title", "code", "date_issued"} & {question.field for question in read.questions}
    assert yiyang.read(listed, title="Another").document["title"].iloc[0] == "Another"


def test_by_the_name_that_the_catalogue_gives(listed: Path) -> None:
    said = "file_name,document_id\na.txt,our-list\n"
    (listed.parent / "catalogue.csv").write_text(said, encoding="utf-8")
    yiyang.read(listed).correct(2, "体捡", "体检", "misread")
    assert yiyang.load(listed.parent).repairs["document_id"].tolist() == ["our-list"]


@pytest.mark.parametrize(
    ("seq", "before", "field", "line"),
    [(9, "体捡", "text", None), (2, "没有", "text", None), (2, "体捡", "units", None),
     (2, "体捡", "text", 1), (1, "养", "text", None)],
)  # fmt: skip
def test_what_does_not_fit_leaves_no_row(
    listed: Path, seq: int, before: str, field: str, line: int | None
) -> None:
    read = yiyang.read(listed)
    with pytest.raises(InputError):
        read.correct(seq, before, "x", "why", field=field, line=line)
    assert not (listed.parent / "repairs.csv").exists()
    read.correct(2, "体捡", "体检", "misread")
    before_it = (listed.parent / "repairs.csv").read_bytes()
    with pytest.raises(InputError):
        read.correct(seq, before, "x", "why", field=field, line=line)
    assert (listed.parent / "repairs.csv").read_bytes() == before_it


def test_the_example_is_the_longest_list_of_the_reader(listed: Path, corpus: yiyang.Corpus) -> None:
    assert preview.example(corpus).path == preview.EXAMPLE
    own = yiyang.load(listed.parent)
    assert preview.example(own) == (listed, "a")


def test_a_catalogue_that_cannot_be_read_is_said(listed: Path) -> None:
    """The document is read without it, and what is missing is known."""
    fault = CATALOGUE + "b.txt,x,110000,notaday\n"
    (listed.parent / "catalogue.csv").write_text(fault, encoding="utf-8")
    read = yiyang.read(listed)
    assert len(read.tasks) == 2
    assert any("notaday" in warning for warning in read.warnings)


@pytest.mark.parametrize("missing", [None, "", float("nan"), pd.NA, pd.NaT])
def test_what_is_missing_is_not_said(listed: Path, missing: object) -> None:
    (listed.parent / "catalogue.csv").write_text(CATALOGUE, encoding="utf-8")
    assert yiyang.read(listed, title=missing).document["title"].iloc[0] == "My title"


def test_another_date_than_the_printed_one_is_shown_as_such(listed: Path) -> None:
    printed = yiyang.read(listed, date_printed="2024年3月18日", date_issued="2030-01-01")
    assert "2030-01-01 (printed: 2024年3月18日)" in printed.html("en").data
    given = yiyang.read(listed, date_issued="2030-01-01")
    assert "2030-01-01（文中印为2024年3月1日）" in given.html("zh").data
