"""Every Chinese text of the English pages has its English beside it."""

from __future__ import annotations

import re
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from yiyang.core import curated_csv
from yiyang.report import glossing
from yiyang.show import gloss

INLINE = {"bdi", "span", "b", "i", "em", "strong", "small", "a", "ins", "del", "mark", "code"}
ENGLISH = re.compile(r"[A-Za-z]{2,}")
OFFICES = ("Agency", "Agency or name")
AGENCIES = re.compile(r"\S{1,20}")


def unglossed(page: BeautifulSoup, ids: re.Pattern[str]) -> list[str]:
    """The innermost blocks of a page that hold Chinese and no English but names of tasks."""
    found = {}
    for text in page.main.find_all(string=glossing.CHINESE):
        block = next(above for above in text.parents if above.name not in INLINE)
        said = " ".join(block.get_text(" ").split())
        if not ENGLISH.search(ids.sub("", said)) and not is_told_above(block):
            found[said] = block
    return list(found)


def is_told_above(block: Tag) -> bool:
    """Whether what stands around a text says in English what it is: the gloss of a task above its
    printed lines, the reason of a change of characters, the office before its printed names, the
    last row of two tasks side by side, the table that repeats a page, the switch of languages."""
    if block.find_parent("ol", class_="yy-lines"):
        return bool(block.find_parent("tbody").select_one(".yy-gloss"))
    if row := block.find_parent("tr"):
        if row.select_one('td[data-label="Reason"]') and row.select_one("del, ins"):
            return True
        first = row.find("td")
        if first and first.get("data-label") in OFFICES and ENGLISH.search(first.get_text()):
            return all(map(AGENCIES.fullmatch, block.get_text().split("、")))
    around = block.find_parent(class_=["yy-match", "yy-page", "bd-header-article"])
    return around is not None


def test_every_chinese_text_of_the_english_pages_has_english_beside_it(site: Path) -> None:
    tasks = (site / "en" / "tasks.html").read_text("utf-8")
    ids = re.compile("|".join(re.findall(r'<tbody id="([^"]+)"', tasks)))
    left = {
        path.stem: found
        for path in sorted((site / "en").glob("*.html"))
        if (found := unglossed(BeautifulSoup(path.read_bytes(), "lxml"), ids))
    }
    assert left == {}


def test_the_chinese_pages_have_no_glosses(site: Path) -> None:
    for path in (site / "zh").glob("*.html"):
        assert "yy-gloss" not in path.read_text("utf-8"), path.name


def test_a_gloss_is_put_where_none_is_and_nowhere_else() -> None:
    tasks = glossing.Tasks({"a-01": "Open a bed."}, {"在每个乡镇开设一张床位": "Open a bed."})
    row = '<tr><td data-label="Task">a-01</td><td data-label="{}">{}</td></tr>'

    def cell(text: str, head: str = "Text") -> str:
        glossed = glossing.page(row.format(head, text), tasks)
        return glossed.removesuffix("</td></tr>").partition(f'<td data-label="{head}">')[2]

    told = ' <small class="yy-gloss">‘Gloss: Open a bed’</small>'
    assert cell("在每个乡镇都开设一张床位") == f"在每个乡镇都开设一张床位{told}"
    assert cell("在每个乡镇开设一张床位") == f"在每个乡镇开设一张床位{told}"
    assert cell("2021年3月底", "Deadline").endswith("‘end of March 2021’</small>")
    assert cell("某日某月", "Deadline") == "某日某月"
    assert cell("在每个乡镇都开设一张床位 Open one") == "在每个乡镇都开设一张床位 Open one"
    assert cell("2021") == "2021"
    printed = '<span lang="zh-CN">2021年3月底</span>'
    assert cell(printed).count("yy-gloss") == 1


def test_an_id_is_none_inside_a_longer_one() -> None:
    tasks = glossing.Tasks({"a-10": "Open a bed.", "a-100": "Build a road."}, {})
    row = '<tr><td>{}</td><td data-label="Text">在每个乡镇都开设一张床位</td></tr>'
    for task, other in (("a-10", "a-100"), ("a-100", "a-10")):
        glossed = glossing.page(row.format(task), tasks)
        assert tasks.by_id[task].removesuffix(".") in glossed
        assert tasks.by_id[other].removesuffix(".") not in glossed
    assert "Gloss" not in glossing.page(row.format("a-1000"), tasks)


def test_the_words_of_the_editor_are_short_and_english() -> None:
    rows = curated_csv.frame(gloss.WORDS, ("printed", "gloss"))
    assert rows["printed"].is_unique
    assert rows["printed"].is_monotonic_increasing
    assert rows["gloss"].str.fullmatch(r"[\x20-\x7e]{2,150}").all()
    assert rows["printed"].map(glossing.CHINESE.search).notna().all()


def test_a_list_of_words_is_glossed_whole_or_not_at_all() -> None:
    assert gloss.word("康复、护理") == "rehabilitation, nursing"
    assert gloss.word("康复、没有这个词") == ""
    assert gloss.named("保障措施", "en") == "“保障措施” (supporting measures)"
    assert gloss.named("保障措施", "zh") == "“保障措施”"
    assert gloss.named("未收录的部分", "en") == "“未收录的部分”"
