"""A batch, a model and a place without tasks are ordinary: they end no run."""

from __future__ import annotations

from pathlib import Path

import pytest
import shapes
from large import here

import yiyang
from yiyang import scale
from yiyang.report import overview
from yiyang.scale import pipeline

LISTS = shapes.SHAPES["five lists"]()
NEWS = {f"news-{n}.txt": f"{shapes.NEWS}第{n}次。\n" for n in range(2)}


def _run(folder: Path, out: Path, files: dict[str, str]) -> dict[str, int]:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    said = scale.run(folder, out, here)
    return {name: said[name] for name in ("documents", "tasks", "documents_new")}


@pytest.mark.parametrize("order", [(LISTS, NEWS), (NEWS, LISTS)])
def test_a_batch_without_tasks_is_one_like_any_other(
    tmp_path: Path, order: tuple[dict[str, str], ...]
) -> None:
    folder, out = tmp_path / "own", tmp_path / "out"
    for files in order:
        _run(folder, out, files)
    # Scored again, as after a change of the codebook or of the library.
    for path in (out / "batches").glob("*/scored.json"):
        path.unlink()
    assert _run(folder, out, {}) == {"documents": 7, "tasks": 31, "documents_new": 0}
    loaded = yiyang.load(out)
    assert len(loaded.documents) == 7
    # Whichever came first, the model knows of the lists.
    assert loaded.task_themes["theme_id"].notna().mean() > 0.9
    assert loaded.task_themes["cluster"].notna().any()


def test_a_run_without_any_task_and_its_page(tmp_path: Path) -> None:
    folder, out = tmp_path / "own", tmp_path / "out"
    assert _run(folder, out, NEWS) == {"documents": 2, "tasks": 0, "documents_new": 2}
    assert all(len(frame) == 0 for name, frame in yiyang.load(out).all().items() if "task" in name)
    for lang in ("zh", "en"):
        overview.write_sources(out, tmp_path / lang)
    assert pipeline.manifests(out)
