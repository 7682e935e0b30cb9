"""Learn the model of themes and clusters from the tasks of a sample."""

from __future__ import annotations

import numpy as np
import pandas as pd

from yiyang.themes import clustering, codebooks, scoring
from yiyang.themes.models import Model
from yiyang.themes.vectors import rarity, tfidf, tokenize


@clustering.one_thread
def fit(tasks: pd.DataFrame) -> Model:
    """Learn the model of some tasks; the same tasks in the same order give the same model."""
    tokens = tokenize(tasks["text"])
    counts, pieces = clustering.count_pieces(tokens)
    points = tfidf(counts)
    seeds, themes = codebooks.seeds(), codebooks.codebook()["theme_id"].to_numpy(object)
    found = clustering.group(tasks, points)
    along = np.zeros((points.shape[1], 0))
    if found.labels.any():
        order, sample = clustering.succession(tasks), clustering.even_sample(len(tasks))
        along = clustering.directions(points, order, clustering.MIDDLE, sample)
    return Model(
        np.array(pieces, dtype="U2"),
        rarity(counts),
        scoring.score(tokens, points, seeds, themes).centres,
        along,
        clustering.centres(found.places, found.labels),
    )
