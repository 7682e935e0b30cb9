"""Tables on themes and clusters as readers see them: names in place of keys, in either language.

Each is a dataframe for `show.table`; its columns are keys of `curation/labels.csv`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import pandas as pd
from sklearn.cluster import KMeans

from yiyang import themes
from yiyang.compare import theme_shares
from yiyang.labels import Lang, label, names
from yiyang.themes import evaluation

DRAWS = 20
"""How often a fifth of the seeds is left out."""
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


def closest(corpus: Any) -> str:
    """The task whose two best themes lie nearest to each other."""
    return str(close_calls(corpus, "en", most=1)["task_id"].iloc[0])


def close_calls(corpus: Any, lang: Lang, most: int = 10) -> pd.DataFrame:
    """The tasks whose two best themes lie nearest to each other, the nearest first."""
    table = corpus.task_themes.merge(corpus.tasks[["task_id", "text"]], on="task_id")
    table = table[table["second_theme_id"].notna()]
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

    No theme set by hand is in force. Below the codebook stand its two checks (`by_shared_seeds`,
    and the mean and the range of `DRAWS` of `by_fewer_seeds`), below the clusters k-means on the
    same words. Without a coded task in the corpus there is no row.
    """
    table = _agreement(corpus)
    return table.assign(method=[label(method, lang) for method in table["method"]])


@lru_cache(maxsize=1)  # seconds, and asked for in both languages
def _agreement(corpus: Any) -> pd.DataFrame:
    """`agreement` with the keys of the methods."""
    tasks = corpus.tasks
    coded = evaluation.codes().set_index("task_id")["theme_id"]
    coded = coded[coded.index.isin(tasks["task_id"])]
    columns = ["method", "measure_name", "value", "interval"]
    if coded.empty:
        return pd.DataFrame(columns=columns)
    ids = tasks["task_id"].to_numpy(object)
    assigned = themes.assign(tasks, reviews=themes.no_reviews()).set_index("task_id")
    rows = []

    def add(method: str, found: pd.Series, *, is_theme: bool) -> None:
        for row in evaluation.agreement(coded, found, is_theme=is_theme).itertuples():
            interval = f"{row.low:.2f} – {row.high:.2f}"
            rows.append((method, row.measure, f"{row.value:.2f}", interval))

    add("codebook_method", assigned["theme_id"], is_theme=True)
    add("shared_seeds_method", evaluation.by_shared_seeds(tasks), is_theme=True)
    drawn = [evaluation.by_fewer_seeds(tasks, n)[coded.index] for n in range(DRAWS)]
    right = [float((found == coded).mean()) for found in drawn]
    mean, span = sum(right) / DRAWS, f"{min(right):.2f} – {max(right):.2f}"
    rows.append(("fewer_seeds_method", "accuracy", f"{mean:.2f}", span))
    clusters = themes.clusters(tasks).labels
    add("clusters_method", pd.Series(clusters, index=ids), is_theme=False)
    if clusters.max() > 1:
        matrix = themes.vectorize(tasks).matrix
        usual = KMeans(int(clusters.max()), n_init=10, random_state=0).fit_predict(matrix)
        add("kmeans_method", pd.Series(usual, index=ids), is_theme=False)
    return pd.DataFrame(rows, columns=columns)


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
    ) + _spread(held.by_k, lang)


def _spread(by_k: pd.DataFrame, lang: Lang) -> str:
    """Between which numbers of clusters, and how far, the agreement under resampling moves."""
    if by_k.empty:
        return ""
    first, last = by_k.iloc[0], by_k.iloc[-1]
    best = by_k.loc[by_k["agreement"].idxmax()]
    ends = (int(first["k"]), first["agreement"], int(last["k"]), last["agreement"])
    alike = by_k.loc[by_k["agreement"] >= best["low"], "k"]
    return _CONVENTION[lang].format(*ends, k=themes.K, low=int(alike.min()), high=int(alike.max()))


FIRM, LOOSE = 0.75, 0.6
"""Likeness when resampled from which a cluster is held to be real, and below which to dissolve
(Hennig 2007)."""
_CONVENTION = {
    "zh": "类数{k}是约定：一致程度从{0}类的{1:.2f}变到{2}类的{3:.2f}，"
    "与最稳定者相差不出一个标准差的数目从{low}到{high}都有。",
    "en": " That {k} are asked for is a convention: agreement goes from {1:.2f} at {0} clusters "
    "to {3:.2f} at {2}, and numbers from {low} to {high} lie within a standard deviation of the "
    "most stable one.",
}
_CLUSTERS = {
    "zh": "不用编码表，{tasks}项任务分成**{n}类**，另有{none}项不属于任何一类。"
    "去掉一成任务重新聚类，{firm}类基本不变（相似度不低于{firm_at}），{loose}类会散开（低于{loose_at}）。",
    "en": "Without the codebook the {tasks} tasks fall into **{n} clusters**; {none} belong to "
    "none. When a tenth of the tasks is left out, {firm} clusters stay much the same (likeness "
    "{firm_at} or more) and {loose} dissolve (below {loose_at}).",
}
