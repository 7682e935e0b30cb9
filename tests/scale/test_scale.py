"""A corpus of any size: the same tables however it is read, stopped, continued or enlarged."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from large import PLACES, content, here, text

import yiyang
from yiyang import scale, themes
from yiyang.core import parquet_store, schema
from yiyang.extract import doc
from yiyang.safety import limits
from yiyang.safety.errors import InputError
from yiyang.scale import batches, pipeline, summary


@pytest.fixture(autouse=True)
def _three_documents_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "BATCH", 3)


def test_the_tables_are_those_of_load(many: Path, whole: Path) -> None:
    loaded, read = yiyang.load(many), yiyang.load(whole)
    schema.check(read.all())
    for name in schema.names("base"):
        columns = schema.columns(name)
        a, b = (
            c.table(name).sort_values(columns, ignore_index=True).astype(object)
            for c in (loaded, read)
        )
        pd.testing.assert_frame_equal(a, b)
    assert read.tasks["task_id"].tolist() == loaded.tasks["task_id"].tolist()


def test_batches_in_processes_give_the_same(many: Path, whole: Path, tmp_path: Path) -> None:
    with scale.engine("local", 2) as workers:
        said = scale.run(many, tmp_path / "out", workers)
    assert content(tmp_path / "out") == content(whole)
    assert said["documents"] == said["documents_new"] == 10 - 1
    assert said["tasks"] == len(yiyang.load(whole).tasks)


def test_a_broken_document_is_listed_with_its_reason(whole: Path) -> None:
    said = json.loads((whole / "run.json").read_text())
    assert list(said["unread"]) == ["9.docx"]
    assert "archive" in said["unread"]["9.docx"]
    assert list(said["failures"].values()) == [1]
    listed = yiyang.load(whole).documents.set_index("document_id")
    assert listed.loc["9", "layout"] == "unread"
    assert listed.loc["9", "reasons"] == said["unread"]["9.docx"]


def test_a_document_is_read_within_its_limits(many: Path, whole: Path, tmp_path: Path) -> None:
    with (
        limits.use(file_bytes=1_000),
        scale.engine("local", 1) as workers,
    ):
        said = scale.run(many, tmp_path, workers)
    assert set(said["unread"]) == {"6.docx", "7.xlsx", "9.docx"}
    assert "file_bytes" in said["unread"]["7.xlsx"]
    assert scale.run(many, tmp_path, here, refit=True)["documents_unread"] == 1
    assert content(tmp_path) == content(whole)


def test_what_was_not_read_is_tried_again_once_libreoffice_is_there(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doc, "program", lambda: None)
    scale.run(many, tmp_path, here)
    assert not pipeline.plan(many, tmp_path)
    monkeypatch.setattr(doc, "program", lambda: "soffice")
    [again] = pipeline.plan(many, tmp_path)
    assert [record["file_name"] for record in again.records] == ["7.xlsx", "8.html", "9.docx"]


class _StopError(Exception):
    pass


@pytest.mark.parametrize("at", [1, 4, 8])
def test_a_run_that_was_stopped_goes_on(many: Path, whole: Path, tmp_path: Path, at: int) -> None:
    calls = 0

    def tell(step: str, done: int, of: int) -> None:
        nonlocal calls
        calls += 1
        if calls == at:
            raise _StopError

    with pytest.raises(_StopError):
        scale.run(many, tmp_path, here, tell=tell)
    (tmp_path / ".report-yiyang-killed").mkdir()
    done = len(pipeline.manifests(tmp_path))
    assert done == min(at, 3)
    said = scale.run(many, tmp_path, here)
    assert said["documents_new"] == (3 - done) * 3
    assert content(tmp_path) == content(whole)


def test_a_batch_that_is_half_written_is_none(
    many: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(said: Any, path: Path) -> None:
        raise _StopError

    with monkeypatch.context() as patch:
        patch.setattr(batches, "write_json", fail)
        with pytest.raises(_StopError):
            scale.run(many, tmp_path, here)
    assert not pipeline.manifests(tmp_path)
    scale.run(many, tmp_path, here)
    assert content(tmp_path) == content(whole)
    assert not (tmp_path / "staging").exists()


def test_a_killed_program_goes_on(many: Path, whole: Path, tmp_path: Path) -> None:
    code = (
        "from yiyang.commands import cli; from yiyang.scale import pipeline; pipeline.BATCH = 1; "
        f"cli.app(['run', '-q', '--corpus', {str(many)!r}, '--out', {str(tmp_path)!r}, "
        "'--processes', '1'])"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as program:
        while program.poll() is None and not len(pipeline.manifests(tmp_path)) > 1:
            time.sleep(0.01)
        program.send_signal(signal.SIGKILL)
    assert 2 <= len(pipeline.manifests(tmp_path)) <= 9
    scale.run(many, tmp_path, here)
    assert content(tmp_path) == content(whole)


@pytest.fixture
def growing(many: Path, tmp_path: Path) -> Path:
    """A copy of the documents to change."""
    return Path(shutil.copytree(many, tmp_path / "documents"))


def test_what_is_added_is_read_and_nothing_else(growing: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    scale.run(growing, out, here)
    model = (out / "model.npz").read_bytes()
    laid = {p: p.stat().st_mtime_ns for p in out.rglob("part-0.parquet")}
    for name, place in (("a.txt", "四川省成都市武侯区"), ("b.txt", "江苏省南京市玄武区")):
        (growing / name).write_text(text(place, 2021), encoding="utf-8")
    asked: list[str] = []

    def noted(function: Any, items: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        for item in items:
            asked.append(function.__name__)
            yield item, function(item)

    said = scale.run(growing, out, noted)
    assert (said["documents"], said["documents_new"]) == (11, 2)
    assert (asked.count("read_batch"), asked.count("score")) == (1, 1)
    assert (out / "model.npz").read_bytes() == model
    changed = {p.parent.name for p, at in laid.items() if p.stat().st_mtime_ns != at}
    assert changed == {"year=2021"}
    scale.run(growing, out, here, refit=True)
    assert (out / "model.npz").read_bytes() != model
    scale.run(growing, tmp_path / "anew", here)
    assert content(out) == content(tmp_path / "anew")


def test_what_was_changed_or_taken_away_is_read_anew(growing: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    scale.run(growing, out, here)
    (growing / "0.txt").write_text(text("上海市黄浦区", 2019), encoding="utf-8")
    (growing / "3.txt").unlink()
    said = scale.run(growing, out, here, refit=True)
    assert (said["documents"], said["documents_new"]) == (8, 5)
    scale.run(growing, tmp_path / "anew", here)
    assert content(out) == content(tmp_path / "anew")


def test_a_change_within_a_document_reaches_the_tables(growing: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    scale.run(growing, out, here)
    changed = text(PLACES[0], 2021).replace("日间照料中心", "养老驿站")
    (growing / "0.txt").write_text(changed, encoding="utf-8")
    assert scale.run(growing, out, here)["documents_new"] == 3
    tasks = yiyang.load(out).tasks
    pd.testing.assert_series_equal(tasks["text"], yiyang.load(growing).tasks["text"])
    assert tasks["text"].str.contains("养老驿站").sum() == 1


def test_two_versions_of_the_library_make_no_corpus(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "library_now", lambda: "another")
    with pytest.raises(InputError, match="another version of yiyang"):
        scale.run(many, tmp_path, here)
    assert not pipeline.manifests(tmp_path)


def test_a_document_whose_text_names_no_place_is_loaded(tmp_path: Path) -> None:
    folder, out = tmp_path / "documents", tmp_path / "out"
    folder.mkdir()
    (folder / "a.txt").write_text(text("", 2021), encoding="utf-8")
    (folder / "b.txt").write_text("今天天气很好。\n", encoding="utf-8")
    (folder / "catalogue.csv").write_text("file_name,jurisdiction\na.txt,chaoyang\nb.txt,dazhu\n")
    scale.run(folder, out, here)
    assert yiyang.load(out).documents["document_id"].tolist() == ["a", "b"]
    part = yiyang.load(out, jurisdictions=["chaoyang"])
    assert part.documents["document_id"].tolist() == ["a"]
    assert len(part.tasks) == len(part.task_themes) == 2


def test_a_corpus_without_a_task_has_empty_tables(tmp_path: Path) -> None:
    folder, out = tmp_path / "documents", tmp_path / "out"
    folder.mkdir()
    (folder / "a.txt").write_text("今天天气很好。\n", encoding="utf-8")
    said = scale.run(folder, out, here)
    assert (said["documents"], said["tasks"]) == (1, 0)
    assert yiyang.load(out).tasks.empty
    (folder / "catalogue.csv").write_text("file_name\n")
    with pytest.raises(InputError, match="a catalogue without a document"):
        scale.run(folder, out, here)


def test_a_document_that_ends_its_reader_is_found(many: Path, whole: Path, tmp_path: Path) -> None:
    def deadly(function: Any, items: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        for item in items:
            is_hit = function is batches.read_batch and "6.docx" in {
                record["file_name"] for record in item.records
            }
            yield item, RuntimeError("the worker died") if is_hit else function(item)

    said = scale.run(many, tmp_path, deadly)
    assert set(said["unread"]) == {"6.docx", "9.docx"}
    assert "the worker died" in said["unread"]["6.docx"]
    rest = yiyang.load(whole).tasks["document_id"] != "6"
    assert said["tasks"] == rest.sum()
    assert scale.run(many, tmp_path, here, refit=True)["documents_new"] == 1
    assert content(tmp_path) == content(whole)


def test_the_summaries_add_up(whole: Path) -> None:
    corpus = yiyang.load(whole)
    read = {p.stem: pd.read_csv(p) for p in (whole / "summary").glob("*.csv")}
    n_tasks = len(corpus.tasks)
    for name in ("documents", "coverage", "themes"):
        assert read[name]["tasks"].sum() == n_tasks
    named = corpus.assignments.dropna(subset="agency_id")["task_id"].nunique()
    assert read["workloads"]["load"].sum() == pytest.approx(named, abs=1e-4)
    of_sichuan = corpus.tasks["jurisdiction"].str.startswith("51").sum()
    places = read["coverage"]["province"].astype(str)
    assert read["coverage"].loc[places == "51", "tasks"].sum() == of_sichuan


def test_a_summary_is_no_formula_and_is_read_as_written(tmp_path: Path) -> None:
    hostile = ["=1", "建设\r=1"]
    keys = {
        name: [*parquet_store.WHERE, *parquet_store.SUMMARIES[name]]
        for name in parquet_store.SUMMARIES
    }
    for name, columns in keys.items():
        counts = pd.DataFrame(dict.fromkeys(columns, hostile)).assign(tasks=[1, 2])
        counts.to_parquet(tmp_path / f"summary-{name}.parquet")
    summary.write([tmp_path], tmp_path / parquet_store.SUMMARY)
    for name, columns in keys.items():
        assert "'=1" in (tmp_path / parquet_store.SUMMARY / f"{name}.csv").read_text(
            encoding="utf-8"
        )
        read = parquet_store.summary(tmp_path, name)
        assert read.to_dict("list") == dict.fromkeys(columns, hostile) | {"tasks": [1, 2]}


@pytest.mark.parametrize(
    ("named", "found"),
    [
        (["51"], ["510107", "511724"]),
        (["510100"], ["510107"]),
        (["511724", "北京市朝阳区"], ["511724", "chaoyang"]),
        (["000000"], []),  # every document that states no place is one of its own
    ],
)
def test_some_jurisdictions_are_loaded(whole: Path, named: list[str], found: list[str]) -> None:
    part, everything = yiyang.load(whole, jurisdictions=named), yiyang.load(whole)
    if not found:
        known = everything.jurisdictions
        found = known.loc[known["code"] == named[0], "jurisdiction"].tolist()
        assert found
        assert all(name.startswith("unknown-") for name in found)
    assert sorted(part.jurisdictions["jurisdiction"]) == sorted(found)
    kept = everything.tasks[everything.tasks["jurisdiction"].isin(found)]
    assert part.tasks["task_id"].tolist() == kept["task_id"].tolist()
    assert set(part.assignments["task_id"]) <= set(kept["task_id"])
    assert len(part.task_themes) == len(kept)


def test_a_large_corpus_is_loaded_in_part_only(
    whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputError, match="found no 44 among its jurisdictions"):
        yiyang.load(whole, jurisdictions=["44"])
    monkeypatch.setattr(parquet_store, "MOST", 10)
    with pytest.raises(InputError, match="at most 10 at a time"):
        yiyang.load(whole)


def test_folders_and_engines_that_cannot_be(many: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="in one folder"):
        scale.run(many, many / "out", here)
    with pytest.raises(InputError, match="the engine 'spark'"), scale.engine("spark"):
        pass


def test_a_model_of_all_tasks_gives_the_themes_of_all(
    corpus: yiyang.Corpus, tmp_path: Path
) -> None:
    model = themes.fit(corpus.tasks)
    themes.save(model, tmp_path / "model.npz")
    kept = themes.load(tmp_path / "model.npz")
    assert kept.digest == model.digest
    scored = themes.assign(corpus.tasks, model=kept)
    own = [c for c in scored if c not in ("cluster", "field_source", "field_word")]
    pd.testing.assert_frame_equal(scored[own], corpus.task_themes[own])
    # A task goes to the nearest cluster; most of those that are in one stay there.
    is_in = corpus.task_themes["cluster"].notna() & scored["cluster"].notna()
    same = scored["cluster"][is_in] == corpus.task_themes["cluster"][is_in]
    assert same.mean() > 0.8


def test_dask_gives_the_same_and_survives_a_killed_worker(
    many: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        killed: list[int] = []

        def kill_one(step: str, done: int, of: int) -> None:
            if not killed:
                killed.append(next(iter(cluster.workers.values())).pid)
                os.kill(killed[0], signal.SIGKILL)

        with scale.engine("dask", scheduler=cluster.scheduler_address) as workers:
            said = scale.run(many, tmp_path / "two", workers, tell=kill_one)
    assert killed
    assert list(said["unread"]) == ["9.docx"]
    assert content(tmp_path / "two") == content(whole)
