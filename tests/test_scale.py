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
import pyarrow.dataset
import pytest
from builders import word, workbook

import yiyang
from yiyang import limits, scale, store, tables, themes
from yiyang.errors import InputError
from yiyang.scale import batches, pipeline

HEADER = ["序号", "工作任务", "牵头单位", "配合单位", "完成时限"]
TASKS = [
    ["1", "新增养老床位200张。", "县民政局", "县财政局", "2025年底前"],
    ["2", "开展医养结合签约服务。", "县卫健委", "县医保局、县人社局", "长期坚持"],
    ["3", "每年培训护理员不少于100人。", "县卫健委", "", "每年12月底前"],
]
PLACES = ["四川省成都市武侯区", "四川省达州市大竹县", "北京市朝阳区", "宁夏回族自治区中卫市中宁县"]


def _text(place: str, year: int) -> str:
    return (
        f"{place}推进医养结合工作方案\n（一）建设日间照料中心{year - 2000}家。"
        f"（责任单位：民政局、财政局）\n（二）加强老年医学科建设，{year}年底前完成。"
        f"（责任单位：卫健委；配合单位：医保局）\n{place}人民政府\n{year}年3月1日\n"
    )


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine documents in five formats; one of them is broken."""
    folder = tmp_path_factory.mktemp("corpus")
    for n, place in enumerate(PLACES):
        (folder / f"{n}.txt").write_text(_text(place, 2021 + n), encoding="utf-8")
    (folder / "5.txt").write_bytes(_text("四川省成都市武侯区", 2023).encode("gb18030"))
    title = "北京市朝阳区医养结合重点任务分解表"
    word(folder / "6.docx", [title, ([HEADER, *TASKS],)])
    workbook(folder / "7.xlsx", [HEADER, *TASKS])
    rows = "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in r)}</tr>" for r in [HEADER, *TASKS])
    (folder / "8.html").write_text(f"<h1>{title}</h1><table>{rows}</table>", encoding="utf-8")
    (folder / "9.docx").write_bytes(b"PK\x03\x04 cut off")
    return folder


@pytest.fixture(autouse=True)
def _three_documents_a_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "BATCH", 3)


def here(function: Any, items: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """The engine that does everything in this process."""
    for item in items:
        yield item, function(item)


def content(out: Path) -> dict[str, str]:
    """All tables and summaries as text, their rows sorted."""
    said = {path.name: path.read_text() for path in sorted((out / "summary").glob("*.csv"))}
    for name in store.BULK_TABLES:
        folder = out / "tables" / name
        if folder.is_dir():
            hive = pyarrow.dataset.dataset(folder, partitioning="hive")
            frame = hive.to_table().to_pandas()
            frame = frame.sort_values(list(frame.columns), ignore_index=True)
            said[name] = frame.to_csv()
    for path in sorted((out / "tables").glob("*.parquet")):
        said[path.name] = pd.read_parquet(path).to_csv()
    return said


@pytest.fixture(scope="module")
def whole(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of the documents, read here as one batch."""
    out = tmp_path_factory.mktemp("whole")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "BATCH", 100)
        scale.run(documents, out, here)
    return out


def test_the_tables_are_those_of_load(documents: Path, whole: Path) -> None:
    loaded, read = yiyang.load(documents), yiyang.load(whole)
    tables.check(read.all())
    for name in tables.names("base"):
        columns = tables.columns(name)
        a, b = (
            c.table(name).sort_values(columns, ignore_index=True).astype(object)
            for c in (loaded, read)
        )
        pd.testing.assert_frame_equal(a, b)
    assert read.tasks["task_id"].tolist() == loaded.tasks["task_id"].tolist()


def test_batches_in_processes_give_the_same(documents: Path, whole: Path, tmp_path: Path) -> None:
    with scale.engine("local", 2) as workers:
        said = scale.run(documents, tmp_path / "out", workers)
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


def test_a_document_is_read_within_its_limits(documents: Path, whole: Path, tmp_path: Path) -> None:
    with (
        limits.use(file_bytes=1_000),
        scale.engine("local", 1) as workers,
    ):
        said = scale.run(documents, tmp_path, workers)
    assert set(said["unread"]) == {"6.docx", "7.xlsx", "9.docx"}
    assert "file_bytes" in said["unread"]["7.xlsx"]
    assert scale.run(documents, tmp_path, here, refit=True)["documents_unread"] == 1
    assert content(tmp_path) == content(whole)


class _StopError(Exception):
    pass


@pytest.mark.parametrize("at", [1, 4, 8])
def test_a_run_that_was_stopped_goes_on(
    documents: Path, whole: Path, tmp_path: Path, at: int
) -> None:
    calls = 0

    def tell(step: str, done: int, of: int) -> None:
        nonlocal calls
        calls += 1
        if calls == at:
            raise _StopError

    with pytest.raises(_StopError):
        scale.run(documents, tmp_path, here, tell=tell)
    done = len(pipeline.manifests(tmp_path))
    assert done == min(at, 3)
    said = scale.run(documents, tmp_path, here)
    assert said["documents_new"] == (3 - done) * 3
    assert content(tmp_path) == content(whole)


def test_a_batch_that_is_half_written_is_none(
    documents: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(said: Any, path: Path) -> None:
        raise _StopError

    with monkeypatch.context() as patch:
        patch.setattr(batches, "write_json", fail)
        with pytest.raises(_StopError):
            scale.run(documents, tmp_path, here)
    assert not pipeline.manifests(tmp_path)
    scale.run(documents, tmp_path, here)
    assert content(tmp_path) == content(whole)
    assert not (tmp_path / "staging").exists()


def test_a_killed_program_goes_on(documents: Path, whole: Path, tmp_path: Path) -> None:
    code = (
        "from yiyang import cli; from yiyang.scale import pipeline; pipeline.BATCH = 1; "
        f"cli.app(['run', '-q', '--corpus', {str(documents)!r}, '--out', {str(tmp_path)!r}, "
        "'--processes', '1'])"
    )
    with subprocess.Popen([sys.executable, "-c", code]) as program:
        while program.poll() is None and not len(pipeline.manifests(tmp_path)) > 1:
            time.sleep(0.01)
        program.send_signal(signal.SIGKILL)
    assert 2 <= len(pipeline.manifests(tmp_path)) <= 9
    scale.run(documents, tmp_path, here)
    assert content(tmp_path) == content(whole)


@pytest.fixture
def growing(documents: Path, tmp_path: Path) -> Path:
    """A copy of the documents to change."""
    return Path(shutil.copytree(documents, tmp_path / "documents"))


def test_what_is_added_is_read_and_nothing_else(growing: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    scale.run(growing, out, here)
    model = (out / "model.npz").read_bytes()
    laid = {p: p.stat().st_mtime_ns for p in out.rglob("part-0.parquet")}
    for name, place in (("a.txt", "四川省成都市武侯区"), ("b.txt", "江苏省南京市玄武区")):
        (growing / name).write_text(_text(place, 2021), encoding="utf-8")
    asked: list[str] = []

    def noted(function: Any, items: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        for item in items:
            asked.append(function.__name__)
            yield item, function(item)

    said = scale.run(growing, out, noted)
    assert (said["documents"], said["documents_new"]) == (11, 2)
    assert (asked.count("read"), asked.count("score")) == (1, 1)
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
    (growing / "0.txt").write_text(_text("上海市黄浦区", 2019), encoding="utf-8")
    (growing / "3.txt").unlink()
    said = scale.run(growing, out, here, refit=True)
    assert (said["documents"], said["documents_new"]) == (8, 5)
    scale.run(growing, tmp_path / "anew", here)
    assert content(out) == content(tmp_path / "anew")


def test_a_change_within_a_document_reaches_the_tables(growing: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    scale.run(growing, out, here)
    changed = _text(PLACES[0], 2021).replace("日间照料中心", "养老驿站")
    (growing / "0.txt").write_text(changed, encoding="utf-8")
    assert scale.run(growing, out, here)["documents_new"] == 3
    tasks = yiyang.load(out).tasks
    pd.testing.assert_series_equal(tasks["text"], yiyang.load(growing).tasks["text"])
    assert tasks["text"].str.contains("养老驿站").sum() == 1


def test_two_versions_of_the_library_make_no_corpus(
    documents: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "library_now", lambda: "another")
    with pytest.raises(InputError, match="another version of yiyang"):
        scale.run(documents, tmp_path, here)
    assert not pipeline.manifests(tmp_path)


def test_a_document_whose_text_names_no_place_is_loaded(tmp_path: Path) -> None:
    folder, out = tmp_path / "documents", tmp_path / "out"
    folder.mkdir()
    (folder / "a.txt").write_text(_text("", 2021), encoding="utf-8")
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


def test_a_document_that_ends_its_reader_is_found(
    documents: Path, whole: Path, tmp_path: Path
) -> None:
    def deadly(function: Any, items: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        for item in items:
            is_hit = function is batches.read and "6.docx" in {
                record["file_name"] for record in item.records
            }
            yield item, RuntimeError("the worker died") if is_hit else function(item)

    said = scale.run(documents, tmp_path, deadly)
    assert set(said["unread"]) == {"6.docx", "9.docx"}
    assert "the worker died" in said["unread"]["6.docx"]
    rest = yiyang.load(whole).tasks["document_id"] != "6"
    assert said["tasks"] == rest.sum()
    assert scale.run(documents, tmp_path, here, refit=True)["documents_new"] == 1
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


@pytest.mark.parametrize(
    ("named", "found"),
    [
        (["51"], ["510107", "511724"]),
        (["510100"], ["510107"]),
        (["511724", "北京市朝阳区"], ["511724", "chaoyang"]),
        (["000000"], ["000000"]),
    ],
)
def test_some_jurisdictions_are_loaded(whole: Path, named: list[str], found: list[str]) -> None:
    part, everything = yiyang.load(whole, jurisdictions=named), yiyang.load(whole)
    assert sorted(part.jurisdictions["jurisdiction"]) == sorted(found)
    kept = everything.tasks[everything.tasks["jurisdiction"].isin(found)]
    assert part.tasks["task_id"].tolist() == kept["task_id"].tolist()
    assert set(part.assignments["task_id"]) <= set(kept["task_id"])
    assert len(part.task_themes) == len(kept)


def test_a_large_corpus_is_loaded_in_part_only(
    whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(InputError, match="no jurisdiction 44"):
        yiyang.load(whole, jurisdictions=["44"])
    monkeypatch.setattr(store, "MOST", 10)
    with pytest.raises(InputError, match="at most 10 at a time"):
        yiyang.load(whole)


def test_folders_and_engines_that_cannot_be(documents: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="in one folder"):
        scale.run(documents, documents / "out", here)
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
    own = [c for c in scored if c != "cluster"]
    pd.testing.assert_frame_equal(scored[own], corpus.task_themes[own])
    # A task goes to the nearest cluster; most of those that are in one stay there.
    is_in = corpus.task_themes["cluster"].notna() & scored["cluster"].notna()
    same = scored["cluster"][is_in] == corpus.task_themes["cluster"][is_in]
    assert same.mean() > 0.8


def test_dask_gives_the_same_and_survives_a_killed_worker(
    documents: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    distributed = pytest.importorskip("distributed")
    monkeypatch.setenv("OPENBLAS_NUM_THREADS", "1")
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        with scale.engine("dask", scheduler=cluster.scheduler_address) as workers:
            scale.run(documents, tmp_path / "one", workers)
        assert content(tmp_path / "one") == content(whole)
        cluster.scale(2)
        cluster.wait_for_workers(2)
        killed: list[int] = []

        def kill_one(step: str, done: int, of: int) -> None:
            if not killed:
                killed.append(next(iter(cluster.workers.values())).pid)
                os.kill(killed[0], signal.SIGKILL)

        with scale.engine("dask", scheduler=cluster.scheduler_address) as workers:
            said = scale.run(documents, tmp_path / "two", workers, tell=kill_one)
    assert killed
    assert list(said["unread"]) == ["9.docx"]
    assert content(tmp_path / "two") == content(whole)
