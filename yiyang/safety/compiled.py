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

import json
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

_compiler: Any = getattr(re, "_compiler", None)
_sre: Any = getattr(_compiler, "_sre", None)
"""What a program in C makes of the codes; another Python than CPython has none."""

Key = tuple[str, int]
Made = tuple[Any, ...]
"""What `_sre.compile` takes; the code of the expression, its third, as bytes."""

_UNIT = "I"
"""The units of the code, as `array` names them."""


class _Compiler:
    """What stands in the place of the compiler of `re`, and notes what it makes if it is to."""

    def __init__(self, kept: dict[Key, Made], is_noting: bool) -> None:
        self.compiles: Callable[..., re.Pattern[Any]] = _compiler.compile
        self.kept, self.is_noting, self.is_any_new = kept, is_noting, False
        self.used: dict[Key, Made] = {}
        self.made: Made | None = None

    def __call__(self, pattern: Any, flags: int = 0) -> re.Pattern[Any]:
        key = (pattern, int(flags))
        if not isinstance(pattern, str) or key[1] & re.DEBUG:
            return self.compiles(pattern, flags)
        if made := self.kept.get(key):
            with suppress(RuntimeError, TypeError, ValueError, OverflowError):  # not as it was made
                found: re.Pattern[Any] = _sre.compile(*_unpacked(made))
                if self.is_noting:
                    self.used[key] = made
                return found
        self.made = None
        found = self.compiles(pattern, flags)
        if self.is_noting and self.made:
            self.used[key], self.is_any_new = self.made, True
        return found

    def note(self, *made: Any) -> re.Pattern[Any]:
        """Stand in the place of `_sre.compile`."""
        self.made = _packed(made)
        found: re.Pattern[Any] = _sre.compile(*made)
        return found


def use(*, is_noted: bool = False) -> None:
    """Take kept expressions where some are asked for; where it `is_noted`, note which were taken
    and what else is compiled, until `keep`."""
    place = _place()
    if place is None or isinstance(_compiler.compile, _Compiler):  # done already
        return
    ours = _Compiler(_read(place), is_noted)
    if is_noted:
        names = {name: getattr(_sre, name) for name in dir(_sre) if not name.startswith("__")}
        _compiler._sre = SimpleNamespace(**names | {"compile": ours.note})
    _compiler.compile = ours


def keep() -> None:
    """Keep what was noted, unless that is all kept already, and note no more."""
    ours, place = getattr(_compiler, "compile", None), _place()
    if not isinstance(ours, _Compiler) or place is None:
        return
    if ours.is_any_new:
        body = _written(ours.used)
        with suppress(InputError, OSError, ValueError), atomic_write.file(place) as fresh:
            fresh.write_bytes(digests.of_bytes(body).encode() + body)
    ours.is_noting, _compiler._sre = False, _sre
    ours.used.clear()


def _packed(made: Made) -> Made:
    pattern, flags, code, groups, by_name, names = made
    return (pattern, int(flags), array(_UNIT, code).tobytes(), groups, by_name, names)


def _unpacked(made: Made) -> Made:
    pattern, flags, data, groups, by_name, names = made
    code = array(_UNIT)
    code.frombytes(data)
    return (pattern, flags, code.tolist(), groups, by_name, tuple(names))


def _written(used: dict[Key, Made]) -> bytes:
    """What is used as a line of JSON, and the codes behind it: nothing is unpickled here."""
    listed, codes = [], []
    for (_, asked), (pattern, flags, data, *groups) in used.items():
        listed.append([pattern, asked, flags, len(data), *groups])
        codes.append(data)
    return b"\n".join([json.dumps(listed).encode(), b"".join(codes)])


def _read(place: Path) -> dict[Key, Made]:
    with suppress(OSError, ValueError, TypeError):
        data = place.read_bytes()
        told, body = data[:_DIGITS], data[_DIGITS:]
        if digests.of_bytes(body).encode() == told:
            listed, _, codes = body.partition(b"\n")
            kept, at = {}, 0
            for pattern, asked, flags, size, *groups in json.loads(listed):
                kept[pattern, asked] = (pattern, flags, codes[at : at + size], *groups)
                at += size
            return kept
    return {}


_DIGITS = 64
"""Signs of a digest."""


def _place() -> Path | None:
    """The file, in a folder that only this user can write to; None where there can be none."""
    if not hasattr(_sre, "compile") or not hasattr(os, "getuid"):
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
