"""Read real files, damaged: none may hang, crash, eat memory or change a table without a word.

    python robustness/mutated.py [N] [--seed SEED] [--write FILE]

N files (default 1,000) are made from the project's documents: yiyang's own, held to their hashes,
the documents of the tests, and a task list as .docx, .xlsx, .pdf, .html, .csv and .markdown. Each
is cut off at every percent, has bits, bytes, lines or columns changed, or is written in another
encoding, and is read in a process of its own within the limits of `yiyang.safety.limits`. What may
come of it:

refused    an `InputError`: always so for a document held to its hash
same       the same tasks, units and times as from the whole file
faithful   others, and true to the damaged file: its whole text is read, each character once; every
           task, unit and time stands in it as it is named. The file says nothing of its damage
           (lines are missing, say); the hash in the table `documents` is its own
warned     others, from a damaged container, with a warning
silent     none of these: what must not happen. So are tables from a damaged container (.docx,
           .xlsx, .pdf) that differ from the whole file's without a warning, and text read in an
           encoding that makes other characters of it
crash, hang, memory   the process that reads ended, or broke a limit; on time, twice

Needs nothing but the repository; the same SEED gives the same files. Exits with 1 where one is
silent, crashes or hangs.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from functools import cache
from html import unescape
from html.parser import HTMLParser
from itertools import cycle, islice
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests")]

import builders  # noqa: E402
import invariants  # noqa: E402
from damage import PERCENTS, TEXT_WAYS, WAYS  # noqa: E402

from yiyang import InputError, extract, parse  # noqa: E402
from yiyang.core import schema  # noqa: E402
from yiyang.core.text import squash  # noqa: E402
from yiyang.extract.html import SILENT  # noqa: E402
from yiyang.reading import documents, sources  # noqa: E402
from yiyang.safety import pool  # noqa: E402
from yiyang.show import preview  # noqa: E402

HEADER = ["序号", "类别", "工作任务", "责任单位", "完成时限"]
KINDS = ("docx", "xlsx", "pdf", "html", "csv", "markdown")
MARKS = {"markdown": '|-#*_`\\>~+:=<&;![]()"1234567890.)'}
"""Signs that stand for a form and are not shown."""
CONTAINERS = ("docx", "xlsx", "pdf")
OUTCOMES = ("refused", "same", "faithful", "warned", "silent", "crash", "hang", "memory")


class Job(NamedTuple):
    """One damaged file: which file, what is done to it, and with which random numbers."""

    source: str
    way: str
    seed: int


class Outcome(NamedTuple):
    """What came of a job, and for a bad end what went wrong."""

    end: str
    why: str = ""


# The files ---------------------------------------------------------------------------------------


@cache
def rows() -> list[list[str]]:
    """Return a task list: the first tasks of Zhongning's table, as its columns stand."""
    lines = (ROOT / "data/raw/zhongning.txt").read_text(encoding="utf-8").split("\n")
    cells = [line.split("\t") for line in lines if line.count("\t") >= 4]
    body = [[c.strip() for c in row[:5]] for row in cells if row[0].strip().isdecimal()]
    return [HEADER, *body[:14]]


@cache
def names() -> list[str]:
    """Name the whole files: yiyang's own, those of the tests, and one list in every format."""
    tests = [f.name for f in sorted((ROOT / "tests/documents").iterdir()) if f.is_file()]
    return [f"held/{name}" for name in held()] + tests + [f"list.{k}" for k in KINDS]


@cache
def content(source: str) -> bytes:
    """Return the bytes of a whole file."""
    if source.startswith("held/"):
        return (schema.raw_folder() / source.removeprefix("held/")).read_bytes()
    if not source.startswith("list."):
        return (ROOT / "tests/documents" / source).read_bytes()
    return _list(source.removeprefix("list."))


def _list(kind: str) -> bytes:
    """The task list as a file of this kind."""
    head = "某县医养结合重点任务分工表"
    if kind == "html":
        cells = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>\n" for row in rows())
        return f"<html><p>{head}</p><table>\n{cells}</table></html>".encode()
    if kind == "markdown":
        lines = [f"| {' | '.join(row)} |" for row in rows()]
        return "\n".join([f"# {head}", "", lines[0], "|---" * 5 + "|", *lines[1:], ""]).encode()
    if kind == "csv":
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(rows())
        return text.getvalue().encode()
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / f"list.{kind}"
        if kind == "docx":
            return builders.word(path, [head, (rows(), [])]).read_bytes()
        if kind == "xlsx":
            return builders.workbook(path, rows()).read_bytes()
        return builders.pdf(path, head, rows()[:6]).read_bytes()


@cache
def held() -> dict[str, Any]:
    """Return the records of yiyang's own documents, by file name."""
    records = sources.records(sources.catalogue(schema.raw_folder()))
    return {record.file_name: record for record in records}


def damaged(job: Job) -> bytes:
    """Return the bytes of a damaged file."""
    data = content(job.source)
    if job.way in PERCENTS:
        return data[: len(data) * PERCENTS[job.way] // 100]
    return (WAYS | TEXT_WAYS)[job.way](data, random.Random(f"{job}"))


def jobs(seed: int) -> Iterator[Job]:
    """Cut every file off at every percent, and between them damage it in the other ways, without
    end."""
    whole_files = names()
    cuts = cycle([(name, way) for way in PERCENTS for name in whole_files])
    ways = [
        (name, way)
        for name in whole_files
        for way in (WAYS if name.endswith(CONTAINERS) else WAYS | TEXT_WAYS)
    ]
    for n, (cut, *others) in enumerate(zip(cuts, cycle(ways), cycle(ways[::-1]), strict=False)):
        for name, way in (cut, *others) if n < len(PERCENTS) * len(whole_files) else others:
            yield Job(name, way, seed + n)


# What must come of them --------------------------------------------------------------------------


def judged(job: Job) -> Outcome:
    """Read one damaged file and judge the reading; runs in a process of its own."""
    data = damaged(job)
    try:
        if job.source.startswith("held/"):
            return _held(job, data)
        read, page, reading = _read(data, Path(job.source).name)
        invariants.check_pieces(page.blocks, reading.pieces)
        if data == content(job.source) or _said(read) == whole(job.source):
            return Outcome("same")
        if job.source.endswith(CONTAINERS):
            return Outcome("warned" if read.warnings else "silent", "other tables, no warning")
        _is_faithful(job, data, page, read)
        return Outcome("faithful")
    except InputError:
        return Outcome("refused")
    except AssertionError as error:
        return Outcome("silent", str(error) or "a character is read twice or not at all")


def _held(job: Job, data: bytes) -> Outcome:
    record = held()[job.source.removeprefix("held/")]
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / record.file_name).write_bytes(data)
        documents.read_record(record, Path(folder), documents.curation(Path(folder), is_held=True))
    is_changed = data != content(job.source)
    return Outcome("silent" if is_changed else "same", "a held file, changed, was read")


def _read(data: bytes, name: str) -> tuple[preview.Preview, extract.Page, parse.Reading]:
    """A file as yiyang reads it, and the blocks and pieces that its tables were made from."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(data)
        judgements = documents.curation(Path(folder), is_held=False)
        document = documents.read_record(sources.record(name, {}), Path(folder), judgements)
    return preview.Preview(document), extract.blocks(data, name), document.reading


def _said(read: preview.Preview) -> tuple[Any, ...]:
    """What a reader takes from a document: texts, units with roles, times."""
    units = read.assignments[["task_id", "agency_printed", "role"]].astype(str)
    times = read.deadlines[["task_id", "printed", "due"]].astype(str)
    return (*read.tasks["text"], *units.itertuples(index=False), *times.itertuples(index=False))


@cache
def whole(source: str) -> tuple[Any, ...]:
    """Tell what is taken from the undamaged file."""
    return _said(_read(content(source), source)[0])


def _is_faithful(job: Job, data: bytes, page: extract.Page, read: preview.Preview) -> None:
    """A text, a page or a CSV file is read whole, in its encoding, and nothing is made up."""
    text = _text(data, page)
    kept = Counter(squash("".join(_own_text(page))))
    made_up = kept - Counter(squash(text + unescape(text)) + "\ufffd" * text.count("␀"))
    assert not made_up, f"not in the file: {''.join(made_up)[:20]}"
    # A page may not hold the character of no sign: it is not shown there.
    given = Counter(squash(_shown(text.replace("␀", "")) if page.kind == "html" else text))
    # The frame of a page (menus, the foot of a site) is left aside, with a warning.
    lost = given - kept - Counter(squash("".join(piece.words for piece in page.left)))
    if page.kind != "html":
        assert set(lost) <= set(MARKS.get(page.kind, '|,;\t，"')), (
            f"in no cell: {''.join(lost)[:20]}"
        )
    else:  # two readers of HTML that is broken may differ on what a broken mark hides
        assert lost.total() <= 0.05 * given.total() + 20, f"in no cell: {''.join(lost)[:20]}"
    chinese, original = _chinese(kept), _chinese(Counter("".join(_own_text(_page(job.source)))))
    same = (chinese & original).total()
    assert same >= 0.5 * min(chinese.total(), original.total()), f"in {page.encoding}?"
    cells = {squash(cell.text) for block in page.blocks for cell in block.cells}
    joined = squash("".join([*_own_text(page), *(t for b in page.blocks for t in b.texts)]))
    for printed in (*read.assignments["agency_printed"], *read.deadlines["printed"]):
        assert squash(printed) in joined, f"not in the file: {printed}"
    for mention in read.mentions[read.mentions["field"] == "text"]["printed"]:
        assert any(squash(mention) in cell for cell in cells) or squash(mention) in joined, mention


def _chinese(characters: Counter[str]) -> Counter[str]:
    return Counter({c: n for c, n in characters.items() if "一" <= c <= "鿿"})


def _own_text(page: extract.Page) -> list[str]:
    return [c.printed or c.text for b in page.blocks for c in b.cells if not c.is_repeat]


@cache
def _page(source: str) -> extract.Page:
    return extract.blocks(content(source), source)


def _text(data: bytes, page: extract.Page) -> str:
    """The text of a damaged file, decoded without a loss."""
    text = data.decode(page.encoding)
    back = text.encode(page.encoding)
    assert len(data) - len(back) in (0, 2, 3, 4), "bytes lost in decoding"  # the mark of order
    return text.lstrip("\ufeff").replace("\x00", "␀")  # as yiyang shows it


def _shown(text: str) -> str:
    """The text of a page that a browser shows, by Python's own reader of HTML."""
    witness = _Witness()
    witness.feed(text)
    witness.close()
    return "".join(witness.words)


class _Witness(HTMLParser):
    """Collects the text of a page, but for what no reader sees."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent += tag in SILENT

    def handle_endtag(self, tag: str) -> None:
        self.silent -= tag in SILENT and self.silent > 0

    def handle_data(self, data: str) -> None:
        self.words += [] if self.silent else [data]


# The run -----------------------------------------------------------------------------------------

_BAD_ENDS = (
    ("hang", re.compile("limit (?:processor|wall)_seconds")),
    ("memory", re.compile("limit memory_bytes|SIGABRT")),
)


def _ended(outcome: Outcome | InputError) -> Outcome:
    if isinstance(outcome, InputError):
        end = next((end for end, sign in _BAD_ENDS if sign.search(str(outcome))), "crash")
        return Outcome(end, str(outcome))
    return outcome


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("n", nargs="?", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--write", type=Path, help="a CSV file for the table of counts")
    chosen = parser.parse_args()
    todo = list(islice(jobs(chosen.seed), chosen.n))
    found: Counter[tuple[str, str]] = Counter()
    outcomes = pool.map(
        judged, todo, name=lambda job: f"{job.source} ({job.way})", processes=os.cpu_count() or 1
    )
    for n, (job, raw) in enumerate(zip(todo, outcomes, strict=True), 1):
        outcome = _ended(raw)
        if outcome.end == "hang":  # or was the machine busy?
            [again] = pool.map(judged, [job])
            outcome = _ended(again)
        kind = "held to its hash" if job.source.startswith("held/") else Path(job.source).suffix
        found[kind, outcome[0]] += 1
        if outcome[0] in OUTCOMES[4:]:
            print(f"{outcome[0]}: {tuple(job)}: {outcome[1]}", flush=True)
        if n % 500 == 0:
            print(f"{n} files", flush=True)
    kinds = sorted({kind for kind, _ in found})
    table = [["files", "tried", *OUTCOMES]]
    for kind in kinds:
        counts = [found[kind, end] for end in OUTCOMES]
        table.append([kind, *map(str, [sum(counts), *counts])])
    totals = [sum(n for (_, e), n in found.items() if e == end) for end in OUTCOMES]
    table.append(["all", *map(str, [sum(totals), *totals])])
    for row in table:
        print("  ".join(f"{cell:>10}" for cell in row))
    if chosen.write:
        with chosen.write.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(table)
    sys.exit(any(totals[4:]))


if __name__ == "__main__":
    import mutated  # the processes that read find its functions by this name

    mutated.main()
