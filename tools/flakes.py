"""Run the whole suite many times and note how each run ended: a test that fails now and then shows.

    python tools/flakes.py [RUNS]

A row a run goes to build/flakes.csv, where the rows of earlier calls stand: the version, the tests
passed and failed, the seconds, and the names of those that failed; what a run with a failure
printed lies beside it. At the end all rows, each with its version, become
docs/reliability/flakes.csv. Not sooner: the page that is made from it is held to it by a test.
"""

from __future__ import annotations

import csv
import re
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "reliability" / "flakes.csv"
NOTES = ROOT / "build" / "flakes.csv"
FIELDS = ["version", "passed", "failed", "seconds", "names"]
SUITE = ["-m", "pytest", "-q", "-n", "2", "--dist", "loadfile", "--nbval", "tests", "notebooks"]


def version() -> str:
    """The commit that lies in the checkout, and whether it was changed."""
    command = ["git", "describe", "--always", "--dirty"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def run() -> dict[str, str]:
    """One run of the suite."""
    start, code = time.monotonic(), version()
    done = subprocess.run(
        [sys.executable, *SUITE], cwd=ROOT, capture_output=True, text=True, check=False
    )
    counts = {word: int(n) for n, word in re.findall(r"(\d+) (passed|failed|error)", done.stdout)}
    names = re.findall(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.M)
    failed = counts.get("failed", 0) + counts.get("error", 0) or int(done.returncode != 0)
    seconds = time.monotonic() - start
    if failed:
        place = NOTES.with_name(f"flakes-{code}-{time.strftime('%H%M%S')}.txt")
        place.write_text(done.stdout + done.stderr, encoding="utf-8")
    values = [code, counts.get("passed", 0), failed, f"{seconds:.0f}", " ".join(names)]
    return dict(zip(FIELDS, map(str, values), strict=True))


def rows() -> list[dict[str, str]]:
    """The runs so far."""
    if not NOTES.exists():
        return []
    with NOTES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, runs: list[dict[str, str]]) -> None:
    """Write the runs as a table."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(runs)


def main() -> None:
    """Run as often as the command line says."""
    NOTES.parent.mkdir(exist_ok=True)
    for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 20):
        row = run()
        write(NOTES, [*rows(), row])
        print(*row.values(), flush=True)
    write(TABLE, rows())


if __name__ == "__main__":
    main()
