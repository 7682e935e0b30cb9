"""Tables on themes and clusters as readers see them: names in place of keys, in either language.

Each is a dataframe for `show.table`; its columns are keys of `curation/labels.csv`.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from sklearn.cluster import KMeans

from yiyang import themes
from yiyang.compare import theme_shares
from yiyang.labels import Lang, label, names
from yiyang.themes import evaluation

LONGEST = 90
"""Characters of a task's text that a table shows; what is cut off is marked with ……."""


def only(corpus: Any, lang: Lang) -> pd.DataFrame:
    """The themes that some lists have and others lack, one a row."""
    table = theme_shares.only(theme_shares.shares(corpus.task_themes, corpus.tasks, corpus.themes))
    places = names(corpus.jurisdictions, lang)
    comma = {"zh": "、", "en": "; "}[lang]

    def named(keys: str) -> str:
        return comma.join(places[key] for key in keys.split()) or "—"

    out = pd.DataFrame({"theme_id": table["theme_id"].map(names(corpus.themes, lang))})
    for column, of in (("has_theme", "has"), ("second_only", "second"), ("lacks_theme", "lacks")):
        out[column] = table[of].map(named)
    return out


def clusters(table: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """The clusters, one a row (table: `themes.cluster_table` with its stability)."""
    out = table.copy()
    for column in ("membership", "resamples", "numbers"):
        out[column] = [f"{value:.2f}" for value in table[column]]
    out["exemplars"] = table["exemplars"].str.replace(" ", {"zh": "、", "en": ", "}[lang])
    return out


def explanation(task_id: str, corpus: Any, lang: Lang, most: int = 10) -> pd.DataFrame:
    """What decided the theme of a task, the heaviest reasons of its themes, one a row."""
    table = themes.explain(task_id, corpus.tasks).head(most)
    return pd.DataFrame(
        {
            "theme_id": table["theme_id"].map(names(corpus.themes, lang)),
            "seed": table["seed"].replace("", label("likeness", lang)),
            "found_words": table["words"].replace("", "—"),
            "weight": [f"{w:g}" if w > 0 else "—" for w in table["weight"]],
            "score_part": [f"{share:.3f}" for share in table["share"]],
        }
    )


def close_calls(corpus: Any, lang: Lang, most: int = 10) -> pd.DataFrame:
    """The tasks whose two best themes lie nearest to each other, the nearest first."""
    table = corpus.task_themes.merge(corpus.tasks[["task_id", "text"]], on="task_id")
    margin = (table["score"] - table["second_score"].fillna(0)).astype(float)
    table = table.loc[margin.sort_values(kind="stable").index[:most]]
    of_theme = names(corpus.themes, lang)
    return pd.DataFrame(
        {
            "task_id": table["task_id"],
            "text": [t if len(t) <= LONGEST else t[:LONGEST] + "……" for t in table["text"]],
            "theme_id": table["theme_id"].map(of_theme),
            "score": [f"{s:.2f}" for s in table["score"]],
            "second_theme_id": table["second_theme_id"].map(of_theme),
            "second_score": [f"{s:.2f}" for s in table["second_score"]],
        }
    )


def agreement(corpus: Any, lang: Lang) -> pd.DataFrame:
    """How themes and clusters agree with the codes of `data/evaluation`, one measure a row.

    No theme set by hand is in force. k-means on the same words stands beside the clusters.
    """
    coded = evaluation.codes().set_index("task_id")["theme_id"]
    ids = corpus.tasks["task_id"].to_numpy(object)
    none = themes.reviews(corpus.tasks).head(0)
    assigned = themes.assign(corpus.tasks, reviews=none).set_index("task_id")
    matrix = themes.vectorize(corpus.tasks).matrix
    found = themes.clusters(corpus.tasks).labels
    usual = KMeans(int(found.max()), n_init=10, random_state=0).fit_predict(matrix)
    rows = []
    for method, labels, is_theme in (
        ("codebook_method", assigned["theme_id"], True),
        ("clusters_method", pd.Series(found, index=ids), False),
        ("kmeans_method", pd.Series(usual, index=ids), False),
    ):
        table = evaluation.agreement(coded, labels, is_theme=is_theme)
        for row in table.itertuples():
            interval = f"{row.low:.2f} – {row.high:.2f}"
            rows.append((label(method, lang), row.measure, f"{row.value:.2f}", interval))
    return pd.DataFrame(rows, columns=["method", "measure_name", "value", "interval"])


def cluster_finding(corpus: Any, held: themes.Stability, lang: Lang) -> str:
    """How many clusters there are, how firm they are, and how many tasks belong to none."""
    labels = themes.clusters(corpus.tasks).labels
    firm = held.by_cluster[held.by_cluster["resamples"] >= FIRM]
    loose = held.by_cluster[held.by_cluster["resamples"] < LOOSE]
    return _CLUSTERS[lang].format(
        n=int(labels.max()),
        none=int((labels == 0).sum()),
        tasks=len(labels),
        firm=len(firm),
        loose=len(loose),
        firm_at=FIRM,
        loose_at=LOOSE,
    )


FIRM, LOOSE = 0.75, 0.6
"""Likeness when resampled from which a cluster is held to be real, and below which to dissolve
(Hennig 2007)."""
_CLUSTERS = {
    "zh": "不用编码表，{tasks}项任务分成**{n}类**，另有{none}项不属于任何一类。"
    "去掉一成任务重新聚类，{firm}类基本不变（相似度不低于{firm_at}），{loose}类会散开（低于{loose_at}）。",
    "en": "Without the codebook the {tasks} tasks fall into **{n} clusters**; {none} belong to "
    "none. When a tenth of the tasks is left out, {firm} clusters stay much the same (likeness "
    "{firm_at} or more) and {loose} dissolve (below {loose_at}).",
}
