"""Import pandas when something of it is first asked for: it takes a quarter of a second.

The process that reads a document makes rows, not frames, and needs none of it; the one that shows
them imports it meanwhile.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any


class _Later:
    """A package, imported at the first question for a name of it."""

    def __init__(self, package: str) -> None:
        self.__package = package

    def __getattr__(self, name: str) -> Any:
        found = getattr(import_module(self.__package), name)
        setattr(self, name, found)  # the next question takes no step of Python
        return found


if TYPE_CHECKING:
    import pandas as pd
else:
    pd = _Later("pandas")

__all__ = ["pd"]
