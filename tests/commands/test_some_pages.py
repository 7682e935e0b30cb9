"""Pages of the lists alone, and clusters in place of a codebook."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import shapes
from typer.testing import CliRunner

import yiyang
from yiyang.commands import cli
from yiyang.safety.errors import InputError
from yiyang.themes import codebooks, made_of_clusters

RUN = CliRunner()


@pytest.fixture(autouse=True)
def _the_surroundings_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", os.environ.copy())


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(shapes.text(shapes.CARE[:4]), encoding="utf-8")
    return tmp_path


def test_what_a_person_wrote_into_the_clusters_stays(lists: Path) -> None:
    folder, tasks = lists / ".clusters", yiyang.load(lists).tasks
    assert made_of_clusters.write(tasks, folder) > 0
    assert not made_of_clusters.is_edited(folder)
    made_of_clusters.write(tasks, folder)  # as often as one likes
    path = folder / codebooks.THEMES
    path.write_text(path.read_text(encoding="utf-8").replace("Cluster", "Beds"), encoding="utf-8")
    edited = path.read_bytes()
    with pytest.raises(InputError, match="edited"):
        made_of_clusters.write(tasks, folder)
    assert cli._of_clusters(lists, None, False, "") == folder
    assert path.read_bytes() == edited


def test_a_folder_of_a_persons_own_is_edited(lists: Path) -> None:
    (lists / ".clusters").mkdir()
    (lists / ".clusters" / codebooks.SEEDS).write_text("theme_id\n", encoding="utf-8")
    assert made_of_clusters.is_edited(lists / ".clusters")


@pytest.mark.parametrize("pages", ["nothing", "lists,charts", ","])
def test_an_unknown_page_is_refused_by_name(lists: Path, pages: str) -> None:
    done = RUN.invoke(cli.app, ["report", "--corpus", str(lists), "--pages", pages])
    assert (done.exit_code, "lists,tasks" in done.stderr) == (1, True)


def test_pages_of_nobody_are_refused() -> None:
    done = RUN.invoke(cli.app, ["report", "--pages", "lists"])
    assert done.exit_code == 1
    assert "--corpus" in done.stderr
