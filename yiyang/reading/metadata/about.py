"""Gather what a document says of itself: title, number, issuing agencies, date, place."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from yiyang.core.text import squash
from yiyang.extract import Block
from yiyang.reading.metadata import issuers, lines, located, stamps, titles
from yiyang.reading.metadata.doubts import Doubt
from yiyang.reading.metadata.lines import DAY, LABELS, NUMBER, Line
from yiyang.reading.metadata.stamps import NOT_STATED, day_of, narrow
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

_LABELS = {
    # 标题: in the head of a saved file; 标 题： in the table above a text
    "title": expression(r"^(?:标题|名称|文件名称|文件标题|title)[:：]\s*(.+)", re.I),
    # of a saved e-mail
    "subject": expression(
        r"^(?:邮件)?(?:主题|subject)[:：]\s*(?:(?:Re|Fwd?|回复|转发|答复)[:：]\s*)*(.+)", re.I
    ),
    "sender": expression(r"^(?:发件人|发送人|发件单位|from)[:：]\s*(.+)", re.I),
    "sent": expression(r"^(?:发送时间|发件时间|发送日期|发信时间|sent)[:：]\s*(.+)", re.I),
    # in the front matter of a page
    "author": expression(r"^(?:author|publisher|issuer|agency|organization)[:：]\s*(.+)", re.I),
    "number": expression(r"^(?:文号|发文字号|发文文号|文件编号)[:：]\s*(.+)"),
    "issuer": expression(
        r"^(?:发文机关|发文单位|印发单位|印发部门|制发机关|印发机关|制定机关)[:：]\s*(.+)"
    ),
    "publisher": expression(r"^(?:发布机构|发布单位|发布机关|公开主体)[:：]\s*(.+)"),
    "date": expression(r"^(?:成文日期|发文日期|印发日期|制发日期|编制日期|制定日期)[:：]\s*(.+)"),
    "published": expression(
        r"^(?:发布日期|公开日期|发布时间|公布日期|日期|时间|发表时间|date|published|pubdate)"
        r"[:：]\s*(.+)",
        re.I,
    ),
    "source": expression(r"^(?:文章|信息|稿件)?来源[:：]\s*(.+)"),
}
# Cells of a row, or labels in one line: 发布机构：县政府办 发布日期：2024-01-22
_CELLS = expression(r"\t|\s{2,}|\s(?=[一-鿿]{2,6}[:：])")
_IS_LABEL = expression(r"^[一-鿿\s]{2,8}[:：]")
# 附件, 附件1, 附表：: the heading of what is attached
_ATTACHED = expression(r"附[件表录][一二三四五\d]{0,2}[:：]?$")
_FOOT = 4
"""Lines at the end of a document that may say when it was published."""
_OF_DATES = ("date", "published")
# 发布日期：2026年3月2日, alone; 时间：2026年3月2日 may be that of a task
_IS_PUBLISHED = expression(
    rf"(?:成文|发文|印发|制发|发布|公开|公布)(?:日期|时间)[:：](?:{DAY.pattern})$"
)
# 首页 > 信息公开 > 灵璧县卫生健康委员会 > 决策部署落实情况: where a page stands
_TRAIL = expression(r"[>＞》/|-]+")


class About(NamedTuple):
    """What a document says of itself; empty where it does not. `doubts` are what is doubtful."""

    title: str = ""
    number: str = ""
    issuer: str = ""
    date_printed: str = NOT_STATED
    date: dt.date | None = None
    code: str = ""
    doubts: tuple[Doubt, ...] = ()


class _Stated(NamedTuple):
    """What stands behind a label, and its line."""

    text: str = ""
    line: int = 0


def find(blocks: Sequence[Block]) -> About:
    """Find title, number, issuing agencies, date and place of a document, as far as it states
    them."""
    read = lines.read_lines(blocks)
    start = lines.body(read)
    head = read[:start]
    stated = _renamed(_labelled(read[-_FOOT:], _OF_DATES) | _labelled(head))
    found = _title(read, stated)
    title = _Stated(found.text, found.line)
    signed = issuers.signature(read)
    near = read[max(0, signed.position - 3) : signed.position + 3] if signed.printed else []
    glued = _Stated(found.number, found.line)
    number, doubts = stamps.number(stated.get("number", _Stated()), glued, head, near)
    doubts = doubts if number[0] else stamps.not_taken(read[: lines.HEAD])
    issuer, of_issuer = _issuer(found.text, stated, signed, head)
    printed, of_date = _date(read, start, stated, signed)
    day = day_of(printed)
    apart = [] if of_date else stamps.contradiction(*number, day, printed)
    sources = [_Stated(name, stated["source"].line) for name in _agency(stated, "source")]
    sources += _trail(head)
    code, of_place = located.find(issuer, title, number, sources, day.year if day else None)
    match = DAY.search(narrow(printed))
    stated_on = printed[slice(*match.span())] if match and day else NOT_STATED
    every = (*doubts, *apart, *of_issuer, *of_date, *of_place)
    return About(found.text, number[0], issuer.text, stated_on, day, code, every)


_ADDRESS = expression(
    r"(?:(?<!\s)\s{1,20})?[<＜(（\[][^<>＜＞@]{0,200}@[^<>＜＞]{0,200}[>＞)）\]]?"
)
"""The address behind the name of a sender: <bgs@county.example>."""


def _renamed(stated: dict[str, _Stated]) -> dict[str, _Stated]:
    """What labels state, under our names: the subject of a mail is its title, who sent it published
    it. 主题 is no title where nobody sent anything."""
    found = {
        name: said for name, said in stated.items() if name not in ("subject", "sender", "sent")
    }
    of_mail = {"title": "subject", "publisher": "sender", "published": "sent"}
    is_mail = "subject" in stated and ("sender" in stated or "sent" in stated)
    for name, label in (*(of_mail.items() if is_mail else ()), ("publisher", "author")):
        if label in stated:
            text = _ADDRESS.sub("", stated[label].text)
            found.setdefault(name, _Stated(text, stated[label].line))
    return found


def _title(read: Sequence[Line], stated: dict[str, _Stated]) -> titles.Title:
    """The title behind its label; else the one that stands above the text."""
    found = titles.find(read)
    if label := stated.get("title"):
        text, number = titles.cut(label.text)
        return found._replace(text=text, number=number or found.number, line=label.line)
    return found


def _labelled(head: Sequence[Line], known: Sequence[str] = ()) -> dict[str, _Stated]:
    """What stands behind labels above the text, in lines of their own or in table cells. Behind the
    text a label counts only where it is one of `known`, and the line holds nothing but a day."""
    found: dict[str, _Stated] = {}
    above: Line | None = None
    for line in head:
        cells = [_with_colon(cell, line) for cell in _CELLS.split(line.text)]
        pairs = [*cells, *(squash(a) + b for a, b in pairwise(cells) if squash(a)[-1:] in ":：")]
        if above and line.is_row and lines.heads_labels(above):
            labels = above.text.split("\t")
            pairs = [
                f"{squash(a)}：{b}" for a, b in zip(labels, line.text.split("\t"), strict=False)
            ]
        above = line
        for text in pairs:
            for name, pattern in _LABELS.items():
                match = pattern.match(text.strip())
                value = match[1].strip() if match else ""
                if known and not (name in known and _IS_PUBLISHED.match(line.words)):
                    continue
                if value and not _IS_LABEL.match(value) and name not in found:
                    found[name] = _Stated(value, line.number)
    return found


def _with_colon(cell: str, line: Line) -> str:
    """A label in a cell of its own with the colon that it may lack: 发文机关	国务院."""
    return cell + "：" if line.is_row and squash(cell) in LABELS else cell


def _agency(stated: dict[str, _Stated], name: str) -> list[str]:
    return issuers.names_in(stated[name].text) if name in stated else []


def _trail(head: Sequence[Line]) -> list[_Stated]:
    """The agencies in the trail of pages above a text."""
    found = []
    for line in head:
        if "位置" in line.words or line.words.count(">") > 1:
            steps = _TRAIL.split(line.words)
            found += [_Stated(s, line.number) for s in steps if issuers.names_in(s)]
    return found


def _issuer(
    title: str, stated: dict[str, _Stated], signed: issuers.Signature, head: Sequence[Line]
) -> tuple[_Stated, list[Doubt]]:
    """Who issues a document: whom a label, its signature, its title, its red head name, in this
    order; else who published it."""
    titled, is_part = issuers.in_title(title)
    red, red_line = issuers.in_head(head)
    own = _Stated()
    if "issuer" in stated:
        own = _Stated(
            "、".join(_agency(stated, "issuer")) or stated["issuer"].text, stated["issuer"].line
        )
    candidates = [
        own,
        _Stated(signed.issuer, signed.line) if not signed.is_printing else _Stated(),
        _Stated(titled if not is_part else "", 0),
        _Stated(red, red_line),
        _Stated("、".join(_agency(stated, "publisher")), stated.get("publisher", own).line),
        _Stated(titled, 0),
        _Stated(signed.issuer, signed.line),
    ]
    n = next((n for n, one in enumerate(candidates) if one.text), 0)
    if n not in (4, 6):
        return candidates[n], []
    reason = tell("reading.agency_issues_document_who_published")
    return candidates[n], [Doubt("issuing_agency", *candidates[n], reason)]


def _date(
    read: Sequence[Line], start: int, stated: dict[str, _Stated], signed: issuers.Signature
) -> tuple[str, list[Doubt]]:
    """The date as printed: behind its label, in the signature, alone on a line of the text, on the
    line of the printing; else the day of publication, which is said."""
    if "date" in stated and day_of(stated["date"].text):
        return stated["date"].text, []
    if signed.printed and not signed.is_printing:
        return signed.printed, []
    if alone := _alone(read, start):
        reason = tell("reading.date_below_names_those_who")
        return alone.words, [Doubt("date_issued", alone.words, alone.number, reason)]
    if signed.printed:
        return signed.printed, []
    # 2025年3月24日, alone or behind the number: …〔2025〕3号　2025年3月24日
    said = (_Stated(_BY_WHOM.sub("（", line.words), line.number) for line in read[:start])
    dated = (one for one in said if DAY.match(narrow(NUMBER.sub("", one.text).lstrip("（("))))
    first = next(dated, _Stated())
    published = stated.get("published", first)
    if not day_of(published.text):
        return "", []
    reason = tell("reading.date_issue_day_publication_taken")
    return published.text, [Doubt("date_issued", published.text, published.line, reason)]


# （中共长汀坪区供销社党组　2025年5月16日）: who issued it, and when
_BY_WHOM = expression(
    r"^[（(][一-鿿、]{2,38}(?:[局委部厅会社院校办]|党组|政府|公司|中心|医院|大学)"
    r"(?=(?:19|20)\d\d年\d{1,2}月\d{1,2}日[）)]$)"
)


def _alone(read: Sequence[Line], start: int) -> Line | None:
    """A day alone on a line: behind the first sentences, between the names of the attachments and
    the first of these, or at the end; none where a table has a cell a line, as it may be the
    deadline of a task."""
    if any(line.is_columns and not line.is_row for line in read):
        return None
    for n, line in enumerate(read[start:], start):
        is_below = n > 0 and read[n - 1].is_sentence and n < start + 15
        is_last = n >= len(read) - 2
        is_between = n + 1 < len(read) and bool(_ATTACHED.match(read[n + 1].words))
        if (
            (is_below or is_last or is_between)
            and not line.is_row
            and DAY.fullmatch(narrow(line.words))
        ):
            return line
    return None
