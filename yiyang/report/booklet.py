"""Make the pages of an edition one document for paper: nothing to click, no script.

It has a title page, contents with room for the numbers of pages, and every page but those that
are of use on a screen only.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from lxml import html
from lxml.html import HtmlElement, builder

from yiyang.core.messages import Lang, label
from yiyang.report import chapters, typeface
from yiyang.safety.later import expression

LEFT_OUT = {"downloads", "explore", "explorer", "search", "code"}
"""Pages that are of use on a screen only."""
LAST = ("tasks", "glossary", "methods", "origin")
"""Pages that stand behind the chapters on paper, in this order."""
CONTENTS = "yy-contents"


class Heading(NamedTuple):
    """A heading as the contents list it: 1 is a chapter."""

    level: int
    text: str
    id: str


# What ends a text in a style sheet, or the sheet itself
_IN_STYLE = expression(r'[\\"<>\n]')


def document(edition: Path, lang: Lang) -> tuple[HtmlElement, list[Heading]]:
    """Make the pages of an edition one, with a title page and contents, and its headings."""
    index = html.parse(edition / "index.html", html.HTMLParser(encoding="utf-8")).getroot()
    names = list(dict.fromkeys(_names(index)))
    kept = [n for n in names if n not in LEFT_OUT and not n.startswith("department-")]
    order = [n for n in kept if n not in LAST] + list(LAST)
    sections = [_section(edition, name, set(order)) for name in order]
    headings = [heading for section in sections for heading in _headings(section)]
    title, lead = (sections[0].xpath(f"string(.//{name})") for name in ("h1", "p"))
    style = (chapters.SITE / "paper.css").read_text(encoding="utf-8")
    style = style.replace("@TITLE@", _IN_STYLE.sub(lambda m: f"\\{ord(m[0]):x} ", title))
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
    for folded in section.xpath(".//details[contains(@class, 'yy-fold')]"):
        folded.drop_tag()
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
    " | .//details[contains(@class, 'yy-fold')]/summary | .//*[contains(@class, 'yy-save')]"
    " | .//*[contains(@class, 'prev-next')]"
)
# tasks.html#jiyuan-03 and tasks.html?jurisdiction=jiyuan and #what-was-repaired
_LINK = expression(r"(?:(?P<page>[\w-]+)\.html)?(?:\?[^#]*)?(?:#(?P<id>.*))?")


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
    title = builder.P(label("downloads.paper.contents", lang), builder.CLASS("yy-heading"))
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
