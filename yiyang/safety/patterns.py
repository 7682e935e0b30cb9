"""Keep compiled regular expressions from run to run, in processes that are yiyang's own.

Python compiles the seven hundred expressions of the library anew each time it starts, which takes
longer than the reading of a document. What it made of them is kept in the user's folder for such
things (`$XDG_CACHE_HOME`, `~/.cache`), each by its very words and flags, for this build of Python
alone. Only what the library brings along is kept, and no word of a document: it is written before
the first one comes. A folder that others can write to is left alone, and a file that is not whole
is as none: then the expressions are compiled as ever.

Nothing of this happens in a program that imports yiyang: how its `re` works is no affair of ours.
"""

from __future__ import annotations

import marshal
import os
import re
import stat
import sys
from array import array
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from yiyang.safety import atomic_write, digests
from yiyang.safety.errors import InputError

try:
    import _sre
    from re import _compiler
except ImportError:  # no CPython
    _compiler = None  # type: ignore[assignment]

Key = tuple[str, int]
Made = tuple[Any, ...]
"""What `_sre.compile` takes; the code of the expression, its third, as bytes."""

_kept: dict[Key, Made] = {}
_used: dict[Key, Made] = {}
_new: set[Key] = set()
_UNIT = "I"
"""The units of the code, as `array` names them."""


def use() -> None:
    """Take kept expressions where some are asked for, and note what else is compiled."""
    compiles: Callable[..., re.Pattern[Any]] | None = getattr(_compiler, "compile", None)
    if place := _place():
        _kept.update(_read(place))
    if not place or not compiles or getattr(_compiler, "_sre", None) is not _sre:
        return
    taken: list[Made] = []

    def note(*made: Any) -> re.Pattern[Any]:
        taken[:] = [made]
        found: re.Pattern[Any] = _sre.compile(*made)
        return found

    def kept_or_compiled(pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        key = (pattern, int(flags))
        if not isinstance(pattern, str) or key[1] & (re.DEBUG | re.LOCALE):
            return compiles(pattern, flags)
        if made := _kept.get(key):
            with suppress(RuntimeError, TypeError, ValueError, OverflowError):  # not as it was made
                found: re.Pattern[Any] = _sre.compile(*_unpacked(made))
                _used[key] = made
                return found
        taken.clear()
        compiled = compiles(pattern, flags)
        if taken:
            _used[key] = _packed(taken[0])
            _new.add(key)
        return compiled

    names = {name: getattr(_sre, name) for name in dir(_sre) if not name.startswith("__")}
    _compiler._sre = SimpleNamespace(**names | {"compile": note})
    _compiler.compile = kept_or_compiled


def keep() -> None:
    """Keep what this process has compiled so far, with what it took, unless that is all there."""
    if _new and (place := _place()):
        body = marshal.dumps(_used)
        with suppress(InputError, OSError, ValueError), atomic_write.file(place) as fresh:
            fresh.write_bytes(digests.of_bytes(body).encode() + body)
    _new.clear()


def forget() -> None:
    """Take back what `use` did."""
    import importlib  # noqa: PLC0415

    importlib.reload(_compiler)


def _packed(made: Made) -> Made:
    pattern, flags, code, *groups = made
    return (pattern, int(flags), array(_UNIT, code).tobytes(), *groups)


def _unpacked(made: Made) -> Made:
    pattern, flags, data, *groups = made
    code = array(_UNIT)
    code.frombytes(data)
    return (pattern, flags, code.tolist(), *groups)


def _read(place: Path) -> dict[Key, Made]:
    with suppress(OSError, ValueError, EOFError, TypeError):
        data = place.read_bytes()
        body = data[_DIGITS:]
        if digests.of_bytes(body).encode() == data[:_DIGITS]:
            kept: dict[Key, Made] = marshal.loads(body)
            return kept
    return {}


_DIGITS = 64
"""Signs of a digest."""


def _place() -> Path | None:
    """The file, in a folder that only this user can write to; None where there can be none."""
    if _compiler is None or sys.implementation.name != "cpython" or not hasattr(os, "getuid"):
        return None
    build = digests.of([sys.version, sys.byteorder, str((_sre.MAGIC, _sre.CODESIZE))])
    with suppress(OSError, RuntimeError):  # no home
        above = os.environ.get("XDG_CACHE_HOME", "")
        folder = (Path(above) if os.path.isabs(above) else Path.home() / ".cache") / "yiyang"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
        if (
            stat.S_ISDIR(found.st_mode)
            and found.st_uid == os.getuid()
            and not found.st_mode & 0o022
        ):
            return folder / f"patterns-{build[:16]}"
    return None
