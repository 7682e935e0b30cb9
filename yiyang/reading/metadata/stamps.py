"""Find the number and the date of a document, in its head and its signature."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise

from yiyang.core.text import squash
from yiyang.grammar.numerals import CHINESE, read
from yiyang.reading.metadata.doubts import Doubt
from yiyang.reading.metadata.lines import DAY, NUMBER, Line
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

NOT_STATED = tell("reading.not_stated")
# ２０２１年４月１５日: figures as wide as characters; 二○○九, 二OO九: other signs for nought
_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")
_NOUGHT = str.maketrans("○零OＯo", "〇〇〇〇〇")
# 云岭县民政局文件, …的通知: what may be glued before a number
_GLUED = expression(
    r"^.*(?:文件|人民政府|办公[室厅]|委员会|[一-鿿]{2}[局厅]|通知|意见|方案|办法|清单|措施|计划|要点|号)(?=[一-鿿])"
)
# （云民发〔2025〕7号） 签发人：某某, 发文字号：…: what may stand beside a number on its line
_BESIDE = expression(
    r"^(?:(?:发文)?(?:文号|字号)[:：])?[（(【\[]?|[）)】\]]?(?:签发人.*|\d{4}年.*日)?$"
)

# 为落实《…方案》, 根据…: a line behind which the number on the next one is a cited one's
_CITES = expression(r"》$|^(?:为|根据|按照|依据|贯彻|落实)")


def narrow(text: str) -> str:
    """Return the text with figures of one width."""
    return text.translate(_NARROW)


def day_of(printed: str) -> dt.date | None:
    """Return the day of a printed date (2021年4月15日, 2021-04-15, 二〇二一年四月…), or None."""
    match = DAY.search(narrow(printed))
    parts = re.findall(rf"\d+|[{CHINESE}]+", match[0].translate(_NOUGHT)) if match else []
    if len(parts) < 3:
        return None
    try:
        return dt.date(*(int(read(part)) for part in parts[:3]))
    except ValueError:
        return None


def whose(printed: str, day: dt.date | None) -> str:
    """Tell whose the date of issue is: `given` by the catalogue, where the document prints none,
    `other` where it prints another one; empty where it prints it, or no date is known."""
    if day is None:
        return ""
    if printed == NOT_STATED:
        return "given"
    own = day_of(printed)
    figures = [int(n) for n in re.findall(r"\d+", narrow(printed))][:2]  # 2024年3月
    is_other = own != day if own else figures != [day.year, day.month][: len(figures)]
    return "other" if is_other else ""


def number_of(line: str) -> str:
    """Return the number that a line holds and nothing else, or what a red head has beside it; else
    ''."""
    words = squash(line)
    found = list(NUMBER.finditer(narrow(words)))
    if len(found) != 1:
        return ""
    before, after = words[: found[0].start()], words[found[0].end() :]
    whole = words[found[0].start() : found[0].end()]
    number = _GLUED.sub("", whole) or whole
    rest_before = before + whole[: len(whole) - len(number)]
    is_head = not rest_before or bool(re.search("(?:文件|号[:：]?)$", rest_before))
    is_bare = not _BESIDE.sub("", rest_before) or is_head
    if is_bare and not _BESIDE.sub("", after) and "《" not in before:
        return number
    return ""


def number(
    stated: tuple[str, int],
    glued: tuple[str, int],
    head: Sequence[Line],
    signed: Sequence[Line],
) -> tuple[tuple[str, int], list[Doubt]]:
    """Find the number of a document and its line: behind its label, glued to its title, in its
    head, or beside its signature. One that a sentence or a title cites is none."""
    own = [(squash(stated[0]), stated[1])] if NUMBER.fullmatch(narrow(squash(stated[0]))) else []
    own += [glued] if glued[0] else []
    for before, line in pairwise([None, *head, *signed]):
        if line and (n := _number_on(line)) and not (before and _CITES.search(before.words)):
            own.append((n, line.number))
    if not own:
        return ("", 0), []
    others = [other for other in own if _folded(other[0]) != _folded(own[0][0])]
    if not others:
        return own[0], []
    reason = tell("reading.one_number_document_not_both", one=own[0][0], other=others[0][0])
    return own[0], [Doubt("document_number", *others[0], reason, is_grave=True)]


# 等级　特急·明电　　某汛电〔2026〕8号: what wide blanks part on a line of the head
_WIDE = expression(r"\t|\s{2,}|\u3000+")


def _number_on(line: Line) -> str:
    """The number that a line holds, alone or in a part of its own."""
    whole = number_of(line.text)
    parts = () if whole or line.is_sentence else map(number_of, _WIDE.split(line.text))
    return whole or next(filter(None, parts), "")


# 来文字号：松民发〔2026〕9号: a number behind its label, of whatever document it is
_LABELLED = expression(rf"(?:来文|原文|发文|文件|公文)?(?:[文字]号|编号)[:：]?({NUMBER.pattern})$")


def not_taken(lines: Sequence[Line]) -> list[Doubt]:
    """Find the number that stands alone, or behind a label, among the lines of a document of which
    none was taken for its own. In a row it counts beside its label only: a column of a table names
    other documents."""
    for line in lines:
        cells = line.text.split("\t")
        parts = [a + b for a, b in pairwise(cells)] if line.is_row else cells
        for part in () if line.is_sentence else parts:
            label = _LABELLED.search(narrow(squash(part)))
            alone = "" if line.is_row else number_of(part)
            if label or alone:
                reason = tell("reading.number_not_taken")
                found = label[1] if label else alone
                return [Doubt("document_number", found, line.number, reason, is_grave=True)]
    return []


def _folded(number: str) -> str:
    return re.sub(r"\W", "", number)


def contradiction(number: str, line: int, day: dt.date | None, printed: str) -> list[Doubt]:
    """Find a number of another year than the date: one of them may be that of another
    document."""
    year = re.search(r"(?:19|20)\d\d", narrow(number))
    if not (year and day):
        return []
    apart = day.year - int(year[0])
    if apart == 0 or (apart == 1 and day.month <= 6):
        return []
    reason = tell("reading.number_year_date", printed=printed)
    return [Doubt("document_number", number, line, reason, is_grave=True)]
