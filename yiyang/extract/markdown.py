"""Read Markdown: markdown-it-py makes a page of it, and the one reader of pages reads that.

Every block of the page stands on the line of its source, so that lines are those of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from yiyang.extract import formulas, html, text
from yiyang.extract.blocks import Block, Page, paragraph
from yiyang.safety import limits
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

# 30[^1]张; [^1]: 含托养床位
_NOTE_TEXT = expression(r"^\[\^([^\]\n]{1,20})\]:[ \t]*(.*)$", re.M)
_NOTE_MARK = expression(r"\[\^([^\]\n]{1,20})\]")
# | 1 | 建设… of a table without the rule below its header, or a cell that a line end broke
_EDGE = expression(r"^\s*\||\|\s*$|^\s*\+[-=+:]{3,}\+\s*$")
# > | 1 | 建设…: a row inside a quotation or a point of a list
_QUOTE = expression(r"^(?:\s*>|\s*[-*+]\s(?=\s*\|))+")
# - [x] 建设…: a box of a list, ticked or not, which is no word of its point
_BOX = expression(r"^([^\S\n]*(?:>[^\S\n]*)*(?:[-*+]|\d{1,9}[.)])\s+)\[[ xX✓√]\](?=\s)", re.M)
# a bar inside a cell is written \|
_BAR = expression(r"(?<!\\)\|")


MOST_DEEP = 100
"""Quotes and lists within one another; markdown-it-py leaves out what is deeper."""


@cache
def _markdown() -> MarkdownIt:
    """CommonMark with tables and struck text. A line end in a paragraph ends a line of it, as most
    writers mean it; so `---` below a paragraph makes it no heading."""
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": MOST_DEEP})
    parser.enable(["table", "strikethrough"]).disable("lheading")
    parser.inline.ruler2.before("fragments_join", "loose_marks", _settle_loose_marks)
    for name in ("softbreak", "hardbreak"):
        parser.add_render_rule(name, _line_end)
    return parser


# --- key: value … ---: what stands above a page for its program
_FRONT = expression(r"\A(?:\ufeff)?---[ \t]*\n((?:[^\n]*\n){1,60}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_PAIR = expression(r"(?:^|(?<=\n))([A-Za-z_][\w \-]{0,40})[ \t]*:[ \t]*(.*)")


def _front(source: str) -> tuple[list[Block], str]:
    """The front matter of a page, a paragraph a key with what belongs to it, and the page with
    blank lines in its place: it says something of the document and is none of its text."""
    match = _FRONT.match(source)
    if not match or not _PAIR.match(match[1]):
        return [], source
    found: list[list[str]] = []
    starts: list[int] = []
    for number, line in enumerate(match[1].split("\n"), 2):
        pair = _PAIR.fullmatch(line)
        if pair:
            found.append([f"{pair[1]}: {pair[2].strip().strip(_MARKED)}"])
            starts.append(number)
        elif found and line.strip():
            found[-1].append(line.strip().removeprefix("-").strip(_MARKED + " "))
    blocks = [paragraph(" ".join(words), n) for words, n in zip(found, starts, strict=True)]
    return blocks, "\n" * match[0].count("\n") + source[match.end() :]


_MARKED = "\"'"
"""Marks of quotation round a value."""


def _line_end(*_: Any) -> str:
    return "\n<br>"


def with_looks(data: bytes, place: str) -> Sequence[Block]:
    """Return the blocks of a text, marks of `shown` around the words whose type stands out."""
    return page(data, place, with_looks=True).blocks


def page(data: bytes, place: str, *, with_looks: bool = False) -> Page:
    """Return the blocks of a text in Markdown."""
    front, source = _front(formulas.plain(data.decode()))
    lines = source.split("\n")
    limits.hold("blocks", len(lines), "limit.lines")
    limits.hold("line_characters", max(map(len, lines)), "limit.characters_of_line")
    limits.hold("cells", source.count("\t") + source.count("|"), "limit.cells_of_text")
    noted = _NOTE_TEXT.sub(r"<p><sup>\1</sup>\2</p>", _BOX.sub(r"\1", source))
    parser = _markdown()
    tokens = parser.parse(_NOTE_MARK.sub(r"<sup>\1</sup>", noted))
    deepest = max(
        (t.level for token in tokens for t in (token, *(token.children or ()))), default=0
    )
    if deepest >= MOST_DEEP - 1:
        found_deep = tell("extract.quotes_lists_deep_or_more", n=deepest)
        raise limits.LimitError("depth", found_deep, place)
    _number(tokens)
    plain = [*_plain_stretches(tokens, lines)]
    rendered = "".join(_rendered(tokens, {first for first, _ in plain}, lines))
    found, aside = html.blocks(rendered, place, by_source=True, with_looks=with_looks)
    for first, end in plain:
        own = text.blocks("\n".join(lines[first:end]))
        found += [_shifted(block, first, with_looks) for block in own]
    if plain:
        found.sort(key=lambda block: block.line)
    found = [*front, *found]
    return Page(found, warnings=aside.warnings(), left=aside.left())


_CLOSED, _OPENED = "。，、；：？！）》】〉”’」』:;,.!?)]", "（《【〈“‘「『(["
"""Marks behind which, or in front of which, CommonMark sees no end or no beginning."""


def _settle_loose_marks(state: StateInline) -> None:
    """Take marks of emphasis that CommonMark leaves, because a Chinese full stop or colon stands
    beside them, for what they are meant: **牵头单位：**县民政局. Others stay as printed: 张**, 建设
    __个公园. Escaped ones (\\*) are no such tokens; the rule that joins what stays follows."""
    tokens = state.tokens
    loose = [n for n, t in enumerate(tokens) if t.type == "text" and t.content in ("*", "_")]
    double: list[int] = []
    for n, behind in pairwise(loose):
        is_free = not double or double[-1] < n - 1
        if behind == n + 1 and is_free and tokens[n].content == tokens[behind].content:
            double.append(n)
    gone: set[int] = set()
    opened = -1
    for n in double:
        if opened >= 0 and _is_pair(tokens, opened, n):
            tokens[opened], tokens[n] = _strong(1), _strong(-1)
            gone |= {opened + 1, n + 1}
            opened = -1
        else:
            opened = n if _may_open(tokens, n) else -1
    taken = {m for n in double for m in (n, n + 1)}
    single = [n for n in loose if n not in taken and tokens[n].content == "*"]
    gone |= set(single if len(single) % 2 == 0 and not _is_product(tokens, single) else ())
    tokens[:] = [token for n, token in enumerate(tokens) if n not in gone]


def _may_open(tokens: Sequence[Token], n: int) -> bool:
    """Whether a mark may stand before words: not behind a letter, but for ** before another letter
    or an opening bracket."""
    behind = tokens[n + 2].content[:1] if n + 2 < len(tokens) else ""
    before = tokens[n - 1].content[-1:] if n else ""
    is_open = not behind or behind.isspace() or behind in _CLOSED
    is_inside = before.isalnum() and not (tokens[n].content == "*" or behind in _OPENED)
    return not is_open and not is_inside


def _is_pair(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether two marks hold words that end, or begin, with a mark of punctuation."""
    is_same = tokens[first].content == tokens[last].content
    begins = tokens[first + 2].content[:1] if first + 2 < last else ""
    ends = tokens[last - 1].content[-1:] if last - 1 > first + 1 else ""
    return is_same and ((bool(ends) and ends in _CLOSED) or (bool(begins) and begins in _OPENED))


def _strong(nesting: Literal[-1, 0, 1]) -> Token:
    name = "strong_open" if nesting > 0 else "strong_close"
    return Token(name, "strong", nesting, markup="**")


def _is_product(children: Sequence[Token], stars: Sequence[int]) -> bool:
    """Whether stars stand between figures or letters: 3*4."""
    around = (
        (children[n - 1].content[-1:], children[n + 1].content[:1])
        for n in stars
        if 0 < n < len(children) - 1
    )
    return any(a.isascii() and a.isalnum() and b.isascii() and b.isalnum() for a, b in around)


def _plain_stretches(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The first line and the end of what the reader of texts knows better: rows with tabs, lines
    between bars without a rule, and what is only indented (Markdown: a listing of a program)."""
    for token in tokens:
        if token.level or not token.map or token.type not in ("paragraph_open", "code_block"):
            continue
        first, end = token.map
        own = [line for line in lines[first:end] if line.strip()]
        is_row = any("\t" in line.strip("\t ") for line in own) or all(map(_EDGE.search, own))
        if is_row or token.type == "code_block":
            yield first, end


def _rendered(tokens: Sequence[Token], plain: set[int], lines: Sequence[str]) -> Iterator[str]:
    """The page, each block on the line of its source but those that are read as text."""
    renderer, options = _markdown().renderer, _markdown().options
    line = n_cells = 0
    is_out = False
    for token in tokens:
        first = token.map[0] if token.map else line
        if token.nesting >= 0 and not token.level:
            is_out = bool(token.map) and first in plain
        if is_out:
            continue
        yield "\n" * (first - line)
        words = renderer.render([token], options, {})
        if token.type == "tr_open":
            n_cells = 0
        n_cells += token.type in ("td_open", "th_open")
        if token.type == "tr_close":
            words = _surplus(lines[line], n_cells) + words
        # between the blocks of a page the line end is a blank; here it would shift the lines
        words = words if token.type in ("inline", "html_block", "fence") else words.strip("\n")
        line = max(first, line) + words.count("\n")
        yield words


def _number(tokens: Sequence[Token]) -> None:
    """Give the points of numbered lists the numbers that are written, but where all bear one: that
    is how Markdown says that they be counted."""
    lists: list[list[Token]] = []
    for token in tokens:
        if token.type == "ordered_list_open":
            lists.append([])
        elif token.type == "list_item_open" and token.info and lists:
            lists[-1].append(token)
        elif token.type == "ordered_list_close":
            items = lists.pop()
            is_counted = len(items) > 1 and len({item.info for item in items}) == 1
            for item in items:
                if not is_counted:
                    item.attrSet("value", item.info)
    for token in tokens:
        if token.type == "ordered_list_open" and token.markup == ")":
            token.attrSet("data-mark", ")")


def _surplus(line: str, width: int) -> str:
    """Cells of a row behind the last column, which a page would not show: they are read too."""
    cells = _BAR.split(_QUOTE.sub("", line).strip().removeprefix("|").removesuffix("|"))
    more = [cell.strip() for cell in cells[width:]]
    return "".join(f"<td>{_markdown().renderInline(cell)}</td>" for cell in more if cell)


def _shifted(block: Block, lines: int, with_looks: bool) -> Block:
    cells = tuple(
        replace(cell, line=cell.line + lines, text=_inline(cell.text, with_looks))
        for cell in block.cells
    )
    return replace(block, cells=cells)


def _inline(words: str, with_looks: bool) -> str:
    """The words of a cell without the marks of Markdown."""
    if not re.search(r"[*_`\\<&~\[]", words):
        return words
    found, _ = html.blocks(_markdown().renderInline(words) or "", "", with_looks=with_looks)
    return "\n".join(text for block in found for text in block.texts)
