"""Read one corpus by yiyang and by what is usual instead: tasks and units found, and time.

    python benchmarks/readers.py [--documents 1000] [--only NAME ...]

The others turn a file into text or tables: pandas (with python-docx), MarkItDown, docling. What
they leave to the user is done by two dozen lines of regular expressions, the same for all of them
(`tasks_of`): tables by the words of their headings, articles by their numbers, units behind their
labels. Readers that are not installed are left out; docling without its models reads .docx, .html
and .xlsx, and is given the text of .txt as it is. Documents are made up (`benchmarks/corpus.py`, a
third of them damaged); a task is right where its whole text is, a unit where its task begins right
and its name is. One file after the other; seconds by the clock, for yiyang reads in a process of
its own.
"""

from __future__ import annotations

import argparse
import csv
import io
import logging
import re
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import corpus
import pandas as pd
from recipe import files, plain_texts
from synthetic.accuracy import BEGINNING

from yiyang.core.text import fold
from yiyang.reading import single
from yiyang.safety.errors import InputError


class Task(NamedTuple):
    """A task as it was read: its text and its units."""

    text: str
    units: tuple[str, ...]


Rows = list[list[str]]
"""The cells of a row of a table; a paragraph is a row of one cell."""

# What a user writes on an afternoon ---------------------------------------------------------------

TASK = re.compile("任务|内容|措施|举措|事项")
UNITS = re.compile("单位|部门|科室")
NUMBER = re.compile(
    r"\s*(?:[（(][一二三四五六七八九十百\d]+[）)]|[一二三四五六七八九十百\d]+[、.．])"
)
LABELLED = re.compile(r"(?:牵头|责任|配合)(?:单位|部门)[:：]([^；;）)。]+)")
BRACKET = re.compile(r"[（(](?:牵头|责任|配合)(?:单位|部门)[:：].*$", re.DOTALL)


def names(text: str) -> list[str]:
    """Cut a list of units at its marks."""
    cut = re.split(r"[、，,；;\s]+", text.strip("。；; "))
    return [name for name in (re.sub("(?:负责|牵头|配合)$", "", name) for name in cut) if name]


def tasks_of(rows: Rows) -> Iterator[Task]:
    """Return the tasks of rows and paragraphs, by headings, numbers and labels."""
    text_at: list[int] = []
    units_at: list[int] = []
    for row in rows:
        cells = [cell.strip() for cell in row]
        if len(cells) > 1 and any(map(TASK.search, cells)) and any(map(UNITS.search, cells)):
            text_at = [n for n, cell in enumerate(cells) if TASK.search(cell)]
            units_at = [n for n, cell in enumerate(cells) if UNITS.search(cell)]
        elif len(cells) > 1 and text_at:
            texts = [cells[n] for n in text_at if n < len(cells)]
            units = [name for n in units_at if n < len(cells) for name in names(cells[n])]
            if texts and (longest := max(texts, key=len)):
                yield Task(longest, tuple(units))
        elif NUMBER.match(line := " ".join(cells)) and LABELLED.search(line):
            units = [name for found in LABELLED.findall(line) for name in names(found)]
            yield Task(BRACKET.sub("", NUMBER.sub("", line, count=1)).strip(), tuple(units))


def of_markdown(text: str) -> Rows:
    """Cut Markdown into the cells of its tables and its other lines."""
    rows = []
    for line in text.splitlines():
        if line.lstrip().startswith("|"):
            cells = re.split(r"(?<!\\)\|", line.strip().strip("|"))
            if not all(re.fullmatch(r"[\s:\-]*", cell) for cell in cells):
                rows.append(cells)
        else:
            rows.append([line.lstrip("#*- ").replace("**", "")])
    return rows


# The readers --------------------------------------------------------------------------------------


def by_yiyang(path: Path) -> Iterator[Task]:
    """Read a file by yiyang; one that is refused has no tasks."""
    try:
        document = single.read(path)
    except InputError:
        return
    units: dict[str, list[str]] = {}
    for row in document.rows["assignments"]:
        units.setdefault(row["task_id"], []).append(row["agency_printed"])
    for task in document.rows["tasks"]:
        yield Task(task["text"], tuple(units.get(task["task_id"], ())))


def by_pandas(path: Path) -> Iterator[Task]:
    """Read a file by pandas, and python-docx where it is no table of pandas' own."""
    if path.suffix == ".xlsx":
        frames = pd.read_excel(path, sheet_name=None, header=None, dtype=str)
        rows = [r for frame in frames.values() for r in frame.fillna("").to_numpy().tolist()]
    elif path.suffix == ".html":
        data = path.read_bytes()
        try:
            frames_of = pd.read_html(io.BytesIO(data), flavor="lxml")
        except ValueError:  # it holds no table
            frames_of = []
        tables = [frame.T.reset_index().T.to_numpy().tolist() for frame in frames_of]
        rows = [list(map(str, row)) for rows_of in tables for row in rows_of]
        rows += [[line] for line in plain_texts(path)]
    elif path.suffix == ".docx":
        import docx  # noqa: PLC0415

        document = docx.Document(str(path))
        rows = [[paragraph.text] for paragraph in document.paragraphs]
        rows += [[cell.text for cell in row.cells] for t in document.tables for row in t.rows]
    else:
        rows = [re.split("\t", line) for line in plain_texts(path)]
    yield from tasks_of(rows)


def by_markitdown() -> Callable[[Path], Iterator[Task]]:
    """Return what reads a file by MarkItDown."""
    from markitdown import MarkItDown  # noqa: PLC0415

    reader = MarkItDown()
    return lambda path: tasks_of(of_markdown(reader.convert(str(path)).text_content))


def by_docling() -> Callable[[Path], Iterator[Task]]:
    """Return what reads a file by docling."""
    from docling.document_converter import DocumentConverter  # noqa: PLC0415

    reader = DocumentConverter()

    def read(path: Path) -> Iterator[Task]:
        if path.suffix == ".txt":
            return tasks_of([[line] for line in plain_texts(path)])
        return tasks_of(of_markdown(reader.convert(path).document.export_to_markdown()))

    return read


READERS: dict[str, tuple[str, Callable[[], Callable[[Path], Iterator[Task]]]]] = {
    "yiyang": ("yiyang", lambda: by_yiyang),
    "pandas": ("pandas", lambda: by_pandas),
    "MarkItDown": ("markitdown", by_markitdown),
    "docling": ("docling", by_docling),
}
"""Each reader: the package that it needs, and what makes it."""

# What they find -----------------------------------------------------------------------------------


class Known(NamedTuple):
    """What the documents of a corpus say: tasks and units, each with its document."""

    tasks: Counter[tuple[str, ...]]
    units: Counter[tuple[str, ...]]


def answers(folder: Path) -> Known:
    """Return what the documents of a made-up corpus say."""
    rows = {name: table(folder / "answers" / f"{name}.csv") for name in ("tasks", "assignments")}
    own = {row["task_id"]: (row["document_id"], fold(row["text"])) for row in rows["tasks"]}
    units: Counter[tuple[str, ...]] = Counter()
    for row in rows["assignments"]:
        name, text = own[row["task_id"]]
        units[name, text[:BEGINNING], fold(row["agency_printed"])] += 1
    return Known(Counter(own.values()), units)


def table(path: Path) -> list[dict[str, str]]:
    """Read a table of answers."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def measured(read: Callable[[Path], Iterator[Task]], folder: Path) -> tuple[Known, float, int]:
    """Read all documents; return what was found, seconds by the clock, and files not read."""
    tasks: Counter[tuple[str, ...]] = Counter()
    units: Counter[tuple[str, ...]] = Counter()
    failed = 0
    begun = time.perf_counter()
    for path in files(folder):
        try:
            found = list(read(path))
        except Exception:
            failed += 1
            continue
        for task in found:
            text = fold(task.text)
            tasks[path.stem, text] += 1
            units.update((path.stem, text[:BEGINNING], fold(name)) for name in task.units)
    return Known(tasks, units), time.perf_counter() - begun, failed


def compare(folder: Path, only: list[str]) -> None:
    """Print a line for each reader."""
    known = answers(folder)
    print(f"{len(list(files(folder)))} documents, {known.tasks.total()} tasks, ", end="")
    print(
        f"{known.units.total()} units; `found` is the share of these, `right` that of what is read"
    )
    print("            seconds  tasks found  right  units found  right  files not read")
    for name, (package, make) in READERS.items():
        if (only and name not in only) or find_spec(package) is None:
            print(f"{name:11} left out")
            continue
        found, seconds, failed = measured(make(), folder)
        shares = []
        for there, read in zip(known, found, strict=True):
            right = (there & read).total()
            shares += [right / there.total(), right / max(read.total(), 1)]
        print(
            f"{name:11} {seconds:7.1f}  {shares[0]:11.3f}  {shares[1]:5.3f}  {shares[2]:11.3f}"
            f"  {shares[3]:5.3f}  {failed:14}",
            flush=True,
        )


def main() -> None:
    """Read the command line."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("--documents", type=int, default=1000)
    arguments.add_argument("--only", nargs="+", default=[], choices=[*READERS])
    options = arguments.parse_args()
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory(prefix="yiyang-") as place:
        corpus.write(options.documents, Path(place))
        compare(Path(place), options.only)


if __name__ == "__main__":
    main()
