"""Kill what writes, at random moments, and look what is left: the old or the new, never a mixture.

    python robustness/kills.py [KILLS] [--write FILE]

Children of this process write a folder of tables, a catalogue and a notebook, two versions in
turn, alone or two at once; some on a disk that is full after so many bytes. Each is killed
(SIGKILL) after a random time, and every file is held to the two versions.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pandas as pd

from yiyang import InputError
from yiyang.commands import corpus
from yiyang.core import schema
from yiyang.report import notebooks
from yiyang.safety import digests

VERSIONS = ("old", "new")
ROWS = 500
LONGEST = 0.5
"""Seconds until a kill, at most: time for several versions."""


def _frames(version: str) -> dict[str, pd.DataFrame]:
    rows = {"document_id": "d", "line": range(ROWS), "text": version * 20, "reason": version}
    names = schema.cast("leftovers", pd.DataFrame(rows))
    places = pd.DataFrame(
        [(version, "地", version, "unknown", "110000", "")],
        columns=schema.columns("jurisdictions"),
    )
    return {"jurisdictions": schema.cast("jurisdictions", places), "leftovers": names}


def write_tables(folder: Path, version: str) -> None:
    schema.write(_frames(version), folder / "tables")


def write_catalogue(folder: Path, version: str) -> None:
    rows = [{"file_name": f"{n}.txt", "note": version * 50} for n in range(200)]
    corpus.list_documents(folder, rows)


def write_notebook(folder: Path, version: str) -> None:
    cells = [nbformat.v4.new_markdown_cell(version * 50, id=f"c{n}") for n in range(50)]
    notebooks.store(folder / "a.ipynb", nbformat.v4.new_notebook(cells=cells))


WRITERS: dict[str, Callable[[Path, str], None]] = {
    "tables": write_tables,
    "catalogue": write_catalogue,
    "notebook": write_notebook,
}
PLACES = {"tables": "tables", "catalogue": "catalogue.csv", "notebook": "a.ipynb"}


def state(place: Path) -> str:
    """Return a digest of a file or folder as it lies there."""
    if place.is_dir():
        return digests.of_files(place)
    return digests.of([place.read_bytes()]) if place.is_file() else "missing"


def write_without_end(writer: Callable[[Path, str], None], folder: Path, room: int) -> None:
    """Write the versions in turn; beyond `room` bytes the disk takes no more (0: it takes all)."""
    if room:
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    while True:
        for version in reversed(VERSIONS):
            try:
                writer(folder, version)
            except InputError:
                if not room:
                    raise


def child(work: Callable[[], None]) -> int:
    """Fork a copy of this process that does the work and nothing else."""
    pid = os.fork()
    if not pid:
        try:
            work()
        finally:
            os._exit(1)
    return pid


def run(kills: int, seed: int = 0) -> dict[str, object]:
    """Kill so many writers; how many, what they wrote, and what was damaged or left beside."""
    chance = random.Random(seed)
    counts: Counter[str] = Counter()
    damaged: list[str] = []
    with tempfile.TemporaryDirectory(prefix="yiyang-kills-") as name:
        folder = Path(name)
        known: dict[str, dict[str, str]] = {}
        for what, writer in WRITERS.items():
            known[what] = {}
            for version in reversed(VERSIONS):
                writer(folder, version)
                known[what][state(folder / PLACES[what])] = version
        while sum(counts.values()) < kills:
            what = chance.choice(list(WRITERS))
            full = chance.randint(1, 30_000)
            kinds = [("alone", 1, 0), ("two at once", 2, 0), ("full disk", 1, full)]
            kind, number, room = chance.choice(kinds)
            pids = [
                child(lambda: write_without_end(WRITERS[what], folder, room))  # noqa: B023
                for _ in range(number)
            ]
            time.sleep(chance.uniform(0.01, LONGEST))
            for pid in pids:
                os.kill(pid, signal.SIGKILL)
            ends = [os.waitpid(pid, 0)[1] for pid in pids]
            if any(not os.WIFSIGNALED(end) for end in ends):
                damaged.append(f"{what}, {kind}: a writer ended by itself")
            found = known[what].get(state(folder / PLACES[what]))
            counts[f"{what}, {kind}: {found or 'damaged'}"] += number
            if not found:
                damaged.append(f"{what}, {kind}")
        for what, writer in WRITERS.items():  # the next run tidies up
            writer(folder, "old")
            if known[what].get(state(folder / PLACES[what])) != "old":
                damaged.append(f"{what}, written once more")
        own = {*PLACES.values()}
        left = [p.name for p in folder.iterdir() if p.name not in own and p.suffix != ".lock"]
    return {
        "kills": sum(counts.values()),
        "damaged": damaged,
        "left_beside": left,
        "found": dict(sorted(counts.items())),
    }


def end(pid: int, seconds: float) -> None:
    """Kill a child after so many seconds, and wait for its end."""
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)


def main(run: Callable[[int], dict[str, Any]], kills: int) -> None:
    """Kill as often as the command line says, print what was found, and end with 1 for damage."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kills", nargs="?", type=int, default=kills)
    parser.add_argument("--write", type=Path, help="a CSV file, in which this script has a row")
    options = parser.parse_args()
    said = run(options.kills)
    print(json.dumps(said, indent=2))
    if options.write:
        note(options.write, Path(sys.argv[0]).stem, said)
    sys.exit(bool(said["damaged"] or said.get("left_beside")))


def note(path: Path, script: str, said: dict[str, Any]) -> None:
    """Write the row of a script into a table of kills, in the place of an earlier one."""
    kept = []
    if path.is_file():
        with path.open(encoding="utf-8", newline="") as file:
            kept = [row for row in csv.DictReader(file) if row["script"] != script]
    counts = {name: len(said.get(name, ())) for name in ("damaged", "left_beside")}
    rows = [*kept, {"script": script, "kills": said["kills"], **counts}]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[-1]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main(run, 200)
