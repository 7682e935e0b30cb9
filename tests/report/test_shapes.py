"""Sixty corpora that lack something: tables, findings, charts and pages of each.

The charts are made and not stored here, and of the notebooks one a shape, each in its turn; `make
shapes` runs all of them over all shapes, and stores the charts.
"""

from __future__ import annotations

import os
import re
import warnings
from pathlib import Path

import cells
import pytest
import shapes
from matplotlib.figure import Figure

import yiyang
from yiyang.core import schema
from yiyang.core.messages import LANGS, label
from yiyang.report import findings, front, governments
from yiyang.show import task_sheet

NAMES = list(shapes.SHAPES)
NOTEBOOKS = (
    "00-corpus",
    "01-tasks",
    "02-agencies",
    "03-deadlines",
    "05-counterparts",
    "06-promises",
)
"""Of those in turn; the clusters of 08-checks take seconds, and have a test of their own."""

# The suite takes every fifth shape, so that it stays short; `SHAPES=all` takes all of them.
TAKEN = NAMES if os.environ.get("SHAPES") == "all" else NAMES[::5]

MOST = 12
"""Places from which on the pages and charts are made by `make shapes` alone."""
# nan%, NaT, <NA>: what a figure that is missing would leave in a sentence
MISSING = re.compile(r"\bnan\b|\bNaT\b|<NA>|\bNone\b")


@pytest.fixture(autouse=True)
def _warnings_are_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    warnings.simplefilter("error")
    monkeypatch.setattr(Figure, "savefig", lambda *_, **__: None)


def test_there_are_sixty() -> None:
    assert len(NAMES) >= 60


@pytest.mark.parametrize("name", TAKEN)
def test_nothing_that_a_corpus_lacks_ends_its_report(name: str, tmp_path: Path) -> None:
    number = NAMES.index(name)
    corpus = yiyang.load(shapes.write(name, tmp_path / "own"))
    schema.check(corpus.all())
    lang = LANGS[number % 2]
    for found in findings.of(corpus, lang):
        assert found.sentence
        assert not MISSING.search(found.sentence + found.note)
        assert found.table["share"].between(0, 1).all()
        front.draw(found, corpus, lang)
    assert len(task_sheet.tasks(corpus, lang)) == len(corpus.tasks)
    for said in (front.compared(corpus, lang), front.trust(corpus, lang)):
        assert said
        assert not MISSING.search(said)
    if corpus.tasks["jurisdiction"].nunique() > MOST:
        return
    (tmp_path / "pages").mkdir()
    pages = governments.marks(corpus, lang, tmp_path / "pages")
    assert len(pages) == corpus.tasks["jurisdiction"].nunique()
    turn = NOTEBOOKS[number % len(NOTEBOOKS)]
    slow = ("04-themes", "07-your-documents", "08-checks")
    leave = tuple(stem for stem in (*NOTEBOOKS, *slow) if stem != turn)
    assert cells.faults(corpus, lang, leave=leave) == []


def test_the_sheet_of_tasks_without_a_deadline_has_no_day(tmp_path: Path) -> None:
    corpus = yiyang.load(shapes.write("two tasks of one length", tmp_path))
    assert corpus.deadlines.empty
    sheet = task_sheet.tasks(corpus, "en")
    assert len(sheet) == 2
    assert sheet[label("sheet.due", "en")].isna().all()


@pytest.mark.parametrize(
    "name", ["two tasks", "copies of one list", "three tasks of another field"]
)
def test_themes_of_lists_that_are_alike_or_of_another_field(name: str, tmp_path: Path) -> None:
    corpus = yiyang.load(shapes.write(name, tmp_path))
    leave = (*NOTEBOOKS, "07-your-documents")
    assert cells.faults(corpus, "zh", leave=leave) == []
