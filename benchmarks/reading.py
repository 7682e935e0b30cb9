"""Measure how well documents are read: F1 of tasks, units with roles, deadlines; known answers.

    python benchmarks/reading.py DOCUMENTS [GOLD]

DOCUMENTS is a folder of documents, GOLD (default: DOCUMENTS/gold) one of answers: for `a.txt`,
`a.pdf` ... a file `a.txt.csv` or `a.csv`, columns `seq, text_start, agencies, deadline_raw`;
`agencies` is `name:role;name:role`, names and roles as printed. A document whose answers have no
rows is no task list. A task is found where one of the answers begins with the same characters;
each answer counts once. Where the answers have a row for each list of units inside an item, parts
of the items are compared (`mentions.span`). Units count as (task, name, role), deadlines as (task,
printed phrase).

`said` is the share of the answers that were missed which the reading itself names: in an unread
sign, in a time that it refuses with its reason, in a leftover that it says it did not understand,
or in a warning, each with its line. Answers that are wrong themselves (`disputed_answers.csv`) are
no part of it and stand below. The last row leaves out the documents whose text no longer holds
the form in which they were printed (`lost_structure.csv`). Below that stands
how far the confidence can be relied on: documents and F1 (all answers of a document
together) by how sure the reading was.
"""

from __future__ import annotations

import argparse
import csv
import re
import time
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from yiyang import InputError, agencies
from yiyang.core.text import fold, simplify
from yiyang.extract import SUFFIXES
from yiyang.show import preview


class Counts(NamedTuple):
    """Found rightly, found in all, and there to be found."""

    right: int = 0
    found: int = 0
    gold: int = 0

    def __add__(self, other: Counts) -> Counts:  # type: ignore[override]
        return Counts(*(a + b for a, b in zip(self, other, strict=True)))

    @property
    def f1(self) -> float:
        """Return 2·right / (found + gold); 1 where there was nothing to find and nothing was
        found."""
        total = self.found + self.gold
        return 2 * self.right / total if total else 1.0


class Task(NamedTuple):
    """A task of the answers or of the reading."""

    start: str
    units: Counter[tuple[str, str]]
    deadlines: tuple[str, ...]
    lines: range = range(0)


def role(printed: str) -> str:
    """Return a role word as the answers name it: 分别负责 and 按职责分工负责 are 负责."""
    word = re.sub(r"[:：\s]", "", simplify(printed))
    for name in ("牵头", "主办", "配合", "协办", "协同", "参与"):
        if name in word:
            return {"主办": "牵头", "协办": "配合", "协同": "配合", "参与": "配合"}.get(name, name)
    if re.search("单位|部门|主体", word):
        return re.sub("部门|主体", "单位", word)
    for name in ("负责", "落实"):
        if name in word:
            return name
    return word


def answers(path: Path) -> list[Task]:
    """Return the tasks of a file of answers."""
    tasks = []
    for row in csv.DictReader(path.open(encoding="utf-8-sig", newline="")):
        pairs = [unit.rsplit(":", 1) for unit in row["agencies"].split(";") if unit.strip()]
        units = Counter((fold(simplify(name)), role(word)) for name, word in pairs)
        raw = fold(simplify(row["deadline_raw"]))
        times = tuple(time for time in raw.split(";") if time)
        tasks.append(Task(fold(simplify(row["text_start"])), units, times))
    return tasks


def reading(path: Path) -> tuple[list[Task], preview.Preview]:
    """Return the tasks that yiyang reads from a document."""
    read = preview.read(path)
    return [_task(read, task, None) for task in read.tasks.itertuples()], read


def by_part(read: preview.Preview) -> list[Task]:
    """Return the tasks of a document, one with lists for several parts of its text once for each
    part."""
    tasks = []
    for task in read.tasks.itertuples():
        own = read.mentions.loc[read.mentions["task_id"] == task.task_id, "span"].dropna()
        tasks += [_task(read, task, span) for span in sorted(set(own)) or [None]]
    return tasks


def nearer(read: preview.Preview, found: list[Task], gold: list[Task]) -> list[Task]:
    """Return the tasks or their parts, whichever the answers have: some have a row a bracket."""
    parts = by_part(read)
    right = [sum(bool(t and a) for t, a in pairs(tasks, gold)) for tasks in (found, parts)]
    return parts if right[1] > right[0] else found


def _task(read: preview.Preview, task: Any, span: tuple[int, int] | None) -> Task:
    """A task, or the part of one for which some of its lists stand."""
    mentions = read.mentions[read.mentions["task_id"] == task.task_id]
    text = task.text[slice(*span)] if span else task.text
    if span:
        mentions = mentions[mentions["span"] == span]
    units: Counter[tuple[str, str]] = Counter()
    for mention in mentions[mentions["field"].isin(agencies.DEFAULT_ROLES)].itertuples():
        default = agencies.DEFAULT_ROLES[mention.field]
        for unit in agencies.read_units(mention.text, default).units:
            word = unit.role_printed or mention.heading or "责任单位"
            units[fold(simplify(unit.printed)), role(word)] += 1
    cells = mentions.loc[mentions["field"] == "deadline", "text"]
    times = read.deadlines[read.deadlines["task_id"] == task.task_id]
    due = times[(times["source"] == "text") & times["kind"].isin(["by_date", "period"])]
    printed = [time for time in due["printed"] if time in text]
    found = [*cells, *(printed if cells.empty else [])]
    lines = range(task.line_start, task.line_end + 1)
    return Task(fold(simplify(text)), units, tuple(fold(simplify(t)) for t in found), lines)


# Reasons of leftovers that say of a piece that it was not read
_NOT_READ = re.compile(
    "not understood|not known|does not fit|without a column|without the words|unread|not read"
)


class Said:
    """What a reading says it did not read: unread signs, leftovers and warnings, with lines."""

    def __init__(self, read: preview.Preview) -> None:
        self.pieces = [(row["line"], row["printed"]) for row in read.account.unread()]
        # A sign of a task that is refused has its reason there: a time that is no deadline
        self.pieces += [
            (row["line"], row["printed"])
            for row in read.account.not_used()
            if row["task_id"] and row["kind"] == "time" and row["reason"]
        ]
        left = read.leftovers[read.leftovers["reason"].str.contains(_NOT_READ)]
        self.pieces += list(zip(left["line"], left["text"].map(_folded), strict=True))
        for warning in read.warnings:
            lines = [int(n) for n in re.findall(r"line (\d+)", warning)]
            self.pieces += [(line, _folded(warning)) for line in lines]
        self.warned = {
            int(line) for warning in read.warnings for line in re.findall(r"line (\d+)", warning)
        }

    def names(self, words: str) -> bool:
        """Tell whether the words stand in what was not read."""
        return any(words in piece for _, piece in self.pieces)

    def about(self, lines: range, words: str) -> bool:
        """Tell whether a warning or unread piece with the words stands on one of the lines."""
        return bool(self.warned & set(lines)) or any(
            line in lines and (words in piece or (len(piece) > 2 and piece in words))
            for line, piece in self.pieces
        )


def _folded(text: str) -> str:
    return fold(simplify(text))


def disputed_in(name: str) -> dict[str, str]:
    """Return the units of the answers to a document that are wrong, each with the reason."""
    path = Path(__file__).with_name("disputed_answers.csv")
    rows = csv.DictReader(path.open(encoding="utf-8", newline=""))
    return {fold(simplify(row["unit"])): row["reason"] for row in rows if row["document"] == name}


def lost_structure() -> frozenset[str]:
    """Return the documents whose text no longer holds the form in which they were printed."""
    path = Path(__file__).with_name("lost_structure.csv")
    with path.open(encoding="utf-8", newline="") as file:
        return frozenset(row["document"] for row in csv.DictReader(file))


def said_of_missed(
    found: list[Task], gold: list[Task], read: preview.Preview, disputed: Collection[str] = ()
) -> tuple[int, int]:
    """Tell how many answers were missed, and of how many of these the reading says so."""
    said, missed, named = Said(read), 0, 0
    for task, answer in pairs(found, gold):
        if not answer:
            continue
        wanted = [name for name, _ in (answer.units - task.units if task else answer.units)]
        wanted = [name for name in wanted if name not in disputed]
        times = [
            t
            for t in answer.deadlines
            if not task or not any(t in s or s in t for s in task.deadlines)
        ]
        if not task:
            is_named = said.names(answer.start)
            missed += 1 + len(wanted) + len(times)
            named += is_named + sum(is_named or said.names(w) for w in (*wanted, *times))
        else:
            missed += len(wanted) + len(times)
            named += sum(said.about(task.lines, w) for w in (*wanted, *times))
    return missed, named


BANDS = ((0.9, "0.9 and more"), (0.7, "0.7 to 0.9"), (0.5, "0.5 to 0.7"), (0.0, "below 0.5"))


def reliability(read: list[tuple[float, float]]) -> pd.DataFrame:
    """Make a table: one row is a band of confidence: documents, how many read right (F1 0.97),
    their mean F1."""
    frame = pd.DataFrame(read, columns=["sure", "f1"])
    edges = [next(name for low, name in BANDS if sure >= low) for sure in frame["sure"]]
    grouped = frame.groupby(pd.Categorical(edges, [name for _, name in BANDS]), observed=True)["f1"]
    return pd.DataFrame(
        {
            "documents": grouped.size(),
            "read right": grouped.agg(lambda f1: int((f1 >= 0.97).sum())),
            "F1": grouped.mean().round(3),
        }
    )


def pairs(found: list[Task], gold: list[Task]) -> list[tuple[Task | None, Task | None]]:
    """Return each task read beside the answer that begins alike; None where there is none."""
    left = list(found)
    together: list[tuple[Task | None, Task | None]] = []
    for answer in gold:
        match = next((t for t in left if t.start.startswith(answer.start)), None)
        if match:
            left.remove(match)
        together.append((match, answer))
    return together + [(task, None) for task in left]


def compare(found: list[Task], gold: list[Task]) -> tuple[Counts, Counts, Counts]:
    """Return counts of tasks, units and deadlines."""
    tasks = units = times = Counts()
    for task, answer in pairs(found, gold):
        tasks += Counts(bool(task and answer), bool(task), bool(answer))
        mine = task.units if task else Counter()
        theirs = answer.units if answer else Counter()
        units += Counts((mine & theirs).total(), mine.total(), theirs.total())
        said = task.deadlines if task else ()
        asked = answer.deadlines if answer else ()
        right = sum(any(a in s or s in a for s in said) for a in asked)
        times += Counts(right, len(said), len(asked))
    return tasks, units, times


def answered(documents: Path, gold: Path) -> Iterator[tuple[Path, Path]]:
    """Return every document of a folder that has answers, with their file."""
    for path in sorted(documents.iterdir()):
        names = (f"{path.name}.csv", f"{path.stem}.csv", f"{path.stem}.*.csv")
        files = [file for name in names for file in sorted(gold.glob(name))]
        if path.suffix.lower() in SUFFIXES and files:
            yield path, files[0]


def main() -> None:
    """Print a table, one row a document."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("documents", type=Path)
    arguments.add_argument("gold", type=Path, nargs="?")
    arguments.add_argument("--misses", action="store_true", help="list what was missed or made up")
    options = arguments.parse_args()
    gold_folder = options.gold or options.documents / "gold"
    rows = []
    totals = [Counts(), Counts(), Counts()]
    structured, lost = list(totals), lost_structure()
    sure_and_f1, missed_and_said, wrong = [], [0, 0], []
    for path, answers_file in answered(options.documents, gold_folder):
        begun = time.perf_counter()
        gold = answers(answers_file)
        try:
            found, read = reading(path)
            layout, sure = read.document["layout"].iloc[0], read.confidence
        except InputError as error:
            print(f"{path.name}: {error}")
            found, layout, sure, read = [], "unread", 0.0, None
        else:
            found = nearer(read, found, gold)
        counts = compare(found, gold)
        whole = sum(counts, Counts())
        sure_and_f1.append((sure, whole.f1))
        disputed = disputed_in(path.name)
        missed, named = said_of_missed(found, gold, read, disputed) if read else (0, 0)
        wrong += [(path.name, unit, why) for unit, why in disputed.items()]
        missed_and_said = [missed_and_said[0] + missed, missed_and_said[1] + named]
        totals = [a + b for a, b in zip(totals, counts, strict=True)]
        if path.name not in lost:
            structured = [a + b for a, b in zip(structured, counts, strict=True)]
        rows.append(
            (
                path.name,
                layout,
                f"{sure:.2f}",
                f"{len(found)}/{len(gold)}",
                *(f"{c.f1:.3f}" for c in counts),
                f"{named}/{missed}" if missed else "",
                f"{time.perf_counter() - begun:.2f}",
            )
        )
        if options.misses:
            show_misses(path.name, found, gold)
    missed, named = missed_and_said
    share = f"{named}/{missed}" if missed else ""
    rows.append(("all", "", "", "", *(f"{c.f1:.3f}" for c in totals), share, ""))
    rows.append(
        ("that hold their structure", "", "", "", *(f"{c.f1:.3f}" for c in structured), "", "")
    )
    columns = ["document", "layout", "sure", "tasks", "F1 tasks", "F1 units", "F1 deadlines"]
    print(pd.DataFrame(rows, columns=[*columns, "said", "s"]).to_string(index=False))
    for name, unit, why in wrong:
        print(f"answer in dispute: {name}: {unit}: {why}")
    print()
    print(reliability(sure_and_f1).to_string())


def show_misses(name: str, found: list[Task], gold: list[Task]) -> None:
    """Print what the reading and the answers do not share."""
    for answer in gold:
        task = next((t for t in found if t.start.startswith(answer.start)), None)
        if not task:
            print(f"{name}: missed {answer.start}")
            continue
        if task.units != answer.units:
            print(
                f"{name}: {answer.start}: -{dict(answer.units - task.units)} "
                f"+{dict(task.units - answer.units)}"
            )
        if set(task.deadlines) != set(answer.deadlines):
            print(f"{name}: {answer.start}: {task.deadlines} for {answer.deadlines}")
    starts = tuple(answer.start for answer in gold)
    for task in found:
        if not starts or not task.start.startswith(starts):
            print(f"{name}: made up {task.start[:40]}")


if __name__ == "__main__":
    main()
