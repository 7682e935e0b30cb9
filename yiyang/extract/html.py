"""Read web pages: paragraphs and tables in reading order; what is not shown is left out and
said."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree, html

from yiyang.core import characters
from yiyang.extract import frame, list_numbers, styles
from yiyang.extract.aside import Aside
from yiyang.extract.blocks import Block, Grid, Page, paragraph
from yiyang.extract.cloned import Copies
from yiyang.extract.notes import NOTE_REMEDY, Notes
from yiyang.extract.styles import Styles
from yiyang.extract.text import PLAUSIBLE, decode, plausibility
from yiyang.safety import limits
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

# What holds no text for a reader; of a ruby the base is the text, the rest says how it sounds.
# fmt: off
SILENT = frozenset((
    "script", "style", "noscript", "template", "head", "iframe", "object", "svg", "select",
    "button", "textarea", "datalist", "rt", "rp", "rtc",
))
# fmt: on
# What begins a new paragraph; everything else runs on in its line.
# fmt: off
BREAKING = frozenset((
    "p", "div", "br", "hr", "li", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5",
    "h6", "section", "article", "header", "footer", "nav", "main", "aside", "blockquote",
    "pre", "center", "form", "fieldset", "figure", "figcaption", "address", "table", "tr",
    "td", "th", "caption", "details", "summary", "legend", "option", "dialog",
))
# fmt: on
MAX_SPAN = 1000
"""A cell that claims to span more rows or columns (a page may claim anything) is cut to this."""
SHELL = 200
"""Characters of a page below which it only frames another one."""
_CHARSET = expression(rb"<meta[^>]{0,200}charset=[\"']?([\w-]+)", re.I)
_CHINESE = "[\u3000-\u303f\u3400-\u9fff\uff01-\uff60]"
# 老年↵人: the end of a line of the file between two Chinese characters is shown as nothing
_WRAP = expression(rf"(?<={_CHINESE})[ \t]*[\r\n]\s*(?={_CHINESE})")


def page(data: bytes, place: str, charset: str = "") -> Page:
    """Read a page into blocks; its own claim of an encoding counts where it is readable."""
    claimed = _CHARSET.search(data[:4096])
    claim = claimed[1].decode("ascii") if claimed else charset
    text, encoding = _decoded(data, claim, place)
    found, aside = blocks(text, place)
    if not found and re.search("[一-鿿]", text):
        raise refusal("file.html_empty", place)
    return Page(found, encoding=encoding, warnings=aside.warnings(), left=aside.left())


def with_looks(data: bytes, place: str) -> list[Block]:
    """Return the blocks of a page, marks of `shown` around the words whose type stands out."""
    claimed = _CHARSET.search(data[:4096])
    text, _ = _decoded(data, claimed[1].decode("ascii") if claimed else "", place)
    return blocks(text, place, with_looks=True)[0]


def blocks(
    text: str, place: str, *, by_source: bool = False, with_looks: bool = False
) -> tuple[list[Block], Aside]:
    """Return the blocks of a page and what was left aside. With `by_source` the line of a cell is
    that of the source, else its number in reading order."""
    limits.hold("elements", text.count("<") - text.count("</"), "limit.html_elements")
    # lxml refuses a text with an XML declaration of its encoding, and reads nothing behind an
    # </html> or </body>, whatever a browser shows there.
    text = re.sub(r"^\s*<\?xml[^>]*\?>|</(?:html|body)\s*>", "", text, flags=re.I)
    if not text.strip():
        return [], Aside(place)
    try:
        # Without `huge_tree` what is nested more than 256 deep or long is dropped without a word.
        parser = html.HTMLParser(huge_tree=True, no_network=True)
        root = html.document_fromstring(text, parser=parser)
    except MemoryError:
        raise
    except Exception as error:
        raise refusal("file.html", place, error=error) from error
    if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
        raise limits.LimitError("depth", tell("limit.elements_endless"))
    reader = _Reader(root, Aside(place), by_source)
    if with_looks:
        styles.mark_type(root)
    reader.read(root)
    return reader.blocks, reader.aside


# fmt: off
ENCODINGS = frozenset((
    "ascii", "us-ascii", "utf-8", "utf8", "gb18030", "big5", "big5-hkscs", "utf-16", "utf-16le",
    "utf-16be", "hz-gb-2312", "iso-8859-1", "latin1", "windows-1252", "cp1252", "windows-936",
    "cp936", "iso-2022-cn",
))
# fmt: on
"""What a page may claim to be written in: any other claim (of the hundred codes that Python knows,
some take long, some are no encodings of text) counts for nothing."""


def _decoded(data: bytes, claimed: str, place: str) -> tuple[str, str]:
    if claimed.lower() in ("gb2312", "gbk"):
        claimed = "gb18030"
    if claimed and claimed.lower() not in ENCODINGS:
        return decode(data, place)
    try:
        text = data.decode(claimed or "utf-8")
        is_single = claimed and max(text, default="") <= "\uffff" and plausibility(text) < PLAUSIBLE
        if is_single and not text.isascii():  # a claim of Latin-1 fits whatever bytes there are
            return decode(data, place)
    except (UnicodeDecodeError, LookupError):
        return decode(data, place)
    except InputError:
        pass
    return text, (claimed or "utf-8").lower()


class _Reader:
    """The blocks of a page found so far, and the paragraph that is being written."""

    def __init__(self, root: Any, aside: Aside, by_source: bool) -> None:
        self.blocks: list[Block] = []
        self.aside = aside
        self._styles = Styles(root)
        self._tables = _Tables(root)
        self._lists = list_numbers.Lists()
        self._by_source = by_source
        self._words: list[str] = []
        self._line = 0  # of the last paragraph or row
        self._at = 1  # of the source, where the paragraph began
        self._n_tables = 0
        self._notes = Notes()
        self._copies = Copies()
        # What is hidden and most of the page is shown once its scripts have run.
        self._n_words = len(_all_words(root))

    def read(self, root: Any) -> None:
        """Read a page in its order."""
        for piece in self._pieces(root):
            if isinstance(piece, str):
                self._words.append(piece)
                continue
            self._end_paragraph()
            self._at = piece if isinstance(piece, int) else int(piece.sourceline or 1)
            if not isinstance(piece, int):
                self._with_inner_tables(piece)
        self._end_paragraph()

    def _end_paragraph(self) -> None:
        text = _tidy("".join(self._words))
        self._words.clear()
        if not text:
            return
        if frame.is_line(text):
            self.aside.add(frame.WHAT, text, self._line + 1, frame.REMEDY)
        elif note := self._notes.note(text):
            self.aside.add(tell("extract.footnote"), note, self._line + 1, NOTE_REMEDY)
        else:
            self._line = self._at if self._by_source else self._line + 1
            depth = self._lists.depth()
            self.blocks.append(paragraph(self._notes.marked(text), self._line, depth))

    def _pieces(self, root: Any, beside: frozenset[Any] = frozenset()) -> Iterator[Any]:
        """What an element shows in reading order: words, the line of the source where a line ends,
        and each table of data, which is not entered; nor are the elements of `beside`.

        Without recursion: pages may nest without end.
        """
        walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        depth, passed, last = 0, None, ""
        for event, node in walk:
            words = ""
            if event == "start":
                depth += 1
                limits.hold("depth", depth, "limit.elements_deep")
                is_entered, words = self._begin(node, root, last, beside)
                if not is_entered:
                    passed = node
                    walk.skip_subtree()
                elif node.tag in BREAKING and node is not root and not list_numbers.is_said(node):
                    if not self._lists.begins(node):
                        yield int(node.sourceline or 1)
                    self._lists.enter(node)
            elif node is not root:
                if event == "end" and node is passed and node in self._tables.data:
                    yield node
                elif event == "end" and node is not passed and list_numbers.is_label(node):
                    words = "："
                elif event == "end" and node is not passed and node.tag in BREAKING:
                    yield int(node.sourceline or 1)
                    self._lists.leave(node)
                words = words or node.tail or ""
            depth -= event == "end"
            if words:
                inside = node if event == "start" else node.getparent()
                yield from _lines_of(words, inside)
                last = words

    def _begin(self, node: Any, root: Any, last: str, beside: frozenset[Any]) -> tuple[bool, str]:
        """Whether an element is entered, and the words with which it begins."""
        tag = node.tag
        if node is root:
            return True, node.text or ""
        is_silent = tag in SILENT and not _is_swallowing(node, tag)
        if is_silent:
            self._say_unshown(node)
        if is_silent or node in beside or self._is_left_out(node):
            return False, ""
        if tag == "sup":
            return False, self._notes.raised("".join(node.itertext()))
        if tag == "sub":
            return False, characters.lowered("".join(node.itertext()), last)
        if node in self._tables.data:
            return False, ""
        return True, self._lists.number(node) + (node.text or "")

    def _say_unshown(self, node: Any) -> None:
        """Say rows that only a script shows, or that stand for browsers without scripts; and what a
        page frames that has next to no words of its own."""
        line = int(node.sourceline or 1) if self._by_source else self._line + 1
        if node.tag in ("noscript", "template") and next(node.iter("tr", "li"), None) is not None:
            words = " ".join("".join(node.itertext()).split())
            self.aside.add(tell("extract.rows_for_scripts"), words, line)
        elif node.tag == "iframe" and node.get("src") and self._n_words < SHELL:
            self.aside.add(tell("extract.page_within_page_frame_unread"), "", line)

    def _is_left_out(self, node: Any) -> bool:
        """Whether an element is none of the document as it is shown; then it is said."""
        what, remedy = "", ""
        if self._styles.hides(node):
            what = tell("extract.hidden_text")
        elif self._styles.strikes(node):
            what = tell("extract.struck_text")
        elif frame.is_frame(node):
            what, remedy = frame.WHAT, frame.REMEDY
        if not what:
            return False
        words = _all_words(node)
        line = int(node.sourceline or 1) if self._by_source else self._line + 1
        if what == tell("extract.hidden_text") and 2 * len(words) > self._n_words:
            if node.tag not in ("html", "body"):
                self.aside.add(tell("extract.text_script_shows_read"), words, line, is_read=True)
            return False
        if words:
            self.aside.add(what, words, line, remedy)
        return True

    def _with_inner_tables(self, table: Any) -> None:
        """A table, and behind it those that stand in its cells."""
        waiting = deque([table])
        while waiting:
            waiting.extend(self._table(waiting.popleft()))

    def _table(self, table: Any) -> list[Any]:
        """Read a table of data; returns those inside its cells."""
        inner: list[Any] = []
        rows = self._tables.rows[table]
        for caption in table.iterchildren("caption"):
            self._words.append("".join(t for t in self._pieces(caption) if isinstance(t, str)))
            self._end_paragraph()
        cells = frozenset(c for row in rows for c in row.iterchildren("td", "th"))
        beside = cells | frozenset(table.iterchildren("caption"))
        self._words += [t for t in self._pieces(table, beside) if isinstance(t, str)]
        self._end_paragraph()
        self._n_tables += 1
        grid = Grid(self._n_tables)
        for row in rows:
            if self._is_left_out(row):
                continue
            self._line = int(row.sourceline or 1) if self._by_source else self._line + 1
            grid.add_row(self._line)
            for cell in row.iterchildren("td", "th"):
                if not self._is_left_out(cell):
                    text = self._cell(cell, inner)
                    down = _rows_of(cell, self._tables.left[row])
                    grid.put(text, down, _span(cell, "colspan"))
        found = grid.blocks()
        if self._copies.is_one(self.blocks, found, is_head=self._tables.is_head(table)):
            for block in found:
                words = " ".join(cell.text for cell in block.cells if not cell.is_repeat)
                self.aside.add(tell("extract.copy_of_table"), words, block.line)
        else:
            self.blocks += found
        return inner

    def _cell(self, cell: Any, inner: list[Any]) -> str:
        """The words of a cell; a paragraph or line break inside it becomes a line break."""
        lines: list[list[str]] = [[]]
        for piece in self._pieces(cell):
            if isinstance(piece, str):
                lines[-1].append(piece)
                continue
            lines.append([])
            if not isinstance(piece, int):
                inner.append(piece)
        texts = (self._notes.marked(_tidy("".join(words))) for words in lines)
        return "\n".join(text for text in texts if text)


class _Tables:
    """The rows of each table of a page, and which tables hold data.

    Older pages are laid out with tables; these are read as if they were not there.
    """

    def __init__(self, root: Any) -> None:
        self.rows: defaultdict[Any, list[Any]] = defaultdict(list)
        for row in root.iter("tr"):
            table = next(row.iterancestors("table"), None)
            if table is not None:
                self.rows[table].append(row)
        sizes = {table: sum(len(row) > 1 for row in rows) for table, rows in self.rows.items()}
        largest: dict[Any, int] = {}
        for table, size in sizes.items():
            for outer in table.iterancestors("table"):
                largest[outer] = max(largest.get(outer, 0), size)
        self.data = frozenset(
            table
            for table, size in sizes.items()
            if size > max(1, largest.get(table, 0) - 1) or self.is_head(table)
        )
        self.left = _left_in_group(row for rows in self.rows.values() for row in rows)

    def is_head(self, table: Any) -> bool:
        """Tell whether a table is the head of the next one, which a page keeps in place: one row,
        all of heads."""
        rows = self.rows[table]
        is_head = len(rows) == 1 and len(rows[0]) > 1 and all(c.tag == "th" for c in rows[0])
        return is_head and next(rows[0].iterdescendants("table"), None) is None


def _left_in_group(rows: Iterable[Any]) -> dict[Any, int]:
    """How many rows of its group (the head or a body of a table) each row has from itself on."""
    in_group: defaultdict[Any, int] = defaultdict(int)
    left = {}
    for row in reversed(list(rows)):
        in_group[row.getparent()] += 1
        left[row] = in_group[row.getparent()]
    return left


def _all_words(root: Any) -> str:
    """The words of an element, shown or not, without those of its scripts."""
    parts: list[str] = []
    for node in root.iter():
        if isinstance(node.tag, str) and node.tag not in SILENT:
            parts.append(node.text or "")
        if node is not root:
            parts.append(node.tail or "")
    return " ".join("".join(parts).split())


def _is_swallowing(node: Any, tag: str) -> bool:
    """Whether a button or the like holds paragraphs: then its end is missing, not its text."""
    return tag in ("button", "select", "object", "svg") and any(
        next(node.iter(inner), None) is not None for inner in ("p", "tr")
    )


def _lines_of(words: str, node: Any) -> Iterator[Any]:
    """The words of an element; those of <pre> with their own line ends."""
    is_kept = "\n" in words and (
        node.tag == "pre" or next(node.iterancestors("pre"), None) is not None
    )
    if not is_kept:
        yield words
        return
    for n, line in enumerate(words.split("\n")):
        if n:
            yield int(node.sourceline or 1) + n
        yield line


def _rows_of(cell: Any, left: int) -> int:
    """Over how many rows a cell goes; it ends with the group of its row, whatever it claims, and 0
    is written for all that are left of it."""
    if cell.get("rowspan", "").strip() == "0":
        return min(left, MAX_SPAN)
    return min(_span(cell, "rowspan"), left)


def _span(cell: Any, name: str) -> int:
    value = re.match(r"\d{1,6}", cell.get(name, "").strip())
    return min(max(int(value[0]), 1), MAX_SPAN) if value else 1


def _tidy(text: str) -> str:
    """White space as a browser shows it: one blank, none at the ends."""
    return re.sub(r"\s+", " ", _WRAP.sub("", text)).strip()
