"""Find what a document says of itself, each value from its own place; knows no layouts of tasks."""

from yiyang.reading.metadata.about import About, find
from yiyang.reading.metadata.doubts import Doubt
from yiyang.reading.metadata.kinds import kind
from yiyang.reading.metadata.stamps import NOT_STATED, day_of, whose
from yiyang.reading.metadata.titles import title_year

__all__ = ["NOT_STATED", "About", "Doubt", "day_of", "find", "kind", "title_year", "whose"]
