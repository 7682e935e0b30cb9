"""Documents are read in processes of their own: what one of them does stays its own affair."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from yiyang import InputError
from yiyang.safety import garbage, limits, pool, private, worker
from yiyang.safety.limits import Limits

QUICK = Limits(processor_seconds=1, memory_bytes=300_000_000, result_bytes=1_000_000)


def act(what: str) -> object:
    """Do what a hostile document would have its reader do."""
    if what == "spin":
        while True:
            pass
    if what == "sleep":
        time.sleep(60)
    if what == "eat":
        return len(b"x" * 1_000_000_000)
    if what == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    if what == "abort":  # as a library in Rust does where memory ends
        os.write(2, b"memory allocation of 402653184 bytes failed\nnote: more\n")
        os.abort()
    if what == "exit":
        os._exit(3)
    if what == "fail":
        raise KeyError("no such thing")
    if what == "refuse":
        raise InputError("a.txt, line 3", found="x", expected="y", remedy="z")
    if what == "large":
        return b"x" * 2_000_000
    if what == "open":
        return sys.stdin
    return what, os.getpid()


ENDINGS = {
    "spin": r"^spin: .* 1 seconds of processor.*limit processor_seconds.*"
    r"--limit processor_seconds=2 or YIYANG_LIMIT_PROCESSOR_SECONDS=2",
    "eat": r"^eat: .*memory does not suffice.*limit memory_bytes",
    "crash": r"^crash: .*SIGSEGV",
    "abort": r"^abort: .*memory does not suffice.*limit memory_bytes",
    "exit": r"^exit: .*exit code 3",
    "fail": r"^fail: .*KeyError.*no such thing.*test_isolation.py, line \d+",
    "refuse": r"^a.txt, line 3: found x; expected y. What to do: z.$",
    "large": r"^large: .*read into 2,000,\d+ bytes.*limit result_bytes",
    "open": r"^open: .*cannot be handed back.*TypeError",
}


@pytest.mark.parametrize("processes", [1, 2])
def test_each_ending_is_named_and_the_others_are_read_in_order(processes: int) -> None:
    acts = ["a", *ENDINGS, "b"] if processes == 1 else ["a", "crash", "b", "fail", "c"]
    ends = list(pool.map(act, acts, processes=processes, limits=QUICK))
    for what, end in zip(acts, ends, strict=True):
        if what in ENDINGS:
            with pytest.raises(InputError, match=ENDINGS[what]):
                raise end
        else:
            assert end[0] == what


def test_what_a_process_says_before_its_first_word_is_heard_is_not_lost(monkeypatch) -> None:
    """It has written and ended already when it is heard that it has started."""
    listen = pool._listen

    def late(team: list[pool._Worker]) -> None:
        for each in team:
            if each.process:
                each.process.wait()
        listen(team)

    monkeypatch.setattr(pool, "_IDLE", [])
    monkeypatch.setattr(pool, "_listen", late)
    with pytest.raises(InputError, match=ENDINGS["abort"]):
        pool.run(act, "abort", "abort", QUICK)


def test_a_document_for_which_nothing_happens_is_named() -> None:
    with pytest.raises(InputError, match=r"^a: .*2 seconds of the clock.*limit wall_seconds"):
        pool.run(act, "sleep", "a", Limits(wall_seconds=2))


class Trap:
    """What can be sent and not be received."""

    def __reduce__(self) -> object:
        return act, ("fail",)


def test_an_item_that_does_not_arrive_is_named_and_the_others_are_read() -> None:
    first, trap, last = pool.map(act, ["a", Trap(), "b"], name=lambda item: "the item")
    assert (first[0], last[0]) == ("a", "b")
    assert "cannot be handed to the process that reads (KeyError" in str(trap)


def test_a_process_stays_for_the_next_documents() -> None:
    pids = {pid for _, pid in pool.map(act, [*"abc"])}
    pids |= {pool.run(act, "d", "d")[1]}
    assert len(pids) == 1
    assert os.getpid() not in pids


def remember(size: int, kept: list[bytes] = []) -> int:  # noqa: B006  (what stays is the point)
    kept.append(b"x" * size)
    return len(kept)


def test_memory_is_judged_without_what_earlier_documents_left() -> None:
    sizes = [150_000_000, 150_000_000, 500_000_000]
    first, second, third = pool.map(remember, sizes, limits=QUICK)
    assert (first, second) == (1, 1)
    assert isinstance(third, InputError)


def fail_after_the_first(_: str, done: list[str] = []) -> str:  # noqa: B006  (as above)
    if done:
        raise ImportError("failed to map segment from shared object")
    done.append("x")
    return "read"


def test_a_document_is_not_blamed_for_what_those_before_it_left() -> None:
    assert [*pool.map(fail_after_the_first, "abc")] == ["read"] * 3


def arrive(seconds: float) -> str:
    begun = time.process_time()
    while time.process_time() < begun + seconds:
        pass
    return "b"


class Slow:
    """What takes long to be received, as the first use of a package does."""

    def __reduce__(self) -> tuple[object, tuple[float]]:
        return arrive, (2.2,)


def test_what_is_used_between_two_documents_is_counted_to_neither() -> None:
    assert [what for what, _ in pool.map(act, ["a", Slow()], limits=QUICK)] == ["a", "b"]


def test_a_process_that_had_more_memory_is_not_taken_for_less() -> None:
    pids = [
        pool.run(act, "a", "a", Limits(memory_bytes=size))[1]
        for size in (900_000_000, 900_000_000, 500_000_000)
    ]
    assert pids[0] == pids[1] != pids[2]


def test_a_reading_that_is_broken_off_leaves_no_process_behind() -> None:
    reading = pool.map(act, ["a", "sleep", "b"])
    (_, pid) = next(reading)
    reading.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_no_document_is_blamed_where_no_process_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_IDLE", [])
    monkeypatch.setattr(sys, "executable", shutil.which("false"))
    with pytest.raises(InputError, match=r"^the process that reads .* ends at once, exit code 1"):
        pool.run(act, "a", "a")


def test_a_script_without_a_main_guard_can_read(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "print('once')\nfrom yiyang.safety import pool\nprint(*pool.map(abs, [-1, -2]))\n"
    )
    run = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert run.stdout == "once\n1 2\n"


def limits_there(_: str) -> tuple[int, int, str]:
    known = limits.current()
    return known.pages, known.cells, os.environ["YIYANG_CORPUS"]


def test_limits_and_settings_reach_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    pool.run(act, "a", "a")  # one is there, and was started under other settings
    monkeypatch.setenv("YIYANG_CORPUS", "x")
    monkeypatch.setenv("YIYANG_LIMIT_PAGES", "7")
    with limits.use(cells=9):
        assert pool.run(limits_there, "a", "a") == (7, 9, "x")


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("pages=-1", r"the limit pages: found '-1'; expected a whole number"),
        ("pages", r"the limit pages: found ''"),
        (
            "pages=0",
            r"the limit pages: found 0; expected a whole number from 1 to 1,000,000,000,000",
        ),
        (f"pages={'9' * 5000}", r"the limit pages: found '9{30}'…; expected a whole number"),
        ("wall_seconds=99999999999999", r"the limit wall_seconds: .* from 1 to 1,000,000\."),
        (f"memory_bytes={10**19}", r"the limit memory_bytes: found 10,000,000,000,000,000,000;"),
        ("page=1", r"the limit page: found no limit of this name; expected one of file_bytes, "),
    ],
)
def test_a_limit_that_is_none_is_said(option: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        limits.set_by_option([option])


def test_the_largest_limits_can_be_taken() -> None:
    most = Limits(**{name: limits.most_of(name) for name in limits.NAMES})
    assert pool.run(act, "a", "a", most)[0] == "a"
    with pytest.raises(InputError, match="the limit cells"), limits.use(cells=10**13):
        pass


def test_only_a_file_of_a_private_folder_is_ones_own(tmp_path: Path) -> None:
    with private.folder("kept") as own:
        kept = own / "tables.pickle"
        kept.write_bytes(b"")
        assert private.is_own(kept)
        (own / "link").symlink_to(kept)
        assert not private.is_own(own / "link")
        own.chmod(0o755)
        assert not private.is_own(kept)
    assert not private.is_own(kept)
    (tmp_path / "tables.pickle").write_bytes(b"")
    assert not private.is_own(tmp_path / "tables.pickle")


def test_garbage_is_looked_for_as_usual_again_whatever_happens() -> None:
    usual = gc.get_threshold()

    @garbage.looked_for_seldom()
    def fail() -> None:
        assert gc.get_threshold() == garbage.THRESHOLDS
        raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert gc.get_threshold() == usual


def test_a_refusal_where_memory_is_nearly_full_is_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    order = worker.Order(act, Limits(memory_bytes=10**12))
    assert order.do("refuse").is_for_good
    monkeypatch.setattr(worker, "NEARLY_FULL", 0.0)
    assert not order.do("refuse").is_for_good or not Path("/proc/self/statm").exists()
