"""Web pages: paragraphs and tables in reading order, scripts and forms left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import html

from yiyang.extract.blocks import Block, Grid, paragraph
from yiyang.extract.text import decode
from yiyang.safety import limits
from yiyang.safety.errors import InputError

# What holds no text for a reader.
# fmt: off
SILENT = frozenset((
    "script", "style", "noscript", "template", "head", "iframe", "object", "svg", "select",
    "button",
))
# fmt: on
# What begins a new paragraph; everything else runs on in its line.
# fmt: off
BREAKING = frozenset((
    "p", "div", "br", "hr", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5",
    "h6", "section", "article", "header", "footer", "nav", "main", "aside", "blockquote",
    "pre", "center", "form", "fieldset", "figure", "figcaption", "address", "table", "tr",
    "td", "th", "caption",
))
# fmt: on
MAX_SPAN = 1000
"""A cell that claims to span more rows or columns (a page may claim anything) is cut to this."""
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([\w-]+)", re.I)


@dataclass
class _Flow:
    """The blocks found so far, and the paragraph that is being written."""

    blocks: list[Block] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    line: int = 0
    tables: int = 0

    def end_paragraph(self) -> None:
        text = _tidy("".join(self.words))
        self.words.clear()
        if text:
            self.line += 1
            self.blocks.append(paragraph(text, self.line))


def blocks(data: bytes, place: str) -> tuple[list[Block], str]:
    """The blocks of a page and its encoding; the page's own claim counts where it is readable."""
    claimed = _CHARSET.search(data[:4096])
    text, encoding = _decoded(data, claimed[1].decode("ascii") if claimed else "", place)
    limits.hold("elements", text.count("<") - text.count("</"), "HTML elements")
    # lxml refuses a text with an XML declaration of its encoding, and reads nothing behind an
    # </html> or </body>, whatever a browser shows there.
    text = re.sub(r"^\s*<\?xml[^>]*\?>|</(?:html|body)\s*>", "", text, flags=re.I)
    if not text.strip():
        return [], encoding
    try:
        # Without `huge_tree` what is nested more than 256 deep or long is dropped without a word.
        parser = html.HTMLParser(huge_tree=True, no_network=True)
        root = html.document_fromstring(text, parser=parser)
    except MemoryError:
        raise
    except Exception as error:
        raise InputError(
            place,
            found=f"a page that cannot be read ({error})",
            expected="HTML",
            remedy="save the page anew, or copy its text into a .txt file",
        ) from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise limits.LimitError("depth", "elements within elements without end")
    flow = _Flow()
    _walk(root, flow)
    flow.end_paragraph()
    if not flow.blocks and re.search("[一-鿿]", text):
        raise InputError(
            place,
            found="a page that shows no text: what it has stands in its title or in a script",
            expected="a page with its text",
            remedy="save it from the browser once it is shown, or copy its text into a .txt file",
        )
    return flow.blocks, encoding


def _decoded(data: bytes, claimed: str, place: str) -> tuple[str, str]:
    if claimed.lower() in ("gb2312", "gbk"):
        claimed = "gb18030"
    try:
        return data.decode(claimed or "utf-8"), (claimed or "utf-8").lower()
    except (UnicodeDecodeError, LookupError):
        return decode(data, place)


def _walk(root: Any, flow: _Flow) -> None:
    """Visit the page in reading order, without recursion (pages may nest without end)."""
    stack: list[tuple[Any, bool]] = [(root, False)]
    depth = 0
    while stack:
        node, is_closing = stack.pop()
        tag = node.tag if isinstance(node.tag, str) else ""
        if is_closing:
            depth -= 1
            if tag in BREAKING:
                flow.end_paragraph()
            flow.words.append(node.tail or "")
            continue
        if not tag or (tag in SILENT and not _is_swallowing(node, tag)):
            flow.words.append(node.tail or "")
            continue
        if tag in BREAKING:
            flow.end_paragraph()
        if tag == "table" and is_data_table(node):
            _table(node, flow)
            flow.words.append(node.tail or "")
            continue
        flow.words.append(node.text or "")
        stack.append((node, True))
        depth += 1
        limits.hold("depth", depth, "elements within one another")
        stack.extend((child, False) for child in reversed(node))


def _is_swallowing(node: Any, tag: str) -> bool:
    """Whether a button or the like holds paragraphs: then its end is missing, not its text."""
    return tag in ("button", "select", "object", "svg") and any(
        next(node.iter(inner), None) is not None for inner in ("p", "tr")
    )


def is_data_table(table: Any) -> bool:
    """Whether a table holds data: no table inside it, and more than one row with two cells or more.

    Older pages are laid out with tables; these are read as if they were not there.
    """
    if next(table.iterdescendants("table"), None) is not None:
        return False
    return sum(len(row) > 1 for row in table.iter("tr")) > 1


def _table(table: Any, flow: _Flow) -> None:
    flow.tables += 1
    grid = Grid(flow.tables)
    for caption in table.iterchildren("caption"):
        flow.words.append(_text(caption))
        flow.end_paragraph()
    flow.words += _beside_cells(table)
    flow.end_paragraph()
    for row in table.iter("tr"):
        flow.line += 1
        grid.add_row(flow.line)
        for cell in row.iterchildren("td", "th"):
            grid.put(_text(cell), _span(cell, "rowspan"), _span(cell, "colspan"))
    flow.blocks += grid.blocks()


def _beside_cells(node: Any) -> Iterator[str]:
    """What stands in a table, but in none of its cells: marks are missing, or one too many."""
    yield node.text or ""
    for child in node:
        is_cell = child.tag == "caption" or (node.tag == "tr" and child.tag in ("td", "th"))
        if not is_cell and isinstance(child.tag, str) and child.tag not in SILENT:
            yield from _beside_cells(child)
        yield child.tail or ""


def _span(cell: Any, name: str) -> int:
    value = re.match(r"\d{1,6}", cell.get(name, "").strip())
    return min(max(int(value[0]), 1), MAX_SPAN) if value else 1


def _text(cell: Any) -> str:
    """The words of a cell; a paragraph or line break inside it becomes a line break."""
    words: list[str] = []
    for node in cell.iter():
        tag = node.tag if isinstance(node.tag, str) else ""
        if node is not cell and tag in BREAKING:
            words.append("\n")
        if tag and tag not in SILENT:
            words.append(re.sub(r"[\r\n\t]+", " ", node.text or ""))
        if node is not cell:
            words.append("\n" if tag in BREAKING and tag != "br" else "")
            words.append(re.sub(r"[\r\n\t]+", " ", node.tail or ""))
    lines = (_tidy(line) for line in "".join(words).split("\n"))
    return "\n".join(line for line in lines if line)


def _tidy(text: str) -> str:
    """White space as a browser shows it: one blank, none at the ends."""
    return re.sub(r"\s+", " ", text).strip()
