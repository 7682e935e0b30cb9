"""Gather tasks that are the same measure into families, over all lists.

A family is a group of tasks in which every two tasks of different lists are graded `same`: no star
around one task, no chain by which far things become one. "What do others do that we don't" is
answered from it (`gaps.benchmark`, the table `measures`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import product
from pathlib import Path

import pandas as pd

from yiyang.core import curated_csv, schema, segmentation
from yiyang.core.corpus import Corpus
from yiyang.core.schema import CURATION
from yiyang.grammar import obligations
from yiyang.safety.telling import tell

NAMES = CURATION / "measure_names.csv"
COLUMNS = ["task_id", "name_zh", "name_en", "reason"]
PROPOSED = 2
"""Words of a proposed name: those that all tasks of the family share and few others have."""


def of(matches: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """Make a table: one row is a task of a family, families with the most lists first.

    `measure_id` (the first task of the family in the order of `tasks`, guests aside),
    `n_jurisdictions`, `score` (the mean of its pairs), `task_id`, `jurisdiction`, `is_core`
    (whether it is that first task).
    Pairs are taken from the highest score on: two groups become one where all their tasks of
    different lists are graded `same`. A long article holds several measures: a family then takes in
    a task of a list that it lacks which is the same as all of its tasks, whatever other family the
    task began in.
    """
    # A dict: a series takes a hundred times as long to look one task up.
    home = tasks.set_index("task_id")["jurisdiction"].to_dict()
    scores = _same(matches)
    group_of: dict[str, frozenset[str]] = {}
    pairs = sorted(scores, key=lambda pair: (-scores[pair], pair))
    # First a task of each list; then what else of a list is the same as all of the others.
    for is_first, (one, other) in product((True, False), pairs):
        left = group_of.get(one, frozenset([one]))
        right = group_of.get(other, frozenset([other]))
        share_a_list = not {home[t] for t in left}.isdisjoint(home[t] for t in right)
        if left is right or (is_first and share_a_list):
            continue
        if _are_one(left, right, home, scores):
            group_of |= dict.fromkeys(left | right, left | right)
    order = {task: number for number, task in enumerate(tasks["task_id"])}
    beside: dict[str, set[str]] = defaultdict(set)
    for one, other in scores:
        beside[one].add(other)
        beside[other].add(one)
    rows = []
    for group in dict.fromkeys(group_of.values()):
        first = min(group, key=order.__getitem__)
        members = sorted(_with_guests(group, group_of, home, scores, beside), key=order.__getitem__)
        held = [scores[p] for p in product(members, repeat=2) if p in scores]
        n_lists, score = len({home[task] for task in members}), round(sum(held) / len(held), 6)
        rows += [(first, n_lists, score, task, home[task], task == first) for task in members]
    columns = ["measure_id", "n_jurisdictions", "score", "task_id", "jurisdiction", "is_core"]
    out = pd.DataFrame(rows, columns=columns).astype({"is_core": bool})
    return out.sort_values(
        ["n_jurisdictions", "score", "measure_id"],
        ascending=[False, False, True],
        kind="stable",
        ignore_index=True,
    )


def of_corpus(corpus: Corpus) -> pd.DataFrame:
    """Return `of` for the tasks of a corpus, worked out once: measures and gaps rest on it."""
    return corpus.once("families.of", lambda: of(corpus.task_matches, corpus.tasks))


def _same(matches: pd.DataFrame) -> dict[tuple[str, str], float]:
    """The pairs that are graded `same`, from either side, once -> their score."""
    found: dict[tuple[str, str], float] = {}
    for row in matches[matches["grade"] == "same"].itertuples():
        pair = (row.task_id, row.other_task_id)
        found[min(pair, pair[::-1])] = row.score
    return found


def _are_one(
    left: frozenset[str],
    right: frozenset[str],
    home: dict[str, str],
    scores: dict[tuple[str, str], float],
) -> bool:
    return all(home[a] == home[b] or min((a, b), (b, a)) in scores for a, b in product(left, right))


def _with_guests(
    group: frozenset[str],
    group_of: dict[str, frozenset[str]],
    home: dict[str, str],
    scores: dict[tuple[str, str], float],
    beside: Mapping[str, set[str]],
) -> frozenset[str]:
    """The group with tasks of other groups that are the same as all of its own; `beside` are the
    tasks that are the same as one."""
    near = {other for task in group for other in beside[task]}
    strength = {
        task: sum(scores.get(min((a, task), (task, a)), 0) for a in group)
        for task in near - group
        if task in group_of
    }
    for task in sorted(strength, key=lambda t: (-strength[t], t)):
        is_lacked = home[task] not in {home[member] for member in group}
        if is_lacked and _are_one(group, frozenset([task]), home, scores):
            group |= {task}
    return group


def measures(corpus: Corpus) -> pd.DataFrame:
    """Make a table: one row is a family of tasks that are the same measure (`measures`).

    What its lists say of it stands in one cell, list by list (`chaoyang: 区民政局; jiyuan: …`): who
    leads (the responsible units where none leads), by when, how firm the wording is, with which
    figure; lists that say nothing of it are left out of the cell.
    """
    found = of_corpus(corpus)
    reviewed = corpus.task_matches[corpus.task_matches["is_reviewed"]]
    read = {
        tuple(sorted(p)) for p in zip(reviewed["task_id"], reviewed["other_task_id"], strict=True)
    }
    words = names(found, corpus.tasks)
    told = said(corpus)
    rows = []
    for family, members in found.groupby("measure_id", sort=False):
        tasks = members["task_id"].tolist()
        home = dict(zip(tasks, members["jurisdiction"], strict=True))
        pairs = {tuple(sorted((a, b))) for a in tasks for b in tasks if home[a] != home[b]}
        rows.append(
            {
                "measure_id": family,
                **words[family],
                "n_jurisdictions": members["n_jurisdictions"].iloc[0],
                "jurisdictions": ";".join(dict.fromkeys(members["jurisdiction"])),
                "task_ids": ";".join(tasks),
                "score": members["score"].iloc[0],
                "is_reviewed": pairs <= read,
                **{name: _by_list(members, table) for name, table in told.items()},
            }
        )
    return schema.cast("measures", pd.DataFrame(rows, columns=schema.columns("measures")))


def leading(corpus: Corpus) -> pd.DataFrame:
    """Return the assignments of the units in the lead, or of the responsible ones of tasks for
    which the list declares no lead."""
    units = corpus.assignments[corpus.assignments["is_primary"]]
    leads = set(units.loc[units["role"] == "lead", "task_id"])
    return units[~units["task_id"].isin(leads) | (units["role"] == "lead")]


def said(corpus: Corpus) -> dict[str, pd.Series]:
    """Return what the documents say of each task, as printed (`lead`, `deadline`, `figure`), and
    the strength of the first word of obligation (`firmness`): series by `task_id`."""
    times = corpus.deadlines[corpus.deadlines["kind"] != "procedural"]
    firm = obligations.of_tasks(corpus.tasks, corpus.obligations).set_index("task_id")["opening"]
    return {
        "lead": _joined(leading(corpus), "agency_printed"),
        "deadline": _joined(times, "printed"),
        "firmness": firm.dropna().astype(str),
        "figure": _joined(corpus.targets, "printed"),
    }


def _joined(table: pd.DataFrame, column: str) -> pd.Series:
    return table.groupby("task_id")[column].agg(lambda said: "、".join(dict.fromkeys(said)))


def parts(matches: pd.DataFrame, measures: pd.DataFrame) -> dict[tuple[str, str], tuple[int, int]]:
    """Return (`measure_id`, `task_id`) -> the part of the task that is the measure: the clause that
    comes nearest to the nearest of the other tasks of the family, as characters of its text."""
    rows = matches[matches["grade"] == "same"].sort_values("score", ascending=False, kind="stable")
    of_pair = {
        (row.task_id, row.other_task_id): (row.part_start, row.part_end)
        for row in rows.itertuples()
    }
    back = {
        (row.other_task_id, row.task_id): (row.other_part_start, row.other_part_end)
        for row in rows.itertuples()
    }
    # A pair may be a candidate from one side only.
    found = back | of_pair
    nearest: dict[str, list[str]] = defaultdict(list)
    for one, other in of_pair | back:
        nearest[one].append(other)
    out: dict[tuple[str, str], tuple[int, int]] = {}
    for family, listed in zip(measures["measure_id"], measures["task_ids"], strict=True):
        members = listed.split(";")
        for one in members:
            others = (found[one, other] for other in nearest[one] if other in members)
            if part := next(others, None):
                out[family, one] = part
    return out


def _by_list(members: pd.DataFrame, said: pd.Series) -> str:
    """`chaoyang: a、b; jiyuan: c`."""
    found: dict[str, list[str]] = defaultdict(list)
    for task, place in zip(members["task_id"], members["jurisdiction"], strict=True):
        if task in said.index and said[task] not in found[place]:
            found[place].append(said[task])
    return "; ".join(f"{place}: {'、'.join(words)}" for place, words in found.items() if words)


def names(found: pd.DataFrame, tasks: pd.DataFrame, path: Path = NAMES) -> dict[str, dict]:
    """Return `measure_id` -> `name_zh`, `name_en` and `is_name_proposed`.

    An editor's name (`curation/measure_names.csv`) holds for the family that its task is the first
    of; elsewhere the rarest words that all tasks of the family share are proposed, in Chinese.
    """
    edited: dict[str, dict] = {}
    for row, line in curated_csv.rows(path, COLUMNS):
        if row["task_id"] in edited:
            raise curated_csv.fault(
                "twice", path, line, what=row["task_id"], once=tell("compare.task_once")
            )
        edited[row["task_id"]] = {
            "name_zh": row["name_zh"], "name_en": row["name_en"], "is_name_proposed": False
        }  # fmt: skip
    texts = tasks.set_index("task_id")["text"]
    held: dict[str, set[str]] = {}
    often: dict[str, int] = defaultdict(int)
    for task, words in zip(texts.index, segmentation.stream(texts), strict=True):
        held[task] = {w for w in words if len(w) > 1 and w not in segmentation.stop_words()}
        for word in held[task]:
            often[word] += 1
    out = {}
    for family, members in found.groupby("measure_id", sort=False):
        by_editor = [edited[family]] if family in edited else []
        shared = set.intersection(*(held[task] for task in members["task_id"]))
        telling = sorted(
            (w for w in shared if not w.isdecimal()), key=lambda w: (often[w], -len(w), w)
        )
        proposed = "、".join(telling[:PROPOSED]) or texts[family][:10]
        out[family] = (
            by_editor[0] if by_editor
            else {"name_zh": proposed, "name_en": proposed, "is_name_proposed": True}
        )  # fmt: skip
    return out
