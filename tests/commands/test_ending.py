"""A command ends in one line and with its code, whatever ends it: a signal, a lost output."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from yiyang.core import schema
from yiyang.safety import atomic_write, ending, private

DOCUMENT = schema.CHECKOUT / "tests" / "documents" / "levels.txt"
YIYANG = [sys.executable, "-m", "yiyang"]
POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has none of these signals and files")


def _run(command: str, **settings: str) -> subprocess.CompletedProcess[bytes]:
    """Run a line of a shell in which `$Y` is the program; standard errors are kept apart."""
    program = " ".join(YIYANG)
    own = {**os.environ, "PYTHONUTF8": "0", "PYTHONWARNDEFAULTENCODING": "", **settings}
    line = command.replace("$Y", program).replace("$D", str(DOCUMENT))
    return subprocess.run(["bash", "-c", line], capture_output=True, env=own, check=False)


@POSIX
@pytest.mark.parametrize("encoding", ["ascii", "gbk"])
def test_an_output_that_cannot_print_a_character_shows_its_number(encoding: str) -> None:
    ran = _run("$Y read $D; $Y read --json $D", PYTHONIOENCODING=encoding)
    assert ran.returncode == 0
    assert b"Traceback" not in ran.stderr
    shown = ran.stdout.decode(encoding)
    name = "进一步支持民间投资实施方案"
    escaped = name.encode("ascii", "backslashreplace").decode()
    assert (name if encoding == "gbk" else escaped) in shown
    [told] = json.loads(shown[shown.index("\n[") :])
    assert told["document"]["title"] == name


@POSIX
@pytest.mark.parametrize(
    ("command", "codes"),
    [
        ("$Y read $D >/dev/full", {ending.NO_OUTPUT}),
        ("$Y read --json $D >/dev/full", {ending.NO_OUTPUT}),
        ("$Y read $D >/dev/full 2>/dev/full", {ending.NO_OUTPUT}),
        ("$Y read $D >&-", {0}),
        ("$Y read $D >&- 2>&-", {0}),
        ("set -o pipefail; $Y read --json $D | true", {0, 1, ending.NO_OUTPUT}),
    ],
)
def test_a_lost_output_is_a_line_or_none(command: str, codes: set[int]) -> None:
    ran = _run(command)
    assert ran.returncode in codes
    assert len(ran.stderr.splitlines()) <= 1
    assert b"Traceback" not in ran.stderr


@POSIX
def test_an_unknown_limit_is_refused_before_anything_is_read() -> None:
    ran = _run("$Y read $D", YIYANG_LIMIT_PAGE="3")
    assert ran.returncode == 1
    assert ran.stdout == b""
    assert b"the limit page: found no limit of this name" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1


WAITING = """
import signal, time
# where the tests run behind a shell it has SIGINT ignored, and Python then leaves it so
signal.signal(signal.SIGINT, signal.default_int_handler)
from yiyang.commands import cli
from yiyang.safety import private

@cli.app.command()
def wait():
    with private.folder("test") as own:
        print(own, flush=True)
        time.sleep(100)

cli.app(["wait"])
"""


@POSIX
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_ends_a_command_in_a_line(number: signal.Signals, code: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WAITING], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as program:
        assert program.stdout is not None
        own = Path(program.stdout.readline().strip())
        assert own.is_dir()
        program.send_signal(number)
        _, said = program.communicate(timeout=60)
    assert program.returncode == code
    [line] = said.splitlines()
    assert f"ended by {number.name}" in line
    assert not own.exists()


@POSIX
@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130)])
def test_a_signal_while_a_program_starts_is_a_line_too(number: signal.Signals, code: int) -> None:
    with subprocess.Popen([*YIYANG, "doctor"], stderr=subprocess.PIPE, text=True) as program:
        while program.poll() is None and not _listens(program.pid):
            time.sleep(0.002)
        program.send_signal(number)
        _, said = program.communicate(timeout=60)
    assert program.returncode in (code, 0)  # 0: it was faster
    assert "Traceback" not in said


def _listens(process: int) -> bool:
    """Whether a process has taken SIGTERM (SIGINT is Python's own from the beginning)."""
    caught = [
        line.split()[1]
        for line in Path(f"/proc/{process}/status").read_text().splitlines()
        if line.startswith("SigCgt")
    ]
    return bool(int(caught[0], 16) >> (signal.SIGTERM - 1) & 1)


@POSIX
def test_folders_of_killed_runs_go_and_those_of_running_ones_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with subprocess.Popen(["true"]) as gone:
        gone.wait()
    here = atomic_write.machine()
    names = {
        f"yiyang-{here}-{gone.pid}-abc": False,
        f"yiyang-office-{here}-{gone.pid}-abc": False,
        f"yiyang-{here}-{os.getpid()}-abc": True,
        f"yiyang-0123abcd-{gone.pid}-abc": True,  # of another machine, or container
        "yiyang-notes": True,
        f"other-{here}-{gone.pid}-abc": True,
    }
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text("a")
    away = tmp_path / "away"
    away.mkdir()
    (tmp_path / f"yiyang-{here}-{gone.pid}-link").symlink_to(away)
    with private.folder() as own:
        assert own.is_dir()
        assert {name: (tmp_path / name).exists() for name in names} == names
    assert not own.exists()
    assert away.is_dir()
