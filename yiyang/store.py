"""The tables of a large corpus on disk, as Parquet (needs pyarrow: the extra `yiyang[scale]`).

    OUT/batches/<batch>/manifest.json, <table>.parquet        what was read, batch by batch
    OUT/tables/<table>/province=11/year=2021/part-0.parquet   the same rows, for readers
    OUT/tables/<table>.parquet                                tables that hold for the whole corpus
    OUT/summary/<name>.csv                                    counts behind the charts

A province is the first two digits of the code of GB/T 2260, a year that of issue; `unknown` where
the document states none. Every file or folder is written beside its place and renamed into it,
whole or not at all.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from yiyang import tables

if TYPE_CHECKING:
    import pyarrow as pa

DOCUMENT_TABLES = ("documents", "tasks", "outcomes", "repairs", "leftovers")
"""Bulk tables whose rows name their document; those of the others name their task alone."""
READ_TABLES = (*DOCUMENT_TABLES, "assignments", "deadlines", "targets", "obligations")
BULK_TABLES = (*READ_TABLES, "task_themes")
WHERE = ["province", "year"]
UNKNOWN = "unknown"
PART = "part-0.parquet"
ROWS = 50_000
"""Rows that are held in memory, and written at once, while the tables are laid out."""


def is_store(folder: Path) -> bool:
    """Whether `yiyang run` wrote its tables into this folder."""
    return (folder / "batches").is_dir() and (folder / "tables").is_dir()


def _schema(name: str, where: Sequence[str] = ()) -> pa.Schema:
    import pyarrow as pa  # noqa: PLC0415  (no other part of yiyang needs it)

    types = {
        "string": pa.string(),
        "integer": pa.int64(),
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "date": pa.date32(),
    }
    fields = tables.specifications()[name]["fields"]
    named = [pa.field(column, pa.string()) for column in where]
    return pa.schema([pa.field(f["name"], types[f["type"]]) for f in fields] + named)


def write(name: str, frame: pd.DataFrame, path: Path) -> None:
    """Write rows of table `name`; where they have the columns of `WHERE`, they are sorted by these
    and each province is a group of its own in the file."""
    import pyarrow as pa  # noqa: PLC0415

    where = [column for column in WHERE if column in frame]
    frame = frame.sort_values(where, kind="stable") if where else frame
    plain = frame.astype({c: "str" for c, kind in frame.dtypes.items() if kind == "category"})
    table = pa.Table.from_pandas(plain, _schema(name, where), preserve_index=False)
    sizes = frame.groupby("province").size().tolist() if where else [len(frame)]
    _write(table, sizes, path)


def _write(table: pa.Table, sizes: Iterable[int], path: Path) -> None:
    import pyarrow.parquet as pq  # noqa: PLC0415

    fresh, begin = _beside(path), 0
    plain = table.schema.with_metadata(None)
    with pq.ParquetWriter(fresh, plain, compression="zstd") as writer:
        for size in sizes:
            writer.write_table(table.slice(begin, size).cast(plain))
            begin += size
    fresh.replace(path)


def read(name: str, path: Path, columns: Sequence[str] = ()) -> pd.DataFrame:
    """A file of table `name` as a dataframe in the types of the contract; the columns of `WHERE`
    behind them, if it has them. With `columns`, these alone."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    return typed(name, pq.ParquetFile(path).read(list(columns) or None))


def typed(name: str, table: pa.Table) -> pd.DataFrame:
    """A table of Arrow as a dataframe in the types of the contract."""
    frame = table.to_pandas(date_as_object=False)
    where = [column for column in WHERE if column in frame]
    return tables.cast_some(name, frame).assign(**{c: frame[c] for c in where})


def partitions(out: Path, table: str) -> list[Path]:
    """The files of a bulk table, by province and year."""
    return sorted((out / "tables" / table).glob(f"province=*/year=*/{PART}"))


def lay_out(out: Path, batches: Sequence[Path], name: str, province: str, years: set[str]) -> None:
    """Write table `name` of a province in some years anew, from the batches that hold it in their
    order. A year without rows loses its file."""
    import pyarrow.compute as pc  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    folder = out / "tables" / name / f"province={province}"
    fresh: dict[str, Path] = {}
    with ExitStack() as stack:
        writers: dict[str, pq.ParquetWriter] = {}
        for rows in _of_province((batch / f"{name}.parquet" for batch in batches), province):
            for year in sorted(years.intersection(pc.unique(rows["year"]).to_pylist())):
                if year not in writers:
                    fresh[year] = _beside(folder / f"year={year}" / PART)
                    writer = pq.ParquetWriter(fresh[year], _schema(name), compression="zstd")
                    writers[year] = stack.enter_context(writer)
                own = rows.filter(pc.equal(rows["year"], year)).drop_columns(WHERE)
                writers[year].write_table(own.combine_chunks())
    for year, path in fresh.items():
        path.replace(folder / f"year={year}" / PART)
    for year in years.difference(fresh):
        shutil.rmtree(folder / f"year={year}", ignore_errors=True)


def _of_province(paths: Iterable[Path], province: str) -> Iterator[pa.Table]:
    """The rows of a province, some `ROWS` at a time."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    waiting: list[pa.Table] = []
    for path in paths:
        waiting.append(
            pq.read_table(path, filters=[("province", "=", province)], partitioning=None)
        )
        if sum(rows.num_rows for rows in waiting) >= ROWS:
            yield pa.concat_tables(waiting)
            waiting = []
    if waiting:
        yield pa.concat_tables(waiting)


def _beside(path: Path) -> Path:
    """Where a file is written before it takes its place; no reader looks there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.with_name(f".{path.name}.new")
