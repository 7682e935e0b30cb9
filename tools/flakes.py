"""Run the whole suite many times and note how each run ended: a test that fails now and then shows.

    python tools/flakes.py [RUNS]

A row a run goes to docs/reliability/flakes.csv (what stands there is kept): the version, the tests
passed and failed, the seconds, and the names of those that failed.
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
FIELDS = ["version", "passed", "failed", "seconds", "names"]


def run() -> dict[str, str]:
    """One run of the suite."""
    start = time.monotonic()
    command = [
        "-m",
        "pytest",
        "-q",
        "-n",
        "2",
        "--dist",
        "loadfile",
        "--nbval",
        "tests",
        "notebooks",
    ]
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    version = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    counts = {word: n for n, word in re.findall(r"(\d+) (passed|failed|error)", done.stdout)}
    names = re.findall(r"^(?:FAILED|ERROR) (\S+)", done.stdout, re.M)
    failed = int(counts.get("failed", 0)) + int(counts.get("error", 0)) or int(done.returncode != 0)
    seconds = f"{time.monotonic() - start:.0f}"
    values = [version, counts.get("passed", "0"), str(failed), seconds, " ".join(names)]
    return dict(zip(FIELDS, values, strict=True))


def main() -> None:
    """Run as often as the command line says."""
    TABLE.parent.mkdir(exist_ok=True)
    for _ in range(int(sys.argv[1]) if len(sys.argv) > 1 else 20):
        is_new = not TABLE.exists()
        row = run()
        with TABLE.open("a", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
            if is_new:
                writer.writeheader()
            writer.writerow(row)
        print(*row.values(), flush=True)


if __name__ == "__main__":
    main()
