"""Files of unknown origin are read in processes of their own, with limits on what they may cost.

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
import math
import os
import pickle
import signal
import subprocess
import sys
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing import connection
from pathlib import Path
from typing import Any, TypeVar

from yiyang import limits as limit
from yiyang.errors import InputError
from yiyang.limits import Limits

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

Item = TypeVar("Item")
Result = TypeVar("Result")
Function = Callable[[Any], Any]

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
    """The result of `function` for each item, in order, or the `InputError` that stands for it.

    `function` is one of a module (a `functools.partial` of one too); items and results are
    pickled. `name` gives the place that an error names. At most two items for each of the
    `processes` are under way or wait to be taken.
    """
    order = _Order(function, limits or limit.current())
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
    """The result of `function` for one item; raises the `InputError` that stands for it."""
    [result] = map(function, [item], name=lambda _: place, limits=limits)
    if isinstance(result, InputError):
        raise result
    return result


@dataclass
class _Outcome:
    """What became of an item: its value, or what ended its reading and the limit it broke."""

    value: Any = None
    fault: str = ""
    limit: str = ""
    is_for_good: bool = True
    """Whether a new process would come to the same."""

    def named(self, place: str, limits: Limits) -> Any:
        if not self.fault:
            return self.value
        if self.limit:
            with limit.use(limits):
                return limit.LimitError(self.limit, self.fault, place)
        return InputError(
            place,
            found=self.fault,
            expected="a document that can be read",
            remedy="leave it out, or open it in its program and save it anew; a fault of yiyang's "
            "own is worth a report (SECURITY.md)",
        )


@dataclass
class _Order:
    """What a process is to do with its items, and where: it follows this process."""

    function: Function
    limits: Limits

    def pickled(self) -> bytes:
        return pickle.dumps((self, _ours(), os.getcwd()))

    def do(self, item: Any) -> _Outcome:
        try:
            with limit.use(self.limits):
                return _Outcome(self.function(item))
        except InputError as error:
            return _Outcome(error)
        except MemoryError:
            found = "a document for whose reading memory does not suffice"
            return _Outcome(None, found, "memory_bytes", is_for_good=False)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # the others must be read whatever this one does
            at = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(at.filename).name}, line {at.lineno}"
            found = f"what its reader fails at ({error!r:.500} in {where})"
            # Where memory ends, a package that is imported late fails with an ImportError.
            return _Outcome(None, found, is_for_good=False)


def _ours() -> dict[str, str]:
    """The settings of yiyang in the environment."""
    return {name: value for name, value in os.environ.items() if name.startswith("YIYANG_")}


@dataclass
class _Job:
    """An item, and what became of it once that is known."""

    item: Any
    place: str
    outcome: _Outcome | None = None
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
        self.deadline = 0.0
        self.is_fresh = self.is_told = self.is_ready = False

    def prepare(self, order: _Order) -> None:
        self.order, self.limits, self.is_told = order.pickled(), order.limits, False

    def take(self, job: _Job) -> None:
        if not self.process:
            self._start()
        self.job, job.is_taken = job, True
        self._wait(self.limits.wall_seconds if self.is_ready else START)
        with suppress(BrokenPipeError, ConnectionResetError):  # its end is heard of below
            self.pipe.send((None if self.is_told else self.order, job.item))
        self.is_told = True

    def _start(self) -> None:
        self.pipe, theirs = connection.Pipe()
        code = (
            f"import sys; sys.path[:] = {[str(Path(p).resolve()) for p in sys.path]}; "
            f"from yiyang.isolation import _serve; _serve({theirs.fileno()})"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-P", "-c", code],
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            start_new_session=True,
        )
        theirs.close()
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
            code = self.process.wait()
            self.stop()
            if not self.is_ready:
                raise _no_start(f"ends at once, exit code {code}") from error
            outcome = _ending(code, self.limits)
        if self.is_ready:
            self._close(outcome)
        else:
            self.is_ready = True
            self._wait(self.limits.wall_seconds)

    def overrun(self) -> None:
        """End the process whose time is over."""
        self.stop()
        if not self.is_ready:
            raise _no_start(f"has not started after {START} seconds")
        seconds = self.limits.wall_seconds
        found = f"a document that is not read after {seconds} seconds of the clock"
        self._close(_Outcome(None, found, "wall_seconds"))

    def _close(self, outcome: _Outcome) -> None:
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
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


def _no_start(how: str) -> InputError:
    """No document is to blame where Python or the library does not start."""
    return InputError(
        "the process that reads documents",
        found=f"one that {how}",
        expected="a Python in which yiyang can be imported, and memory for it",
        remedy="see what `python -c 'import yiyang'` says, and start again",
    )


def _ending(code: int, limits: Limits) -> _Outcome:
    """What the exit code of a lost process says of the document."""
    if code == -signal.SIGXCPU:
        found = f"a document that is not read after {limits.processor_seconds} seconds of processor"
        return _Outcome(None, found, "processor_seconds")
    how = f"exit code {code}" if code >= 0 else signal.Signals(-code).name
    if code == -signal.SIGABRT:
        how += ", as where memory ends; the limit is memory_bytes"
    return _Outcome(None, f"what ends the process that reads it ({how})", is_for_good=False)


_IDLE: list[_Worker] = []
"""Processes that wait for documents."""


def _hire(order: _Order) -> _Worker:
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


# In the process that reads -----------------------------------------------------------------------


def _serve(descriptor: int) -> None:
    """Do what comes through the pipe until it is closed."""
    pipe = connection.Connection(descriptor)
    order: _Order | None = None
    pipe.send(None)  # it has started
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            told, item = pipe.recv()
            outcome = None
            try:
                if told:
                    order, ours, folder = pickle.loads(told)
                    for name in _ours():
                        del os.environ[name]
                    os.environ.update(ours)
                    os.chdir(folder)
            except Exception as error:
                order, outcome = None, _Outcome(None, f"no function to read it with ({error!r})")
            if order:
                outcome = _confined(order, item)
            pipe.send_bytes(_packed(outcome, order))
            del item, outcome


def _confined(order: _Order, item: Any) -> _Outcome:
    limits = order.limits
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = math.ceil(used.ru_utime + used.ru_stime) + limits.processor_seconds
    _limit(resource.RLIMIT_CPU, seconds)
    _limit(resource.RLIMIT_DATA, limits.memory_bytes)
    _limit(resource.RLIMIT_CORE, 0)
    return order.do(item)


def _limit(kind: int, value: int) -> None:
    most = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (value if most < 0 else min(value, most), most))


def _packed(outcome: _Outcome | None, order: _Order | None) -> bytes:
    try:
        packed = pickle.dumps(outcome)
    except MemoryError:
        return pickle.dumps(_Outcome(None, "a result too large for memory", "memory_bytes"))
    if order and len(packed) > order.limits.result_bytes:
        found = f"a document that is read into {len(packed):,} bytes"
        return pickle.dumps(_Outcome(None, found, "result_bytes"))
    return packed
