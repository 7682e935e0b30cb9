"""What every test may use: the corpus, loaded once, and a copy of the raw folder to damage."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

import pytest

import yiyang
from yiyang import tables


@pytest.fixture(scope="session")
def corpus() -> yiyang.Corpus:
    return yiyang.load()


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A copy of data/raw that a test may damage."""
    return Path(shutil.copytree(tables.raw_folder(), tmp_path / "data" / "raw"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report, built once from the stored notebooks, whichever worker asks first."""
    from yiyang import report  # noqa: PLC0415  (only the tests of the report need it)

    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    with (shared / "report.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (shared / "report").exists():
            report.build(tables.CHECKOUT / "notebooks", shared / "report")
    return shared / "report"
