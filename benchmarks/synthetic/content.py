"""Draw what a made-up document says: its place, dates, tasks, units and deadlines, all known.

Everything is drawn from the real lists: their sentences (mixed, reworded, with other figures), the
agencies of the task that a sentence came from under another of their names, and the places of
China. One number of a document and one seed give one document, whatever else is made.
"""

from __future__ import annotations

import calendar
import datetime as dt
import random
import re
from functools import cache
from typing import NamedTuple

import yiyang
from yiyang.core import places, schema, text

MARK = "合成 synthetic"
"""Stands in every document, so that none is ever taken for a real one."""


class Unit(NamedTuple):
    """A unit named for a task: as printed (with its level word, if any), and what it is."""

    printed: str
    agency_id: str
    role: str


class Due(NamedTuple):
    """A time named for a task."""

    source: str
    printed: str
    kind: str
    start: dt.date | None
    due: dt.date | None
    is_ongoing: bool


class Task(NamedTuple):
    """A task: `text` as it is meant, `section` empty where the document has none."""

    section: str
    text: str
    units: tuple[Unit, ...]
    times: tuple[Due, ...]


class Head(NamedTuple):
    """What a document says of itself; `date` is None where it does not state one."""

    code: str
    title: str
    number: str
    issuer: str
    date: dt.date | None


class Pool(NamedTuple):
    """The sentences of the real tasks, the agencies of each task, and the prose of the case."""

    tasks: tuple[tuple[tuple[str, ...], tuple[tuple[str, bool], ...]], ...]
    prose: tuple[str, ...]
    sections: tuple[str, ...]


# What ties a sentence to a time or to one place; its answer would not be known.
_BOUND = re.compile(
    r"\d年|月底|[日时月]曰?内|每[年季月]|季度|年[内底度]|以来|以下|长期|持续|试点期|京|朝阳|济源|中宁|宁夏|“?1122|\s[a-z]"
)
_OWN_PLACE = re.compile("北京市朝阳区|朝阳区|济源市|中宁县|北京市")
_PAIRS = {"（": "）", "(": ")", "“": "”", "《": "》", "‘": "’"}


def _is_whole(sentence: str) -> bool:
    """Whether every bracket that opens in a sentence closes in it."""
    return all(sentence.count(a) == sentence.count(b) for a, b in _PAIRS.items())


@cache
def pool() -> Pool:
    """Return the real lists, cut up."""
    corpus = yiyang.load(schema.raw_folder(), beside=False)
    units = {
        task: tuple(zip(rows["agency_id"], rows["role"] == "supporting", strict=True))
        for task, rows in corpus.assignments.groupby("task_id", sort=False)
    }
    found = []
    for task in corpus.tasks.itertuples():
        sentences = tuple(
            s.strip()
            for s in text.sentences(_OWN_PLACE.sub("{place}", task.text))
            if len(s) > 11 and not _BOUND.search(s) and _is_whole(s)
        )
        if sentences and task.task_id in units:
            found.append((sentences, units[task.task_id]))
    prose = [
        _OWN_PLACE.sub("{place}", part.text)
        for part in corpus.leftovers.itertuples()
        if part.document_id == "chaoyang-case" and len(part.text) > 100
    ]
    sections = tuple(sorted(set(corpus.tasks["section"].dropna()) - {""}))
    sections = tuple(s for s in sections if not _BOUND.search(s))
    return Pool(tuple(found), tuple(prose), sections)


@cache
def codes() -> tuple[tuple[str, ...], tuple[int, ...]]:
    """Return the places that may have a list, and how often: counties above all."""
    weights = {"county": 20, "prefecture": 20, "province": 20}
    kept = [
        p
        for p in places.places().values()
        if p.level in weights and p.code[:2] not in ("71", "81", "82")
    ]
    return tuple(p.code for p in kept), tuple(weights[p.level] for p in kept)


class Name(NamedTuple):
    """A name that agencies bear, and when."""

    name: str
    first: str
    last: str


# Units of which there are too many to list in the curated names.
_MANY = {
    "townships_subdistricts": ("各乡镇人民政府", "各街道办事处", "各乡镇（街道）"),
    "district_governments": ("各县区人民政府",),
}


@cache
def names() -> dict[str, tuple[Name, ...]]:
    """Return the names of each agency: full and short forms that stand for it alone."""
    table = schema.read_text(schema.CURATION / "agency_names.csv")
    is_own = ~table["name"].duplicated(keep=False) & table["note"].str.contains(
        "full name|short form|same name"
    )
    is_local = table["name"].str.contains("[局委会办联]$") & ~table["name"].str.contains("厅|分局")
    found: dict[str, list[Name]] = {}
    for row in table[is_own & is_local].itertuples():
        name = Name(row.name, row.valid_from or "0", row.valid_to or "9")
        found.setdefault(row.agency_id, []).append(name)
    return {agency: tuple(known) for agency, known in found.items()}


class Drawing:
    """What is drawn for one document: its chance, its day, and the names it uses."""

    def __init__(self, seed: int, number: int) -> None:
        self.chance = random.Random(f"{seed}-{number}")
        self.place = places.places()[self.chance.choices(*codes())[0]]
        first = dt.date(2014, 3, 1).toordinal()
        self.day = dt.date.fromordinal(first + self.chance.randrange(3900))
        self.is_dated = self.chance.random() < 0.85
        self.level = self.place.short[-1] if not self.place.short.endswith("自治区") else "自治区"
        self.prefixes = self.chance.choice(("all", "all", "first", "none"))
        self.usual: dict[str, str] = {}

    def name(self, agency: str) -> str | None:
        """Return the name of an agency in this document; now and then another one than before."""
        if agency in self.usual and self.chance.random() < 0.9:
            return self.usual[agency]
        if agency in _MANY:
            known = list(_MANY[agency])
        else:
            day = self.day.isoformat()
            known = [n.name for n in names().get(agency, ()) if n.first <= day <= n.last]
        if not known:
            return None
        self.usual[agency] = self.chance.choice(known)
        return self.usual[agency]

    def units(self, agencies: tuple[tuple[str, bool], ...], style: str) -> tuple[Unit, ...]:
        """Return the units of a task with the roles that a `style` (see `layouts`) can state."""
        # An agency that is named twice counts once, as it is named first.
        named = dict(reversed(agencies))
        known = [(a, n, named[a]) for a in dict(agencies) if (n := self.name(a)) is not None]
        primary = self.primary(style, [is_supporting for _, _, is_supporting in known])
        found: list[Unit] = []
        for agency, name, is_supporting in sorted(known, key=lambda unit: unit[2]):
            role = "supporting" if is_supporting and style != "list" else primary
            is_first = not any(unit.role == role for unit in found)
            has_level = self.prefixes == "all" or (self.prefixes == "first" and is_first)
            level = self.level if has_level and agency not in _MANY else ""
            found.append(Unit(level + name, agency, role))
        return tuple(found)

    def primary(self, style: str, supporting: list[bool]) -> str:
        """Return the role of those that do not support."""
        if style in ("list", "responsible"):
            return "responsible"
        if style == "lead" or any(supporting):
            return "lead"
        is_several = len(supporting) > 1 and self.chance.random() < 0.7
        return "severally_responsible" if is_several else "responsible"


_REWORDED = (
    ("加强", "强化"),
    ("推进", "推动"),
    ("建立健全", "建立完善"),
    ("鼓励", "支持"),
    ("完善", "健全"),
    ("开展", "组织开展"),
    ("积极", "大力"),
    ("老年人", "老年群众"),
    ("提高", "提升"),
    ("探索", "研究探索"),
)
# 200张, 70%, 2家: a count; years, ages and numbers of hours are left as they are
_COUNT = re.compile(r"(\d+)(?=张|家|所|名|处|[%％]|万)")


def _reworded(words: str, drawing: Drawing) -> str:
    chance = drawing.chance
    for old, new in _REWORDED:
        if old in words and chance.random() < 0.3:
            words = words.replace(new, old) if new in words else words.replace(old, new)

    def other(match: re.Match[str]) -> str:
        value = max(1, round(int(match[1]) * chance.uniform(0.5, 1.8)))
        return str(min(value, 95) if match.string[match.end()] in "%％" else value)

    return _COUNT.sub(other, words).replace("{place}", drawing.place.short)


# Words of a rule: a date before them says how long it holds, which is no deadline.
_RULE = re.compile("可|给予|享受|减免|补|按|经|符合|凡|对|执行|施行")


def _text(number: int, drawing: Drawing) -> tuple[str, tuple[Due, ...]]:
    """The words of a task: sentences of one real task, and now and then one of another."""
    chance, (sentences, _) = drawing.chance, pool().tasks[number]
    kept = list(sentences)
    if len(kept) > 1 and chance.random() < 0.5:
        kept.pop(chance.randrange(1, len(kept)))
    if chance.random() < 0.4:
        kept.append(chance.choice(chance.choice(pool().tasks)[0]))
    kept = [_reworded(s, drawing) for s in dict.fromkeys(kept)]
    words = "".join(s if s[-1] in "。；;" else s + "。" for s in kept)
    words = words[:-1] + "。"
    if chance.random() < 0.25 and not _RULE.search(words):
        year = drawing.day.year + chance.randint(1, 3)
        printed = chance.choice((f"到{year}年", f"{year}年底前"))
        return f"{printed}，{words}", (
            Due("text", printed, "by_date", None, dt.date(year, 12, 31), False),
        )
    return words, ()


def _last(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _cell(drawing: Drawing) -> Due:
    """A deadline as a column gives it."""
    chance, year = drawing.chance, drawing.day.year + drawing.chance.randint(1, 2)
    month, day = chance.randint(1, 12), chance.randint(1, 28)
    end = dt.date(year, 12, 31)
    kinds = [
        (f"{year}年{month}月底", "by_date", None, _last(year, month), False),
        (f"{year}年{month}月底前", "by_date", None, _last(year, month), False),
        (f"{year}年{month}月底完成，并长期坚持", "by_date", None, _last(year, month), True),
        (f"{year}年{month}月{day}日前", "by_date", None, dt.date(year, month, day), False),
        (f"{year}年底前", "by_date", None, end, False),
        (f"{year}年", "by_date", None, end, False),
        (f"{year - 1}-{year}年", "period", dt.date(year - 1, 1, 1), end, False),
        ("长期坚持", "ongoing", None, None, True),
        ("持续推进", "ongoing", None, None, True),
    ]
    weights = [4, 4, 3, 2, 3, 1, 1, 1, 1]
    # No month without a year: beside cells of other years nobody can say which year it means.
    printed, kind, start, due, is_ongoing = chance.choices(kinds, weights)[0]
    return Due("column", printed, kind, start, due, is_ongoing)


def tasks(drawing: Drawing, n: int, style: str, has_cells: bool, has_sections: bool) -> list[Task]:
    """Draw `n` tasks in an order of their own; `has_cells` gives each a deadline of a column."""
    chance, real = drawing.chance, pool().tasks
    sections = chance.sample(pool().sections, 4)
    found: list[Task] = []
    for number in chance.sample(range(len(real)), len(real)):
        units = drawing.units(real[number][1], style) if style else ()
        if style and all(unit.role == "supporting" for unit in units):
            continue  # none of its leading agencies has a name of that day
        words, times = _text(number, drawing)
        cell = (_cell(drawing),) if has_cells else ()
        section = sections[4 * len(found) // n] if has_sections else ""
        found.append(Task(section, words, units, cell + times))
        if len(found) == n:
            break
    return found


def prose(drawing: Drawing) -> list[str]:
    """Return the paragraphs of a case study."""
    kept = drawing.chance.sample(pool().prose, min(5, len(pool().prose)))
    return [_reworded(part, drawing) for part in kept]


TITLES = {
    "table": (
        "医养结合工作重点任务分工表",
        "深入推进医养结合发展主要任务清单",
        "推进医养结合重点任务分解表",
    ),
    "articles": ("深入推进医养结合发展的实施方案", "促进医养结合发展任务分工方案"),
    "numbered": ("{year}年医养结合工作要点",),
    "prose": ("医养结合典型案例",),
}


def head(drawing: Drawing, kind: str) -> Head:
    """Tell what a document of a kind says of itself."""
    chance, place = drawing.chance, drawing.place
    title = place.name + chance.choice(TITLES[kind]).format(year=drawing.day.year)
    number = ""
    if drawing.is_dated and chance.random() < 0.5:
        number = f"{place.short[0]}政办〔{drawing.day.year}〕{chance.randint(1, 99)}号"
    issuer = place.name + chance.choice(("人民政府办公室", "人民政府"))
    day = drawing.day if drawing.is_dated else None
    return Head(place.code, title, number, issuer, day)
