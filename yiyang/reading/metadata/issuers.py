"""Find the agencies that issue a document, from its signature, its title and its red head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from yiyang.core import curated_csv, schema
from yiyang.core.text import simplify, squash
from yiyang.reading.metadata.lines import DAY, Line, body
from yiyang.reading.metadata.stamps import narrow
from yiyang.safety.later import expression

_ABOVE = 12
"""Lines above a date in which those who sign are looked for."""

# What the name of an agency that issues documents ends with
_END = (
    r"(?:人民政府|政府|办公室|办公厅|委员会|管委会|工委|党委|[省市县区州旗]委|[局厅委部署院办]|总工会|联合会|妇联|残联|工商联"
    r"|指挥部|领导小组|工作组|专班|联席会议|国务院|法院|检察院|团委|中心|协会|公司|红十字会|管理处|服务处|办事处|(?:督查|督办|研究|政研|调研|秘书|值班|信访|信息)室|中共中央|常委会"
    r"|人大|政协|海关|支行|分行|学院|大学|医院|集团)"
)
_AGENCY = expression(rf"^[一-鿿（）()“”·]{{1,40}}?{_END}(?:[（(][一-鿿]{{1,40}}[）)])?$")
# 各有关单位, 请转发各单位, 现印发…: what is said to or of agencies, and is no name of one
_NO_NAME = expression(
    r"^(?:各|有关|相关|请|现|特此|由|经|报|本|及|并|以上|上述|该|按|对|与|向|附|抄送|主送|为|在|将|此|我|联系|责任|牵头|配合|认真|抓好|确保)"
    r"|责任单位|牵头|配合|印发|发给|转发|各单位|审核|批准|同意|遵照|通知"
)
# …请认真执行。, 特此通知: the end of a text
_ENDS = expression(r"[。！；：:]|特此(?:通知|报告|函告|公告|通告|函复|通报)")
# 白石县民政局（盖章）
_SEAL = expression(r"[（(](?:[^（()）]{0,16}代章|盖章|公章|章)[）)]")
# 广州市卫生健康委等4部门, 市民政局等七部门: not all of those who issue it
_AND_OTHERS = expression(r"等[\d一二三四五六七八九十]{1,3}(?:个)?(?:部门|单位)$")
# 大竹县人民政府办公室关于…, 北京市卫生健康委员会印发…
_BEFORE = expression(r"^(.{2,200}?)(?=关于|印发|转发|批转|发布|公布)")
# 云岭县民政局文件: the red head above a document
_RED = expression(r"^(?:中共)?(.+?)文件$")
_ADMINISTERED = expression(r"^([一-鿿]{2,8}?(?:自治区|省|市|县|区|州|盟|旗))")


class Signature(NamedTuple):
    """Those who sign, the day as printed, and the line of each; `is_printing` where only the day of
    printing is stated (…办公室 2025年3月3日印发)."""

    issuer: str = ""
    printed: str = ""
    line: int = 0
    position: int = -1
    is_printing: bool = False


@cache
def national() -> tuple[str, ...]:
    """Tell how the names of national agencies begin (`national_issuers.csv`), the longest first."""
    rows = curated_csv.cells(schema.CURATION / "national_issuers.csv", ["name", "reason"])
    return tuple(sorted((row["name"] for row in rows), key=len, reverse=True))


def names_in(text: str) -> list[str]:
    """Return the agencies of a text that names agencies and nothing else; [] where it does not."""
    text = _SEAL.sub("", text.strip())
    parts = [p for piece in re.split(r"[、，,\s]+", text) if piece for p in _apart(piece)]
    return parts if parts and all(map(_is_name, parts)) else []


def _is_name(part: str) -> bool:
    words = simplify(part)
    return 2 < len(words) <= 45 and bool(_AGENCY.match(words)) and not _NO_NAME.search(words)


def _apart(piece: str) -> list[str]:
    """Names that stand without anything between them: 云岭县民政局云岭县财政局, ministries too."""
    place = _ADMINISTERED.match(piece)
    if place and piece.count(place[1]) > 1:
        return re.split(rf"(?<=[局委会厅部室府院])(?={place[1]})", piece)
    at = [m.start() for m in re.finditer("|".join(national()), piece)]
    cuts = [n for n in at if n and re.search(rf"(?:{_END})$", piece[:n]) and at[0] == 0]
    return [piece[a:b] for a, b in zip([0, *cuts], [*cuts, len(piece)], strict=True)]


# 2025年6月9日（此件公开发布）: what may stand behind the day that signs a document
_TO_WHOM = expression(
    r"^[（(](?:此件|本文|主动公开|依申请公开|公开|不公开|印章|盖章)[^（()）]{0,20}[）)]?$"
)


_OF_PAGE = expression(r"\d{4}[-/.]")


def signature(lines: Sequence[Line]) -> Signature:
    """Find the first signature of a document: names, then the day, below a text or above it. What
    a page says above its text (云岭县政府, 2021-04-01) signs only what nothing else does."""
    of_page = printing = Signature()
    start = body(lines)
    is_in_cells = False
    for n, line in enumerate(lines):
        is_in_cells = is_in_cells or (line.is_columns and not line.is_row)
        day = DAY.search(narrow(line.words)) if _may_sign(line) else None
        if not day:
            continue
        before, after = line.words[: day.start()], line.words[day.end() :]
        after = _TO_WHOM.sub("", after).strip("）)")
        if after == "印发":
            if names := _behind_sentence(before.lstrip("（(")) or _above(lines, n):
                found = Signature(
                    "、".join(names), line.words[: day.end()][day.start() :], line.number, n, True
                )
                printing = printing if printing.issuer else found
            continue
        if after or re.search(r"[:：]$", before):
            continue
        own = before.strip("（(")
        inline = _behind_sentence(_before_day(line.text.lstrip("（( \u3000"), own))
        names = _above(lines, n, inline) if inline or not own else []
        # Where a table has a cell a line, a unit and its deadline look like a signature.
        is_cell = (
            is_in_cells and (n < len(lines) - 5 or not _ADMINISTERED.match(names[0]))
            if names
            else True
        )
        if is_cell:
            continue
        found = Signature("、".join(names), day[0], line.number, n)
        if n >= start or not _OF_PAGE.match(day[0]):
            return found
        of_page = of_page if of_page.issuer else found
    return of_page if of_page.issuer else printing


def _may_sign(line: Line) -> bool:
    """Whether a line is short enough to sign with, and no row of a table."""
    return not line.is_row and len(line.words) <= 120


def _before_day(text: str, words: str) -> str:
    """What stands before the day in the line as printed, its blanks kept."""
    kept, seen = "", 0
    for character in text:
        if seen == len(words):
            break
        kept += character
        seen += not character.isspace()
    return kept


def _above(lines: Sequence[Line], n: int, inline: Sequence[str] = ()) -> list[str]:
    """The names on the lines above a day, as far as they are names, behind a sentence too, and
    those before the day on its own line."""
    names = [*inline]
    for line in reversed(lines[max(0, n - _ABOVE) : n]):
        if line.is_row or line.is_heading:
            break
        if _SEAL.fullmatch(line.words):  # （县发展和改革局代章）
            continue
        whole = names_in(line.text)
        found = whole or ([] if names else _behind_sentence(line.text))
        if not found:
            break
        names = found + names
        if not whole:
            break
    return names


def _behind_sentence(text: str) -> list[str]:
    """The names at the end of a line without the sentence before them: …请执行。云岭县民政局."""
    tail = _ENDS.split(text)[-1]
    parts = tail.split()
    found = (names_in(" ".join(parts[n:])) for n in range(len(parts)))
    return next((names for names in found if names), [])


def in_title(title: str) -> tuple[str, bool]:
    """Return the agencies that a title begins with, and whether it says that there are more."""
    match = _BEFORE.match(simplify(title))
    if not match:
        return "", False
    words = title[: match.end()].strip()
    is_part = bool(_AND_OTHERS.search(words))
    names = names_in(_AND_OTHERS.sub("", words))
    return "、".join(names), is_part


def in_head(head: Sequence[Line]) -> tuple[str, int]:
    """Return the agencies of the red head of a document: 云岭县民政局文件, or their names alone."""
    alone: tuple[str, int] = ("", 0)
    for n, line in enumerate(head):
        words = line.text.split("\t")[0]
        if red := _RED.match(squash(words)):
            named = names_in(red[1])
            for over in reversed(head[:n] if named else ()):
                if not (above := names_in(over.text)):
                    break
                named = above + named
            if named:
                return "、".join(named), line.number
        below = head[n + 1] if n + 1 < len(head) else None
        is_over_number = below is not None and re.search(r"[〔\[（(]\d{4}[〕\])）]", below.words)
        if is_over_number and not alone[0] and (named := names_in(words)):
            alone = "、".join(named), line.number
    return alone
