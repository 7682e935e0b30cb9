"""Read hostile input of many kinds: how each ended, in what time and memory.

    python robustness/hostile.py [--only NAME] [--write FILE]

Each kind (`hostile_files.py`, `hostile_texts.py`, `hostile_marks.py`) is made in a fresh folder and
read as a user would read it, in a process of its own that is measured: processor seconds and the
most memory that one process held, the start of Python and its libraries (some 1.5 s and 130 MB)
included; not the seconds in which what was read is held against the promises below, which asks for
the whole report; of repeats, the seconds of the slowest of its texts. A kind ends well where it is
refused with a reason or read safely, as is expected of it, within 10 s and 500 MB, and where
nothing of it is run, fetched or let out:

- the reading as a page holds no element or attribute that the document brought along;
- no cell of a workbook or a CSV file begins a formula, and a file of CSV has the rows of its table;
- page, cells and terminal hold no character that hides or turns other text;
- no process asked for a connection, and no file was written beside the folder.

Exits with 1 where one kind does not.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path
from typing import Any

import hostile_marks  # noqa: F401  (both enter their kinds)
import hostile_texts  # noqa: F401
from hostile_files import KINDS, ROOT, Kind

SECONDS, MEGABYTES = 10, 500
HANGS = 1200
"""Seconds of the clock after which a process is ended."""
WITNESS = Path("/tmp/yiyang-hostile")
"""What the hostile files try to write."""
# Control characters, marks of direction and characters of no width
HIDDEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
FORMULA = re.compile("[=+@＝＋＠\t-][A-Za-z0-9]")
# Every Python process of a measurement notes here that it asked for a connection or a program.
GUARD = """
import os, sys
def note(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "os.system", "os.exec"):
        with open(os.environ["YIYANG_GUARD"], "a") as file:
            file.write(f"{event} {args!r}\\n")
sys.addaudithook(note)
"""


def run(kind: Kind) -> dict[str, Any]:
    """Make and read one kind; how it ended, and what it took."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "guard").mkdir()
        (folder / "guard" / "sitecustomize.py").write_text(GUARD)
        (folder / "files").mkdir()
        path = os.pathsep.join(map(str, (folder / "guard", ROOT)))
        env = os.environ | {"PYTHONPATH": path, "YIYANG_GUARD": str(folder / "noted")}
        script = [sys.executable, __file__, kind.name, str(folder / "files")]
        subprocess.run([*script, "--make"], check=True, env=env)
        start = time.monotonic()
        process = subprocess.Popen(
            [*script, "--read"], env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        said, taken = _watched(process, start + HANGS)
        noted = (folder / "noted").read_text() if (folder / "noted").exists() else ""
    row = {"group": kind.group, "kind": kind.name, "ended": said["ended"], "reason": said["reason"]}
    whole = taken.ru_utime + taken.ru_stime - said.get("checking", 0)
    row |= {"seconds": said.get("seconds", round(whole, 1))}
    row |= {"megabytes": round(taken.ru_maxrss / 1000)}
    faults = [said["fault"], noted and f"asked: {noted[:200]}"]
    faults += [WITNESS.exists() and "a file outside"]
    faults += [kind.expects not in (row["ended"], "either") and f"expected: {kind.expects}"]
    faults += [row["ended"] not in ("read", "refused") and "no good end"]
    faults += [row["seconds"] > SECONDS and "too long", row["megabytes"] > MEGABYTES and "too much"]
    return row | {"fault": "; ".join(filter(None, faults))}


def _watched(process: subprocess.Popen[bytes], end: float) -> tuple[dict[str, Any], Any]:
    """What the process said, and what it and its own processes took."""
    assert process.stdout
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    while time.monotonic() < end:
        pid, _, taken = os.wait4(process.pid, os.WNOHANG)
        if pid:
            said = process.stdout.read().decode() or '{"ended": "crash", "reason": "", "fault": ""}'
            return json.loads(said.splitlines()[-1]), taken
        time.sleep(0.02)
    process.kill()
    process.wait()
    return {"ended": "hang", "reason": "", "fault": ""}, before


# In the process that is measured -----------------------------------------------------------------


def read(name: str, folder: Path) -> dict[str, Any]:
    """Read what was made of a kind; `ended`, the reason of a refusal, and a broken promise."""
    import yiyang  # noqa: PLC0415  (measured)

    kind = next(k for k in KINDS if k.name == name)
    made = folder / ".made"
    target = json.loads(made.read_text())
    try:
        if isinstance(target, list):
            slowest, word = _slowest(target[0], target[1:])
            said = {"ended": "read", "reason": f"{word!r} takes longest", "fault": ""}
            return said | {"seconds": round(slowest, 1)}
        if kind.group == "catalogues":
            read = yiyang.load(Path(target))
            return {"ended": "read", "reason": f"{len(read.tasks)} tasks", "fault": ""}
        read = yiyang.read(target)
        start = time.process_time()
        fault = _unsafe(read)
        checking = time.process_time() - start
        said = {"ended": "read", "reason": f"{len(read.tasks)} tasks", "fault": fault}
        return said | {"checking": checking}
    except yiyang.InputError as error:
        return {
            "ended": "refused",
            "reason": error.found.replace(f"{folder}/", "")[:120],
            "fault": "",
        }


def _slowest(use: str, texts: list[str]) -> tuple[float, str]:
    """The text that a grammar takes longest to read: processor seconds, and how it begins."""
    sys.path.insert(0, str(ROOT / "tests"))
    import invariants  # noqa: PLC0415

    check = {
        "units": invariants.check_units,
        "times": invariants.check_times,
        "figures": invariants.check_figures,
    }
    check["document"] = lambda text: invariants.check_document(text.encode(), "a.txt")
    taken = []
    for text in texts:
        start = time.process_time()
        check[use](text)
        taken.append((time.process_time() - start, text[:8]))
    return max(taken)


def _unsafe(read: Any) -> str:
    """What of a document would be code, markup or a formula where its reading is shown."""
    from lxml import html  # noqa: PLC0415

    shown = html.fromstring(str(read.html("zh").data))
    for node in shown.iter():
        if node.tag in ("script", "img", "iframe", "a", "object", "link", "meta"):
            return f"<{node.tag}> in the page"
        if any(key.startswith("on") for key in node.attrib):
            return "a script in an attribute"
    if hidden := HIDDEN.search(shown.text_content()):
        return f"a hidden character in the page: {hidden[0]!r}"
    return _torn(read.tasks) or next(filter(None, map(_unsafe_text, read.rows()["text"])), "")


def _torn(table: Any) -> str:
    """What is wrong with the rows of a table as a file of CSV."""
    from yiyang.safety import escaping  # noqa: PLC0415

    rows = [*csv.reader(io.StringIO(escaping.csv_text(table), newline=""))]
    if len(rows) != len(table) + 1:
        return f"{len(rows) - 1} rows of CSV for {len(table)}"
    return next((f"a formula: {c!r:.40}" for row in rows for c in row if FORMULA.match(c)), "")


@cache
def _sheet() -> Any:
    import openpyxl  # noqa: PLC0415

    return openpyxl.Workbook().active


def _unsafe_text(text: str) -> str:
    """What is wrong with a text in a cell of a workbook or a CSV file, or on a terminal."""
    from yiyang.report import downloads  # noqa: PLC0415
    from yiyang.safety import escaping  # noqa: PLC0415

    cell = _sheet().cell(1, 1)
    cell.value = None
    downloads.safe_cell(cell, text)
    is_open = FORMULA.match(text) and not cell.quotePrefix
    if cell.data_type == "f" or is_open or FORMULA.match(escaping.cell(text)):
        return f"a formula: {text!r:.40}"
    hidden = HIDDEN.search(f"{cell.value}{escaping.terminal(text)}")
    return f"a hidden character: {hidden[0]!r}" if hidden else ""


def _enter(rows: list[dict[str, Any]], path: Path) -> None:
    """Put rows into the table, in the order of the kinds; those of other kinds stay."""
    known: dict[str, dict[str, Any]] = {}
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            known = {row["kind"]: row for row in csv.DictReader(file)}
    known |= {row["kind"]: row for row in rows}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(known[kind.name] for kind in KINDS if kind.name in known)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("name", nargs="?", help=argparse.SUPPRESS)
    parser.add_argument("folder", nargs="?", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--make", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--read", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--only", default="", help="one kind, or the kinds of one group")
    parser.add_argument("--write", type=Path, help="a CSV file for the table")
    chosen = parser.parse_args()
    if chosen.make:
        made = next(k for k in KINDS if k.name == chosen.name).make(chosen.folder)
        made = made if isinstance(made, list) else str(made)
        (chosen.folder / ".made").write_text(json.dumps(made))
    elif chosen.read:
        print(json.dumps(read(chosen.name, chosen.folder)))
    else:
        rows = []
        for kind in (k for k in KINDS if chosen.only in (k.group, k.name, "")):
            rows.append(run(kind))
            print(*rows[-1].values(), sep=" | ", flush=True)
            if chosen.write:
                _enter(rows, chosen.write)
        sys.exit(any(row["fault"] for row in rows))


if __name__ == "__main__":
    main()
