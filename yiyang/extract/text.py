"""Read plain text: characters from bytes, and the rows of tables written with tabs or |."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from itertools import groupby

from yiyang.core.text import simplify, writable
from yiyang.extract import by_blanks, drawn, quoted
from yiyang.extract.blocks import Block, Cell, Page, paragraph
from yiyang.safety import limits
from yiyang.safety.errors import refusal
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

# What administrative Chinese is full of; text decoded wrongly has hardly any of it.
_COMMON = frozenset(
    "的一是不在有人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产"
    "种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点"
    "从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看"
    "原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情最立代想已通并提直题程展五果料象员革"
    "位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区"
    "强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术"
    "极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗"
    "完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持"
    "音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构"
    "府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火"
    '住调满县局照参红细引听该铁价严，。、：；（）“”《》·,.:;()"0123456789 \n\r\t'
)
_ENCODINGS = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")
PLAUSIBLE = 0.5
"""Share of common characters below which a decoding is taken for wrong: administrative Chinese has
about 0.8, GB18030 read as Big5 or the other way about 0.1."""


def decode(data: bytes, place: str) -> tuple[str, str]:
    """Return the text of a file and its encoding: UTF-8, GB18030, Big5, UTF-16 or UTF-32, by mark
    or likelihood.

    Line ends become `\\n`. Raises `InputError` where no encoding gives readable Chinese.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark begins alike
        (codecs.BOM_UTF32_BE, "utf-32"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return writable(_strict(data, encoding, place)), encoding.removesuffix("-sig")
    try:
        return writable(data.decode("utf-8")), "utf-8"
    except UnicodeDecodeError as error:
        if is_cut_off(data, error):
            raise refusal(
                "file.cut_off", tell("place.line", file=place, line=data.count(10) + 1)
            ) from error
        tried = [(plausibility(t), e, t) for e in _ENCODINGS if (t := _try(data, e)) is not None]
        share, encoding, text = max(tried, default=(0.0, "", ""))
        if share >= PLAUSIBLE:
            return writable(text), encoding
        at = tell("place.line", file=place, line=data[: error.start].count(10) + 1)
        raise refusal("file.encoding", at, byte=data[error.start]) from error


def is_cut_off(data: bytes, error: UnicodeDecodeError) -> bool:
    """Tell whether the only fault of a text in UTF-8 is that it ends inside a character.

    One such character before is enough: bytes of another encoding seldom pass for one.
    """
    is_at_end = error.reason == "unexpected end of data" and error.end == len(data)
    return is_at_end and not data[: error.start].isascii()


_ASCII = expression("[\0-\x7f]+")


def plausibility(text: str) -> float:
    """Share of the Chinese characters of a text that are common in documents, 0 to 1.

    Whatever is not ASCII counts as one; markup and figures say nothing about the encoding.
    """
    sample = _ASCII.sub("", simplify(text[:20_000]))
    return sum(map(_COMMON.__contains__, sample)) / max(len(sample), 1)


def _strict(data: bytes, encoding: str, place: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise refusal("file.order_mark", place, encoding=encoding, error=error) from error


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


# | 序号 | 工作任务 | and the rule under a header, |---|:---:|
_MARKDOWN_ROW = expression(r"^\s*\|.*\|\s*$")
_MARKDOWN_RULE = expression(r"^[\s|:\-]+$")
# 工作任务 | or | alone: a row that a web page broke behind each of its cells
_BROKEN_CELL = expression(r"^[^|]*(?<!\\)\|+\s*$|^[\s|]+$")
MIN_BROKEN = 4
"""Lines in a run that end with a bar before the bars are taken for marks of a table."""
# \| is a bar inside a cell
_BAR = expression(r"(?<!\\)\|")


def page(data: bytes, place: str) -> Page:
    """Return the paragraphs and rows of a text in UTF-8."""
    text = data.decode()
    return Page(tuple(blocks(text)), warnings=tuple(by_blanks.said(text, place)))


def blocks(text: str) -> Iterator[Block]:
    """Return the paragraphs and rows of a text, in the order of the file.

    A row is a line with tabs between its cells, a line between bars (Markdown), or, where a Word
    table was flattened, a run of lines that begin with a tab, one a cell.
    """
    lines = text.split("\n")
    limits.hold("blocks", len(lines), "limit.lines")
    limits.hold("line_characters", max(map(len, lines)), "limit.characters_of_line")
    limits.hold("cells", text.count("\t") + text.count("|"), "limit.cells_of_text")
    row: list[Cell] = []
    tables = _drawn(lines) | quoted.rows(lines) | _by_blanks(lines)
    for number, line in enumerate(_without_edges(_with_edges([*lines, ""])), 1):
        is_cell = line.startswith("\t") and line.strip() and "\t" not in line[1:]
        if is_cell and number not in tables:
            row.append(Cell(line.strip(), number))
            continue
        if row:
            yield Block(tuple(row), is_row=True)
            row = []
        if number in tables:
            yield from tables[number]
            continue
        if not line.strip():
            continue
        if _MARKDOWN_ROW.match(line):
            yield _markdown(line.strip(), number)
        elif "\t" in line.strip("\t ") or line.startswith("\t"):
            yield Block(tuple(Cell(t.strip(), number) for t in line.split("\t")), is_row=True)
        else:
            yield paragraph(line.strip(), number)


def _drawn(lines: list[str]) -> dict[int, list[Block]]:
    """The rows of the tables drawn with box characters, by their first line; their other lines
    hold nothing."""
    found: dict[int, list[Block]] = {}
    at = n_tables = 0
    while at < len(lines):
        rows, used = drawn.table(lines, at, n_tables + 1) or ([], 1)
        if rows:
            n_tables += 1
            found |= {at + n + 1: [] for n in range(used)}
            found[at + 1] = rows
        at += used
    return found


def _by_blanks(lines: list[str]) -> dict[int, list[Block]]:
    """The rows of the tables whose columns blanks hold apart, by their first line."""
    found: dict[int, list[Block]] = {}
    at = 0
    while at < len(lines):
        told = by_blanks.table(lines, at)
        if told and told.rows:
            found |= {at + n + 1: [] for n in range(told.used)}
            found[at + 1] = told.rows
        at += told.used if told and told.rows else 1
    return found


LONGEST_HEADING = 14
"""Characters of a cell in the first of several lines with bars in them, which is their header."""


# 序号｜任务｜单位, 序号│任务│单位: bars of full width and those of drawn boxes
_WIDE_BARS = str.maketrans("｜│┃", "|||")


def _bars(line: str) -> int:
    """The bars in a row whose first bar was not printed, 序号 | 目标任务 | 完成情况 |; else 0."""
    first, *others = line.translate(_WIDE_BARS).split("|")
    return len(others) if len(others) > 1 and first.strip() and "\t" not in first else 0


def _with_edges(lines: list[str]) -> list[str]:
    """The lines with bars at both ends where several hold bars, the first of them the most: those
    of a header. A row may hold fewer, where cells are merged."""
    found: list[str] = []
    at = 0
    while at < len(lines):
        most = _bars(lines[at])
        heads = lines[at].translate(_WIDE_BARS).strip(" |").split("|") if most else []
        end = at + 1
        if heads and all(0 < len(head.strip()) <= LONGEST_HEADING for head in heads):
            while end < len(lines) and 0 < _bars(lines[end]) <= most:
                end += 1
        run = lines[at:end]
        bare = (line.translate(_WIDE_BARS).strip().removesuffix("|") for line in run)
        found += (f"|{line}|" for line in bare) if len(run) > 1 else run
        at = end
    return found


def _without_edges(lines: list[str]) -> Iterator[str]:
    """The lines without the bars at their ends, where a run of lines holds one cell each, and
    without those that are a bar between two cells."""
    lines = _without_bars_between(lines)
    for is_broken, same in groupby(lines, key=lambda line: bool(_BROKEN_CELL.match(line))):
        run = list(same)
        is_table = is_broken and sum(bool(line.strip(" |")) for line in run) >= MIN_BROKEN
        yield from (line.strip(" |") if is_table else line for line in run)


def _without_bars_between(lines: list[str]) -> list[str]:
    """The lines with every second one blank, where that is a bar alone and the others hold none: a
    cell, a bar, a cell, a bar."""
    found, at = list(lines), 0
    while at < len(lines):
        end = at
        while end + 1 < len(lines) and _is_cell(lines[end]) and _is_bar(lines[end + 1]):
            end += 2
        if end - at >= 2 * MIN_BROKEN:
            found[at + 1 : end : 2] = [""] * ((end - at) // 2)
        at = max(end, at + 1)
    return found


def _is_cell(line: str) -> bool:
    return bool(line.strip()) and not _bar_in(line)


def _is_bar(line: str) -> bool:
    return line.translate(_WIDE_BARS).strip() == "|"


def _bar_in(line: str) -> bool:
    return "|" in line.translate(_WIDE_BARS)


def _markdown(line: str, number: int) -> Block:
    if _MARKDOWN_RULE.match(line):
        return paragraph(line, number)
    # Two bars at an end are the edge and an empty cell.
    texts = _BAR.split(line.removeprefix("|").removesuffix("|"))
    # The bars are marks of the file, not of the document; the first cell keeps none of them.
    return Block(tuple(Cell(t.strip(), number) for t in texts), is_row=True)
