"""Find the place of a document: that of its issuer, of its title, of its number, in this order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from yiyang.core import curated_csv, places, schema
from yiyang.core.text import simplify, squash
from yiyang.reading.metadata import issuers
from yiyang.reading.metadata.doubts import Doubt
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

# 杭州高级中学, 福州海关, 苏州大学, 安吉县做法: what a place stands in and is not meant
_INSTITUTION = expression(
    r"^(?:[一-鿿]{0,12}?(?:大学|学院|中学|小学|学校|幼儿园|医院|海关|银行|支行|分行|公司|集团|研究[院所]|铁路局?|机场|博物馆|图书馆|出版社|日报|电视台"
    r"|协会|学会|商会|基金会|高中|电网|烟草|经验|做法|模式|籍|战役|会议|论坛|协议|公约|港$|路(?!街道)|街(?!道)|片区|经济圈|都市圈|城市群|走廊))"
)
# 赴苏州, 学习安吉县, 对口支援喀什地区, 与长宁区结对: before a place that is another's
_OTHERS = expression(
    r"(?:学习|借鉴|推广|复制|赴|在|去|到|对口|支援|援助|帮扶|结对|协作|合作|与|同|和|及|向|致|给|贯彻|落实|转发|批转|根据|对接|融入|驻|来自|参加|复|关于)$"
)
# 2024年, 中共, 关于印发《, 数字: what may stand before the place in a title
_BEFORE = expression(
    r"^(?:中共|《|“|\(|（|【|关于(?:印发|公布|下发|发布|做好|明确|推进|加强|开展)?|印发|(?:19|20)\d\d(?:年?[-—–至~](?:20)?\d\d)?年?度?"
    r"|附件\d*[:：]?|国家税务总局)*(?P<motto>数字|健康|平安|法治|幸福|美丽|智慧|活力|文明|无废|海绵)?"
)
# 数字广东建设, 健康四川行动, 北京“十四五”…: how a title goes on behind the bare name of its place
_AFTER_BARE = expression("建设|行动|计划|规划|“|20\\d\\d年|人民政府")
# 市民政局, 省人民政府, 县卫健委, 区委: an agency without the name of its place
_LEVEL = expression(
    r"^(?:中共)?([省市县区州])(?=[一-鿿]{0,16}(?:政府|[局厅委部办院署]|中心|办公[室厅]|委员会|总工会|联合会))"
)
# 云岭县人民政府, 石桥区民政局: the name of a place, known or not
_SOME_PLACE = expression(
    r"^(?:中共)?([一-鿿]{2,5}?(?:自治[区州县旗]|[省市县区州盟旗]))(?=人民政府|政府|[一-鿿]{1,16}(?:[局厅委办部会室]|中心)|委|20\d\d|$)"
)
_GENERIC = expression(
    r"(?:开发|高新|园|新|城|示范|保税|景|辖|地|片|街|学|灾|山|校|矿|林|牧|实验|试验|管理|产业|功能|合作|先行)区$|^(?:各|全|本|我|国家|城)"
)
_DEPTH = {"省": ("province",), "市": ("prefecture", "province", "county"), "州": ("prefecture",)}


class Found(NamedTuple):
    """A place (its code, or empty), and whether the words name some place, known or not."""

    code: str = ""
    words: str = ""
    doubts: tuple[Doubt, ...] = ()
    is_named: bool = False


@cache
def _prefixes() -> dict[str, str]:
    """How the numbers of a place's documents begin (`number_prefixes.csv`)."""
    rows = curated_csv.cells(schema.CURATION / "number_prefixes.csv", ["prefix", "code", "reason"])
    return {row["prefix"]: row["code"] for row in rows}


def find(
    issuer: tuple[str, int],
    title: tuple[str, int],
    number: tuple[str, int],
    sources: Sequence[tuple[str, int]],
    year: int | None,
) -> tuple[str, list[Doubt]]:
    """Return the code of a document's place and what is doubtful about it; empty where it is not
    stated.

    Each text comes with its line. `sources` are agencies that a page names as where it has the
    text from: they count where title or issuer name an agency of the same level without its place.
    """
    first = issuer[0].split("、")[0]
    level = _level(first) or _level(title[0])
    own = _of_all(issuer[0].split("、"), issuer[1], year)
    found = own if own.is_named else of_title(title[0], title[1], year, level)
    if own.is_named and not own.code:
        found = _one_of_many(own, (of_title(*title, year, level), _of_number(number, level)), year)
    if not found.is_named:
        found = _of_number(number, level)
    if not found.is_named and level:
        found = _of_sources(sources, level, year)
    code, doubts = found.code, [*found.doubts]
    if code and not own.is_named and level:
        code, more = _at_level(code, level, found.words, title[1])
        doubts += more
    return code, doubts


def _one_of_many(own: Found, others: Sequence[Found], year: int | None) -> Found:
    """Which place of a name that several bear is meant, as the title or the number's prefix says:
    新城区人民政府 under 呼和浩特市新城区2026年…; 铁西区人民政府 with the prefix of 沈阳."""
    named = places.named_at(own.words, 0, year)
    codes = named.codes if named else ()
    for other in others:
        meant = [c for c in codes if other.code and other.code in {c, *places.chain(c)}]
        if len(codes) > 1 and len(meant) == 1:
            return Found(meant[0], own.words, other.doubts, is_named=True)
    return own


def _of_all(names: Sequence[str], line: int, year: int | None) -> Found:
    """The place of agencies that issue a document together: the first one's, if no other is of a
    place beside it."""
    found = [of_agency(name, line, year) for name in names]
    codes = dict.fromkeys(one.code for one in found if one.code)
    first = next(iter(codes), "")
    if all(c in places.chain(first) | {first} or first in places.chain(c) for c in codes):
        return found[0]
    said = "、".join(one.words for one in found if one.code)
    return Found(
        "", said, (Doubt("code", said, line, tell("reading.one_place"), True),), is_named=True
    )


def _level(text: str) -> str:
    match = _LEVEL.match(simplify(squash(text)))
    return match[1] if match else ""


def of_agency(name: str, line: int, year: int | None) -> Found:
    """Return the place of an agency, by the beginning of its name; a national one has the
    state's."""
    words = re.sub("^(?:中共|中国共产党|共青团)(?!中央)", "", simplify(squash(name)))
    if words.startswith("中央") or simplify(name).startswith("中共中央"):
        return Found(places.NATION, words, is_named=True)
    for beginning in issuers.national():
        if words.startswith(beginning):
            below = places.named_at(words, len(beginning), year) or _inside(
                words, len(beginning), year
            )
            if below:
                return _settled(below, words, line, year)
            return Found(places.NATION, beginning, is_named=True)
    named = places.named_at(words, 0, year)
    if not named:
        return _unknown(words, line)
    return _settled(named, words, line, year)


def _inside(words: str, at: int, year: int | None) -> places.Named | None:
    """国家统计局浙江调查总队, 国家税务总局广州市税务局: a place behind the name of the whole."""
    for n in range(at, min(len(words), at + 6)):
        named = places.named_at(words, n, year)
        if named and not named.is_bare:
            return named
    return None


def _unknown(words: str, line: int) -> Found:
    """A place that the standard does not list is a place all the same: no other one is taken."""
    match = _SOME_PLACE.match(words)
    if not match or _GENERIC.search(match[1]):
        return Found()
    reason = tell("reading.name_place_gb_t")
    return Found("", match[1], (Doubt("code", match[1], line, reason),), is_named=True)


def _settled(named: places.Named, words: str, line: int, year: int | None, at: int = 0) -> Found:
    """What the place at the beginning of some words is (`at` in those it was found in), as far as
    they leave no doubt."""
    rest = words[named.end - at :]
    if _INSTITUTION.match(rest) and not re.match("[一-鿿]{0,6}(?:人民政府|委员会)", rest):
        reason = tell("reading.government_issues_document_not_institution")
        said = named.words + (_INSTITUTION.match(rest) or rest)[0]
        return Found("", said, (Doubt("code", said, line, reason),), is_named=True)
    if len(named.codes) > 1:
        listed = [places.places()[code] for code in named.codes]
        which = " or ".join(f"{place.name} ({place.code})" for place in listed[:4])
        return Found("", named.words, (Doubt("code", named.words, line, which, True),), True)
    below = re.match(
        "([一-鿿]{1,4}?(?:自治县|[县区旗]|市(?![容场政民])))(?=人民|委|[一-鿿]{1,12}[局办委]$)",
        rest,
    )
    if below and not _GENERIC.search(below[1]) and not re.match("[市县区]", rest):
        reason = tell("reading.place_gb_t_lists", place=named.words)
        return Found("", named.words, (Doubt("code", below[1], line, reason, True),), True)
    code = named.codes[0]
    place = places.places()[code]
    doubts = []
    if zone := re.match("[一-鿿]{1,10}?(?:开发区|高新区|园区|新区|示范区|实验区)(?=管)", rest):
        reason = tell("reading.place_code_taken", place=named.words)
        doubts.append(Doubt("code", named.words + zone[0], line, reason))
    if place.valid_to and year and year > place.valid_to + 1:
        reason = tell("reading.place_stood_this_one_did", year=year, until=place.valid_to + 1)
        doubts.append(Doubt("code", named.words, line, reason, is_grave=True))
    return Found(code, named.words, tuple(doubts), is_named=True)


def of_title(title: str, line: int, year: int | None, level: str = "") -> Found:
    """Find the place that a title names as its own: at its beginning, or inside, where nothing
    says that it is another's (学习安吉县经验, 与长宁区结对, 福州海关). Who supports a place is
    above it: 支持泰顺县 counts for an agency of a `level`."""
    words = simplify(squash(title))
    start = _BEFORE.match(words)
    for at in dict.fromkeys((0, start.end() if start else 0)):
        named = places.named_at(words, at, year)
        rest = words[named.end :] if named else ""
        if named and named.is_bare:
            has_motto = bool(at and start and start["motto"])
            named = named if has_motto or _AFTER_BARE.match(rest) else None
        if (
            named
            and (other := places.named_at(rest.lstrip("、和与"), 0, year))
            and not other.is_bare
        ):
            said = named.words + other.words
            return Found(
                "", said, (Doubt("code", said, line, tell("reading.one_place_title"), True),), True
            )
        if named:
            return _settled(named, words, line, year)
        if (some := _unknown(words[at:], line)).is_named:
            return some
    return _within(words, line, year, level)


def _within(words: str, line: int, year: int | None, level: str) -> Found:
    """The one place that a title names with its full name somewhere inside."""
    found: dict[str, Found] = {}
    cited = [m.span() for m in re.finditer("(?<!印发)(?<!发布)(?<!公布)《[^》]{0,200}》", words)]
    at = 0
    while at < len(words):
        named = places.named_at(words, at, year)
        if not named:
            at += 1
            continue
        is_cited = any(a <= at < b for a, b in cited)
        is_others = _OTHERS.search(words[:at]) or _INSTITUTION.match(words[named.end :])
        is_helped = words[:at].endswith("支持") and not level
        if not (named.is_bare or is_cited or is_others or is_helped):
            found.setdefault(named.words, _settled(named, words[at:], line, year, at))
        at = named.end
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        said = "、".join(found)
        return Found(
            "", said, (Doubt("code", said, line, tell("reading.one_place_title"), True),), True
        )
    return Found()


def _of_number(number: tuple[str, int], level: str) -> Found:
    """The place whose numbers begin so: 琼民发〔2025〕7号 is of Hainan."""
    words = simplify(squash(number[0]))
    for size in range(4, 0, -1):
        if code := _prefixes().get(words[:size]):
            place = places.places()[code]
            is_of_level = not level or place.level in _DEPTH.get(level, ())
            if not is_of_level:
                reason = tell("reading.place_level_not", level=level, place=place.name)
                return Found("", words, (Doubt("code", words, number[1], reason),), is_named=True)
            reason = tell("reading.place_title_or_issuer_number")
            return Found(code, words, (Doubt("code", words[:size], number[1], reason),), True)
    return Found()


def _of_sources(sources: Sequence[tuple[str, int]], level: str, year: int | None) -> Found:
    """The place of the agency that a page has the text from, where all agree on it."""
    found = [of_agency(name, line, year) for name, line in sources]
    codes = {one.code for one in found if one.code and one.words.endswith(level)}
    return (
        next((one for one in found if one.code in codes), Found()) if len(codes) == 1 else Found()
    )


def _at_level(code: str, level: str, words: str, line: int) -> tuple[str, list[Doubt]]:
    """The place of an agency of a level, where the title names one at or below it: 省民政厅 on a
    county is of the province; 县民政局 on a province is of none that is stated."""
    known = places.places()
    if code == places.NATION:
        return code, []
    above = [code, *sorted(places.chain(code), reverse=True)]
    kinds = {"省": "省自治区", "市": "市", "县": "县旗", "区": "区", "州": "州"}[level]
    fitting = [c for c in above if known[c].short[-1] in kinds]
    if fitting:
        return fitting[0], []
    reason = tell("reading.place_level", level=level)
    return "", [Doubt("code", words, line, reason, is_grave=True)]
