"""Find the title of a document, in its head: not in the frame of a page, a cell, a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from yiyang.core.text import simplify, squash
from yiyang.reading.metadata import issuers
from yiyang.reading.metadata.lines import CALL, DAY, HEAD, NUMBER, Line, body
from yiyang.reading.metadata.stamps import narrow, number_of
from yiyang.safety.later import expression

# 关于…的通知, …实施方案, …任务清单（2023-2025年）, …2025年工作要点
_END = expression(
    r"(?:通知|方案|清单|要点|计划|意见|办法|措施|举措|政策|分工|分解|分解表|分工表|安排|任务|任务表|一览表|任务书|台账|规划|实事|决定|函"
    r"|公告|通告|公示|通报|报告|专报|简报|快报|批复|答复|复函|细则|规定|条例|章程|行动|进展|情况|总结|汇总表|进度表|表|卡|目标|规范|标准|指南|说明|案例|纪要)"
    r"(?:[（(《\[【].{0,30}[）)》\]】])?(?:来[了啦]|出炉|公布|发布)?[!！~～]{0,3}$"
)
# 关于…的通知 and how else a title ends that says what it is about
_FORMAL = expression(
    r"关于.{2,300}(?:通知|意见|方案|决定|函|公告|通告|通报|报告|专报|简报|批复|答复|说明|安排|分工|清单|措施|规定|办法|计划)(?:[（(].{0,30}[）)])?$"
)
# 当前位置：首页 > 政务公开, 备案号, 字号：大 中 小, 由会员分享: the frame of a page
_FRAME = expression(
    r"当前位置|现?在的位置|您的位置|首页|门户网站|(?:政府|官方)网$|网站$|ICP备|备案[号序]|版权所有|浏览[量次]|点击[数量]|阅读[量次]|责任编辑|字[体号][:：]"
    r"|【字体|打印本页|关闭窗口|扫一扫|法宝引证码|原文链接|公网安备|网站标识码|技术支持|主[办管]单位?[:：]|承办[:：单]|会员分享|珍藏版|分享到|索引号"
    r"|长者(?:助手|模式)|关怀版|高级搜索|上一[篇条]|下一[篇条]|相关(?:链接|阅读|文件|附件)|^来源|^附件|^附[:：]|^抄送|^主送|^发布(?:时间|日期|机构)|https?://|www\."
    r"|!\[|点击[上下]方|[点击]蓝字|关注我们|分享按钮|我的收藏|智能朗读|本地目录|^栏目|正文={2,}|={5,}|^-+$|下载(?:文字|图片)版|政府信息公开(?:目录|指南|年报|专栏|平台)?$"
)
# 无障碍, 用户登录, 搜索以下关键词: buttons of a page, where the line is no title otherwise
_BUTTON = expression("无障碍|登录|注册|搜索|微信|微博|导航|公众号|客户端|小程序|收藏")
# 政务公开, 通知公告, 规划计划, 工作报告: an entry of the menu of a page
_MENU = expression(
    r"^(?:(?:政务|政府|信息|财政|人事|重点|领域|法定|主动|依申请|基层|政策|法规|规章|规范性|文件|部门|通知|公告|公示|公开|规划|计划|工作|动态|报告|新闻|中心|互动|交流"
    r"|办事|服务|解读|决策|部署|落实|情况|统计|数据|专题|专栏|机构|职能|领导|之窗|信用|目录|指南|年报|制度|其他|意见|征集|调查|民意|咨询|投诉|走进|概况|最新|要闻|热点|应急|管理|预案|建议|提案|办理|和|与|及)+)$"
)
# 联系人：…, 索引号: YL…, 序号, 某某文件: beside or above a title, and none
_NO_TITLE = expression(
    r"^(?:填[报表写]|编制|使用|操作)?说明[:：]?$"
    r"|^(?:序号|编号|备注|联系电话|联系人|电话|地址|邮编|签发人|密级|紧急程度|特急|加急|急件|目录)"
    r"|文件$|令$|[:：]$|^(?:主题词|关键词|索引号?|作者|编辑|文号|时间|日期|名称|摘要)[:：]|^(?:(?![一-鿿]{2}).)*$"
)
# 2021年任务分解表.docx(4页珍藏版)
_FILE = expression(r"\.(?:docx?|pdf|xlsx?|wps|html?)(?:[（(].*)?$", re.I)
# 标题：, 附件2：
_LABEL = expression(r"^(?:标题|主题|名称|文件名称|文件标题|附件\s*\d{0,2})\s*[:：]")
# 第12期（总第86期）, 2026年第3期: the line below the name of a bulletin, which is no title
_ISSUE_OF = expression(
    r"^[（(【\[]?(?:(?:19|20)\d\d年)?第[\d一二三四五六七八九十〇]{1,4}期(?:[（(]总.{1,8}[）)])?[）)】\]]?$"
)
# 中共云岭县委督查室　2026年4月8日: those who issue it and the day, on the line above a title
_ENDS_IN_DAY = expression(rf"(?:{DAY.pattern})$")
_LONGEST = 160


_FULL = 4
"""What a line is rated that is a title in full form: 关于…的通知."""


class Title(NamedTuple):
    """A title, the number that was glued to it, its line, and the position of that line."""

    text: str = ""
    number: str = ""
    line: int = 0
    position: int = -1


def title_year(title: str) -> int | None:
    """Return the year that a title speaks of: 2024年重点工作, 2025年度…; None for none, or for
    several (2023-2025年). The year of a number or of what it forwards is none."""
    words = NUMBER.sub("", re.sub(r"(?<!印发)(?<!发布)《[^《》]*》", "", squash(title)))
    if re.search(r"\d{4}年?[-—–~～至到]+\d{2,4}年", words):
        return None
    years = {int(y) for y in re.findall(r"(?<!\d)((?:19|20)\d\d)年(?!\d{1,2}月)(?!代)", words)}
    return years.pop() if len(years) == 1 else None


def neat(text: str) -> str:
    """Return a title without the blanks of its setting; English words, and agencies before 关于,
    keep theirs."""
    text = " ".join(text.split())
    about = re.search("关于|印发|转发", text)
    if about and " " in text[: about.start()].strip():
        before = text[: about.start()].strip()
        if issuers.names_in(before) and all(map(issuers.names_in, before.split(" "))):
            return before + neat(text[about.start() :])
    word = r"[A-Za-z0-9.,:;&'’+\-/]"
    return re.sub(rf"(?<!{word}) | (?!{word})", "", text)


def find(lines: Sequence[Line]) -> Title:
    """Find the title of a document, from the lines above its text; else one that stands behind
    its signature, or behind the last words of a notice (the sheet with the title was lost); else
    none."""
    end = body(lines)
    is_addressed = end < len(lines) and lines[end].is_address
    found = _best(lines, range(end), is_addressed=is_addressed)
    if found.text:
        return found
    for n in range(end, min(end + 40, len(lines))):
        words = narrow(lines[n].words)
        if (day := DAY.search(words)) and day.end() == len(words) and len(words) < 60:
            after = range(n + 1, min(n + 4, len(lines)))
            return _best(lines, after, is_plain=False)
    for n in range(end, min(end + 10, len(lines))):
        if _LAST_WORDS.search(lines[n].words):
            below = _best(lines, range(n + 1, min(n + 4, len(lines))), is_plain=False)
            if below.text:
                return below
    helped = any(_HELP.match(line.words) for line in lines[:end])
    for n in range(end, min(end + 20, len(lines))) if helped else ():
        if (below := _best(lines, range(n, n + 1), is_plain=False)).text:
            return below
    return Title()


# 填报说明: on a sheet of its own, before the sheets whose titles count
_HELP = expression("^填[报表写]说明")
# 特此通知。, 现印发给你们，请认真落实。: what stands above the list that a notice brings
_LAST_WORDS = expression("^特此(?:通知|印发)|(?:印发|下发)给你们")


def _best(
    lines: Sequence[Line], where: range, *, is_plain: bool = True, is_addressed: bool = False
) -> Title:
    """The line that most looks like a title, of several the first; above an address one in full
    form that stands on a line of its own before one put together of several, which may be the links
    of a page."""
    rated: list[tuple[int, int, Title]] = []
    single: list[Title] = []  # titles in full form on one line
    n = where.start
    while n < where.stop:
        joined, used = _joined(lines, n, where.stop)
        text, number = cut(joined)
        rate = _rate(lines, n, text)
        if rate > (0 if is_plain else 1):
            rated.append((-rate, n, Title(text, number, lines[n].number, n)))
            if rate == _FULL and used == 1:
                single.append(rated[-1][2])
        n += used
    best = min(rated, default=(0, 0, Title()))[2]
    return single[0] if is_addressed and single and best not in single else best


def _rate(lines: Sequence[Line], n: int, text: str) -> int:
    """How much a line looks like a title: 0 for not at all, 1 where nothing speaks against it."""
    words = simplify(squash(text))
    line = lines[n]
    is_other = (
        _is_masthead(lines, n)
        or line.is_row
        or line.is_sentence
        or line.is_address
        or _is_in_menu(lines, n)
    )
    if is_other or not 4 <= len(words) <= _LONGEST or _is_frame(words):
        return 0
    if (
        DAY.match(words.lstrip(_OPEN))
        or number_of(words)
        or issuers.names_in(text)
        or _is_signed(text)
        or _NO_TITLE.search(words)
    ):
        return 0
    if _FORMAL.search(words):
        return _FULL
    if _END.search(words):
        return 3 if len(words) > 7 else 2
    if re.match(".{2,6}[:：]", words):  # 浏览次数：22
        return 0
    return 1 if len(words) <= 60 else 0


def _is_signed(text: str) -> bool:
    """Whether a line holds an agency and the day of issue: 县政府办公室　　2026年4月8日."""
    day = _ENDS_IN_DAY.search(squash(text))
    return bool(day and issuers.names_in(squash(text)[: day.start()]))


_OPEN = "(（【[〔"


def _is_masthead(lines: Sequence[Line], n: int) -> bool:
    """Whether a line is the name of a bulletin, above the line of its issue, or that line."""
    below = lines[n : n + 2]
    if lines[n].words.endswith("纪要"):  # of minutes the name of the series is the title
        return False
    return any(_ISSUE_OF.match(narrow(line.words)) for line in below)


def _is_frame(words: str) -> bool:
    """Whether words stand on a page round its text."""
    is_button = bool(_BUTTON.search(words)) and not _END.search(words)
    return is_button or bool(_FRAME.search(words) or _MENU.match(words))


def _is_in_menu(lines: Sequence[Line], n: int) -> bool:
    """Whether a line stands in a run of very short ones, as the menu of a page leaves them."""
    around = [len(line.words) <= 10 for line in lines[max(0, n - 3) : n + 4]]
    return len(lines[n].words) <= 10 and len(around) > 4 and all(around)


# …三年行动 / 2025年度重点任务分工表
_OF_YEAR = expression(
    r"20\d\d年度?[^,，。;；:：\d]{2,24}(?:清单|分工表?|分解表?|任务表?|一览表|要点|台账|安排表?)"
)


def _joined(lines: Sequence[Line], n: int, stop: int) -> tuple[str, int]:
    """The line, or a title that is broken over some lines, and how many they are."""
    text = lines[n].text
    goes_on = n + 1 < stop and _OF_YEAR.fullmatch(lines[n + 1].words)
    if (_is_whole(text) and not goes_on) or not _may_go_on(lines[n]):
        return text, 1
    for more in range(1, min(4, stop - n)):
        below = lines[n + more]
        begins_anew = bool(issuers.in_title(below.text)[0]) and not issuers.names_in(text)
        if begins_anew or not _may_go_on(below) or below.text.startswith(("附件", "来源")):
            break
        text = _and(text, below.text)
        if _is_whole(text) and (_FORMAL.search(squash(text)) or len(squash(text)) <= 60):
            is_own = (
                more == 1 and _is_whole(below.text) and not re.match("关于|印发", lines[n].words)
            )
            if is_own and not goes_on and "关于" not in lines[n].words and len(below.words) > 12:
                break
            return text, more + 1
    return lines[n].text, 1


def _and(one: str, other: str) -> str:
    """Two lines of a title; a blank stands between two agencies and between English words."""
    is_names = bool(issuers.names_in(one)) and bool(
        issuers.in_title(other)[0] or issuers.names_in(other)
    )
    is_words = bool(re.search("[A-Za-z]$", one) and re.match("[A-Za-z]", other))
    return one + (" " if is_names or is_words else "") + other


def _is_whole(text: str) -> bool:
    words = squash(text)
    return bool(_END.search(words)) and words.count("《") == words.count("》")


def _may_go_on(line: Line) -> bool:
    """Whether a line may be a part of a broken title."""
    words = line.words
    return (
        not (
            line.is_row or line.is_sentence or line.is_address or line.is_heading or line.is_columns
        )
        and not re.search("[:：]", words)
        and not number_of(words)
        and not DAY.match(words.lstrip(_OPEN))
        and not _ENDS_IN_DAY.search(words)
        and not _FRAME.search(words)
        and not words.endswith("文件")
        and 1 < len(words) <= 70
    )


def cut(text: str) -> tuple[str, str]:
    """Return a title without the number, red head or file ending that is glued to it, and that
    number."""
    text = _FILE.sub("", _LABEL.sub("", CALL.sub("", text.strip()))).rstrip("。")
    found = list(NUMBER.finditer(text))
    number = ""
    if found:
        first, last = found[0], found[-1]
        before = text[: last.start()].rstrip()
        if last.end() >= len(text.rstrip("）)】] ")) and not before.rstrip("（(").endswith("》"):
            number, text = _glued(text, last.start(), last.end(), is_behind=True)
        elif not re.search("《|根据|按照|关于", text[: first.start()]):
            number, text = _glued(text, first.start(), first.end(), is_behind=False)
    if whole := _QUOTED.fullmatch(text.strip()):
        text = whole[1]
    return neat(re.sub(r"^[^《关]{2,40}?文件(?=.{2,40}关于)", "", text)), number


# 《某省人民政府办公厅关于印发〈…〉的通知》: the marks are those of who cites it
_QUOTED = expression("《([^《》]{4,120}(?:《[^《》]{2,80}》[^《》]{0,20})?)》")


def _glued(text: str, start: int, end: int, *, is_behind: bool) -> tuple[str, str]:
    """The number between two positions and the title on its one side."""
    printed = text[start:end]
    if not is_behind:
        return number_of(text[:end]) or printed, text[end:].lstrip("）)】] ")
    whole = re.match(rf"(.*{_END.pattern[:-1]})([一-鿿]{{1,12}}[〔\[(（【].*)$", text[:end])
    if whole and not text[:start].rstrip().endswith(("（", "(")):
        return squash(whole[2]), whole[1]
    return squash(printed), text[:start].rstrip("（(【[ ")


__all__ = ["HEAD", "Title", "cut", "find", "neat", "title_year"]
