"""Files and folders are written whole or not at all, by one program at a time."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path

import pytest
import scripts

from yiyang import InputError
from yiyang.safety import atomic_write


@pytest.fixture(scope="module")
def kills():
    """The script that kills what writes."""
    return scripts.benchmark("kills")


def hidden(folder: Path) -> list[str]:
    """What lies beside, but for the files of locks, which Windows keeps."""
    return [p.name for p in folder.iterdir() if p.name[0] == "." and p.suffix != ".lock"]


def put(place: Path, text: str) -> None:
    with atomic_write.folder(place) as fresh:
        (fresh / "a.txt").write_text(text)


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    place = tmp_path / "tables"
    put(place, "old")
    (place / "more.txt").write_text("x")
    put(place, "new")
    assert [(p.name, p.read_text()) for p in place.iterdir()] == [("a.txt", "new")]
    assert hidden(tmp_path) == []


def fail(at: Path) -> None:
    (at / "a.txt").write_text("half") if at.is_dir() else at.write_text("half")
    raise OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("write", [atomic_write.folder, atomic_write.file])
def test_a_full_disk_leaves_the_old_and_is_said(tmp_path: Path, write) -> None:
    place = tmp_path / "place"
    with write(place) as fresh:
        (fresh / "a.txt").write_text("old") if fresh.is_dir() else fresh.write_text("old")
    with pytest.raises(InputError, match=r"No space left.*make room.*unchanged"), write(place) as f:
        fail(f)
    assert (place / "a.txt" if place.is_dir() else place).read_text() == "old"
    assert hidden(tmp_path) == []


@pytest.mark.parametrize("write", [atomic_write.folder, atomic_write.file])
@pytest.mark.parametrize(("code", "text"), [(errno.ENOSPC, "old"), (errno.EINVAL, "new")])
def test_a_disk_that_is_found_full_at_the_end_leaves_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write, code: int, text: str
) -> None:
    """What no system can bring to the disk (EINVAL) is none the worse."""

    place = tmp_path / "place"

    def put_in(words: str) -> None:
        with write(place) as fresh:
            (fresh / "a.txt" if fresh.is_dir() else fresh).write_text(words)

    def fsync(_: int) -> None:
        raise OSError(code, os.strerror(code))

    put_in("old")
    monkeypatch.setattr(os, "fsync", fsync)
    with pytest.raises(InputError, match="No space left") if text == "old" else nullcontext():
        put_in("new")
    assert (place / "a.txt" if place.is_dir() else place).read_text() == text
    assert hidden(tmp_path) == []


def test_an_error_of_another_kind_is_not_hidden(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), atomic_write.file(tmp_path / "a") as fresh:
        fresh.with_name("b").read_text()


def test_where_folders_cannot_be_exchanged_a_lost_one_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ctypes, "CDLL", lambda name: None)
    place = tmp_path / "tables"
    put(place, "old")
    put(place, "new")
    assert (place / "a.txt").read_text() == "new"
    assert hidden(tmp_path) == []
    place.rename(tmp_path / ".tables-yiyang-old")  # killed between the two renamings
    (tmp_path / ".tables-yiyang-x7").mkdir()
    with pytest.raises(InputError, match="No space"), atomic_write.folder(place) as fresh:
        fail(fresh)
    assert (place / "a.txt").read_text() == "new"
    assert hidden(tmp_path) == []


def test_a_link_is_no_place_for_a_folder(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "tables").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InputError, match="a link"):
        put(tmp_path / "tables", "x")


HOLD = """
import sys, pathlib
from yiyang.safety import atomic_write
with atomic_write.lock(pathlib.Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_program_is_told_who_is_at_work(tmp_path: Path) -> None:
    place = tmp_path / "report"
    command = [sys.executable, "-c", HOLD, str(place)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        said = rf"another program at work on it \(process {other.pid} on .*expected one at a time"
        with pytest.raises(InputError, match=said), atomic_write.lock(place):
            pass
        other.kill()  # its lock goes with it
    with atomic_write.lock(place), atomic_write.lock(place):
        put(place, "x")


@pytest.mark.parametrize("make", [lambda path: path.symlink_to(path.parent / "b"), Path.mkdir])
def test_only_a_file_of_its_own_is_a_lock(tmp_path: Path, make) -> None:
    (tmp_path / "b").write_text("precious")
    make(tmp_path / ".a.lock")
    with (
        pytest.raises(InputError, match=r"\.a\.lock: found a link, or"),
        atomic_write.lock(tmp_path / "a"),
    ):
        pass
    assert (tmp_path / "b").read_text() == "precious"


KILLED = """
import os, pathlib, signal, sys
from yiyang.safety import atomic_write
for name in sys.argv[1:]:
    if not os.fork():
        with atomic_write.file(pathlib.Path(name)) as fresh:
            fresh.write_text("half")
            os.kill(os.getpid(), signal.SIGKILL)
    os.wait()
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="writers are copies of a process")
def test_what_killed_runs_left_goes_with_the_next_one(tmp_path: Path) -> None:
    """What a living process writes stays, for an hour; so does what bears the name of another."""
    place, other = tmp_path / "a.txt", tmp_path / "b.txt"
    command = [sys.executable, "-c", KILLED, *map(str, [place, place, other])]
    subprocess.run(command, check=True, timeout=60)
    assert len(hidden(tmp_path)) == 2  # the second took the first away
    with atomic_write.file(place) as alive, atomic_write.file(place) as fresh:
        fresh.write_text("new")
    assert place.read_text() == ""
    assert [name.startswith(".b.txt-") for name in hidden(tmp_path)] == [True]
    left = alive.with_name(f"{alive.name[:-1]}x")
    for place_of in (alive, left):
        place_of.touch()
        os.utime(place_of, (0, 0))
    with atomic_write.file(place) as fresh:
        fresh.write_text("new")
    assert not alive.exists()
    assert left.exists()


@pytest.mark.parametrize("name", ["a", "名" * 85, "a" * 255])
def test_a_name_as_long_as_the_disk_takes_it_is_written(tmp_path: Path, name: str) -> None:
    for write in (atomic_write.folder, atomic_write.file):
        with write(tmp_path / name) as fresh:
            assert len(os.fsencode(fresh.name)) <= 255
        assert write is atomic_write.folder or hidden(tmp_path) == []
        (tmp_path / name).rmdir() if write is atomic_write.folder else None
    with (
        pytest.raises(InputError, match="the disk does not take"),
        atomic_write.file(tmp_path / ("a" * 256)),
    ):
        pass


def test_new_files_and_folders_have_the_rights_that_the_system_gives(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        with atomic_write.folder(tmp_path / "tables"), atomic_write.file(tmp_path / "a"):
            pass
    finally:
        os.umask(before)
    assert [stat.S_IMODE((tmp_path / n).stat().st_mode) for n in ("tables", "a")] == [0o750, 0o640]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="writers are copies of this process")
def test_kills_at_random_moments_leave_the_old_or_the_new(kills) -> None:
    said = kills.run(8, seed=1)
    assert said["kills"] >= 8
    assert said["damaged"] == []
    assert said["left_beside"] == []


def test_a_mixture_would_be_seen(tmp_path: Path, kills) -> None:
    """The check of the kills itself: a folder with a file of another version is neither."""
    states = []
    for version in kills.VERSIONS:
        kills.write_tables(tmp_path, version)
        states.append(kills.state(tmp_path / "tables"))
        shutil.copytree(tmp_path / "tables", tmp_path / version)
    shutil.copy(tmp_path / "old" / "leftovers.csv", tmp_path / "tables")
    assert len(set(states)) == 2
    assert kills.state(tmp_path / "tables") not in states


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the file of a lock")
def test_the_file_of_a_lock_goes_and_still_one_is_at_work_at_a_time(tmp_path: Path) -> None:
    """A lock whose file was taken away while others waited for it is none."""
    place = tmp_path / "n"
    place.write_text("0")

    def count(_: int) -> None:
        for _ in range(15):
            with atomic_write.lock(place, 60), atomic_write.lock(place):
                place.write_text(str(int(place.read_text()) + 1))

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(count, range(6)))
    assert place.read_text() == "90"
    assert [path.name for path in tmp_path.iterdir()] == ["n"]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the file of a lock")
def test_a_lock_on_a_file_taken_away_is_taken_anew(tmp_path: Path) -> None:
    from filelock import FileLock  # noqa: PLC0415

    path = tmp_path / ".n.lock"
    path.touch()
    usual, taken = FileLock.acquire, []

    def acquire(guard: FileLock, timeout: float) -> object:
        held = usual(guard, timeout=timeout)
        taken.append(path.lstat().st_ino)
        if len(taken) == 1:  # its holder goes, and another program begins
            path.unlink()
            path.touch()
        return held

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FileLock, "acquire", acquire)
        with atomic_write.lock(tmp_path / "n"):
            assert len(taken) == 2
            assert path.lstat().st_ino == taken[1]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the file of a lock")
def test_the_file_of_another_lock_stays(tmp_path: Path) -> None:
    """A person may take a lock's file away: then another program begins, and its lock holds."""
    place, path = tmp_path / "n", tmp_path / ".n.lock"
    command = [sys.executable, "-c", HOLD, str(place)]
    with atomic_write.lock(place):
        path.unlink()
        other = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
    with other:
        with pytest.raises(InputError, match="another program"), atomic_write.lock(place):
            pass
        other.communicate()
    assert not path.exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps the file of a lock")
def test_a_lock_stays_where_it_was_taken(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "b").mkdir()
    other = tmp_path / "b" / ".n.lock"
    other.touch()
    monkeypatch.chdir(tmp_path)
    with atomic_write.lock(Path("n")):
        monkeypatch.chdir(tmp_path / "b")
    assert other.exists()
    assert not (tmp_path / ".n.lock").exists()


@pytest.mark.filterwarnings("ignore:flock not supported")
@pytest.mark.skipif(os.name == "nt", reason="Windows has no flock")
def test_a_disk_without_locks_has_one_program_at_work_at_a_time(
    tmp_path: Path, monkeypatch
) -> None:
    import fcntl  # noqa: PLC0415

    def flock(*_: object) -> None:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS))

    monkeypatch.setattr(fcntl, "flock", flock)
    place = tmp_path / "n"
    without = f"import errno, fcntl\ndef flock(*_): raise OSError(errno.ENOSYS, '')\n{HOLD}"
    without = without.replace("with atomic", "fcntl.flock = flock\nwith atomic")
    command = [sys.executable, "-W", "ignore", "-c", without, str(place)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(InputError, match=str(other.pid)), atomic_write.lock(place):
            pass
        other.kill()  # its lock goes with it
    for _ in range(2):
        with atomic_write.lock(place, 30), atomic_write.lock(place):
            put(tmp_path / "report", "x")
            assert (tmp_path / ".n.lock").read_text().startswith(f"{os.getpid()}\n")
        assert [path.name for path in tmp_path.iterdir()] == ["report"]


def test_a_folder_that_is_taken_away_is_never_half_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that is killed in the middle leaves no part under the folder's name."""

    def killed(path: Path, *, ignore_errors: bool) -> None:
        raise KeyboardInterrupt

    place = tmp_path / "parts"
    place.mkdir()
    (place / "0000").touch()
    with monkeypatch.context() as patch:
        patch.setattr(atomic_write.shutil, "rmtree", killed)
        with pytest.raises(KeyboardInterrupt):
            atomic_write.take_away(place)
    assert not place.exists()
    place.mkdir()
    atomic_write.take_away(place)
    assert list(tmp_path.iterdir()) == []
