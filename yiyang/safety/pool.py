"""Read files of unknown origin in processes of their own, with limits on what they may cost.

A document that hangs, crashes or eats memory ends the process that reads it, and is named with the
limit that it broke; the others are read. The processes stay for the next documents and are
replaced when one is lost. They guard time and memory; they are no sandbox against a reader that
was taken over.

Pools of the standard library and pebble were weighed: they start their processes by running the
caller's script again (`spawn`, `forkserver`) or by copying a process with threads (`fork` in a
Jupyter kernel). A script that says no more than `yiyang.load(folder)` must do neither.

On Windows, which has no `resource`, documents are read in the process itself: the limits of the
readers hold, those on time and memory do not. On macOS the limit on memory does not hold.
"""

from __future__ import annotations

import atexit
import os
import pickle
import re
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing import connection
from pathlib import Path
from typing import Any, TypeVar

from yiyang.safety import limits as limit
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.later import expression
from yiyang.safety.limits import Limits
from yiyang.safety.telling import tell
from yiyang.safety.worker import NO_MEMORY, Order, Outcome

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

Item = TypeVar("Item")
Result = TypeVar("Result")

WORLD = {"OPENBLAS_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system"}
"""What the processes are told beside the environment: arrow's own way with memory reserves a
gigabyte at the first text, which counts against the limit though nothing lies there."""
START = 300
"""Seconds in which a process must have started; that is no time of the document that waits."""


def map(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    name: Callable[[Item], str] = str,
    processes: int = 1,
    limits: Limits | None = None,
) -> Iterator[Result | InputError]:
    """Return the result of `function` for each item, in order, or the `InputError` that stands for
    it.

    `function` is one of a module (a `functools.partial` of one too); items and results are
    pickled. `name` gives the place that an error names. At most two items for each of the
    `processes` are under way or wait to be taken.
    """
    order = Order(function, limits or limit.current())
    if resource is None:
        yield from (order.do(item).named(name(item), order.limits) for item in items)
        return
    todo = iter(items)
    team = [_hire(order) for _ in range(processes)]
    waiting: deque[_Job] = deque()
    try:
        while True:
            for item in islice(todo, 2 * processes - len(waiting)):
                waiting.append(_Job(item, name(item)))
            if not waiting:
                return
            untaken = (job for job in waiting if not job.is_taken)
            for worker, job in zip((w for w in team if not w.job), untaken, strict=False):
                worker.take(job)
            if outcome := waiting[0].outcome:
                yield outcome.named(waiting.popleft().place, order.limits)
            else:
                _listen(team)
    finally:
        for worker in team:
            _dismiss(worker)


def run(
    function: Callable[[Item], Result], item: Item, place: str, limits: Limits | None = None
) -> Result:
    """Return the result of `function` for one item; raises the `InputError` that stands for it."""
    [result] = map(function, [item], name=lambda _: place, limits=limits)
    if isinstance(result, InputError):
        raise result
    return result


@dataclass
class _Job:
    """An item, and what became of it once that is known."""

    item: Any
    place: str
    outcome: Outcome | None = None
    is_taken: bool = False


class _Worker:
    """A process that reads: started at its first job, and anew after one it did not survive.

    It leads a process group, so that what it starts (LibreOffice) ends with it, and ends by itself
    when the pipe to this process is closed.
    """

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.job: _Job | None = None
        self.pipe: Any = None
        self.complaints = -1
        self.deadline = 0.0
        self.is_fresh = self.is_told = self.is_ready = False

    def prepare(self, order: Order) -> None:
        self.order, self.limits, self.is_told = order.pickled(), order.limits, False

    def take(self, job: _Job) -> None:
        if not self.process:
            self._start()
        self.job, job.is_taken = job, True
        self._wait(self.limits.wall_seconds if self.is_ready else START)
        with suppress(BrokenPipeError, ConnectionResetError):  # its end is heard of below
            self.pipe.send((None if self.is_told else self.order, pickle.dumps(job.item)))
        self.is_told = True

    def _start(self, module: str = "") -> None:
        self.pipe, theirs = connection.Pipe()
        self.complaints, complain = os.pipe()
        for end in (self.complaints, complain):
            os.set_blocking(end, False)  # nobody waits: what is too much is lost
        code = (
            f"import sys; sys.path[:] = {[str(Path(p).resolve()) for p in sys.path]}; "
            f"from yiyang.safety.worker import serve; serve({theirs.fileno()}, {module!r})"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", code],
            env=os.environ | WORLD,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=complain,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
        theirs.close()
        os.close(complain)
        self.is_fresh, self.is_told, self.is_ready = True, False, False

    def _wait(self, seconds: int) -> None:
        self.deadline = time.monotonic() + seconds

    def hear(self) -> None:
        """Take what has come: the word that the process has started, the outcome of the job, or the
        end of the process."""
        try:
            outcome = self.pipe.recv()
        except (EOFError, OSError) as error:
            assert self.process
            code, said = self.process.wait(), self._complained()
            self.stop()
            if not self.is_ready:
                last = said.strip().rpartition("\n")[2]
                raise _no_start(
                    tell("safety.process_ends_at_once", code=code, last=last and f" ({last})")
                ) from error
            outcome = _ending(code, said, self.limits)
        else:
            if self.is_ready:  # not what the first document says meanwhile
                self._complained()  # that was of this document, and no later one
        if self.is_ready:
            self._close(outcome)
        else:
            self.is_ready = True
            self._wait(self.limits.wall_seconds)

    def _complained(self) -> str:
        """What the process wrote last where errors are written."""
        said = b""
        with suppress(BlockingIOError):
            while part := os.read(self.complaints, 65_536):
                said = said[-65_536:] + part
        return said.decode(errors="replace")

    def overrun(self) -> None:
        """End the process whose time is over."""
        self.stop()
        if not self.is_ready:
            raise _no_start(tell("safety.process_not_started", n=START))
        seconds = self.limits.wall_seconds
        found = tell("safety.document_not_read_after_seconds", n=seconds)
        self._close(Outcome(None, found, "wall_seconds"))

    def _close(self, outcome: Outcome) -> None:
        job, self.job = self.job, None
        assert job
        if not outcome.is_for_good:
            self.stop()
            if not self.is_fresh:  # what the documents before it left may be the reason
                job.is_taken = False
                return
        job.outcome, self.is_fresh = outcome, False

    def stop(self) -> None:
        if self.process:
            self.pipe.close()
            os.close(self.complaints)
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


def _no_start(how: str) -> InputError:
    """No document is to blame where Python or the library does not start."""
    return refusal("pool.no_process", tell("safety.process_that_reads"), how=how)


# memory allocation of 402653184 bytes failed: how programs in Rust end where there is no more
_NO_MEMORY = expression(r"memory allocation of \d+ bytes failed|bad_alloc|out of memory", re.I)


def _ending(code: int, said: str, limits: Limits) -> Outcome:
    """What the exit code of a lost process and what it said say of the document."""
    if code == -signal.SIGXCPU:
        found = tell("safety.document_not_read_after_seconds_2", n=limits.processor_seconds)
        return Outcome(None, found, "processor_seconds")
    if code == -signal.SIGABRT and _NO_MEMORY.search(said):
        return Outcome(None, NO_MEMORY, "memory_bytes", is_for_good=False)
    how = tell("safety.exit_code", n=code) if code >= 0 else signal.Signals(-code).name
    found = tell("safety.what_ends_process_reads", how=how)
    return Outcome(None, found, is_for_good=False)


_IDLE: list[_Worker] = []
"""Processes that wait for documents."""


def _hire(order: Order) -> _Worker:
    worker = _Worker()
    with suppress(IndexError):
        worker = _IDLE.pop()
    if worker.process and (
        worker.process.poll() is not None
        # It may hold more than the new limit already.
        or worker.limits.memory_bytes > order.limits.memory_bytes
    ):
        worker.stop()
    worker.prepare(order)
    return worker


READER = "yiyang.reading.ready"


def warm() -> None:
    """Start one process for the documents to come, which gets ready to read them meanwhile."""
    if resource is not None and not _IDLE:
        worker = _Worker()
        worker.limits = limit.current()
        worker._start(READER)
        _IDLE.append(worker)


def _dismiss(worker: _Worker) -> None:
    if worker.job:  # nobody waits for its result any more
        worker.stop()
        worker.job = None
    _IDLE.append(worker)


@atexit.register
def _close() -> None:
    while _IDLE:
        _IDLE.pop().stop()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_IDLE.clear)  # they are the parent's


def _listen(team: list[_Worker]) -> None:
    """Wait until a busy worker has something to say or has used up its time."""
    busy = {worker.pipe: worker for worker in team if worker.job}
    soonest = min(worker.deadline for worker in busy.values())
    for pipe in connection.wait(list(busy), max(soonest - time.monotonic(), 0)):
        busy.pop(pipe).hear()
    for worker in busy.values():
        if worker.deadline <= time.monotonic():
            worker.overrun()
