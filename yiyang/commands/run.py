"""Run `yiyang run`: a corpus of any size into tables on disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from yiyang.commands.common import (
    ERR,
    HERE,
    OUT,
    Codebook,
    Corpus,
    Engine,
    Limit,
    Processes,
    Quiet,
    Scheduler,
    bad_input_ends,
    use_codebook,
)
from yiyang.safety import atomic_write
from yiyang.safety.escaping import terminal
from yiyang.safety.telling import counted, tell

SHOWN = 20
"""Kinds of failures that are printed; run.json has them all."""


def run(  # noqa: PLR0913, PLR0917  (each is an option)
    corpus: Corpus = HERE,
    out: Annotated[Path, typer.Option(help=tell("commands.tables_folder"))] = Path("out"),
    engine: Engine = "local",
    scheduler: Scheduler = "",
    processes: Processes = 0,
    codebook: Codebook = None,
    refit: Annotated[bool, typer.Option("--refit", help=tell("commands.refit"))] = False,
    quiet: Quiet = False,
    limit: Limit = None,
) -> None:
    """Read a corpus of any size into Parquet tables; go on where an earlier run ended.

    Needs the extra yiyang[scale]. Documents that were read stay read: a run that was stopped goes
    on, and one over a corpus that has grown reads what is new. Documents that cannot be read are
    listed in run.json, with all figures of the run.
    """
    from yiyang import scale  # noqa: PLC0415  (the help should come at once)

    use_codebook(codebook)
    with (
        bad_input_ends(),
        atomic_write.lock(out),
        progress(quiet) as show,
        scale.engine(engine, processes, scheduler) as workers,
    ):
        said = scale.run(corpus, out, workers, refit=refit, tell=show)
    if not quiet:
        OUT.print(_table(said))
    for kind, number in list(said["failures"].items())[:SHOWN]:
        ERR.print(
            tell("commands.not_read", number=number, kind=terminal(kind)),
            style="yellow",
            soft_wrap=True,
        )
    if said["failures"]:
        ERR.print(
            tell("commands.each_name_with_what_do", json=terminal(out / "run.json")), soft_wrap=True
        )
    OUT.print(
        tell(
            "commands.documents_tasks",
            documents=counted("document", said["documents"]),
            tasks=counted("task", said["tasks"]),
            out=terminal(out),
        )
    )


class _Rate(ProgressColumn):
    """What is done in a second."""

    def render(self, task: Task) -> Text:
        return Text(f"{task.speed:.1f}/s" if task.speed else "", style="progress.data.speed")


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Show how far the steps are, on the error output; give the function to tell it with."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=ERR, disable=quiet) as progress:
        steps: dict[str, Any] = {}

        def show(step: str, done: int, of: int) -> None:
            if step not in steps:
                steps[step] = progress.add_task(step, total=of)
            progress.update(steps[step], completed=done, total=of)

        yield show


def _table(said: dict[str, Any]) -> Table:
    """What a run did, in figures."""
    table = Table("step", "seconds", tell("commands.all_workers"))
    passed, spent = said["seconds"], said["worker_seconds"]
    for step in {**passed, **spent}:
        cells = (f"{of[step]:.1f}" if step in of else "" for of in (passed, spent))
        table.add_row(step, *cells)
    counts = ("documents", "documents_new", "documents_unread", "documents_without_tasks")
    table.add_section()
    for name in (*counts, "tasks", "tasks_new"):
        table.add_row(name.replace("_", " "), str(said[name]))
    for name, rate in said["new_per_second"].items():
        table.add_row(tell("commands.new_second", name=name), f"{rate:.1f}")
    for name, size in said["peak_bytes"].items():
        table.add_row(tell("commands.most_memory", name=name), f"{size / 1e6:.0f} MB")
    return table
