"""Tell verbatim reuse between lists apart from paraphrase.

That two lists share a sentence does not say who took it from whom: one may have copied the other,
or both a third text, such as a national guideline. Two of the four lists bear no date.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import pandas as pd

from yiyang.matches.passages import common, letters
from yiyang.safety.errors import refusal

LEAST = 12
"""Letters from which a shared passage counts as reused: longer than the field's names for
institutions and services (养老机构内设的医疗机构 has eleven), which any two texts may share."""


def shares(tasks: pd.DataFrame, least: int = LEAST) -> pd.DataFrame:
    """Tell how much of each list stands word for word in each other list: one row is two lists.

    `jurisdiction`, `other_jurisdiction`; `n_letters` of the first list, `n_reused` of them within
    passages of `least` letters or more that the other list holds too, `share`; `n_tasks` with
    such a passage. The two directions differ, for the lists differ in length.
    """
    lists = {
        place: [letters(text)[0] for text in group["text"]]
        for place, group in tasks.groupby("jurisdiction", sort=True)
    }
    holders: defaultdict[str, set[str]] = defaultdict(set)
    for place, texts in lists.items():
        for gram in set().union(*(_grams(text, least) for text in texts)):
            holders[gram].add(place)
    rows = []
    for place, texts in lists.items():
        counts = [_covered(text, holders, least) for text in texts]
        total = sum(map(len, texts))
        for other in lists:
            if other == place:
                continue
            own = [count[other] for count in counts if other in count]
            rows.append((place, other, total, sum(own), sum(own) / max(total, 1), len(own)))
    columns = ["jurisdiction", "other_jurisdiction", "n_letters", "n_reused", "share", "n_tasks"]
    return pd.DataFrame(rows, columns=columns)


def _covered(text: str, holders: Mapping[str, Iterable[str]], least: int) -> dict[str, int]:
    """List -> the letters of the text that lie in some run of `least` letters that the list holds;
    `holders` are the lists that hold a run."""
    covered: defaultdict[str, int] = defaultdict(int)
    until: defaultdict[str, int] = defaultdict(int)
    for i in range(len(text) - least + 1):
        for place in holders.get(text[i : i + least], ()):
            covered[place] += i + least - max(i, until[place])
            until[place] = i + least
    return covered


def passages(tasks: pd.DataFrame, least: int = LEAST) -> pd.DataFrame:
    """Make a table: one row is a passage that two tasks of different lists share, the longest
    first.

    `task_id`, `other_task_id`, `text` and `other_text` as printed, `length` in letters,
    and `start, end, other_start, other_end` in the two texts.
    """
    rows = list(tasks[["task_id", "jurisdiction", "text"]].itertuples(index=False))
    found = []
    for number, place in _sharing([_grams(letters(row.text)[0], least) for row in rows]):
        one, other = rows[number], rows[place]
        if one.jurisdiction == other.jurisdiction:
            continue
        for p in common(one.text, other.text, least):
            texts = one.text[p.start : p.end], other.text[p.other_start : p.other_end]
            found.append((one.task_id, other.task_id, *texts, p.length, *p[:4]))
    columns = ["task_id", "other_task_id", "text", "other_text", "length",
               "start", "end", "other_start", "other_end"]  # fmt: skip
    frame = pd.DataFrame(found, columns=columns)
    return frame.sort_values(
        ["length", "task_id", "other_task_id", "start"],
        ascending=[False, True, True, True],
        ignore_index=True,
    )


def _sharing(grams: Sequence[set[str]]) -> list[tuple[int, int]]:
    """The pairs of texts that have a run of letters in common, in their order."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, own in enumerate(grams):
        for gram in own:
            holders[gram].append(number)
    return sorted({pair for held in holders.values() for pair in combinations(held, 2)})


def _grams(text: str, least: int) -> set[str]:
    return {text[i : i + least] for i in range(len(text) - least + 1)}


def of_matches(matches: pd.DataFrame, tasks: pd.DataFrame, least: int = LEAST) -> pd.DataFrame:
    """Tell how each pair graded `same` came to its likeness: one row is a pair, once either way
    round.

    `task_id`, `other_task_id`, `share` of the letters of the shorter text that stand word for
    word in the other, `longest` passage, and `kind`: `verbatim` (half of the shorter text or
    more), `in_part` (a passage of `least` letters at least), `paraphrase` (none).
    """
    texts = tasks.set_index("task_id")["text"].to_dict()
    said = matches[matches["grade"] == "same"]
    pairs = {
        tuple(sorted(pair)) for pair in zip(said["task_id"], said["other_task_id"], strict=True)
    }
    rows = []
    for one, other in sorted(pairs):
        found = common(texts[one], texts[other], least)
        shorter = min(len(letters(texts[task])[0]) for task in (one, other))
        share = sum(p.length for p in found) / max(shorter, 1)
        kind = "verbatim" if share >= 0.5 else "in_part" if found else "paraphrase"
        rows.append((one, other, share, found[0].length if found else 0, kind))
    columns = ["task_id", "other_task_id", "share", "longest", "kind"]
    return pd.DataFrame(rows, columns=columns)


def examples(
    matches: pd.DataFrame, tasks: pd.DataFrame, first: Iterable[str] = ()
) -> dict[str, tuple[str, str]]:
    """Return kind -> pair: of each `kind` of `of_matches` the pair with the highest score, one with
    a task of the documents `first` before all others."""
    pairs = zip(matches["task_id"], matches["other_task_id"], strict=True)
    score = dict(zip(pairs, matches["score"], strict=True))
    found = of_matches(matches, tasks)
    pairs = zip(found["task_id"], found["other_task_id"], strict=True)
    # A reviewed pair may be a candidate from one side only.
    found["score"] = [max(score.get(p, 0), score.get(p[::-1], 0)) for p in pairs]
    own = tasks.loc[tasks["document_id"].isin(list(first)), "task_id"]
    found["is_own"] = found[["task_id", "other_task_id"]].isin(set(own)).any(axis=1)
    best = found.sort_values(["is_own", "score"], ascending=False, kind="stable")
    best = best.drop_duplicates("kind")
    return Examples({row.kind: (row.task_id, row.other_task_id) for row in best.itertuples()})


class Examples(dict[str, tuple[str, str]]):
    """Kind -> pair; to ask for a kind of which there is none raises `InputError`."""

    def __missing__(self, kind: str) -> tuple[str, str]:
        raise refusal("compare.no_example", "matches.reuse", kind=kind)
