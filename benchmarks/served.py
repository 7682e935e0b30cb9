"""Time the pages of `yiyang serve` over a store, and beside them the same questions put to SQLite.

    python benchmarks/corpus.py 2700 FOLDER; yiyang run --corpus FOLDER --out OUT
    python benchmarks/served.py OUT [--runs 3] [--times 10] [--no-sqlite]

A page is asked of the application itself, from the address to the last byte of HTML, without a
network between. SQLite stands for Datasette, which works over it and adds its own pages: the tables
of the same Parquet are written into a file, with indices, and an index of full text by three
characters (FTS5, trigram). Of it the count and the rows of a page are asked alone, no page is made.
Best of the runs: seconds of the clock, and of the processor (all threads). With --times the store
is first made so many times as large, each document under other names, in as many files.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import duckdb
import httpx
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset
import pyarrow.parquet as pq
import starlette

from yiyang.core import store_parts
from yiyang.report.served import unfolded
from yiyang.report.served.app import application
from yiyang.report.served.held import THREADS, HeldStore
from yiyang.safety.escaping import address

NAME = "127.0.0.1"
TABLES = ("documents", "tasks", "assignments", "deadlines", "task_themes")
WORDS = {"one word": "养老", "rare word": "老年痴呆", "a word of none": "紫外线消毒"}
PAGES = {
    "start": "",
    "first page of tasks": "tasks",
    **{f"search, {name}": f"tasks?words={address(word)}" for name, word in WORDS.items()},
    "search, two words": f"tasks?words={address('医养结合 护理')}",
    "agency that leads": "tasks?agency=health&role=lead",
    "province and year": "tasks?place=51&year=2016",
    "newest first, page 20": "tasks?sort=newest&page=20",
    "documents": "documents",
    "documents to check": "documents?show=check&sort=least_sure",
    "doubles": "doubles",
    "agencies": "agencies",
    "one agency": "agency/health",
    "one word as CSV": f"tasks.csv?words={address('养老')}",
    "all as Parquet": "tasks.parquet",
}


def repeated(out: Path, times: int, to: Path) -> Path:
    """A store with each document so many times; the first under its own name."""
    shutil.copytree(out, to, ignore=shutil.ignore_patterns("batches", "province=*"))
    (to / "batches").mkdir()
    for path in sorted((out / "tables").rglob("part-0.parquet")):
        rows = pq.read_table(path, partitioning=None)
        parts = [_renamed(rows, f"x{n}-" if n else "") for n in range(times)]
        place = to / path.relative_to(out)
        place.parent.mkdir(parents=True)
        pq.write_table(pa.concat_tables(parts), place, compression="zstd")
    parts = {name: store_parts.describe(to / name) for name in store_parts.lying(to)}
    said = {"is_whole": True, "parts": parts}
    (to / store_parts.MANIFEST).write_text(json.dumps(said), encoding="utf-8")
    return to


def _renamed(rows: pa.Table, before: str) -> pa.Table:
    for name in ("task_id", "document_id"):
        if name in rows.column_names:
            column = pc.binary_join_element_wise(before, rows[name], "")
            rows = rows.set_column(rows.column_names.index(name), rows.schema.field(name), column)
    return rows


def best(work: Callable[[], Any], runs: int) -> tuple[float, float, Any]:
    """The least seconds of the clock and of the processor, and what came out."""
    clock, processor, found = [], [], None
    for _ in range(runs):
        begun, spent = time.perf_counter(), time.process_time()
        found = work()
        clock.append(time.perf_counter() - begun)
        processor.append(time.process_time() - spent)
    return min(clock), min(processor), found


def of_pages(out: Path, runs: int) -> pd.DataFrame:
    """The pages; nothing is remembered from an earlier one."""
    rows = []
    clock, processor, store = best(lambda: HeldStore(out), runs)
    app = application(store, frozenset({NAME}))
    rows.append(("opening the store", clock, processor, 0))
    unfolded.pattern("养老")  # the table of signs is made once
    for name, way in PAGES.items():

        def ask(way: str = way) -> int:
            store._known.clear()

            async def get() -> httpx.Response:
                transport = httpx.ASGITransport(app)
                where = f"http://{NAME}"
                async with httpx.AsyncClient(transport=transport, base_url=where) as client:
                    return await client.get(f"/zh/{way}", timeout=None)

            answer = asyncio.run(get())
            assert answer.status_code == 200, answer.text
            return len(answer.content)

        clock, processor, size = best(ask, runs)
        rows.append((name, clock, processor, size / 1000))
    return pd.DataFrame(rows, columns=["yiyang serve", "seconds", "processor s", "kB"])


def fill(out: Path, path: Path) -> None:
    """Write the tables into SQLite, with what a search and a filter need."""
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as database:
        for name in TABLES:
            data = pyarrow.dataset.dataset(out / "tables" / name, partitioning="hive")
            data.to_table().to_pandas().to_sql(name, database, index=False)
        for table, column in (
            *((name, "task_id") for name in TABLES[1:]),
            *(("documents", "document_id"), ("tasks", "document_id"), ("assignments", "agency_id")),
        ):
            database.execute(f'create index "{table}_{column}" on "{table}" ("{column}")')
        database.execute(
            "create virtual table texts using fts5"
            "(text_printed, measure_printed, section_printed, content=tasks, tokenize='trigram')"
        )
        database.execute("insert into texts (texts) values ('rebuild')")
    database.close()


FROM = "from tasks t join documents d using (document_id) where "
LIKE = "(text_printed like :w or measure_printed like :w or section_printed like :w)"
MATCH = "t.rowid in (select rowid from texts where texts match :w)"
LEADS = "task_id in (select task_id from assignments where agency_id = :w and role = 'lead')"
QUESTIONS: dict[str, tuple[str, str]] = {
    "first page of tasks": ("true", ""),
    # Three characters are the least that its index knows: two are looked for in every row.
    "search, one word": (LIKE, "%养老%"),
    "search, rare word": (MATCH, '"老年痴呆"'),
    "search, a word of none": (MATCH, '"紫外线消毒"'),
    "agency that leads": (LEADS, "health"),
}


def of_sqlite(path: Path, runs: int) -> pd.DataFrame:
    """The same questions: how many, and the rows of the first page."""
    rows = []
    for name, (condition, word) in QUESTIONS.items():

        def ask(condition: str = condition, word: str = word) -> int:
            with sqlite3.connect(path) as database:
                values = {"w": word} if word else {}
                n = database.execute(f"select count(*) {FROM}{condition}", values).fetchone()[0]
                order = "order by t.jurisdiction, date_issued desc, document_id, seq limit 50"
                database.execute(f"select * {FROM}{condition} {order}", values).fetchall()
            database.close()
            return int(n)

        clock, processor, n = best(ask, runs)
        rows.append((name, clock, processor, n))
    return pd.DataFrame(rows, columns=["SQLite", "seconds", "processor s", "tasks"])


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--no-sqlite", dest="sqlite", action="store_false")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        out = given.out
        if given.times > 1:
            out = repeated(out, given.times, Path(folder, "store"))
        measure(out, given.runs, Path(folder, "store.db") if given.sqlite else None)


def measure(out: Path, runs: int, database: Path | None) -> None:
    """Print what a store is, and what its pages take; with a database the same of SQLite."""
    store = HeldStore(out)
    n = store.ask("select count(*) n from tasks")[0].n
    of = store.ask("select count(*) n from documents")[0].n
    files = sorted((out / "tables").rglob("*.parquet"))
    size = sum(path.stat().st_size for path in files)
    print(
        f"{n:,} tasks of {of:,} documents, {size / 1e6:.0f} MB of Parquet in {len(files):,} files; "
        f"DuckDB {duckdb.__version__} with {THREADS} threads, Starlette {starlette.__version__}, "
        f"SQLite {sqlite3.sqlite_version}; load at the beginning {os.getloadavg()[0]:.1f}\n",
        flush=True,
    )
    table = of_pages(out, runs).to_string(index=False, float_format="{:.2f}".format)
    print(table, flush=True)
    if database:
        clock, processor, _ = best(lambda: fill(out, database), 1)
        print(
            f"\nSQLite: filled in {clock:.1f} s ({processor:.1f} of the processor), once; ", end=""
        )
        print(f"{database.stat().st_size / 1e6:.0f} MB")
        print(of_sqlite(database, runs).to_string(index=False, float_format="{:.2f}".format))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    print(f"\nmost memory of this process: {peak:,.0f} MB")


if __name__ == "__main__":
    main()
