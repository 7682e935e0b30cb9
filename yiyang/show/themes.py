"""Make tables on themes and clusters as readers see them: names in place of keys, in either
language.

Each is a dataframe for `show.table`; its columns are keys of `curation/labels.csv`.
"""

from __future__ import annotations

import pandas as pd
from sklearn.cluster import KMeans

from yiyang import themes
from yiyang.compare import theme_shares
from yiyang.core.corpus import Corpus
from yiyang.core.messages import Lang, join, label, names, say
from yiyang.safety.errors import refusal
from yiyang.show import gloss
from yiyang.themes import cluster_count, evaluation

DRAWS = 20
"""How often a fifth of the seeds is left out."""
LONGEST = 90
"""Characters of a task's text that a table shows; what is cut off is marked with ……."""


def only(corpus: Corpus, lang: Lang) -> pd.DataFrame:
    """List the themes that some lists have and others lack, one a row."""
    table = theme_shares.only(theme_shares.shares(corpus.task_themes, corpus.tasks, corpus.themes))
    places = names(corpus.jurisdictions, lang)

    def named(keys: str) -> str:
        return join((places[key] for key in keys.split()), "lists", lang) or "—"

    out = pd.DataFrame({"theme_id": table["theme_id"].map(names(corpus.themes, lang))})
    for column, of in (("has_theme", "has"), ("second_only", "second"), ("lacks_theme", "lacks")):
        out[column] = table[of].map(named)
    return out


def clusters(table: pd.DataFrame, corpus: Corpus, lang: Lang) -> pd.DataFrame:
    """List the clusters, one a row (table: `themes.cluster_table` with its stability).

    `example` is the text of the most typical task.
    """
    text_of = corpus.tasks.set_index("task_id")["text"]
    out = table.copy()
    out.insert(4, "example", [_short(text_of[ids.split()[0]]) for ids in table["exemplars"]])
    for column in ("membership", "resamples", "numbers"):
        out[column] = [f"{value:.2f}" for value in table[column]]
    out["exemplars"] = table["exemplars"].str.replace(" ", label("mark.items", lang))
    return out


def explanation(task_id: str, corpus: Corpus, lang: Lang, most: int = 10) -> pd.DataFrame:
    """List what decided the theme of a task, the heaviest reasons of its themes, one a row."""
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
    """Find the task whose two best themes lie nearest to each other."""
    nearest = close_calls(corpus, "en", most=1)["task_id"]
    if nearest.empty:
        raise refusal("compare.no_example", "show.themes", kind="two themes")
    return str(nearest.iloc[0])


def close_calls(corpus: Corpus, lang: Lang, most: int = 10) -> pd.DataFrame:
    """List the tasks whose two best themes lie nearest to each other, the nearest first."""
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


def agreement(corpus: Corpus, lang: Lang) -> pd.DataFrame:
    """Measure how themes and clusters agree with the codes of `data/evaluation`, one measure a row.

    No theme set by hand is in force. Below the codebook stand its two checks (`by_shared_seeds`,
    and the mean and the range of `DRAWS` of `by_fewer_seeds`), below the clusters k-means on the
    same words. Without a coded task in the corpus there is no row.
    """
    table = corpus.once("themes.agreement", lambda: _agreement(corpus))
    return table.assign(method=[label(method, lang) for method in table["method"]])


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
    """List the methods at the chosen number of clusters, one a row (table: `themes.selection`).

    In brackets what shuffled texts give; the last column is the number by the method's own scores.
    """
    columns = ["method", "stability", "fit", "level", "own_number"]
    if table.empty:
        return pd.DataFrame(columns=columns)
    here = table[table["k"] == table.loc[table["is_chosen"], "k"].iloc[0]]
    own = cluster_count.fewest(table)

    def pair(value: float, chance: float) -> str:
        return say("themes.selection.pair", lang, value=value, chance=chance)

    rows = [
        (
            label(f"method.{r.method}", lang),
            pair(r.stability, r.chance_stability),
            pair(r.fit, r.chance_fit),
            f"{r.level:.3f}",
            own[r.method],
        )
        for r in here.itertuples()
    ]
    return pd.DataFrame(rows, columns=columns)
