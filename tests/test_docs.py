"""The guide runs as it stands, the examples of the docstrings too, and the reference has the face.

The site itself is built once (12 s), any warning an error.
"""

from __future__ import annotations

import doctest
import inspect
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import yiyang
from yiyang.show.preview import EXAMPLE

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


OWN = DOCS / "guide" / "from-a-list-to-a-chart.md"
"""Held with what it prints and draws below."""


@pytest.mark.parametrize("path", sorted({*GUIDES} - {OWN}), ids=lambda path: path.stem)
def test_a_how_to_runs_as_it_stands(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"^```python\n(.*?)^```", path.read_text("utf-8"), re.M | re.S)
    assert len(blocks) > 2
    exec(compile("\n".join(blocks), path.name, "exec"), {})


def test_the_guide_draws_and_cites_a_list_of_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What it shows as printed is printed, and no task of yiyang's own is cited for the reader."""
    monkeypatch.chdir(tmp_path)
    page = OWN.read_text("utf-8")
    blocks = re.findall(r"^```(python)?\n(.*?)^```", page, re.M | re.S)
    exec(compile("\n".join(text for kind, text in blocks if kind), "guide", "exec"), {})
    printed = capsys.readouterr().out
    shown = [text for kind, text in blocks if not kind and "yiyang add" not in text]
    assert len(shown) == 2
    for text in shown:
        assert text in printed
    assert set(re.findall(r'cite\("([\w-]+)-\d+"', page)) == {"county"}
    drawn = {path.stem for path in tmp_path.iterdir() if path.suffix in {".png", ".svg"}}
    assert drawn == {"agencies", "agencies-zh", "deadlines", "dated"}


def test_both_halves_on_own_documents_say_the_same_in_as_many_points() -> None:
    chinese, english = (DOCS / "your-documents.md").read_text("utf-8").split("\n---\n")
    for mark in (r"^#+ ", r"^\*\*", r"^\| ", r"^```"):
        assert len(re.findall(mark, english, re.M)) == len(re.findall(mark, chinese, re.M)), mark


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
        assert re.search(rf"\byiyang\.{name}\b", pages), name
    for room in ("exports", "validation"):
        held = getattr(yiyang, room)
        own = [n for n, f in inspect.getmembers(held, inspect.isfunction) if n[0] != "_"]
        for name in getattr(held, "__all__", [n for n in own if n.startswith("to")]):
            assert f"yiyang.{room}.{name}\n" in pages, name


@pytest.mark.parametrize(
    "subject", ["agencies", "corpus", "deadlines", "matches", "promises", "themes"]
)
def test_the_reference_has_every_chart(subject: str) -> None:
    page = (DOCS / "reference" / "charts.md").read_text("utf-8")
    charts = import_module(f"yiyang.charts.{subject}")
    (listed,) = re.findall(rf"automodule:: {charts.__name__}\n +:members: (.*)", page)
    drawn = inspect.getmembers(charts, inspect.isfunction)
    own = {n for n, f in drawn if f.__module__ == charts.__name__ and n[0] != "_"}
    assert own <= set(listed.split(", "))


def test_the_reference_has_all_that_a_preview_offers() -> None:
    page = (DOCS / "reference" / "corpus.md").read_text("utf-8")
    told = yiyang.Preview.__doc__ + page
    offered = [n for n in dir(yiyang.read(EXAMPLE)) if n[0] != "_"]
    assert [name for name in offered if not re.search(rf"\b{name}\b", told)] == []


def test_the_site_is_built_without_a_warning(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-b", "html", "-q", "-W", "--keep-going"]
    done = subprocess.run(
        [*command, "-d", str(tmp_path / "doctrees"), str(DOCS), str(tmp_path / "html")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    made = {path.stem: path.read_text("utf-8") for path in (tmp_path / "html").rglob("*.html")}
    assert "with_tasks" in made["corpus"]
    assert "yiyang.validation.sample" in made["validation"].replace("</span>", "").replace(
        '<span class="pre">', ""
    )
    assert {"your-documents", "report", "scale", "serve", "reuse", "changes"} <= set(made)
    for name, page in made.items():
        assert "xref myst" not in page, f"{name}: a link leads nowhere"
        assert "name not set" not in page, name
