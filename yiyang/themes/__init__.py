"""What the tasks are about: by the codebook, and without it."""

from yiyang.themes.clusters import Clusters, clusters
from yiyang.themes.codebook import assign
from yiyang.themes.seeds import codebook
from yiyang.themes.vectors import Vectors, vectorize

__all__ = ["Clusters", "Vectors", "assign", "clusters", "codebook", "vectorize"]
