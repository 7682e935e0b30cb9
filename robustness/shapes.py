"""Run every notebook, and make every page, over corpora that lack something.

    python robustness/shapes.py [NAME ...]

Prints a line for each shape of `tests/shapes.py` (or those named): cells that ran, cells that the
corpus cannot answer, and what failed. Ends with code 1 where something did.
"""

from __future__ import annotations

import sys
import tempfile
import time
import traceback
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
import cells
import shapes

import yiyang
from yiyang.core.messages import LANGS
from yiyang.report import evidence
from yiyang.safety.errors import InputError


def tried(name: str, folder: Path) -> tuple[int, int, list[str]]:
    """Return cells that ran, those without an answer, and what failed."""
    corpus = yiyang.load(shapes.write(name, folder / "own"))
    ran = [cell for lang in LANGS for cell in cells.run(corpus, lang)]
    refused = [cell for cell in ran if isinstance(cell.error, InputError)]
    failed = [
        f"{cell.notebook} {cell.number}: {cell.error!r}"
        for cell in ran
        if cell.error and cell not in refused
    ]
    try:
        (folder / "pages").mkdir()
        evidence.write(corpus, folder / "pages")
    except Exception:  # what it is, is what is asked
        failed.append(traceback.format_exc(limit=-3))
    return len(ran), len(refused), failed


def main(names: list[str]) -> int:
    warnings.simplefilter("error")
    bad = 0
    for name in names or list(shapes.SHAPES):
        begun = time.perf_counter()
        with tempfile.TemporaryDirectory(prefix="yiyang-") as folder:
            ran, refused, failed = tried(name, Path(folder))
        bad += bool(failed)
        seconds = time.perf_counter() - begun
        print(
            f"{name}: {ran} cells, {refused} without answer, {len(failed)} failed, {seconds:.0f} s"
        )
        print(*(f"    {line}" for line in failed), sep="\n", end="\n" * bool(failed), flush=True)
    print(f"{bad} of {len(names or shapes.SHAPES)} shapes with a failure")
    return min(bad, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
