"""The page on a large corpus as a whole: its counts are those of the tasks, added up."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

import yiyang
from yiyang import charts, report
from yiyang.charts.themes import heat
from yiyang.commands import cli
from yiyang.compare import coverage, summaries, theme_shares, workloads
from yiyang.core import parquet_store, store_parts
from yiyang.core.messages import LANGS, Lang, label
from yiyang.report import overview
from yiyang.show.paragraphs import lists


@pytest.fixture(autouse=True)
def _few_tasks_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(summaries, "LEAST", 1)


@pytest.fixture(scope="module")
def loaded(whole: Path) -> yiyang.Corpus:
    """The tables, with the first two digits of the code of the place as the jurisdiction."""
    corpus = yiyang.load(whole)
    code = corpus.jurisdictions.set_index("jurisdiction")["code"].str[:2].replace("00", "unknown")
    tasks = corpus.tasks.assign(jurisdiction=corpus.tasks["jurisdiction"].map(code))
    return yiyang.Corpus(corpus.all() | {"tasks": tasks})


def _sorted(frame: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    return frame.sort_values(by, ignore_index=True).astype(dict.fromkeys(by, object))


def test_the_shares_of_provinces_are_those_of_their_tasks(
    whole: Path, loaded: yiyang.Corpus
) -> None:
    of_themes = summaries.themes(parquet_store.summary(whole, "themes"), "province", loaded.themes)
    same = theme_shares.shares(loaded.task_themes, loaded.tasks, loaded.themes)
    keys = ["province", "theme_id"]
    same = same.rename(columns={"jurisdiction": "province"})
    pd.testing.assert_frame_equal(_sorted(of_themes, keys), _sorted(same, keys))
    of_states = summaries.states(parquet_store.summary(whole, "coverage"), "province")
    states = coverage.states(loaded.tasks, loaded.deadlines)
    same = coverage.shares(states, loaded.tasks, "jurisdiction")
    keys = ["province", "state"]
    same = same.rename(columns={"jurisdiction": "province"})
    pd.testing.assert_frame_equal(_sorted(of_states, keys), _sorted(same, keys))


def test_the_workloads_are_those_of_all_tasks(whole: Path, loaded: yiyang.Corpus) -> None:
    counts, read = (parquet_store.summary(whole, name) for name in ("workloads", "reading"))
    found = summaries.workloads(counts, read, loaded.agencies).set_index("agency_id")
    one = loaded.tasks.assign(jurisdiction="all")
    same = workloads.by_agency(loaded.assignments, one, loaded.agencies).set_index("agency_id")
    columns = [*workloads.ROLES, "tasks", "primary", "share", "load", "load_share", "kind"]
    pd.testing.assert_frame_equal(
        found.loc[same.index, columns], same[columns], check_dtype=False, atol=1e-5
    )
    assert (found["low"] <= found["share"]).all()
    assert (found["share"] <= found["high"]).all()


def test_what_was_read_is_counted(whole: Path, loaded: yiyang.Corpus) -> None:
    read = parquet_store.summary(whole, "reading").sum(numeric_only=True)
    named = loaded.assignments.dropna(subset="agency_id")["task_id"].nunique()
    assert read["documents"] == len(loaded.documents) == 9
    assert read["unread"] == 1
    assert read["tasks"] - read["unnamed"] == named
    assert read["units"] == len(loaded.assignments)
    assert "1 (11.1%)" in lists.reading_of_many(parquet_store.summary(whole, "reading"), "en")


def test_a_province_has_shares_from_thirty_tasks_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()  # `LEAST` as it is
    read = pd.DataFrame({"province": ["11", "51", "51"], "year": ["2024", "2023", "2024"]})
    read["tasks"] = [29, 14, 16]
    assert summaries.enough(read, "province").to_dict() == {"51": 30}
    themes = read.assign(theme_id="a", second=0)
    states = read.assign(state=coverage.STATES[0])
    for table in (
        summaries.themes(themes, "province", pd.DataFrame({"theme_id": ["a"]})),
        summaries.states(states, "province"),
    ):
        assert set(table["province"]) == {"51"}
    held = read[1:].assign(agency_id="a", load=1.0, **dict.fromkeys(workloads.ROLES, 0))
    agencies = pd.DataFrame({"agency_id": ["a"], "kind": ["x"]})
    row = summaries.workloads(held, read, agencies).iloc[0]
    assert (row["low"], row["high"]) == (1, 1)  # in the other province it has none


@pytest.mark.parametrize("lang", LANGS)
def test_the_charts_name_every_province(whole: Path, lang: Lang) -> None:
    charts = dict(overview.drawn(overview.gather(whole), lang))
    assert list(charts) == [
        *("themes_province", "themes_year", "workloads", "coverage_province", "coverage_year")
    ]
    ticks = {
        t.get_text().split(" (")[0] for t in charts["coverage_province"].axes[0].get_yticklabels()
    }
    assert {label(f"province.{code}", lang) for code in ("11", "51", "64")} <= ticks
    plt.close("all")


@pytest.mark.parametrize("low", [0.25, np.nan])
def test_each_bar_has_its_figure(low: float, loaded: yiyang.Corpus) -> None:
    shares = {"tasks": [12, 5], "share": [0.48, 0.2], "load": [3.0, 1.0], "lead": [12, 5]}
    table = pd.DataFrame({"agency_id": ["health", "civil_affairs"], **shares})
    table = table.assign(jurisdiction="x", is_collective=False, low=low, high=low + 0.3)
    table = table.assign(**{role: 0 for role in workloads.ROLES if role != "lead"})
    _, ax = plt.subplots()
    charts.agencies.workload_of_all(table, loaded.agencies, ax, "en")
    assert {t.get_text() for t in ax.texts} == {"12", "5"}
    assert all(np.isfinite(t.get_position()[0]) for t in ax.texts)
    plt.close("all")


def _list_parts(out: Path) -> None:
    """Let a store list the parts that it has."""
    parts = {name: store_parts.describe(out / name) for name in store_parts.lying(out)}
    said = {"is_whole": True, "parts": parts}
    (out / store_parts.MANIFEST).write_text(json.dumps(said), encoding="utf-8")


def test_the_page_is_made_of_the_summaries_alone(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    shutil.copytree(whole, out, ignore=shutil.ignore_patterns("batches", "province=*"))
    (out / "batches").mkdir()
    said = json.loads((out / "run.json").read_text())
    said["failures"] = {"a <b>broken</b> file": 2} | {f"fault {n}x": 1 for n in range(30)}
    (out / "run.json").write_text(json.dumps(said))
    _list_parts(out)
    _keep_the_environment(monkeypatch)
    ran = CliRunner().invoke(cli.app, ["report", "--corpus", str(out)])
    assert ran.exit_code == 0, ran.output
    site = out / overview.FOLDER
    for lang in LANGS:
        page = (site / lang / "index.html").read_text(encoding="utf-8")
        assert "&lt;b&gt;broken" in page
        assert label("overview.other_reasons", lang) in page
        assert page.count(".svg") >= 5
        assert 'href="../summary/themes.csv"' in page
    assert (site / "summary" / "themes.csv").is_file()
    assert report.digest(site)


def test_of_many_provinces_the_figures_are_per_cent(loaded: yiyang.Corpus) -> None:
    keys = [label(f"province.{code}", "zh") for code in range(31, 38)] + list("abcdefg")
    index = pd.MultiIndex.from_product([keys, loaded.themes["theme_id"]])
    counts = pd.DataFrame({"tasks": 1, "second": 0}, index.set_names(["province", "theme_id"]))
    counts.iloc[0] = 984
    counts.iloc[-1] = 0
    table = theme_shares.of_counts(counts, pd.Series(1_000, keys))
    _, ax = plt.subplots()
    heat(table, summaries.named(table["province"], "province"), loaded.themes, ax, "zh")
    figures = [text.get_text() for text in ax.texts]
    assert [figures.count(words) for words in ("98", "<1", "0")] == [1, len(index) - 2, 1]
    plt.close("all")


def test_several_places_can_be_named(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    shutil.copytree(whole, out, ignore=shutil.ignore_patterns("province=*"))
    _list_parts(out)
    _keep_the_environment(monkeypatch)
    monkeypatch.setattr(cli, "_report_on", lambda corpus, pdf, rows: None)
    command = ["report", "--corpus", str(out), "--no-pdf", "-j", "51", "-j", "chaoyang,64"]
    assert CliRunner().invoke(cli.app, command).exit_code == 0
    assert os.environ["YIYANG_JURISDICTIONS"] == "51,chaoyang,64"
    assert os.environ["YIYANG_CODEBOOK"] == str(parquet_store.codebook_of(out))
    ran = CliRunner().invoke(cli.app, ["run", "--codebook", str(tmp_path)])
    assert ran.exit_code == 1
    assert "no themes.csv in the folder" in " ".join(ran.output.split())


def test_the_page_on_the_whole_is_not_printed(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _keep_the_environment(monkeypatch)
    ran = CliRunner().invoke(cli.app, ["report", "--corpus", str(whole), "--pdf"])
    assert ran.exit_code == 1
    assert "with --pdf" in " ".join(ran.output.split())
    assert not (whole / overview.FOLDER).exists()


def _keep_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a command sets goes with the test."""
    for name in ("YIYANG_CORPUS", "YIYANG_BESIDE", "YIYANG_JURISDICTIONS", "YIYANG_CODEBOOK"):
        monkeypatch.setenv(name, "")


def test_a_corpus_without_a_task_has_a_page(tmp_path: Path) -> None:
    from large import here  # noqa: PLC0415

    from yiyang import scale  # noqa: PLC0415

    folder, out = tmp_path / "documents", tmp_path / "out"
    folder.mkdir()
    (folder / "a.txt").write_text("今天天气很好。\n", encoding="utf-8")
    scale.run(folder, out, here)
    overview.write_sources(out, tmp_path / "work")
    text = (tmp_path / "work" / "en" / "source" / "index.md").read_text()
    assert "0 tasks were read from 1 documents" in text.replace("**", "")
