"""The command line: `yiyang tables`, `yiyang notebooks`, `yiyang report`."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import typer

from yiyang import tables
from yiyang.errors import InputError

app = typer.Typer(
    help="Read the task lists of Chinese governments side by side.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _step(title: str, work: Callable[[], Any]) -> Any:
    """Do one step and say so; bad input ends the program with its one message."""
    typer.echo(f"{title} ...")
    begun = time.perf_counter()
    try:
        result = work()
    except InputError as error:
        typer.secho(f"yiyang: {error}", err=True, fg="red")
        raise typer.Exit(1) from error
    typer.echo(f"{title}: done in {time.perf_counter() - begun:.1f} s")
    return result


def _tables() -> None:
    from yiyang import build  # noqa: PLC0415  (the help should come at once)

    frames = build.load().all()
    tables.write(frames)
    typer.echo("  " + ", ".join(f"{name} {len(frame)}" for name, frame in frames.items()))


@app.command(name="tables")
def make_tables() -> None:
    """Read data/raw and write the tables to data/processed, all of them or none."""
    _step("tables: data/raw to data/processed", _tables)


@app.command()
def notebooks() -> None:
    """Execute the notebooks in place and store their outputs."""
    from yiyang import notebooks as runner  # noqa: PLC0415

    _step("notebooks: executing", lambda: runner.execute_all(tables.CHECKOUT / "notebooks"))


@app.command()
def report() -> None:
    """The whole way: tables, notebooks, and the site in report/."""
    from yiyang import report as site  # noqa: PLC0415

    make_tables()
    notebooks()
    out = tables.CHECKOUT / "report"
    _step("report: building the site", lambda: site.build(tables.CHECKOUT / "notebooks", out))
    typer.echo("Open report/index.html in a browser.")
