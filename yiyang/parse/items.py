"""Read articles and numbered items: which paragraphs make a task, and which units belong to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from yiyang.core.text import simplify, squash
from yiyang.extract import Block
from yiyang.grammar import roles
from yiyang.parse import (
    bodies,
    nested,
    signatures,
    spread,
    unit_first,
    unit_heads,
    unit_sentences,
    unitlists,
)
from yiyang.parse.numbers import (
    FIGURES,
    behind_figures,
    levels,
    ordinal,
    segments,
    style_of,
)
from yiyang.parse.outlines import Item, Outline, Part
from yiyang.parse.shapes import BULLETS, LABEL, TIME_LABEL, is_heading, is_known_unit, is_units
from yiyang.parse.unit_spans import Span
from yiyang.parse.wrapped import PAGE, Joined
from yiyang.safety.later import expression

STOPS = " 。；;，,）)】]〕"
"""What may be left behind a list of units: no text."""
# 相关阅读, above the titles of other texts of a site
_RELATED = expression(
    "[【>》]?(?:相关|延伸|推荐|热门|热点|最新|更多)(?:阅读|链接|新闻|文章|推荐|资讯|信息)[】:：]?"
)
# 上一篇：…, 【打印本页】, 分享到: the foot of a page; not 关闭散乱污企业30家
_FOOT_OF_PAGE = (
    "【?(?:[上下]一[篇条]|(?:打印(?:[本此]?[页文稿]面?|文章|预览|正文)?|关闭(?:当前)?(?:窗口|本?页面?)?)"
    "(?=[】【|｜]|打印|关闭|$)|扫一扫|分享(?:[到至:：]|微信|微博|按钮|$))"
)
# What stands behind it (主办：县政府办) belongs to no item
_OF_PAGE = expression(_FOOT_OF_PAGE)
# What closes a document: （此件公开发布）, 抄送：, 附件：, 2021年4月15日, 分享到
CLOSING = expression(
    r"^(?:[（(]?此件|[（(]?本文|(?:附?注|备注|说明)[:：]|抄送|附件\d*[:：]?|附[:：]|联系人|(?:19|20|二[〇○零Oo])\S{0,6}年\S{1,3}月\S{1,3}日"
    r"(?:印发|发布|公布)?$|印发$|\S{2,40}(?:19|20)\d\d年\d{1,2}月\d{1,2}日印发$|(?:此件|本文件?)?共印\d+份"
    r"|特此[一-鿿]{2,4}[。.]?$|[此专]此?(?:[函致复商]|此)[^。]{0,12}[。.]?$|(?:妥否|当否|以上[^。]{0,8}(?:妥否|当否))|(?:恳请|望|请)予?[^。]{0,4}支持[^。]{0,4}[。.]$"
    r"|(?:有关|相关|上述|以上|具体|反馈|书面|核查|办理)(?:的)?(?:材料|情况|意见|结果|资料|名单|数据)[^。]{0,12}请[^。]{0,16}(?:[送报寄发交]|反馈)[至到给]?我[局委办厅院]"
    r"|(?:以上|上述)(?:承诺|事项|内容|目标)[^。]{0,4}(?:请|欢迎|接受|敬请)[^。]{0,16}监督|(?:服务|监督|举报|投诉)(?:监督|举报|投诉)?电话[:：]"
    rf"|{_FOOT_OF_PAGE}|责任编辑|来源[:：]|编辑[:：]|版权|主办单位[:：]|相关(?:链接|文件|阅读))"
)
OPENING = 10
"""Lines in which a document says that it is the minutes of a meeting."""
_MINUTES = expression("纪要|会议(?:议定|研究|决定|确定|明确)|议定(?:如下|以下|事项)?[:：]?")
# 会议要求，各部门…: behind the items of minutes, what all are asked
_MEETING_ASKS = expression(r"会议还?要求[,，]各")
# 以上任务均须于9月底前完成: behind the last item, and about all
_OF_ALL_ABOVE = expression(
    "(?:以上|上述|前述)(?:各?项|各|所有|全部|所列)?(?:重点|整改|工作)?(?:任务|工作|事项|措施|项目|内容|问题)"
    "[^。]{0,16}?(?:均|都|须|需|应|要|请|一律|统一|务必|务于|于)"
)
# 出席：…, 列席人员：…, 记录：…: who was at a meeting, in its minutes
ATTENDED = expression(
    r"^(?:参加会议(?:的?(?:人员|领导|单位))?|(?:出席|列席|参会|与会|缺席|请假)(?:会议)?(?:的?(?:有|人员|领导|单位))?|参加人员|主持人?|记录人?|(?:记录)?整理)[:：]"
)
# 主办：县政府办公室 备案号：…, 技术支持：…: the foot of a web page, though it looks like labels
FOOT = expression(
    r"^(?:主办(?:单位)?|承办(?:单位)?|备案号?|ICP|地址|版权所有|技术支持|网站标识码|网站地图|联系我们|浏览次数|访问量|打印本页)[:：]?"
    r".*(?:备案|ICP|公网安备|标识码|版权|电话|地址[:：]|技术支持|网站)"
)
# 附件：1.指标表: a list of attachments, its first number
ATTACHED = expression(r"^附件[:：](\d{1,2}[.．、])?")


def outline(blocks: Sequence[Block], furniture: Any) -> Outline:
    """Return the numbered items of the paragraphs of a document, each with its text and its
    units."""
    builder = _Builder(furniture)
    signed = signatures.positions(blocks)
    builder.found.signed = min(signed, default=-1)
    hidden = behind_figures(blocks)
    builder.keys = legend_keys(blocks)
    builder.points = bodies.own_points(blocks, _units_at)
    builder.bare = bodies.labelled_below(blocks, _label_of)
    builder.nested = nested.find(blocks, _label_of, _units_at)
    if not builder.points:
        points, heads = bodies.titled(blocks)
        builder.nested.tasks |= points
        builder.nested.headings |= heads
    said = (block.texts[0] for block in blocks[:OPENING] if not block.is_row)
    builder.is_minutes = any(map(_MINUTES.search, said))
    builder.nested.headings |= spread.months(blocks)
    builder.unit_headings = spread.unit_headings(blocks, _label_of)
    builder.covered = spread.points_below(blocks, builder.unit_headings)
    builder.bare |= builder.covered
    builder.label_heads = spread.numbered_labels(blocks)
    builder.word_labels = bodies.word_labels(blocks, _label_of)
    if not any(_units_at(text) >= 0 for block in blocks for text in block.texts[:1]):
        builder.led = unit_first.find(blocks)
    for position, block in enumerate(blocks):
        if block.is_row or position in signed:
            builder.close()
        if block.is_row:
            continue
        if position in signed:
            builder.found.loose.append(Part(position, block.line, block.texts[0], "leftover"))
            continue
        if builder.ends_at(block.texts[0]):
            builder.found.loose.append(Part(position, block.line, block.texts[0], "leftover"))
            continue
        at = 0
        for n, segment in enumerate(segments(block.texts[0], unitlists.has_units)):
            builder.starts, builder.at, builder.depth = _starts(block), at, block.depth
            builder.add(position, block.line, segment, "" if n else hidden.get(position, ""))
            at += len(segment)
    bodies.attach(builder.found)
    return builder.found


def _label_of(text: str) -> str:
    """The first label of a paragraph that is nothing but labels of units or times and what they
    announce; empty for any other."""
    label = _LABEL_AT_START.match(simplify(text))
    spans = unitlists.find(text) if label else []
    return label[1] if label and spans and is_label_only(text, spans) else ""


_LABEL_AT_START = expression(rf"[\s{BULLETS}]{{0,20}}((?:{LABEL.pattern}|{TIME_LABEL.pattern}))")


def _units_at(text: str) -> int:
    """Where the units of a paragraph begin; -1 where it names none."""
    return next((span.start for span in unitlists.find(text) if span.use == "units"), -1)


def legend_keys(blocks: Sequence[Block]) -> set[str]:
    """Return the letters and numbers that stand for units, as a paragraph of the document says."""
    return {key for block in blocks if not block.is_row for key in legend(block.texts[0]) if key}


def legend(text: str) -> dict[str, str]:
    """Return the units that a paragraph lists by letters or numbers, all of them known; else
    empty."""
    found = roles.legend(simplify(text))
    return found if all(map(is_known_unit, found.values())) else {}


# …。①③, …；A、B: the keys of units behind the last sentence
_KEYS_AT_END = expression(rf"(?<=[。；;！）)])({roles.KEYS.pattern})[。；;]?\s*$")


def _starts(block: Block) -> tuple[tuple[int, int], ...]:
    """Where each line of a paragraph begins, and its number."""
    cell = block.cells[0]
    return cell.starts if isinstance(cell, Joined) else ((0, cell.line),)


# ● 植树造林…, ——修缮校舍…, - 修缮校舍…: a mark before the words of an item
_BULLET = expression(
    rf"\s{{0,200}}(?:[{BULLETS}]{{1,4}}|[—―─━–－\-*＊]{{1,4}}(?=\s{{0,9}}[一-鿿“《]))\s{{0,9}}"
)


# 【任务】推行…, 【工作内容】：…
_TASK_LABEL = expression(
    r"[【\[](?:工作|重点|具体|主要)?(?:任务|事项|内容|项目)(?:名称|内容)?[】\]]\s*[:：]?\s*(?=\S)"
)

# 1.整改措施：制定方案…
_OWN_LABEL = expression(
    r"\s*(?:整改|具体|工作|主要|重点|落实|推进|建设)(?:措施|举措|任务|内容|事项)[:：]\s*(?=\S)"
)


class _Builder:
    """The item that is open, and where the next paragraph goes."""

    def __init__(self, furniture: Any) -> None:
        self.found = Outline()
        self.furniture = furniture
        self.open: Item | None = None
        self.is_closed = True  # no more text for the open item; labels may still come
        self.starts: tuple[tuple[int, int], ...] = ()
        self.at = 0  # where the segment begins in its paragraph
        self.keys: set[str] = set()  # what stands for a unit, by the legend
        self.attached = 0  # the last number in a list of attachments
        self.heading: Part | None = None
        self.unit_headings: set[int] = set()
        self.covered: set[int] = set()  # points below such a heading
        self.label_heads: set[int] = set()  # 一、牵头单位：… above 1.
        self.bare: set[int] = set()  # tasks without a number above their labels
        self.word_labels: set[int] = set()  # 主要内容：… in one item after the other
        self.led: dict[int, tuple[int, int]] = {}  # where the units stand that begin a line
        self.points: set[int] = set()  # tasks without a number below a bare heading
        self.nested = nested.Nested()
        self.depth = 0  # of the paragraph, in lists
        self.is_minutes = False  # whether the document says what a meeting decided
        self.is_over = False  # whether the page shows other texts from here on
        self.inside = 0  # depth of the open item, if all that is deeper belongs to it
        self.begun = 0  # depth of the number of the open item
        self.hanging = -1  # where a name stands that hangs below a list of units
        self.cover: Item | None = None  # the list of units that heads the items below it

    def _parts(self, position: int, text: str, start: int, end: int, use: str) -> Iterator[Part]:
        """A stretch of a segment, cut where its lines end."""
        ends = [at - self.at for at, _ in self.starts[1:]] + [len(text)]
        for n, ((_, line), stop) in enumerate(zip(self.starts, ends, strict=True)):
            begin = max(start, self.starts[n][0] - self.at)
            if begin < min(stop, end):
                yield Part(position, line, text[begin : min(stop, end)], use, begin > start)

    def close(self) -> None:
        """End the open items at a table: what follows it belongs to no item above it."""
        self.is_closed = True

    def ends_at(self, text: str) -> bool:
        """Close the list where other texts of a site begin, and tell whether they have begun."""
        if not self.is_over and _RELATED.fullmatch(squash(text)):
            self.is_over = any(item.has_units for item in self.found.items)
        self.open = None if self.is_over else self.open
        return self.is_over

    def add(self, position: int, line: int, text: str, hidden: str) -> None:
        """Add a paragraph, or the part of one that an item makes; `hidden` as in `numbers`."""
        level, number = (FIGURES, hidden) if hidden else style_of(simplify(text))
        if position in self.unit_headings:
            self._cover(position, text)
            return
        if position in self.nested.headings:
            self._head(position, line, text)
            return
        if position in self.led or position in self.bare or position in self.nested.tasks:
            (self._open_led if position in self.led else self._open_bare)(position, text)
            return
        spans = [] if position in self.label_heads else self._spans(text)
        if self.keys and legend(text):
            self.is_closed = True
            self._leave(position, text)
            return
        if self._is_attached(level, number, text, spans):
            self._leave(position, text, "attached")
            return
        if level >= 0 and not (
            spans and spans[0].start <= len(number) and is_label_only(text, spans)
        ):
            self._begin(position, line, level, text[: len(number)])
            self._fill(position, line, text, self._labelled(position, text, len(number)), spans)
        elif self._is_aside(position, text):
            self.is_closed = True
        elif spans and spans[0].start == 0 and spans[0].use != "person" and self.open:
            self._fill(position, line, text, 0, spans)
        elif PAGE.match(squash(text)):
            self._leave(position, text)
        elif squash(text) in self.furniture or self._closes(squash(simplify(text)), spans):
            self.is_closed = True
            self.open = None if _OF_PAGE.match(squash(text)) else self.open
            first = ATTACHED.match(squash(simplify(text)))
            self.attached = ordinal(first[1]) if first and first[1] else 0
            self._leave(position, text)
        elif self.open and (self._goes_on(position) or (not spans and self._is_inside(position))):
            self._fill(position, line, text, 0, spans)
        else:
            self._loose(position, line, text, spans)

    def _closes(self, words: str, spans: list[Span]) -> bool:
        """Whether the words of a line end the items above it."""
        is_of_all = _OF_ALL_ABOVE.match(words) and not any(s.use == "units" for s in spans)
        if CLOSING.match(words) or is_of_all:
            return True
        if spans or not self.open or not _MEETING_ASKS.match(words):
            return False
        return self.open.has_units or not any(item.has_units for item in self.found.items)

    def _is_aside(self, position: int, text: str) -> bool:
        """Leave a line that says who was at a meeting, behind which nothing belongs to an item, or
        that is the foot of a page; whether it was one."""
        words = squash(simplify(text))
        if ATTENDED.match(words):
            self.open = None
            self.found.loose += self._parts(position, text, 0, len(text), "person")
        elif FOOT.match(words):
            self._leave(position, text)
        else:
            return False
        return True

    def _cover(self, position: int, text: str) -> None:
        """Open a heading that is a list of units: 市林业局：, 责任单位：市林业局."""
        if spans := unitlists.find(text) if _label_of(text) else []:
            self._cover_by_labels(position, text, spans)
            return
        head = unit_heads.named(text) or unit_heads.office(text)
        end = head.start + len(head.words) if head else len(text.rstrip(":： "))
        start = head.start if head and text[: head.start].strip() in ("【", "[") else 0
        self.cover = Item(0, "", heading=self.heading)
        self.cover.parts += self._parts(position, text, 0, start, "stop")
        self.cover.parts += self._parts(position, text, start, end, "units")
        self.cover.parts += self._parts(position, text, end, len(text), "stop")
        self.found.covers.append(self.cover)
        self.open, self.is_closed = None, True

    def _cover_by_labels(self, position: int, text: str, spans: list[Span]) -> None:
        """Open a heading of lines of labels, or go on with it: 责任单位：…, 完成时限：…."""
        cover = self.cover
        is_next = cover and not cover.children and cover.parts[-1].position == position - 1
        if not cover or not is_next:
            cover = self.cover = Item(0, "", heading=self.heading)
            self.found.covers.append(cover)
        at = 0
        for span in spans:
            label = TIME_LABEL.match(text, span.start) if span.use == "deadline" else None
            start = label.end() if label else span.start
            cover.parts += self._parts(position, text, at, start, "stop")
            cover.parts += self._parts(position, text, start, span.end, span.use)
            at = span.end
        cover.parts += self._parts(position, text, at, len(text), "stop")
        self.open, self.is_closed = None, True

    def _unnumbered(self) -> Item:
        """Open an item without a number, below the last one with one."""
        parent = self.open
        while parent and parent.level < 0:
            parent = parent.parent
        item = Item(-1, "", parent=parent, heading=self.heading)
        if parent:
            parent.children.append(item)
        self.found.items.append(item)
        self.open, self.is_closed, self.inside, self.begun = item, False, 0, 0
        return item

    def _goes_on(self, position: int) -> bool:
        """Whether a paragraph is text of the open item still, or a point inside it."""
        if position in self.word_labels:
            return True
        is_open = not self.is_closed or 0 < self.inside < self.depth
        return is_open and position not in self.points

    def _is_inside(self, position: int) -> bool:
        """Whether a paragraph is a point of the numbered item that is open, in a list below it."""
        return 0 < self.begun < self.depth and position not in self.points

    def _head(self, position: int, line: int, text: str) -> None:
        """A point over tasks: nothing that follows belongs to the item above it."""
        self.heading = Part(position, line, text, "heading")
        self.found.headings.append(self.heading)
        self.found.loose.append(self.heading)
        self.open, self.is_closed = None, True

    def _labelled(self, position: int, text: str, at: int) -> int:
        """Set aside the label of the words of an item right behind its number, and return where
        these begin."""
        label = _OWN_LABEL.match(simplify(text), at)
        if not label or not self.open:
            return at
        self.open.parts += self._parts(position, text, at, label.end(), "stop")
        return label.end()

    def _open_bare(self, position: int, text: str) -> None:
        """Open an item without a number; the labels below it are its own."""
        bullet = _BULLET.match(text)
        start = bullet.end() if bullet else 0
        label = _TASK_LABEL.match(text, start)
        start = label.end() if label else start
        item = self._unnumbered()
        item.parts += self._parts(position, text, 0, start, "stop")
        item.parts += self._parts(position, text, start, len(text), "text")
        if position in self.covered and self.cover:
            self.cover.children.append(item)
            item.above = self.cover
        item.is_point = position in self.nested.tasks
        self.is_closed, self.inside = True, self.depth if item.is_point else 0

    def _open_led(self, position: int, text: str) -> None:
        """Open an item of a line that begins with its units, a colon behind them."""
        start, end = self.led[position]
        item = self._unnumbered()
        item.parts += self._parts(position, text, 0, start, "stop")
        item.parts += self._parts(position, text, start, end, "units")
        item.parts += self._parts(position, text, end, end + 1, "stop")
        item.parts += self._parts(position, text, end + 1, len(text), "text")
        self.is_closed = True

    def _spans(self, text: str) -> list[Span]:
        """The lists of units and the times of a paragraph."""
        spans = unitlists.find(text) or self._keyed(text)
        return unit_sentences.leads_to(simplify(text)) if self.is_minutes and not spans else spans

    def _keyed(self, text: str) -> list[Span]:
        """The keys of units at the end of a paragraph, where a legend explains each."""
        match = _KEYS_AT_END.search(simplify(text)) if self.keys else None
        if not match or not self.keys.issuperset(roles.keys(match[1])):
            return []
        return [Span(*match.span(1), "units")]

    def _leave(self, position: int, text: str, use: str = "leftover") -> None:
        """Leave a paragraph to the leftovers."""
        self.found.loose += self._parts(position, text, 0, len(text), use)

    def _is_attached(self, level: int, number: str, text: str, spans: list[Span]) -> bool:
        """Whether a numbered line goes on with a list of attachments (附件：1.…, 2.…)."""
        n = ordinal(number) if level == FIGURES else 0
        is_next = bool(n) and n == self.attached + 1 and is_heading(text) and not spans
        is_in_list = is_next and self.attached > 0
        self.attached = n if is_in_list else 0
        return is_in_list

    def _begin(self, position: int, line: int, level: int, number: str) -> None:
        parent = self.open
        while parent and (parent.level < 0 or parent.level >= level):
            if _is_deeper(number, parent.number):
                break
            parent = parent.parent
        item = Item(level, number, parent=parent, heading=self.heading)
        item.parts += self._parts(position, number, 0, len(number), "number")
        if parent:
            parent.children.append(item)
        elif self.cover and self.cover.children and self._leaves_cover(level, number):
            self.cover = None
        elif self.cover:
            self.cover.children.append(item)
            item.above = self.cover
        self.found.items.append(item)
        self.open, self.is_closed, self.inside, self.begun = item, False, 0, self.depth

    def _leaves_cover(self, level: int, number: str) -> bool:
        """Whether an item stands no more below the list of units that heads those before it: it is
        numbered from further out, or from 1 again behind words that are no such list."""
        assert self.cover is not None
        first = self.cover.children[0].level
        return level < first or (level == first and ordinal(number) == 1)

    def _fill(self, position: int, line: int, text: str, at: int, spans: list[Span]) -> None:
        assert self.open is not None
        parts = self.open.parts
        is_behind = self.open.has_units and bool(spans) and not text[: spans[0].start].strip()
        for span in spans:
            parts += self._parts(position, text, at, span.start, "text")
            start = max(span.start, at)
            label = TIME_LABEL.match(simplify(text), start) if span.use == "deadline" else None
            if label:
                parts += self._parts(position, text, start, label.end(), "label")
                start = label.end()
            parts += self._parts(position, text, start, span.end, span.use)
            at = span.end
        if text[at:].strip(STOPS):
            parts += self._parts(position, text, at, len(text), "text")
        elif text[at:].strip() and parts:
            parts += self._parts(position, text, at, len(text), "stop")
        # Units close an item, if they stand at its end; so does a time on a line behind them.
        is_list = any(s.use == "units" or (s.use == "deadline" and is_behind) for s in spans)
        if is_list and not text[at:].strip(STOPS):
            self.is_closed = True

    def _loose(self, position: int, line: int, text: str, spans: list[Span]) -> None:
        """A paragraph without a number behind a closed item: a task of its own, or a heading."""
        if any(span.use == "units" for span in spans) and not _is_prose_start(text):
            item = self._unnumbered()
            bullet = _BULLET.match(text)
            start = bullet.end() if bullet else 0
            item.parts += self._parts(position, text, 0, start, "stop")
            self._fill(position, line, text, start, spans)
            return
        if len(self.starts) > 1:
            self._leave(position, text)
            return
        part = Part(position, line, text, "leftover")
        # not 目标：水质达标率90%, 其中县城段6公里
        is_head = is_heading(text) and not (bodies.is_labelled(text) or spread.PART_OF.match(text))
        if self._hangs(position) and is_units(text):
            self.hanging = position
        elif self.found.items and is_head:
            part.use = "heading"
            self.heading, self.cover = part, None
            self.found.headings.append(part)
        elif is_head and not _OF_DOCUMENT.fullmatch(squash(text)):
            self.heading = part
        self.found.loose.append(part)

    def _hangs(self, position: int) -> bool:
        """Whether a line stands right below the list of units of the open item, or below another
        one that does: names that hang below a label are no heading, and what they are is unread."""
        last = self.open.parts[-1] if self.open and self.open.parts else None
        is_below_list = bool(last and last.use == "units" and last.position == position - 1)
        return is_below_list or self.hanging == position - 1


def _is_deeper(number: str, above: str) -> bool:
    """Whether a number of three levels or more is one below another: 1.2.3 below 1.2."""
    own, over = levels(number), levels(above)
    return len(own) > 2 and len(own) > len(over) > 0 and own[: len(over)] == over


def is_label_only(text: str, spans: list[Span]) -> bool:
    """Tell whether a paragraph is nothing but labelled lists: 1.责任单位：… is no item."""
    return sum(span.end - span.start for span in spans) >= len(text.strip()) - 4


# 梅爱卫发〔2025〕4号, 发布日期：2025年3月1日, （2024—2026年）: what a document says of itself or to
# whom it goes, and no section
_OF_DOCUMENT = expression(
    r"[一-鿿]{1,14}[〔\[(（【](?:19|20)\d\d[〕\])）】]第?\d{1,5}号"
    r"|(?:发布|公开|成文|印发|发文|制发|公布|更新)?(?:日期|时间|来源|机构|机关|单位|文号|字号|作者)[:：].*"
    r"|(?:各|[省市县区州旗]直|有关|机关)[^。]{1,38}[:：]"
    r"|[(（]?(?:19|20)\d\d年?(?:[-—–~～至到]{1,2}(?:19|20)\d\d年?|\d{1,2}月\d{1,2}日)[)）]?"
)


def _is_prose_start(text: str) -> bool:
    """本报讯, 为贯彻落实…: the introduction of a notice, whatever stands at its end."""
    return bool(re.match(r"\s*(?:为|根据|按照|近日|本报|今年以来|\d{1,2}月\d{1,2}日)", text))
