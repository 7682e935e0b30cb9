"""Worker side of `pool`: do jobs within limits, in a process of its own."""

from __future__ import annotations

import math
import os
import pickle
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import connection
from pathlib import Path
from typing import Any

from yiyang.safety import garbage, settings
from yiyang.safety import limits as limit
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.limits import Limits
from yiyang.safety.telling import tell

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

Function = Callable[[Any], Any]

NO_MEMORY = tell("safety.document_for_whose_reading_memory")


@dataclass
class Outcome:
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
        return refusal("document.unreadable", place, fault=self.fault)


@dataclass
class Order:
    """What a process is to do with its items, and where: it follows this process."""

    function: Function
    limits: Limits

    def pickled(self) -> bytes:
        return pickle.dumps((self, settings.every(), os.getcwd()))

    def do(self, item: Any) -> Outcome:
        try:
            with limit.use(self.limits):
                return Outcome(self.function(item))
        except InputError as error:
            # lxml and others call a file broken where it is the memory that ended.
            return Outcome(error, is_for_good=not _is_nearly_full(self.limits))
        except MemoryError:
            return Outcome(None, NO_MEMORY, "memory_bytes", is_for_good=False)
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # the others must be read whatever this one does
            at = traceback.extract_tb(error.__traceback__)[-1]
            where = tell("place.line", file=Path(at.filename).name, line=at.lineno)
            found = tell("safety.what_reader_fails_at", error=error, where=where)
            # Where memory ends, a package that is imported late fails with an ImportError.
            return Outcome(None, found, is_for_good=False)


NEARLY_FULL = 0.7
"""Share of its memory beyond which a process may have ended a document for want of more."""


def _is_nearly_full(limits: Limits) -> bool:
    """Whether the process holds much of its memory already; never where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
    except OSError:
        return False
    return pages * resource.getpagesize() > NEARLY_FULL * limits.memory_bytes


def serve(descriptor: int, module: str = "") -> None:
    """Do what comes through the pipe until it is closed; `module`, which gets ready what reads
    documents, is imported before the first."""
    pipe = connection.Connection(descriptor)
    order: Order | None = None
    garbage.seldom()
    if module:
        import_module(module)
    pipe.send(None)  # it has started
    is_first = True
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            told, packed = pipe.recv()
            try:
                order = _taken(told) if told else order
                assert order
                item = pickle.loads(packed)
            except Exception as error:  # the next process is told anew
                found = tell("safety.what_cannot_be_handed_process", error=error)
                pipe.send(Outcome(None, found, is_for_good=False))
                continue
            pipe.send_bytes(_packed(_confined(order, item), order.limits))
            del item
            _free()
            if is_first:  # what it has imported for the first document serves the others
                garbage.leave_aside()
            is_first = False


def _taken(told: bytes) -> Order:
    """The order that a process is told, its folder and its settings put in force."""
    order, ours, folder = pickle.loads(told)
    settings.replace(ours)
    os.chdir(folder)
    return order


def _confined(order: Order, item: Any) -> Outcome:
    limits = order.limits
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = math.ceil(used.ru_utime + used.ru_stime) + limits.processor_seconds
    _limit(resource.RLIMIT_CPU, seconds)
    _limit(resource.RLIMIT_DATA, limits.memory_bytes)
    _limit(resource.RLIMIT_CORE, 0)
    return order.do(item)


def _free() -> None:
    """Lift the limit of the processor: what it takes to receive the next item, with the packages
    that are imported for it, is counted neither to the last document nor to the next."""
    most = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (most, most))


def _limit(kind: int, value: int) -> None:
    most = resource.getrlimit(kind)[1]
    resource.setrlimit(kind, (value if most < 0 else min(value, most), most))


def _packed(outcome: Outcome, limits: Limits) -> bytes:
    try:
        packed = pickle.dumps(outcome)
    except MemoryError:
        return pickle.dumps(
            Outcome(None, tell("safety.result_too_large_for_memory"), "memory_bytes")
        )
    except Exception as error:
        found = tell("safety.what_cannot_be_handed_back", error=error)
        return pickle.dumps(Outcome(None, found))
    if len(packed) > limits.result_bytes:
        found = tell("safety.document_read_into_bytes", n=len(packed))
        return pickle.dumps(Outcome(None, found, "result_bytes"))
    return packed
