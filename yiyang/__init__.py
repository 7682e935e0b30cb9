"""yiyang (医养) reads the task lists of Chinese governments side by side.

>>> import yiyang
>>> corpus = yiyang.load()
>>> corpus
Corpus of 152 tasks in 4 lists: chaoyang 52, jiyuan 30, beijing 13, zhongning 57
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yiyang import agencies, matches, themes
    from yiyang.build import load
    from yiyang.core.corpus import Corpus
    from yiyang.safety.errors import InputError
    from yiyang.show.preview import Preview, read

__version__ = "0.2.0"

__all__ = ["Corpus", "InputError", "Preview", "agencies", "load", "matches", "read", "themes"]

# A name -> the module that holds it; a room is its own. Each is imported when it is asked for.
_HELD_BY = {
    "Corpus": "yiyang.core.corpus",
    "InputError": "yiyang.safety.errors",
    "Preview": "yiyang.show.preview",
    "load": "yiyang.build",
    "read": "yiyang.show.preview",
}


def __getattr__(name: str) -> Any:
    """Import a name of the public face when it is first asked for (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module 'yiyang' has no attribute {name!r}")
    room = import_module(_HELD_BY.get(name, f"yiyang.{name}"))
    found = globals()[name] = getattr(room, name) if name in _HELD_BY else room
    return found


def __dir__() -> list[str]:
    """List the public face, imported or not."""
    return sorted({*globals(), *__all__})
