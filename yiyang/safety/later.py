"""Do at the first question what takes long: import pandas, compile a regular expression.

Pandas takes a quarter of a second. The process that reads a document makes rows, not frames, and
needs none of it; the one that shows them imports it meanwhile.

The library has 850 expressions, which take three quarters of a second to compile, and a document
asks for fewer than half of them; the process that shows what was read asks for hardly any.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING, Any, AnyStr, cast


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


class Expression:
    """A regular expression, compiled at the first question for what an `re.Pattern` has.

    It is no `re.Pattern` for `re.sub` and the other functions of `re`: its own methods are asked.
    """

    def __init__(self, pattern: str | bytes, flags: int) -> None:
        self.pattern, self.__flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        if name not in _OF_PATTERNS:
            raise AttributeError(name)
        compiled = re.compile(self.pattern, self.__flags)
        # The next question takes no step of Python.
        vars(self).update({name: getattr(compiled, name) for name in _OF_PATTERNS})
        return vars(self)[name]


_OF_PATTERNS = [name for name in dir(re.Pattern) if name[0] != "_" and name != "pattern"]


def expression(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return what stands for `re.compile(pattern, flags)` and compiles at the first question.

    An expression that cannot be compiled shows itself then, and in the tests, which compile each.
    """
    return cast("re.Pattern[AnyStr]", Expression(pattern, flags))


__all__ = ["Expression", "expression", "pd"]
