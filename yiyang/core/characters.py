"""Normalise characters that look like others or like nothing, and say where each stood in print.

A page shows 6月底; a PDF of a browser says 6⽉底 with a Kangxi radical, a page of an editor
has a zero-width space between 1 and 00张. No grammar need know of it: text is normalised where it
enters, and `Normal.printed` gives back what was printed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from yiyang.core import look_alikes
from yiyang.safety.later import expression

MOST_BLANKS = 20
"""Blanks in a row that are kept: enough to part columns, too few to slow a grammar down."""

# The radicals of Unicode's supplement by the character that each looks like, which NFKC leaves
# alone (Unicode: EquivalentUnifiedIdeograph.txt). The Kangxi radicals NFKC knows.
# fmt: off
_RADICALS = (
    "⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺈刀⺉刂⺊卜⺌小⺍小⺎兀⺏尣⺐尢⺒巳⺓幺⺔彑⺕彐⺖忄⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬"
    "⺧牛⺨犭⺩王⺪疋⺫罒⺬示⺭礻⺮竹⺯糹⺰纟⺱罓⺲罒⺳罓⺴罓⺵网⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角"
    "⻈讠⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦"
    "⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
# Places of GB 18030 that Python's codec leaves in the private use area: vertical punctuation and
# eight characters; U+E5E5 is the wide blank of GBK.
_GB18030 = {
    0xE5E5: "\u3000", 0xE78D: "，", 0xE78E: "。", 0xE78F: "、", 0xE790: "：", 0xE791: "；",
    0xE792: "！", 0xE793: "？", 0xE794: "〖", 0xE795: "〗", 0xE796: "…", 0xE81E: "龴",
    0xE826: "龵", 0xE82B: "龶", 0xE82C: "龷", 0xE832: "龸", 0xE843: "龹", 0xE854: "龺",
    0xE864: "龻",
}
# fmt: on
# 责任单位∶县民政局∕县财政局, 3∼5个: signs of mathematics and of phonetics that look like ours
_LIKE_PUNCTUATION = {
    "\u2236": "：",
    "\ua789": "：",
    "\u02d0": "：",
    "\u2215": "/",
    "\u2044": "/",
    "\u29f8": "/",
    "\u223c": "～",
    "\u301c": "～",
    "\u02dc": "～",
    "\u201a": "，",
    "\u2027": "·",
    "\u30fb": "·",
    "\u2e31": "·",
}
# Compatibility ideographs (兩 as U+F978), vertical (︐ ︵) and small (﹐ ﹙) forms, ｡ ､ ｢ ｣.
_COMPATIBLE = (
    (0x2F00, 0x2FD6),
    (0xF900, 0xFB00),
    (0x2F800, 0x2FA20),
    (0xFE10, 0xFE1A),
    (0xFE30, 0xFE50),
    (0xFE50, 0xFE70),
    (0xFF61, 0xFF65),
)
# Soft hyphens, zero-width characters, marks of direction and of variants: nothing is seen of them.
_UNSEEN = (
    *(0xAD, 0x34F, 0x61C, 0x17B4, 0x17B5, 0xFEFF),
    *range(0x180B, 0x1810),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    *range(0xFE00, 0xFE10),
    *range(0xFFF9, 0xFFFC),
    *range(0xE0000, 0xE0080),
    *range(0xE0100, 0xE01F0),
)
# No-break, thin and hair spaces, the fillers of Korean, blank Braille. The wide blank U+3000 parts
# columns, and stays.
_BLANKS = (
    *(0xA0, 0x1680, 0x202F, 0x205F, 0x2800, 0x115F, 0x1160, 0x3164, 0xFFA0),
    *range(0x2000, 0x200B),
)
_WIDE = str.maketrans(",:;!?()", "，：；！？（）")
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")


@cache
def _table() -> dict[str, str]:
    """Each odd character and what it is read as."""
    table = {chr(c): "" for c in _UNSEEN} | {chr(c): " " for c in _BLANKS}
    table |= dict(zip(_RADICALS[::2], _RADICALS[1::2], strict=True))
    table |= {chr(c): sign for c, sign in _GB18030.items()}
    table |= {"\u2010": "-", "\u2011": "-", "\u2212": "-"} | _LIKE_PUNCTUATION
    for first, end in _COMPATIBLE:
        for c in map(chr, range(first, end)):
            plain = unicodedata.normalize("NFKC", c)
            if plain != c and len(plain) == 1:
                table[c] = plain.translate(_WIDE)
    table["⼾"] = "户"  # NFKC gives 戶, and a PDF of a browser has it for 户
    for n in range(20):  # ⒈ ⑴
        table[chr(0x2488 + n)] = f"{n + 1}."
        table[chr(0x2474 + n)] = f"（{n + 1}）"
    for first, number in ((0x2776, 1), (0x2780, 1), (0x278A, 1), (0x24F5, 1)):  # ❶ ➀ ➊ ⓵
        table |= {chr(first + n): chr(0x2460 + number - 1 + n) for n in range(10)}
    table |= {chr(0x24EB + n): chr(0x246A + n) for n in range(10)}  # ⓫
    table |= {"\U0001f51f": "10."}  # 🔟
    for n in range(10):  # ㈠
        table[chr(0x3220 + n)] = f"（{'一二三四五六七八九十'[n]}）"
    return table


# 1️⃣, 1️⃣2️⃣: figures on keys, which a post puts before its items
_KEYCAP = "\u20e3"
_KEYCAPS = rf"(?:[0-9]\ufe0f?{_KEYCAP}){{1,3}}"


@cache
def _odd() -> re.Pattern[str]:
    """An odd character, a footnote mark (30¹张, 80%²以上; not m², ×10⁴), too many blanks."""
    odd = "".join(re.escape(c) for c in _table())
    return re.compile(
        rf"{_KEYCAPS}|[{odd}]"
        # an exponent stays: m², km³, 平方公里², ×10⁴, m⁻¹
        rf"|(?<![×xX]10)(?<![×xX]10[{_SUPERSCRIPTS}])(?<![A-Za-zΩ米里⁻])[{_SUPERSCRIPTS}]+"
        rf"|(?<=[A-Za-zΩ])[¹⁴-⁹][{_SUPERSCRIPTS}]*"
        rf"|[ \u3000]{{{MOST_BLANKS + 1},}}"
    )


@dataclass(frozen=True)
class Normal:
    """A text as read, as printed, and for each of its characters the place of the printed one."""

    text: str
    printed: str
    places: Sequence[int]

    def printed_of(self, start: int, end: int) -> str:
        """Return what was printed for a stretch of the text, characters that show nothing
        included."""
        return self.printed[self.places[start] : self.places[end]]


@cache
def _hint() -> re.Pattern[str]:
    """A character up to U+FFFF that `_odd` may begin with: most texts hold none. A class that goes
    no further, and stands alone, is looked for a hundred times as fast."""
    return re.compile(
        "["
        + "".join(c for c in sorted({*_table(), *_SUPERSCRIPTS, _KEYCAP}) if c <= "\uffff")
        + "]"
    )


_FAR = expression("[\U00010000-\U0010ffff]")
_MANY_BLANKS = expression(rf"[ \u3000]{{{MOST_BLANKS + 1}}}")


def _is_odd(printed: str) -> bool:
    if _hint().search(printed) or _FAR.search(printed):
        return True
    return (" " in printed or "\u3000" in printed) and bool(_MANY_BLANKS.search(printed))


# 牵头单位→县水利局, 责任单位｜…, 完成时限——…, 配合单位 …: what stands between a label and its words
_LABEL = (
    r"(?:(?:牵头|责任|主责|主办|承办|配合|协办|协作|协助|协同|参与|落实|实施|办理)(?:责任)?(?:单位|部门|科室|股室|处室)"
    r"|(?:完成|办结|整改|落实|办理)(?:时限|时间|期限|日期))"
)
_BETWEEN = (
    r"(?:[ \u3000]{0,20}(?:[—―－–-]{1,2}|[→⇒►▶»＞>｜|/／·•＝=])[ \u3000]{0,20}"
    r"|[ \u3000]{1,20}(?![要应须按和与、及均/／|｜]))"
)
# 责任单位 完成时限, 责任单位 （首位为牵头）, 责任单位 市级 县级, 牵头单位 Lead: headings of columns
_NO_HEADING = (
    r"(?![（(【\[]|[A-Za-z]{3,20}(?: [A-Za-z]{2,20}){0,3}\s{0,9}$"
    r"|[国省市县区乡镇][级直]|\S{0,8}(?:单位|部门|科室|时限|时间|期限|任务|内容|事项|措施"
    r"|举措|进度|备注|领导|名称|情况|姓名|电话|责任人|负责人|联系人|分工|要求)(?:[\s｜|/]|$))"
)
_LABELLED = expression(
    rf"^([ \u3000]{{0,8}}(?:[•·●▪■◆➤👉]\s?)?{_LABEL}){_BETWEEN}{_NO_HEADING}(?=[^\s：:])"
)
# 1.建台账。牵头单位→县住建局: behind a sentence, with a sign that no sentence has there
_LABELLED_LATER = expression(
    rf"(?<=[。；;！)）])(\s?{_LABEL})\s?[→⇒►▶»＞｜|]\s?{_NO_HEADING}(?=[^\s：:])"
)
_LABELLED_BEHIND = expression(
    rf"(?<=[ \u3000｜|；;，,。])({_LABEL}){_BETWEEN}{_NO_HEADING}(?=[^\s：:])"
)


def _with_colons(text: str) -> Iterator[tuple[int, int]]:
    """Where a line has something else than a colon between its labels and their words: such a label
    begins the line, or stands behind a sentence."""
    first = _LABELLED.match(text) or _LABELLED_LATER.search(text)
    if first:
        yield first.end(1), first.end()
        for match in _LABELLED_BEHIND.finditer(text, first.end()):
            yield match.end(1), match.end()


FEWEST_APART = 8
"""Characters parted by blanks from which on a line is one that a scanner read so."""
MOST_APART = 0.8
"""Share of the words of such a line that are one character, or one figure."""
_APART = expression(r"[一-鿿，、。；：:（）()《》“”]|[0-9０-９.．%％]{1,12}|[^\W\d_]")


def _blanks_apart(text: str) -> Iterator[tuple[int, int]]:
    """Where single blanks part the characters of a line: 任 务 分 工. Two blanks part words; a row
    of ticks, or of the same few words, is one of cells."""
    if text.count(" ") < FEWEST_APART:
        yield from _blanks_in_words(text, 0)
        return
    begin = 0
    for line in text.split("\n"):
        words = [word for word in line.split(" ") if word]
        alone = [word for word in words if _APART.fullmatch(word)]
        is_apart = len(words) > FEWEST_APART and len(alone) >= MOST_APART * len(words)
        signs = {word for word in alone if not word.isascii() and word not in _COUNTED}
        if is_apart and 2 * len(signs) >= FEWEST_APART:
            for match in _ONE_BLANK.finditer(line):
                yield begin + match.start(), begin + match.end()
        else:
            yield from _blanks_in_words(line, begin)
        begin += len(line) + 1


# 1 8 个, 1 2 . 5 公里, 1 1 月 3 0 日: the digits of one number, parted as it is from its unit
_PARTED = expression(
    r"(?<![\d０-９.．])[\d０-９](?: [\d０-９.．]){1,9}"
    r"(?= [年月日号时个家所处张人名公亩户项次台辆部座条米吨件套场万亿%％])"
)


# 责 任 单 位：, 一、工 作 目 标: a label or a numbered heading that begins a line
_LABEL_PARTED = expression(
    r"^[ \u3000]{0,60}(?P<number>[（(]?[一二三四五六七八九十\d]{1,3}[、.．）)])?[ \u3000]{0,4}"
    r"(?P<words>[一-鿿](?: [一-鿿]){2,11})(?P<end>[ \u3000]?[:：。]|$)"
)


def _blanks_in_words(line: str, begin: int) -> Iterator[tuple[int, int]]:
    label = _LABEL_PARTED.match(line)
    if label and (label["number"] or label["end"]):
        first, last = label.span("words")
        rest = line[label.end() :].split()  # 县 教 育 局
        if label["end"].strip() and len(rest) > 2 and all(map(_APART.fullmatch, rest)):
            last = len(line)
        yield from ((begin + at, begin + at + 1) for at in range(first, last) if line[at] == " ")
        if last == len(line):
            return
    for number in _PARTED.finditer(line, label.end() if label else 0):
        if not line[: number.start()].strip() and line[number.end() :].lstrip()[:1] != "年":
            continue  # 3 5 个乡镇: the number of an item, and a figure
        for at in range(number.start(), number.end()):
            if line[at] == " ":
                yield begin + at, begin + at + 1


def _kept(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text between the blanks that part its characters."""
    begin = 0
    for start, end in _blanks_apart(text):
        yield begin, start
        begin = end
    yield begin, len(text)


_COUNTED = frozenset("一二三四五六七八九十是否有无")
# no blank between two English words
_ONE_BLANK = expression("(?<=[^ ]) (?=[^ ])(?!(?<=[A-Za-z]{2} )[A-Za-z]{2})")


def normal(printed: str) -> str:
    """Return the text with plain characters for odd ones and without those that show nothing, a
    colon behind a label that begins it, figures for the letters that stand for some."""
    if printed.isascii() and len(printed) <= MOST_BLANKS:
        return look_alikes.figures(printed)
    text = _odd().sub(_plain, printed) if _is_odd(printed) else printed
    text = "".join(text[start:end] for start, end in _kept(text))
    for start, end in reversed(list(_with_colons(text))):
        text = f"{text[:start]}：{text[end:]}"
    return look_alikes.figures(text)


def aligned(printed: str) -> Normal:
    """Return the text that `normal` gives, and where each of its characters was printed."""
    parts = list(_parts(printed))
    places = [place for text, start in parts for place in _places(text, start, printed)]
    text = "".join(text for text, _ in parts)
    kept = list(_kept(text))
    places = [place for start, end in kept for place in places[start:end]]
    text = "".join(text[start:end] for start, end in kept)
    for start, end in reversed(list(_with_colons(text))):
        text = f"{text[:start]}：{text[end:]}"
        places[start:end] = places[start : start + 1]
    return Normal(look_alikes.figures(text), printed, [*places, len(printed)])


def _parts(printed: str) -> Iterator[tuple[str, int]]:
    """Stretches of the text in turn, each with its place in print."""
    end = 0
    for match in _odd().finditer(printed):
        yield printed[end : match.start()], end
        yield _plain(match), match.start()
        end = match.end()
    yield printed[end:], end


def _places(text: str, start: int, printed: str) -> Iterator[int]:
    is_same = printed.startswith(text, start)
    return (start + n if is_same else start for n in range(len(text)))


def _plain(match: re.Match[str]) -> str:
    found = match[0]
    if len(found) > MOST_BLANKS:
        return found[:MOST_BLANKS]
    if _KEYCAP in found:
        return re.sub(r"[^\d]", "", found) + "."
    return _table().get(found, "")


# <sup>2</sup> behind m is an exponent, behind 30 a note; [1], ①, 注1 and * are notes wherever
_NOTE = expression(r"[\s\[［〔(（【]*+(?:注?\s*[\d①-⑳]{1,3}|[*＊†‡§#a-z]|注)[\s\]］〕)）】]*")


def raised(text: str) -> str:
    """Write a superscript as characters of its own: a figure raised, a note mark gone, words as
    they are.

    `normal` takes the raised figures that are footnote marks away.
    """
    words = text.strip()
    if re.fullmatch(r"[\d+\-−]+|n", words):
        return words.replace("−", "-").translate(_RAISED)
    return "" if _NOTE.fullmatch(text) else text


def lowered(text: str, before: str) -> str:
    """Write a subscript: part of a name behind a letter (CO₂, PM2.5), else a footnote mark."""
    if before[-1:].isascii() and before[-1:].isalpha():
        return text
    return "" if _NOTE.fullmatch(text) else text


_PRIVATE = expression("[\ue000-\uf8ff\U000f0000-\U0010ffff]")


def private(text: str) -> bool:
    """Tell whether a text holds characters that only a font of its own can show."""
    return bool(_PRIVATE.search(text))
