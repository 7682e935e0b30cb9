"""Read two rows of headings over a task table as one: 责任单位 above 牵头单位 and 配合单位, 目标值
above 2025年 and 2026年, units above units that only marks stand under."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import zip_longest

from yiyang.core.text import squash
from yiyang.extract import Block
from yiyang.parse.header_words import use_of
from yiyang.parse.headers import PERIOD, WORDS_OF_TASKS, Columns, settle
from yiyang.parse.shapes import is_number
from yiyang.safety.later import expression

# 开工 and 完成 below 时间安排
_STEP = expression("(?:计划|预计)?(?:开工|启动|开始|完成|竣工|完工|办结|建成|投用|验收)")
# 市级 and 县级 below 责任单位
_LEVEL = expression("(?:[国省市县区州旗镇乡街]|乡镇|街镇|县区|区县)[级直本]级?|中央|地方")


def stacked(columns: Columns, block: Block, marks: Collection[int] = ()) -> Columns | None:
    """Return the columns under two rows of headings: 责任单位 above 牵头单位 and 配合单位, or above
    the units of columns of `marks`."""
    texts = [squash(text) for text in block.texts]
    texts += [""] * (len(columns) - len(texts))
    if marks:
        return _over_marks(columns, texts, marks)
    texts = [
        text + word if _LEVEL.fullmatch(text) and use_of(word) == "units" else text
        for text, word in zip_longest(texts, columns.words, fillvalue="")
    ]
    texts = _steps(texts, columns.words)
    joined = _under_words(texts, columns.words)
    years = {n for n, new in enumerate(joined) if new != texts[n] and use_of(new) in WORDS_OF_TASKS}
    if len(years) > 1:
        texts = [joined[n] if n in years else text for n, text in enumerate(texts)]
    else:
        years = set()
    own = [t for t, cell in zip(texts, block.cells, strict=False) if t and not cell.is_repeat]
    if not own or len(texts) > len(columns) + 4 or not all(use_of(text) for text in own):
        return None
    if any(is_number(text) for text in own):
        return None
    words = list(columns.words) + [""] * (len(texts) - len(columns))
    words = [text or word for text, word in zip(texts, words, strict=True)]
    uses = ["other" if n in years else use_of(word) for n, word in enumerate(words)]
    uses = ["mark" if old == "mark" else use for use, old in zip_longest(uses, columns.uses)]
    found = settle(uses, words)
    return found if found.has("text") else None


def _over_marks(columns: Columns, texts: Sequence[str], marks: Collection[int]) -> Columns | None:
    """The columns under two rows of headings of which the second names the units of marks."""
    pairs = [*zip_longest(texts, zip(columns.uses, columns.words, strict=True))]
    uses, words = [], []
    for n, (text, (use, word)) in enumerate((t, c or ("other", "")) for t, c in pairs):
        own = use_of(text) if text and text != word else ""
        uses.append("mark" if n in marks else own or use)
        words.append(text or word)
    return Columns(tuple(uses), tuple(words)) if uses.count("text") == 1 else None


# 2025年, 2026年度目标, 2024年（基期）, 一季度: a heading, and no plan that begins with its time
_PERIOD_ALONE = expression(
    rf"{PERIOD.pattern}度?(?:[（(][^（）()]{{0,10}}[）)]|实际|完成|目标|计划)?[数值]?"
)


def _under_words(texts: Sequence[str], above: Sequence[str]) -> list[str]:
    """The headings, the word above each year or quarter before it: 目标值 over 2025年 and 2026年.
    A text prints a merged word once, over the first of them."""
    found, over = [], ""
    for text, word in zip_longest(texts, above, fillvalue=""):
        over = word or over
        is_new = bool(_PERIOD_ALONE.fullmatch(text)) and not PERIOD.match(over)
        found.append(over + text if is_new else text)
    return found


def _steps(texts: Sequence[str], above: Sequence[str]) -> list[str]:
    """The headings, a step below one of times as the time of this step: 开工 and 完成 below
    时间安排."""
    return [
        f"{text}时间" if _STEP.fullmatch(text) and use_of(word) == "deadline" else text
        for text, word in zip_longest(texts, above, fillvalue="")
    ]


def under(columns: Columns, header: Columns | None) -> Columns | None:
    """Return the second of two rows of headings, each printed in full, with the words of the first
    over its years; None where it has none."""
    if not header or len(header) != len(columns):
        return None
    steps = _steps(header.words, columns.words)
    words = tuple(_under_words(steps, columns.words))
    uses = tuple(
        use if step == old else use_of(step)
        for use, old, step in zip(header.uses, header.words, steps, strict=True)
    )
    return replace(header, words=words, uses=uses) if words != header.words else None
