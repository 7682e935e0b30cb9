"""Execute the notebooks of both languages in place, two chapters at a time.

The notebooks of a chapter, one a language, run in one kernel, one after the other: what its modules
have imported and worked out is not worked out twice.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yiyang.core import build_cache
from yiyang.core.messages import LANGS
from yiyang.report import editions, notebooks
from yiyang.safety import atomic_write, digests, private, settings
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.telling import tell

if TYPE_CHECKING:
    from nbformat import NotebookNode

AT_ONCE = 2
TIMEOUT = 300
"""Seconds that a cell may take."""
STAMPS = "notebooks"
"""Where the stamps of those executed here are kept."""


def execute_all(folder: Path, *, is_own: bool = False, keep: bool = False) -> list[Path]:
    """Make the notebooks of `folder` from their sources, execute each in place, return their paths.

    With `keep` a notebook that was executed here is left alone for as long as its code, its
    outputs and all that they rest on (`build_cache.origins`) are the same; its prose may change.
    Each is kept as soon as it is done: a build that was cut short goes on behind it.

    With `is_own` the notebooks run over documents of the reader's own: a cell that cannot be
    answered from them (an example of the four lists, a measure against coded samples) is left
    out with the words that lead to it, and said. Prints a line for each. A notebook is stored
    only when all its cells ran without an error and without a warning; otherwise nothing that it
    showed is, and `InputError` names notebook and cell.
    """
    with atomic_write.lock(folder):
        editions.make_all(folder)
        paths = [path for lang in LANGS for path in notebooks.found(folder, lang)]
        is_kept = taken if is_own else is_unchanged
        due = [path for path in paths if not (keep and is_kept(path))]
        if len(due) < len(paths):
            print(tell("report.kept", n=len(paths) - len(due), of=len(paths)), flush=True)
        asyncio.run(_execute_all(due, is_own, keep))
    return paths


def stamp(notebook: NotebookNode) -> str:
    """Compute one digest of the code cells with their outputs, and of all that they rest on."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    return digests.of([build_cache.origins(), json.dumps(code, sort_keys=True)])


def _name(path: Path) -> str:
    return f"{STAMPS}/{path.parent.name}/{path.stem}"


def is_unchanged(path: Path) -> bool:
    """Tell whether the notebook is as it was executed, but for its prose; that is stored tidily."""
    notebook = notebooks.read_notebook(path)
    notebooks.normalise(notebook)
    is_same = build_cache.is_current(_name(path), stamp(notebook))
    if is_same:
        notebooks.store(path, notebook)
    return is_same


def taken(path: Path) -> bool:
    """Put in the place of a notebook what it showed over the reader's own documents when it was
    executed last, if it and all that this rests on are the same; tell whether they are."""
    kept = _kept(path)
    is_same = kept.is_file() and build_cache.is_current(
        _own_name(path), _own_stamp(path.read_bytes(), kept)
    )
    if is_same:
        shutil.copyfile(kept, path)
    return is_same


def _put_by(path: Path, source: bytes) -> None:
    """Keep an executed notebook over the reader's own documents, made of `source`."""
    kept = _kept(path)
    kept.parent.mkdir(parents=True, exist_ok=True)
    with atomic_write.file(kept) as fresh:
        shutil.copyfile(path, fresh)
    build_cache.remember(_own_name(path), _own_stamp(source, kept))


def _own_name(path: Path) -> str:
    corpus = Path(settings.value("CORPUS")).resolve()
    return f"own/{digests.of([str(corpus)])[:12]}/{path.parent.name}/{path.stem}"


def _kept(path: Path) -> Path:
    return build_cache.FOLDER / f"{_own_name(path)}.ipynb"


def _own_stamp(source: bytes, kept: Path) -> str:
    return digests.of([build_cache.origins(), source, kept.read_bytes()])


async def _execute_all(paths: list[Path], is_own: bool = False, keep: bool = False) -> None:
    # From the last to the first: the short ones, which come first, end together.
    by_stem = groupby(sorted(paths, key=lambda path: path.stem), key=lambda path: path.stem)
    waiting, done = [list(chapter) for _, chapter in by_stem], 0

    async def worker(environment: dict[str, str]) -> None:
        nonlocal done
        while waiting:
            chapter = waiting.pop()  # (before the kernel starts: the other worker waits for none)
            async with _kernel(environment) as kernel:
                # Over documents of the reader's own one kernel serves for all chapters.
                for path in _and_more(chapter, waiting if is_own else []):
                    begun, source = time.perf_counter(), path.read_bytes()
                    await _execute(path, environment, is_own, kernel)
                    if keep and is_own:
                        _put_by(path, source)
                    elif keep:
                        build_cache.remember(_name(path), stamp(notebooks.read_notebook(path)))
                    done += 1
                    seconds = time.perf_counter() - begun
                    said = f"{path.parent.name}/{path.name}, {seconds:.1f} s"
                    print(f"notebooks {done}/{len(paths)}: {said}", flush=True)

    with private.folder() as own:
        environment = _environment(own, is_worth_keeping=len(waiting) > AT_ONCE)
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(AT_ONCE):
                    group.create_task(worker(environment))
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from None


def _and_more(chapter: list[Path], waiting: list[list[Path]]) -> Iterator[Path]:
    """The notebooks of a chapter, then of those that still wait, each taken off them."""
    yield from chapter
    while waiting:
        yield from waiting.pop()


@asynccontextmanager
async def _kernel(environment: dict[str, str]) -> AsyncIterator[Any]:
    """A kernel for several notebooks in turn, which saves its start, its imports and what it has
    worked out."""
    from jupyter_client.manager import AsyncKernelManager  # noqa: PLC0415

    kernel = AsyncKernelManager(kernel_name="python3")
    await kernel.start_kernel(env=environment, extra_arguments=[QUIET])
    try:
        yield kernel
    finally:
        await kernel.shutdown_kernel(now=True)


QUIET = "--log-level=ERROR"
"""The kernel's own log is no output of the notebook."""
RESET = "import gc; gc.freeze()\n%reset -f"
"""Forgets the names of the notebook before. What its modules hold stays as long as the kernel: set
aside, it is not searched for garbage twice by each reset, and again and again later."""


def _environment(own: Path, *, is_worth_keeping: bool) -> dict[str, str]:
    """The kernel's surroundings: no start-up files of the user, no order that changes, and the
    tables of the corpus where several kernels would work them out."""
    fixed = {"PYTHONHASHSEED": "0", "PYTHONUTF8": "1", "IPYTHONDIR": str(own)}
    if is_worth_keeping and not settings.value("KEPT"):
        from yiyang import build  # noqa: PLC0415  (the whole library)

        fixed |= {"YIYANG_KEPT": str(build.write_kept(build.load(), own / "tables.pickle"))}
    return {**os.environ, **fixed}


async def _execute(path: Path, environment: dict[str, str], is_own: bool, kernel: Any) -> None:
    # nbclient brings jupyter_client and zmq; the rest of the library does without them.
    from nbclient import NotebookClient  # noqa: PLC0415
    from nbclient.exceptions import CellTimeoutError, DeadKernelError  # noqa: PLC0415
    from nbformat.v4 import new_code_cell  # noqa: PLC0415

    notebook = notebooks.read_notebook(path)
    if is_own:
        is_beside = settings.value("BESIDE") not in ("", "0")
        out = {notebooks.OUR_REPORT, *(() if is_beside else (notebooks.FOUR_LISTS,))}
        notebook.cells = [c for c in notebook.cells if out.isdisjoint(notebooks.tags(c))]
    numbered = enumerate(notebook.cells) if is_own else ()
    live = [(n, c) for n, c in numbered if notebooks.LIVE in notebooks.tags(c)]
    for _, cell in live:
        notebook.cells.remove(cell)
    # Of the notebook before nothing is left but what its modules hold.
    notebook.cells.insert(0, new_code_cell(RESET))
    begun: list[int] = []
    client = NotebookClient(
        notebook,
        km=kernel,
        on_cell_execute=lambda cell, cell_index: begun.append(cell_index),
        timeout=TIMEOUT,
        kernel_name="python3",
        record_timing=False,
        coalesce_streams=True,
        allow_errors=True,
        extra_arguments=[QUIET],
        resources={"metadata": {"path": str(path.parent)}},
    )
    try:
        await client.async_execute(env=environment)
    except (CellTimeoutError, DeadKernelError) as error:
        raise _failure(path, begun[-1], str(error)) from error
    del notebook.cells[0]
    for n, cell in live:
        notebook.cells.insert(n, cell)
    if is_own:
        for left_out in leave_out_failures(notebook):
            print(f"  {path.name}: left out, {left_out}", flush=True)
        for warning in take_out_warnings(notebook):
            print(f"  {path.name}: {warning}", flush=True)
    _refuse_failures(path, notebook)
    number(notebook)
    notebooks.normalise(notebook)
    notebooks.store(path, notebook)


def leave_out_failures(notebook: NotebookNode) -> list[str]:
    """Take out, in place, the cells that failed and the words that lead to nothing else.

    Returns what was taken out: the first line of each cell and its error.
    """
    failed = {
        id(cell): f"{cell.source.splitlines()[0]} ({error.ename}: {error.evalue[:80]})"
        for cell in notebook.cells
        for error in cell.get("outputs", [])
        if error.output_type == "error"
    }
    out = set(failed)
    for n, cell in enumerate(notebook.cells):
        if cell.cell_type == "markdown" and not cell.source.startswith("# "):
            following = notebook.cells[n + 1 :]
            end = next((i for i, c in enumerate(following) if c.cell_type == "markdown"), None)
            answers = {id(c) for c in following[:end]}
            if answers and answers <= set(failed):
                out.add(id(cell))
    notebook.cells = [cell for cell in notebook.cells if id(cell) not in out]
    number(notebook)
    return list(failed.values())


def number(notebook: NotebookNode) -> None:
    """Number the code cells, in place, as a kernel of their own would: 1, 2, 3."""
    for count, cell in enumerate((c for c in notebook.cells if c.cell_type == "code"), 1):
        cell.execution_count = count
        for output in cell.outputs:
            if output.output_type == "execute_result":
                output.execution_count = count


def take_out_warnings(notebook: NotebookNode) -> list[str]:
    """Take out, in place, what the cells wrote to stderr, and return the first line of each.

    Over documents of the reader's own a warning of a chart or a fit (lists that are alike, a list
    of two tasks) is no fault of theirs, and no reason to keep the report from them. Our own
    notebooks stay without one.
    """
    said = []
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "stream" and output.name == "stderr":
                said += output.text.strip().splitlines()[:1]
        if "outputs" in cell:
            cell.outputs = [o for o in cell.outputs if o.get("name") != "stderr"]
    return [f"warned, {line}" for line in said]


def _refuse_failures(path: Path, notebook: NotebookNode) -> None:
    for number, cell in enumerate(notebook.cells, 1):
        for output in cell.get("outputs", []):
            if output.output_type == "error":
                raise _failure(path, number, f"{output.ename}: {output.evalue}")
            if output.output_type == "stream" and output.name == "stderr":
                raise _failure(path, number, output.text.strip().splitlines()[0])


def _failure(path: Path, number: int, message: str) -> InputError:
    place = f"{path.parent.name}/{path.name}"
    return refusal("notebook.failed", f"{place}, cell {number}", message=message, place=place)
