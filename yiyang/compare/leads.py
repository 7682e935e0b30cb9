"""Whether somebody leads: how the tasks of each list are led, answered for, or given to nobody."""

from __future__ import annotations

import pandas as pd

from yiyang.core.corpus import Corpus
from yiyang.core.messages import Lang, places_in_text


def leads(assignments: pd.DataFrame, tasks: pd.DataFrame) -> pd.DataFrame:
    """One row is a jurisdiction: how its tasks are led.

    `declares_leads` where the list uses 牵头 at all. Its `tasks` are `led`, or `joint` (several
    leads), or without lead: `one_answers`, `several_answer`, or `no_units` named.
    """
    primary = assignments[assignments["is_primary"]]
    n_lead = primary[primary["role"] == "lead"].groupby("task_id").size()
    n_any = primary.groupby("task_id").size()
    per = tasks[["task_id", "jurisdiction"]].copy()
    per["lead"] = per["task_id"].map(n_lead).fillna(0)
    per["any"] = per["task_id"].map(n_any).fillna(0)
    rows = []
    for jurisdiction, of_list in per.groupby("jurisdiction", sort=False):
        without = of_list[of_list["lead"] == 0]["any"]
        rows.append(
            {
                "jurisdiction": jurisdiction,
                "declares_leads": bool((of_list["lead"] > 0).any()),
                "tasks": len(of_list),
                "led": int((of_list["lead"] == 1).sum()),
                "joint": int((of_list["lead"] > 1).sum()),
                "one_answers": int((without == 1).sum()),
                "several_answer": int((without > 1).sum()),
                "no_units": int((without == 0).sum()),
            }
        )
    return pd.DataFrame(rows)


def finding(corpus: Corpus, lang: Lang) -> str:
    """Which lists declare leads, how many of their tasks have none, and which name no unit."""
    tasks = corpus.tasks
    places = places_in_text(corpus.jurisdictions, lang)
    comma, colon, end = {"zh": ("、", "：", "。"), "en": ("; ", ": ", ". ")}[lang]
    table = leads(corpus.assignments, tasks)
    declared = table[table["declares_leads"]]
    counts = comma.join(
        f"{places[r.jurisdiction]} {r.tasks - r.led - r.joint}/{r.tasks}"
        for r in declared.itertuples()
    )
    undeclared = comma.join(places[table.loc[~table["declares_leads"], "jurisdiction"]])
    without = tasks[~tasks["task_id"].isin(corpus.assignments["task_id"])]
    broken = set(corpus.documents.loc[~corpus.documents["is_complete"], "document_id"])
    last = set(tasks.groupby("document_id")["line_start"].idxmax())
    nobody = comma.join(
        str(t.task_id) + (_BROKEN[lang] if t.document_id in broken and t.Index in last else "")
        for t in without.itertuples()
    )
    parts = [("declared", counts), ("undeclared", undeclared), ("nobody", nobody)]
    said = [_WORDS[lang][key] + colon + words for key, words in parts if words]
    return end.join(said) + end.strip()


_BROKEN = {"zh": "（文件在此处中断）", "en": " (where the file breaks off)"}
_WORDS = {
    "zh": {
        "declared": "**写明牵头单位的清单里，没有牵头单位的任务**",
        "undeclared": "不用“牵头”一词的清单，列在第一位不等于牵头",
        "nobody": "没有列出单位的任务",
    },
    "en": {
        "declared": "**Tasks without a lead in the lists that declare leads**",
        "undeclared": "Lists that do not say 牵头, where the first place is no stated lead",
        "nobody": "Tasks that name no unit",
    },
}
