"""Hold a store open for questions: views of DuckDB over the Parquet that its manifest lists.

The database lies in memory, writes nothing, and may open the listed files alone; its settings are
locked before the first question. Every value of a question is a parameter. A question has a time,
a share of memory, and a place in a short queue. Before each one the store must be as it was when
it was opened.
"""

from __future__ import annotations

import os
import threading
from collections import namedtuple
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from yiyang.core import parquet_store, store_parts
from yiyang.safety.errors import InputError, refusal

SECONDS = 30
"""Seconds that a page's question may take."""
EXPORT_SECONDS = 600
"""Seconds that a result may take to be worked out and taken away."""
AT_ONCE = 2
"""Questions that are worked on at once; each uses all of `THREADS`."""
WAITING = 20
"""Seconds that a question waits for its turn."""
MEMORY = "2GB"
THREADS = min(os.cpu_count() or 1, 4)
ROWS = 10_000
"""Rows of a result that are handed on at once."""
_SETTINGS: dict[str, Any] = {
    "threads": THREADS,
    "memory_limit": MEMORY,
    "temp_directory": "",
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
}
_DAMAGED = (
    duckdb.IOException,
    duckdb.InvalidInputException,
    duckdb.SerializationException,
    duckdb.ConversionException,
    duckdb.HTTPException,
    duckdb.PermissionException,
)
"""What DuckDB says of a file that is not there or not whole."""
_WHERE = "{'province': 'VARCHAR', 'year': 'VARCHAR'}"
Worked = TypeVar("Worked")


class UnansweredError(Exception):
    """A question has no answer: the status of HTTP that says so, and the refusal."""

    def __init__(self, status: int, refused: InputError) -> None:
        super().__init__(str(refused))
        self.status, self.refused = status, refused


class HeldStore:
    """A store that is asked; one for all threads."""

    def __init__(self, out: Path) -> None:
        """Open the store. Raises `InputError` for one that is not as its manifest says."""
        self.out = out.resolve()
        if not parquet_store.is_store(self.out):
            raise refusal("store.none", out)
        if any("=" in part for part in self.out.parts):  # DuckDB would take it for a column
            raise refusal("serve.folder", self.out)
        names = (store_parts.MANIFEST, *store_parts.manifest(self.out)["parts"])
        self._files = {name: str(self.out / name) for name in names}
        self._looks = _looks(self._files)
        store_parts.check(self.out)
        self.documents = parquet_store.documents_of(self.out)
        self.run = store_parts.read_json(
            self.out / "run.json", {"failures": {...: int}, "unread": {...: str}}
        )
        self._known: dict[str, Any] = {}
        self._working = threading.RLock()
        self._turns, self._exports = (threading.BoundedSemaphore(AT_ONCE) for _ in range(2))
        try:
            self._database = self._opened()
        except _DAMAGED as error:
            raise store_parts.damaged(self.out, error) from error

    def _opened(self) -> duckdb.DuckDBPyConnection:
        database = duckdb.connect(":memory:", config=_SETTINGS)
        paths = {name: path for name, path in self._files.items() if name.endswith(".parquet")}
        database.execute("set allowed_paths = $paths", {"paths": list(paths.values())})
        database.execute("set parquet_metadata_cache = true")
        database.execute("set enable_external_access = false")
        for table in (*parquet_store.BULK_TABLES, "jurisdictions", "agencies", "themes"):
            own = [
                p
                for n, p in paths.items()
                if n.startswith((f"tables/{table}/", f"tables/{table}."))
            ]
            _view(database, table, own)
        database.execute("set lock_configuration = true")
        return database

    def hold(self) -> None:
        """Raise `UnansweredError` where the store is no longer as it was opened."""
        looks = _looks(self._files)
        changed = [name for name in looks if looks[name] != self._looks[name]]
        if changed:
            raise UnansweredError(503, refusal("serve.changed", self.out, name=changed[0]))

    @contextmanager
    def _asking(self, turns: threading.BoundedSemaphore, seconds: float) -> Iterator[Any]:
        """A cursor for one question, interrupted after so many seconds."""
        self.hold()
        if not turns.acquire(timeout=WAITING):
            raise UnansweredError(503, refusal("serve.busy", self.out))
        cursor = self._database.cursor()
        timer = threading.Timer(seconds, cursor.interrupt)
        timer.daemon = True
        timer.start()
        try:
            yield cursor
            self.hold()  # rows of two states of a store are no answer
        except duckdb.InterruptException as error:
            refused = refusal("serve.slow", self.out, seconds=f"{seconds:g}")
            raise UnansweredError(503, refused) from error
        except duckdb.OutOfMemoryException as error:
            raise UnansweredError(503, refusal("serve.large", self.out)) from error
        except _DAMAGED as error:
            self.hold()
            raise UnansweredError(503, store_parts.damaged(self.out, error)) from error
        finally:
            timer.cancel()
            cursor.close()
            turns.release()

    def ask(self, question: str, /, values: Mapping[str, Any] | None = None) -> list[Any]:
        """Return the rows of a question, each with its columns by their names."""
        with self._asking(self._turns, SECONDS) as cursor:
            cursor.execute(question, dict(values or {}))
            row = namedtuple("row", [column[0] for column in cursor.description])  # type: ignore[misc]
            return [row(*cells) for cells in cursor.fetchall()]

    def batches(self, question: str, /, values: Mapping[str, Any]) -> Iterator[Any]:
        """Give the rows of a question as batches of Arrow, as they come."""
        with self._asking(self._exports, EXPORT_SECONDS) as cursor:
            yield from cursor.sql(question, params=dict(values)).to_arrow_reader(ROWS)

    def once(self, name: str, work: Callable[[], Worked]) -> Worked:
        """Return what `work` gives, done once: the store does not change."""
        self.hold()
        with self._working:
            if name not in self._known:
                self._known[name] = work()
            found: Worked = self._known[name]
            return found

    def close(self) -> None:
        """End what is being worked on."""
        self._database.interrupt()


def _view(database: duckdb.DuckDBPyConnection, table: str, paths: list[str]) -> None:
    """The rows of a table, with the province and year of their folders; without a file, none."""
    if paths:
        # A view takes no parameters: the names of the files alone are written into it.
        listed = ", ".join(_quoted(path) for path in paths)
        laid_out = f"read_parquet([{listed}], hive_partitioning = true, hive_types = {_WHERE})"
        whole = f"read_parquet([{listed}], hive_partitioning = false)"
        is_laid_out = "=" in Path(paths[0]).parent.name
        database.execute(f"create view {table} as from {laid_out if is_laid_out else whole}")
        return
    where = parquet_store.WHERE
    empty = store_parts.arrow_schema(table, where).empty_table()
    database.register("nothing", empty)
    database.table("nothing").create(table)
    database.unregister("nothing")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _looks(files: Mapping[str, str]) -> dict[str, tuple[int, int, int] | None]:
    """What the files of a store look like from outside: their sizes, times and numbers."""
    return {name: _look(path) for name, path in files.items()}


def _look(path: str) -> tuple[int, int, int] | None:
    try:
        said = os.lstat(path)
    except OSError:
        return None
    return said.st_size, said.st_mtime_ns, said.st_ino
