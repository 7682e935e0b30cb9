"""yiyang (医养) reads the task lists of Chinese governments side by side.

>>> import yiyang
>>> corpus = yiyang.load()
>>> corpus
Corpus of 152 tasks in 4 lists: chaoyang 52, jiyuan 30, beijing 13, zhongning 57
"""

from yiyang.build import Corpus, load
from yiyang.safety.errors import InputError
from yiyang.show.preview import Preview, read

__all__ = ["Corpus", "InputError", "Preview", "load", "read"]
