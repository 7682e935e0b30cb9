"""What the explorer offers beyond one view: changes by hand, axes, its page without Python."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup

import yiyang
from yiyang import InputError
from yiyang.core.messages import label
from yiyang.explorer import (
    Choice,
    Explorer,
    Panel,
    Session,
    changes,
    layout,
    page_map,
    pictures,
    prepared,
)

# --- changes by hand -----------------------------------------------------------------------


def groups(session: Session, everywhere: tuple[str, ...], edits: str) -> pd.Series:
    return session.view(Choice(everywhere, edits=edits)).tasks.set_index("task_id")["group"]


def test_groups_are_merged_renamed_and_tasks_moved(
    session: Session, everywhere: tuple[str, ...]
) -> None:
    before = groups(session, everywhere, "")
    after = groups(session, everywhere, "中医药 + Hospice care = 甲\n甲 = 乙\nchaoyang-01 ＝ tcm")
    both = before.isin(["中医药", "安宁疗护"])
    assert list(after[both]) == ["乙"] * int(both.sum())
    assert after["chaoyang-01"] == "中医药"
    rest = ~both & (before.index != "chaoyang-01")
    assert list(after[rest]) == list(before[rest])
    view = session.view(Choice(everywhere, edits="中医药 = 乙"))
    assert "乙" in set(view.terms["group"])
    assert view.heat["tasks"].sum() == len(view.tasks)


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ("甲", "line 1: found the line '甲'"),
        ("\n中医药 =", "line 2: found the line '中医药 ='"),
        ("中医药 + = 乙", "line 1: found the line"),
        ("中医药 = 乙\n中医药 = 丙", "line 2: found the name '中医药'"),
        ("chaoyang-99 = 中医药", "line 1: found the name 'chaoyang-99'"),
    ],
)
def test_a_change_that_names_nothing_is_explained(
    edits: str, said: str, session: Session, everywhere: tuple[str, ...]
) -> None:
    with pytest.raises(InputError, match=re.escape(said)):
        groups(session, everywhere, edits)


def test_a_codebook_changed_by_hand_is_loaded_again(
    corpus: yiyang.Corpus, session: Session, tmp_path: Path
) -> None:
    edits = "安宁疗护 + 中医药 = 中医药\n规划与用地 = 用地\nchaoyang-01 = 中医药"
    one = Explorer(corpus, session=session, seeds="tcm: 义诊", edits=edits)
    found = one.save_codebook(tmp_path / "book")
    assert {"added", "removed", "changed"} == set(found["change"])
    assert ("review", "tcm", "chaoyang-01") in set(
        zip(found["part"], found["theme_id"], found["term"], strict=True)
    )
    again = yiyang.load(codebook=tmp_path / "book")
    themes = again.themes.set_index("theme_id")
    assert "hospice" not in themes.index
    assert "用地" in set(themes["name_zh"])
    table = again.task_themes.set_index("task_id")
    assert table.at["chaoyang-01", "theme_id"] == "tcm"
    assert bool(table.at["chaoyang-01", "is_reviewed"])
    # The explorer shows what was set by hand too, as the tables do.
    shown = Explorer(again).view.tasks.set_index("task_id")["group"]
    assert list(shown) == list(table["theme_id"].map(themes["name_zh"]))
    one.save_codebook(tmp_path / "book")  # its own folder may be written again
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "mine.txt").write_text("mine")
    for write in (one.save_codebook, one.export):
        with pytest.raises(InputError, match="this one would be replaced"):
            write(tmp_path / "other")


def test_a_group_without_seeds_is_no_theme(
    corpus: yiyang.Corpus, session: Session, tmp_path: Path
) -> None:
    for controls in ({"edits": "chaoyang-01 = 新的"}, {"edits": "1 = 甲", "method": "kmeans"}):
        with pytest.raises(InputError):
            Explorer(corpus, session=session, **controls).save_codebook(tmp_path / "book")
    assert not (tmp_path / "book").exists()


# --- axes, sides, colours ------------------------------------------------------------------


def test_agencies_and_years_are_axes_and_nothing_is_left_out(
    corpus: yiyang.Corpus, session: Session, everywhere: tuple[str, ...]
) -> None:
    years = session.view(Choice(everywhere, across="year")).heat
    issued = corpus.documents.set_index("document_id")["date_issued"]
    stated = corpus.tasks["document_id"].map(issued).notna()
    by_year = years.groupby("year")["tasks"].sum()
    assert by_year.sum() == len(corpus.tasks)
    assert by_year["未写年份"] == (~stated).sum() > 0
    agencies = session.view(Choice(everywhere, across="agency")).heat
    units = corpus.assignments[corpus.assignments["is_primary"]]
    named = units.drop_duplicates(["task_id", "agency_id"]).dropna(subset="agency_id")
    health = named[named["agency_id"] == "health"]
    by_agency = agencies.groupby("agency")["tasks"].sum()
    assert by_agency["卫生健康"] == len(health)
    without = ~corpus.tasks["task_id"].isin(units["task_id"])
    assert by_agency.get("未写部门", 0) == without.sum()
    assert agencies.groupby("agency")["share"].sum().round(9).eq(1).all()


@pytest.mark.parametrize("by", ["group", "year"])
def test_any_two_groups_are_compared(
    by: str, session: Session, everywhere: tuple[str, ...]
) -> None:
    choice = Choice(everywhere, by=by, term="养老", sort="right")
    view = session.view(choice)
    one, other = session.pair(choice, view)
    assert one != other
    words = session.words(choice, view)
    assert set(words["side"]) == {one, other}
    places = session.contexts(choice, view)
    assert set(places["side"]) <= {one, other}
    assert list(places["right"]) == sorted(places["right"])


def test_families_are_a_colouring(session: Session, everywhere: tuple[str, ...]) -> None:
    view = session.view(Choice(everywhere))
    value, colours = pictures.shades(view, session, "family")
    assert value.isna().sum() == 0
    assert colours["没有对应任务"] == colours["其余各类"] == pictures.GREY
    assert len(set(colours.values())) == 11


def test_what_changed_its_group_is_listed(session: Session, everywhere: tuple[str, ...]) -> None:
    one = Choice(everywhere)
    other = one._replace(edits="chaoyang-01 = 中医药")
    moved = changes.moved(session.view(other), other, session.view(one), one)
    assert list(moved.itertuples(index=False, name=None)) == [
        ("chaoyang-01", "居家社区医养服务", "中医药")
    ]
    # The same clusters under other numbers are the same.
    many, few = (one._replace(method="kmeans", k=k) for k in (8, 7))
    renamed = many._replace(edits="1 = 甲\n2 = 乙")
    assert changes.moved(session.view(renamed), renamed, session.view(many), many).empty
    assert not changes.moved(session.view(few), few, session.view(many), many).empty


# --- the widget ----------------------------------------------------------------------------


def test_the_panel_says_what_it_did_and_writes_what_is_asked(
    session: Session, tmp_path: Path
) -> None:
    panel = Panel(session)
    assert panel.changed.value == ""
    panel.seeds.value = "中医药: 设置一条*, 热线区"
    assert "义诊" not in panel.seeds_said.value
    panel.seeds.value = "\n中医药: 艾灸"
    assert "第2行的“艾灸”" in panel.seeds_said.value
    panel.seeds.value = ""
    panel.edits.value = "chaoyang-01 = 中医药"
    assert "1项任务换了主题或类" in panel.changed.value
    assert "chaoyang-01" in panel.changed.value
    assert "chaoyang-01 = 中医药" in panel.copy.text
    panel.folder.value = str(tmp_path / "out")
    panel.export.click()
    assert str(tmp_path / "out") in panel.told.value
    assert (tmp_path / "out" / "recipe.py").read_text() == panel.copy.text
    panel.save_codebook.click()
    assert (tmp_path / "out-codebook" / "changes.csv").is_file()
    panel.jurisdictions.value = ()
    assert label("explorer.nothing", "zh") in panel.status.value
    assert len(panel.table.df) == 0


def test_a_rectangle_stays_while_the_method_changes(session: Session) -> None:
    panel = Panel(session)
    point = panel.view.tasks.iloc[0]
    near = {axis: [point[axis] - 3, point[axis] + 3] for axis in ("x", "y")}
    panel.map._vl_selections = {"brush": {"value": near, "store": []}}
    ids = list(panel.table.df.iloc[:, 0])
    assert 0 < len(ids) < 152
    panel.method.value = "kmeans"
    assert list(panel.table.df.iloc[:, 0]) == ids
    [brush] = [param for param in panel.map.spec["params"] if "select" in param]
    assert brush["value"]["x"] == near["x"]


# --- many tasks ----------------------------------------------------------------------------


def test_of_many_tasks_a_sample_is_laid_out_and_it_is_said(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks = session.corpus.tasks
    monkeypatch.setattr(layout, "LAID", 40)
    places = layout.places(session.prepared.of(session.every).grown.places)
    assert places.shape == (len(tasks), 2)
    assert not pd.isna(places).any()
    assert len(layout.drawn(tasks, 50)) == 50
    monkeypatch.setattr(layout, "DRAWN", 100)
    monkeypatch.setattr(layout, "LISTED", 20)
    panel = Panel(session)
    assert "地图均匀抽取100点，共152项" in panel.status.value
    assert "下表列前20项，共152项" in panel.status.value
    assert len(panel.table.df) == 20


def test_what_is_kept_of_some_tasks_gives_what_is_made_anew(
    corpus: yiyang.Corpus, session: Session, everywhere: tuple[str, ...]
) -> None:
    """A view made after others is that of a fresh session, and only the last few are kept."""
    choices = [
        Choice(everywhere, "clusters", 9),
        Choice(everywhere[:2], "kmeans", 5, 2),
        Choice(everywhere, stop_words="养老"),
        Choice(everywhere, "clusters", 7),
        Choice(everywhere, seeds="tcm: 义诊"),
        Choice(everywhere),
    ]
    views = [session.view(choice) for choice in choices]
    for choice, view in zip(choices[2:], views[2:], strict=True):
        fresh = Session(corpus).view(choice)
        for name in ("tasks", "heat", "terms", "task_themes"):
            pd.testing.assert_frame_equal(getattr(view, name), getattr(fresh, name))
    assert len(session.prepared._sets) <= prepared.KEPT


def test_many_dots_are_drawn_on_a_canvas(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not Panel(session).map.is_canvas
    monkeypatch.setattr(layout, "LAID", 100)
    panel = Panel(session)
    assert panel.map.is_canvas
    assert json.loads(panel.map.spec["datasets"]["rows"]) == panel.map.rows
    assert len(json.loads(panel.table.rows)) == len(panel.table.df)


# --- the page without Python ---------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_is_whole_without_its_script(
    lang: str, corpus: yiyang.Corpus, tmp_path: Path
) -> None:
    one = Explorer(corpus, lang)
    text = one.to_html(tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == text
    assert len(text.encode()) < 3e6
    assert not re.search(r"""(?:src|href)=|https?:|url\(|\beval\b|Function\(|innerHTML""", text)
    soup = BeautifulSoup(text, "html.parser")
    assert soup.html["lang"].startswith(lang)
    rows = soup.select("table.yx-tasks tbody tr")
    assert [row.th.get_text() for row in rows] == list(corpus.tasks["task_id"])
    assert [row("td")[-1].get_text() for row in rows] == list(corpus.tasks["text"])
    assert len(soup.select("svg.yx-map circle")) == len(rows)
    counts = [int(cell.get_text()) for cell in soup.select("table.yx-heat tbody td")]
    assert counts == list(one.view.heat.pivot(
        index="group", columns="jurisdiction", values="tasks"
    ).loc[list(dict.fromkeys(one.view.heat["group"])),
          list(dict.fromkeys(one.view.heat["jurisdiction"]))].to_numpy().ravel())  # fmt: skip
    assert "Explorer(" in soup.pre.get_text()
    assert text == Explorer(corpus, lang).to_html()


def test_a_page_of_many_tasks_lists_a_sample_and_says_so(
    corpus: yiyang.Corpus, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page_map, "LISTED", 30)
    text = Explorer(corpus, session=session).to_html()
    soup = BeautifulSoup(text, "html.parser")
    assert len(soup.select("table.yx-tasks tbody tr")) == 30
    assert "均匀抽取30项列出（共152项）" in soup.select_one(".yx-about").get_text()


def test_hostile_text_stays_text(corpus: yiyang.Corpus) -> None:
    texts = corpus.tasks["text"].copy()
    texts.iloc[0] = '</td><script>alert(1)</script><img src=x onerror="alert(2)">养老'
    hostile = yiyang.Corpus({**corpus.all(), "tasks": corpus.tasks.assign(text=texts)})
    soup = BeautifulSoup(Explorer(hostile).to_html(), "html.parser")
    assert len(soup("script")) == 1
    assert not soup("img")
    assert soup.select("table.yx-tasks tbody tr")[0]("td")[-1].get_text() == texts.iloc[0]


@pytest.mark.browser
def test_the_page_filters_in_a_browser_from_the_file_system(
    corpus: yiyang.Corpus, launch: Callable, tmp_path: Path
) -> None:
    path = tmp_path / "page.html"
    Explorer(corpus, "en").to_html(path)
    held = corpus.tasks["text"].str.contains("床位")
    with launch() as chromium:
        page = chromium.new_page(viewport={"width": 1280, "height": 1400})
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda said: wrong.append(said.text))
        page.on("request", lambda r: None if r.url.startswith("file:") else wrong.append(r.url))
        page.goto(path.as_uri())
        status = page.locator(".yx-status")
        assert status.inner_text() == "152 of 152 tasks"
        page.fill("input[name=words]", "床位")
        assert status.inner_text() == f"{held.sum()} of 152 tasks"
        places = corpus.tasks["text"].str.count("床位").sum()
        assert page.locator(".yx-kwic tr").count() == places
        counts = page.locator("table.yx-heat tbody td").all_inner_texts()
        assert sum(map(int, counts)) == held.sum()
        assert page.locator("table.yx-tasks tbody tr:visible").count() == held.sum()
        box = page.locator("svg.yx-map").bounding_box()
        page.mouse.move(box["x"] + 5, box["y"] + 5)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] - 5, steps=3)
        page.mouse.up()
        page.select_option("select[name=colour]", "family")
        brushed = status.inner_text()
        assert "inside the rectangle" in brushed
        page.reload()  # the address keeps the choice
        assert status.inner_text() == brushed
        assert page.input_value("select[name=colour]") == "family"
        page.keyboard.press("Escape")
        assert status.inner_text() == f"{held.sum()} of 152 tasks"
        page.click("button[type=reset]")
        page.wait_for_function("document.querySelector('.yx-status').innerText.startsWith('152')")
        assert wrong == []
