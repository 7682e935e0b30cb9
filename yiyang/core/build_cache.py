"""Build cache: reuse a result while the digest of its inputs is unchanged.

Kept things lie in `.cache/` of the checkout, which git does not know, or of the working folder of
an installed yiyang: no commit can bring a stamp along that says of a notebook or a table that it
was made. A stamp is a digest over what the thing was made from and over the thing itself, so that
either one changed by hand makes it anew.
"""

from __future__ import annotations

import platform
import shutil
from collections.abc import Callable
from functools import cache, partial
from importlib.metadata import distributions
from pathlib import Path

from yiyang.core import parquet_store, schema
from yiyang.safety import atomic_write, digests, opening, settings
from yiyang.safety.errors import InputError

FOLDER = schema.WORK / ".cache" / "yiyang"
"""A folder of its own: other programs keep theirs in `.cache` too."""


@cache
def origins() -> str:
    """Return one digest of all that tables, notebooks and pages are computed from.

    That is the library with its curation, the documents and the coded samples, the packages and
    the Python that run, and the settings of the environment with the files of the folders that
    they name (a corpus, a codebook). What is left out computes nothing:
    `site/` holds the prose and the looks of the pages, `data/processed` and some folders in a
    corpus (`schema.MADE`) what was made, and `YIYANG_KEPT` names where that lies for a while.
    """
    prose, made = schema.PACKAGE / "report" / "site", schema.PROCESSED
    library = digests.of_files(
        schema.PACKAGE, lambda p: p.is_relative_to(prose) or "__pycache__" in p.parts
    )
    data = digests.of_files(schema.DATA, lambda p: p.is_relative_to(made))
    packages = sorted(f"{d.name} {d.version}" for d in distributions())
    given = {n: v for n, v in settings.every().items() if n != f"{settings.PREFIX}KEPT"}
    said = [f"{name}={value}" for name, value in given.items()]
    named = [
        digests.of_files(folder, partial(_is_made, folder), partial(_said_of, folder))
        for value in given.values()
        if value and (folder := Path(value)).is_dir()
    ]
    machine = [platform.python_version(), platform.machine(), platform.system()]
    return digests.of([library, data, *packages, *said, *named, *machine])


def _is_made(folder: Path, path: Path) -> bool:
    return path.relative_to(folder).parts[0] in schema.MADE and not parquet_store.is_store(folder)


def _said_of(folder: Path, path: Path) -> str | bytes:
    """The bytes of a file of a corpus; of one that is not read why, and when it was changed."""
    try:
        return opening.read_bytes(folder, path.relative_to(folder).as_posix())
    except InputError as error:
        return f"{error} {path.stat().st_mtime_ns}"


def is_current(name: str, stamp: str) -> bool:
    """Tell whether the thing of this name bears this stamp."""
    path = FOLDER / f"{name}.sha256"
    return path.is_file() and path.read_text(encoding="utf-8") == stamp


def remember(name: str, stamp: str) -> None:
    """Stamp the thing of this name, in the place of an earlier stamp."""
    path = FOLDER / f"{name}.sha256"
    path.parent.mkdir(parents=True, exist_ok=True)
    with atomic_write.file(path) as fresh:
        fresh.write_text(stamp, encoding="utf-8")


def folder(name: str, stamp: str, make: Callable[[Path], None]) -> Path:
    """Return the kept folder of this name; `make` fills it anew where its stamp is another one."""
    place = FOLDER / name
    if is_current(name, digests.of([stamp, digests.of_files(place)])):
        return place
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    make(place)
    remember(name, digests.of([stamp, digests.of_files(place)]))
    return place


def forget(name: str = "") -> None:
    """Throw away what was kept under this name, or everything, so that it is made anew."""
    shutil.rmtree(FOLDER / name, ignore_errors=True)
