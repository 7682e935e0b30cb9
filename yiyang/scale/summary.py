"""Count what stands behind the charts of a large corpus: sums over its batches, by province and
year.

They are whole numbers, so that they come out the same in whatever order they are added up.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from yiyang.compare import coverage, workloads
from yiyang.core import parquet_store
from yiyang.safety import atomic_write, escaping

MILLION = 1_000_000


def count(frames: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Count the rows of a batch, whose tables have the columns `province` and `year`.

    `documents`: `documents` and `tasks` by layout. `reading`: the same in all, documents `unread`
    and `without_tasks`, tasks that are `incomplete` or `unnamed` (no agency of theirs is known),
    and `units` printed with those of an `unknown_units` name. `coverage`: `tasks` by what their
    times come to (`compare.coverage`). `workloads`: tasks by agency and role, `tasks` in any role,
    and the `load` in millionths of a task (`compare.workloads`). `themes`: `tasks` by theme, and
    those of which it is the `second`; an empty theme stands for tasks without one. Tasks of another
    field than the codebook's are not counted.
    """
    tasks = frames["tasks"]
    places = tasks.set_index("task_id")[parquet_store.WHERE]
    listed = frames["documents"].assign(documents=1).rename(columns={"n_tasks": "tasks"})
    states = coverage.states(tasks, frames["deadlines"])
    made = {
        "documents": listed.groupby([*parquet_store.WHERE, "layout"], observed=True)[
            ["documents", "tasks"]
        ].sum(),
        "reading": _reading(frames),
        "coverage": _placed(states, places)
        .groupby([*parquet_store.WHERE, "state"], observed=True)
        .size()
        .to_frame("tasks"),
        "workloads": _workloads(frames["assignments"], tasks, places),
        "themes": _themes(frames["task_themes"], places),
    }
    return {
        name: frame.reset_index().astype(
            dict.fromkeys([*parquet_store.WHERE, *parquet_store.SUMMARIES[name]], "str")
        )
        for name, frame in made.items()
    }


def _placed(frame: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    return frame.join(places, on="task_id")


def _reading(frames: dict[str, pd.DataFrame]) -> pd.DataFrame:
    documents, tasks, units = (frames[n] for n in ("documents", "tasks", "assignments"))
    is_unread = documents["layout"] == "unread"
    known = units.loc[units["agency_id"].notna(), "task_id"]

    def added(frame: pd.DataFrame, **counted: Any) -> pd.DataFrame:
        return frame[parquet_store.WHERE].assign(**counted).groupby(parquet_store.WHERE).sum()

    sums = [
        added(
            documents,
            documents=1,
            unread=is_unread,
            without_tasks=(documents["n_tasks"] == 0) & ~is_unread,
            tasks=documents["n_tasks"],
        ),
        added(tasks, incomplete=~tasks["is_complete"], unnamed=~tasks["task_id"].isin(known)),
        added(units, units=1, unknown_units=units["agency_id"].isna()),
    ]
    return pd.concat(sums, axis=1).fillna(0).astype(int)


def _workloads(
    assignments: pd.DataFrame, tasks: pd.DataFrame, places: pd.DataFrame
) -> pd.DataFrame:
    held = _placed(workloads.duties(assignments, tasks), places)
    roles = pd.get_dummies(held["role"].astype("str"), dtype=int)
    held = held.join(roles.reindex(columns=list(workloads.ROLES), fill_value=0))
    held["load"] = (held["weight"] * MILLION).round().astype(int)
    held["tasks"] = 1
    counts = [*workloads.ROLES, "tasks", "load"]
    return held.groupby([*parquet_store.WHERE, "agency_id"])[counts].sum()


def _themes(task_themes: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    placed = _placed(task_themes[task_themes["is_in_field"]], places)
    counts = {
        name: placed.assign(theme_id=placed[column].fillna(""))
        .groupby([*parquet_store.WHERE, "theme_id"])
        .size()
        for name, column in (("tasks", "theme_id"), ("second", "second_theme_id"))
    }
    return pd.DataFrame(counts).fillna(0).astype(int)


def add_up(name: str, parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Add up the counts of several batches, in the order of their keys."""
    keys = [*parquet_store.WHERE, *parquet_store.SUMMARIES[name]]
    return pd.concat(parts, ignore_index=True).groupby(keys, as_index=False).sum()


def write(batches: Iterable[Path], folder: Path) -> None:
    """Write the summaries of the batches into `folder`, as CSV."""
    folder.mkdir(parents=True, exist_ok=True)
    kept = list(batches)
    for name in parquet_store.SUMMARIES:
        table = add_up(name, (pd.read_parquet(path / f"summary-{name}.parquet") for path in kept))
        if "load" in table:
            table["load"] /= MILLION
        with atomic_write.file(folder / f"{name}.csv") as fresh:
            fresh.write_text(escaping.csv_text(table), encoding="utf-8", newline="")
