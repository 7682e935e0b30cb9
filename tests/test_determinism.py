"""The same documents give the same bytes, wherever, whenever and however they are read."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import yiyang
from yiyang import themes
from yiyang.core import schema
from yiyang.safety import digests

DOCUMENTS = Path(__file__).parent / "documents"
WRITE = """
import os, sys
from pathlib import Path
own, folder, cores = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
import yiyang, test_determinism
from yiyang.core import schema
from yiyang.report import execution
corpus = yiyang.load()
schema.write(corpus.all(), folder / "processed")
test_determinism.measure(corpus, folder / "measures")
if cores == 1:
    execution.execute_all(folder / "notebooks")
corpus = yiyang.load(own)
schema.write({name: corpus.table(name) for name in schema.names("base")}, folder / "own")
"""
# OpenBLAS adds up in another order on another processor: two kinds of it beside our own.
# fmt: off
SETTINGS = {
    "plain": {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0",
              "TZ": "America/New_York", "PYTHONHASHSEED": "1", "OMP_NUM_THREADS": "1",
              "OPENBLAS_NUM_THREADS": "1", "OPENBLAS_CORETYPE": "Nehalem"},
    "Chinese": {"LANG": "zh_CN.UTF-8", "LC_ALL": "zh_CN.UTF-8", "TZ": "Asia/Shanghai",
                "PYTHONHASHSEED": "2", "OPENBLAS_NUM_THREADS": "2", "OPENBLAS_CORETYPE": "Haswell"},
}
# fmt: on
PARTS = ("processed", "measures", "own", "notebooks")
NOTEBOOK = "03-deadlines"
"""The one that is made and executed anew in one setting, in both languages, and held against what
is stored; nbval compares the outputs of all."""


def measure(corpus: yiyang.Corpus, folder: Path) -> None:
    """How good the clusters are: drawn samples, and sums of many numbers."""
    folder.mkdir()
    themes.stability(corpus.tasks).to_csv(folder / "stability.csv")
    themes.selection(corpus.tasks, numbers=(20,), draws=2).to_csv(folder / "selection.csv")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, str]]:
    """Both settings at work at once, in folders and on numbers of cores of their own."""
    leave = {"LANG", "LC_ALL", "TZ"}.union(*SETTINGS.values())
    base = {k: v for k, v in os.environ.items() if k not in leave and k[:7] != "YIYANG_"}
    paths = os.pathsep.join(path for path in sys.path if path)
    running = {}
    for cores, (name, settings) in enumerate(SETTINGS.items(), 1):
        folder = tmp_path_factory.mktemp("目录" if name == "Chinese" else "folder")
        stored = sorted((schema.CHECKOUT / "notebooks").rglob(f"{NOTEBOOK}.*"))
        for path in stored if cores > 1 else stored[:1]:  # the one that executes has the source
            copy = folder / path.relative_to(schema.CHECKOUT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
        running[folder] = subprocess.Popen(
            [sys.executable, "-c", WRITE, str(DOCUMENTS), str(folder), str(cores)],
            cwd=folder,
            env=base | settings | {"PYTHONPATH": paths},
            stderr=subprocess.PIPE,
        )
    for process in running.values():
        complaints = process.communicate()[1]
        assert process.returncode == 0, complaints.decode()
    return {
        name: {part: digests.of_files(folder / part) for part in PARTS}
        for name, folder in zip(SETTINGS, running, strict=True)
    }


def test_settings_of_the_machine_change_no_byte(found: dict[str, dict[str, str]]) -> None:
    assert found["plain"] == found["Chinese"]


def test_the_tables_are_those_that_lie_in_the_repository(found) -> None:
    assert found["plain"]["processed"] == digests.of_files(schema.PROCESSED)


def test_the_measures_are_those_of_this_process(found, corpus, tmp_path: Path) -> None:
    measure(corpus, tmp_path / "measures")
    assert found["plain"]["measures"] == digests.of_files(tmp_path / "measures")
