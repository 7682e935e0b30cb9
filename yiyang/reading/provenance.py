"""What was read: where each file's text went, how long lists and tasks are, what was inferred."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from yiyang.core.corpus import Corpus
from yiyang.core.messages import Lang
from yiyang.core.text import squash
from yiyang.reading import documents, repairs
from yiyang.safety.errors import refusal

USES = ("tasks", "prose", "headings", "table_header", "page_furniture")
"""What the text of a file is: tasks with their numbers, units and deadlines; prose of a case
study; titles, headings and notices; table headers; what the page or the program around it left."""

# The beginnings of the reasons in `leftovers`; any other reason is a title, heading or notice.
_REASONS = {
    "table header": "table_header",
    "page furniture": "page_furniture",
    "bookmark": "page_furniture",
    "caption": "page_furniture",
    "rule between": "page_furniture",
    "prose": "prose",
}


def printed(document: Any, folder: Path | None = None) -> list[str]:
    """The lines of a document (a row of `documents`) as printed; line 1 is the first."""
    return documents.printed(document, folder)


def uses(listed: pd.DataFrame, leftovers: pd.DataFrame, folder: Path | None = None) -> pd.DataFrame:
    """One row is a document and a use of its text (`USES`): characters and share, spaces aside.

    What is not in `leftovers` is part of a task. Shares of a document add up to 1.
    """
    rows = []
    for document in listed.itertuples(index=False):
        total = sum(len(squash(line)) for line in printed(document, folder))
        counts = dict.fromkeys(USES, 0)
        for left in leftovers[leftovers["document_id"] == document.document_id].itertuples():
            counts[_use(str(left.reason))] += len(squash(str(left.text)))
        counts["tasks"] = total - sum(counts.values())
        rows += [
            {
                "document_id": document.document_id,
                "use": use,
                "characters": n,
                "share": n / max(total, 1),
            }
            for use, n in counts.items()
        ]
    return pd.DataFrame(rows)


def _use(reason: str) -> str:
    return next((use for start, use in _REASONS.items() if reason.startswith(start)), "headings")


def lengths(tasks: pd.DataFrame) -> pd.DataFrame:
    """One row is a jurisdiction, in the order of the tasks: `tasks`, their `share` of all, and
    the characters of a task's text: `shortest`, `median`, `longest`, `characters` in all."""
    by = (
        tasks["text"].map(lambda text: len(squash(text))).groupby(tasks["jurisdiction"], sort=False)
    )
    out = by.agg(tasks="size", shortest="min", median="median", longest="max", characters="sum")
    out.insert(1, "share", out["tasks"] / len(tasks))
    return out.rename_axis("jurisdiction").reset_index()


def label_blocks(tasks: pd.DataFrame) -> pd.DataFrame:
    """One row is a merged label whose extent was worked out: `curation/label_extents.csv`.

    `InputError` where it is not about the documents of these tasks."""
    text = repairs.extents()
    text = text[text["document_id"].isin(tasks["document_id"])]
    if text.empty:
        raise refusal("provenance.no_label", "curation/label_extents.csv")
    numbers = ["label_seq", "first_seq", "last_seq"]
    return text.astype(dict.fromkeys(numbers, "int64"))


def finding(corpus: Corpus, lang: Lang) -> str:
    """What was read and with how much help, in a few sentences with their numbers."""
    tasks, repairs = corpus.tasks, corpus.repairs
    lists = corpus.documents[corpus.documents["n_tasks"] > 0]
    broken = int((~tasks["is_complete"]).sum())
    n = {
        "tasks": len(tasks),
        "lists": len(lists),
        "repairs": len(repairs),
        "repaired": int(tasks["is_repaired"].sum()),
        "share": f"{tasks['is_repaired'].mean():.0%}",
        "inferred": int(tasks["is_label_inferred"].sum()),
        "left": len(corpus.leftovers),
        "broken": broken,
        "undated": int(lists["date_issued"].isna().sum()),
    }
    return _FINDING[lang].format(**n)


_FINDING = {
    "zh": (
        "**从{lists}份清单读出{tasks}项任务**。原文经过修订的任务{repaired}项（{share}），"
        "共{repairs}处，逐处列在下面；标题由推断得来的任务{inferred}项；"
        "因文件中断而不完整的任务{broken}项；没有注明印发日期的清单{undated}份。"
        "不属于任何任务的文字共{left}段，也都保留并注明理由。"
    ),
    "en": (
        "**{tasks} tasks were read; lists: {lists}.** Tasks whose printed text was repaired: "
        "{repaired} ({share}), in {repairs} places that are all listed below; whose headings were "
        "inferred: {inferred}; incomplete because the file breaks off: {broken}. Lists that bear "
        "no date of issue: {undated}. The {left} pieces of text that belong to no task are kept "
        "too, each with its reason."
    ),
}
