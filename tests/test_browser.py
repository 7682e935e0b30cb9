"""Both editions in a real browser, from the file system, wide and narrow."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import axe_playwright_python
import matplotlib
import pytest

from yiyang import labels

pytestmark = pytest.mark.browser
WIDTHS = {"wide": 1280, "narrow": 320}


@pytest.fixture(scope="module")
def browser(launch: Callable) -> Iterator:
    with launch() as chromium:
        yield chromium


@pytest.fixture(params=WIDTHS.values(), ids=WIDTHS.keys())
def page(request: pytest.FixtureRequest, browser) -> Iterator:
    """A page that fails the test on a console error or a request to another host."""
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    page, wrong = context.new_page(), []
    page.on("console", lambda m: wrong.append(m.text) if m.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("requestfailed", lambda request: wrong.append(f"failed: {request.url}"))
    page.on(
        "request",
        lambda r: None if r.url.startswith(("file:", "data:")) else wrong.append(f"asked: {r.url}"),
    )
    yield page
    context.close()
    assert wrong == []


def pages_of(site: Path, lang: str) -> list[str]:
    return sorted(path.stem for path in (site / lang).glob("*.html"))


def open_page(page, site: Path, name: str) -> None:
    page.goto((site / name).as_uri())
    page.wait_for_load_state("load")


@pytest.mark.parametrize("lang", labels.LANGS)
def test_every_page_opens_and_needs_no_sideways_scrolling(page, site: Path, lang: str) -> None:
    for name in pages_of(site, lang):
        open_page(page, site, f"{lang}/{name}.html")
        assert page.locator("main h1:visible").count()
        broken = "[...document.images].filter(i => !i.complete || !i.naturalWidth).length"
        assert page.evaluate(broken) == 0
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        assert wide <= 0, name


def test_the_landing_page_leads_in(page, site: Path) -> None:
    open_page(page, site, "index.html")
    page.get_by_role("link", name="阅读中文版").click()
    assert page.url == (site / "zh" / "index.html").as_uri()


def test_the_language_switch_keeps_the_page(page, site: Path) -> None:
    open_page(page, site, "zh/01-tasks.html")
    page.locator("a.yy-language").click()
    assert page.url == (site / "en" / "01-tasks.html").as_uri()


@pytest.mark.parametrize("lang", labels.LANGS)
@pytest.mark.parametrize("query", ["医养结合", "家庭医生", "长期护理保险", "绿色通道", "病床"])
def test_search_finds_chinese_words(page, site: Path, lang: str, query: str) -> None:
    open_page(page, site, f"{lang}/search.html")
    page.goto(f"{page.url}?q={query}")
    page.wait_for_selector("#search-results ul.search li a")
    links = page.locator("#search-results ul.search li a")
    found = [a for a in links.all() if a.get_attribute("href").startswith("01-tasks.html")]
    found[0].click()
    page.wait_for_selector("article .highlighted")
    marked = page.locator("article .highlighted").all_text_contents()
    assert set(marked) == {query}


def test_search_says_when_it_finds_nothing(page, site: Path) -> None:
    open_page(page, site, "zh/search.html")
    page.goto(f"{page.url}?q=量子纠缠")
    page.wait_for_selector("#search-results .search-summary:not(:empty)")
    assert page.locator("#search-results ul.search li").count() == 0


def wait_until_still(page) -> None:
    """Wait for the end of all transitions; the policy of the pages forbids `wait_for_function`."""
    for _ in range(100):
        if page.evaluate("document.getAnimations().length") == 0:
            return
        page.wait_for_timeout(50)
    raise AssertionError("the page does not come to rest")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
@pytest.mark.parametrize("lang", labels.LANGS)
def test_axe_finds_no_violation(browser, site: Path, lang: str, scheme: str, width: int) -> None:
    script = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    for name in ["index.html", *(f"{lang}/{name}.html" for name in pages_of(site, lang))]:
        open_page(page, site, name)
        wait_until_still(page)
        page.evaluate(script)
        found = page.evaluate("axe.run()")
        assert found["passes"], "axe-core did not run"
        told = [(v["id"], [n["target"] for n in v["nodes"]]) for v in found["violations"]]
        assert told == [], name
    context.close()


def test_a_script_or_an_address_that_is_not_the_reports_own_is_refused(browser, site: Path) -> None:
    page, asked = browser.new_page(), []
    # Playwright writes on the function that it is given, and a built-in one takes no writing.
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108
    open_page(page, site, "en/tasks.html")
    own = len(asked)
    page.evaluate(HOSTILE)
    page.wait_for_timeout(200)
    assert page.evaluate("window.refused.sort()") == [
        "img-src",
        "script-src-attr",
        "script-src-elem",
    ]
    # Some versions of the browser tell of a request that they then do not make.
    assert {request.failure for request in asked[own:]} <= {"csp"}
    assert page.evaluate("window.ran") is None
    page.close()


HOSTILE = """() => {
  window.refused = [];
  document.addEventListener("securitypolicyviolation", (e) => refused.push(e.effectiveDirective));
  const script = document.createElement("script");
  script.textContent = "window.ran = 1";
  document.body.append(script);
  document.body.insertAdjacentHTML("beforeend",
    "<b onclick='window.ran = 2'>a</b><img src='https://example.org/a.png' alt=''>");
  document.body.lastElementChild.previousElementSibling.click();
}"""


# The task browser --------------------------------------------------------------------------------


def shown(page) -> list[str]:
    return page.eval_on_selector_all(".yy-tasks > tbody:not([hidden])", "b => b.map(x => x.id)")


@pytest.mark.parametrize("lang", labels.LANGS)
@pytest.mark.parametrize("words", ["医保", "长期护理保险", "绿色通道", "没有这样的文字"])
def test_tasks_filter_by_any_words(page, site: Path, corpus, lang: str, words: str) -> None:
    open_page(page, site, f"{lang}/tasks.html")
    page.locator("form.yy-filter input[name=words]").fill(words)
    found = shown(page)
    rows = page.eval_on_selector_all(
        ".yy-tasks > tbody", "b => b.map(x => [x.id, x.rows[0].textContent])"
    )
    assert found == [task_id for task_id, row in rows if words in re.sub(r"\s", "", row)]
    held = corpus.tasks["task_id"][corpus.tasks["text"].str.contains(words, regex=False)]
    assert set(held) <= set(found)
    said = page.locator("form.yy-filter [role=status]").inner_text()
    assert str(len(found)) in said if found else said == labels.label("browser.none", lang)
    page.locator("form.yy-filter button[type=reset]").click()
    page.wait_for_selector(".yy-tasks > tbody[hidden]", state="detached")


def test_tasks_filter_by_agency_in_a_role_by_keyboard(page, site: Path, corpus) -> None:
    open_page(page, site, "en/tasks.html")
    page.locator("select[name=agency]").focus()
    page.keyboard.type("Civil affairs")
    page.keyboard.press("Tab")
    page.keyboard.type("Lead")
    units = corpus.assignments
    led = units[(units["agency_id"] == "civil_affairs") & (units["role"] == "lead")]
    assert len(led)
    assert shown(page) == list(dict.fromkeys(led["task_id"]))


def test_tasks_filter_by_place_theme_and_deadline_and_from_a_link(page, site, corpus) -> None:
    open_page(page, site, "zh/tasks.html")
    page.goto(f"{page.url}?jurisdiction=jiyuan")
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


@pytest.mark.parametrize("lang", labels.LANGS)
def test_a_link_opens_a_task_with_its_lines_and_leads_to_its_counterpart(
    page, site: Path, corpus, lang: str
) -> None:
    open_page(page, site, f"{lang}/tasks.html")
    page.goto(f"{page.url}#zhongning-18")
    task = page.locator("#zhongning-18")
    assert task.locator("ol.yy-lines").is_visible()
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
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
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
    context.close()


@pytest.mark.parametrize("lang", labels.LANGS)
def test_no_character_is_an_empty_box(page, site: Path, lang: str) -> None:
    for name in pages_of(site, lang):
        open_page(page, site, f"{lang}/{name}.html")
        assert empty_boxes(page) == [], name


@pytest.mark.parametrize("name", ["index.html", "zh/index.html", "zh/01-tasks.html"])
def test_chinese_is_drawn_where_the_machine_has_no_chinese_type(
    launch: Callable, site: Path, tmp_path: Path, name: str
) -> None:
    latin = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    settings = tmp_path / "fonts.conf"
    settings.write_text(
        f"<fontconfig><dir>{latin}</dir><cachedir>{tmp_path}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    with launch(env={**os.environ, "FONTCONFIG_FILE": str(settings)}) as chromium:
        page = chromium.new_page()
        open_page(page, site, name)
        assert empty_boxes(page) == []


def empty_boxes(page) -> list[str]:
    """The characters of a page that are drawn as the box for a character that no font has."""
    found = page.evaluate(EMPTY_BOXES)
    assert found.pop() == UNASSIGNED, "the test does not know an empty box when it sees one"
    return found


UNASSIGNED = "\U0010fffc"
# Draws each character of the page, and two that no font has, and compares the pictures.
EMPTY_BOXES = r"""
async () => {
  await document.fonts.ready;
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 32;
  const context = canvas.getContext("2d", {willReadFrequently: true});
  context.font = "24px " + getComputedStyle(document.body).fontFamily;
  const draw = (c) => {
    context.clearRect(0, 0, 32, 32);
    context.fillText(c, 2, 26);
    return context.getImageData(0, 0, 32, 32).data.join();
  };
  const box = draw("\u{10FFFD}");
  const characters = new Set(document.body.innerText.replace(/\s/g, ""));
  return [...characters, "\u{10FFFC}"].filter((c) => draw(c) === box);
}
"""
