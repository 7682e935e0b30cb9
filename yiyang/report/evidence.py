"""Gather what the report takes from the tables alone, so that the build cache can keep it.

A folder holds it: the downloads, and for each edition the files that its pages include, the charts
of the front page and, in `marks.json`, what the pages say.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

import pandas as pd

from yiyang.core.corpus import Corpus
from yiyang.core.messages import LANGS, Lang
from yiyang.safety import escaping

if TYPE_CHECKING:
    from yiyang.report import glossing
    from yiyang.report.browser import Evidence
    from yiyang.report.progress import Row

MARKS = "marks.json"
CLAUSES = "clauses.js"
"""The texts of the tasks, for the page of the search."""


class Marks(TypedDict):
    """What stands in the place of marks such as `@TRUST@`."""

    all: dict[str, str]
    """For every page: the mark, and its text."""
    governments: dict[str, dict[str, str]]
    """For the page of each government, by its name."""
    departments: dict[str, dict[str, str]]
    """For the pages of the departments, by their names."""
    tasks: list[str]
    """The `task_id` of every task."""
    glosses: glossing.Tasks
    """Those of the tasks, for the English pages."""
    title: str
    """The title of the report."""


def write(corpus: Corpus, folder: Path, rows: Sequence[Row] = ()) -> None:
    """Fill `folder`: `zh/` and `en/` for the pages, and `downloads/`; `rows` are those of a
    workbook that people filled."""
    from yiyang.report import downloads, word_brief  # noqa: PLC0415

    for lang in LANGS:
        (folder / lang).mkdir()
    # What states nothing of the lists takes as long as what does: a second process writes it.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        held = corpus.all(), corpus.folders
        tables = pool.submit(_tables_to_take, *held, folder, rows)
        # What both state is worked out once, while the other writes tables.
        _worked_out(corpus)
        documents = pool.submit(_documents_to_take, *held, corpus.worked_out, folder)
        shown = pool.submit(_tables_to_show, *held, folder, rows)
        _pages(corpus, folder, rows)
        tables.result()
        # The briefs say what their pages say, which was looked up for these.
        word_brief.write_all(corpus, folder / downloads.FOLDER)
        documents.result()
        shown.result()


def _worked_out(corpus: Corpus) -> None:
    """Work out what the pages and the documents state."""
    from yiyang.report import findings, front  # noqa: PLC0415

    findings.stated(corpus)
    front.trust(corpus, LANGS[0])


def _tables_to_take(
    frames: dict[str, pd.DataFrame], folders: Sequence[Path], folder: Path, rows: Sequence[Row]
) -> None:
    """Write the tables that are to be taken away."""
    from yiyang.report import downloads, progress  # noqa: PLC0415

    corpus = Corpus(frames, folders=folders)
    downloads.write(corpus, folder, progress.of(corpus, rows))


def _tables_to_show(
    frames: dict[str, pd.DataFrame], folders: Sequence[Path], folder: Path, rows: Sequence[Row]
) -> None:
    """Write the tables that pages show: the documents, every task, the themes to explore."""
    from yiyang.report import browser, explored, progress  # noqa: PLC0415

    corpus = Corpus(frames, folders=folders)
    evidence = browser.gather(corpus, progress=progress.of(corpus, rows).said)
    for lang in LANGS:
        _tables(corpus, evidence, lang, folder / lang)
    explored.write(corpus, folder)


def _documents_to_take(
    frames: dict[str, pd.DataFrame], folders: Sequence[Path], known: dict[str, Any], folder: Path
) -> None:
    """Write the findings as documents that are to be taken away."""
    from yiyang.report import downloads, word_report  # noqa: PLC0415

    corpus = Corpus(frames, folders=folders)
    corpus.worked_out |= known
    word_report.write_all(corpus, folder / downloads.FOLDER)


def _pages(corpus: Corpus, folder: Path, rows: Sequence[Row]) -> None:
    """Write the pages' files and marks in both languages."""
    # What calculates is imported where it is due: a build from kept parts starts a second earlier.
    from yiyang.report import (  # noqa: PLC0415
        departments,
        filters,
        glossing,
        governments,
        progress,
        your_lists,
    )

    given, glossed = progress.of(corpus, rows), glossing.tasks(corpus)
    for lang in LANGS:
        target = folder / lang
        pages = governments.marks(corpus, lang, target)
        common = {**front_marks(corpus, lang, target), **governments.links(pages, lang)}
        if rows:
            common["@PROGRESSPAGE@"] = "progress"
            shown = str(progress.page(corpus, given, lang))
            (target / "progress-table.html").write_text(shown, encoding="utf-8")
            common["@PROGRESS@"] = progress.lead(corpus, given, lang)
        by_id = glossed.by_id if lang == "en" else {}
        index = [[t.task_id, t.text, by_id.get(t.task_id, "")] for t in corpus.tasks.itertuples()]
        said = escaping.json_text({"lang": lang, "tasks": index, "same": filters.groups()})
        (target / CLAUSES).write_text(f"window.yiyangTasks = {said};\n", encoding="utf-8")
        marks = Marks(
            all=common,
            governments=pages,
            departments=departments.marks(corpus, lang, target),
            tasks=corpus.tasks["task_id"].tolist(),
            glosses=glossed,
            title=your_lists.title(corpus, lang),
        )
        (target / MARKS).write_text(json.dumps(marks, ensure_ascii=False), encoding="utf-8")


def front_marks(corpus: Corpus, lang: Lang, target: Path) -> dict[str, str]:
    """Write what the front page says of a corpus, by the mark that it replaces; what it includes
    goes into `target`."""
    from yiyang.report import front, your_lists  # noqa: PLC0415

    return {
        "@INTRO@": front.intro(corpus, lang),
        "@COMPARED@": front.compared(corpus, lang),
        "@TILES@": front.every_task(corpus, lang, target),
        "@BYTILES@": front.by_tiles(corpus, lang),
        "@FINDINGS@": front.markdown(corpus, lang, target),
        "@TRUST@": front.trust_folded(corpus, lang),
        "@PROGRESSPAGE@": "",
        "@TITLE@": escaping.markdown(your_lists.title(corpus, lang)),
        "@YOURLISTS@": your_lists.markdown(corpus, lang, target),
    }


def _tables(corpus: Corpus, evidence: Evidence, lang: Lang, target: Path) -> None:
    """The tables, which pages include as files: nothing in them can end a block of the page."""
    from yiyang.report import browser  # noqa: PLC0415
    from yiyang.show import tables  # noqa: PLC0415

    shown = {
        "documents": tables.documents(corpus.documents, corpus.jurisdictions, lang).data,
        "files": tables.files(corpus.documents, lang).data,
        "tasks": browser.page(evidence, lang),
    }
    for name, table in shown.items():
        (target / f"{name}.html").write_text(str(table), encoding="utf-8")


def marks(folder: Path, lang: Lang) -> Marks:
    """Read the marks of an edition, from the folder of `write`."""
    from yiyang.report import glossing  # noqa: PLC0415  (as in `_pages`)

    said: Marks = json.loads((folder / lang / MARKS).read_text(encoding="utf-8"))
    said["glosses"] = glossing.Tasks(*said["glosses"])
    return said


def template(pages: Mapping[str, Mapping[str, str]]) -> str:
    """Choose the page to fill for a government: a list alone has neither gaps nor strengths."""
    return "government" if len(pages) > 1 else "government-alone"
