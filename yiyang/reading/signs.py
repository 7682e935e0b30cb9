"""Find what looks like part of a task in a printed document, independently of the layouts.

A sign is a responsibility label, a bracket that holds units, a clause that says who answers for
something, a list of units alone, the number of an item with its first words, a time, a figure, or
the heading of a column. The patterns are wider than those of the layouts and share none of them:
what a layout cannot read must still be seen (`account` says what became of each sign).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from yiyang.core.text import remembered, simplify
from yiyang.extract import Block
from yiyang.reading import rule_signs, unit_signs
from yiyang.safety.later import expression

# fmt: off
KINDS = (
    "header", "number", "label", "bracket", "rule", "role", "unit", "agency", "time", "figure",
)
# fmt: on


class Sign(NamedTuple):
    """A stretch of a line, from `start` to `end` of its characters that are not white space."""

    line: int
    kind: str
    start: int
    end: int
    printed: str
    style: str = ""
    """Of a number: the style it is written in, `1.` `(一)`; sub-items differ from items in it. Of
    a rule: whether it is about a `role`, a `time` or a `figure`."""
    is_first: bool = False
    """Whether it stands at the beginning of a paragraph or cell."""


# Full-width forms, brackets of every kind and wide dashes as one: （〔【［ and (.
_FOLD = {
    **{i: i - 0xFEE0 for i in range(0xFF01, 0xFF5F)},
    **str.maketrans("〔【〖﹝［〕】〗﹞］", "((((()))))"),
    **str.maketrans("—–－−～〜~⁓", "--------"),
    **str.maketrans("、，﹐､", "、,,、"),
    **str.maketrans("○〇", "〇〇"),
}
_INVISIBLE = expression("[\\s\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e]+")
_NARROW = {chr(wide): chr(narrow) for wide, narrow in _FOLD.items() if wide != narrow}
# A text has few of these; to look at each of its characters (str.translate) takes twice as long.
_WIDE = expression("[" + "".join(map(re.escape, _NARROW)) + "]")


@remembered(1 << 13)  # each text is asked for as a cell and as a piece
def plain(text: str) -> str:
    """Return the text as the patterns read it: simplified, half-width, without white space."""
    words = _INVISIBLE.sub("", simplify(text))
    for wide in set(_WIDE.findall(words)):
        words = words.replace(wide, _NARROW[wide])
    return words


def positions(text: str) -> list[int]:
    """Return the places in a text of the characters that `plain` keeps."""
    return [i for i, character in enumerate(text) if not _INVISIBLE.match(character)]


_CN = "一二三四五六七八九十"
# 一、 (三) 12. 3) ① 第五条 任务一: 一是, each with the words behind it
_NUMBERS: tuple[tuple[str, str], ...] = (
    ("第一章", rf"第[{_CN}百零\d]{{1,4}}[章编节部]分?"),
    ("第一条", rf"第[{_CN}百零\d]{{1,4}}[条项款]"),
    ("一、", rf"[{_CN}]{{1,3}}(?:、|\.(?!\d))"),
    ("(一)", rf"\([{_CN}百]{{1,4}}\)[、.]?"),
    (
        "1.1",
        r"\d{1,2}[.\-]\d{1,2}(?:[.\-]\d{1,2})?(?=[^\d.%\-])(?![个项张家所名人万亿元年月日米倍成%])[.、]?",
    ),
    ("1.", r"\d{1,3}(?:[.、:]|﹒)(?!\d+(?:[^一-鿿\d]|$))(?!\d{1,4}(?:[%.万亿]|[^\d]{0,2}%))"),
    ("(1)", r"\(\d{1,3}\)[、.]?"),
    ("1)", r"\d{1,3}\)"),
    ("①", r"[①-⑳⑴-⒇⒈-⒛㈠-㈩❶-❿]"),
    (
        "任务一",
        rf"(?:任务|行动|工程|措施|项目|举措|实事)[{_CN}\d]{{1,3}}(?:[:、.]|(?<=\d)(?=[一-鿿])(?![项个条件类批处名种家]))",
    ),
    ("一是", rf"[{_CN}]是(?!否)"),
)
_NUMBER = expression("|".join(f"({pattern})" for _, pattern in _NUMBERS))
_CELL_NUMBER = expression(rf"^(?:\d{{1,3}}|[{_CN}]{{1,3}}|\([{_CN}\d]{{1,3}}\))$")
_LONGEST_CELL_NUMBER = 5
# …环境1.改造, …小区。(二)方便: an item behind a sentence, a bracket, or words
_BEGINS_INSIDE = expression(
    rf"(?=[\d第({_CN}①-⑳⑴-⒇⒈-⒛㈠-㈩❶-❿任行工措项举实])(?:(?<=[。;)!])|(?<=[一-鿿])(?=\d{{1,2}}[.、][一-鿿])|(?<=[一-鿿])(?<![第至和到或见])(?=\([{_CN}]{{1,3}}\)[一-鿿]))"
)
OPENING = 40
"""Characters behind a number that are part of its sign: the words by which its task is known."""
_Y = r"(?:(?:19|20)\d\d|(?<!\d)\d\d(?=年)|[一二三四五六七八九〇零]{4}(?=年))"
_ATOM = (
    rf"{_Y}(?:年度?|[./\-]\d{{1,2}}(?:[./\-]\d{{1,2}})?(?!\d))|(?<!\d)(?:19|20)\d\dQ[1-4]|(?<!\d)\d{{1,2}}月份?(?:\d{{1,2}}[日号]?(?!\d))?"
    rf"|(?<![{_CN}])(?:[一二三四五六七八九十]|十[一二])月份?(?:[一二三四五六七八九十廿]{{1,3}}[日号])?|元月|腊月|(?<!\d)\d{{1,2}}日"
    r"|第?[一二三四1-4]季度|[上下]半年|半年|全年|年(?:内|底|末|初|中|前)|月(?:底|末|初|中)|季(?:末|度末)"
    r"|[今明当翌次本去][年月季]度?|[本下]个?[月周季]度?|春节|国庆|元旦|中秋|五一|汛期|入冬|入汛|开学|暑期|农历|任期"
    r"|长期(?![护照看卧居住处慢])|持续(?!性)|常年|常态化?|即时|立即|即日|每(?:半?年|月|季度?|周|日)|[“\"]?十[二三四五六]五[”\"]?(?:期间|末|时期)?"
    r"|(?:\d{1,3}|[一二两三四五六七八九十]{1,3})个?(?:工作日|月|天|周|年)(?:之内|以内|内|左右)"
)
_TIME = expression(
    rf"(?=[\d“\"{_CN}〇零元腊第上下半全年月季今明当翌次本去春国中五汛入开暑农任长持常即立每两])(?:{_ATOM})(?:(?:[至到\-、,和及起(]|\d{{1,2}}日?)?(?:{_ATOM}|[上中下]旬|底|末|初|中旬|前|内|以?前|之前|左右|止|期间"
    r"|完成|\))){0,12}"
)
# 3000张, 72%, 1.2万人次, 5个百分点, 八成, 四分之三, 1.5倍
_FIGURE = expression(
    rf"(?=[\d<>≥≤±+百翻两{_CN}])(?:"
    r"[<>≥≤±+]?\d{1,12}(?:[.,]\d{1,12}){0,4}(?:[\-至到]\d{1,12}(?:[.,]\d{1,12})?)?(?:余|多|几)?[百千万亿]*(?:余|多|几)?"
    r"(?:%|‰|个百分点|个(?![月周]|工作日|小时|星期|季度|学期|交易日)|项(?!目)|[家所张名人户次件场套台处座条份批期亩吨元倍成支间辆批位片株盏部类种米]|公里|平方公里|公顷|平方米|平米|㎡|千瓦|人次|床位"
    r"|立方米|兆瓦|蒸吨|千克|公斤|标箱|分钟|[学课]时|[架航]次|分贝|摄氏度|℃|[微毫]克"
    # 600具, 1.2亿尾: any measure word with which a clause ends
    r"|(?![年月日号时点分级条款期届版章节页室楼层线路天周小以之上下左多余](?:[,。;、)]|$))[一-鿿](?=[,。;、)]|$))"
    rf"|百分之[{_CN}百点〇零两]+|[{_CN}两]+分之[{_CN}两]+|[{_CN}]成(?:以上)?(?![立为果效员本就熟长功])|翻[一两]番)"
)
# What the cells of a header say; a row or a run of lines with two of them is a header.
_HEADER = expression(
    r"^(?:序号?|编号|项次)$|^[一-鿿、/和与及]{0,8}(?:任务|内容|举措|措施|事项|项目|单位|部门|[科处股]室|时限|时间|期限|日期|时点|节点|进度|目标|指标|要求|领导"
    r"|责任人|联系人|联络员|电话|手机|手机号码?|姓名|职务|情况|备注|类别|分工)(?:\([^()]{1,20}\))?$"
)


# 序号项目名称主要内容责任单位完成时限, 存在问题整改目标和措施责任单位: the headings of a table
# on one line; what stands behind them are its rows
_COLUMN = (
    "任务|内容|举措|措施|事项|项目|单位|部门|时限|时间|期限|进度|领导|名称|情况|目标|清单|节点|问题"
)
_RUN_ON_HEADER = expression(
    r"(?:序号|编号|(?:任务|内容|举措|措施|事项|项目|工作|牵头|责任|配合|协办|完成|主要|具体|重点|时间|进度|目标"
    rf"|存在|整改|考核|突出){{1,2}}(?:{_COLUMN})(?:[和与及](?:{_COLUMN}))?){{3,}}"
)
RUN_ON = 100
"""Characters behind headings on one line from which on they are rows that run together."""


def find(blocks: Sequence[Block]) -> Iterator[Sign]:
    """Return the signs of a document in its order; a sign inside another one is not found again,
    but for times and figures."""
    ends: dict[int, int] = {}
    headed, is_of_tasks = 0, True
    for n, block in enumerate(blocks):
        parts = _parts(block)
        texts = [text for _, text, _ in parts]
        is_row = block.is_row or len(parts) > 1
        is_header = is_row and _is_header(texts)
        if is_header:
            headed = block.table + 1
            is_of_tasks = any(_OF_TASKS.search(text) for text in texts) and not _is_reached(texts)
        is_below = is_row and not is_header and headed == block.table + 1
        if is_below and not is_of_tasks:
            texts = []  # the rows of another table have no tasks
        has_number = not (is_below and texts) or any(map(_CELL_NUMBER.match, texts))
        for line, text, gap in parts:
            offset = ends.get(line, 0)
            ends[line] = offset + len(text) + gap
            if is_header and _is_reached(texts):
                found = []
            elif is_header and _HEADER.match(text):
                found = [Sign(line, "header", 0, len(text), text)]
            elif len(text) <= _LONGEST_CELL_NUMBER and _CELL_NUMBER.match(text):
                words = text + _words_behind(blocks, n, texts) if texts else ""
                is_sum = not words or bool(_SUM.search(words))
                found = [] if is_sum else [Sign(line, "number", 0, len(text), words, "cell", True)]
            else:
                beside = len(text) < 16 and not is_row and _neighbours(blocks, n)
                found = [*_of_text(text, beside)]
                if not has_number and _is_words(text):
                    opening = text[:OPENING]
                    found.insert(0, Sign(line, "number", 0, len(opening), opening, "row", True))
                    has_number = True
            for _, kind, start, end, printed, style, is_first in found:
                yield Sign(line, kind, start + offset, end + offset, printed, style, is_first)


def _is_words(text: str) -> bool:
    """Whether a cell may hold the words of a task: no units, no sum, no rule of dashes."""
    is_other = unit_signs.is_units(text) or _SUM.match(text)
    return len(re.sub(r"\W", "", text)) > 4 and not is_other


def _parts(block: Block) -> list[tuple[int, str, int]]:
    """The cells of a row, or of a line with bars between them: line, text, length of its bar."""
    if not block.is_row and "|" in block.texts[0]:
        parts = plain(block.texts[0]).split("|")
        return [(block.line, part, 1) for part in parts]
    cells = (cell for cell in block.cells if cell.text.strip() and not cell.is_repeat)
    return [(cell.line, plain(cell.text), 0) for cell in cells]


# A header that names what is to be done, by whom or by when; one of figures alone is another's.
_OF_TASKS = expression("任务|举措|措施|事项|内容|工作|项目|实事|责任|牵头|负责|落实|时限|清单")
# 责任单位, 联系人, 电话: where units are reached; with a heading of what is to be done, a list
_REACHED = expression("电话|手机|联系(?:人|方式)|联络[员人]|传真|邮箱")
_TO_BE_DONE = expression("任务|举措|措施|事项|内容|项目|实事|时限|清单|要求|目标")
_SUM = expression(r"^\d*(?:合计|小计|总计)")
_LONGEST_HEADING = 30


def _is_reached(texts: Sequence[str]) -> bool:
    """Whether the cells of a header say how units are reached, and nothing that is to be done."""
    words = "".join(texts)
    return bool(_REACHED.search(words)) and not _TO_BE_DONE.search(words)


def _is_header(texts: Sequence[str]) -> bool:
    """Whether a row is the header of a table: most of its cells are short and name a column."""
    if max(map(len, texts), default=0) > _LONGEST_HEADING:  # no other row is asked further
        return False
    named = sum(bool(_HEADER.match(text)) for text in texts)
    return named > 1 and named * 2 >= len(texts)


def _words_behind(blocks: Sequence[Block], n: int, texts: Sequence[str]) -> str:
    """The words that a number alone stands before: of its row, or of the next paragraph."""
    words = [text for text in texts if not (unit_signs.is_units(text) and unit_signs.is_list(text))]
    longest = max(words or texts, key=len)
    if len(texts) == 1 and not blocks[n].is_row and n + 1 < len(blocks):
        longest = plain(blocks[n + 1].texts[0])
    return "" if _CELL_NUMBER.match(longest) else longest[:OPENING]


def _neighbours(blocks: Sequence[Block], n: int) -> bool:
    """Whether a paragraph beside this one is the heading of a column, too."""
    return any(
        not blocks[i].is_row and _HEADER.match(plain(blocks[i].texts[0]))
        for i in (n - 1, n + 1)
        if 0 <= i < len(blocks)
    )


@remembered(1 << 13)
def _of_text(text: str, is_beside_header: bool) -> tuple[Sign, ...]:
    """The signs of a text in their order, on line 0."""
    return (
        tuple(sorted(_in_text(text, 0, is_beside_header), key=attrgetter("start"))) if text else ()
    )


def _in_text(text: str, line: int, is_beside_header: bool) -> Iterator[Sign]:
    if is_beside_header and len(text) < 16 and _HEADER.match(text):
        yield Sign(line, "header", 0, len(text), text)
        return
    if unit_signs.is_units(text) and (len(text) < 60 or "、" in text) and unit_signs.is_list(text):
        yield Sign(line, "unit", 0, len(text), text, is_first=True)
        return
    yield from _numbers(text, line)
    if "单位" in text or "序号" in text:
        yield from _run_on(text, line)
    taken: list[tuple[int, int]] = []
    for kind, spans in (
        ("bracket", unit_signs.brackets),
        ("label", unit_signs.labels),
        ("role", unit_signs.roles),
    ):
        for start, end in spans(text):
            if not any(a < end and start < b for a, b in taken):
                taken.append((start, end))
                yield Sign(line, kind, start, end, text[start:end])
    for start, end, about in rule_signs.find(text):
        yield Sign(line, "rule", start, end, text[start:end], about)
    for start, end in unit_signs.named_in(text):
        if not any(a <= start < b for a, b in taken):
            yield Sign(line, "agency", start, end, text[start:end])
    times = [match.span() for match in _TIME.finditer(text)]
    yield from (Sign(line, "time", a, b, text[a:b]) for a, b in times)
    for match in _FIGURE.finditer(text):
        if not any(a <= match.start() < b for a, b in times):
            yield Sign(line, "figure", *match.span(), match[0])


def _run_on(text: str, line: int) -> Iterator[Sign]:
    """The headings of a table on one line, and the rows that run together behind them."""
    for match in _RUN_ON_HEADER.finditer(text):
        yield Sign(line, "header", *match.span(), match[0])
        rest = text[match.end() :]
        if len(rest) > RUN_ON and "单位" in match[0]:
            yield Sign(line, "number", match.end(), len(text), rest, "row")


# ▲引进项目5个。: a point without a number; not ★ alone, nor ●市民政局
_BULLET = expression(r"[●○◆◇■□▪▫►▶▷➢➤•·◎★☆▲△▼▽]{1,2}\s{0,3}(?=[^\s:,、;]{6})")


def _numbers(text: str, line: int) -> Iterator[Sign]:
    starts = [0, *(m.start() for m in _BEGINS_INSIDE.finditer(text) if m.start())]
    for at in dict.fromkeys(starts):
        match = _NUMBER.match(text, at)
        if match and match.end() < len(text):
            style = _NUMBERS[(match.lastindex or 1) - 1][0]
            end = min(match.end() + OPENING, len(text))
            yield Sign(line, "number", at, match.end(), text[at:end], style, is_first=not at)
    if bullet := _BULLET.match(text):
        yield Sign(line, "number", 0, bullet.end(), text[:OPENING], "●", is_first=True)


def is_heading(printed: str) -> bool:
    """Tell whether the words behind a number are those of a heading: short, nothing to do, no
    figure."""
    words = _NUMBER.sub("", printed, count=1)
    is_short = 1 < len(words) <= 18 and not re.search(r"[。;,\d]", words)
    return is_short and not unit_signs.DONE_TO.match(words)
