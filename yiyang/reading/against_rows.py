"""Hold what a document prints against the rows that were made of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from yiyang.core.text import remembered
from yiyang.reading.signs import plain
from yiyang.safety.later import expression


def by_task(rows: Iterable[dict[str, Any]], column: str) -> dict[str, list[str]]:
    """Return `task_id` -> what was printed in its rows, as the patterns read it."""
    found: dict[str, list[str]] = defaultdict(list)
    for row in rows:
        found[row["task_id"]].append(plain(str(row[column])))
    return found


def by_line(rows: Iterable[dict[str, Any]], column: str = "text") -> dict[int, list[str]]:
    """Return the number of a line -> what was printed there, as the patterns read it."""
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        if words := plain(str(row[column])):
            found[row["line"]].append(words)
    return found


# What stands beside a time without being one: its verb, a mark
_MARKS = expression(r"[,、。;:()和及]|完成")


@remembered(1 << 12)  # the times and figures of a task are held against each of its signs
def _bare(time: str) -> str:
    return _MARKS.sub("", time).rstrip("前")


def extent(printed: str, rows: Iterable[str]) -> str:
    """Tell how far rows hold what is printed: `whole`, `part`, or not at all (empty)."""
    words = _bare(printed)
    read = [_bare(row) for row in rows]
    if any(words in row for row in read):
        return "whole"
    rest = words
    for row in sorted(read, key=len, reverse=True):
        rest = rest.replace(row, "") if row else rest
    if not re.sub(r"[至到\-,、和及起]", "", rest):
        return "whole"
    return "part" if rest != words else ""
