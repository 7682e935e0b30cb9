"""Find the units of a paragraph that no bracket and no label holds: its last sentence, one of its
own, names behind a dash, called upon, in front of all its words."""

from __future__ import annotations

import re

from yiyang.grammar import quantities, roles
from yiyang.parse import own_sentences, spread
from yiyang.parse.numbers import style_of
from yiyang.parse.shapes import (
    ROLE_END,
    are_known_units,
    is_known_unit,
    is_role_list,
    is_units,
)
from yiyang.parse.unit_spans import Span, cut, joined
from yiyang.safety.later import expression


def at_either_end(text: str) -> list[Span]:
    """Return the units behind a dash, called upon, in front of all words, or in the last clauses;
    the first of these that a paragraph has."""
    return (
        _behind_dash(text)
        or mentioned(text)
        or before_words(text)
        or _in_front(text)
        or _asked(text)
        or _by_whom_behind(text)
        or _by_whom_inside(text)
    )


# 建设公寓600套 / 区住建局, 植树1.5万亩——区林草局
_DASHED = expression(r"\s?(?:/|—{1,2}|-{2}|─{1,2})\s?([^/—\-─。；;]{2,60})[。；;]?$")


def _behind_dash(text: str) -> list[Span]:
    """Known units behind a dash or stroke at the end of a paragraph."""
    match = _DASHED.search(text)
    if not match or not match.start() or not are_known_units(match[1]):
        return []
    return [Span(match.start(), match.start(1), "stop"), Span(match.start(1), len(text), "units")]


# …，由县水利局牵头，县财政局配合，7月底前完成: the last clauses of the words of an item
_BY_WHOM_BEHIND = expression("[，,]由(?=[^由。；;]{2,120}[。；;]?$)")


def _by_whom_behind(text: str) -> list[Span]:
    """Known units with role words, and times beside them, that end the only sentence of an item."""
    bare = text.rstrip("。；; \n")
    match = _BY_WHOM_BEHIND.search(bare, max(len(bare) - 130, 0))
    # A line without a number may be half a sentence: 总投资预计 / 1.65亿元，由县财政统筹。
    if not match or re.search("[。；;！]", bare) or style_of(text)[0] < 0:
        return []
    start = match.start() + 1
    clauses = cut(text, start, len(bare))
    units = "".join(text[c.start : c.end] for c in clauses if not c.use).strip("，, ")
    is_list = is_role_list(units) and are_known_units(units.removeprefix("由"))
    return _of_it(text, start, len(bare)) if is_list else []


# 开展排查。由县民政局牵头，县残联配合，逐户走访: clauses between others of the only sentence of an
# item, or of the one behind its title
# 王磊同志分管，镇农业服务中心牵头，各村配合，设立收购点6个: the same, somebody named in front
_BY_WHOM_INSIDE = expression(
    "(?<=[。，,])由(?=[^由。；;]{2,160})"
    "|(?<=。)(?P<person>(?:由)?[一-鿿]{2,4}(?:同志)?(?:分管|包抓|包保|包联|牵头抓总|总负责)[，,])?"
    "(?=[^由。；;，,]{2,40}(?:牵头|主办|主责)[，,])"
)
_CLAUSES_OF = expression("[^，,。；;]{1,120}[，,]?")
_LONGEST_TITLE = 40


def _by_whom_inside(text: str) -> list[Span]:
    """Known units with role words in the middle of what an item says, where nothing else in it
    says who does what."""
    level, number = style_of(text)
    bare = text.rstrip("。；; \n")
    found = list(_BY_WHOM_INSIDE.finditer(bare))
    starts = [match.end() if match["person"] else match.start() for match in found]
    title, stop, rest = bare[len(number) :].partition("。")
    is_titled = stop and len(title) <= _LONGEST_TITLE and not re.search("[，,；;]", title)
    if level < 0 or len(starts) != 1 or re.search("[。；;！]", rest if is_titled else title + stop):
        return []
    end = starts[0]
    for clause in _CLAUSES_OF.finditer(bare, end):
        words = clause[0].rstrip("，,").removeprefix("由")
        is_list = is_role_list(words) and _are_named(words)
        if clause.start() == end and (is_list or (end > starts[0] and _supports(words))):
            end = clause.end()
        elif is_list:  # a second list, of which it is not said what each is about
            return []
    if not starts[0] < end < len(bare):
        return []
    person = [Span(*found[0].span("person"), "person")] if found[0]["person"] else []
    return [*person, Span(starts[0], end, "units")]


# 县总工会、溪口职业中专配合: right behind those who lead, whoever they are
_SUPPORTS = expression(r"[^\d，,。；;：:（()）]{2,60}(?:配合|协助|协办|参与|协同)")
_DOES = expression("做好|开展|推进|加强|落实|完成|积极|主动|全力|认真|切实")


def _supports(words: str) -> bool:
    """Whether a clause names who supports, and says nothing else."""
    return bool(_SUPPORTS.fullmatch(words)) and not _DOES.search(words)


_NAME = r"[@＠]\s?[^\s@＠，,、。；;：:（()）]{2,22}"
# @县农业农村局 牵头、@县气象局 配合，: names that a message calls upon, with the part of each
_MENTIONED = expression(
    rf"(?:烦?请|由)?\s?(?:{_NAME}(?:\s(?:{ROLE_END.pattern[:-1]}))?[\s、，,：:和]{{0,4}}){{1,12}}"
)
_MENTION = expression(_NAME)


def mentioned(text: str) -> list[Span]:
    """Return the units that a message calls upon in front of the words of an item or behind
    them."""
    start = len(style_of(text)[1])
    end = len(text.rstrip("。；;！! "))
    for match in _MENTIONED.finditer(text, start, end):
        names = [ROLE_END.sub("", m[0].lstrip("@＠ ")) for m in _MENTION.finditer(match[0])]
        is_at_end = match.start() == start or match.end() == end
        if is_at_end and all(is_units(name) or is_known_unit(name) for name in names):
            return [Span(match.start(), match.end(), "units")]
    return []


# 由县民政局牵头，新建…; 由县人社局会同县民政局，培训…
_BY_WHOM = expression(
    r"(?:由|请(?!各|有关|相关|以上|上述|贵))([^，,。；;：:（(]{2,60})[，,]\s?(?=[^，,。；;]{4})"
)


def _in_front(text: str) -> list[Span]:
    """Units with a role word that stand before all the words of an item."""
    decided = _DECIDED.match(text)
    start = decided.end() if decided else len(style_of(text)[1])
    match = _BY_WHOM.match(text, start)
    if not match or not (is_role_list(match[1]) or "会同" in match[1]):
        return []
    end = match.end()
    # 由县水利局牵头，县财政局配合，6月15日前完成加固
    behind = _CLAUSES_OF.match(text, end)
    if behind and behind[0].endswith(("，", ",")) and _supports(behind[0].rstrip("，,")):
        end = behind.end()
    if decided:
        return [Span(0, start, "stop"), Span(start, end, "units")]
    return [Span(start, end, "units")] if are_known_units(match[1]) else []


# 会议决定：由药学部牵头，财务科参与，7月15日前完成…: names that nobody need know, for it says so
_DECIDED = expression(r"\s*会议(?:研究)?(?:决定|议定|明确|确定|同意)[:：，,]?\s*")
# 市商务局牵头编制布局方案，市资规局配合，8月15日前报审; not 市商务局负责人
_LEADS_TO = expression(
    r"([^，,。；;：:（(\d]{2,40}?(?:牵头(?:负责)?|负责|承办|主办))(?!人|制|同志|的|单位|部门|[^,，。;；]{1,8}的)(?=[一-鿿“《]{4})"
)
_OTHERS = expression("牵头|负责|承办|主办")
# 县交通局牵头县公安局参与联合治超
_WITH = expression(
    "[一-鿿、]{2,16}(?:[局委办厅部镇乡]|中心|公司|街道)(?:参与|参加|配合|协助|协同|共同|联合)"
)


def leads_to(text: str) -> list[Span]:
    """Return the known units with which an item of minutes begins, whose part is followed by what
    they do, and those that support them in a later clause; the words stay whole otherwise."""
    level, number = style_of(text)
    match = _LEADS_TO.match(text, len(number)) if level >= 0 else None
    if not match or not are_known_units(match[1]) or _OTHERS.search(text, match.end()):
        return []
    if _WITH.match(text, match.end()):
        return []
    found = [Span(len(number), match.end(), "units")]
    for clause in _CLAUSES_OF.finditer(text, match.end()):
        words = clause[0].rstrip("，,")
        if _supports(words) and _are_named(words):
            found.append(Span(clause.start(), clause.end(), "units"))
    return found


_ASKS = expression("(?:现?商|烦|恳|敬|拟|并)?请(?!各|有关|相关|示|假|以上|上述|贵)")
# 于4月20日前, 8月底前, 协助核查: when or what, behind the unit that a letter asks
_FOR = expression(
    r"[，,]?(?:(?:务必|及时|尽快|抓紧)?[于在]?\d{1,4}[年月日]|[于在][本下明今年月][^，,。；;]{0,8}前"
    "|(?:帮助|协助|支持|尽快|及时|牵头|负责|积极|继续|进一步)?(?:提供|出具|报送|反馈|比对|核查|核实|核对|查询|安排|制定|编制|开展|组织"
    "|推进|落实|加快|制作|宣传|发布|刊播|拍摄|设计|邀请|选拔|推荐|承办|主办|布置|维护|保障|督促|指导|完成|办理|审核|研究|明确|选派|做好))"
)


def _asked(text: str) -> list[Span]:
    """Return the known units that the words of a numbered item ask to do a thing:
    一、请县财政局于4月20日前提供明细。"""
    level, number = style_of(text)
    asks = _ASKS.match(text, len(number)) if level >= 0 else None
    for what in _FOR.finditer(text, asks.end(), asks.end() + 60) if asks else ():
        name = text[asks.end() : what.start()] if asks else ""
        if re.search("[，。；;：:]", name):
            break
        if (is_units(name) or "会同" in name) and are_known_units(name):
            return [Span(len(number), what.start(), "units")]
    return []


# 区城管局：更新果皮箱…, 区住建局、各街道：清洗…
_BEFORE_WORDS = expression(r"([^:：，,。；;（()）]{2,60})[:：]\s?(?=[^:：\s]{4})")


def before_words(text: str) -> list[Span]:
    """Return the known units with a colon that stand before the words of a numbered item."""
    level, number = style_of(text)
    match = _BEFORE_WORDS.match(text, len(number)) if level >= 0 else None
    if not match or not is_units(match[1]) or not are_known_units(match[1]):
        return []
    start, end = match.span(1)
    return [Span(start, end, "units"), Span(end, match.end(), "stop")]


# 此项工作由市公安局牵头: what a last sentence says before its units
_OF_IT = expression(
    r"(?:此|该|本|以上|上述)(?:各?项|条|[一二两三四五六七八九十\d]{1,2}[项条])?(?:工作|任务|措施|事项|项目)(?:均|都)?由?"
)


# 说明：…, 注：…: what stands below a list and is no item of it, whatever its last sentence names
_NOTE = expression(r"(?:附?注|备注|说明|填表说明)\s?[:：]")


def own_sentence(text: str) -> list[Span]:
    """Return the spans of a line, or of its last sentence, that only says who does a thing."""
    end = len(text.rstrip("。；; \n"))
    start = max(text.rfind(mark, 0, end) for mark in "。！") + 1
    if spread.ABOVE.match(text, start) or _NOTE.match(text):
        return []
    return [Span(*span) for span in own_sentences.find(text, start)]


# 各区直单位 may go on in the next line; 分管县审计局 is said of a person
_OF_ALL = expression("[^、，,]{0,4}(?:各|有关|相关|分管|联系)")


def last_sentence(text: str) -> list[Span]:
    """Return the spans of a last sentence that is nothing but units and roles:
    …。市民政局牵头，市财政局配合。"""
    if _NOTE.match(text):
        return []
    end = len(text.rstrip("。；; \n"))
    start = max(text.rfind(mark, 0, end) for mark in "。；;！") + 1
    sentence = text[start:end]
    is_about_above = bool(spread.ABOVE.match(sentence)) and len(sentence) > 8
    if is_about_above and not start and _OF_IT.match(sentence):
        return _of_it(text, start, end)
    if not start or sentence.startswith(("各级各部门", "全")) or roles.is_rule(sentence):
        return []
    if is_role_list(sentence):
        # 市民政局牵头；市财政局配合: the list may have begun before a semicolon.
        while start > 1:
            earlier = max(text.rfind(mark, 0, start - 1) for mark in "。；;！") + 1
            if earlier and is_role_list(text[earlier : start - 1]):
                start = earlier
            else:
                break
        return [Span(start, len(text), "units")]
    # 1.新增床位20张。市卫生健康委、市财政局: of an item alone, for a line may be half a sentence
    is_item = style_of(text)[0] >= 0 and not _OF_ALL.match(sentence)
    if is_item and is_units(sentence) and are_known_units(sentence):
        return [Span(start, len(text), "units")]
    return _of_it(text, start, end) if _OF_IT.match(sentence) or sentence[:1] == "由" else []


def _of_it(text: str, start: int, end: int) -> list[Span]:
    """此项工作由县公安局牵头，县卫健局配合，7月底前完成。: units, and the times beside them."""
    clauses = cut(text, start, end)
    # 10月底前完成12个小区改造, 5月10日前完成校车检查, behind units: what the task is, and by when
    rest = clauses.pop() if _counts(text, clauses[-1]) or _says_work(text, clauses[-1]) else None
    if any(_counts(text, clause) for clause in clauses):
        return []
    units = "".join(text[c.start : c.end] for c in clauses if not c.use)
    words = _OF_IT.sub("", units, count=1).strip("，, ")
    is_by_whom = text[start] == "由" and ROLE_END.search(units) is None
    if not (are_known_units(words.removeprefix("由")) if is_by_whom else is_role_list(words)):
        return []
    found = joined(text, clauses)
    return [*found, Span(end, len(text), "stop")] if end < len(text) and not rest else found


# 于5月10日前完成全县校车逐车检查; not 5月10日前完成全部整改任务, 12月底前见效
_WORK = expression(
    r"[底末前内日月](?:全部|全面|基本|如期|按期)?(?:完成|开展|启动|建成|组织|制定|出台|印发|上报|报送)(?:本年度?|全年)?(?P<what>[一-鿿“”《》、]{4,})"
)
_NO_WORK = expression(
    "(?:全部|全面|各项|所有|上述|以上|相关|年度|阶段性?|整改|整治|改造|建设|治理|销号|验收|目标|工作|任务|事项|措施|内容|项目|工程|总结|情况|一次){1,6}"
)


def _says_work(text: str, clause: Span) -> bool:
    """Whether a clause of a time says what is to be done by then."""
    if clause.use != "deadline":
        return False
    found = _WORK.search(text[clause.start : clause.end].rstrip("。；;，, "))
    return found is not None and not _NO_WORK.fullmatch(found["what"])


# 县粮食和物资储备中心: which no table knows, and yet the name of a unit of the place
_LOCAL = expression(
    "(?:[省市州盟县区旗镇乡]|[一-鿿]{2,6}[省市县区旗镇乡])[一-鿿]{2,16}"
    "(?:局|委|办|中心|政府|公司|集团|所|站|馆|大?队|委员会|办公室)"
)


def _are_named(words: str) -> bool:
    """Whether words are the names of units with their parts, be they known or of the form of one
    of the place."""
    names = (ROLE_END.sub("", name) for name in re.split("[、，,]", words.removeprefix("由")))
    return are_known_units(words) or all(map(_LOCAL.fullmatch, names))


def _counts(text: str, clause: Span) -> bool:
    return clause.use == "deadline" and quantities.counts(text[clause.start : clause.end])
