"""The explorer: its tables without a browser, and the whole of it in a real one."""

from __future__ import annotations

import base64
import io
import os
import re
import runpy
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import scripts

import yiyang
from yiyang import InputError
from yiyang.core.messages import label
from yiyang.explorer import Choice, Explorer, Panel, Session, pictures
from yiyang.themes import codebooks


@pytest.fixture
def panel(session: Session) -> Panel:
    return Panel(session)


# --- tables --------------------------------------------------------------------------------


def test_the_codebook_shows_the_themes_of_the_tables(
    session: Session, everywhere: tuple[str, ...], corpus: yiyang.Corpus
) -> None:
    view = session.view(Choice(everywhere))
    of_theme = corpus.themes.set_index("theme_id")["name_zh"]
    assert list(view.tasks["group"]) == list(corpus.task_themes["theme_id"].map(of_theme))
    assert list(view.tasks["score"]) == list(corpus.task_themes["score"].astype(float).round(3))


@pytest.mark.parametrize("method", ["codebook", "clusters", "kmeans"])
@pytest.mark.parametrize("ngrams", [1, 2])
def test_every_task_of_the_chosen_lists_is_shown(
    method: str, ngrams: int, session: Session, corpus: yiyang.Corpus
) -> None:
    view = session.view(Choice(("beijing", "jiyuan"), method, 8, ngrams))
    here = corpus.tasks["jurisdiction"].isin(["beijing", "jiyuan"])
    assert list(view.tasks["task_id"]) == list(corpus.tasks.loc[here, "task_id"])
    assert view.heat["tasks"].sum() == len(view.tasks)
    assert view.heat.groupby("jurisdiction")["share"].sum().round(9).eq(1).all()
    assert view.terms["terms"].str.contains(" ").any() == (ngrams == 2)
    if method == "kmeans":
        assert view.tasks["group"].nunique() == 8


def test_places_on_the_map_stay_while_the_choice_changes(
    session: Session, everywhere: tuple[str, ...]
) -> None:
    one = session.view(Choice(everywhere)).tasks.set_index("task_id")[["x", "y"]]
    other = session.view(Choice(("beijing",), "kmeans", 3)).tasks.set_index("task_id")[["x", "y"]]
    pd.testing.assert_frame_equal(one.loc[other.index], other)


@pytest.mark.parametrize("theme", ["中医药", "tcm", "Traditional Chinese medicine"])
def test_a_seed_word_typed_in_decides(
    theme: str, session: Session, everywhere: tuple[str, ...]
) -> None:
    view = session.view(Choice(everywhere, seeds=f"{theme}：设置一条*, 养老服务热线"))
    first = view.tasks.set_index("task_id").loc["chaoyang-01"]
    assert first["group"] in ("中医药", "居家社区医养服务")
    assert "养老服务热线" in set(view.seeds["term"])
    before = session.view(Choice(everywhere)).tasks.set_index("task_id").loc["chaoyang-01"]
    assert first["score"] < before["score"]


def test_an_extra_stop_word_is_heard_no_more(session: Session, everywhere: tuple[str, ...]) -> None:
    view = session.view(Choice(everywhere, stop_words="用地, 家庭病床"))
    assert (
        not view.terms["terms"]
        .str.split("、")
        .map(set)
        .map({"用地", "家庭病床"}.intersection)
        .any()
    )


@pytest.mark.parametrize(
    ("seeds", "message"),
    [
        ("中药：义诊", "补充的种子词, line 1: found the theme 中药"),
        ("\ntcm: 针灸推拿馆", "补充的种子词, line 2: found the term 针灸推拿馆, which is cut"),
        ("tcm: *", "补充的种子词, line 1: found the term '\\*'"),
        ("tcm: 推进", "补充的种子词, line 1: found the term 推进, which is a stop word"),
        ("tcm: 艾灸, 热线", "line 1: found the term 热线, which is a stop word"),
        ("\n中医药 艾灸", "补充的种子词, line 2: found the line '中医药 艾灸'"),
        ("tcm: ，", "补充的种子词, line 1: found the line 'tcm: ，'"),
    ],
)
def test_a_seed_word_of_no_use_is_explained(
    seeds: str, message: str, session: Session, everywhere: tuple[str, ...]
) -> None:
    with pytest.raises(InputError, match=message):
        session.view(Choice(everywhere, seeds=seeds, stop_words="热线"))


@pytest.mark.parametrize("method", ["codebook", "clusters", "kmeans"])
def test_no_list_chosen_shows_nothing(method: str, session: Session) -> None:
    view = session.view(Choice((), method))
    assert view.tasks.empty
    assert view.heat.empty
    assert view.terms.empty


def test_the_downloads_can_be_read_back(
    session: Session, everywhere: tuple[str, ...], tmp_path: Path
) -> None:
    view = session.view(Choice(everywhere, seeds="tcm: 义诊"))
    path = tmp_path / "theme_seeds.csv"
    path.write_text(session.codebook_csv(view), encoding="utf-8")
    back = codebooks.seeds(path)
    assert "义诊" in set(back.query("theme_id == 'tcm'")["term"])
    assert len(back) == len(codebooks.seeds()) + 1
    table = pd.read_csv(io.StringIO(session.assignment_csv(view)))
    assert list(table["task_id"]) == list(view.tasks["task_id"])


def test_the_example_of_the_seeds_moves_a_task(
    session: Session, everywhere: tuple[str, ...]
) -> None:
    before = session.view(Choice(everywhere)).tasks
    for lang in ("zh", "en"):
        example = re.split("[：:] ?", label("explorer.seeds_hint", lang), maxsplit=1)[1]
        after = session.view(Choice(everywhere, seeds=example)).tasks
        assert (after[["group", "score"]] != before[["group", "score"]]).any(axis=None)


def test_at_most_ten_groups_have_a_colour_and_the_rest_are_grey(
    session: Session, everywhere: tuple[str, ...]
) -> None:
    choice = Choice(everywhere, "kmeans", 30)
    view = session.view(choice)
    drawn = pictures.theme_map(view, session, choice)
    given = {param["name"]: param.get("value") for param in drawn["params"]}
    of = dict(zip(given["names"], given["shades"], strict=True))
    assert {row["shade"] for row in drawn["datasets"]["rows"]} == set(of)
    assert len(of) <= len(drawn["encoding"]["color"]["scale"]["range"])
    coloured = [name for name, colour in of.items() if colour != pictures.GREY]
    assert len(coloured) == len(set(of.values())) - 1 == 10
    size = view.tasks["group"].value_counts()
    assert list(size[coloured]) == sorted(size[coloured], reverse=True)
    assert size[coloured].min() >= size.drop(coloured).max()


def test_a_word_whose_interval_holds_zero_is_grey(session: Session) -> None:
    choice = Choice(("beijing", "chaoyang"), one="beijing", other="chaoyang")
    table = session.words(choice, session.view(choice))
    drawn = pictures.words(table, ("a", "b"), "en")
    colour = drawn["layer"][0]["encoding"]["color"]
    assert colour["condition"]["value"] == pictures.GREY
    assert colour["condition"]["test"] == "datum.low <= 0 && datum.high >= 0"


# --- recipes -------------------------------------------------------------------------------


def same(one: Path, other: Path) -> None:
    """Two folders hold the same files, byte for byte."""
    names = sorted(path.name for path in one.iterdir())
    assert names == sorted(path.name for path in other.iterdir())
    for name in names:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name


def test_a_recipe_writes_the_same_bytes(
    session: Session, corpus: yiyang.Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In this process; the test in the browser runs one in a fresh process."""
    here: dict[str, Any] = {"method": "kmeans", "k": 4, "jurisdictions": ("zhongning", "beijing")}
    here |= {"edits": "1 + 2 = 甲\nbeijing-01 = 乙", "colour": "family", "across": "agency"}
    here |= {"by": "group", "one": "甲", "term": "床位", "sort": "right"}
    one = Explorer(corpus, session=session, stop_words="用地\u202e'\\\n\");x", **here)
    assert "\u202e" not in one.recipe()
    folder = one.export(tmp_path / "here")
    assert {"words.csv", "contexts.csv", "heat.png"} <= {path.name for path in folder.iterdir()}
    monkeypatch.chdir(tmp_path)
    runpy.run_path(str(folder / "recipe.py"))
    same(folder, tmp_path / "explorer")


def test_the_themes_exported_are_those_of_the_contract(
    session: Session, corpus: yiyang.Corpus
) -> None:
    table = Explorer(corpus, session=session).task_themes()
    given = corpus.task_themes
    for column in ("task_id", "theme_id", "second_theme_id"):
        assert list(table[column].fillna("")) == list(given[column].fillna(""))
    for column in ("score", "second_score"):
        ours, theirs = (t[column].astype(float).round(6).fillna(-1) for t in (table, given))
        assert list(ours) == pytest.approx(list(theirs), abs=2e-6)
    assert table["cluster"].isna().all()


def test_a_recipe_for_another_corpus_or_codebook_is_refused(
    session: Session, corpus: yiyang.Corpus
) -> None:
    assert Explorer(corpus, session=session, of=session.digest).choice.k == 20
    with pytest.raises(InputError, match="of digest"):
        Explorer(corpus, session=session, of="0" * 16)
    with pytest.raises(InputError, match="found the value 'kmean'"):
        Explorer(corpus, session=session, method="kmean")
    with pytest.raises(InputError, match="found the value 'nowhere'"):
        Explorer(corpus, session=session, jurisdictions=["nowhere"])


def test_the_panel_gives_the_recipe_of_what_it_shows(panel: Panel) -> None:
    panel.method.value, panel.k.value = "kmeans", 7
    panel.jurisdictions.value = ("beijing",)
    assert panel.explorer.choice == panel.choice
    assert panel.explorer.view.tasks.equals(panel.view.tasks)
    assert "method=&#39;kmeans&#39;" in panel.recipe.value
    fewer = label("explorer.fewer", "zh").format(k=4, asked=7)
    assert fewer in panel.status.value


# --- widgets, without a browser ------------------------------------------------------------


def test_the_table_and_the_charts_follow_the_controls(panel: Panel) -> None:
    start = time.process_time()
    panel.jurisdictions.value = ("beijing",)
    assert time.process_time() - start < 5  # half a second is measured in the browser
    assert len(panel.table.df) == 13
    assert len(panel.map.rows) == 13
    panel.method.value = "clusters"
    assert not panel.k.disabled
    panel.colour.value = "jurisdiction"
    assert [row["shade"] for row in panel.map.rows] == ["北京市"] * 13


def test_a_rectangle_on_the_map_picks_the_rows_of_the_table(panel: Panel) -> None:
    point = panel.view.tasks.iloc[0]
    near = {axis: [point[axis] - 1e-3, point[axis] + 1e-3] for axis in ("x", "y")}
    panel.map._vl_selections = {"brush": {"value": near, "store": []}}
    assert list(panel.table.df.iloc[:, 0]) == [point["task_id"]]
    panel.map._vl_selections = {"brush": {"value": {}, "store": []}}
    assert len(panel.table.df) == len(panel.view.tasks)


def test_a_click_on_a_word_shows_its_contexts(panel: Panel) -> None:
    panel.words._vl_selections = {
        "pick": {"value": {"vlPoint": {"or": [{"term": "家庭病床"}]}}, "store": []}
    }
    assert panel.term.value == "家庭病床"
    assert panel.contexts.value.count("<mark>家庭病床</mark>") == 13
    panel.other.value = panel.one.value
    assert "against itself" in panel.contexts.value


def test_a_fault_is_shown_and_nothing_moves(panel: Panel) -> None:
    before = panel.table.df
    panel.seeds.value = "nothing: <b>义诊"
    assert 'role="alert"' in panel.seeds_said.value
    assert "<b>" not in panel.seeds_said.value
    assert panel.table.df is before
    panel.seeds.value = ""
    assert panel.seeds_said.value == ""
    panel.edits.value = "无此类 = 甲"
    assert "第1行" in panel.edits_said.value


def test_the_links_carry_the_files(panel: Panel) -> None:
    payload = re.findall(r"base64,([A-Za-z0-9+/=]+)", panel.downloads.value)
    assert len(payload) == 2
    assert base64.b64decode(payload[0]).decode().startswith("theme_id,term,weight,reason\n")


# --- the whole of it in a real browser -------------------------------------------------------


BENCHMARK = scripts.benchmark("explorer")
EACH = [
    ("列", "部门"),
    ("颜色", "对应任务组"),
    ("手工改动", "chaoyang-01 = 中医药"),
    ("补充停用词", "用地"),
    ("补充的种子词", "中医药: 义诊"),
    ("方法", "聚类"),
    ("词组长度", "2"),
    ("手工改动", "1 + 2 = 甲"),
    ("比较", "两个主题或类"),
    ("一方", "甲"),
    ("查看词语", "养老"),
    ("排序", "按后文"),
]
"""A change of each control but the places and the slider, which are changed as a reader does;
where two must fit, the later one."""


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """JupyterLab on a notebook with the explorer; the address with its token, and the folder."""
    folder = tmp_path_factory.mktemp("lab")
    with BENCHMARK.lab(folder) as address:
        yield address, folder


def until(page, action: Callable[[], None], happened: Callable[[], bool]) -> None:
    """Act, wait for it to take effect, and act again: JupyterLab may still be connecting."""
    for _ in range(BENCHMARK.PATIENCE // 10):
        action()
        end = time.monotonic() + 10
        while time.monotonic() < end:
            if happened():
                return
            page.wait_for_timeout(100)
    raise AssertionError("nothing happened")


def watched(page) -> list[str]:
    """What goes wrong in a page: requests to other hosts, faults of scripts."""
    wrong: list[str] = []
    own = ("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:")
    page.on("request", lambda r: None if r.url.startswith(own) else wrong.append(r.url))
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on(
        "console",
        lambda said: (
            wrong.append(f"{said.text} ({said.location['url']})") if said.type == "error" else None
        ),
    )
    page.set_default_timeout(BENCHMARK.PATIENCE * 1000)
    return wrong


@pytest.mark.browser
def test_in_jupyterlab_everything_follows_every_control(
    launch: Callable, lab: tuple[str, Path], tmp_path: Path
) -> None:
    shown = label("explorer.shown", "zh")
    address, folder = lab
    with launch() as chromium:
        page = chromium.new_page(viewport={"width": 1500, "height": 3000})
        wrong = watched(page)
        page.goto(address)
        status = page.locator(".yx-notes p", has_text="显示")
        table = page.locator(".jupyter-widgets table.dataTable tbody").first
        charts = page.locator(".vega-embed svg, .vega-embed canvas")

        BENCHMARK.run_all(page)
        status.filter(has_text=shown.format(n=152, of=152)).wait_for()
        table.get_by_text("chaoyang-01").wait_for()

        page.locator(".widget-select-multiple select").select_option(label="北京市")
        status.filter(has_text=shown.format(n=13, of=152)).wait_for()
        table.get_by_text("beijing-01").wait_for()
        assert "chaoyang" not in table.inner_text()

        def drag() -> None:
            box = charts.first.bounding_box()
            if box is None:  # the map is being drawn anew
                return
            page.mouse.move(box["x"] + 10, box["y"] + 10)
            page.mouse.down()
            page.mouse.move(box["x"] + 500, box["y"] + 150, steps=5)
            page.mouse.up()

        until(page, drag, lambda: status.inner_text() != shown.format(n=13, of=152))
        page.wait_for_timeout(800)  # the last of its moves has come
        brushed = status.inner_text()
        for name, value in [("方法", "k均值"), ("方法", "编码表")]:
            page.evaluate(BENCHMARK.CHANGE, [name, value, 400])
            assert status.inner_text() == brushed  # the rectangle stays

        def pick() -> None:
            charts.nth(2).click(position={"x": 250, "y": 60})

        until(page, pick, lambda: page.locator("mark").count() > 0)
        page.locator(".widget-select-multiple select").select_option(label=BENCHMARK.EVERYWHERE)
        for name, value in EACH:
            page.evaluate(BENCHMARK.CHANGE, [name, value, 250])
        page.locator(".noUi-handle").press("ArrowRight")
        page.locator("details pre", has_text="k=21").wait_for(state="attached")
        export_and_repeat(page, folder, tmp_path)
        if picture := os.environ.get("YIYANG_PICTURES"):
            page.screenshot(path=f"{picture}/explorer.png", full_page=True)
        assert wrong == []


def export_and_repeat(page, folder: Path, tmp_path: Path) -> None:
    """Write the view by its button; its recipe, in a fresh process, writes the same bytes."""
    page.get_by_role("button", name=label("explorer.export", "zh")).click()
    page.get_by_text(str(folder / "explorer")).wait_for()
    recipe = (folder / "explorer" / "recipe.py").read_text(encoding="utf-8")
    assert "method='clusters'" in recipe
    assert "edits='1 + 2 = 甲'" in recipe
    page.get_by_role("button", name=label("explorer.copy", "zh")).wait_for()
    assert page.locator(".jupyter-widgets details pre").last.text_content() == recipe
    (tmp_path / "recipe.py").write_text(recipe, encoding="utf-8")
    subprocess.run([sys.executable, "recipe.py"], cwd=tmp_path, check=True, timeout=300)
    same(folder / "explorer", tmp_path / "explorer")
