"""Measure yiyang on a large corpus: time, memory, growth, the same result on many machines.

    python benchmarks/scale.py [PART ...] [--tasks N ...] [--processes N] [--folder FOLDER]

`local`   made-up corpora of so many tasks (default 1000 10000), from documents to themes and
          workloads: tasks a second, peak memory of all processes, accuracy, growth.
`recipe`  the plain recipe (python-docx, jieba, TF-IDF, k-means in one process) and the least work
          (the files read, rjieba alone) on the largest of them, beside yiyang.
`dask`    the largest of them on Dask with one and with two workers, with workers as processes of
          their own, and with one of these killed: each must give the tables of the local run.

All parts by default. Corpora are written to FOLDER (default: a temporary one) and used again. Wall
times count on a quiet machine only; processor times stand beside them. See docs/scale.md.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import platform
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import psutil
from synthetic import accuracy

HERE = Path(__file__).resolve().parent
TASKS_A_DOCUMENT = 37.9
"""On the average of a corpus of `benchmarks/corpus.py`."""
CHECKED = 100_000
"""Tasks up to which a corpus is held against its answers."""
TICK = 0.2
"""Seconds between two looks at the memory."""


class Spent(NamedTuple):
    """What a command took: seconds by the clock and of all processors, the peak bytes of all its
    processes (pages that they share count once), and the last line that it printed."""

    wall: float
    processor: float
    peak: int
    said: str


def measured(*command: str | Path, beside: Sequence[psutil.Process] = ()) -> Spent:
    """Run a command of Python to its end; processes `beside` it (workers) count too.

    The processor seconds of a process are those at the last look at it: the processes that read
    documents are ended from outside, and their parents never learn what they took.
    """
    begun, used = time.perf_counter(), Counter[int]()
    _look(beside, used)
    before = used.total()
    with tempfile.TemporaryFile("w+") as out:
        with subprocess.Popen([sys.executable, *map(str, command)], stdout=out) as process:
            peak = 0
            while process.poll() is None:
                with suppress(psutil.Error):
                    peak = max(peak, _look([psutil.Process(process.pid), *beside], used))
                time.sleep(TICK)
        wall = time.perf_counter() - begun
        out.seek(0)
        lines = out.read().strip().splitlines()
    if process.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} ended with {process.returncode}")
    return Spent(wall, used.total() - before, peak, lines[-1] if lines else "")


def _look(roots: Sequence[psutil.Process], used: Counter[int]) -> int:
    """The bytes that these processes and all below them hold; note their processor seconds."""
    held = 0
    for root in roots:
        with suppress(psutil.Error):
            for process in [root, *root.children(recursive=True)]:
                with suppress(psutil.Error):
                    used[process.pid] = sum(process.cpu_times()[:2])
                    held += process.memory_full_info().pss
    return held


def machine() -> str:
    """Return the machine and the libraries that count here, in one line."""
    cpu = (
        Path("/proc/cpuinfo").read_text(encoding="utf-8") if Path("/proc/cpuinfo").exists() else ""
    )
    name = re.search(r"model name\s*: (.+)", cpu)
    libraries = ", ".join(f"{n} {version(n)}" for n in ("pandas", "scikit-learn", "rjieba", "dask"))
    return (
        f"{os.cpu_count()} cores of {name[1] if name else platform.processor()}, "
        f"{psutil.virtual_memory().total / 2**30:.0f} GB, {platform.system()}, "
        f"Python {platform.python_version()}, {libraries}; load at the beginning "
        f"{os.getloadavg()[0]:.1f}"
    )


def corpus(folder: Path, n_tasks: int) -> Path:
    """Return a corpus of about so many tasks, written unless it is there."""
    n = math.ceil(n_tasks / TASKS_A_DOCUMENT)
    out = folder / f"documents-{n}"
    if not (out / "written").exists():
        spent = measured(HERE / "corpus.py", str(n), out)
        (out / "written").touch()
        print(f"{n} documents made in {spent.wall:.0f} s", file=sys.stderr)
    return out


def yiyang(
    documents: Path,
    out: Path,
    *options: str,
    batch: int = 0,
    beside: Sequence[psutil.Process] = (),
) -> Spent:
    """Run `yiyang run` into an empty folder, `batch` documents together (0: the usual number)."""
    shutil.rmtree(out, ignore_errors=True)
    usual = ("-m", "yiyang")
    smaller = ("-c", SMALLER_BATCHES.format(batch))
    command = ("run", "--quiet", "--corpus", documents, "--out", out, *options)
    return measured(*(smaller if batch else usual), *command, beside=beside)


SMALLER_BATCHES = (
    "import importlib; importlib.import_module('yiyang.scale.pipeline').BATCH = {}; "
    "from yiyang.commands.cli import app; app()"
)
"""So that a small corpus, too, has batches under way when a worker is killed."""
BATCHES = 12
"""Batches that the corpus is cut into for Dask."""


def tables(out: Path) -> dict[str, pd.DataFrame]:
    """Return the bulk tables that a run wrote."""
    folders = sorted(path for path in (out / "tables").iterdir() if path.is_dir())
    return {
        folder.name: pd.concat(map(pd.read_parquet, sorted(folder.glob("*/*/*.parquet"))))
        for folder in folders
    }


def digests(out: Path) -> dict[str, str]:
    """Tell what stands for the rows of each table, whatever their order."""
    found = {}
    for name, frame in tables(out).items():
        rows = frame.to_csv(index=False, lineterminator="\n").splitlines()
        found[name] = hashlib.sha256("\n".join(sorted(rows)).encode()).hexdigest()
    return found


def show(title: str, rows: list[dict[str, Any]]) -> None:
    """Print a table."""
    print(f"\n{title}")
    print(pd.DataFrame(rows).to_string(index=False))


def local(folder: Path, sizes: list[int], processes: int) -> None:
    """Measure time, memory, accuracy and growth of the local engine."""
    rows, steps, exact = [], [], []
    for size in sizes:
        documents = corpus(folder, size)
        spent = yiyang(documents, folder / "out", "--processes", str(processes))
        said = json.loads((folder / "out" / "run.json").read_text(encoding="utf-8"))
        work = said["worker_seconds"]
        rows.append(
            {
                "documents": said["documents"],
                "tasks": said["tasks"],
                "seconds": round(spent.wall, 1),
                "tasks/s": round(said["tasks"] / spent.wall),
                "processor s": round(spent.processor, 1),
                "peak MB": round(spent.peak / 1e6),
                **{f"{step} s": seconds for step, seconds in work.items()},
                "not read": said["documents_unread"],
            }
        )
        steps.append({"tasks": said["tasks"]} | said["seconds"])
        if size <= CHECKED:
            found = tables(folder / "out")
            known = accuracy.scores(documents / "answers", found)
            groups = accuracy.scores(documents / "answers", found, by="damage")
            for name, own in (("all", known), ("whole", groups[groups["damage"] == "none"])):
                f1 = dict(zip(own["what"], own["f1"].round(4), strict=True))
                exact.append({"corpus": said["tasks"], "documents": name} | f1)
    show(f"yiyang run, {processes} processes; behind `peak`: seconds of all workers", rows)
    show("seconds by the clock, step by step", steps)
    if len(rows) > 1:
        measures = [[r["tasks"], r["seconds"], r["processor s"]] for r in rows]
        n, wall, processor = np.log(np.array(measures, float)).T
        for which, part in (("all sizes", slice(None)), ("the last two", slice(-2, None))):
            fitted = [np.polyfit(n[part], taken[part], 1)[0] for taken in (wall, processor)]
            print(
                f"growth, {which}: seconds ~ tasks^{fitted[0]:.2f}, "
                f"processor seconds ~ tasks^{fitted[1]:.2f}"
            )
    show("F1 against the known answers, of all documents and of those that are not damaged", exact)


def recipe(folder: Path, size: int, processes: int) -> None:
    """Measure yiyang beside the plain recipe and beside the least that has to be done."""
    documents = corpus(folder, size)
    whole = yiyang(documents, folder / "out", "--processes", str(processes))
    said = json.loads((folder / "out" / "run.json").read_text(encoding="utf-8"))
    n = said["tasks"]
    rows = [_beside("yiyang run", n, whole, whole)]
    for which, name in (
        ("plain", "plain recipe"),
        ("least", "files into blocks, rjieba"),
        ("tasks", "files into tasks, rjieba"),
    ):
        spent = measured(HERE / "recipe.py", which, documents)
        own = json.loads(spent.said)
        parts = {f"{part} s": round(own[part], 1) for part in ("read", "analyse")}
        rows.append(_beside(name, n, spent, whole) | parts)
    show(f"{n} tasks, side by side; behind: processor seconds of the two halves", rows)


def _beside(name: str, n: int, spent: Spent, whole: Spent) -> dict[str, Any]:
    return {
        "": name,
        "seconds": round(spent.wall, 1),
        "tasks/s": round(n / spent.wall),
        "processor s": round(spent.processor, 1),
        "peak MB": round(spent.peak / 1e6),
        "yiyang's seconds / these": round(whole.wall / spent.wall, 2),
        "of processor": round(whole.processor / spent.processor, 2),
    }


def dask(folder: Path, size: int) -> None:
    """Make the same tables on Dask, whatever happens to a worker."""
    documents, out = corpus(folder, size), folder / "out"
    rows: list[dict[str, Any]] = []
    n_documents = sum(1 for _ in (documents / "catalogue.csv").open(encoding="utf-8")) - 1
    batch = math.ceil(n_documents / BATCHES)
    first: dict[str, str] = {}

    def add(name: str, *options: str, beside: Sequence[psutil.Process] = ()) -> None:
        spent = yiyang(documents, out, *options, batch=batch, beside=beside)
        now = digests(out)
        first.update({} if first else now)
        other = sorted(table for table in first if now.get(table) != first[table])
        same = f"no: {', '.join(other)}" if other else "yes"
        rows.append(
            {
                "": name,
                "seconds": round(spent.wall, 1),
                "times as fast": round(
                    (rows[0]["seconds"] if rows else spent.wall) / spent.wall, 2
                ),
                "processor s": round(spent.processor, 1),
                "same tables": same,
            }
        )

    add("local, 1 process", "--processes", "1")
    add("local, 2 processes", "--processes", "2")
    for n in (1, 2):
        add(f"dask, workers: {n}", "--engine", "dask", "--processes", str(n))
    for is_killed in (False, True):
        with _cluster() as (address, workers):
            shutil.rmtree(out, ignore_errors=True)
            done: list[int] = []
            end = threading.Thread(target=_kill, args=(workers[0], out, done))
            if is_killed:
                end.start()
            name = "dask, 2 workers of their own"
            add(name, "--engine", "dask", "--scheduler", address, beside=workers)
            if is_killed:
                end.join()
                rows[-1][""] = f"one of them killed after batch {done[0]}"
    show(f"the same corpus ({size} tasks, {BATCHES} batches) by each engine", rows)


@contextmanager
def _cluster() -> Iterator[tuple[str, list[psutil.Process]]]:
    """A scheduler and two workers, each a process of its own, over loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    own = ("--no-dashboard", "--host", "127.0.0.1")
    commands = [["scheduler", "--port", str(port), *own]]
    commands += [["worker", address, "--nthreads", "1", "--no-nanny", *own]] * 2
    begun = []
    try:
        for command in commands:
            begun.append(
                subprocess.Popen(
                    [sys.executable, "-m", "dask", *command],
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )
            )
        yield address, [psutil.Process(process.pid) for process in begun[1:]]
    finally:
        for process in begun:
            process.kill()
            process.wait()


def _kill(worker: psutil.Process, out: Path, done: list[int]) -> None:
    """Kill a worker when the first batch is there and others are under way; note how many are."""
    for _ in range(int(600 / TICK)):
        if n := len(list((out / "batches").glob("*/manifest.json"))):
            break
        time.sleep(TICK)
    worker.kill()
    done.append(n)


def main() -> None:
    """Read the command line."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("parts", nargs="*", choices=[[], "local", "recipe", "dask"])
    arguments.add_argument("--tasks", type=int, nargs="+", default=[1_000, 10_000])
    arguments.add_argument("--processes", type=int, default=os.cpu_count())
    arguments.add_argument("--folder", type=Path)
    options = arguments.parse_args()
    parts = options.parts or ["local", "recipe", "dask"]
    print(machine())
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if "local" in parts:
            local(folder, sorted(options.tasks), options.processes)
        if "recipe" in parts:
            recipe(folder, max(options.tasks), options.processes)
        if "dask" in parts:
            dask(folder, max(options.tasks))


if __name__ == "__main__":
    main()
