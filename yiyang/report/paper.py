"""The whole report of an edition as one PDF, printed by Chromium where the machine has it.

The finished pages are put into one document without a script (`document`) and printed twice: the
first print tells the page of every heading, the second has these pages in its contents. Where the
report was printed before, its pages are tried first: mostly they still hold, and one print is
enough. Chromium
writes the bookmarks and the tags that screen readers need; the moment of printing is taken out.
"""

from __future__ import annotations

import copy
import io
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

from lxml import html
from lxml.html import HtmlElement, builder

from yiyang.errors import InputError
from yiyang.labels import LANGS, Lang, label
from yiyang.report import chapters, typeface

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
LEFT_OUT = {"downloads", "explore", "search"}
"""Pages that are of use on a screen only."""
LAST = ("tasks", "glossary", "methods", "origin")
"""Pages that stand behind the chapters on paper, in this order."""
# /ID (node00011210): the name of an element of the tags
_NODE = re.compile(rb"\(node\d{8}\)")
TIMEOUT = 300
"""Seconds that a print may take."""
CONTENTS = "yy-contents"


class Heading(NamedTuple):
    """A heading as the contents list it: 1 is a chapter."""

    level: int
    text: str
    id: str


def program() -> str | None:
    """Chromium, if this machine has it."""
    return next(filter(None, map(shutil.which, PROGRAMS)), None)


def file_name(lang: Lang) -> str:
    return f"yiyang-report.{lang}.pdf"


def write(site: Path, folder: Path, earlier: Path | None = None) -> list[Path]:
    """Print both editions of `site` into `folder`, at the same time; returns the files.

    `earlier` is a folder that may hold the files of an earlier build.
    """

    def edition(lang: Lang) -> Path:
        before = earlier / file_name(lang) if earlier else None
        return write_edition(site, lang, folder / file_name(lang), before)

    with ThreadPoolExecutor(len(LANGS)) as pool:
        return list(pool.map(edition, LANGS))


def write_edition(site: Path, lang: Lang, path: Path, earlier: Path | None = None) -> Path:
    """Print one edition of `site`; the file is the same whatever `earlier` print is given."""
    paper, headings = document(site / lang, lang)
    found = _pages_before(earlier, headings)
    with tempfile.TemporaryDirectory(prefix="yiyang-") as private:
        source = Path(private) / "report.html"
        for _ in range(4):  # the second print has the pages of the first; the others are for doubt
            fill_contents(paper, found)
            source.write_bytes(html.tostring(paper, doctype="<!doctype html>", encoding="utf-8"))
            _print(source, path, private)
            before, found = found, pages(path, headings)
            if found == before:
                break
    finish(path, headings)
    return path


# The document ------------------------------------------------------------------------------------


def document(edition: Path, lang: Lang) -> tuple[HtmlElement, list[Heading]]:
    """The pages of an edition as one, with a title page and contents, and its headings."""
    index = html.parse(edition / "index.html", html.HTMLParser(encoding="utf-8")).getroot()
    names = list(dict.fromkeys(_names(index)))
    order = [n for n in names if n not in LAST and n not in LEFT_OUT] + list(LAST)
    sections = [_section(edition, name, set(order)) for name in order]
    headings = [heading for section in sections for heading in _headings(section)]
    title, lead = label("site.title", lang), sections[0].xpath("string(.//p)")
    style = (chapters.SITE / "paper.css").read_text(encoding="utf-8").replace("@TITLE@", title)
    fonts = {"@FONT@": edition.parent / "_static" / typeface.NAME, "@MARKS@": typeface.LATIN}
    for mark, path in fonts.items():
        style = style.replace(mark, path.as_uri())
    front = builder.DIV(
        builder.P(title, builder.CLASS("yy-title")),
        builder.P(lead, builder.CLASS("yy-lead")),
        builder.CLASS("yy-front"),
    )
    head = builder.HEAD(
        builder.META(charset="utf-8"),
        builder.TITLE(title),
        builder.BASE(href=edition.as_uri() + "/"),
        builder.STYLE(style),
    )
    body = builder.BODY(front, _contents(headings, lang), *sections)
    return builder.HTML(head, body, lang={"zh": "zh-CN", "en": "en"}[lang]), headings


def _names(index: HtmlElement) -> Iterator[str]:
    """The pages of an edition in the order of its navigation."""
    yield "index"
    for link in index.xpath("//nav[contains(@class, 'bd-links')]//a[@href]"):
        if re.fullmatch(r"[\w-]+\.html", link.get("href")):
            yield link.get("href").removesuffix(".html")


def _section(edition: Path, name: str, known: set[str]) -> HtmlElement:
    """The article of a page: nothing to click, its links pointing into the document."""
    page = html.parse(edition / f"{name}.html", html.HTMLParser(encoding="utf-8")).getroot()
    section = page.xpath("//article")[0]
    section.tag, section.attrib["class"] = "section", f"yy-page yy-page-{name.partition('-')[0]}"
    for gone in section.xpath(_ON_SCREEN_ONLY):
        gone.drop_tree()
    _shorten_evidence(section)
    for element in section.xpath(".//*[@id]"):
        element.set("id", f"{name}--{element.get('id')}")
    section.set("id", name)
    for link in section.xpath(".//a[@href]"):
        target = _inside(link.get("href"), name, known)
        if target:
            link.set("href", target)
        else:
            link.drop_tag()
    for element in section.xpath(".//*[@target]"):
        element.attrib.pop("target")
    return section


_ON_SCREEN_ONLY = (
    ".//script | .//style | .//form | .//button | .//iframe | .//a[contains(@class, 'headerlink')]"
    " | .//details[contains(@class, 'hide')] | .//*[contains(@class, 'cell_input')]"
    " | .//*[contains(@class, 'prev-next')]"
)
# tasks.html#jiyuan-03 and tasks.html?jurisdiction=jiyuan and #what-was-repaired
_LINK = re.compile(r"(?:(?P<page>[\w-]+)\.html)?(?:\?[^#]*)?(?:#(?P<id>.*))?")


def _inside(address: str, name: str, known: set[str]) -> str:
    """Where a link of the page `name` leads in the document; empty where it leads out of it."""
    if address.startswith("https://"):
        return address
    match = _LINK.fullmatch(address)
    if not match or (match["page"] or name) not in known:
        return ""
    page = match["page"] or name
    return f"#{page}--{match['id']}" if match["id"] else f"#{page}"


def _shorten_evidence(section: HtmlElement) -> None:
    """Of what a task opens to, paper keeps the lines that were repaired and the counterparts'
    names; the rest stands in the row above, or is for looking up."""
    for row in section.xpath(".//tr[contains(@class, 'yy-evidence')]"):
        cell, details = row[0], row.xpath(".//details")[0]
        kept = []
        if details.xpath(".//ol[contains(@class, 'yy-lines')]//*[self::ins or self::del]"):
            kept = details.xpath(".//dl/dt[1] | .//dl/dd[1]")
        others = details.xpath(".//dl/dd[last()]/ul/li/a")
        if others:
            kept += [copy.deepcopy(details.xpath(".//dl/dt[last()]")[0]), _row_of(others)]
        if kept:
            cell[:] = [builder.DL(*kept)]
        else:
            row.drop_tree()


def _row_of(links: list[HtmlElement]) -> HtmlElement:
    row = builder.DD()
    for link in links:
        own = copy.deepcopy(link)
        own.tail = " "
        row.append(own)
    return row


def _headings(section: HtmlElement) -> Iterator[Heading]:
    """The headings of a page, each given an id to link to."""
    for number, element in enumerate(section.iter("h1", "h2", "h3", "h4", "h5", "h6")):
        element.set("id", f"{section.get('id')}--heading-{number}")
        text = " ".join(element.text_content().split())
        yield Heading(int(element.tag[1]), text, element.get("id"))


def _contents(headings: list[Heading], lang: Lang) -> HtmlElement:
    """The contents, chapters and their sections, with room for the numbers of the pages."""
    items = [
        builder.LI(
            builder.A(builder.SPAN(h.text), builder.B("000"), href=f"#{h.id}"),
            builder.CLASS(f"yy-level-{h.level}"),
        )
        for h in headings
        if h.level <= 2
    ]
    title = builder.P(label("paper.contents", lang), builder.CLASS("yy-heading"))
    return builder.E.nav(title, builder.OL(*items), builder.CLASS(CONTENTS))


def fill_contents(paper: HtmlElement, found: list[int]) -> None:
    """Write the pages of all headings that were found into the contents."""
    of_id = {}
    headings = paper.xpath("//section//*[contains(@id, '--heading-')]")
    for heading, page in zip(headings, found, strict=False):
        of_id[f"#{heading.get('id')}"] = page
    for link in paper.xpath(f"//nav[@class='{CONTENTS}']//a"):
        if link.get("href") in of_id:
            link[1].text = str(of_id[link.get("href")])


# The print ---------------------------------------------------------------------------------------


def _print(source: Path, path: Path, private: str) -> None:
    """Let Chromium print the document; what it answers where it does not is an `InputError`."""
    command = [
        program() or PROGRAMS[0],
        "--headless",
        "--disable-gpu",
        "--disable-dev-shm-usage",  # a container has little of it
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        f"--user-data-dir={private}/profile",
        "--no-pdf-header-footer",
        "--generate-pdf-document-outline",
        f"--print-to-pdf={path}",
        source.as_uri(),
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.insert(1, "--no-sandbox")  # Chromium's sandbox refuses to work for root
    path.unlink(missing_ok=True)
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=TIMEOUT, check=False, cwd=private
        )
        said = done.stderr.strip().splitlines()[-1:]
    except (OSError, subprocess.TimeoutExpired) as error:
        said = [str(error)]
    if not path.is_file():
        raise InputError(
            f"report, {path.name}",
            found=f"no PDF from Chromium: {' '.join(said)}",
            expected="a Chromium of version 131 or later that prints",
            remedy="yiyang report --no-pdf leaves the PDF out",
        )


def pages(path: Path, headings: list[Heading]) -> list[int]:
    """The page of every heading, from the bookmarks of the PDF, which are in the same order."""
    import pypdfium2  # noqa: PLC0415  (pdfplumber brings it)

    with pypdfium2.PdfDocument(path) as pdf:
        marks: list[Any] = list(pdf.get_toc())
        if len(marks) != len(headings):
            raise InputError(
                f"report, {path.name}",
                found=f"{len(marks)} bookmarks for {len(headings)} headings",
                expected="a bookmark for each heading: Chromium of version 131 or later",
                remedy="yiyang report --no-pdf leaves the PDF out",
            )
        return [mark.get_dest().get_index() + 1 for mark in marks]


def _pages_before(earlier: Path | None, headings: list[Heading]) -> list[int]:
    """The pages of the headings in an earlier print; none where it is not there or another."""
    import pypdfium2  # noqa: PLC0415

    if not earlier or not earlier.is_file():
        return []
    try:
        return pages(earlier, headings)
    except (InputError, pypdfium2.PdfiumError):
        return []


def finish(path: Path, headings: list[Heading]) -> None:
    """Take the moment and the machine out of the PDF, mend its bookmarks and make it small.

    Chromium writes the title of a heading at the top of a page twice into its bookmark, and names
    the elements of the tags by numbers that begin elsewhere in each run.
    """
    import pikepdf  # noqa: PLC0415

    data = path.read_bytes()
    order = {name: number for number, name in enumerate(sorted(set(_NODE.findall(data))))}
    data = _NODE.sub(lambda match: b"(node%08d)" % order[match[0]], data)
    pikepdf.settings.set_flate_compression_level(9)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        titles = iter(headings)
        with pdf.open_outline() as outline:
            _rename(outline.root, titles)
        for key in set(pdf.docinfo.keys()) - {"/Title"}:
            del pdf.docinfo[key]
        pdf.save(
            path,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
            deterministic_id=True,
        )


def _rename(marks: list[Any], titles: Iterator[Heading]) -> None:
    for mark in marks:
        mark.title = next(titles).text
        _rename(mark.children, titles)
