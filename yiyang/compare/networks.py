"""Count who is named with whom, beside what their frequencies alone would give.

Two agencies that are named in nine of ten tasks meet in most of them without any bond. Beside each
count stands therefore the number of tasks in which the two would meet if the one were named without
regard to the other, and how often chance gives a number as far from it (exact test, corrected for
the number of pairs). Collective and territorial units are left out: they are nobody's partner in
particular. Tasks that name no single agency are in no count.
"""

from __future__ import annotations

import itertools
from collections import Counter

import pandas as pd

from yiyang.compare import chance
from yiyang.compare.workloads import COLLECTIVE_KINDS, duties

PAIR = ("health", "civil_affairs")
"""The two agencies between which integrated care is divided."""
MOST = 6
"""Agencies in the matrix, those that most tasks of all lists name."""

Lists = dict[str, list[frozenset[str]]]


def members(assignments: pd.DataFrame, tasks: pd.DataFrame, agencies: pd.DataFrame) -> Lists:
    """List by jurisdiction the single agencies of each task that names any."""
    held = duties(assignments, tasks)
    kinds = agencies.set_index("agency_id")["kind"]
    held = held[~held["agency_id"].map(kinds).isin(COLLECTIVE_KINDS)]
    return {
        str(jurisdiction): [frozenset(ids) for _, ids in rows.groupby("task_id")["agency_id"]]
        for jurisdiction, rows in held.groupby("jurisdiction", sort=False)
    }


def commonest(lists: Lists, most: int = MOST) -> list[str]:
    """Find the agencies that most tasks of all lists name, the commonest first."""
    counts = Counter(a for tasks in lists.values() for task in tasks for a in task)
    return sorted(counts, key=lambda a: (-counts[a], a))[:most]


def together(lists: Lists, most: int = MOST) -> pd.DataFrame:
    """Count the tasks that name two agencies, of those of `commonest`. One row is a pair in a
    jurisdiction that names both: `jurisdiction, agency_id, other_agency_id, tasks` (that name
    both), `expected` and its middle 95 % `low`, `high` by chance, `p`, and `q` (corrected for the
    pairs of all lists)."""
    rows = []
    for jurisdiction, tasks in lists.items():
        for one, other in itertools.combinations(commonest(lists, most), 2):
            n_one, n_other = (sum(a in t for t in tasks) for a in (one, other))
            if n_one and n_other:
                both = sum(one in t and other in t for t in tasks)
                by_chance = chance.exact(both, n_one, n_other, len(tasks))
                rows.append((jurisdiction, one, other, both, *by_chance))
    columns = ["jurisdiction", "agency_id", "other_agency_id", "tasks"]
    columns += chance.Expected._fields
    out = pd.DataFrame(rows, columns=columns).rename(columns={"mean": "expected"})
    return out.assign(q=chance.corrected(out["p"]))


def meetings(lists: Lists, pair: tuple[str, str] = PAIR) -> pd.DataFrame:
    """Count tasks that name two agencies. One row is a jurisdiction: `named` (tasks that name an
    agency), `first`, `second` (those that name each of `pair`), `tasks` (either), `both`, their
    `share` of `tasks`; `expected`, the share that the two frequencies alone give, and `p`."""
    rows = []
    for jurisdiction, tasks in lists.items():
        first, second = (sum(a in t for t in tasks) for a in pair)
        both = sum(set(pair) <= t for t in tasks)
        either = first + second - both
        by_chance = chance.exact(both, first, second, len(tasks))
        share = both / either if either else float("nan")
        mean = by_chance.mean
        expected = mean / (first + second - mean) if either else float("nan")
        row = (jurisdiction, len(tasks), first, second, either, both, share, expected, by_chance.p)
        rows.append(row)
    columns = ["jurisdiction", "named", "first", "second", "tasks", "both", "share"]
    columns += ["expected", "p"]
    return pd.DataFrame(rows, columns=columns)
