"""What a document says of itself: title, number, issuing agencies, date, place."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from yiyang.core import places
from yiyang.core.text import simplify, squash
from yiyang.extract import Block
from yiyang.grammar.numerals import CHINESE, read
from yiyang.parse.shapes import is_units

NOT_STATED = "not stated"
HEAD = 60
"""Blocks at the beginning of a document in which its title is looked for."""

# 关于…的通知, …实施方案, …任务清单（2023-2025年）, …2025年工作要点
_TITLE = re.compile(
    r"(?:通知|方案|清单|要点|计划|意见|办法|措施|举措|分工|分解|分解表|分工表|安排|任务表|一览表|任务书|台账|规划|实事|决定|函"
    r"|公告|公示|通报|报告|批复|细则|行动|表)(?:[（(《\[].{0,30}[）)》\]])?(?:的通知)?$"
)
# 竹府办〔2016〕20号, 国发[2018]39号, 京卫老龄〔2021〕1号
_NUMBER = re.compile(r"[一-鿿]{2,14}[〔\[(（【]\s*(?:19|20)\d\d\s*[〕\])）】]\s*第?\s*\d{1,5}\s*号")
_DATE = re.compile(
    r"(?:19|20)\d\d\s*[年\-/.]\s*\d{1,2}\s*[月\-/.]\s*\d{1,2}\s*日?|二[〇○零一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月"
    r"[一二三四五六七八九十]{1,3}日"
)
# ２０２１年４月１５日: figures as wide as characters
_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")
_LABELS = {
    # 标题: in the head of a saved file; 标 题： in the table above a text
    "title": re.compile(r"^(?:标题|名称|文件名称|文件标题)[:：]\s*(.+)"),
    "number": re.compile(r"^(?:文号|发文字号|发文文号|文件编号)[:：]\s*(.+)"),
    "issuer": re.compile(
        r"^(?:发文机关|发布机构|发布单位|发文单位|制发机关|发布机关|公开主体|印发机关)[:：]\s*(.+)"
    ),
    "date": re.compile(r"^(?:成文日期|发文日期|印发日期|制发日期)[:：]\s*(.+)"),
    "published": re.compile(r"^(?:发布日期|公开日期|发布时间|公布日期|日期|时间)[:：]\s*(.+)"),
}


# Cells of a row, or labels in one line: 发布机构：县政府办 发布日期：2024-01-22
_CELLS = re.compile(r"\t|\s{2,}|\s(?=[一-鿿]{2,6}[:：])")


class About(NamedTuple):
    """What a document says of itself; empty where it does not."""

    title: str = ""
    number: str = ""
    issuer: str = ""
    date_printed: str = NOT_STATED
    date: dt.date | None = None
    code: str = ""


def find(blocks: Sequence[Block]) -> About:
    """Title, number, issuing agencies, date and place of a document, as far as it states them."""
    lines = [_line(block) for block in blocks]
    stated = _labelled(lines)
    title = stated.get("title") or _title(lines)
    number = stated.get("number") or next(
        (m[0] for line in lines[:HEAD] if (m := _NUMBER.search(line))), ""
    )
    issuer, signed = _signature(lines)
    issuer = stated.get("issuer") or issuer or _issuer_in(title)
    printed = stated.get("date") or signed or stated.get("published", "")
    day = day_of(printed)
    code = next(
        (c for text in (issuer, title, " ".join(lines[:3])) if (c := places.find(simplify(text)))),
        "",
    )
    if not code and re.match("国务院|中共中央|国家", issuer or title):
        code = places.NATION
    match = _DATE.search(printed.translate(_NARROW))
    stated_on = printed[slice(*match.span())] if match and day else NOT_STATED
    return About(title, squash(number), issuer, stated_on, day, code)


def _line(block: Block) -> str:
    return "\t".join(c.text.strip() for c in block.cells if c.text and not c.is_repeat)


def _labelled(lines: Sequence[str]) -> dict[str, str]:
    """What stands behind labels above the text, in lines of their own or in table cells."""
    found: dict[str, str] = {}
    for line in lines[:HEAD]:
        cells = _CELLS.split(line)
        pairs = [*cells, *(squash(a) + b for a, b in pairwise(cells))]
        for text in pairs:
            for name, pattern in _LABELS.items():
                match = pattern.match(text.strip())
                if match and match[1].strip() and name not in found:
                    found[name] = match[1].strip()
    return found


def _title(lines: Sequence[str]) -> str:
    """The first line that ends like the title of a document; one broken in two is put together."""
    texts = [line.lstrip("#").strip() for line in lines[:HEAD]]
    for n, text in enumerate(texts):
        words = squash(text)
        if (
            len(words) > 80
            or re.search("[。；]", words)
            or re.match("附件|附[:：]|来源|抄送", words)
        ):
            continue
        if _TITLE.search(words) and len(words) > 5:
            above = texts[n - 1] if n else ""
            is_broken = "关于" in above and not _TITLE.search(squash(above)) and len(above) < 50
            return squash(above + text) if is_broken and not re.search("[。：:]", above) else words
    return next((squash(t) for t in texts if 4 < len(squash(t)) <= 60), "")


# 大竹县人民政府办公室关于…, 北京市卫生健康委员会印发…
_ISSUER = re.compile(r"^(.{3,40}?(?:政府|办公[室厅]|委员会|局|厅|委|部|国务院))(?=关于|印发|转发)")


def _issuer_in(title: str) -> str:
    match = _ISSUER.match(title)
    return match[1] if match else ""


def _signature(lines: Sequence[str]) -> tuple[str, str]:
    """Issuing agencies and date where they stand below a text: names, then the day."""
    for n, line in enumerate(lines):
        if n and _DATE.fullmatch(squash(line).translate(_NARROW)):
            names: list[str] = []
            for above in reversed(lines[max(0, n - 12) : n]):
                if not is_units(above) or len(squash(above)) > 60:
                    break
                names.insert(0, re.sub(r"\s+", "、", above.strip()))
            if names:
                return "、".join(names), squash(line)
    return "", ""


def day_of(printed: str) -> dt.date | None:
    """The day that a printed date names (2021年4月15日, 2021-04-15, 二〇二一年四月…), or None."""
    match = _DATE.search(printed.translate(_NARROW))
    parts = re.findall(rf"\d+|[{CHINESE}]+", match[0]) if match else []
    if len(parts) < 3:
        return None
    try:
        return dt.date(*(int(read(part)) for part in parts[:3]))
    except ValueError:
        return None
