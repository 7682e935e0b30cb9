"""Make up governments that copy from each other, with the truth of who copied what from whom."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from yiyang.core import places

OPENINGS = (
    "推进", "完善", "建立", "落实", "实施", "扩大", "规范", "支持", "组织", "加强", "健全", "优化",
)  # fmt: skip
OBJECTS = (
    "老年人健康档案管理", "社区养老服务站点建设", "家庭养老床位改造", "医疗机构签约服务",
    "护理人员岗位培训", "长期照护保险试点", "安宁疗护病房设置", "老年医学科门诊", "中医药康养服务",
    "智慧养老信息平台", "失能老人上门评估", "养老机构消防改造", "助餐点运营补贴", "志愿服务积分",
)  # fmt: skip
JOINTS = ("，按照", "，结合", "，依托", "，对照", "，围绕", "，参照")
ENDS = ("项目计划执行", "工作要点落实", "实施细则办理", "年度清单推进", "试点方案实施")
TEMPLATE = (
    "各有关部门要高度重视医养结合工作并切实加强组织领导和统筹协调形成齐抓共管的工作格局",
    "要加大宣传力度营造全社会关心支持老年健康事业发展的良好氛围并及时总结推广典型经验做法",
    "建立定期调度和督导评估机制对工作推进不力的单位予以通报并纳入年度目标责任考核范围",
)
"""What everybody writes."""
MISREAD = {"日": "曰", "末": "未", "己": "已", "径": "後", "老": "考"}
FIRST_DAY, DAYS = dt.date(2015, 1, 1), 3_650
UNITS = ("民政局", "卫生健康局", "医疗保障局", "财政局")


@dataclass
class Sentence:
    """A task: its words, and the sentence that it goes back to."""

    text: str
    origin: int


@dataclass
class Document:
    """A document: its government, its date (none: it bears none), its tasks, whom it copied."""

    number: int
    code: str
    date: dt.date | None
    tasks: list[Sentence] = field(default_factory=list)
    source: int = -1
    copied: list[tuple[str, str]] = field(default_factory=list)
    """The copied tasks: as they stand in the source, and here."""


def governments(chance: random.Random, n: int, provinces: int) -> list[str]:
    """Draw codes of governments of all levels in so many provinces, from those of the library."""
    known = sorted(code for code in places.places() if code not in (places.NATION, places.UNKNOWN))
    top = [code for code in known if code.endswith("0000")][:provinces]
    below = [code for code in known if code[:2] in {c[:2] for c in top} and code not in top]
    return [places.NATION, *top, *chance.sample(below, min(n, len(below)))]


def documents(
    n: int, seed: int = 0, tasks: tuple[int, int] = (20, 56), provinces: int = 12, days: int = DAYS
) -> Iterator[Document]:
    """Make up `n` documents in the order in which they were written.

    Of ten, six copy from an earlier one, half of these from a government above; a fifth to three
    fifths of their tasks, with edits. One in ten bears no date. One copy in fifty bears a date
    before that of its source. A third hold the words that everybody writes.
    """
    chance = random.Random(f"copies {seed}")
    codes = governments(chance, max(20, n // 8), provinces)
    made: list[Document] = []
    of_line: dict[str, list[int]] = {}
    n_origins = 0
    for number in range(n):
        code = chance.choice(codes)
        day = FIRST_DAY + dt.timedelta(days=number * days // n)
        document = Document(number, code, None if chance.random() < 0.1 else day)
        total = chance.randint(*tasks)
        if made and chance.random() < 0.6:
            source = _source(chance, made, of_line, code)
            _copy(chance, source, document, max(1, int(total * chance.uniform(0.2, 0.6))))
            if document.date and source.date and chance.random() < 0.02:
                document.date = source.date - dt.timedelta(days=chance.randint(1, 60))
        while len(document.tasks) < total:
            document.tasks.append(Sentence(sentence(chance), n_origins))
            n_origins += 1
        if chance.random() < 1 / 3:
            document.tasks += [Sentence(text, -1) for text in TEMPLATE]
        chance.shuffle(document.tasks)
        made.append(document)
        of_line.setdefault(code[:2], []).append(number)
        yield document


def _source(
    chance: random.Random, made: list[Document], of_line: dict[str, list[int]], code: str
) -> Document:
    """An earlier document, half of the time of the same province, never of the same government."""
    for _ in range(20):
        near = of_line.get(code[:2]) if chance.random() < 0.5 else None
        found = made[chance.choice(near)] if near else chance.choice(made[-2_000:])
        if found.code != code:
            return found
    return found


def _copy(chance: random.Random, source: Document, document: Document, n: int) -> None:
    own = [task for task in source.tasks if task.origin >= 0]
    document.source = source.number
    for task in chance.sample(own, min(n, len(own))):
        text = edited(chance, task.text)
        document.tasks.append(Sentence(text, task.origin))
        document.copied.append((task.text, text))


def sentence(chance: random.Random) -> str:
    """Make up a task that no other shares 20 letters with: names break what is common."""
    parts = [chance.choice(OPENINGS), chance.choice(OBJECTS)]
    for _ in range(chance.randint(1, 3)):
        parts += [chance.choice(JOINTS), name(chance), chance.choice(ENDS)]
    return "".join(parts)


def name(chance: random.Random) -> str:
    """Draw a name of six characters."""
    return "".join(chr(0x4E00 + chance.randrange(0x3000)) for _ in range(6))


def edited(chance: random.Random, text: str) -> str:
    """Change a copied task as writers do, or not at all; what is left is often less than 20
    letters in a row."""
    kind = chance.random()
    at = chance.randrange(len(text))
    if kind < 0.4:
        return text
    if kind < 0.55:  # a clause put in
        return f"{text[:at]}{name(chance)}等{text[at:]}"
    if kind < 0.7:  # cut off
        return text[: max(at, 15)]
    if kind < 0.8:  # other signs between
        return text.replace("，", "；").replace("按照", "按照 ")
    if kind < 0.9:  # misread characters
        return "".join(MISREAD.get(c, c) for c in text)
    return "".join(name(chance)[0] if chance.random() < 0.08 else c for c in text)


def file_text(document: Document) -> str:
    """Return the text of a file that prints a document as articles with units."""
    place = places.places()[document.code].name
    lines = ["合成 synthetic", f"{place}推进医养结合工作实施方案"]
    if document.date:
        lines.append(f"成文日期：{document.date.isoformat()}")
    for task in document.tasks:
        unit = UNITS[len(task.text) % len(UNITS)]
        lines.append(f"（{chinese(len(lines))}）{task.text}。（责任单位：{unit}）")
    return "\n".join(lines) + "\n"


def chinese(n: int) -> str:
    """Return a number below a hundred in Chinese."""
    digits = "一二三四五六七八九"
    tens, ones = divmod(n, 10)
    ten = ("" if tens < 2 else digits[tens - 1]) + "十" if tens else ""
    return ten + (digits[ones - 1] if ones else "")
