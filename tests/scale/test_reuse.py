"""What the documents of a store share: passages, places in the printed text, order, chance."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import networkx as nx
import pandas as pd
import pytest
from large import here
from scripts import benchmark
from typer.testing import CliRunner

from yiyang.commands.cli import app
from yiyang.core import parquet_store, schema, store_parts
from yiyang.core.messages import LANGS
from yiyang.report import reused
from yiyang.safety.errors import InputError
from yiyang.scale import reuse, reuse_joining, reuse_reading, verifying

BENCHMARK = benchmark("reuse")
LONG = "推进社区养老服务站点建设每年新增助餐点二十个并纳入民生实事"
Given = Sequence[tuple[str, str, list[str]]]
"""Documents: code of the government, date (empty: none), tasks."""


def store(out: Path, given: Given) -> Path:
    """A store of some documents, as `yiyang run` would have written it."""
    copies = BENCHMARK.copies
    made = [
        copies.Document(
            n,
            code,
            pd.Timestamp(date).date() if date else None,
            [copies.Sentence(text, 0) for text in texts],
        )
        for n, (code, date, texts) in enumerate(given)
    ]
    BENCHMARK.write_store(made, out)
    return out


def pairs_of(out: Path) -> list[tuple[Any, ...]]:
    made = reuse.read_table(out, "reuse_pairs")
    ids = (made[c].str[-1].astype(int) for c in ("document_id", "other_document_id"))
    columns = (*ids, made["order"].astype(str), made["relation"].astype(str), made["n_shared"])
    return [*zip(*columns, strict=True)]


N = len(LONG)
CASES: dict[str, tuple[Given, list[tuple[Any, ...]]]] = {
    "the earlier first, whatever the names": (
        [("110101", "2022-05-01", [LONG]), ("310101", "2021-05-01", ["一是" + LONG])],
        [(1, 0, "earlier", "peers", N)],
    ),
    "other signs and widths break nothing": (
        [
            ("110101", "2021-01-01", [LONG]),
            ("110102", "2022-01-01", [LONG[:9] + "，　" + LONG[9:] + "。"]),
        ],
        [(0, 1, "earlier", "siblings", N)],
    ),
    "nineteen letters are too few": (
        [("110101", "2021-01-01", [LONG[:19]]), ("110102", "2022-01-01", [LONG[:19] + "等"])],
        [],
    ),
    "twenty are enough": (
        [("110101", "2021-01-01", [LONG[:20]]), ("110102", "2022-01-01", ["另" + LONG[:20]])],
        [(0, 1, "earlier", "siblings", 20)],
    ),
    "a passage ends with its task": (
        [("110101", "2021-01-01", [LONG]), ("110102", "2022-01-01", [LONG[:15], LONG[15:]])],
        [],
    ),
    "an undated document has no place in the order": (
        [("110101", "", [LONG]), ("110102", "2022-01-01", [LONG])],
        [(1, 0, "undated", "siblings", N)],
    ),
    "two of one day have none before the other": (
        [("110101", "2022-01-01", [LONG]), ("110000", "2022-01-01", [LONG])],
        [(0, 1, "same_day", "up", N)],
    ),
    "from the centre down": (
        [("100000", "2021-01-01", [LONG]), ("511724", "2022-01-01", [LONG])],
        [(0, 1, "earlier", "down", N)],
    ),
    "a city and a county of another": (
        [("511700", "2021-01-01", [LONG]), ("510107", "2022-01-01", [LONG])],
        [(0, 1, "earlier", "across", N)],
    ),
    "a text counts once, however often it stands there": (
        [("110101", "2021-01-01", [LONG]), ("110101", "2022-01-01", [LONG, LONG])],
        [(0, 1, "earlier", "same", N)],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_pairs_of_documents(name: str, tmp_path: Path) -> None:
    given, wanted = CASES[name]
    reuse.run(store(tmp_path / "out", given), here)
    assert pairs_of(tmp_path / "out") == wanted


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any]:
    """Two hundred documents that copy from each other, and the truth of them."""
    out = tmp_path_factory.mktemp("reuse") / "out"
    truth = BENCHMARK.Truth()
    few = BENCHMARK.copies.documents(200, tasks=(8, 16), provinces=2, days=700)
    BENCHMARK.write_store(truth.noted(few), out)
    reuse.run(out, here)
    return out, truth


def test_who_copied_from_whom_is_found(made: tuple[Path, Any]) -> None:
    said = BENCHMARK.scores(*made)
    assert said["copied_pairs"] > 80
    assert min(said["precision"], said["recall"], said["direction_right"]) >= 0.95, said


def test_the_tables_are_those_of_the_contract(made: tuple[Path, Any]) -> None:
    frames = {name: reuse.read_table(made[0], name) for name in reuse.TABLES}
    schema.check(frames)
    assert set(schema.names("reuse")) == set(reuse.TABLES)
    assert not set(schema.names("reuse")) & set(schema.names())
    assert all(len(frame) for frame in frames.values())


def test_every_place_is_in_the_printed_text(made: tuple[Path, Any]) -> None:
    out = made[0]
    paths = sorted((out / "tables" / "tasks").rglob(parquet_store.PART))
    tasks = pd.concat(parquet_store.read_table("tasks", path) for path in paths)
    texts = tasks.set_index("task_id")["text_printed"]
    passages = reuse.read_table(out, "passages").set_index("passage_id")
    places = reuse.read_table(out, "passage_places")
    letters = BENCHMARK.passages.letters
    for row in places.itertuples():
        printed = texts[row.task_id][row.start : row.end]
        assert letters(printed)[0] == letters(passages["text"][row.passage_id])[0]
        assert len(letters(printed)[0]) == passages["n_letters"][row.passage_id] >= 20
    dated = places[places["date_issued"].notna()]
    for _, own in dated.groupby("passage_id"):
        assert own.sort_values("order")["date_issued"].is_monotonic_increasing
    assert places.loc[places["date_issued"].isna(), "order"].isna().all()


def test_what_everybody_writes_makes_no_pair(made: tuple[Path, Any]) -> None:
    wide = reuse.read_table(made[0], "widespread")
    assert len(wide) == len(BENCHMARK.copies.TEMPLATE)
    assert (wide["n_documents"] > 10).all()
    passages = reuse.read_table(made[0], "passages")["text"]
    assert not passages.str.contains("年度目标责任考核").any()


def test_the_network_is_that_of_the_links(made: tuple[Path, Any]) -> None:
    links = reuse.read_table(made[0], "reuse_links")
    graph = nx.read_gexf(made[0] / reuse.FOLDER / reuse.NETWORK)
    edges = {(a, b): data["weight"] for a, b, data in graph.edges(data=True)}
    keys = zip(links["jurisdiction"], links["other_jurisdiction"], strict=True)
    assert edges == dict(zip(keys, links["n_pairs"], strict=True))


def test_chance_leaves_the_number_of_pairs(made: tuple[Path, Any]) -> None:
    """Dates that change places turn pairs round; a pair of one day is in no order."""
    paths, pairs = (reuse.read_table(made[0], name) for name in ("reuse_paths", "reuse_pairs"))
    assert paths["n_pairs"].sum() == (pairs["order"] == "earlier").sum()
    assert paths["chance"].sum() == pytest.approx(paths["n_pairs"].sum(), rel=0.02)
    assert (paths["chance_low"] <= paths["chance_high"]).all()
    assert paths["chance_at_least"].between(0, 1).all()


def counted(calls: list[str]) -> Any:
    def engine(function: Any, items: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        for item in items:
            calls.append(function.__name__)
            yield item, function(item)

    return engine


def test_nothing_is_read_twice(tmp_path: Path) -> None:
    given = [("110101", "2021-01-01", [LONG]), ("310101", "2022-01-01", [LONG])]
    out, calls = store(tmp_path / "out", given), list[str]()
    assert not reuse.run(out, counted(calls))["is_kept"]
    assert calls == ["read_part", "read_part", "meet_bucket", "extend_share"]
    before = {p.name: p.read_bytes() for p in (out / reuse.FOLDER).iterdir()}
    assert reuse.run(out, counted(calls))["is_kept"]
    assert len(calls) == 4
    # One part changes: it alone is read again.
    work = out / reuse.WORK
    kept = tmp_path / "kept"
    shutil.move(work, kept)
    shutil.rmtree(out)
    store(out, [*given[:1], ("310101", "2022-01-01", [LONG + "等"])])
    shutil.move(kept, work)
    del calls[:]
    reuse.run(out, counted(calls))
    assert calls == ["read_part", "meet_bucket", "extend_share"]
    assert {p.name for p in (out / reuse.FOLDER).iterdir()} == set(before)


class Killed(BaseException):
    """What ends a run in the middle."""


def test_a_run_that_was_killed_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = [(c, f"202{n}-01-01", [LONG, LONG[:24] + "等"]) for n, c in
             enumerate(["110101", "310101", "511724"])]  # fmt: skip
    whole, out = store(tmp_path / "whole", given), store(tmp_path / "out", given)
    reuse.run(whole, here)
    steps = [
        (reuse_reading, "read_part"),
        *((reuse_joining, name) for name in ("meet_bucket", "extend_share")),
        (reuse, "tables"),
        (reuse.nx, "write_gexf"),
    ]
    for module, step in steps:
        usual, calls = getattr(module, step), list[str]()

        def ends(*given: Any, usual: Any = usual, **options: Any) -> Any:
            usual(*given, **options)
            raise Killed

        with monkeypatch.context() as patch:
            patch.setattr(module, step, ends)
            with pytest.raises(Killed):
                reuse.run(out, counted(calls))
        assert not (out / reuse.FOLDER).exists()
    calls = []
    reuse.run(out, counted(calls))
    assert calls == []  # all pieces were there
    for name in reuse.TABLES:
        pd.testing.assert_frame_equal(reuse.read_table(out, name), reuse.read_table(whole, name))


def test_the_store_stays_as_it_was(made: tuple[Path, Any]) -> None:
    assert [*store_parts.faults(made[0], hashes=True)] == []
    assert not [*verifying._parts(made[0])]


def test_a_damaged_or_missing_result_is_made_again(tmp_path: Path) -> None:
    given = [("110101", "2021-01-01", [LONG]), ("310101", "2022-01-01", [LONG])]
    out = store(tmp_path / "out", given)
    with pytest.raises(InputError, match="yiyang reuse"):
        reuse.read_table(out, "passages")
    reuse.run(out, here)
    path = out / reuse.FOLDER / "passages.parquet"
    path.write_bytes(path.read_bytes()[:-9])
    assert not reuse.run(out, here)["is_kept"]
    assert len(reuse.read_table(out, "passages")) == 1
    with pytest.raises(InputError, match="yiyang run"):
        reuse.run(tmp_path, here)


def test_the_command_finds_in_several_processes_what_one_does(
    made: tuple[Path, Any], tmp_path: Path
) -> None:
    out = tmp_path / "out"
    shutil.copytree(made[0], out, ignore=shutil.ignore_patterns("reuse*"))
    told = CliRunner().invoke(app, ["reuse", "--corpus", str(out), "--processes", "2"])
    assert told.exit_code == 0, told.output
    for name in reuse.TABLES:
        pd.testing.assert_frame_equal(reuse.read_table(out, name), reuse.read_table(made[0], name))
    n = len(reuse.read_table(out, "passages"))
    assert f"{n} shared passages" in " ".join(told.output.split())
    told = CliRunner().invoke(app, ["reuse", "-c", str(tmp_path)])
    assert told.exit_code == 1
    assert "yiyang run" in told.output


def test_the_overview_has_a_chapter_on_it(made: tuple[Path, Any], tmp_path: Path) -> None:
    said = reuse.account(made[0])
    assert said
    for lang in LANGS:
        text = reused.section(made[0], lang)
        assert f"{said['counts']['reuse_pairs']:,}" in text
        assert text.count("{raw} html") == 3
    other = store(tmp_path / "out", [("110101", "2021-01-01", [LONG])])
    assert "yiyang reuse" in reused.section(other, "en")
    shutil.copytree(made[0] / reuse.FOLDER, other / reuse.FOLDER)
    assert "have changed" in reused.section(other, "en")
