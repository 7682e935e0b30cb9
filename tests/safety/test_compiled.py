"""Expressions are compiled once for all runs; what is read does not hang on what was kept."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from yiyang.core import schema

pytestmark = pytest.mark.skipif(os.name == "nt", reason="nothing is kept on Windows")
DOCUMENTS = schema.CHECKOUT / "tests" / "documents"


def _read(cache: Path, name: str = "levels.txt") -> bytes:
    """What the program prints of a document, with its kept expressions in a folder of ours."""
    return subprocess.run(
        [sys.executable, "-m", "yiyang", "read", str(DOCUMENTS / name)],
        env={**os.environ, "XDG_CACHE_HOME": str(cache), "COLUMNS": "200"},
        capture_output=True,
        check=True,
    ).stdout


def _kept(cache: Path) -> Path:
    [path] = (cache / "yiyang").iterdir()
    return path


def test_a_document_is_read_alike_with_expressions_that_were_kept(tmp_path: Path) -> None:
    first = _read(tmp_path)
    kept = _kept(tmp_path)
    written = kept.stat().st_mtime_ns
    assert _read(tmp_path) == first
    assert kept.stat().st_mtime_ns == written
    kept.write_bytes(kept.read_bytes()[:-1])
    assert _read(tmp_path) == first
    assert kept.stat().st_mtime_ns != written


def test_no_word_of_a_document_is_kept(tmp_path: Path) -> None:
    sizes = []
    for name in ("levels.txt", "notice.txt"):
        _read(tmp_path / name, name)
        sizes.append(_kept(tmp_path / name).read_bytes())
    assert sizes[0] == sizes[1]


def test_a_folder_in_which_others_write_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "yiyang").mkdir()
    (tmp_path / "yiyang").chmod(0o777)
    assert _read(tmp_path)
    assert [*(tmp_path / "yiyang").iterdir()] == []


SAME = """
import re, sys
from yiyang.safety import compiled
before = re._compiler.compile
compiled.use()
assert re._compiler.compile is not before
for (pattern, flags), made in re._compiler.compile.kept.items():
    kept = re._compiler.compile(pattern, flags)
    fresh = before(pattern, flags)
    assert kept == fresh, pattern
    assert (kept.groups, kept.groupindex) == (fresh.groups, fresh.groupindex), pattern
print(len(re._compiler.compile.kept))
"""


def test_each_kept_expression_is_the_one_that_python_compiles(tmp_path: Path) -> None:
    _read(tmp_path)
    said = subprocess.run(
        [sys.executable, "-c", SAME],
        env={**os.environ, "XDG_CACHE_HOME": str(tmp_path)},
        capture_output=True,
        check=True,
    ).stdout
    assert json.loads(said) > 500


IMPORTED = """
import re, sys
before = re._compiler.compile
import yiyang
import yiyang.reading.documents
assert re._compiler.compile is before
print("pandas" in sys.modules)
"""


def test_a_program_that_imports_yiyang_has_its_own_expressions_and_no_pandas() -> None:
    said = subprocess.run([sys.executable, "-c", IMPORTED], capture_output=True, check=True).stdout
    assert said.split() == [b"False"]


READY = "import yiyang.reading.ready, sys; print('pandas' in sys.modules)"


def test_a_document_is_read_without_dataframes() -> None:
    said = subprocess.run([sys.executable, "-c", READY], capture_output=True, check=True).stdout
    assert said.split() == [b"False"]
