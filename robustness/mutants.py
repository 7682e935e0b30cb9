"""Test the tests: put small faults into the grammars, one by one, and see whether a test fails.

    python robustness/mutants.py [--only MODULE] [--kind KIND] [--share 0.5] [--write FILE]

Two kinds of fault: `logic`, the operators of cosmic-ray (comparisons, arithmetic, constants,
conditions, loops), and `words`, one alternative of a regular expression left out (…|不少于|…). A
fault is killed where one of the module's tests fails or takes longer than half a minute of
processor time; the score is the share of killed ones. The tables of phrases are asked first (a
third of a second, in the process itself, those that call nothing of the module left out), the
tests of pytest only about what they let pass, the quickest first; with --tables the tables alone
decide, which gives the lower bound of the score in minutes. Each runs in a fork of a process that
has imported everything. Needs `pip install 'yiyang[mutants]'`, Linux or macOS. Survivors are
printed with their line. With --share a part of the faults is tried, drawn at random but the same on
every run; with --only the file keeps the rows of the other modules.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import resource
import sys
from collections import deque
from collections.abc import Callable, Iterable
from functools import cache, partial
from pathlib import Path
from time import process_time

import pytest
from hypothesis import Phase, settings

from yiyang import build
from yiyang.reading import documents

ROOT = Path(__file__).resolve().parent.parent
if not Path(build.__file__).is_relative_to(ROOT):
    sys.exit(f"the library that is imported is not that of {ROOT}: set PYTHONPATH to it")
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tests" / "grammar")]

import reloading  # noqa: E402
import targets as measured  # noqa: E402  (a benchmark)
from faults import Fault, faults  # noqa: E402

SECONDS, SECONDS_OF_TABLES = 30, 6
TIMES = [
    "test_known_words.py",
    "test_phrase_tables.py",
    "test_deadline_cells.py",
    "test_deadline_refusals.py",
    "test_deadlines.py",
    "test_leaning.py",
    "test_other_columns.py",
    "test_title_years.py",
]
FIGURES = ["test_known_words.py", "test_phrase_tables.py", "test_quantities.py", "test_targets.py"]
NOTES = [
    "test_known_words.py",
    "test_amendments.py",
    "test_title_years.py",
    "test_phase_headings.py",
    "test_document_rules.py",
]
UNITS = [
    "test_known_words.py",
    "test_agencies.py",
    "test_document_rules.py",
    "test_mark_columns.py",
]
# The grammars, and the tests that hold each.
TESTS = {
    **dict.fromkeys(
        (
            "yiyang.grammar.among_times",
            "yiyang.grammar.around",
            "yiyang.grammar.calendars",
            "yiyang.grammar.date_patterns",
            "yiyang.grammar.dates",
            "yiyang.grammar.deadline_patterns",
            "yiyang.grammar.deadline_phrases",
            "yiyang.grammar.deadline_refusals",
            "yiyang.grammar.deadlines",
            "yiyang.grammar.leaning",
            "yiyang.grammar.moved_days",
            "yiyang.grammar.named_sizes",
            "yiyang.grammar.payments",
            "yiyang.grammar.period_columns",
            "yiyang.grammar.rests",
            "yiyang.grammar.time_readers",
            "yiyang.grammar.title_years",
            "yiyang.grammar.year_headings",
        ),
        TIMES,
    ),
    **dict.fromkeys(
        (
            "yiyang.grammar.column_targets",
            "yiyang.grammar.comparators",
            "yiyang.grammar.figure_conditions",
            "yiyang.grammar.full_coverage",
            "yiyang.grammar.goal_heads",
            "yiyang.grammar.indicator_names",
            "yiyang.grammar.lengths",
            "yiyang.grammar.measure_words",
            "yiyang.grammar.numerals",
            "yiyang.grammar.quantities",
            "yiyang.grammar.shares",
            "yiyang.grammar.target_refusals",
            "yiyang.grammar.targets",
            "yiyang.grammar.what_exists",
            "yiyang.grammar.word_numbers",
            "yiyang.grammar.year_goals",
        ),
        FIGURES,
    ),
    **dict.fromkeys(
        (
            "yiyang.grammar.amendments",
            "yiyang.grammar.asked_of_all",
            "yiyang.grammar.batch_days",
            "yiyang.grammar.defined_words",
            "yiyang.grammar.document_rules",
            "yiyang.grammar.due_by_rule",
            "yiyang.grammar.notes_by_number",
            "yiyang.grammar.phase_headings",
            "yiyang.grammar.time_headings",
            "yiyang.grammar.year_notes",
        ),
        NOTES,
    ),
    **dict.fromkeys(
        ("yiyang.agencies.grammar", "yiyang.grammar.mark_legends", "yiyang.grammar.roles"), UNITS
    ),
}
# Tests that hold the time of long texts take long themselves.
OPTIONS = ["-o", "addopts=", "-x", "-s", "-p", "no:terminal", "-k", "not in_time"]


@cache
def _tables() -> list[Callable[[], None]]:
    """A check for each phrase of the tables, to be run in this process."""
    import test_known_words as words  # noqa: PLC0415
    import test_phrase_tables as phrases  # noqa: PLC0415  (in the folder of the tests)

    checks: list[Callable[[], None]] = []
    checks += [partial(words.check, r["asked"], *w) for r in words.rows() for w in words.phrases(r)]
    checks += [partial(phrases.test_a_time, row) for row in phrases.table("times.csv")]
    checks += [partial(phrases.test_a_figure, row) for row in phrases.table("figures.csv")]
    right = [case for case in measured.cases() if case.is_right]
    return checks + [partial(_is_read, case) for case in right]


def _is_read(case: measured.Case) -> None:
    assert measured.read(case.context) == case.coded


def is_killed(fault: Fault, tests: pytest.Session | None) -> bool:
    """Tell whether a phrase of the tables or a test of the module fails with the fault in it, in a
    fork of this process; without `tests` the tables alone are asked.

    The phrase that failed last, and those around it, are asked first: the faults of a line fail
    phrases that stand together.
    """
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        seconds = SECONDS if tests else SECONDS_OF_TABLES
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        os._exit(_fails(fault, tests, writes))
    os.close(writes)
    is_dead = os.waitpid(child, 0)[1] != 0
    with os.fdopen(reads) as said:
        if failed := said.read():
            _ORDER.rotate(_BEFORE - _ORDER.index(int(failed)))
    return is_dead


_BEFORE = 20
_ORDER: deque[int] = deque()


def _fails(fault: Fault, tests: pytest.Session | None, writes: int) -> bool:
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    at = -1
    try:
        reloading.put(fault.module, fault.code)
        for at in _ORDER:
            _tables()[at]()
        at = -1
        for item, following in _in_turn(tests.items) if tests else ():
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if tests and tests.testsfailed:
                return True
    except BaseException:
        os.write(writes, str(at).encode() if at >= 0 else b"")
        return True
    return False


def _in_turn(items: list[pytest.Item]) -> Iterable[tuple[pytest.Item, pytest.Item]]:
    """Each test with the following one, the first behind the last: what all share is kept."""
    return zip(items, [*items[1:], *items[:1]], strict=True)


class Trial:
    """A plugin of pytest: in the place of one run of the tests that it collected, one per fault."""

    def __init__(self, module: str, share: float, kind: str) -> None:
        self.module, self.share, self.kind = module, share, kind
        self.rows: list[list[str]] = []
        self.is_failing = True

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try every fault; a row for each kind, and none where the tests fail without a fault. The
        quickest tests are asked first."""
        _warm(self.module)
        seconds = {}
        for item, following in _in_turn(session.items):
            begun = process_time()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            seconds[item] = process_time() - begun
        if session.testsfailed:
            return True
        self.is_failing = False
        session.items.sort(key=lambda item: seconds[item])
        counts: dict[str, list[int]] = {}
        for fault in faults(self.module, self.share, self.kind):
            killed = is_killed(fault, session)
            counts.setdefault(fault.kind, []).append(killed)
            if not killed:
                _tell(fault)
        for kind, killed in counts.items():
            tried, noticed = len(killed), sum(killed)
            row = [self.module, kind, self.share, tried, noticed, f"{noticed / tried:.2f}"]
            self.rows.append([str(value) for value in row])
            print(*row)
        return True


@cache
def _touched() -> list[set[str]]:
    """The files whose functions each phrase of the tables calls."""
    found: list[set[str]] = []
    for check in _tables():
        found.append(set())
        sys.setprofile(lambda frame, *_: found[-1].add(frame.f_code.co_filename))
        check()
        sys.setprofile(None)
    return found


def _warm(module: str) -> None:
    """Compile every pattern once, for all forks, and see that the tables hold without a fault; the
    phrases that ask nothing of the module are left out."""
    touched = _touched()
    reloading.put(module, reloading.file(module).read_text(encoding="utf-8"))
    for check in _tables():
        check()
    asked = {str(reloading.file(name)) for name in (module, *reloading.users(module))}
    _ORDER.clear()
    # one that calls no function of the library asks a pattern alone
    alone = {n for n, files in enumerate(touched) if not any("/yiyang/" in one for one in files)}
    _ORDER.extend(n for n, files in enumerate(touched) if files & asked or n in alone)


def of_tables(module: str, share: float, kind: str) -> list[list[str]]:
    """The rows of a module by the tables of phrases alone."""
    counts: dict[str, list[int]] = {}
    _warm(module)
    for fault in faults(module, share, kind):
        counts.setdefault(fault.kind, []).append(is_killed(fault, None))
        if not counts[fault.kind][-1]:
            _tell(fault)
    return [
        [module, kind, str(share), str(len(k)), str(sum(k)), f"{sum(k) / len(k):.2f}"]
        for kind, k in counts.items()
    ]


def _tell(fault: Fault) -> None:
    became = fault.code.split("\n")[fault.line - 1].strip()
    print(f"survived: {fault.module}:{fault.line} {fault.before} -> {became}")


def _write(path: Path, rows: list[list[str]]) -> None:
    """The rows in the place of the earlier ones of their modules, in the order of `TESTS`."""
    tried = {row[0] for row in rows}
    if path.exists():
        with path.open(encoding="utf-8", newline="") as file:
            rows = rows + [
                row for row in csv.reader(file) if row[0] in TESTS and row[0] not in tried
            ]
    order = list(TESTS)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["module", "kind", "share", "faults", "killed", "score"])
        writer.writerows(sorted(rows, key=lambda row: (order.index(row[0]), row[1])))


def _by_tables(only: str, share: float, kind: str, write: Path | None) -> None:
    for module in (m for m in TESTS if re.fullmatch(f".*(?:{only})", m)):
        rows = of_tables(module, share, kind)
        for row in rows:
            print(*row)
        if write:
            _write(write, rows)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--only", default="", help="modules whose name ends so (a pattern)")
    parser.add_argument("--kind", default="", choices=("logic", "words"), help="this kind alone")
    parser.add_argument("--share", type=float, default=1, help="of the faults, the share to try")
    parser.add_argument("--tables", action="store_true", help="ask the tables of phrases alone")
    parser.add_argument("--write", type=Path, help="a CSV file for the table")
    chosen = parser.parse_args()
    sys.stdout.reconfigure(line_buffering=True)
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    re.compile = cache(re.compile)  # what a fault does not change is not compiled again
    if chosen.tables:
        _by_tables(chosen.only, chosen.share, chosen.kind, chosen.write)
        return
    documents.read_folder = cache(documents.read_folder)  # the documents are read once, for all
    build.load()
    phases = [Phase.explicit, Phase.generate]
    settings.register_profile("few", max_examples=20, derandomize=True, phases=phases)
    settings.load_profile("few")
    for module in (m for m in TESTS if re.fullmatch(f".*(?:{chosen.only})", m)):
        trial = Trial(module, chosen.share, chosen.kind)
        pytest.main(
            [*OPTIONS, *(str(*(ROOT / "tests").rglob(name)) for name in TESTS[module])], [trial]
        )
        if trial.is_failing:
            sys.exit(f"the tests of {module} fail without a fault")
        if chosen.write:
            _write(chosen.write, trial.rows)


if __name__ == "__main__":
    main()
