"""Give private folders under the temporary one, and take away those that killed runs left there.

A killed run (SIGKILL, a power cut) cannot tidy up. The name of each folder says which process of
which machine made it; the next run takes away those whose process is no more.
"""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from yiyang.safety import atomic_write
from yiyang.safety.later import expression

# yiyang-office-1f0c93ab-4711-x8k2_qpz: what for, the machine, the process, and what is random
_OURS = expression(r"yiyang-(?:[a-z]+-)?([0-9a-f]{8})-(\d{1,9})-\w+")


@contextmanager
def folder(use: str = "") -> Iterator[Path]:
    """Give an empty folder that only this user can enter; it goes when the block ends."""
    tidy()
    kind = f"{use}-" if use else ""
    prefix = f"yiyang-{kind}{atomic_write.machine()}-{os.getpid()}-"
    with tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True) as name:
        yield Path(name)


def is_own(path: Path) -> bool:
    """Tell whether a file lies in a folder of `folder`, which no other user could have put it
    into."""
    with suppress(OSError):
        found, file = path.parent.lstat(), path.lstat()
        is_ours = bool(_OURS.fullmatch(path.parent.name)) and stat.S_ISDIR(found.st_mode)
        is_mine = not hasattr(os, "getuid") or {found.st_uid, file.st_uid} == {os.getuid()}
        is_closed = os.name == "nt" or not found.st_mode & 0o077
        return is_ours and is_mine and is_closed and stat.S_ISREG(file.st_mode)
    return False


def tidy() -> None:
    """Take away folders of this user that processes which are no more have left."""
    with suppress(OSError):
        for path in Path(tempfile.gettempdir()).iterdir():
            found = _OURS.fullmatch(path.name)
            if found and found[1] == atomic_write.machine() and _is_left(path, int(found[2])):
                shutil.rmtree(path, ignore_errors=True)


def _is_left(path: Path, process: int) -> bool:
    if not atomic_write.is_gone(process):
        return False
    with suppress(OSError):
        found = path.lstat()
        is_mine = not hasattr(os, "getuid") or found.st_uid == os.getuid()
        return stat.S_ISDIR(found.st_mode) and is_mine
    return False
