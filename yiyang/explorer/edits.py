"""Apply what a reader changes by hand: groups merged and renamed, tasks moved.

A line is an edit: `group = name` renames, `group + group = name` merges, `task = group` moves a
task (`chaoyang-01 = 中医药`). What stands on the right may be a group there is, or a new one. Lines
are applied in their order, so that a line may name what one before made.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

import pandas as pd

from yiyang.core.messages import Lang, label
from yiyang.safety.errors import refusal
from yiyang.safety.later import expression

# 居家社区医养服务 + 机构医养服务 = 医养服务
_PARTS = expression(r"[+＋]")


class Edit(NamedTuple):
    """A line: the groups and the tasks named left, and the group at the right."""

    groups: tuple[str, ...]
    tasks: tuple[str, ...]
    into: str
    line: int


def read_edits(
    text: str, groups: list[str], task_ids: Collection[str], also: dict[str, str], lang: Lang
) -> list[Edit]:
    """Read the lines; `also` are further names of groups (`tcm`, `3`). A line without `=`, and a
    name that is neither a group nor a task of the corpus raise `InputError` with the line."""
    known, tasks, found = set(groups), set(task_ids), []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        place = f"{label('explorer.edits', lang)}, line {number}"
        left, sign, right = line.replace("＝", "=").partition("=")
        whole = left.strip()  # a name may hold a plus itself
        is_one = whole in known or whole in also or whole in tasks
        named = [whole] if is_one else [part.strip() for part in _PARTS.split(left)]
        into = also.get(right.strip(), right.strip())
        if not sign or not into or not all(named):
            raise refusal("explorer.edit_line", place, line=line.strip())
        named = [also.get(name, name) if name not in known else name for name in named]
        for name in named:
            if name not in known and name not in tasks:
                raise refusal("explorer.edit_name", place, name=name, groups=", ".join(groups))
        of_groups = tuple(name for name in named if name in known)
        found.append(Edit(of_groups, tuple(n for n in named if n not in known), into, number))
        known = (known - set(of_groups)) | {into}
    return found


def apply(tasks: pd.DataFrame, edits: list[Edit]) -> pd.Series:
    """Return the group of each task (`task_id, group`) after the edits, in their order."""
    group = tasks["group"].copy()
    for edit in edits:
        is_meant = group.isin(edit.groups) | tasks["task_id"].isin(edit.tasks)
        group = group.mask(is_meant, edit.into)
    return group
