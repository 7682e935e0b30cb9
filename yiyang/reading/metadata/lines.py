"""Cut a document into the lines that head and signature are read from, and say how each looks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from yiyang.core.text import simplify, squash
from yiyang.extract import Block
from yiyang.grammar import roles
from yiyang.safety.later import expression

HEAD = 150
"""Lines at the beginning of a document in which its head is looked for."""
_LONG = 800
"""Characters of a line in which a whole page stands."""

# 竹府办〔2016〕20号, 国发[2018]39号, 许政 [2020] 20号, 京卫老龄〔2021〕1号
NUMBER = expression(
    r"[一-鿿]{1,12}\s*[〔\[(（【﹝]\s*(?:19|20)\d\d\s*[〕\])）】﹞]\s*第?\s*\d{1,5}\s*[号號]"
)
# ２０２１年４月１５日, 2021-04-15, 2021.4.15, 二〇二一年四月十五日, 二○○九年…
DAY = expression(
    r"(?:19|20)\d\d\s*[年\-/.]\s*\d{1,2}\s*[月\-/.]\s*\d{1,2}\s*(?:日|(?!\d))|二[〇○零OＯo一二三四五六七八九]{3}年"
    r"[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
)
# <doch>, <br/>, **: marks that were left in a text
_MARKS = expression(r"</?[A-Za-z][\w]*\s*/?>|\*\*|^\s*(?:#+|[>•·●])\s*")
# Where a line that holds a page is cut: at blanks, behind sentences, addresses and 文件, round
# numbers and days, between 的通知 and whom it is for
_CUTS = expression(
    rf"\s+|(?<=[。！])|(?<=：)(?=[^：]{{8}})|(?<=[文函]件)(?={NUMBER.pattern})|(?<=〕\d\d号)|(?<=〕\d\d\d号)|(?<=〕\d号)"
    r"|(?<=的通知)(?=各)|(?<=[月]\d日)(?!印发|[起前至、，])|(?<=[月]\d\d日)(?!印发|[起前至、，])"
    r"|(?=[（(]此件)|(?<=执行。)|(?=[一二三四五六七八九十]、)"
)
# 一、 （二） 3. 第四条 第一章 ①: how a part of the text begins
_HEADING = expression(
    r"^(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,3}[.．、](?!\d)|[①-⑳]"
    r"|第[一二三四五六七八九十百\d]{1,4}[章条节部])"
)
# 工作任务, 牵头单位, 完成时限, 序号: the heading of a column
COLUMN = expression(
    r"^(?:序号|编号|任务|事项|项目|指标|内容|备注|单位|(?:.{0,8})(?:任务|内容|事项|措施|单位|部门|时限|时间|指标|名称|领导|科室|进度|节点|情况))$"
)
# fmt: off
LABELS = frozenset((
    "索引号", "发文机关", "发文字号", "文号", "成文日期", "主题分类", "主题词", "发布机构",
    "发文日期", "印发日期", "制发日期",
    "公开方式", "有效性", "信息分类", "发布日期", "标题", "生成日期", "效力状态",
))
# fmt: on
"""Labels of the table above a text, where they stand in cells without a colon."""
# 各县（市、区）人民政府，市直各单位：, 省军区：, 各乡镇民政办：
_ADDRESSED = expression(r"各|政府|[局委厅办部会区]\b|单位|部门|机构|街道|公司|同志|代表|委员")

# 信息来源：某办 发布时间：2021-03-16 浏览次数：, which ends as an address does
_OF_PAGE = expression(
    "(?:来源|(?:发布|发文|更新)(?:时间|日期|机构)|浏览(?:次数|量)?|点击(?:次数|[数量率])?|阅读(?:次数|[数量])?|访问量?|字[体号]|作者|编辑)[:：]"
)


# 规范性文件统一编号：, 废止日期：: a label of the head that nothing was filled in behind
_EMPTY_LABEL = expression(
    "^(?!各)[^，、：:]{0,12}(?:编号|文号|[案字]号|引号|日期|时间|方式|分类|原文|解读|依据|期限|时效|状态|有效性|关键词|主题词|名称|标题|来源|层级|类别|类型)[:：]$"
)


# 📢 收藏！: what a post calls before its title
CALL = expression(
    r"^[^\w《（(“【\[]{0,4}(?:收藏|重磅|关注|速看|速览|定了|来了|官宣|最新|扩散|权威发布|转发)[!！丨｜|]\s*(?=[^。；！!]{6,80}[！!]?$)"
)


class Line:
    """A line as printed, cells with tabs between them; `words` are those without blanks."""

    def __init__(self, text: str, number: int, *, is_row: bool) -> None:
        self.text, self.number, self.is_row = _MARKS.sub("", text).strip(), number, is_row

    @cached_property
    def words(self) -> str:
        return squash(self.text)

    @cached_property
    def is_heading(self) -> bool:
        """Tell whether a part of the text begins here."""
        return bool(_HEADING.match(self.words))

    @cached_property
    def is_sentence(self) -> bool:
        """Tell whether it is running text."""
        # 关于做好津贴工作的通知。: a title with a stop behind it
        words = re.sub("^([^，。]{4,60}(?:通知|意见|方案))。$", r"\1", self.words)
        words = CALL.sub("", words).rstrip("！") if CALL.match(words) else words
        return bool(re.search("[。；！]", words)) or len(words) > 160

    @cached_property
    def is_address(self) -> bool:
        """Tell whether it says whom the document is for, and no more."""
        words = simplify(self.words)
        is_label = bool(re.match(rf"{roles.LABEL_WORDS}[:：]?$|.{{1,6}}[:：]$", words))
        to_whom = words.endswith(("：", ":")) and not re.search("[。；]|如下", words)
        is_known = bool(_ADDRESSED.search(words)) or not is_label
        return (
            to_whom
            and is_known
            and not _OF_PAGE.search(words)
            and not _EMPTY_LABEL.match(words)
            and not self.is_row
            and len(words) < 400
        )

    @cached_property
    def is_columns(self) -> bool:
        """Tell whether it is the header of a table, or a cell of one."""
        cells = [squash(cell) for cell in self.text.split("\t")]
        known = sum(bool(COLUMN.match(simplify(cell))) for cell in cells)
        return known > 1 or (known == 1 and len(self.words) <= 4)


def read_lines(blocks: Sequence[Block]) -> list[Line]:
    """Return the lines of a document; one that holds a whole page is cut where lines were."""
    found: list[Line] = []
    size = sum(len(cell.text) for block in blocks[:4] for cell in block.cells)
    is_short = len(blocks) <= 3 and size > 100
    for block in blocks:
        own = [cell for cell in block.cells if cell.text and not cell.is_repeat]
        if len(own) != 1:
            if len(found) > 2 * HEAD:  # rows of a table below the head say nothing of the document
                continue
            text = "\t".join(cell.text.strip() for cell in own)
            found.append(Line(text, block.line, is_row=len(own) > 1))
            continue
        for text in own[0].text.split("\n"):
            parts = _cut(text) if len(text) > _LONG or (is_short and len(text) > 60) else [text]
            found += [Line(part, own[0].line, is_row=False) for part in parts]
    return [line for line in found if line.text]


def _cut(text: str) -> Iterator[str]:
    """The lines that were run together into one, as far as their words show where each ended."""
    for part in _CUTS.split(text[: 6 * _LONG]):
        if part and part.strip():
            yield part


# 收件人：某局办公室；某某局, Cc: …: the lines above a mail
_OF_MAIL = expression(
    r"(?:发件人|收件人|抄送人?|密送|发送时间|发件时间|邮件主题|主题|附件|From|To|Cc|Bcc|Sent|Date|Subject|Attachments?)[:：](?!$)",
    re.I,
)


def body(lines: Sequence[Line]) -> int:
    """Find where the text begins: the address, the first heading, table or sentence.

    Sentences of a page's frame (a notice on cookies) stand alone; the text goes on.
    """
    for n, line in enumerate(lines[:HEAD]):
        if _OF_MAIL.match(line.words):
            continue
        if line.is_address or line.is_heading or (line.is_columns and not _is_label(line)):
            return n
        is_value = n > 0 and lines[n - 1].is_row and heads_labels(lines[n - 1])
        if line.is_row and not (_is_label(line) or is_value):
            return n
        if (
            line.is_sentence
            and not re.match("[>本]文正文|依《", line.words)
            and len(line.words) > 12
        ):
            return n
    return min(len(lines), HEAD)


def heads_labels(line: Line) -> bool:
    """Tell whether a row is nothing but labels, whose values stand in the row below."""
    cells = [squash(cell) for cell in line.text.split("\t")]
    return len(cells) > 1 and all(cell in LABELS for cell in cells)


def _is_label(line: Line) -> bool:
    """Whether a row holds labels and what they say: 发文机关：	国务院	成文日期：	2018年…"""
    cells = {squash(cell) for cell in line.text.split("\t")}
    has_colon = re.search("[:：](?:\t|$)|^[^\t]{2,6}[:：]", line.text)
    return bool(has_colon or cells & LABELS)
