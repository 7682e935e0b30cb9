"""Verbatim reuse between lists, told apart from paraphrase.

That two lists share a sentence does not say who took it from whom: one may have copied the other,
or both a third text, such as a national guideline. Two of the four lists bear no date.
"""

from __future__ import annotations

import pandas as pd

from yiyang.core.corpus import Corpus
from yiyang.core.messages import Lang, label, places_in_text
from yiyang.matches.passages import common, letters

LEAST = 12
"""Letters from which a shared passage counts as reused: longer than the field's names for
institutions and services (养老机构内设的医疗机构 has eleven), which any two texts may share."""


def shares(tasks: pd.DataFrame, least: int = LEAST) -> pd.DataFrame:
    """How much of each list stands word for word in each other list: one row is two lists.

    `jurisdiction`, `other_jurisdiction`; `n_letters` of the first list, `n_reused` of them within
    passages of `least` letters or more that the other list holds too, `share`; `n_tasks` with
    such a passage. The two directions differ, for the lists differ in length.
    """
    lists = {
        place: [letters(text)[0] for text in group["text"]]
        for place, group in tasks.groupby("jurisdiction", sort=True)
    }
    held = {
        place: {text[i : i + least] for text in texts for i in range(len(text) - least + 1)}
        for place, texts in lists.items()
    }
    rows = []
    for place, texts in lists.items():
        for other in lists:
            if other == place:
                continue
            counts = [_covered(text, held[other], least) for text in texts]
            total = sum(map(len, texts))
            n_tasks = sum(count > 0 for count in counts)
            rows.append((place, other, total, sum(counts), sum(counts) / max(total, 1), n_tasks))
    columns = ["jurisdiction", "other_jurisdiction", "n_letters", "n_reused", "share", "n_tasks"]
    return pd.DataFrame(rows, columns=columns)


def _covered(text: str, held: set[str], least: int) -> int:
    """The letters of the text that lie in some run of `least` letters that is held elsewhere."""
    covered, until = 0, 0
    for i in range(len(text) - least + 1):
        if text[i : i + least] in held:
            covered += i + least - max(i, until)
            until = i + least
    return covered


def passages(tasks: pd.DataFrame, least: int = LEAST) -> pd.DataFrame:
    """One row is a passage that two tasks of different lists share, the longest first.

    `task_id`, `other_task_id`, `text` and `other_text` as printed, `length` in letters,
    and `start, end, other_start, other_end` in the two texts.
    """
    rows = tasks[["task_id", "jurisdiction", "text"]].to_records(index=False)
    found = []
    grams = [_grams(letters(row.text)[0], least) for row in rows]
    for number, one in enumerate(rows):
        for place, other in enumerate(rows[number + 1 :], number + 1):
            if one.jurisdiction == other.jurisdiction or grams[number].isdisjoint(grams[place]):
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


def _grams(text: str, least: int) -> set[str]:
    return {text[i : i + least] for i in range(len(text) - least + 1)}


def of_matches(matches: pd.DataFrame, tasks: pd.DataFrame, least: int = LEAST) -> pd.DataFrame:
    """How each asserted pair came to its likeness: one row is a pair, once either way round.

    `task_id`, `other_task_id`, `share` of the letters of the shorter text that stand word for
    word in the other, `longest` passage, and `kind`: `verbatim` (half of the shorter text or
    more), `in_part` (a passage of `least` letters at least), `paraphrase` (none).
    """
    texts = tasks.set_index("task_id")["text"]
    said = matches[matches["is_match"]]
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


def examples(matches: pd.DataFrame, tasks: pd.DataFrame) -> dict[str, tuple[str, str]]:
    """Of each `kind` of `of_matches` the asserted pair with the highest score: kind -> pair."""
    score = matches.set_index(["task_id", "other_task_id"])["score"]
    found = of_matches(matches, tasks)
    pairs = zip(found["task_id"], found["other_task_id"], strict=True)
    # A reviewed pair may be a candidate from one side only.
    found["score"] = [max(score.get(p, 0), score.get(p[::-1], 0)) for p in pairs]
    first = found.sort_values("score", ascending=False, kind="stable").drop_duplicates("kind")
    return {row.kind: (row.task_id, row.other_task_id) for row in first.itertuples()}


def finding(corpus: Corpus, lang: Lang) -> str:
    """How much is shared word for word, and what can be said of who came first; computed."""
    if corpus.tasks["jurisdiction"].nunique() < 2:
        return label("only_one_list", lang)
    called = places_in_text(corpus.jurisdictions, lang)
    found = shares(corpus.tasks).sort_values("share", ascending=False, kind="stable")
    # Each pair of lists once, by its larger share.
    sides = [frozenset(pair) for pair in zip(found.iloc[:, 0], found.iloc[:, 1], strict=True)]
    most = found[~pd.Series(sides, index=found.index).duplicated()].head(2)
    kinds = of_matches(corpus.task_matches, corpus.tasks)["kind"].value_counts()
    first = [_who_first(corpus.documents, row[0], row[1], called, lang)
             for row in most.itertuples(index=False, name=None)]  # fmt: skip
    counts = [int(kinds.get(kind, 0)) for kind in ("verbatim", "in_part", "paraphrase")]
    if lang == "zh":
        shared = [
            f"{called[r.jurisdiction]}的文字有{r.share:.0%}逐字见于{called[r.other_jurisdiction]}"
            for r in most.itertuples()
        ]
        return (
            f"逐字相同（连续{LEAST}字以上）最多的：{'；'.join(shared)}。{''.join(first)}"
            f"认定的{sum(counts)}对任务中，{counts[0]}对有一半以上文字相同，{counts[1]}对有部分语句"
            f"相同，{counts[2]}对没有这样长的相同语句，只是意思对应。"
        )
    shared = [
        f"{r.share:.0%} of the text of {called[r.jurisdiction]} stands in that of "
        f"{called[r.other_jurisdiction]}"
        for r in most.itertuples()
    ]
    return (
        f"Most in common word for word (runs of {LEAST} characters or more): "
        f"{'; '.join(shared)}. {' '.join(first)} Of the {sum(counts)} asserted pairs "
        f"{counts[0]} share half of their text or more, {counts[1]} share a passage, and "
        f"{counts[2]} have no passage of that length in common: they say it in other words."
    )


def _who_first(
    documents: pd.DataFrame, place: str, other: str, called: pd.Series, lang: Lang
) -> str:
    """What the dates of two lists say about who could have drawn on whom."""
    lists = documents[documents["n_tasks"] > 0].set_index("jurisdiction")["date_issued"]
    several = [called[p] for p in (place, other) if (lists.index == p).sum() > 1]
    if several:
        if lang == "zh":
            return f"{'和'.join(several)}有多份清单，这里不判断先后。"
        return f"Of {' and '.join(several)} several lists were read: which came first is not told."
    undated = [called[p] for p in (place, other) if pd.isna(lists[p])]
    if undated:
        if lang == "zh":
            named = "和".join(undated)
            return f"{named}的文件未注明印发日期，无法判断先后，也可能出自共同的上级文件。"
        return (
            f"{' and '.join(undated)} bear no date of issue: which came first cannot be told, "
            "and both may follow a third text."
        )
    early, late = sorted((place, other), key=lambda p: lists[p])
    days = f"{lists[early].date()}", f"{lists[late].date()}"
    if lang == "zh":
        return (
            f"{called[early]}（{days[0]}印发）早于{called[late]}（{days[1]}印发）：如有参照，只会是后者"
            "参照前者；也可能两者出自共同的上级文件。"
        )
    return (
        f"{called[early]} ({days[0]}) was issued before {called[late]} ({days[1]}): if one drew "
        "on the other, the later did; both may follow a third text."
    )
