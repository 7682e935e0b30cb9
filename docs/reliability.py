"""Write docs/reliability.md: the promises, how each is tested, and the figures measured.

    python docs/reliability.py

The figures are those of the tables in docs/reliability/, each written by the command that stands
beside it; what was not measured says so. A test holds the page to the tables.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGE, TABLES = HERE / "reliability.md", HERE / "reliability"

Rows = list[dict[str, str]]


def _rows(name: str) -> Rows:
    path = TABLES / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _table(rows: Rows, columns: list[str]) -> str:
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    lines += ["| " + " | ".join(_escaped(row[c]) for c in columns) + " |" for row in rows]
    return "\n".join(lines)


def _escaped(text: str) -> str:
    text = " ".join(text.split())  # a reason may have lines, a cell has none
    for mark in "\\`*_{}[]<>|$&":
        text = text.replace(mark, f"\\{mark}")
    return text


def _largest(rows: Rows, column: str) -> str:
    return max((row[column] for row in rows), key=float, default="-")


PROMISES = {
    "Hostile input is refused with a named reason within fixed time and memory": (
        "`robustness/hostile.py`, `tests/safety/test_limits.py`, `tests/safety/test_isolation.py`"
    ),
    "Nothing in a document reaches a page, a spreadsheet or a shell as code": (
        "`robustness/hostile.py`, `tests/safety/test_safe.py`"
    ),
    "Nothing is lost: every character lies in one piece": (
        "`tests/invariants.py`, held by hypothesis, fuzzing and mutated files"
    ),
    "Written whole or not at all": "`robustness/kills.py`, `tests/safety/test_writing.py`",
    "The same input gives the same bytes": "`tests/test_determinism.py`",
    "The packages are those of the lock, with licences that allow their use": (
        "`tests/test_structure.py`, [licences.md](licences.md)"
    ),
}
NOT_MEASURED = "Not measured yet."


def _hostile() -> str:
    rows = _rows("hostile")
    if not rows:
        return NOT_MEASURED
    bad = [row for row in rows if row["fault"]]
    refused = sum(row["ended"] == "refused" for row in rows)
    head = (
        f"**{len(rows)} kinds: {refused} refused with a reason, {len(rows) - refused - len(bad)} "
        f"read safely, {len(bad)} otherwise.** At most {_largest(rows, 'seconds')} s of processor\n"
        f"and {_largest(rows, 'megabytes')} MB in one process, the start of Python and its "
        "libraries (some 1.5 s, 150 MB)\nincluded; allowed are 10 s and 500 MB.\n\n"
    )
    named = [row | {"ended": row["fault"] or row["ended"]} for row in rows]
    return head + _table(named, ["group", "kind", "ended", "reason", "seconds", "megabytes"])


def _mutated() -> str:
    rows = _rows("mutated")
    if not rows:
        return NOT_MEASURED
    total = rows[-1]
    return (
        f"**{int(total['tried']):,} files: {total['crash']} crashes, {total['hang']} hangs, "
        f"{total['memory']} out of memory, {total['silent']} silent changes.**\n\n"
        + _table(rows, list(rows[0]))
    )


def _fuzz() -> str:
    rows = _rows("fuzz")
    if not rows:
        return NOT_MEASURED
    minutes = sum(float(row["minutes"]) for row in rows)
    inputs = sum(int(row["inputs"]) for row in rows)
    return (
        f"**{minutes:.0f} minutes, {inputs:,} inputs.** The findings are mended, each a case of "
        "`tests/test_findings.py`.\n\n" + _table(rows, ["target", "minutes", "inputs", "findings"])
    )


def _mutants() -> str:
    rows = _rows("mutants")
    if not rows:
        return NOT_MEASURED
    totals: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        totals[row["kind"]][0] += int(row["killed"])
        totals[row["kind"]][1] += int(row["faults"])
    said = "; ".join(f"{k}: {a} of {n} noticed ({a / n:.0%})" for k, (a, n) in totals.items())
    return f"**{said}.**\n\n" + _table(rows, list(rows[0]))


def _kills() -> str:
    rows = _rows("kills")
    return _table(rows, list(rows[0])) if rows else NOT_MEASURED


def _coverage() -> str:
    rows = _rows("coverage")
    return _table(rows, list(rows[0])) if rows else NOT_MEASURED


def _flakes() -> str:
    rows = _rows("flakes")
    if not rows:
        return NOT_MEASURED
    failed = sum(int(row["failed"]) > 0 for row in rows)
    runs = Counter(row["version"] for row in rows)
    said = ", ".join(f"{number} of version {version}" for version, number in runs.items())
    head = f"**{len(rows)} runs, {failed} with a failure** ({said}).\n\n"
    return head + _table(rows, list(rows[0]))


TEXT = """\
# Reliability

What yiyang promises of hostile files and long runs, how each promise is tested, and what was
measured. Made by `python docs/reliability.py` from the tables in `docs/reliability/`; each table is
written by the command above it. [SECURITY.md](../SECURITY.md) says who is meant and how to report.

{promises}

## Hostile input

`python robustness/hostile.py --write docs/reliability/hostile.csv`. Each kind is made on the fly
and read as a user would read it, in a process that is measured and watched: no element or attribute
of the document in the page, no formula in a cell, no connection asked for, no file written outside.

{hostile}

## Mutated files

`python robustness/mutated.py 10000 --seed 1 --write docs/reliability/mutated.csv`. The project's
documents, and one list as Word, Excel, PDF, web page and CSV, cut off at every percent, with bits,
bytes, lines and columns changed, in other encodings. *Silent* is: a document held to its hash that
is read although it was changed; other tables from a damaged container without a warning; a text
from which a character is lost, doubled, made up or read in a wrong encoding; a unit, time or task
that does not stand in the file. *Faithful* are other tables that are true to the damaged text: a
text that lost whole lines says nothing of it, but for its hash in the table `documents`.

{mutated}

## Fuzzing

`python robustness/fuzz/run.py MINUTES TARGET… --write docs/reliability/fuzz.csv`, coverage-guided
([robustness/fuzz/](../robustness/fuzz/README.md)); each run adds its minutes and inputs.

{fuzz}

## Kills during writing

`python robustness/kills.py`

{kills}

## Would the tests notice?

`python robustness/mutants.py --write docs/reliability/mutants.csv`: small faults are put into the
grammars, one by one, and the tests of the module run. *Logic* are comparisons, constants and
conditions changed, *words* one alternative of a regular expression left out; *share* is the part
of all such faults that was tried, drawn once at random.

{mutants}

## Statement coverage

`make coverage`

{coverage}

## The suite, again and again

`make flakes RUNS=20`; seconds of a machine that mostly did other work too. The last
four runs had no network, after set-up (`unshare -n sh -c 'ip link set lo up; make flakes RUNS=4'`).

{flakes}

## Supply chain

Every package is held to its version and hash (`requirements.lock`), and its licence is listed
([licences.md](licences.md)). `make audit` looks them up in the lists of known faults (PyPI's and
OSV's), for which it needs the internet; where this was measured neither answers, so that it has
given no result yet. The last such list that comes as a package is of July 2021 (`safety-db`): it
knows 25 of the 223 packages, and warns of none of the versions held here, which says nothing of
what was found since.

No package fetches anything when it runs: the pages and the notebooks are made offline, and the
hostile files above are read under a guard that notes every connection asked for.
"""


def page() -> str:
    """The page, from the tables."""
    promises = [f"| {promise} | {tests} |" for promise, tests in PROMISES.items()]
    return TEXT.format(
        promises="\n".join(["| promise | tested by |", "|---|---|", *promises]),
        hostile=_hostile(),
        mutated=_mutated(),
        fuzz=_fuzz(),
        kills=_kills(),
        mutants=_mutants(),
        coverage=_coverage(),
        flakes=_flakes(),
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
