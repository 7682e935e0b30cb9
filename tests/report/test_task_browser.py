"""The task browser in a real browser: its filters, its links, and what is left without scripts."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import docx
import openpyxl
import pytest
from pages import new_page, open_page

from yiyang.core import messages

pytestmark = pytest.mark.browser


def shown(page) -> list[str]:
    return page.eval_on_selector_all(".yy-tasks > tbody:not([hidden])", "b => b.map(x => x.id)")


@pytest.mark.parametrize("lang", messages.LANGS)
def test_tasks_filter_by_any_words(page, site: Path, corpus, lang: str) -> None:
    open_page(page, site, f"{lang}/tasks.html")
    rows = page.eval_on_selector_all(
        ".yy-tasks > tbody", "b => b.map(x => [x.id, x.rows[0].textContent])"
    )
    for words in ("医保", "长期护理保险", "绿色通道", "没有这样的文字"):
        page.locator("form.yy-filter input[name=words]").fill(words)
        found = shown(page)
        assert found == [task_id for task_id, row in rows if words in re.sub(r"\s", "", row)]
        held = corpus.tasks["task_id"][corpus.tasks["text"].str.contains(words, regex=False)]
        assert set(held) <= set(found)
        said = page.locator("form.yy-filter [role=status]").inner_text()
        assert str(len(found)) in said if found else said == messages.label("browser.none", lang)
        page.locator("form.yy-filter button[type=reset]").click()
        page.wait_for_selector(".yy-tasks > tbody[hidden]", state="detached")


def choose(page, name: str, value: str) -> None:
    """Go down the list of the control in focus; letters typed slowly each begin a search anew."""
    control = page.locator(f"select[name={name}]:focus")
    for _ in range(control.locator("option").count()):
        if control.input_value() == value:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{value} is not in the list {name}, or it is not in focus")


def test_tasks_filter_by_agency_in_a_role_by_keyboard(page, site: Path, corpus) -> None:
    open_page(page, site, "en/tasks.html")
    page.locator("select[name=agency]").focus()
    choose(page, "agency", "civil_affairs")
    page.keyboard.press("Tab")
    choose(page, "role", "lead")
    units = corpus.assignments
    led = units[(units["agency_id"] == "civil_affairs") & (units["role"] == "lead")]
    assert len(led)
    assert shown(page) == list(dict.fromkeys(led["task_id"]))


def test_tasks_filter_by_place_theme_and_deadline_and_from_a_link(page, site, corpus) -> None:
    # Parameters that name no field (a form has a length), or no value of one, change nothing.
    others = "length=1&action=a&elements=b&theme=none&x[]=%25"
    open_page(page, site, "zh/tasks.html", f"?{others}&jurisdiction=jiyuan#%")
    of_place = set(corpus.tasks.query("jurisdiction == 'jiyuan'")["task_id"])
    assert set(shown(page)) == of_place
    page.locator("select[name=theme]").select_option("hospice")
    themes = corpus.task_themes.set_index("task_id")[["theme_id", "second_theme_id"]]
    hospice = set(themes.index[(themes == "hospice").any(axis=1)])
    assert set(shown(page)) == of_place & hospice
    page.locator("select[name=theme]").select_option("")
    page.locator("select[name=state]").select_option("dated")
    dated = corpus.deadlines[corpus.deadlines["kind"].isin(["by_date", "period"])]
    assert set(shown(page)) == of_place & set(dated["task_id"])


def test_a_role_that_a_list_does_not_use_is_said_and_what_is_near_is_one_click(
    page, site: Path, corpus
) -> None:
    open_page(page, site, "zh/tasks.html", "?jurisdiction=zhongning&agency=health&role=lead")
    assert shown(page) == []
    near = page.locator(".yy-near")
    reason = messages.label("browser.no_role", "zh").format(
        place=messages.names(corpus.jurisdictions, "zh")["zhongning"],
        role=messages.label("role.lead", "zh"),
    )
    assert reason in near.inner_text()
    near.locator("button").first.click()
    units = corpus.assignments.query("agency_id == 'health' and is_primary")
    held = {t for t in units["task_id"] if t.startswith("zhongning")}
    assert set(shown(page)) == held
    assert "role=primary" in page.url
    page.go_back()
    assert shown(page) == []


def test_filters_stand_in_the_address_and_a_counterpart_does_not_erase_them(
    page, site: Path, corpus
) -> None:
    open_page(page, site, "zh/tasks.html")
    page.locator("select[name=jurisdiction]").select_option("zhongning")
    own = shown(page)
    assert page.url.endswith("?jurisdiction=zhongning")
    task = page.locator("#zhongning-18")
    task.locator("summary").click()
    other = task.locator("dd a").first.inner_text()
    task.locator("dd a").first.click()
    page.wait_for_selector(f"#{other} details[open]")
    assert set(shown(page)) == {*own, other}
    assert page.locator("select[name=jurisdiction]").input_value() == "zhongning"
    page.locator("select[name=theme]").select_option("hospice")
    page.go_back()
    assert page.locator("select[name=theme]").input_value() == ""
    page.locator("input[name=words]").press_sequentially("医保")
    assert "words=" in page.url
    page.go_back()  # a word typed is one step
    assert page.locator("input[name=words]").input_value() == ""
    assert page.locator("select[name=jurisdiction]").input_value() == "zhongning"
    go = page.locator("a.yy-go")
    page.locator("select[name=agency]").select_option("health")
    assert go.get_attribute("href") == "brief-zhongning.html?agency=health"


def test_words_of_one_meaning_are_looked_for_together_and_counted_by_place(
    page, site: Path, corpus
) -> None:
    open_page(page, site, "zh/tasks.html")
    page.locator("input[name=words]").fill("临终关怀")
    texts = corpus.tasks.set_index("task_id")["text"]
    held = texts.index[texts.str.contains("临终关怀|安宁疗护")]
    assert set(held) <= set(shown(page))
    assert "安宁疗护" in page.locator(".yy-places").inner_text()
    if page.evaluate("Boolean(CSS.highlights)"):
        assert page.evaluate("CSS.highlights.get('yy-hit').size") >= len(held)
    page.locator("input[name=words]").fill("绿色通道 医保 | 长期护理保险")
    rows = dict(
        page.eval_on_selector_all(
            ".yy-tasks > tbody", "b => b.map(x => [x.id, x.rows[0].textContent])"
        )
    )
    both = [t for t, row in rows.items() if "绿色通道" in row and "医" in row]
    either = [t for t, row in rows.items() if "长期护理保险" in row]
    assert set(either) <= set(shown(page)) <= {*both, *either}
    page.locator("input[name=words]").fill("银发")
    if not shown(page):
        said = page.locator(".yy-places").inner_text()
        assert said.count(messages.label("browser.at_none", "zh")) == 4


def test_what_is_chosen_is_saved_and_printed_with_its_criteria(page, site: Path, corpus) -> None:
    open_page(page, site, "zh/tasks.html", "?jurisdiction=jiyuan")
    with page.expect_download() as waiting:
        page.locator("button[name=csv]").click()
    data = Path(waiting.value.path()).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == shown(page)
    assert {len(row) for row in rows} == {6}
    for kind in ("xlsx", "docx"):
        with page.expect_download() as waiting:
            page.locator(f"button[name={kind}]").click()
        assert _written(Path(waiting.value.path()), kind) == rows
    page.emulate_media(media="print")
    said = page.locator(".yy-on-paper").inner_text()
    assert messages.names(corpus.jurisdictions, "zh")["jiyuan"] in said
    assert str(len(rows) - 1) in said


def _written(path: Path, kind: str) -> list[list[str]]:
    """The rows of an Office file, as the libraries for them read it."""
    data = io.BytesIO(path.read_bytes())
    if kind == "xlsx":
        sheet = openpyxl.load_workbook(data).active
        assert (sheet.page_setup.orientation, sheet.freeze_panes) == ("landscape", "A2")
        assert {cell.data_type for row in sheet.rows for cell in row} == {"s"}
        return [[cell.value for cell in row] for row in sheet.rows]
    paper = docx.Document(data)
    assert round(paper.sections[0].page_width.cm, 1) == 29.7
    return [[cell.text for cell in row.cells] for row in paper.tables[0].rows]


@pytest.mark.parametrize("lang", messages.LANGS)
def test_a_link_opens_a_task_with_its_lines_and_leads_to_its_counterpart(
    page, site: Path, corpus, lang: str
) -> None:
    open_page(page, site, f"{lang}/tasks.html")
    page.goto(f"{page.url}#zhongning-18")
    task = page.locator("#zhongning-18")
    task.locator("ol.yy-lines").wait_for()
    assert task.locator("ol.yy-lines ins").count()
    matches = corpus.task_matches.query("task_id == 'zhongning-18' and is_match")
    links = task.locator("dd a")
    assert links.all_inner_texts() == matches["other_task_id"].tolist()
    other = links.first.inner_text()
    links.first.click()
    page.wait_for_selector(f"#{other} details[open]")
    assert page.url.endswith(f"#{other}")


def test_the_task_browser_is_whole_without_scripts_and_in_print(
    browser, site: Path, corpus
) -> None:
    page = new_page(browser, java_script_enabled=False)
    open_page(page, site, "en/tasks.html")
    assert not page.locator("form.yy-filter").is_visible()
    page.emulate_media(media="print")
    for task_id in corpus.tasks["task_id"]:
        assert page.locator(f"#{task_id} .yy-text").is_visible()
    assert page.locator(".yy-tasks tr.yy-evidence:visible").count() == 0
    page.emulate_media(media="screen")
    page.locator("#jiyuan-03 summary").click()
    page.emulate_media(media="print")
    assert page.locator("#jiyuan-03 ol.yy-lines").is_visible()
    assert page.locator(".yy-tasks tr.yy-evidence:visible").count() == 1
    page.context.close()


# The three errands of an official, by pointer, by keyboard and on a phone -------------------------

WIDTHS = {"desk": 1400, "phone": 375}
HANDS = ("pointer", "keyboard")
MOST_STEPS, MOST_SCREENS = 4, 3
"""Steps (a click, a choice, a word typed) of an errand, and screens from the top of its last page
to what was looked for: less than a minute of anyone's time."""


class Errand:
    """Does the steps of an errand, each by pointer or by keyboard, and counts them."""

    def __init__(self, browser, site: Path, hand: str, width: int) -> None:
        self.page = new_page(browser, viewport={"width": width, "height": 812})
        self.hand, self.steps = hand, 0
        open_page(self.page, site, "zh/index.html")

    def take(self, selector: str) -> None:
        """Follow a link, or open a fold."""
        self.steps += 1
        found = self.page.locator(selector).first
        if self.hand == "keyboard":
            assert self.page.evaluate("e => e.tabIndex >= 0", found.element_handle())
            found.press("Enter")
        else:
            found.click()

    def choose(self, name: str, value: str) -> None:
        self.steps += 1
        field = self.page.locator(f"select[name={name}]")
        field.wait_for()
        if self.hand == "keyboard":
            field.focus()
            choose(self.page, name, value)
        else:
            field.select_option(value)

    def ends_at(self, selector: str) -> None:
        """What was looked for is seen, within the steps and screens of an errand."""
        found = self.page.locator(selector).first
        found.wait_for()
        top = found.evaluate("e => e.getBoundingClientRect().top + scrollY")
        assert self.steps <= MOST_STEPS
        assert top / 812 <= MOST_SCREENS
        self.page.context.close()


@pytest.fixture(params=WIDTHS.values(), ids=WIDTHS.keys())
def width(request: pytest.FixtureRequest) -> int:
    return request.param


@pytest.fixture(params=HANDS)
def errand(request: pytest.FixtureRequest, browser, site: Path, width: int) -> Errand:
    return Errand(browser, site, request.param, width)


def test_what_others_do_and_we_do_not_by_whom_and_when_on_one_page(errand: Errand) -> None:
    """As an official of Jiyuan's civil affairs bureau."""
    page = errand.page
    errand.take("article a[href='brief-jiyuan.html']")
    errand.choose("agency", "civil_affairs")
    shown = page.locator(".yy-brief > tbody:not([hidden])")
    assert 0 < shown.count() <= 10
    assert re.search("牵头|负责", shown.first.inner_text())
    assert "agency=civil_affairs" in page.url  # it can be sent on
    errand.steps += 1  # and printed
    errand.ends_at("button[name=print]")


def test_what_health_does_in_each_place_and_what_is_dated(errand: Errand) -> None:
    page = errand.page
    errand.take("article a[href='departments.html']")
    page.wait_for_url("**/departments.html")
    errand.take("article a[href='department-health.html']")
    page.wait_for_url("**/department-health.html")
    places = page.locator("article details.yy-fold")
    places.last.wait_for()
    assert places.count() == 4
    errand.take("article details.yy-fold:last-of-type > summary")
    assert "2022-12-31" in places.last.inner_text()
    errand.ends_at("details[open] small:has-text('2022-12-31')")


def test_which_tasks_say_long_term_care_insurance(errand: Errand, site: Path) -> None:
    page = errand.page
    errand.steps += 1  # the field that every page has
    open_page(page, site, "zh/search.html", "?q=长期护理保险")
    first = page.locator(".yy-clauses li").first
    first.wait_for()
    assert first.locator("mark").inner_text() == "长期护理保险"
    errand.take(".yy-clauses li a")
    page.wait_for_url("**/tasks.html#*")
    page.locator(f"#{page.url.partition('#')[2]} details[open]").wait_for()
    assert page.evaluate("scrollY") > 0
    assert errand.steps <= MOST_STEPS
    page.context.close()


def test_the_search_knows_words_of_one_meaning_and_either_of_two(browser, site: Path) -> None:
    page = new_page(browser)
    for words, marked in (("长护险", "长期护理保险"), ("量子纠缠 | 家庭病床", "家庭病床")):
        open_page(page, site, "zh/search.html", f"?q={words}")
        page.locator(".yy-clauses mark").first.wait_for()
        assert marked in page.locator(".yy-clauses mark").all_inner_texts()
    page.context.close()


def test_the_other_language_opens_the_task_that_is_open(browser, site: Path) -> None:
    page = new_page(browser)
    open_page(page, site, "zh/tasks.html", "?jurisdiction=zhongning")
    page.locator("#zhongning-18 summary").click()
    page.locator("a.yy-language").first.click()
    page.wait_for_url("**/en/tasks.html?jurisdiction=zhongning#zhongning-18")
    page.locator("#zhongning-18 details[open]").wait_for()
    assert page.locator("select[name=jurisdiction]").input_value() == "zhongning"
    page.context.close()


def test_what_is_chosen_is_copied_as_a_table(browser, site: Path) -> None:
    page = new_page(browser)
    page.add_init_script(
        "navigator.clipboard.write = async ([item]) => {"
        " window.copied = await (await item.getType('text/html')).text(); };"
    )
    open_page(page, site, "zh/tasks.html", "?jurisdiction=beijing")
    page.locator("button[name=table]").click()
    page.wait_for_timeout(100)
    copied = page.evaluate("window.copied") or ""
    assert copied.count("<tr>") == 14
    assert "beijing-13" in copied
    page.context.close()
