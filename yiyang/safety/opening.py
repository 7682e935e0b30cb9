"""Open the files of a corpus: whoever else can write there may have put a pipe, a device, a link
or a file without end in the place of a document."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path

from yiyang.safety import limits
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.telling import tell

# Without waiting for the other end of a pipe, through no last link, not as the terminal of this
# process, and with the bytes as they are (Windows, which has none of the others).
_FLAGS = ("O_NONBLOCK", "O_NOFOLLOW", "O_NOCTTY", "O_CLOEXEC", "O_BINARY")
_OPEN = os.O_RDONLY | sum(getattr(os, name, 0) for name in _FLAGS)
_KINDS = {
    stat.S_IFDIR: tell("safety.folder"),
    stat.S_IFIFO: tell("safety.pipe_fifo"),
    stat.S_IFSOCK: tell("safety.socket"),
    stat.S_IFCHR: tell("safety.device"),
    stat.S_IFBLK: tell("safety.device"),
    stat.S_IFLNK: tell("safety.link"),
}
_MISSING = tell("safety.no_such_file")


def path_of(named: object, place: str) -> Path:
    """Return the path that a caller names in words or as a path; `InputError` for anything else."""
    path = os.fspath(named) if isinstance(named, str | os.PathLike) else None
    if not isinstance(path, str):  # bytes name a file on some systems only
        raise refusal("file.no_path", place, kind=type(named).__name__)
    return Path(path)


def is_inside(folder: Path, name: str) -> bool:
    """Tell whether a file is in its folder, links followed; one that leads to itself is nowhere."""
    return _inside(folder, name) is not None


def read_bytes(folder: Path, name: str) -> bytes:
    """Read the bytes of a file of a folder. Raises `InputError` where it is missing, no regular
    file, a link that leads out of the folder, or larger than the limit `file_bytes`.
    """
    place = str(folder / name)
    path = _inside(folder, name)
    if path is None:
        raise refusal("document.leads_out", place)
    try:
        descriptor = os.open(path, _OPEN)
    except (OSError, ValueError) as error:
        raise _no_document(place, _why(path, error)) from error
    try:
        # Of what was opened: the name may stand for something else by now.
        found = os.fstat(descriptor)
        if not stat.S_ISREG(found.st_mode):
            raise _no_document(place, _kind(found))
        limits.hold("file_bytes", found.st_size, "limit.bytes_of_file")
        with open(descriptor, "rb", closefd=False) as file:
            return file.read(found.st_size)  # no more of one that grows meanwhile
    except limits.LimitError as error:
        raise error.at(place) from error
    finally:
        os.close(descriptor)


def _inside(folder: Path, name: str) -> Path | None:
    """Where a file lies, links followed; None where that is not in its folder."""
    path = folder / name
    try:
        real = path.resolve()
        return real if real.is_relative_to(folder.resolve()) else None
    except (OSError, RuntimeError):  # links in a ring
        return None
    except ValueError:  # a name with NUL, which is that of no file
        return path


def _why(path: Path, error: OSError | ValueError) -> str:
    """Why a file cannot be opened."""
    if isinstance(error, ValueError) or error.errno in (errno.ENOENT, errno.ENOTDIR):
        return _MISSING
    with suppress(OSError):
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            return _kind(found)
    return tell("safety.file_cannot_be_opened", error=error.strerror)


def _kind(found: os.stat_result) -> str:
    return _KINDS.get(stat.S_IFMT(found.st_mode), tell("safety.no_regular_file"))


def _no_document(place: str, found: str) -> InputError:
    key = "document.missing" if found == _MISSING else "document.no_file"
    return refusal(key, place, found=found)
