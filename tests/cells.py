"""Run the code cells of the notebooks in this process, over any corpus: no kernel, one import."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib.pyplot as plt
from IPython.display import display

import yiyang
from yiyang.core.messages import Lang
from yiyang.core.schema import CHECKOUT
from yiyang.report import notebooks
from yiyang.safety.errors import InputError


class Cell(NamedTuple):
    """A cell that was run: its notebook, its number among those of the language, its code, and the
    error that ended it."""

    notebook: str
    number: int
    code: str
    error: Exception | None


def run(corpus: yiyang.Corpus, lang: Lang, *, leave: tuple[str, ...] = ()) -> Iterator[Cell]:
    """Run the cells of every notebook but those in `leave`, what they show included."""
    load = yiyang.load
    yiyang.load = lambda *_, **__: corpus
    try:
        for path in notebooks.found(CHECKOUT / "notebooks", lang):
            if path.stem not in (*leave, "explore"):
                yield from _run(path)
    finally:
        yiyang.load = load


def _run(path: Path) -> Iterator[Cell]:
    space: dict[str, Any] = {"__name__": "__main__"}
    cells = notebooks.read_notebook(path).cells
    for number, cell in enumerate((c for c in cells if c.cell_type == "code"), 1):
        error: Exception | None = None
        try:
            with redirect_stdout(StringIO()):
                _shown(cell.source, space)
        except Exception as raised:  # (what it is, is what the test asks)
            error = raised
        finally:
            plt.close("all")
        yield Cell(path.stem, number, cell.source, error)


def _shown(code: str, space: dict[str, Any]) -> None:
    """Run a cell, then show its last expression and draw its charts, as a notebook does."""
    tree = ast.parse(code)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), space)  # (our own notebooks)
    if isinstance(last, ast.Expr):
        display(eval(compile(ast.Expression(last.value), "cell", "eval"), space))
    for number in plt.get_fignums():
        plt.figure(number).savefig(os.devnull, format="svg")


def faults(corpus: yiyang.Corpus, lang: Lang, *, leave: tuple[str, ...] = ()) -> list[str]:
    """Say which cells failed; one that the corpus cannot answer (`InputError`) says so itself."""
    return [
        f"{cell.notebook} {cell.number}: {cell.error!r} in {cell.code.splitlines()[-1]}"
        for cell in run(corpus, lang, leave=leave)
        if cell.error and not isinstance(cell.error, InputError)
    ]
