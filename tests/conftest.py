"""What every test may use: the corpus, loaded once, and a copy of the raw folder to damage."""

from __future__ import annotations

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
    """The report, built once from the stored notebooks."""
    from yiyang import report  # noqa: PLC0415  (only the tests of the report need it)

    return report.build(tables.CHECKOUT / "notebooks", tmp_path_factory.mktemp("out") / "r").parent
