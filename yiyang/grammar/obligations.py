"""Grade how firmly the wording of a task binds, by its verbs.

The scale runs from `mandate` (严禁, 必须, 应当, 要) over `commit` (落实, 建立, 完善), `encourage`
(鼓励, 支持, 引导) and `explore` (探索, 试点) to `permit` (可). It grades words, not deeds: a firm
word may be broken and a soft one kept. The words with their reasons are in
`curation/obligation_words.csv`; where one of them is no verb of the task is told by `verbs.py`
(机构建设 holds 构建 and the noun 建设, 符合设立许可条件的 is a condition).
"""

from __future__ import annotations

import re
from functools import cache

from yiyang.core import curated_csv, schema, segmentation
from yiyang.core.schema import Rows
from yiyang.core.text import simplify
from yiyang.grammar import verbs
from yiyang.safety.later import pd

WORDS = schema.CURATION / "obligation_words.csv"
STRENGTHS = ("permit", "explore", "encourage", "commit", "mandate")
"""From the weakest to the firmest."""
MEANS = ("利用", "依托", "通过")
"""Words that open a task with the means and not with what is asked: 充分利用…，探索开展…"""


@cache
def _words() -> dict[str, str]:
    words = {}
    for row, line in curated_csv.rows(WORDS, ["word", "strength", "is_noun", "reason"]):
        if row["strength"] not in (known := [*STRENGTHS, "none"]):
            strength = row["strength"]
            raise curated_csv.fault(
                "strength", WORDS, line, word=row["word"], strength=strength, known=known
            )
        words[row["word"]] = row["strength"]
    return words


@cache
def _verbs() -> frozenset[str]:
    return frozenset(w for w, s in _words().items() if s != "none" and len(w) > 1)


@cache
def _nouns() -> frozenset[str]:
    rows = curated_csv.rows(WORDS, ["word", "strength", "is_noun", "reason"])
    return frozenset(row["word"] for row, _ in rows if row["is_noun"] == "yes")


@cache
def _pattern() -> re.Pattern[str]:
    # The longest word counts, so that 需要 and 相应 (strength none) hide 要 and 应.
    words = sorted(_words(), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words)))


@cache
def _openings() -> frozenset[str]:
    return frozenset(word[0] for word in _words())


def grade(tasks: Rows) -> Rows:
    """Return the words that grade tasks, rows of the table `obligations`, in the order of the
    text."""
    rows = []
    texts = [simplify(task["text"]) for task in tasks]
    cut = (verbs.parted(tokens, _verbs()) for tokens in segmentation.tag(texts, _verbs()))
    for task, text, tokens in zip(tasks, texts, cut, strict=True):
        rows += [
            {
                "task_id": task["task_id"],
                "order": order,
                "printed": task["text"][start:end],
                "strength": _words()[text[start:end]],
                "char_start": start,
                "char_end": end,
            }
            for order, (start, end) in enumerate(_found(text, tokens), 1)
        ]
    return rows


def _found(text: str, tokens: list[tuple[str, str]]) -> list[tuple[int, int]]:
    """The places of the words that are verbs of the task."""
    places, covered = [], 0
    starts = verbs.starts(tokens)
    edges = set(starts)
    openings, match_at = _openings(), _pattern().match
    # Asked only where a word of the segmentation begins: 构建 in 机构建设 must not hide 建设.
    for start in starts[:-1]:
        if start < covered or text[start] not in openings:
            continue
        match = match_at(text, start)
        if match and match.end() in edges:
            covered = match.end()
            places.append(match.span())
    graded = [place for place in places if _words()[text[slice(*place)]] != "none"]
    return verbs.of_task(text, tokens, graded, _nouns())


def of_tasks(tasks: pd.DataFrame, graded: pd.DataFrame) -> pd.DataFrame:
    """Give a row for each task, in the order of `tasks`: its `opening`, `firmest` and `softest`
    strength.

    `opening` is the strength of its first word that is more than a means (`MEANS`); all three are
    missing where no word was found.
    """
    by = graded.groupby("task_id", sort=False)["strength"]
    means = graded["printed"].isin(MEANS)
    asked = graded[~means | ~graded["task_id"].isin(graded.loc[~means, "task_id"])]
    first = asked.groupby("task_id", sort=False)["strength"].first()
    out = pd.DataFrame({"opening": first, "firmest": by.max(), "softest": by.min()})
    return out.reindex(tasks["task_id"]).reset_index()
