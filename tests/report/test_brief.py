"""The page for the director's desk: its rows are those of the tables, and it is one sheet."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pypdfium2
import pytest
from bs4 import BeautifulSoup
from pages import new_page, open_page

from yiyang.compare import families, gaps
from yiyang.core import messages
from yiyang.matches import measures
from yiyang.report import briefs, word_brief
from yiyang.show import brief

PLACES = ["beijing", "chaoyang", "jiyuan", "zhongning"]


@pytest.mark.parametrize("place", PLACES)
def test_a_brief_lists_the_measures_of_others_that_a_place_has_not(corpus, place: str) -> None:
    found = brief.rows(corpus, place)
    asked = gaps.benchmark(corpus, place, measures.codes())
    assert found["task_id"].tolist() == asked["task_id"].tolist()
    assert place not in set(found["jurisdiction"])
    named = corpus.measures.set_index("measure_id")
    for row in found.itertuples():
        assert row.name_zh == named["name_zh"][row.measure_id]
        assert place not in named["jurisdictions"][row.measure_id].split(";")
        assert row.nearest_task_id.startswith(place)
    assert found["grade"].tolist() == sorted(found["grade"])  # what was not found comes first


def test_of_two_lists_a_brief_lists_the_tasks_that_the_other_alone_has(corpus) -> None:
    two = corpus.subset(jurisdictions=["beijing", "jiyuan"])
    found = brief.rows(two, "jiyuan")
    alone = gaps.unique(gaps.spread(two.task_matches, two.tasks))
    assert found["task_id"].tolist() == [t for t in alone["task_id"] if t.startswith("beijing")]
    assert found["measure"].tolist() == [*range(1, len(found) + 1)]
    assert found["name_zh"].str.len().gt(0).all()


@pytest.mark.parametrize("lang", messages.LANGS)
def test_units_are_told_with_their_roles_as_printed(corpus, lang: messages.Lang) -> None:
    told = brief.units(corpus, lang)
    assert set(told) == set(corpus.assignments["task_id"])
    for unit in corpus.assignments.itertuples():
        assert unit.agency_printed in told[unit.task_id]
        assert messages.label(f"role.{unit.role}", lang) in told[unit.task_id]
    few = brief.units(corpus, lang, most=1)
    supported = corpus.assignments.query("role == 'supporting'").groupby("task_id")
    for task, own in supported:
        assert (own["agency_printed"].iloc[-1] in few[task]) == (len(own) == 1) or lang == "en"
        assert len(own) == 1 or str(len(own)) in few[task]


@pytest.fixture(scope="module", params=messages.LANGS)
def sheet(request: pytest.FixtureRequest, corpus, tmp_path_factory) -> tuple[str, BeautifulSoup]:
    folder = tmp_path_factory.mktemp("brief")
    briefs.write(corpus, "jiyuan", "jiyuan", request.param, folder)
    text = (folder / "brief-table-jiyuan.html").read_text(encoding="utf-8")
    return request.param, BeautifulSoup(text, "html.parser")


def test_a_row_says_by_when_as_printed_and_leaves_the_readers_columns_empty(sheet, corpus) -> None:
    lang, page = sheet
    found, dues = brief.rows(corpus, "jiyuan"), families.said(corpus)["deadline"]
    bodies = page.select("tbody")
    assert len(bodies) == found["measure"].nunique()
    rows = page.select("tbody tr")
    assert len(rows) == len(found)
    due, judgement, office = (
        messages.label(k, lang) for k in ("deadline", "brief_judgement", "brief_office")
    )
    for row, task in zip(rows, found["task_id"], strict=True):
        said = row.select_one(f"td[data-label='{due}']").get_text()
        assert said == dues.get(task, messages.label("state.none", lang))
    for body in bodies:
        empty = [body.select_one(f"td[data-label='{name}']") for name in (judgement, office)]
        assert [cell.get_text() for cell in empty] == ["", ""]


def test_the_foot_names_every_task_with_its_lines(sheet, corpus) -> None:
    _, page = sheet
    found, tasks = brief.rows(corpus, "jiyuan"), corpus.tasks.set_index("task_id")
    named = {span["data-task"]: span.get_text() for span in page.select("footer [data-task]")}
    assert set(named) == {*found["task_id"], *found["nearest_task_id"]}
    for task, said in named.items():
        assert said.startswith(task)
        assert str(tasks["line_start"][task]) in said
        assert str(tasks["line_end"][task]) in said


def test_every_department_and_theme_to_choose_has_a_measure(sheet) -> None:
    _, page = sheet
    for name in ("agency", "theme", "grade"):
        values = [o["value"] for o in page.select(f"select[name={name}] option")]
        assert values.pop(0) == ""
        assert values
        for value in values:
            assert page.select(f"tbody[data-{name}~='{value}']"), (name, value)


@pytest.mark.parametrize("lang", messages.LANGS)
def test_the_word_document_holds_the_sheet(corpus, tmp_path: Path, lang: messages.Lang) -> None:
    path = tmp_path / "brief.docx"
    word_brief.write(corpus, "jiyuan", lang, path)
    paper = docx.Document(str(path))
    found = brief.rows(corpus, "jiyuan")
    table = paper.tables[0]
    assert len(table.rows) == 1 + len(found)
    said = brief.plain(found, corpus, lang)
    for row, (_, sheet) in zip(table.rows[1:], said.iterrows(), strict=True):
        assert [cell.text for cell in row.cells][1:4] == sheet.tolist()[1:4]
        assert [cell.text for cell in row.cells][5:] == ["", ""]
    for measure in found.drop_duplicates("measure").itertuples():
        assert any(getattr(measure, f"name_{lang}") in row.cells[0].text for row in table.rows)
    section = paper.sections[0]
    assert round(section.page_width.cm, 1) == 29.7


# In a browser ------------------------------------------------------------------------------------


@pytest.mark.browser
@pytest.mark.parametrize("lang", messages.LANGS)
def test_the_brief_of_jiyuan_is_one_sheet_without_a_script(browser, site: Path, lang: str) -> None:
    page = new_page(browser, java_script_enabled=False)
    open_page(page, site, f"{lang}/brief-jiyuan.html")
    assert not page.locator("form.yy-sheet").is_visible()
    data = page.pdf(prefer_css_page_size=True)
    page.context.close()
    with pypdfium2.PdfDocument(io.BytesIO(data)) as pdf:
        assert len(pdf) == 1
        width, height = pdf[0].get_size()
        assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (297, 210)
        text = pdf[0].get_textpage().get_text_bounded()
    for name in ("brief_judgement", "brief_office"):
        assert messages.label(name, lang).split()[0] in text


FIRST_TEN = """() => {
  [...document.querySelectorAll(".yy-brief > tbody")].slice(10).forEach((b) => b.remove());
  const left = document.querySelector(".yy-brief").textContent;
  for (const task of document.querySelectorAll("[data-task]")) {
    if (!left.includes(task.dataset.task)) task.remove();
  }
}"""


@pytest.mark.browser
@pytest.mark.parametrize("lang", messages.LANGS)
def test_ten_measures_take_no_more_than_a_sheet_and_more_are_said(
    browser, site: Path, lang: str
) -> None:
    page = new_page(browser)
    open_page(page, site, f"{lang}/brief-jiyuan.html")
    more = messages.label("government.brief.long", lang).format(most=10)
    assert more not in page.locator("main").inner_text()
    open_page(page, site, f"{lang}/brief-beijing.html")
    assert more in page.locator("main").inner_text()
    page.evaluate(FIRST_TEN)
    data = page.pdf(prefer_css_page_size=True)
    page.context.close()
    with pypdfium2.PdfDocument(io.BytesIO(data)) as pdf:
        assert len(pdf) == 1


@pytest.mark.browser
def test_a_department_is_chosen_from_the_page_of_the_place_and_kept_in_the_address(
    page, site: Path, corpus
) -> None:
    """The errand: what others have, who leads, by when, on one page; three steps."""
    open_page(page, site, "zh/index.html")
    page.locator("a[href='brief-jiyuan.html']").first.click()
    page.wait_for_selector("form.yy-sheet:not([hidden])")
    page.locator("select[name=agency]").select_option("civil_affairs")
    units = corpus.assignments.query("agency_id == 'civil_affairs'")["task_id"]
    found = brief.rows(corpus, "jiyuan")
    held = found[found["measure_id"].isin(found.loc[found["task_id"].isin(units), "measure_id"])]

    def shown() -> int:
        return page.locator(".yy-brief > tbody:not([hidden])").count()

    assert shown() == held["measure"].nunique()
    assert page.url.endswith("brief-jiyuan.html?agency=civil_affairs")
    told = page.locator(".yy-criteria").inner_text()
    assert messages.names(corpus.agencies, "zh")["civil_affairs"] in told
    with page.expect_download() as waiting:
        page.locator("button[name=docx]").click()
    paper = docx.Document(io.BytesIO(Path(waiting.value.path()).read_bytes()))
    assert (
        len(paper.tables[0].rows)
        == 1 + page.locator(".yy-brief > tbody:not([hidden]) > tr").count()
    )
    words = "\n".join(p.text for p in paper.paragraphs)
    assert told in words
    assert messages.label("government.brief.caution", "zh") in words
    assert held["task_id"].iloc[0] in words.partition(told)[2]
    page.reload()
    assert shown() == held["measure"].nunique()
    page.locator("select[name=agency]").select_option("")
    page.go_back()
    assert page.locator("select[name=agency]").input_value() == "civil_affairs"
    assert shown() == held["measure"].nunique()
