"""The tiles of the front page: every task once, and what they say is what the tables hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from pages import open_page

from yiyang.compare import stated
from yiyang.core import messages
from yiyang.show import tiles


def test_what_is_stated_of_a_task_is_what_its_tables_hold(corpus) -> None:
    found = stated.tasks(corpus)
    assert found["task_id"].tolist() == corpus.tasks["task_id"].tolist()
    kinds = corpus.agencies.set_index("agency_id")["kind"]
    collective = kinds.index[kinds.isin(["collective", "territorial"])]
    for row in found.itertuples():
        units = corpus.assignments[corpus.assignments["task_id"] == row.task_id]
        leads = units[units["role"] == "lead"]
        answering = units[units["is_primary"]]
        own = leads if len(leads) else answering
        many = own["agency_id"].isin(collective).any()  # 各相关委办局 is not one
        assert row.one_carrier == (len(own) == 1 and not many)
        assert row.all_three == (row.one_carrier and row.dated and row.figure)
    counted = stated.counts(found)
    assert counted["tasks"].sum() == len(found)
    for kind in stated.COUNTED:
        assert counted[kind].sum() == found[kind].sum()
        assert (counted[kind] <= counted["tasks"]).all()


def test_the_form_that_asks_for_unit_and_deadline_is_found(corpus) -> None:
    counted = stated.counts(stated.tasks(corpus))
    assert stated.by_form(corpus, counted) == ["zhongning"]
    part = corpus.subset(jurisdictions=["jiyuan", "beijing"])
    assert stated.by_form(part, stated.counts(stated.tasks(part))) == []


@pytest.mark.parametrize("lang", messages.LANGS)
def test_every_task_is_a_tile_that_says_in_words_what_its_colour_says(corpus, lang) -> None:
    page = BeautifulSoup(str(tiles.table(corpus, lang)), "html.parser")
    found = stated.tasks(corpus).set_index("task_id")
    shown = page.select("a.yy-tile")
    assert {a["href"].removeprefix("tasks.html#") for a in shown} == set(found.index)
    assert len(shown) == len(found)
    for tile in shown:
        task = tile["href"].partition("#")[2]
        for kind in stated.KINDS:
            assert (f"yy-{kind}" in tile["class"]) == found[kind][task]
            assert found[kind][task] <= (messages.label(f"stated.{kind}", lang) in tile["title"])
        assert tile["title"].startswith(task)


@pytest.mark.parametrize("lang", messages.LANGS)
def test_the_words_over_the_tiles_say_the_form_first_and_count(corpus, lang) -> None:
    said = tiles.lead(corpus, lang)
    place = messages.places_in_text(corpus.jurisdictions, lang)["zhongning"]
    assert place in said.split("\n\n")[0]
    counted = stated.counts(stated.tasks(corpus))
    for row in counted.itertuples():
        assert {str(row.one_carrier), str(row.tasks)} <= set(_numbers(said))
    assert str(counted["all_three"].sum()) in _numbers(said)


def _numbers(text: str) -> list[str]:
    return "".join(c if c.isdecimal() else " " for c in text).split()


def test_of_very_many_tasks_the_counts_alone_are_shown(corpus, monkeypatch) -> None:
    monkeypatch.setattr(tiles, "MOST", 10)
    page = BeautifulSoup(str(tiles.table(corpus, "zh")), "html.parser")
    assert not page.select("a, input")
    assert len(page.select("tbody tr")) == corpus.tasks["jurisdiction"].nunique()
    said = messages.say("front.tiles.counts", "zh", n=len(corpus.tasks))
    assert page.caption.text == said


@pytest.mark.parametrize("lang", messages.LANGS)
def test_of_many_places_the_words_name_those_at_both_ends(corpus, lang, monkeypatch) -> None:
    monkeypatch.setattr(tiles, "PLACES", 3)
    said = tiles.lead(corpus, lang)
    counted = stated.counts(stated.tasks(corpus)).set_index("jurisdiction")
    share = counted["one_carrier"] / counted["tasks"]
    called = messages.places_in_text(corpus.jurisdictions, lang)
    ends = {called[share.idxmin()], called[share.idxmax()]}
    named = {place for place in called if place in said.split("\n\n")[1]}
    assert ends <= named
    assert len(named) == 2
    assert {str(counted["one_carrier"].min()), str(counted["one_carrier"].max())} <= set(
        _numbers(said)
    )


@pytest.mark.browser
def test_a_tile_opens_its_task_by_keyboard_and_its_colour_follows_the_choice(
    page, site: Path
) -> None:
    open_page(page, site, "zh/index.html")
    page.locator("input[name=tiles][value=all_three]").check()
    full = (
        "[...document.querySelectorAll('.yy-tile')].filter(t => getComputedStyle(t).background"
        "Color !== 'rgba(0, 0, 0, 0)').map(t => t.className.split(' ').length)"
    )
    assert page.evaluate(full) == [4] * 7
    page.locator(".yy-tile").first.focus()
    page.keyboard.press("ArrowRight")
    address = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#{address.partition('#')[2]} details[open]")
