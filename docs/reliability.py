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
    """The rows of a table; none where it was not measured of the code as it stands."""
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
    "Nothing is lost: every character lies in one piece, or is left aside with its reason": (
        "`tests/invariants.py`, held by hypothesis, fuzzing and mutated files; "
        "`tests/extract/test_left_aside.py`, by a reader of its own"
    ),
    "A store notices parts that are missing, changed or surplus": (
        "`tests/scale/test_store_parts.py`"
    ),
    "Signals and lost outputs end a command in one line": "`tests/commands/test_ending.py`",
    "Windows: paths, encodings, locks and reading in one process, imitated": (
        "`tests/safety/test_windows.py`"
    ),
    "Written whole or not at all": "`robustness/kills.py`, `tests/safety/test_writing.py`",
    "The same input gives the same bytes": "`tests/test_determinism.py`",
    "The packages are those of the lock, with licences that allow their use": (
        "`tests/test_structure.py`, [licences.md](licences.md)"
    ),
}
NOT_MEASURED = (
    "**Not measured of this version.** Run the command on a machine that does nothing else; the\n"
    "figures of earlier versions were taken away with them."
)


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
        "libraries (some 1.5 s, 150 MB)\nincluded, and the memory of those that check the "
        "reading; allowed are 10 s and 500 MB.\n\n"
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
written by the command above it, of the code as it then stood: a change of the code that it measures
takes it away. [SECURITY.md](../SECURITY.md) says who is meant and how to report.

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

`python robustness/kills.py`, `kills_scale.py` and `kills_reuse.py`, each with
`--write docs/reliability/kills.csv`.

{kills}

## Would the tests notice?

`python robustness/mutants.py --write docs/reliability/mutants.csv`: small faults are put into the
grammars, one by one, and the tests of the module run. *Logic* are comparisons, constants and
conditions changed, *words* one alternative of a regular expression left out; *share* is the part
of all such faults that was tried, drawn once at random. With `--tables`, as below, the tables of
phrases are asked alone, without the tests of the module: the lower bound of the score. The modules
were measured one after another while cases were being added to the tables.

{mutants}

## Statement coverage

`make coverage`

{coverage}

## The suite, again and again

`make flakes RUNS=10`; seconds of a machine that may do other work too.

{flakes}

## Windows

No Windows runs the suite. What a test imitates here: names that Windows refuses or takes otherwise,
texts opened in the encoding of the machine, folders that cannot be exchanged at once, locked files
that cannot be read, documents read in the process itself. Untested stay: its locks on files that
another program has open, its console, its long paths, and signals sent there.

## Supply chain

Every package is held to its version and hash (`requirements.lock`), and its licence is listed
([licences.md](licences.md)). `make audit` looks them up in the lists of known faults (PyPI's and
OSV's), for which it needs the internet; it has given no result yet, and no such list of recent
days comes as a package.

No package fetches anything when it runs: the pages and the notebooks are made offline.
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
