"""Hold a store to its manifest: which parts it has, how large each is, its rows and its hash.

    OUT/manifest.json    {"is_whole": true, "parts": {"tables/tasks/…/part-0.parquet": {…}}}

A part that is missing, changed, surplus or of another schema, a link, and a file of JSON that is
not what `yiyang run` writes are each one `InputError` that names the file. What a store lists is
compared with what lies in it and never opened by its listed name, so that no name leads out of it.
"""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypedDict

from yiyang.core import schema
from yiyang.safety import digests
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

if TYPE_CHECKING:
    import pyarrow as pa

MANIFEST = "manifest.json"
HELD = ("tables", "summary")
"""The folders of a store of which every file is listed."""
ALONE = ("run.json",)
"""The files beside them that are listed too."""
# .part-0.parquet-yiyang-1f0c93ab-4711-9b1c63aa0e5d72f4, .tables.lock: of a run at work
_PASSING = expression(r"\..*(?:-yiyang-.*|\.lock)", re.DOTALL)


class StoredPart(TypedDict):
    """What a manifest says of a file; `rows` of a table."""

    bytes: int
    rows: int
    sha256: str


class Manifest(TypedDict):
    """What a store says of itself; `is_whole` where no run is at work on it or was ended there."""

    is_whole: bool
    parts: dict[str, StoredPart]


PART = {"bytes": int, "rows": int, "sha256": str}
SHAPE = {"is_whole": bool, "parts": {...: PART}}


def read_json(path: Path, shape: Any) -> Any:
    """Read a file of JSON of a store; `InputError` names one that is missing, a link, broken, or
    not of this shape (`{"rule": str}`, `[str]`, `{...: int}` for any names)."""
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise refusal("store.link", path)
        value = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise refusal("store.missing", path) from error
    except (OSError, ValueError, RecursionError) as error:
        raise refusal("store.json", path, said=" ".join(f"{error}".split())[:200]) from error
    if fault := _misfit(value, shape, "it"):
        raise refusal("store.json", path, said=fault)
    return value


def _misfit(value: Any, shape: Any, name: str) -> str:
    """Say what of a value is not of its shape; nothing where it is."""
    if isinstance(shape, re.Pattern):
        fits = isinstance(value, str) and shape.fullmatch(value)
        return "" if fits else f"{name} is {value!r:.80}"
    if isinstance(shape, type):
        return "" if type(value) is shape else tell("core.not_kind", name=name, kind=shape.__name__)
    kind = type(shape)
    if not isinstance(value, kind):
        return tell("core.not_kind", name=name, kind=kind.__name__)
    if kind is list:
        inner = [(f"{name}[{n}]", one, shape[0]) for n, one in enumerate(value)]
    elif ... in shape:
        inner = [(f"{name}[{key!r:.80}]", one, shape[...]) for key, one in value.items()]
    else:
        if lacking := [key for key in shape if key not in value]:
            return tell("core.lacks", name=name, lacking=repr(lacking[0]))
        inner = [(f"{name}[{key!r}]", value[key], own) for key, own in shape.items()]
    return next((fault for n, one, own in inner if (fault := _misfit(one, own, n))), "")


def arrow_schema(name: str, where: Sequence[str] = ()) -> pa.Schema:
    """Return the columns of a table of the contract as Parquet has them, some more behind them."""
    import pyarrow as pa  # noqa: PLC0415  (no other part of yiyang needs it)

    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }
    fields = schema.specifications()[name]["fields"]
    named = [pa.field(column, pa.string()) for column in where]
    return pa.schema([pa.field(f["name"], types[f["type"]]) for f in fields] + named)


def describe(path: Path) -> StoredPart:
    """Say of a file what a manifest says of it."""
    size = path.stat().st_size
    return {"bytes": size, "rows": _rows(path), "sha256": digests.of_file(path)}


def _rows(path: Path) -> int:
    if path.suffix != ".parquet":
        return 0
    return int(open_table(path).metadata.num_rows)


def open_table(path: Path) -> Any:
    """Open a file of Parquet; `InputError` names one whose foot is no such file's."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        return pq.ParquetFile(path)
    except FileNotFoundError as error:
        raise refusal("store.missing", path) from error
    except (OSError, pa.ArrowException) as error:
        raise damaged(path, error) from error


def read_table(path: Path, columns: list[str] | None = None) -> Any:
    """Read a file of Parquet whole; `InputError` names one that is damaged."""
    import pyarrow as pa  # noqa: PLC0415

    file = open_table(path)
    try:
        return file.read(columns)
    except (OSError, pa.ArrowException) as error:
        raise damaged(path, error) from error


def damaged(path: Path, error: BaseException) -> InputError:
    """Make the error about a file that cannot be read."""
    return refusal("store.changed", path, what=tell("core.file_damaged", error=str(error)[:150]))


def fault_of(path: Path, part: StoredPart, *, hashes: bool) -> InputError | None:
    """Find what of a file is not as its manifest says: its size, its rows, with `hashes` its
    bytes."""
    try:
        found = path.lstat()
    except OSError:
        return refusal("store.missing", path)
    if not stat.S_ISREG(found.st_mode):
        return refusal("store.link", path)
    if found.st_size != part["bytes"]:
        what = tell("core.bytes_listed", n=found.st_size, listed=part["bytes"])
        return refusal("store.changed", path, what=what)
    try:
        # A text is small: of it the hash is always asked.
        if hashes or path.suffix != ".parquet":
            same = describe(path) == part
        else:
            same = _rows(path) == part["rows"]
    except InputError as error:
        return error
    return None if same else refusal("store.changed", path, what=tell("core.other_bytes"))


def is_whole(folder: Path, parts: Mapping[str, StoredPart]) -> bool:
    """Tell whether the parts of a folder are as they are listed, to the byte."""
    return not any(fault_of(folder / name, part, hashes=True) for name, part in parts.items())


def lying(out: Path) -> Iterator[str]:
    """Name the files that lie in a store where every one is listed; `InputError` names a link."""
    for top in HELD:
        for folder, below, files in os.walk(out / top):
            for name in (*below, *files):
                path = Path(folder, name)
                if path.is_symlink():
                    raise refusal("store.link", path)
            for name in sorted(files):
                if not _PASSING.fullmatch(name):
                    yield Path(folder, name).relative_to(out).as_posix()
    yield from (name for name in ALONE if (out / name).is_file())


def manifest(out: Path) -> Manifest:
    """Return what a store says of its parts; `InputError` where it says nothing (a store of an
    older version), or was left by a run that did not come to its end."""
    path = out / MANIFEST
    if not os.path.lexists(path):
        raise refusal("store.no_manifest", path)
    said: Manifest = read_json(path, SHAPE)
    if not said["is_whole"]:
        raise refusal("store.unfinished", path)
    return said


def known(out: Path) -> Manifest:
    """Return what a store says of its parts, whole or not; of a new one, that it has none."""
    if not os.path.lexists(out / MANIFEST):
        return {"is_whole": False, "parts": {}}
    said: Manifest = read_json(out / MANIFEST, SHAPE)
    return said


def faults(out: Path, *, hashes: bool = False) -> Iterator[InputError]:
    """Find what of a store is not as its manifest says: missing, changed and surplus parts."""
    parts = manifest(out)["parts"]
    found = set(lying(out))
    for name in sorted(found.union(parts)):
        if name not in parts:
            yield refusal("store.surplus", out / name)
        elif name not in found:
            yield refusal("store.missing", out / name)
        elif fault := fault_of(out / name, parts[name], hashes=hashes) or _stranger(out, name):
            yield fault


def _stranger(out: Path, name: str) -> InputError | None:
    """Find what of a table is none of the contract's: its name, its columns, their types."""
    top, _, rest = name.partition("/")
    if top != "tables" or not rest.endswith(".parquet"):
        return None
    table = rest.partition("/")[0].removesuffix(".parquet")
    if table not in schema.names():
        return refusal("store.surplus", out / name)
    found = open_table(out / name).schema_arrow.remove_metadata()
    if found.equals(arrow_schema(table)):
        return None
    return refusal("store.schema", out / name, table=table, columns=found.names)


def check(out: Path) -> None:
    """Hold a store to its manifest, sizes and feet of its parts; raise the first `InputError`."""
    for fault in faults(out):
        raise fault
