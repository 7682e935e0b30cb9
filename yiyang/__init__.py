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
    from yiyang.compare.concordance import kwic
    from yiyang.compare.vocabulary import keyness
    from yiyang.core.corpus import Corpus
    from yiyang.safety.errors import InputError
    from yiyang.show import exports, validation
    from yiyang.show.preview import Preview, read
    from yiyang.themes.codebook import Codebook

__version__ = "0.2.0"

__all__ = [
    "Codebook",
    "Corpus",
    "InputError",
    "Preview",
    "agencies",
    "exports",
    "keyness",
    "kwic",
    "load",
    "matches",
    "read",
    "themes",
    "validation",
]

# A name -> the module that holds it; a room is its own. Each is imported when it is asked for.
_HELD_BY = {
    "Codebook": "yiyang.themes.codebook",
    "Corpus": "yiyang.core.corpus",
    "InputError": "yiyang.safety.errors",
    "Preview": "yiyang.show.preview",
    "keyness": "yiyang.compare.vocabulary",
    "kwic": "yiyang.compare.concordance",
    "load": "yiyang.build",
    "read": "yiyang.show.preview",
}
_ROOMS = {"exports": "yiyang.show.exports", "validation": "yiyang.show.validation"}
"""Modules of a room that stand on the face themselves."""


def __getattr__(name: str) -> Any:
    """Import a name of the public face when it is first asked for (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module 'yiyang' has no attribute {name!r}")
    room = import_module(_HELD_BY.get(name) or _ROOMS.get(name, f"yiyang.{name}"))
    found = globals()[name] = getattr(room, name) if name in _HELD_BY else room
    return found


def __dir__() -> list[str]:
    """List the public face, imported or not."""
    return sorted({*globals(), *__all__})
