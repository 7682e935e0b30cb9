"""What a person wrote into the catalogue stays; a place may be given by its name."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
import shapes
from typer.testing import CliRunner

from yiyang.commands.cli import app

RUN = CliRunner()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(shapes.text(shapes.CARE[:3]), encoding="utf-8")
    return path


def rows(folder: Path) -> dict[str, dict[str, str]]:
    with (folder / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        return {row["file_name"]: row for row in csv.DictReader(file)}


def edit(folder: Path, **cells: str) -> None:
    """As a person would: other cells, and an emptied one."""
    listed = [{**row, **cells} for row in rows(folder).values()]
    with (folder / "catalogue.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, listed[0])
        writer.writeheader()
        writer.writerows(listed)


EDITED = {"title": "我们的题目", "date_issued": "", "note": "已核对", "jurisdiction_en": "Dazhu"}


def test_adding_again_never_rewrites_what_a_person_edited(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    assert RUN.invoke(app, ["add", "-c", str(folder), str(source)]).exit_code == 0
    edit(folder, **EDITED)
    before = rows(folder)
    again = RUN.invoke(app, ["add", "-c", str(folder), str(source)])
    assert again.exit_code == 0
    assert rows(folder) == before
    assert "a.txt: title stays '我们的题目', the text says" in again.stdout.replace("\n", " ")
    assert "a.txt: date_issued stays '', the text says '2024-03-01'" in again.stdout


def test_the_text_is_asked_and_not_the_catalogue_beside_it(source: Path, tmp_path: Path) -> None:
    """A file that lies in the corpus, and one beside another catalogue."""
    folder, other = tmp_path / "own", tmp_path / "other"
    RUN.invoke(app, ["add", "-c", str(folder), str(source)])
    by_text = rows(folder)["a.txt"]
    edit(folder, **EDITED)
    again = RUN.invoke(app, ["add", "-c", str(folder), str(folder / "a.txt")])
    assert "title stays '我们的题目', the text says" in again.stdout.replace("\n", " ")
    RUN.invoke(app, ["add", "-c", str(other), str(folder / "a.txt")])
    assert rows(other)["a.txt"]["title"] == by_text["title"]
    RUN.invoke(app, ["add", "-c", str(folder), "--replace", str(folder / "a.txt")])
    assert rows(folder)["a.txt"]["title"] == by_text["title"]


def test_an_option_is_a_persons_word_too(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    RUN.invoke(app, ["add", "-c", str(folder), str(source)])
    edit(folder, **EDITED)
    options = ["--date", "2024-05-31", "--place", "泰顺县"]
    assert RUN.invoke(app, ["add", "-c", str(folder), *options, str(source)]).exit_code == 0
    row = rows(folder)["a.txt"]
    assert (row["date_issued"], row["code"]) == ("2024-05-31", "330329")
    assert (row["title"], row["note"]) == ("我们的题目", "已核对")


def test_replace_takes_what_the_text_says_and_leaves_the_rest(source: Path, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    RUN.invoke(app, ["add", "-c", str(folder), str(source)])
    read = rows(folder)["a.txt"]
    edit(folder, **EDITED)
    again = RUN.invoke(app, ["add", "-c", str(folder), "--replace", str(source)])
    assert again.exit_code == 0
    assert rows(folder)["a.txt"] == {**read, "note": "已核对", "jurisdiction_en": "Dazhu"}


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("泰顺县", "330329"),
        ("吉林省长春市朝阳区", "220104"),
        ("北京市朝阳区", "110105"),
        ("杭州市", "330100"),
    ],
)
def test_a_place_by_its_name(source: Path, tmp_path: Path, name: str, code: str) -> None:
    done = RUN.invoke(app, ["add", "-c", str(tmp_path / "own"), "--place", name, str(source)])
    assert done.exit_code == 0, done.stderr
    assert rows(tmp_path / "own")["a.txt"]["code"] == code


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--place", "朝阳区"], "北京市朝阳区 (110105)"),
        (["--place", "乌有县"], "borne by none"),
        (["--place", "泰顺县人民政府"], "the name of one place"),
        (["--place", "泰顺县", "--code", "110105"], "one place"),
    ],
)
def test_a_name_of_none_or_several_is_asked_for(
    source: Path, tmp_path: Path, options: list[str], message: str
) -> None:
    done = RUN.invoke(app, ["add", "-c", str(tmp_path / "own"), *options, str(source)])
    assert done.exit_code == 1
    assert message in done.stderr.replace("\n", " ")
    assert not (tmp_path / "own").exists()
