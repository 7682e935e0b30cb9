"""Tables on themes and clusters as readers see them: names in place of keys, in either language.

Each is a dataframe for `show.table`; its columns are keys of `curation/labels.csv`.
"""

from __future__ import annotations

from functools import lru_cache

import pandas as pd
from sklearn.cluster import KMeans

from yiyang import themes
from yiyang.compare import theme_shares
from yiyang.core.corpus import Corpus
from yiyang.core.messages import COMMA, Lang, label, names
from yiyang.safety import escaping
from yiyang.show import gloss
from yiyang.themes import choosing, evaluation

DRAWS = 20
"""How often a fifth of the seeds is left out."""
LONGEST = 90
"""Characters of a task's text that a table shows; what is cut off is marked with ……."""


def only(corpus: Corpus, lang: Lang) -> pd.DataFrame:
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


def clusters(table: pd.DataFrame, corpus: Corpus, lang: Lang) -> pd.DataFrame:
    """The clusters, one a row (table: `themes.cluster_table` with its stability).

    `example` is the text of the most typical task.
    """
    text_of = corpus.tasks.set_index("task_id")["text"]
    out = table.copy()
    out.insert(4, "example", [_short(text_of[ids.split()[0]]) for ids in table["exemplars"]])
    for column in ("membership", "resamples", "numbers"):
        out[column] = [f"{value:.2f}" for value in table[column]]
    out["exemplars"] = table["exemplars"].str.replace(" ", COMMA[lang])
    return out


def explanation(task_id: str, corpus: Corpus, lang: Lang, most: int = 10) -> pd.DataFrame:
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


def closest(corpus: Corpus) -> str:
    """The task whose two best themes lie nearest to each other."""
    return str(close_calls(corpus, "en", most=1)["task_id"].iloc[0])


def close_calls(corpus: Corpus, lang: Lang, most: int = 10) -> pd.DataFrame:
    """The tasks whose two best themes lie nearest to each other, the nearest first."""
    table = corpus.task_themes.merge(corpus.tasks[["task_id", "text"]], on="task_id")
    table = table[table["second_theme_id"].notna()]
    margin = (table["score"] - table["second_score"].fillna(0)).astype(float)
    table = table.loc[margin.sort_values(kind="stable").index[:most]]
    of_theme = names(corpus.themes, lang)
    return pd.DataFrame(
        {
            "task_id": table["task_id"],
            "text": gloss.beside(
                pd.Series([_short(text) for text in table["text"]]), table["task_id"], corpus, lang
            ).to_numpy(),
            "theme_id": table["theme_id"].map(of_theme),
            "score": [f"{s:.2f}" for s in table["score"]],
            "second_theme_id": table["second_theme_id"].map(of_theme),
            "second_score": [f"{s:.2f}" for s in table["second_score"]],
        }
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "……"


def reviewed_finding(corpus: Corpus, lang: Lang) -> str:
    """Which tasks bear a theme that a reader set by hand."""
    by_hand = corpus.task_themes.loc[corpus.task_themes["is_reviewed"], "task_id"]
    if by_hand.empty:
        return _NO_REVIEW[lang]
    return _REVIEWED[lang].format(n=len(by_hand), tasks=escaping.markdown("、".join(by_hand)))


def agreement(corpus: Corpus, lang: Lang) -> pd.DataFrame:
    """How themes and clusters agree with the codes of `data/evaluation`, one measure a row.

    No theme set by hand is in force. Below the codebook stand its two checks (`by_shared_seeds`,
    and the mean and the range of `DRAWS` of `by_fewer_seeds`), below the clusters k-means on the
    same words. Without a coded task in the corpus there is no row.
    """
    table = _agreement(corpus)
    return table.assign(method=[label(method, lang) for method in table["method"]])


@lru_cache(maxsize=1)  # seconds, and asked for in both languages
def _agreement(corpus: Corpus) -> pd.DataFrame:
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


def selection(table: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    """The methods at the chosen number of clusters, one a row (table: `themes.selection`).

    In brackets what shuffled texts give; the last column is the number by the method's own scores.
    """
    columns = ["method", "stability", "fit", "level", "own_number"]
    if table.empty:
        return pd.DataFrame(columns=columns)
    here = table[table["k"] == table.loc[table["is_chosen"], "k"].iloc[0]]
    own = choosing.fewest(table)
    pair = {"zh": "{:.2f}（{:.2f}）", "en": "{:.2f} ({:.2f})"}[lang]
    rows = [
        (
            label(f"method.{r.method}", lang),
            pair.format(r.stability, r.chance_stability),
            pair.format(r.fit, r.chance_fit),
            f"{r.level:.3f}",
            own[r.method],
        )
        for r in here.itertuples()
    ]
    return pd.DataFrame(rows, columns=columns)


def selection_finding(table: pd.DataFrame, lang: Lang) -> str:
    """Which method and number the rule takes, and how near the others come."""
    if table.empty:
        return _TOO_FEW[lang]
    chosen = table[table["is_chosen"]].iloc[0]
    others = table.loc[table["method"] != chosen["method"], ["method", "level"]]
    own = choosing.fewest(table)
    said = _SELECTION[lang].format(
        method=label(f"method.{chosen['method']}", lang),
        level=chosen["level"],
        other=label(f"method.{others.loc[others['level'].idxmax(), 'method']}", lang),
        other_level=others["level"].max(),
        k=chosen["k"],
        score=chosen["score"],
        error=chosen["error"],
        low=min(own.values()),
        high=max(own.values()),
    )
    taken = (chosen["method"], chosen["k"]) == ("accumulated", themes.K)
    return said + ("" if taken else _OTHER[lang].format(k=themes.K))


def cluster_finding(corpus: Corpus, held: pd.DataFrame, lang: Lang) -> str:
    """How many clusters there are, how firm they are, and how many tasks belong to none."""
    labels = themes.clusters(corpus.tasks).labels
    return _CLUSTERS[lang].format(
        n=int(labels.max()),
        none=int((labels == 0).sum()),
        tasks=len(labels),
        firm=int((held["resamples"] >= FIRM).sum()),
        loose=int((held["resamples"] < LOOSE).sum()),
        firm_at=FIRM,
        loose_at=LOOSE,
    )


FIRM, LOOSE = 0.75, 0.6
"""Likeness when resampled from which a cluster is held to be real, and below which to dissolve
(Hennig 2007)."""
_NO_REVIEW = {
    "zh": "目前没有人工复核：各表中的主题都由方法得出。",
    "en": "No theme is set by hand at present: all in these tables come from the method.",
}
_REVIEWED = {
    "zh": "有{n}项任务的主题由读者复核设定：{tasks}。",
    "en": "The themes of {n} tasks are set by readers: {tasks}.",
}
_TOO_FEW = {
    "zh": "任务太少，无法比较方法和类数。",
    "en": "There are too few tasks to compare methods and numbers of clusters.",
}
_SELECTION = {
    "zh": "方法：**{method}**，稳定性与拟合的几何平均在各类数上平均为{level:.3f}，"
    "其次是{other}（{other_level:.3f}）。类数：**{k}**，超出打乱文本的部分为"
    "{score:.3f}（标准误{error:.3f}），是与最好成绩相差不出一个标准误的最小数目。"
    "各方法按自己的成绩选出的类数从{low}到{high}不等：类数有弹性，不是事实。",
    "en": "Method: **{method}**, whose geometric mean of stability and fit is {level:.3f} on the "
    "average of all numbers; next comes {other} ({other_level:.3f}). Number: **{k}**, with "
    "{score:.3f} beyond shuffled texts (standard error {error:.3f}), the fewest within one "
    "standard error of the best. By their own scores the methods would take {low} to {high}: the "
    "number has some play and is no fact.",
}
_OTHER = {
    "zh": "下面的类仍按为四份清单选定的方法和至多{k}类。",
    "en": " The clusters below keep to the method and the number, at most {k}, that were chosen "
    "on the four lists.",
}
_CLUSTERS = {
    "zh": "不用编码表，{tasks}项任务分成**{n}类**，另有{none}项不属于任何一类。"
    "去掉一成任务重新聚类，{firm}类基本不变（相似度不低于{firm_at}），{loose}类会散开（低于{loose_at}）。",
    "en": "Without the codebook the {tasks} tasks fall into **{n} clusters**; {none} belong to "
    "none. When a tenth of the tasks is left out, {firm} clusters stay much the same (likeness "
    "{firm_at} or more) and {loose} dissolve (below {loose_at}).",
}
