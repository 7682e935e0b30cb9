"""A store that was damaged, or made by somebody else, is noticed: one refusal names the file."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest
from large import content, here
from typer.testing import CliRunner

import yiyang
from yiyang import scale
from yiyang.commands.cli import app
from yiyang.core import parquet_store, store_parts
from yiyang.safety.errors import InputError
from yiyang.scale import verifying

PART = "tables/tasks/province=51/year=2021/part-0.parquet"


@pytest.fixture
def out(whole: Path, tmp_path: Path) -> Path:
    """A copy of the tables to damage."""
    return Path(shutil.copytree(whole, tmp_path / "out"))


def _take_away(path: Path) -> None:
    path.unlink()


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-9])


def _turn_a_byte(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 3] ^= 1
    path.write_bytes(data)


def _write(words: str) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")

    return write


def _another_table(path: Path) -> None:
    """As large as the old one is never: it is listed as if it belonged there."""
    pd.DataFrame({"task_id": ["a"], "text": ["b"]}).to_parquet(path)
    _list(path)


def _list(path: Path) -> None:
    """Let the manifest of the store list a part as it lies there now."""
    out = next(folder for folder in path.parents if (folder / "batches").is_dir())
    said = json.loads((out / "manifest.json").read_text())
    said["parts"][path.relative_to(out).as_posix()] = store_parts.describe(path)
    (out / "manifest.json").write_text(json.dumps(said))


def _link_out(path: Path) -> None:
    path.unlink()
    path.symlink_to(os.devnull)


DAMAGES: list[tuple[str, Callable[[Path], None]]] = [
    (PART, _take_away),
    (PART, _cut),
    (PART, _another_table),
    (PART, _link_out),
    ("tables/tasks/province=51/year=2021/part-1.parquet", _write("PAR1")),
    ("tables/strange.parquet", _write("PAR1")),
    ("tables/agencies.parquet", _take_away),
    ("tables/agencies.parquet", _write("PAR1")),
    ("tables/.laid_out.json", _write("{")),
    ("tables/.codebook.json", _write('"../../elsewhere"')),
    ("summary/themes.csv", _take_away),
    ("summary/themes.csv", _write("province,year,theme_id,tasks,second\n51,2021,x,many,1\n")),
    ("summary/more.csv", _write("a\n1\n")),
    ("manifest.json", _take_away),
    ("manifest.json", _write("")),
    ("manifest.json", _write("[1, 2]")),
    ("manifest.json", _write("[" * 100_000)),
    ("manifest.json", _write('{"is_whole": true, "parts": {"a": {"bytes": "9"}}}')),
]


@pytest.mark.parametrize(("name", "damage"), DAMAGES)
def test_what_is_not_as_listed_is_named(
    out: Path, name: str, damage: Callable[[Path], None]
) -> None:
    damage(out / name)
    with pytest.raises(InputError) as error:
        yiyang.load(out)
    assert error.value.place == str(out / name)
    ran = CliRunner().invoke(app, ["report", "--corpus", str(out)])
    assert ran.exit_code == 1
    assert str(out / name) in ran.stderr.replace("\n", "")
    assert str(out / name) in [fault.place for fault in verifying.faults(out)]


OF_A_RUN: list[tuple[str, Callable[[Path], None]]] = [
    ("model.json", _write("{}")),
    ("model.json", _write('{"digest": 1, "made_by": "a", "tasks": 2}')),
    ("batches/{}/manifest.json", _write("null")),
    ("batches/{}/manifest.json", _write('{"library": "a", "documents": []}')),
    ("batches/{}/scored.json", _write("[]")),
    ("tables/.laid_out.json", _write('{"../../..": "a"}')),
    ("tables/strange.parquet", _write("PAR1")),
    ("manifest.json", _write("{}")),
]


@pytest.mark.parametrize(("name", "damage"), OF_A_RUN)
def test_a_run_names_what_it_does_not_understand(
    out: Path, many: Path, name: str, damage: Callable[[Path], None]
) -> None:
    [batch] = (out / "batches").iterdir()
    path = out / name.format(batch.name)
    damage(path)
    with pytest.raises(InputError) as error:
        scale.run(many, out, here)
    assert error.value.place == str(path)
    assert str(path) in [fault.place for fault in verifying.faults(out)]


def test_places_of_a_foreign_batch_lead_nowhere(out: Path, many: Path) -> None:
    """A province becomes a name of a folder: what is laid out there is written and taken away."""
    [batch] = (out / "batches").iterdir()
    said = json.loads((batch / "manifest.json").read_text())
    said["documents"][0]["province"] = "../../../elsewhere"
    (batch / "manifest.json").write_text(json.dumps(said))
    with pytest.raises(InputError, match="elsewhere"):
        scale.run(many, out, here)


def test_a_run_makes_again_what_is_missing_or_changed(out: Path, many: Path, whole: Path) -> None:
    """A part without its rows, one with a byte turned (as large as before), a summary, and a table
    of a batch, from which all are made."""
    [batch] = (out / "batches").iterdir()
    (out / PART).unlink()
    changed = "tables/deadlines/province=11/year=2023/part-0.parquet"
    _turn_a_byte(out / changed)
    (out / "summary" / "themes.csv").unlink()
    _turn_a_byte(batch / "assignments.parquet")
    (batch / "task_themes.parquet").unlink()
    named = {fault.place for fault in verifying.faults(out)}
    assert named >= {str(out / PART), str(out / changed), str(batch / "assignments.parquet")}
    said = scale.run(many, out, here)
    assert said["made_again"] == sorted(
        [f"batches/{batch.name}", PART, changed, "summary/themes.csv"]
    )
    assert content(out) == content(whole)
    assert not [*verifying.faults(out)]
    again = scale.run(many, out, here)
    assert (again["documents_new"], again["made_again"]) == (0, [])


def test_another_model_is_made_again(out: Path, many: Path, whole: Path) -> None:
    _turn_a_byte(out / "model.npz")
    assert [fault.place for fault in verifying.faults(out)] == [str(out / "model.npz")]
    assert scale.run(many, out, here)["made_again"] == ["model.npz"]
    assert content(out) == content(whole)


def test_a_run_that_was_ended_leaves_no_store_that_is_taken_for_whole(
    out: Path, many: Path, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(scale.pipeline.laying_out, "end", stop)
    with pytest.raises(KeyboardInterrupt):
        scale.run(many, out, here, refit=True)
    with pytest.raises(InputError, match="whose run was ended"):
        yiyang.load(out)
    monkeypatch.undo()
    scale.run(many, out, here)
    assert content(out) == content(whole)
    assert yiyang.load(out).tasks.equals(yiyang.load(whole).tasks)


def test_a_codebook_of_a_store_is_the_one_it_names(out: Path, tmp_path: Path) -> None:
    [codebook] = [path for path in (out / "codebook").iterdir() if path.is_dir()]
    assert parquet_store.codebook_of(out) == codebook
    (codebook / "themes.csv").write_text("theme_id\n")
    with pytest.raises(InputError, match="other words than its name"):
        parquet_store.codebook_of(out)
    shutil.rmtree(codebook)
    with pytest.raises(InputError, match="no such file"):
        parquet_store.codebook_of(out)
    codebook.symlink_to(tmp_path)
    with pytest.raises(InputError, match="a link"):
        parquet_store.codebook_of(out)


@pytest.mark.parametrize("name", ["//host/share", "\\\\host\\share", "documents", "a\0b"])
def test_documents_of_a_store_lie_on_this_machine(out: Path, name: str) -> None:
    (out / "tables" / ".documents.json").write_text(json.dumps(name))
    with pytest.raises(InputError, match="no folder of this machine"):
        parquet_store.documents_of(out)


def test_verify_says_what_it_found(out: Path, tmp_path: Path) -> None:
    ran = CliRunner().invoke(app, ["verify", str(out)])
    assert ran.exit_code == 0
    assert "all as listed" in ran.stdout
    (out / PART).unlink()
    ran = CliRunner().invoke(app, ["verify", str(out)])
    assert (ran.exit_code, PART in ran.stderr) == (1, True)
    ran = CliRunner().invoke(app, ["verify", str(tmp_path)])
    assert (ran.exit_code, "no tables of a large corpus" in ran.stderr) == (1, True)


def test_a_store_that_was_moved_is_the_same(whole: Path, out: Path) -> None:
    assert pq.read_table(out / PART).equals(pq.read_table(whole / PART))
    assert yiyang.load(out).tasks.equals(yiyang.load(whole).tasks)
