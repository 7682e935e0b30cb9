"""Tell what the tasks are about: by the codebook, and without it."""

from yiyang.themes.cluster_count import selection
from yiyang.themes.clustering import Clusters, K, clusters
from yiyang.themes.codebook import Codebook
from yiyang.themes.codebooks import codebook, no_reviews, reviews, seeds
from yiyang.themes.estimators import Clusterer, TaskVectorizer, ThemeClassifier
from yiyang.themes.fitting import fit
from yiyang.themes.models import Model, load, save
from yiyang.themes.profiles import cluster_table, exemplars, top_terms
from yiyang.themes.resampling import stability
from yiyang.themes.scoring import assign, explain, explain_all, shares
from yiyang.themes.vectors import Vectors, vectorize

__all__ = [
    "Clusterer",
    "Clusters",
    "Codebook",
    "K",
    "Model",
    "TaskVectorizer",
    "ThemeClassifier",
    "Vectors",
    "assign",
    "cluster_table",
    "clusters",
    "codebook",
    "exemplars",
    "explain",
    "explain_all",
    "fit",
    "load",
    "no_reviews",
    "reviews",
    "save",
    "seeds",
    "selection",
    "shares",
    "stability",
    "top_terms",
    "vectorize",
]
