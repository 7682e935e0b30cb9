"""End a command with one line and the exit code that the system expects, whatever ends it.

A signal (SIGTERM, SIGINT) ends it with 143 or 130, once what it wrote beside its places is gone;
a second one ends it at once. An output that is closed, full, or cannot print a character is no
reason for a traceback: the character stands as its number (`\\u4e2d`).
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TextIO

from yiyang.safety.telling import tell

SIGNALS = (signal.SIGTERM, signal.SIGINT)
NO_OUTPUT = 74
"""The exit code where the output takes no more (EX_IOERR of sysexits)."""
_OUTPUT = (errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EBADF, errno.EFBIG)
_NEXT = 3
"""Input, output and errors are 0, 1 and 2; what a program opens is numbered from here."""


class StoppedError(SystemExit):
    """A signal came: no document is to blame, and nothing that reads one may catch it."""

    def __init__(self, number: int) -> None:
        self.name, self.is_said = signal.Signals(number).name, False
        super().__init__(128 + number)


def _stop(number: int, frame: FrameType | None) -> None:
    for other in SIGNALS:
        signal.signal(other, signal.SIG_DFL)
    raise StoppedError(number)


@contextmanager
def said() -> Iterator[None]:
    """Let a command run to its end, and end it in a line where a signal or its output ends it."""
    _guard_output()
    before = _listen()
    try:
        yield
        _flush()
    except StoppedError as stopped:
        if not stopped.is_said:
            _tell(tell("safety.ended_by", name=stopped.name))
        stopped.is_said = True
        raise
    except SystemExit:
        with _lost_output_ends():
            _flush()
        raise
    except KeyboardInterrupt:
        _tell(tell("safety.ended_by", name="SIGINT"))
        raise SystemExit(128 + signal.SIGINT) from None
    except OSError as error:
        _end_without_output(error)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _listen() -> dict[signal.Signals, signal.Handlers]:
    """Take the signals; return who took them before. Only the main thread can."""
    if threading.current_thread() is not threading.main_thread():
        return {}
    # A program started by nohup or in the background of a script goes on as it was told to.
    taken = [number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
    return {number: signal.signal(number, _stop) for number in taken}  # type: ignore[misc]


def _guard_output() -> None:
    """Have every character printed in some way, here and in the processes below."""
    with suppress(OSError):  # where 0, 1 or 2 is free, the next file would be taken for it
        while (free := os.open(os.devnull, os.O_RDWR)) < _NEXT:
            os.set_inheritable(free, True)
        os.close(free)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    if said := os.environ.get("PYTHONIOENCODING", "").partition(":")[0]:
        os.environ["PYTHONIOENCODING"] = f"{said}:backslashreplace"


@contextmanager
def _lost_output_ends() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        _end_without_output(error)


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        with suppress(ValueError):  # closed by the command
            stream.flush()


def _end_without_output(error: OSError) -> None:
    """End with a line where an output takes no more; any other error is raised again."""
    if error.filename is not None or error.errno not in _OUTPUT:
        raise error
    # What is still to be written would fail once more when Python ends.
    with suppress(OSError):
        null = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            if _is_lost(stream):
                os.dup2(null, stream.fileno())
    if error.errno != errno.EPIPE:  # `yiyang read … | head` has seen enough
        _tell(tell("safety.output_full", why=error.strerror))
    raise SystemExit(NO_OUTPUT) from None


def _is_lost(stream: TextIO) -> bool:
    try:
        stream.flush()
    except (OSError, ValueError):
        return True
    return False


def _tell(line: str) -> None:
    with suppress(OSError, ValueError):
        print(line, file=sys.stderr, flush=True)
