"""Write files and folders whole or not at all, by one program at a time.

What is new is written beside its place and takes it by one renaming: a full disk, a kill or two
builds at once leave the old or the new. It bears a name that nobody can guess and plant a link
under. What a killed run left beside a place goes with the next one.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from yiyang.safety import digests
from yiyang.safety.errors import InputError, refusal, worded
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

if TYPE_CHECKING:
    from filelock import FileLock

WAIT = 60
"""Seconds to wait for another program that writes the same folder."""
HOUR = 3600
"""Seconds after which what lies beside a place was left there, whoever wrote it."""
_OURS = "-yiyang-"
# 1f0c93ab-4711-9b1c63aa0e5d72f4: the machine, the process, and what nobody can guess
_MAKER = expression(r"([0-9a-f]{8})-(\d{1,9})-[0-9a-f]{16}")
_LONG = 90
"""Bytes of a name to which some fifty can be added: a disk takes 255, one that encrypts 143."""
_LOST = (errno.ENOSPC, errno.EDQUOT, errno.EIO)
_NO_ROOM = (*_LOST, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM)
_NO_NAME = (errno.ENAMETOOLONG, errno.ELOOP)


@contextmanager
def lock(place: Path, wait: float = 0) -> Iterator[None]:
    """Be the only program of yiyang at work on a file or folder; `InputError` names another.

    The lock goes with the process that holds it, however that ends. The hidden file beside the
    place, which says who holds it, goes when the block ends; Windows keeps it, and a kill. Within a
    thread it may be taken again. On a disk without locks of the system (`flock`), the file is the
    lock: filelock writes in it who holds it, takes it away, and takes that of a dead one.
    """
    # 0.1 s, and only writers need it
    from filelock import FileLock, SoftFileLock, Timeout  # noqa: PLC0415

    # Whoever holds it may go to another folder.
    path = place.absolute().with_name(f".{_short(place.name)}.lock")
    if _is_no_file(path):
        raise refusal("lock.no_file", path)
    with said(place):
        path.parent.mkdir(parents=True, exist_ok=True)
        guard = FileLock(path, is_singleton=True)
        try:
            held = _acquire(guard, path, wait)
        except Timeout as error:
            raise refusal("lock.held", place, holder=_holder(path)) from error
    try:
        if guard.lock_counter == 1 and not isinstance(guard, SoftFileLock):
            _sign(path)
        yield
    finally:
        # Before the release, and only what was locked: nobody else's is taken away.
        if held is not None:
            with suppress(OSError):
                if _lies_at(path, held):
                    path.unlink()
            os.close(held)
        guard.release()


def _is_no_file(path: Path) -> bool:
    """Whether something else than a file lies there, a link too. Asked once: a file that its holder
    takes away meanwhile is none of either."""
    try:
        return not stat.S_ISREG(path.lstat().st_mode)
    except OSError:  # nothing lies there, or nothing that may be looked at: opening it says so
        return False


def _sign(path: Path) -> None:
    """Write into the file of a lock who holds it."""
    command = " ".join([Path(sys.argv[0]).name, *sys.argv[1:]])[:200]
    with suppress(OSError):
        path.write_text(
            tell("safety.holder", pid=os.getpid(), node=platform.node(), command=command),
            encoding="utf-8",
            errors="replace",
        )


def _acquire(guard: FileLock, path: Path, wait: float) -> int | None:
    """Take the lock whose file lies at its path, and return that file, open, to be taken away with
    the lock; None where this is not for the caller to do. A lock whose holder took its file away
    while this program waited for it locks nobody out: it is given back, and the next one taken.

    What lies there before and after, held open, was there all along and is what was locked. The
    file is made here only when the disk is known to have locks: without, the file would be one.
    """
    from filelock import SoftFileLock  # noqa: PLC0415

    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)
    while True:
        before = None
        if os.name != "nt":  # which lets nobody take away what is open
            with suppress(FileNotFoundError):
                before = os.open(path, flags, 0o644)
        is_ours = False
        try:
            guard.acquire(timeout=wait)
            if guard.lock_counter > 1 or isinstance(guard, SoftFileLock) or os.name == "nt":
                return None
            is_ours = before is not None and _lies_at(path, before)
            if is_ours:
                return before
            guard.release()
        finally:
            if before is not None and not is_ours:
                os.close(before)
        flags |= os.O_CREAT


def _lies_at(path: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), path.lstat())
    except FileNotFoundError:
        return False


def _holder(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:  # Windows keeps a locked file to its holder
        return tell("safety.holder_unknown")


@contextmanager
def file(place: Path) -> Iterator[Path]:
    """Give the path to write a file to; it takes its place when the block ends without an error."""
    with said(place):
        _tidy(place)
        fresh = _fresh(place)
        # New, so that no link is followed; with the rights that the system gives a new file.
        os.close(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        try:
            yield fresh
            _to_disk(fresh)
            fresh.replace(place)
            with suppress(OSError):  # the new is in its place, and whole
                _to_disk(place.parent)
        finally:
            fresh.unlink(missing_ok=True)


@contextmanager
def folder(place: Path) -> Iterator[Path]:
    """Give an empty folder to fill; it takes its place when the block ends without an error."""
    if place.is_symlink():
        raise refusal("folder.link", place)
    with said(place), lock(place, WAIT):
        _clear(place)
        fresh = _fresh(place)
        fresh.mkdir()
        try:
            yield fresh
            for path in fresh.rglob("*"):
                _to_disk(path)
            _exchange(fresh, place)
            with suppress(OSError):  # the new is in its place, and whole
                _to_disk(place.parent)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)


def take_away(place: Path) -> None:
    """Remove a folder so that nobody finds a part of it: first its name goes, then its files. What
    a killed run left of one goes with the folder above it, or by the next call there."""
    for path in place.parent.glob(f"{_GONE}*"):
        shutil.rmtree(path, ignore_errors=True)
    gone = place.with_name(f"{_GONE}{secrets.token_hex(8)}")
    with suppress(FileNotFoundError):
        place.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)


_GONE = ".yiyang-gone-"


class DiskError(InputError):
    """A disk takes no more, or may not be written to."""

    def __init__(self, place: str, why: str) -> None:
        self.why = why
        super().__init__(place, **worded("disk.full", why=why))

    def __reduce__(self) -> tuple[Any, ...]:
        return DiskError, (self.place, self.why)


@contextmanager
def said(place: Path) -> Iterator[None]:
    """Turn the errors of a full disk (`DiskError`) and of a name that it does not take into
    `InputError`."""
    try:
        yield
    except OSError as error:
        if error.errno in _NO_NAME:
            raise refusal("folder.name", place, error=error) from error
        if error.errno not in _NO_ROOM:
            raise
        raise DiskError(str(place), str(error.strerror)) from error


def _short(name: str) -> str:
    """A name to which more can be added: of a long one its digest."""
    data = os.fsencode(name)
    return name if len(data) <= _LONG else digests.of_bytes(data)


def _prefix(place: Path) -> str:
    return f".{_short(place.name)}{_OURS}"


def machine() -> str:
    """Name this machine, and where it has several, the world in which the numbers of processes
    hold: two containers of one name may share a folder."""
    world = ""
    with suppress(OSError):  # Linux only
        world = os.readlink("/proc/self/ns/pid")
    return digests.of_bytes(f"{platform.node()} {world}".encode())[:8]


def _fresh(place: Path) -> Path:
    """A new name beside a place; it says who writes there."""
    maker = f"{machine()}-{os.getpid()}-{secrets.token_hex(8)}"
    return place.with_name(_prefix(place) + maker)


def _beside(place: Path) -> list[Path]:
    """What lies beside a place and bears a name of `_fresh`, or that of a folder of an exchange."""
    return [path for path in place.parent.iterdir() if path.name.startswith(_prefix(place))]


def _tidy(place: Path) -> None:
    """Take away what killed runs left of a file; others may be writing it at this moment."""
    for path in _beside(place):
        maker = _MAKER.fullmatch(path.name.removeprefix(_prefix(place)))
        with suppress(OSError):  # another program was faster
            is_old = time.time() - path.lstat().st_mtime > HOUR
            if maker and (is_old or (maker[1] == machine() and is_gone(int(maker[2])))):
                path.unlink()


def is_gone(process: int) -> bool:
    """Tell whether no process of this machine has this number; Windows cannot be asked."""
    if os.name == "nt":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except PermissionError:  # it is somebody else's
        pass
    return False


def _clear(place: Path) -> None:
    """Take away what killed runs left; an old folder that lost its place gets it again."""
    old = _old(place)
    if old.is_dir() and not old.is_symlink() and not place.exists():
        old.rename(place)
    for path in _beside(place):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _old(place: Path) -> Path:
    return place.with_name(f"{_prefix(place)}old")


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
    """Have the system bring a file or the names of a folder to the disk, where it can do so.

    Some systems find only now that the disk is full (NFS): then what was written is lost.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    except OSError as error:
        if error.errno in _LOST:
            raise
