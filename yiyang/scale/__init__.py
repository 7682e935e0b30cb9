"""Read a corpus of any size: the same functions over batches, on one machine or many."""

from yiyang.scale.engines import ENGINES, engine
from yiyang.scale.pipeline import BATCH, run

__all__ = ["BATCH", "ENGINES", "engine", "run"]
