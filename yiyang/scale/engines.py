"""Do the work of a large corpus in processes of this machine, or on a Dask cluster.

An engine is a function that applies a function to many items and gives each item with its result,
or with the error that stands for it, in the order in which they are done. It keeps a few items
under way at a time, so that neither side holds them all.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import islice
from typing import Any

from yiyang.safety import limits, pool
from yiyang.safety.errors import refusal
from yiyang.safety.limits import Limits

Work = Callable[[Any], Any]
Done = Iterator[tuple[Any, Any]]
Engine = Callable[[Work, Iterable[Any]], Done]

ENGINES = ("local", "dask")
AHEAD = 2
"""Items under way for each process: one is worked on while the next waits."""
SECONDS, MEMORY = 600, 3_000_000_000
"""What a batch may cost on this machine; one of 300 documents takes 10 s and, with the
process below it that reads, 650 MB."""


@contextmanager
def engine(name: str = "local", processes: int = 0, scheduler: str = "") -> Iterator[Engine]:
    """Return the engine `local` (`processes`, default: one for each processor) or `dask`.

    Dask works on the cluster whose `scheduler` has this address, else on one that it starts here
    with so many processes. All workers must see the folders of the documents and of the tables
    under the same names.
    """
    if name not in ENGINES:
        raise refusal("run.engine", "yiyang run", name=name, engines=", ".join(ENGINES))
    with (_dask if name == "dask" else _local)(processes or os.cpu_count() or 1, scheduler) as made:
        yield made


@contextmanager
def _local(processes: int, scheduler: str) -> Iterator[Engine]:
    def work(function: Work, items: Iterable[Any]) -> Done:
        taken: deque[Any] = deque()

        def noted() -> Iterator[Any]:
            for item in items:
                taken.append(item)
                yield item

        results = pool.map(function, noted(), name=_name, processes=processes, limits=_limits())
        for result in results:
            yield taken.popleft(), result

    yield work


def _name(item: Any) -> str:
    return f"batch {getattr(item, 'name', '')}".strip()


def _limits() -> Limits:
    """A batch is many documents, each of which has the limits of one while it is read."""
    return replace(
        limits.current(),
        processor_seconds=SECONDS,
        wall_seconds=SECONDS,
        memory_bytes=MEMORY,
    )


@contextmanager
def _dask(processes: int, scheduler: str) -> Iterator[Engine]:
    try:
        from distributed import Client, LocalCluster, as_completed  # noqa: PLC0415
    except ImportError as error:
        raise refusal("run.no_dask", "yiyang run --engine dask") from error

    def work(function: Work, items: Iterable[Any]) -> Done:
        todo = iter(items)
        ahead = AHEAD * max(len(client.scheduler_info()["workers"]), 1)
        under_way: dict[str, Any] = {}

        def submit(n: int) -> list[Any]:
            made = []
            for item in islice(todo, n):
                made.append(client.submit(function, item, pure=False, retries=1))
                under_way[made[-1].key] = item
            return made

        running = as_completed(submit(ahead), loop=client.loop)
        for future in running:
            item = under_way.pop(future.key)
            result = future.exception() or future.result()
            running.update(submit(1))
            yield item, result

    with (
        _cluster(LocalCluster, processes, scheduler) as address,
        Client(address, set_as_default=False) as client,
    ):
        yield work


@contextmanager
def _cluster(start: Callable[..., Any], processes: int, scheduler: str) -> Iterator[Any]:
    if scheduler:
        yield scheduler
        return
    with start(
        n_workers=processes, threads_per_worker=1, dashboard_address=None, processes=True
    ) as cluster:
        yield cluster
