"""The built site: both editions, complete, searchable in Chinese, and asking no other host."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import nbformat
import pytest
from bs4 import BeautifulSoup

from yiyang import report
from yiyang.core import build_cache, messages
from yiyang.core.schema import CHECKOUT
from yiyang.report import findings, folding, front, notebooks, postprocess
from yiyang.safety.errors import InputError

NOTEBOOKS = CHECKOUT / "notebooks"


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


@cache
def parsed(path: Path) -> BeautifulSoup:
    """A page, read once for all tests: none of them changes it."""
    return BeautifulSoup(path.read_bytes(), "html.parser")


def index(site: Path, lang: messages.Lang) -> dict:
    script = (site / lang / "searchindex.js").read_text(encoding="utf-8")
    return json.loads(script.removeprefix("Search.setIndex(").removesuffix(")"))


def digest(site: Path) -> dict[str, str]:
    files = sorted(p for p in site.rglob("*") if p.is_file())
    return {str(p.relative_to(site)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


@pytest.mark.parametrize("lang", messages.LANGS)
def test_an_edition_has_every_chapter(site: Path, lang: messages.Lang) -> None:
    front = parsed(site / lang / "index.html")
    links = {a["href"] for a in front.find("article").find_all("a", href=True)}
    for path in notebooks.found(NOTEBOOKS, lang):
        title, _ = report.chapters.opening(path.stem, nbformat.read(path, 4))
        page = parsed(site / lang / f"{path.stem}.html")
        assert page.find("article").h1.get_text().startswith(title)
        assert f"{path.stem}.html" in links
    assert "origin.html" in links


def test_the_landing_page_leads_to_both_editions(site: Path) -> None:
    page = parsed(site / "index.html")
    for link in page.find_all("a"):
        assert (site / link["href"]).is_file()
    assert len(page.find_all("a")) == 2


def test_every_link_between_pages_leads_somewhere_and_the_language_switch_keeps_the_page(
    site: Path,
) -> None:
    for path in pages(site):
        page = parsed(path)
        for tag in page.find_all(["a", "link", "script", "img"]):
            address = tag.get("href") or tag.get("src") or ""
            target = re.split(r"[?#]", address)[0]
            if target and not re.match(r"[a-z]+:", target):
                assert (path.parent / target).resolve().exists(), f"{path}: {address}"
        switch = page.find("a", class_="yy-language")
        if switch and path.name != "search.html":
            assert switch["href"].endswith(f"/{switch['lang']}/{path.name}")


def test_no_page_asks_another_host(site: Path) -> None:
    for path in pages(site):
        page = parsed(path)
        asked = [t.get("src") for t in page.find_all(src=True)]
        asked += [t["href"] for t in page.find_all("link", href=True)]
        assert [a for a in asked if re.match(r"(https?:)?//", a)] == [], path
    for path in site.rglob("*.css"):
        sheet = path.read_text(encoding="utf-8")
        assert re.findall(r"(?:url\(|@import)\s*['\"]?(?:https?:)?//[^)]*", sheet) == [], path


@pytest.mark.parametrize("lang", messages.LANGS)
@pytest.mark.parametrize("words", ["医养结合", "家庭医生", "长期护理保险"])
def test_search_index_holds_chinese_words(site: Path, lang: messages.Lang, words: str) -> None:
    held = index(site, lang)
    assert words in (site / lang / "tasks.html").read_text(encoding="utf-8")
    chapter = held["docnames"].index("tasks")
    for pair in (words[i : i + 2] for i in range(len(words) - 1)):
        where = held["terms"].get(pair, [])
        assert chapter in (where if isinstance(where, list) else [where]), pair


def test_charts_have_a_text_alternative_in_the_language_of_the_edition(site: Path) -> None:
    for lang in messages.LANGS:
        for chart in (site / lang).rglob("*.svg"):
            assert "LastResort" not in chart.read_text(encoding="utf-8"), chart
        for path in (site / lang).glob("*.html"):
            page = parsed(path)
            for image in page.find("article").find_all("img") if page.find("article") else []:
                assert image.get("alt"), path
                assert not image["alt"].startswith(("_images", "../_images", "/"))
                if lang == "en":
                    assert re.search("[A-Za-z]", image["alt"])


def test_no_markup_is_left_as_text(site: Path) -> None:
    """`**甲。**乙` is not set in bold: the full stop must stand after the stars."""
    for path in [*(site / "zh").glob("*.html"), *(site / "en").glob("*.html")]:
        article = parsed(path).find("article")
        for block in article.find_all(["p", "li", "h1", "h2", "h3"]) if article else []:
            if not block.find_parent("details"):
                assert not re.search(r"\*\*|\]\(", block.get_text()), path


def test_code_stands_on_a_page_of_its_own(site: Path) -> None:
    for lang in messages.LANGS:
        stems = [path.stem for path in notebooks.found(NOTEBOOKS, lang)]
        for stem in stems:
            assert not parsed(site / lang / f"{stem}.html").select(".cell_input")
        page = parsed(site / lang / "code.html")
        assert {f"{stem}.html" for stem in stems} <= {a.get("href") for a in page.select("h2 a")}
        assert "yiyang.load()" in page.get_text()


def test_each_chart_of_a_chapter_is_numbered_handed_out_and_cited(site: Path) -> None:
    for lang in messages.LANGS:
        for path in sorted((site / lang).glob("0*.html")):
            page = parsed(path)
            drawn = [image["src"] for image in page.select(".cell_output img")]
            below = page.select("p.yy-chart")
            assert len(drawn) <= 3, path
            for source, line in zip(drawn, below, strict=True):
                files = [link["href"] for link in line.select("a[download]")]
                assert files == [source, source.replace(".svg", ".png")]
                assert "yiyang 0." in line.get_text()


def test_a_table_that_fills_a_phone_is_folded_and_opens_without_a_script() -> None:
    def made(rows: int, caption: str = "") -> str:
        caption = f"<caption>{caption}</caption>" if caption else ""
        body = "<tr><td>1</td></tr>" * rows
        return f"<table>{caption}<thead><tr><th>x</th></tr></thead>{body}</table>"

    assert folding.fold(made(folding.MOST), "en") == made(folding.MOST)
    assert folding.fold("<p>text</p>", "en") == "<p>text</p>"
    long = folding.fold(made(9, "甲 &lt;b&gt;"), "zh")
    assert long.startswith('<details class="yy-fold yy-captioned"><summary>甲 &lt;b&gt;（9行')
    assert made(9, "甲 &lt;b&gt;") in long
    assert "yy-plain" in folding.fold(made(9, "x" * 99), "en")
    assert "yy-plain" in folding.fold(f"<table><tr><td>{'x' * 999}</td></tr></table>", "en")


def test_a_chinese_page_has_no_english_tooltip(site: Path) -> None:
    for path in (site / "zh").glob("*.html"):
        page = parsed(path)
        for tag in page.select("[title], [aria-label]"):
            for words in (tag.get("title"), tag.get("aria-label")):
                assert (
                    not words or re.search("[\u4e00-\u9fff]", words) or tag.get("lang") == "en"
                ), words


# Five words of English in a row; names (GitHub, Noto Sans CJK SC) are shorter.
ENGLISH = re.compile(r"[A-Za-z]+(?:[ ,]+[A-Za-z]+){4,}")
HAN = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("lang", messages.LANGS)
def test_an_edition_is_wholly_in_its_language(site: Path, lang: messages.Lang) -> None:
    """Cells of tables in the English edition quote the documents, and so may a few words of a
    paragraph; headings, labels and alternatives of pictures do not."""
    tags = "h1, h2, h3, h4, p, li, dt, dd, caption, label, button, summary, option, th"
    strays = []
    for path in (site / lang).glob("*.html"):
        article = parsed(path).find("article")
        blocks = article.select(tags + (", td" if lang == "zh" else "")) if article else []
        said = [b.get_text(" ") for b in blocks if not b.find(["p", "li", "td"])]
        said += [image.get("alt", "") for image in article.find_all("img")] if article else []
        for text in said:
            letters, han = len(re.findall("[A-Za-z]", text)), len(HAN.findall(text))
            if ENGLISH.search(text) if lang == "zh" else han > 2 * letters:
                strays.append((path.name, text[:80]))
    quoted = {"tasks.html"} if lang == "en" else set()
    assert [s for s in strays if s[0] not in quoted] == []


def test_tasks_named_in_tables_lead_to_their_evidence(site: Path) -> None:
    for lang in messages.LANGS:
        browser = parsed(site / lang / "tasks.html")
        ids = {body["id"] for body in browser.select(".yy-tasks > tbody")}
        page = parsed(site / lang / "government-jiyuan.html")
        links = page.select("td a[href^='tasks.html#']")
        assert links
        assert {a["href"].split("#")[1] for a in links} <= ids


def test_no_government_is_sent_to_look_at_nothing(site: Path) -> None:
    for lang in messages.LANGS:
        browser = parsed(site / lang / "tasks.html")
        for path in sorted((site / lang).glob("government-*.html")):
            page = parsed(path)
            for link in page.select("article a[href^='tasks.html?']"):
                want = dict(part.split("=") for part in link["href"].split("?")[1].split("&"))
                held = "".join(f"[data-{key}~='{value}']" for key, value in want.items())
                assert browser.select(f".yy-tasks > tbody{held}"), link["href"]


def test_the_front_page_states_its_findings_with_their_charts(site: Path, corpus) -> None:
    for lang in messages.LANGS:
        page = parsed(site / lang / "index.html")
        told = {found.claim: found for found in findings.of(corpus, lang)}
        # The tiles show which tasks have a date: that finding is folded below them.
        dated = told.pop(front.ON_TILES)
        folds = page.select("article details.yy-fold > summary")
        assert dated.sentence in [fold.get_text().strip() for fold in folds]
        assert 2 <= len(told) <= 3
        for number, found in enumerate(told.values(), 1):
            heading = page.select("article h3")[number - 1].get_text()
            assert heading.startswith(f"{number}. {found.sentence}")
            assert (site / lang / f"{found.chapter}.html").is_file()
            if found.claim == "promises.figures":
                rows = page.select_one(f"section:has(> h3:-soup-contains('{number}. ')) tbody")
                pairs = front.own_results(corpus, lang)
                shown = [row.select("td")[1].get_text() for row in rows.select("tr")]
                assert shown == pairs["promised_reached"].tolist()
                continue
            image = page.find("img", src=f"_images/finding-{number}.svg")
            assert image["alt"].startswith(found.sentence)
            assert all(said in image["alt"] for said in found.table["said"])


def test_the_whole_report_and_its_first_page_are_light(site: Path) -> None:
    assert report.size(site) < 12e6
    for lang in messages.LANGS:
        path = site / lang / "index.html"
        page = parsed(path)
        asked = {
            t.get("src") or t.get("href")
            for t in page.select("script[src], img, link[rel=stylesheet]")
        }
        files = {(path.parent / re.split("[?#]", a)[0]).resolve() for a in asked if a}
        assert path.stat().st_size + sum(f.stat().st_size for f in files if f.is_file()) < 1e6


_BUILDS = """
from pathlib import Path
from yiyang import report
from yiyang.core import build_cache
build_cache.FOLDER, notebooks = Path("kept").resolve(), Path("notebooks")
for out in ("anew", "again"):
    report.build(notebooks, Path(out), keep=True)
path = notebooks / "zh" / "00-corpus.ipynb"
text = path.read_text(encoding="utf-8")
path.write_text(text.replace("# 读了哪些文件", "# 读了哪些别的文件", 1), encoding="utf-8")
report.build(notebooks, Path("changed"), keep=True)
"""


def test_builds_elsewhere_and_from_what_was_kept_are_the_same_bytes(
    site: Path, tmp_path: Path
) -> None:
    """In another folder, clock, language and order of sets; then once more with what was kept;
    then with a change of prose in one edition, which is all that becomes another."""
    shutil.copytree(NOTEBOOKS, tmp_path / "notebooks")
    strange = {"TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "4711"}
    path = os.pathsep.join(filter(None, (str(CHECKOUT), os.environ.get("PYTHONPATH"))))
    settings = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"}
    settings |= strange | {"PYTHONPATH": path}
    subprocess.run([sys.executable, "-c", _BUILDS], cwd=tmp_path, env=settings, check=True)
    assert digest(tmp_path / "anew") == digest(site)
    assert digest(tmp_path / "again") == digest(site)
    assert digest(tmp_path / "changed" / "en") == digest(site / "en")
    for name in ("00-corpus", "index", "methods"):  # itself, a link to it, the navigation
        page = (tmp_path / "changed" / "zh" / f"{name}.html").read_text(encoding="utf-8")
        assert "读了哪些别的文件" in page


def test_the_digest_of_a_site_is_of_names_and_contents_without_the_pdfs(tmp_path: Path) -> None:
    found = set()
    for name, text in (("a.html", "1"), ("a.html", "2"), ("b.html", "2"), ("c.pdf", "1")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        found.add(report.digest(tmp_path))
    assert len(found) == 3


def test_every_page_lets_nothing_in_and_names_its_scripts(site: Path) -> None:
    for path in pages(site):
        page = parsed(path)
        said = page.find("meta", attrs={"http-equiv": "Content-Security-Policy"})["content"]
        assert "default-src 'none'" in said
        assert "http" not in said
        scripts = said.split("script-src ")[1].split(";")[0]
        assert "unsafe" not in scripts
        assert len(page.find_all("script", src=False)) >= scripts.count("'sha256-")
        for script in page.find_all("script", src=False):
            hashed = base64.b64encode(hashlib.sha256(script.string.encode()).digest()).decode()
            assert f"'sha256-{hashed}'" in scripts


def test_only_scripts_before_any_text_of_a_document_are_allowed_to_run() -> None:
    own, injected = "own();", "injected();"
    head = f'<head><meta charset="utf-8" /><script>{own}</script></head>'
    page = postprocess.guarded(
        f"<html>{head}<body><script>{injected}</script></head></body></html>"
    )
    hashes = [
        base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in (own, injected)
    ]
    assert [f"'sha256-{digest}'" in page for digest in hashes] == [True, False]


def test_titles_in_the_index_of_the_search_are_html() -> None:
    index = {"alltitles": {"<img src=x> & 甲": [[0, None]]}, "titles": ["&lt;img src=x&gt;"]}
    script = postprocess._titles_as_html(f"Search.setIndex({json.dumps(index)})")
    made = json.loads(script.removeprefix("Search.setIndex(").removesuffix(")"))
    assert made == {**index, "alltitles": {"&lt;img src=x&gt; &amp; 甲": [[0, None]]}}
    with pytest.raises(InputError, match=r"expected Search\.setIndex"):
        postprocess._titles_as_html("Search.load({})")


# Refusals: the site that is there stays ----------------------------------------------------------


@pytest.fixture
def one_notebook(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(build_cache, "FOLDER", site.with_name("kept"))
    folder = tmp_path / "notebooks"
    for lang in messages.LANGS:
        (folder / lang).mkdir(parents=True)
        shutil.copy(NOTEBOOKS / lang / "00-corpus.ipynb", folder / lang)
    return folder / "zh" / "00-corpus.ipynb"


def refusal(path: Path, notebook: nbformat.NotebookNode) -> InputError:
    nbformat.write(notebook, path)
    out = path.parents[2] / "report"
    out.mkdir()
    (out / "index.html").write_text("old", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        report.build(path.parents[1], out, keep=True)
    assert [p.name for p in out.iterdir()] == ["index.html"]
    assert sorted(p.name for p in out.parent.iterdir()) == ["notebooks", "report"]
    return caught.value


def test_a_cell_that_was_not_executed_is_refused(one_notebook: Path) -> None:
    notebook = nbformat.read(one_notebook, 4)
    assert notebook.cells[2].cell_type == "code"
    notebook.cells[2].execution_count = None
    assert str(refusal(one_notebook, notebook)).startswith("zh/00-corpus.ipynb, cell 3: ")


def test_a_chapter_without_a_heading_in_one_language_is_refused(one_notebook: Path) -> None:
    notebook = nbformat.read(one_notebook, 4)
    notebook.cells = [c for c in notebook.cells if not c.source.startswith("# 读了")]
    assert "no heading" in str(refusal(one_notebook, notebook))


def test_a_warning_of_the_build_is_refused(one_notebook: Path) -> None:
    notebook = nbformat.read(one_notebook, 4)
    notebook.cells[0].source += "\n\n[nowhere](no-such-page.md)"
    error = refusal(one_notebook, notebook)
    assert error.place == "report, zh edition"
    assert "no-such-page" in error.found
    assert str(one_notebook.parents[2]) not in error.found
