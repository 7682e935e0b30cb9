"""Keep what people wrote into the column for progress of the workbook, and show it in the report.

The workbook goes out with an empty column; filled, it is given back to the next build
(`yiyang report --progress FILE.xlsx`), whose workbook holds it again. A row whose task is no more
is kept too, and said.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from yiyang.core.corpus import Corpus
from yiyang.core.messages import LANGS, Lang, join, label, names, say, short_names
from yiyang.core.text import squash
from yiyang.extract import archive
from yiyang.safety import digests, escaping, opening
from yiyang.safety.errors import refusal
from yiyang.safety.escaping import Markup
from yiyang.safety.later import expression
from yiyang.show import brief, gloss, stacked

ROWS, COLUMNS = 100_000, 40
"""Of a sheet no more than this is looked at."""
ASKED = ("text", "link", "progress")
# zh/tasks.html#chaoyang-01
_TASK = expression(r"tasks\.html#(?P<task>.{1,200})$")


class Row(NamedTuple):
    """A filled row of a workbook: where it stands, the task that it names, its text, what people
    wrote."""

    place: str
    task_id: str
    text: str
    said: str


class Progress(NamedTuple):
    """What people wrote, by `task_id`, and the rows that belong to no task of this version."""

    said: dict[str, str]
    lost: list[Row]


NONE = Progress({}, [])


def read_workbook(path: Path) -> list[Row]:
    """Read the filled rows of a workbook, in the order of its sheets.

    Refused are a file that is no workbook, one without a sheet that has the three columns of
    `ASKED`, and a formula in the column for progress.
    """
    from openpyxl import load_workbook  # noqa: PLC0415

    data = opening.read_bytes(path.resolve().parent, path.name)
    if not data.startswith(b"PK") or archive.kind_of(data, path.name) != "xlsx":
        raise refusal("progress.no_workbook", path)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheets = {sheet.title: list(_cells(sheet)) for sheet in book.worksheets}
    except Exception as error:  # openpyxl raises many kinds on damaged files
        raise refusal("archive.damaged", path.name, error=error) from error
    found, is_there = [], False
    for title, cells in sheets.items():
        columns = _columns(cells[0]) if cells else None
        if columns:
            is_there = True
            found += list(_rows(cells[1:], columns, f"{path.name}, {title}"))
    if not is_there:
        heads = " / ".join(label("sheet.progress", lang) for lang in LANGS)
        raise refusal("progress.no_column", path, heads=heads)
    return found


def _cells(sheet: Any) -> Iterator[list[Any]]:
    """The cells of a sheet, as far as they may hold the list of tasks."""
    for row in sheet.iter_rows(max_row=ROWS, max_col=COLUMNS):
        yield list(row)


def _columns(head: list[Any]) -> list[int] | None:
    """Where the columns of `ASKED` stand, in either language; None where one is not there."""
    texts = [str(cell.value or "").strip() for cell in head]
    for lang in LANGS:
        wanted = [label(f"sheet.{name}", lang) for name in ASKED]
        if all(word in texts for word in wanted):
            return [texts.index(word) for word in wanted]
    return None


def _rows(cells: list[list[Any]], columns: list[int], place: str) -> Iterator[Row]:
    text_at, link_at, said_at = columns
    for number, row in enumerate(cells, 2):
        cell = row[said_at] if said_at < len(row) else None
        if cell is None or cell.value is None or not str(cell.value).strip():
            continue
        where = f"{place}, {number}"
        if cell.data_type == "f":
            raise refusal("progress.formula", where, formula=str(cell.value)[:60])
        task = _TASK.search(str(row[link_at].value or ""))
        text = str(row[text_at].value or "")
        yield Row(where, task["task"] if task else "", text, _plain(cell.value))


def _plain(value: Any) -> str:
    """What a cell holds as text: a day as day."""
    text = value.date().isoformat() if hasattr(value, "date") else str(value)
    return escaping.visible(text.strip())


def of(corpus: Corpus, rows: Iterable[Row]) -> Progress:
    """Give each row to its task: that which it names, if the text is still the same, else the one
    task that has its text. Where sheets differ, both entries are kept."""
    texts = {t.task_id: _folded(t.text) for t in corpus.tasks.itertuples()}
    of_text: dict[str, list[str]] = {}
    for task, text in texts.items():
        of_text.setdefault(text, []).append(task)
    said: dict[str, dict[str, None]] = {}
    lost: dict[tuple[str, str], Row] = {}
    for row in rows:
        text = _folded(row.text)
        same = of_text.get(text, [])
        task = row.task_id if texts.get(row.task_id) == text else same[0] if len(same) == 1 else ""
        if task:
            said.setdefault(task, {})[row.said] = None
        else:
            lost.setdefault((text, row.said), row)
    return Progress({t: "\n".join(all_of) for t, all_of in said.items()}, list(lost.values()))


def _folded(text: str) -> str:
    return squash(escaping.visible(text))


def stamp(rows: Iterable[Row]) -> str:
    """Digest what was read, for the build cache."""
    return digests.of(["\0".join(row) for row in rows])


# What readers see ---------------------------------------------------------------------------------


def sheet(frame: pd.DataFrame, corpus: Corpus, given: Progress, lang: Lang) -> pd.DataFrame:
    """Fill the column for progress of the sheet of tasks (`show.task_sheet`)."""
    column = label("sheet.progress", lang)
    return frame.assign(**{column: [given.said.get(t, "") for t in corpus.tasks["task_id"]]})


def lost_sheet(given: Progress, lang: Lang) -> pd.DataFrame:
    """Return the rows that belong to no task, as a sheet that the next build reads again."""
    rows = [(row.text, f"tasks.html#{row.task_id}", row.said) for row in given.lost]
    return pd.DataFrame(rows, columns=[label(f"sheet.{name}", lang) for name in ASKED])


def page(corpus: Corpus, given: Progress, lang: Lang) -> Markup:
    """Write the table of the page: the tasks on which something is written, those of a place
    together, then the rows that belong to no task."""
    short = short_names(corpus.jurisdictions, lang)
    titles = gloss.titles(corpus)["title" if lang == "zh" else "gloss"].to_dict()
    heads = [label(head, lang) for head in ("task_id", "place", "measure", "sheet.progress")]
    rows = [
        [
            Markup('<a href="tasks.html#{}">{}</a>').format(
                escaping.address(task.task_id), task.task_id
            ),
            short[task.jurisdiction],
            titles.get(task.task_id, brief.first_words(task.text)),
            _lines(given.said[task.task_id]),
        ]
        for task in corpus.tasks.itertuples()
        if task.task_id in given.said
    ]
    lost = [[row.task_id or "—", "—", row.text, _lines(row.said)] for row in given.lost]
    return stacked.table(heads, [*rows, *lost])


def _lines(said: str) -> Markup:
    return Markup("<br>").join(Markup("<bdi>{}</bdi>").format(line) for line in said.split("\n"))


def lead(corpus: Corpus, given: Progress, lang: Lang) -> str:
    """Say on how many tasks of each place something is written, as Markdown."""
    called = names(corpus.jurisdictions, lang)
    by = corpus.tasks.assign(said=corpus.tasks["task_id"].isin(set(given.said)))
    each = [
        f"{escaping.markdown(called[place])} {int(own['said'].sum())} / {len(own)}"
        for place, own in by.groupby("jurisdiction", sort=False)
    ]
    which = "lost" if given.lost else "all"
    values = {"n": len(given.said), "of": len(corpus.tasks), "lost": len(given.lost)}
    return say(f"tracker.lead.{which}", lang, each=join(each, "items", lang), **values)
