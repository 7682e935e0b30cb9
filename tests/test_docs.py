"""The guide runs as it stands, the examples of the docstrings too, and the reference has the face.

The site itself is built once (12 s), any warning an error.
"""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import yiyang

DOCS = Path(__file__).resolve().parent.parent / "docs"
GUIDES = sorted(path for path in (DOCS / "guide").glob("*.md") if path.stem != "index")
MODULES = [
    "yiyang",
    "yiyang.agencies.many",
    "yiyang.build",
    "yiyang.core.segmentation",
    "yiyang.themes.codebook",
    "yiyang.themes.estimators",
]


@pytest.mark.parametrize("path", GUIDES, ids=lambda path: path.stem)
def test_a_how_to_runs_as_it_stands(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```python\n(.*?)^```", path.read_text("utf-8"), re.M | re.S)
    assert len(blocks) > 2
    exec(compile("\n".join(blocks), path.name, "exec"), {})


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_the_docstrings_hold(name: str) -> None:
    found = doctest.testmod(import_module(name))
    assert found.attempted > 0
    assert found.failed == 0


def test_the_readmes_are_short_and_lead_to_pages_that_exist() -> None:
    for name in ("README.md", "README.zh.md"):
        text = (DOCS.parent / name).read_text("utf-8")
        assert len(text.splitlines()) <= 90
        for link in re.findall(r"\]\(([^)#:]+)\)", text):
            assert (DOCS.parent / link).exists(), link
        for code in re.findall(r"^```python\n(.*?)^```", text, re.M | re.S):
            exec(compile(code, name, "exec"), {})


def test_both_readmes_say_the_same_in_as_many_points() -> None:
    english, chinese = (
        (DOCS.parent / name).read_text("utf-8") for name in ("README.md", "README.zh.md")
    )
    for mark in (r"^#+ ", r"^- ", r"^\| ", r"^```"):
        assert len(re.findall(mark, english, re.M)) == len(re.findall(mark, chinese, re.M)), mark


def test_no_page_holds_a_mark_that_was_to_be_filled() -> None:
    pages = [*DOCS.rglob("*.md"), *DOCS.parent.glob("*.md")]
    assert [
        path.name for path in pages if re.search(r"@@\w+@@|TODO|FIXME", path.read_text("utf-8"))
    ] == []


def test_the_reference_has_every_name_of_the_face() -> None:
    pages = "".join(path.read_text("utf-8") for path in (DOCS / "reference").glob("*.md"))
    for name in yiyang.__all__:
        held = getattr(yiyang, name)
        place = getattr(held, "__module__", None) or held.__name__
        named = f"{place}.{name}" if hasattr(held, "__module__") else place
        assert named in pages or held.__name__ in pages, name
    for held in (yiyang.exports, yiyang.validation):
        for name in getattr(held, "__all__", []):
            assert name in pages


def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-q", "-W", "--keep-going"]
    done = subprocess.run(
        [*command, "-d", str(tmp_path / "doctrees"), str(DOCS), str(tmp_path / "html")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "html" / "reference" / "corpus.html").read_text("utf-8")
    assert "with_tasks" in page
