"""What a run of a large corpus goes by and says of itself: batches, codebook, versions, disk."""

from __future__ import annotations

import errno
import pickle
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from large import content, here

import yiyang
from yiyang import scale
from yiyang.core import parquet_store, schema
from yiyang.safety.atomic_write import DiskError
from yiyang.safety.errors import InputError
from yiyang.scale import batches, laying_out, pipeline, theme_batches
from yiyang.themes import codebooks


@pytest.mark.parametrize(
    ("documents", "together"), [(1, 50), (100, 50), (1_600, 200), (4_800, 300), (100_000, 300)]
)
def test_a_small_corpus_too_is_cut_for_all_processes(documents: int, together: int) -> None:
    assert pipeline.batch_size(documents) == together


def test_tables_are_laid_out_in_portions(
    many: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "BATCH", 2)
    monkeypatch.setattr(laying_out, "PLACES", 2)
    monkeypatch.setattr(parquet_store, "ROWS", 4)
    scale.run(many, tmp_path, here)
    assert content(tmp_path) == content(whole)
    for path in (whole / "tables" / "tasks").rglob("*.parquet"):
        same = tmp_path / path.relative_to(whole)
        pd.testing.assert_frame_equal(pd.read_parquet(same), pd.read_parquet(path))


def test_a_batch_is_opened_once_for_each_table(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []

    def counted(paths: Iterable[Path]) -> Iterator[Any]:
        listed = [*paths]
        opened.extend(listed)
        return portions(listed)

    portions = parquet_store._in_portions
    monkeypatch.setattr(pipeline, "BATCH", 3)
    monkeypatch.setattr(parquet_store, "_in_portions", counted)
    scale.run(many, tmp_path, here)
    assert len(opened) == len(set(opened)) == 3 * len(parquet_store.BULK_TABLES)


def test_a_full_disk_is_no_fault_of_a_document(
    many: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "BATCH", 3)
    full = pickle.loads(pickle.dumps(DiskError("out", "No space left on device")))
    assert "No space left" in str(full)
    asked: list[int] = []

    def filling(function: Any, items: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        for item in items:
            asked.append(len(item.records))
            yield item, full if len(asked) == 2 else function(item)

    with pytest.raises(DiskError, match="make room"):
        scale.run(many, tmp_path, filling)
    assert asked == [3, 3]
    assert scale.run(many, tmp_path, here)["documents_new"] == 6
    assert content(tmp_path) == content(whole)


def test_every_step_says_that_nothing_may_be_written(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refusing(usual: Any, end: str) -> Any:
        def tried(path: Path, *args: Any, **options: Any) -> Any:
            if path.match(end):
                raise OSError(errno.EDQUOT, "Disk quota exceeded")
            return usual(path, *args, **options)

        return tried

    for method, end in [
        ("mkdir", "batches"),
        ("rename", "staging/*"),
        ("unlink", theme_batches.SCORED),
        ("mkdir", "tables"),
        ("replace", f".{parquet_store.PART}-yiyang-*"),
    ]:
        with monkeypatch.context() as patch:
            patch.setattr(Path, method, refusing(getattr(Path, method), end))
            with pytest.raises(DiskError, match="Disk quota exceeded"):
                scale.run(many, tmp_path, here)


@pytest.fixture
def codebook(tmp_path: Path) -> Path:
    """A codebook of one's own: two themes."""
    folder = tmp_path / "codebook"
    folder.mkdir()
    (folder / codebooks.THEMES).write_text(
        "theme_id,name_zh,name_en,definition\nbeds,床位,Beds,x\nothers,其他,Others,x\n"
    )
    (folder / codebooks.SEEDS).write_text(
        "theme_id,term,weight,reason\nbeds,*床位,3,x\nothers,签约,1,x\n"
    )
    return folder


def elsewhere(function: Any, items: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """The engine of a machine that has yiyang and nothing of this one's settings."""
    for item in items:
        sent = pickle.loads(pickle.dumps(item))
        with pytest.MonkeyPatch.context() as patch:
            patch.delenv("YIYANG_CODEBOOK")
            yield item, function(sent)


def test_a_codebook_of_ones_own_reaches_all_workers(
    many: Path, codebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YIYANG_CODEBOOK", str(codebook))
    out = tmp_path / "out"
    scale.run(many, out, elsewhere)
    corpus, model = yiyang.load(out), (out / "model.npz").read_bytes()
    assert corpus.themes["theme_id"].tolist() == ["beds", "others"]
    beds = corpus.tasks["text"].str.contains("床位")
    assert corpus.task_themes["theme_id"].eq("beds")[beds].all()
    assert set(corpus.task_themes["theme_id"].dropna()) <= {"beds", "others"}
    task = corpus.task_themes.loc[~beds.to_numpy(), "task_id"].iloc[0]
    (codebook / codebooks.REVIEWS).write_text(f"task_id,theme_id,reason\n{task},beds,x\n")
    said = scale.run(many, out, elsewhere)
    assert said["documents_new"] == 0
    again = yiyang.load(out).task_themes.set_index("task_id")
    assert again.loc[task, "theme_id"] == "beds"
    assert again["is_reviewed"].sum() == 1
    assert (out / "model.npz").read_bytes() == model
    kept = parquet_store.codebook_of(out)
    assert kept
    assert {path.name for path in kept.iterdir()} == {
        codebooks.THEMES,
        codebooks.SEEDS,
        codebooks.REVIEWS,
    }
    (codebook / codebooks.SEEDS).write_text("theme_id,term,weight,reason\nbeds,床位,x,x\n")
    with pytest.raises(InputError, match=r"theme_seeds\.csv, line 2"):
        scale.run(many, out, elsewhere)
    (kept.parent / "half").mkdir()
    assert parquet_store.codebook_of(out) == kept
    assert {path.name for path in kept.parent.glob("[!.]*")} == {kept.name, "half"}


def test_a_plain_corpus_has_no_codebook_of_its_own(tmp_path: Path) -> None:
    (tmp_path / parquet_store.CODEBOOK / "v1").mkdir(parents=True)
    assert parquet_store.codebook_of(tmp_path) is None


def test_repairs_travel_with_the_batch(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "BATCH", 3)
    folder = Path(shutil.copytree(many, tmp_path / "documents"))
    ledger = pd.read_csv(schema.CURATION / "repairs.csv", dtype=str).head(1)
    ledger.assign(document_id="5").to_csv(folder / "repairs.csv", index=False)
    planned = pipeline.plan(folder, tmp_path / "out")
    (folder / "repairs.csv").unlink()
    sent = [pickle.loads(pickle.dumps(batch)).curation.repairs for batch in planned]
    assert [list(repaired) for repaired in sent] == [[], ["5"], []]


@pytest.mark.parametrize("package", ["rjieba", "scikit-learn", "python-docx"])
def test_another_version_of_a_package_makes_batches_stale(
    package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, usual = batches.library_now(), batches.version
    assert batches.library_now() == before
    monkeypatch.setattr(batches, "version", lambda name: usual(name) + (name == package) * "x")
    assert batches.library_now() != before


def test_a_run_accounts_for_all_its_processes(many: Path, tmp_path: Path) -> None:
    with scale.engine("local", 1) as workers:
        said = scale.run(many, tmp_path, workers)
    assert set(said["worker_seconds"]) == {"read", "analyse", "write", "themes", "tables"}
    assert set(said["seconds"]) == {"plan", "read", "model", "themes", "tables", "summary"}
    peak = said["peak_bytes"]
    assert peak["all"] == peak["here"] + peak["worker"] > 0
    assert said["tasks_new"] == said["tasks"]
    assert said["new_per_second"]["documents"] > 0
    with scale.engine("local", 1) as workers:
        again = scale.run(many, tmp_path, workers)
    assert (again["tasks_new"], again["worker_seconds"]) == (0, {})


@pytest.mark.skipif(sys.platform != "linux", reason="others do not say it of another process")
def test_the_memory_of_the_process_that_reads_counts() -> None:
    code = "x = bytearray(30_000_000); print(1, flush=True); input()"
    start = partial(subprocess.Popen, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    with start([sys.executable, "-c", code]) as reader:
        assert reader.stdout
        reader.stdout.readline()
        held = batches.peak_bytes(reader.pid)
        counted = batches.Clock().said()["peak_bytes"]
        reader.kill()
    assert held > 30_000_000
    assert counted >= batches.peak_bytes() + held
