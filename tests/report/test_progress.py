"""The column for progress: what people wrote is kept, shown as text, and never lost."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from openpyxl import Workbook, load_workbook

from yiyang.core.messages import LANGS, label
from yiyang.report import browser, downloads, progress
from yiyang.safety.errors import InputError
from yiyang.show import task_sheet

HOSTILE = "<img src=x onerror=alert(1)>\n=HYPERLINK(1)"


def filled(path: Path, corpus, said: dict[str, object], lang="zh") -> Path:
    """The sheet of tasks as the report hands it out, filled by hand."""
    frame = task_sheet.tasks(corpus, lang)
    book = Workbook()
    sheet = book.active
    sheet.append(list(frame.columns))
    column = label("sheet.progress", lang)
    for task, row in zip(corpus.tasks["task_id"], frame.to_dict("records"), strict=True):
        row[column] = said.get(task, "")
        sheet.append([str(value) if pd.notna(value) else None for value in row.values()])
        if isinstance(said.get(task), int):
            sheet.cell(sheet.max_row, len(row)).value = said[task]
        else:
            sheet.cell(sheet.max_row, len(row)).data_type = "s"
    book.save(path)
    return path


@pytest.mark.parametrize("lang", LANGS)
def test_what_is_written_comes_back_and_is_in_the_next_workbook(corpus, tmp_path, lang) -> None:
    path = filled(tmp_path / "a.xlsx", corpus, {"jiyuan-03": "已印发方案", "beijing-10": 7}, lang)
    given = progress.of(corpus, progress.read_workbook(path))
    assert given == progress.Progress({"jiyuan-03": "已印发方案", "beijing-10": "7"}, [])
    frame = progress.sheet(task_sheet.tasks(corpus, lang), corpus, given, lang)
    downloads.workbook({}, tmp_path / "b.xlsx", {label("sheet.name", lang): frame})
    assert progress.of(corpus, progress.read_workbook(tmp_path / "b.xlsx")) == given


def test_a_task_that_is_renumbered_keeps_its_progress_and_one_that_is_gone_is_not_lost(
    corpus, tmp_path
) -> None:
    rows = progress.read_workbook(
        filled(tmp_path / "a.xlsx", corpus, {"jiyuan-03": "甲", "jiyuan-04": "乙"})
    )
    moved = corpus.tasks.assign(
        task_id=corpus.tasks["task_id"].replace({"jiyuan-03": "jiyuan-99"}),
        text=corpus.tasks["text"].where(corpus.tasks["task_id"] != "jiyuan-04", "另一项任务。"),
    )
    given = progress.of(Tasks(moved), rows)
    assert given.said == {"jiyuan-99": "甲"}
    assert [row.said for row in given.lost] == ["乙"]
    downloads.workbook({}, tmp_path / "b.xlsx", {"x": progress.lost_sheet(given, "zh")})
    again = progress.read_workbook(tmp_path / "b.xlsx")
    assert [(row.task_id, row.said) for row in again] == [("jiyuan-04", "乙")]
    assert "已改" in progress.lead(corpus, given, "zh")


class Tasks:
    """A corpus of which the tasks alone are asked."""

    def __init__(self, tasks) -> None:
        self.tasks = tasks


@pytest.mark.parametrize("lang", LANGS)
def test_hostile_progress_is_text_everywhere(corpus, tmp_path, lang) -> None:
    path = filled(tmp_path / "a.xlsx", corpus, {"jiyuan-03": HOSTILE})
    given = progress.of(corpus, progress.read_workbook(path))
    page = BeautifulSoup(str(progress.page(corpus, given, lang)), "html.parser")
    assert not page.select("img")
    assert "onerror" in page.get_text()
    shown = browser._progress(_evidence(given), next(_task(corpus, "jiyuan-03")), lang)
    assert "<img" not in str(shown)
    frame = progress.sheet(task_sheet.tasks(corpus, lang), corpus, given, lang)
    begun = frame.assign(**{label("sheet.progress", lang): "=1+1"}).head(1)
    downloads.workbook({}, tmp_path / "b.xlsx", {"x": begun})
    cell = load_workbook(tmp_path / "b.xlsx")["x"].cell(2, len(frame.columns))
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", "=1+1", True)


def _evidence(given: progress.Progress):
    class Held:
        progress = given.said

    return Held


def _task(corpus, task_id: str):
    return corpus.tasks[corpus.tasks["task_id"] == task_id].itertuples()


def _workbook(path: Path, *rows: list[object]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


HEAD = [label(f"sheet.{name}", "zh") for name in progress.ASKED]


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([HEAD, ["甲", "zh/tasks.html#a-01", "=1+1"]], "the formula '=1\\+1'"),
        ([["甲", "乙"]], "no sheet with the column 进展"),
        ([], "no sheet with the column"),
    ],
)
def test_a_formula_and_a_workbook_without_the_column_are_refused(tmp_path, rows, found) -> None:
    with pytest.raises(InputError, match=found):
        progress.read_workbook(_workbook(tmp_path / "a.xlsx", *rows))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 torn", b"no workbook"])
def test_what_is_no_workbook_is_refused(tmp_path, data) -> None:
    (tmp_path / "a.xlsx").write_bytes(data)
    with pytest.raises(InputError):
        progress.read_workbook(tmp_path / "a.xlsx")
