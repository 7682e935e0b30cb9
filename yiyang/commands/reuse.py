"""Run `yiyang reuse`: what the documents of a large corpus share word for word, and since when."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from yiyang.commands.common import (
    OUT,
    Engine,
    Json,
    Processes,
    Quiet,
    Scheduler,
    bad_input_ends,
    print_json,
)
from yiyang.commands.run import progress
from yiyang.safety.escaping import terminal
from yiyang.safety.telling import counted, tell


def reuse(  # noqa: PLR0913, PLR0917  (each is an option)
    corpus: Annotated[
        Path, typer.Option("--corpus", "-c", help=tell("commands.run_folder"))
    ] = Path("out"),
    engine: Engine = "local",
    scheduler: Scheduler = "",
    processes: Processes = 0,
    spread: Annotated[
        int,
        typer.Option(
            min=0,
            help=tell("commands.spread"),
        ),
    ] = 0,
    as_json: Json = False,
    quiet: Quiet = False,
) -> None:
    """Find the passages of 20 letters or more that documents of a large corpus share, and who
    wrote them first.

    Needs the tables of `yiyang run`; writes the folder reuse beside them: passages, pairs of
    documents, paths between levels, and a network for Gephi. Nothing is made again where the store
    has not changed. Shared words show an order of dates, not who copied from whom: docs/reuse.md.
    """
    from yiyang import scale  # noqa: PLC0415  (the help should come at once)
    from yiyang.scale import reuse as finding  # noqa: PLC0415

    with (
        bad_input_ends(),
        progress(quiet or as_json) as show,
        scale.engine(engine, processes, scheduler) as workers,
    ):
        said = finding.run(corpus, workers, spread=spread, tell=show)
    if as_json:
        print_json({name: said[name] for name in ("counts", "is_kept")})
        return
    if not quiet:
        OUT.print(_table(said))
    what = "unchanged" if said["is_kept"] else "made"
    place = terminal(corpus / finding.FOLDER)
    OUT.print(
        tell(
            "commands.shared_passages",
            passages=counted("passage", said["counts"]["passages"]),
            place=place,
            what=what,
        ),
        soft_wrap=True,
    )


def _table(said: dict[str, Any]) -> Table:
    """What was found, in figures."""
    table = Table("what", tell("commands.how_many"))
    for name, number in said["counts"].items():
        table.add_row(name.replace("_", " "), f"{number:,}")
    return table
