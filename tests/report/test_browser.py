"""Both editions in a real browser, from the file system, wide and narrow."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import axe_playwright_python
import matplotlib
import pytest
from pages import new_page, open_page, pages_of, until, watch

from yiyang.core import messages

pytestmark = pytest.mark.browser
NARROW = 320
SETTINGS = {"wide and light": (1280, "light"), "narrow and dark": (NARROW, "dark")}
# axe-core is the longest part of a visit, and what it finds is seldom of one language alone, or of
# one place: each language and each setting once and, of the pages that are filled from one template
# (a place, a brief, a department), the longest; all of them and every text with YIYANG_AXE=whole.
AXED = {("zh", 1280), ("en", 320)}
IS_WHOLE = os.environ.get("YIYANG_AXE") == "whole"
TEMPLATES = ("government", "brief", "department")
Visits = dict[str, dict[str, Any]]


def longest_of_each_template(site: Path, lang: str) -> list[str]:
    """The pages of an edition, but of those that one template makes only the longest."""
    names = pages_of(site, lang)
    size = {name: (site / lang / f"{name}.html").stat().st_size for name in names}
    alike = [[n for n in names if n.startswith(f"{kind}-")] for kind in TEMPLATES]
    others = [name for name in names if not any(name in group for group in alike)]
    return sorted([*others, *(max(group, key=lambda name: size[name]) for group in alike)])


@pytest.fixture(scope="module", params=SETTINGS.values(), ids=SETTINGS.keys())
def setting(request: pytest.FixtureRequest) -> tuple[int, str]:
    return request.param


@pytest.fixture(scope="module", params=messages.LANGS)
def visits(request: pytest.FixtureRequest, browser, site: Path, setting: tuple[int, str]) -> Visits:
    """What is seen on each page of an edition, opened once for all that is to be held of it.

    Narrow pages are all opened: what stands over their edge, lacks a picture or asks another host
    does so there. Of wide ones that one template makes the longest speaks for the others.
    """
    width, scheme = setting
    axe = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
    page = new_page(
        browser,
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        reduced_motion="reduce",
    )
    wrong, seen = watch(page), {}
    chosen = longest_of_each_template(site, request.param)
    opened = pages_of(site, request.param) if IS_WHOLE or width == NARROW else chosen
    axed = {"index", *(opened if IS_WHOLE else chosen)}
    for name in ["index.html", *(f"{request.param}/{name}.html" for name in opened)]:
        open_page(page, site, name)
        until(page, lambda: page.evaluate("document.getAnimations().length") == 0)
        seen[name] = {
            "headings": page.locator("main h1:visible").count(),
            "broken": page.evaluate(BROKEN),
            "overhang": page.evaluate(OVERHANG),
            "empty_boxes": empty_boxes(page),
            "wrong": wrong[:],
        }
        seen[name]["axe"] = None
        if (IS_WHOLE or (request.param, width) in AXED) and Path(name).stem in axed:
            page.evaluate(axe)
            seen[name]["axe"] = page.evaluate(AXE, IS_WHOLE)
        wrong.clear()  # what axe-core does is not the page's
    page.context.close()
    return seen


# All rules on the whole page, but contrast, which took nine tenths of the time, on one text of
# each look: texts of the same colour and size on the same grounds have the same contrast. With
# YIYANG_AXE=whole on every text.
AXE = """async (isWhole) => {
  const grounds = new Map([[null, ""]]);
  const ground = (e) => {
    if (!grounds.has(e)) {
      const s = getComputedStyle(e);
      const own = [s.backgroundColor, s.backgroundImage, s.opacity, s.position].join();
      const shown = own === "rgba(0, 0, 0, 0),none,1,static" ? "" : own;
      grounds.set(e, ground(e.parentElement) + shown);
    }
    return grounds.get(e);
  };
  const look = (e) => {
    const s = getComputedStyle(e);
    return [s.color, s.fontSize, s.fontWeight, s.textShadow, ground(e)].join();
  };
  const texts = [...document.body.querySelectorAll("*")].filter((e) => e.checkVisibility()
    && [...e.childNodes].some((c) => c.nodeType === Node.TEXT_NODE && c.data.trim()));
  const include = isWhole ? texts : [...new Map(texts.map((e) => [look(e), e])).values()];
  const resultTypes = ["violations"];
  const rules = {"color-contrast": {enabled: false}};
  return [
    await axe.run({resultTypes, rules}),
    await axe.run({include}, {resultTypes, runOnly: ["color-contrast"]}),
  ];
}"""
BROKEN = "[...document.images].filter(i => !i.complete || !i.naturalWidth).length"
OVERHANG = "document.documentElement.scrollWidth - window.innerWidth"


def test_every_page_opens_and_needs_no_sideways_scrolling(visits: Visits) -> None:
    for name, seen in visits.items():
        assert seen["headings"], name
        assert seen["broken"] == 0, name
        assert seen["overhang"] <= 0, name


def test_no_page_complains_or_asks_another_host(visits: Visits) -> None:
    assert {name: seen["wrong"] for name, seen in visits.items() if seen["wrong"]} == {}


def test_axe_finds_no_violation(
    request: pytest.FixtureRequest, visits: Visits, setting: tuple[int, str]
) -> None:
    lang = request.node.callspec.params["visits"]
    run = {name: seen["axe"] for name, seen in visits.items() if seen["axe"]}
    kinds = {Path(name).stem.partition("-")[0] for name in visits}
    is_run = IS_WHOLE or (lang, setting[0]) in AXED
    assert {Path(name).stem.partition("-")[0] for name in run} == (kinds if is_run else set())
    for name, both in run.items():
        assert len(both) == 2, name
        for found in both:
            assert found["passes"], f"{name}: axe-core did not run"
            told = [(v["id"], [n["target"] for n in v["nodes"]]) for v in found["violations"]]
            assert told == [], name


def test_no_character_is_an_empty_box(visits: Visits) -> None:
    assert {name: seen["empty_boxes"] for name, seen in visits.items() if seen["empty_boxes"]} == {}


def test_the_landing_page_leads_in(page, site: Path) -> None:
    open_page(page, site, "index.html")
    page.get_by_role("link", name="阅读中文版").click()
    until(page, lambda: page.url == (site / "zh" / "index.html").as_uri())
    assert page.locator("html").get_attribute("lang").startswith("zh")


def test_the_language_switch_keeps_the_page(page, site: Path) -> None:
    open_page(page, site, "zh/01-tasks.html")
    page.locator("a.yy-language").click()
    until(page, lambda: page.url == (site / "en" / "01-tasks.html").as_uri())
    assert page.locator("html").get_attribute("lang").startswith("en")


# Search ------------------------------------------------------------------------------------------


def search(page, site: Path, lang: str, query: str) -> None:
    """Search, and wait for the end: the results come one by one, and then their number."""
    open_page(page, site, f"{lang}/search.html", f"?q={query}")
    page.locator("#search-results .search-summary:not(:empty)").wait_for()


@pytest.mark.parametrize("lang", messages.LANGS)
@pytest.mark.parametrize("query", ["医养结合", "长期护理保险"])
def test_search_finds_chinese_words(page, site: Path, lang: str, query: str) -> None:
    search(page, site, lang, query)
    page.locator("#search-results ul.search li a[href^='05-counterparts.html']").first.click()
    page.wait_for_selector("article .highlighted")
    marked = page.locator("article .highlighted").all_text_contents()
    assert set(marked) == {query}


def test_search_says_when_it_finds_nothing(page, site: Path) -> None:
    search(page, site, "zh", "量子纠缠")
    assert page.locator("#search-results ul.search li").count() == 0


# Safety ------------------------------------------------------------------------------------------


def test_a_script_or_an_address_that_is_not_the_reports_own_is_refused(browser, site: Path) -> None:
    page, asked = new_page(browser), []
    # Playwright writes on the function that it is given, and a built-in one takes no writing.
    page.on("request", lambda request: asked.append(request))  # noqa: PLW0108
    open_page(page, site, "en/tasks.html")
    own = len(asked)
    page.evaluate(HOSTILE)
    until(page, lambda: page.evaluate("window.refused.length") >= 3)
    assert page.evaluate("window.refused.sort()") == [
        "img-src",
        "script-src-attr",
        "script-src-elem",
    ]
    # Some versions of the browser tell of a request that they then do not make.
    until(page, lambda: all(request.failure for request in asked[own:]))
    assert {request.failure for request in asked[own:]} <= {"csp"}
    assert page.evaluate("window.ran") is None
    page.context.close()


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


# Type --------------------------------------------------------------------------------------------


def test_chinese_is_drawn_where_the_machine_has_no_chinese_type(
    launch: Callable, site: Path, tmp_path: Path
) -> None:
    latin = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    settings = tmp_path / "fonts.conf"
    settings.write_text(
        f"<fontconfig><dir>{latin}</dir><cachedir>{tmp_path}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    with launch(env={**os.environ, "FONTCONFIG_FILE": str(settings)}) as chromium:
        page = new_page(chromium)
        for name in ("index.html", "zh/index.html", "zh/01-tasks.html"):
            open_page(page, site, name)
            assert empty_boxes(page) == [], name


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
