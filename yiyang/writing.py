"""Files and folders that are written whole or not at all, by one program at a time.

What is new is written beside its place and takes it by one renaming: a full disk, a kill or two
builds at once leave the old or the new. What a killed run left beside a folder goes with the next
one.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from yiyang.errors import InputError

WAIT = 60
"""Seconds to wait for another program that writes the same folder."""
_OURS = "-yiyang-"
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM)


@contextmanager
def lock(place: Path, wait: float = 0) -> Iterator[None]:
    """Be the only program of yiyang at work on a file or folder; `InputError` names another.

    The lock goes with the process that holds it, however that ends; the hidden file beside the
    place, which says who holds it, stays. Within a thread it may be taken again.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415  (0.1 s, and only writers need it)

    path = place.with_name(f".{place.name}.lock")
    with said(place):
        path.parent.mkdir(parents=True, exist_ok=True)
        guard = FileLock(path, is_singleton=True)
        try:
            guard.acquire(timeout=wait)
        except Timeout as error:
            raise InputError(
                str(place),
                found=f"another program at work on it ({_holder(path)})",
                expected="one at a time",
                remedy="wait until it is done, or end it; its lock goes with it",
            ) from error
    try:
        command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])[:200]
        with suppress(OSError):
            path.write_text(
                f"process {os.getpid()} on {platform.node()}, {command}",
                encoding="utf-8",
                errors="replace",
            )
        yield
    finally:
        guard.release()


def _holder(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:  # Windows keeps a locked file to its holder
        return "which one its file does not say"


@contextmanager
def file(place: Path) -> Iterator[Path]:
    """The path to write a file to; it takes its place when the block ends without an error."""
    fresh = place.with_name(f".{place.name}{_OURS}{os.getpid()}")
    with said(place):
        try:
            yield fresh
            _to_disk(fresh)
            fresh.replace(place)
            _to_disk(place.parent)
        finally:
            fresh.unlink(missing_ok=True)


@contextmanager
def folder(place: Path) -> Iterator[Path]:
    """An empty folder to fill; it takes its place when the block ends without an error."""
    if place.is_symlink():
        raise InputError(
            str(place),
            found="a link",
            expected="a folder, or none yet",
            remedy="take the link away, or name the folder it leads to",
        )
    with said(place), lock(place, WAIT):
        _clear(place)
        fresh = Path(tempfile.mkdtemp(prefix=f".{place.name}{_OURS}", dir=place.parent))
        try:
            yield fresh
            fresh.chmod(0o755)
            for path in fresh.rglob("*"):
                _to_disk(path)
            _exchange(fresh, place)
            _to_disk(place.parent)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


class DiskError(InputError):
    """A disk takes no more, or may not be written to."""

    def __init__(self, place: str, why: str) -> None:
        self.why = why
        super().__init__(
            place,
            found=f"no way to write ({why})",
            expected="room on the disk, and the right to write there",
            remedy="make room, or name another folder; what was there before is unchanged",
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return DiskError, (self.place, self.why)


@contextmanager
def said(place: Path) -> Iterator[None]:
    """A disk that takes no more is said like any other input that does not fit (`DiskError`)."""
    try:
        yield
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        raise DiskError(str(place), str(error.strerror)) from error


def _clear(place: Path) -> None:
    """Take away what killed runs left; an old folder that lost its place gets it again."""
    old = _old(place)
    if old.is_dir() and not place.exists():
        old.rename(place)
    for path in place.parent.iterdir():
        if path.name.startswith(f".{place.name}{_OURS}"):
            shutil.rmtree(path, ignore_errors=True)


def _old(place: Path) -> Path:
    return place.with_name(f".{place.name}{_OURS}old")


def _exchange(fresh: Path, place: Path) -> None:
    """Put a folder in the place of another, at once where the system can (Linux)."""
    if not place.exists():
        fresh.rename(place)
        return
    try:
        renameat2 = ctypes.CDLL(None).renameat2
    except (OSError, AttributeError, TypeError):
        renameat2 = None
    at_folder, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    paths = (os.fsencode(fresh), os.fsencode(place))
    if renameat2 and renameat2(at_folder, paths[0], at_folder, paths[1], exchange) == 0:
        return
    old = _old(place)
    place.rename(old)  # killed here, the next run puts it back
    try:
        fresh.rename(place)
    except OSError:
        old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _to_disk(path: Path) -> None:
    """Have the system bring a file or the names of a folder to the disk, where it can."""
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
