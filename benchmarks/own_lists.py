"""Time the report of one's own lists: made from nothing, again after a change, and its first pages.

    python benchmarks/own_lists.py [--lists 16 30] [--rounds 1] [--beside CHECKOUT]
    python benchmarks/own_lists.py --files FILE ...

Lists are made up (`benchmarks/corpus.py`, some 38 tasks of one place each), or are the files named,
which `yiyang add` takes into a corpus. Prints a line for each step: seconds as they pass, seconds
of the processor with all processes that were started, and megabytes of the site. `--beside` names
another checkout with its environment in `.venv`, whose command does the same in turns.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import corpus

STEPS = ("report", "report after a change", "pages lists,tasks")


def made_up(n: int) -> Callable[[Path, Path], None]:
    """Return what fills a folder with `n` lists."""
    return lambda folder, _: corpus.write(n, folder)


def added(files: Sequence[Path]) -> Callable[[Path, Path], None]:
    """Return what fills a folder with files by `yiyang add`."""

    def fill(folder: Path, program: Path) -> None:
        names = [str(path.resolve()) for path in files]
        subprocess.run(
            [program, "add", *names, "-c", folder], stdout=subprocess.DEVNULL, check=True
        )

    return fill


def timed(program: Path, *options: str | Path) -> tuple[float, float]:
    """Run a command to its end; return seconds as they pass, and those of the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    subprocess.run([program, *options], stdout=subprocess.DEVNULL, check=True)
    passed = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return passed, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def change(folder: Path) -> None:
    """Add a line to the first text of a folder, which is then another document."""
    texts = sorted(p for p in folder.rglob("*.txt") if "answers" not in p.parts)
    path = texts[0]
    path.write_text(
        path.read_text(encoding="utf-8") + "\n附注：以本次印发的为准。\n", encoding="utf-8"
    )


def steps(program: Path, fill: Callable[[Path, Path], None]) -> list[tuple[float, float, float]]:
    """Return seconds, processor seconds and megabytes of each of `STEPS`."""
    out = []
    with tempfile.TemporaryDirectory(prefix="yiyang-") as place:
        folder = Path(place) / "own"
        folder.mkdir()
        fill(folder, program)
        for step in STEPS:
            if step == "report after a change":
                change(folder)
            options = ["--pages", "lists,tasks"] if step.startswith("pages") else ["--no-pdf"]
            took = timed(program, "report", "--corpus", folder, *options)
            site = folder / ("report-lists" if step.startswith("pages") else "report")
            size = sum(p.stat().st_size for p in site.rglob("*") if p.is_file()) / 1e6
            out.append((*took, size))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--lists", type=int, nargs="+", default=[16])
    parser.add_argument("--files", type=Path, nargs="+", default=[])
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--beside", type=Path, help="another checkout")
    said = parser.parse_args()
    programs = {"here": Path(sys.executable).with_name("yiyang")}
    if said.beside:
        programs["beside"] = said.beside.resolve() / ".venv/bin/yiyang"
    sizes = [len(said.files)] if said.files else said.lists
    for n in sizes:
        fill = added(said.files) if said.files else made_up(n)
        rounds = [
            {name: steps(program, fill) for name, program in programs.items()}
            for _ in range(said.rounds)
        ]
        for number, step in enumerate(STEPS):
            for name in programs:
                columns = zip(*(one[name][number] for one in rounds), strict=True)
                wall, processor, size = map(statistics.median, columns)
                print(
                    f"{n} lists  {name:6}  {step:22}  {wall:6.1f} s  {processor:6.1f} s of the "
                    f"processor  {size:5.1f} MB",
                    flush=True,
                )


if __name__ == "__main__":
    main()
