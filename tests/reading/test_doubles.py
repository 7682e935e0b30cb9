"""Documents that are one are counted once, unless the catalogue says otherwise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from builders import word
from typer.testing import CliRunner

import yiyang
from yiyang.commands.cli import app

RUN = CliRunner()
HEADER = ["序号", "工作任务", "责任单位"]
TASKS = [
    ["1", "新建日间照料中心3家。", "县民政局"],
    ["2", "培训护理员120人。", "县卫健局"],
    ["3", "开展助浴服务。", "县民政局、县财政局"],
]
TITLE = "白石县2024年养老任务分解表"


def _text(title: str, tasks: list[list[str]]) -> str:
    return "\n".join([title, *("\t".join(row) for row in [HEADER, *tasks])]) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(_text(TITLE, TASKS), encoding="utf-8")
    word(tmp_path / "b.docx", [TITLE, ([HEADER, *TASKS],)])
    return tmp_path


def _counted(folder: Path) -> dict[str, int]:
    listed = yiyang.load(folder).documents
    return dict(zip(listed["file_name"], listed["n_tasks"], strict=True))


def test_a_plan_in_two_formats_is_counted_once(folder: Path) -> None:
    corpus = yiyang.load(folder)
    assert _counted(folder) == {"a.txt": 3, "b.docx": 0}
    assert set(corpus.tasks["document_id"]) == {"a"}
    assert "those of a.txt" in corpus.documents.set_index("document_id").loc["b", "reasons"]


def test_check_names_both(folder: Path) -> None:
    said = RUN.invoke(app, ["check", "-c", str(folder), "--json"])
    rows = {row["file_name"]: row for row in json.loads(said.stdout)["documents"]}
    assert rows["a.txt"]["warnings"] == []
    assert rows["b.docx"]["warnings"][0].startswith("b.docx: found 3 tasks of a.txt again")


@pytest.mark.parametrize(("said", "counted"), [("False", [3, 3]), ("True", [3, 0]), ("", [3, 0])])
def test_the_catalogue_settles_it(folder: Path, said: str, counted: list[int]) -> None:
    (folder / "catalogue.csv").write_text(f"file_name,is_double\na.txt,\nb.docx,{said}\n")
    assert list(_counted(folder).values()) == counted
    warned = RUN.invoke(app, ["check", "-c", str(folder), "--json"]).stdout
    assert ("again" in warned) == (not said)


def test_the_longer_one_counts_and_an_excerpt_is_none(folder: Path) -> None:
    more = [*TASKS, ["4", "发放高龄津贴。", "县民政局"]]
    (folder / "c.txt").write_text(_text(TITLE, more), encoding="utf-8")
    assert _counted(folder) == {"a.txt": 0, "b.docx": 0, "c.txt": 4}


@pytest.mark.parametrize(
    "text",
    [
        _text("白石县2025年养老任务分解表", TASKS),
        _text("大竹县养老任务分解表", TASKS).replace("大竹", "泰顺"),
        _text(TITLE, [[n, f"再{text}", unit] for n, text, unit in TASKS]),
        _text(TITLE, TASKS[:1]),
    ],
    ids=["another year", "another place", "other tasks", "one short task in common"],
)
def test_what_is_alike_is_not_one(tmp_path: Path, text: str) -> None:
    title = "大竹县养老任务分解表" if "泰顺" in text else TITLE
    (tmp_path / "a.txt").write_text(_text(title, TASKS), encoding="utf-8")
    (tmp_path / "b.txt").write_text(text, encoding="utf-8")
    assert all(_counted(tmp_path).values())


def test_no_document_depends_on_the_order_of_the_others(folder: Path) -> None:
    (folder / "catalogue.csv").write_text("file_name\nb.docx\na.txt\n")
    assert sum(_counted(folder).values()) == 3
