"""Keep the tables of a large corpus on disk, as Parquet (the extra `yiyang[scale]`: pyarrow).

    OUT/batches/<batch>/manifest.json, <table>.parquet        what was read, batch by batch
    OUT/tables/<table>/province=11/year=2021/part-0.parquet   the same rows, for readers
    OUT/tables/<table>.parquet                                tables that hold for the whole corpus
    OUT/summary/<name>.csv                                    counts behind the charts
    OUT/tables/.documents.json, .codebook.json                their documents, their codebook
    OUT/tables/.laid_out.json                                 the batches they were laid out of
    OUT/codebook/<digest>/theme_seeds.csv ...                 the codebook that the themes are by
    OUT/model.npz, model.json                                 the model of themes, and its origin
    OUT/run.json                                              what the last run says of itself
    OUT/manifest.json                                         each part of these: size, rows, hash

A province is the first two digits of the code of GB/T 2260, a year that of issue; `unknown` where
the document states none. Every file or folder is written beside its place and renamed into it,
whole or not at all.
"""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from yiyang.core import cutting, schema, store_parts
from yiyang.safety import atomic_write, digests, escaping
from yiyang.safety.errors import refusal
from yiyang.safety.later import expression, pd
from yiyang.safety.telling import tell

if TYPE_CHECKING:
    import pyarrow as pa

DOCUMENT_TABLES = ("documents", "tasks", "outcomes", "repairs", "leftovers", "signs")
"""Bulk tables whose rows name their document; those of the others name their task alone."""
READ_TABLES = (
    *DOCUMENT_TABLES,
    "assignments",
    "task_columns",
    "deadlines",
    "targets",
    "obligations",
)
BULK_TABLES = (*READ_TABLES, "task_themes")
WHERE = ["province", "year"]
UNKNOWN = "unknown"
PROVINCE, YEAR = expression(r"\d\d|unknown"), expression(r"\d{4}|unknown")
"""What a place may be called: it becomes a name of a folder."""
_DIGEST = expression(r"[0-9a-f]{16}")
PART = "part-0.parquet"
CORPUS = ".documents.json"
CODEBOOK = "codebook"
CODEBOOK_NAME = ".codebook.json"
MOST = 50_000
"""Tasks that `load` takes into memory."""
ROWS = 200_000
"""Rows that are held in memory, and written at once, while the tables are laid out."""
SUMMARY = "summary"
SUMMARIES = {
    "documents": ["layout"],
    "reading": [],
    "coverage": ["state"],
    "workloads": ["agency_id"],
    "themes": ["theme_id"],
}
"""The summaries, and what each of their rows is beside a province and a year."""


def is_store(folder: Path) -> bool:
    """Tell whether `yiyang run` wrote its tables into this folder."""
    return (folder / "batches").is_dir() and (folder / "tables").is_dir()


def write(name: str, frame: pd.DataFrame, path: Path) -> None:
    """Write rows of table `name`; where they have the columns of `WHERE`, they are sorted by these
    and each province is a group of its own in the file."""
    import pyarrow as pa  # noqa: PLC0415

    where = [column for column in WHERE if column in frame]
    frame = frame.sort_values(where, kind="stable") if where else frame
    plain = frame.astype({c: "str" for c, kind in frame.dtypes.items() if kind == "category"})
    table = pa.Table.from_pandas(plain, store_parts.arrow_schema(name, where), preserve_index=False)
    sizes = frame.groupby("province").size().tolist() if where else [len(frame)]
    _write(table, sizes, path)


def write_some(name: str, frame: pd.DataFrame, path: Path) -> None:
    """Write the columns of table `name` that a frame has among others, as one group of rows for
    each `ROWS`; the folder of `path` is there."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    wanted = store_parts.arrow_schema(name)
    with pq.ParquetWriter(path, wanted, compression="zstd") as writer:
        for begin in range(0, max(len(frame), 1), ROWS):
            own = frame.iloc[begin : begin + ROWS][wanted.names]
            plain = own.astype({c: "str" for c, kind in own.dtypes.items() if kind == "category"})
            writer.write_table(pa.Table.from_pandas(plain, wanted, preserve_index=False))


def _write(table: pa.Table, sizes: Iterable[int], path: Path) -> None:
    import pyarrow.parquet as pq  # noqa: PLC0415

    plain, begin = table.schema.with_metadata(None), 0
    with atomic_write.said(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    with (
        atomic_write.file(path) as fresh,
        pq.ParquetWriter(fresh, plain, compression="zstd") as writer,
    ):
        for size in sizes:
            writer.write_table(table.slice(begin, size).cast(plain))
            begin += size


def read_table(name: str, path: Path, columns: Sequence[str] = ()) -> pd.DataFrame:
    """Read a file of table `name` as a dataframe in the types of the contract; the columns of
    `WHERE` behind them, if it has them. With `columns`, these alone."""
    return typed(name, store_parts.read_table(path, list(columns) or None))


def typed(name: str, table: pa.Table) -> pd.DataFrame:
    """Turn a table of Arrow into a dataframe in the types of the contract."""
    frame = table.to_pandas(date_as_object=False)
    where = [column for column in WHERE if column in frame]
    return schema.cast_some(name, frame).assign(**{c: frame[c] for c in where})


def documents_of(folder: Path) -> Path:
    """Return the folder of the documents from which a store was made; any other folder is its
    own.

    It lies outside of the store, on the machine that made it: whoever looks there takes no file
    but one whose hash the store lists. `InputError` for a folder of another machine (`//host/`).
    """
    path = folder / "tables" / CORPUS
    if not is_store(folder) or not os.path.lexists(path):
        return folder
    name = store_parts.read_json(path, str)
    if name.startswith(("//", "\\\\")) or not Path(name).is_absolute() or "\0" in name:
        raise refusal("store.json", path, said=tell("core.no_folder", name=repr(name)[:80]))
    return Path(name)


def codebook_of(folder: Path) -> Path | None:
    """Return the codebook that the themes of a store are by; None for any other folder.

    Raises `InputError` for one that lies elsewhere, or has other bytes than its name says.
    """
    path = folder / "tables" / CODEBOOK_NAME
    if not is_store(folder) or not os.path.lexists(path):
        return None
    name = store_parts.read_json(path, _DIGEST)
    place = folder / CODEBOOK / name
    if (folder / CODEBOOK).is_symlink() or place.is_symlink():
        raise refusal("store.link", place)
    files = sorted(place.iterdir()) if place.is_dir() else []
    for file in files:
        if file.is_symlink() or not file.is_file():
            raise refusal("store.link", file)
    if not files:
        raise refusal("store.missing", place)
    if codebook_digest({file.name: file.read_bytes() for file in files}) != name:
        raise refusal("store.changed", place, what=tell("core.other_words"))
    return place


def codebook_digest(files: Mapping[str, bytes]) -> str:
    """Name a codebook by its files, whatever their order."""
    return digests.of([part for file in sorted(files.items()) for part in file])[:16]


def load(out: Path, jurisdictions: Sequence[str] = ()) -> dict[str, pd.DataFrame]:
    """Return the tables of some jurisdictions in the types of the contract, the documents in the
    order of their file names; without any named, of all of them.

    A jurisdiction is named by its short or Chinese name or its code; the code of a province or
    prefecture (51, 510000; 5117, 511700) names those below it too. Raises `InputError` for a
    name that the store does not hold, for more than `MOST` tasks, and for a store of which a part
    is missing, changed or surplus (`store_parts.check`).
    """
    store_parts.check(out)
    paths = sorted((out / "tables").glob("*.parquet"))
    frames = {path.stem: read_table(path.stem, path) for path in paths}
    chosen = cutting.jurisdictions(frames["jurisdictions"], jurisdictions)
    # In all provinces: a catalogue may give a document a jurisdiction and its text no place.
    by_province = {
        name: _rows(out, "documents", [name], "jurisdiction", chosen["jurisdiction"])
        for name in _provinces(out)
    }
    provinces = [name for name, rows in by_province.items() if len(rows)]
    documents = pd.concat(by_province.values()).sort_values("file_name", ignore_index=True)
    if (n_tasks := documents["n_tasks"].sum()) > MOST:
        raise refusal("store.too_much", out, n_tasks=n_tasks, n_chosen=len(chosen), most=MOST)
    frames |= {"jurisdictions": chosen, "documents": documents}
    for name in BULK_TABLES[1:]:
        by, keys = "document_id", documents["document_id"]
        if name not in DOCUMENT_TABLES:
            by, keys = "task_id", frames["tasks"]["task_id"]
        frames[name] = _rows(out, name, provinces, by, keys)
    return frames


def summary(out: Path, name: str) -> pd.DataFrame:
    """Return a summary of the whole corpus: counts by province, year and the keys of
    `SUMMARIES`. Raises `InputError` for a file that is none."""
    keys, path = [*WHERE, *SUMMARIES[name]], out / SUMMARY / f"{name}.csv"
    counts = schema.read_text(path, keys).map(escaping.plain)
    types = {c: "float" if c == "load" else "int" for c in counts if c not in keys}
    try:
        return counts.astype(types)
    except (ValueError, OverflowError) as error:
        raise refusal("store.changed", path, what=tell("core.no_count", error=error)) from error


def _provinces(out: Path) -> list[str]:
    folders = (out / "tables" / "documents").glob("province=*")
    return sorted(folder.name.partition("=")[2] for folder in folders)


def _rows(out: Path, name: str, provinces: Iterable[str], by: str, keys: pd.Series) -> pd.DataFrame:
    """The rows of some provinces whose column `by` is one of the keys, in the order of these."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    wanted = pa.array(keys.tolist(), pa.string())
    parts = [store_parts.arrow_schema(name).empty_table()]
    for province in provinces:
        folder = out / "tables" / name / f"province={province}"
        for path in sorted(folder.glob(f"year=*/{PART}")):
            table = store_parts.read_table(path)
            parts.append(table.filter(pc.is_in(table[by], wanted)))
    frame = typed(name, pa.concat_tables(parts))
    place = pd.Index(keys).get_indexer(frame[by])
    return frame.iloc[place.argsort(kind="stable")].reset_index(drop=True)


Place = tuple[str, str]
"""A province and a year."""


def lay_out(out: Path, batches: Sequence[Path], name: str, places: Sequence[Place]) -> None:
    """Write table `name` of some places anew, from the batches that hold them in their order, each
    opened once. A place without rows loses its file."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    folders = {
        (province, year): out / "tables" / name / f"province={province}" / f"year={year}"
        for province, year in places
    }
    fresh = f".{PART}-yiyang-{uuid.uuid4().hex}"  # a worker given up for lost may be at it too
    writers: dict[Place, pq.ParquetWriter] = {}
    with atomic_write.said(out), ExitStack() as stack:
        for rows in _in_portions(batch / f"{name}.parquet" for batch in batches):
            for place, own in _by_place(rows):
                if place not in folders:
                    continue
                if place not in writers:
                    folders[place].mkdir(parents=True, exist_ok=True)
                    writer = pq.ParquetWriter(
                        folders[place] / fresh, store_parts.arrow_schema(name), compression="zstd"
                    )
                    writers[place] = stack.enter_context(writer)
                writers[place].write_table(own)
    # Not brought to the disk one by one: of thousands of files that would take most of the time.
    with atomic_write.said(out):
        for place in writers:
            (folders[place] / fresh).replace(folders[place] / PART)
    for place in folders.keys() - writers.keys():
        shutil.rmtree(folders[place], ignore_errors=True)


def _in_portions(paths: Iterable[Path]) -> Iterator[pa.Table]:
    """The rows of some files, one behind the other, some `ROWS` at a time."""
    import pyarrow as pa  # noqa: PLC0415

    waiting: list[pa.Table] = []
    for path in paths:
        waiting.append(store_parts.read_table(path))
        if sum(rows.num_rows for rows in waiting) >= ROWS:
            yield pa.concat_tables(waiting)
            waiting = []
    if waiting:
        yield pa.concat_tables(waiting)


def _by_place(rows: pa.Table) -> Iterator[tuple[Place, pa.Table]]:
    """The rows of each place, in their order, without the columns of `WHERE`."""
    import pyarrow as pa  # noqa: PLC0415

    keys = rows.select(WHERE).to_pandas()
    order = keys.sort_values(WHERE, kind="stable").index.to_numpy()
    sorted_rows = rows.drop_columns(WHERE).take(pa.array(order))
    begin = 0
    for place, size in keys.groupby(WHERE).size().items():
        yield place, sorted_rows.slice(begin, size)
        begin += size
