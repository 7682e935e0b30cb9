"""The made-up corpus of the benchmarks: the same bytes each time, and read back without a fault."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType

import pandas as pd
import pytest

from yiyang import build, extract
from yiyang.reading import sources

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
N = 60


@pytest.fixture(scope="module")
def corpus() -> ModuleType:
    """The script `benchmarks/corpus.py` and what it imports."""
    sys.path.insert(0, str(BENCHMARKS))
    try:
        import corpus  # noqa: PLC0415
        import synthetic.accuracy  # noqa: PLC0415, F401
    finally:
        sys.path.remove(str(BENCHMARKS))
    return corpus


@pytest.fixture(scope="module")
def folder(corpus: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of `N` documents."""
    out = tmp_path_factory.mktemp("synthetic")
    corpus.write(N, out, seed=1)
    return out


def _files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*.*")}


def test_same_seed_gives_same_bytes(corpus: ModuleType, folder: Path, tmp_path: Path) -> None:
    corpus.write(N // 2, tmp_path, seed=1)
    first, again = _files(folder), _files(tmp_path)
    documents = [name for name in again if name.startswith("000/")]
    assert len(documents) == N // 2
    assert all(first[name] == again[name] for name in documents)
    corpus.write(3, tmp_path, seed=2)
    assert _files(tmp_path)[min(documents)] != first[min(documents)]


def test_all_formats_and_layouts_are_there_and_marked(corpus: ModuleType, folder: Path) -> None:
    listed = sources.catalogue(folder)
    assert listed["note"].eq("合成 synthetic").all()
    assert listed["file_name"].str.contains("synthetic").all()
    endings = listed["file_name"].str.rpartition(".")[2].value_counts()
    assert endings["docx"] == N // 5
    assert set(endings.index) == {"docx", "html", "txt", "xlsx"}
    for name in listed["file_name"]:
        blocks = extract.blocks((folder / name).read_bytes(), name).blocks
        assert any("合成 synthetic" in text for block in blocks for text in block.texts)


def test_undamaged_documents_are_read_without_a_fault(corpus: ModuleType, folder: Path) -> None:
    from synthetic import accuracy  # noqa: PLC0415

    scores = accuracy.scores(folder / "answers", build.base(folder), by="damage")
    whole = scores[scores["damage"] == "none"].set_index("what")
    assert set(whole.index) == set(accuracy.KEYS)
    assert whole.loc["tasks", "there"] > 10 * N
    pd.testing.assert_series_equal(whole["right"], whole["there"], check_names=False)
    pd.testing.assert_series_equal(whole["found"], whole["there"], check_names=False)
