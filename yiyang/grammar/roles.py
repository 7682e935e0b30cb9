"""Read the words by which a document says who does what: one rule for every list of units.

What each word says is data: `yiyang/curation/role_words.csv`, the first row whose word a printed
word holds. All patterns read simplified text; brackets and colons may be full or half width.
"""

from __future__ import annotations

import re

from yiyang.core import curated_csv, schema
from yiyang.core.text import remembered, simplify, squash
from yiyang.safety.later import expression

PRIMARY = frozenset(("lead", "responsible", "severally_responsible"))
"""The roles of those who answer for a task."""

PARTS = {
    "lead": "lead",
    "responsible": "responsible",
    "severally_responsible": "responsible",
    "supporting": "supporting",
}
"""The part that a unit has in a task, by the role of the word beside it."""

WORKPLACES = (
    "(?:储备|直属|中心|粮|物资)库|车间|工区|班组|(?:运检|检修|抢修|维修|运维|操作|巡检|保洁|养护|施工|电工)班|苗圃"
    "|[一-鿿]{2}厂|[一-鿿](?:[林农牧渔盐茶]|良种|原种|种畜|繁育)场"
)
"""What the names of places of work end with, that are units: 柳川线路车间, 水产良种场."""

_TABLE = [
    row
    for row, _ in curated_csv.rows(
        schema.CURATION / "role_words.csv", ("word", "role", "is_verb", "reason"), blank=["role"]
    )
]
_WORDS = tuple((row["word"], row["role"]) for row in _TABLE)
VERBS = tuple(row["word"] for row in _TABLE if row["is_verb"] == "True")
"""The role words that may stand behind the names in a sentence: 牵头, 承担, 指导."""
_NO_DUTY = "|".join(word for word, role in _WORDS if not role)


@remembered(4096)
def of(word: str) -> str | None:
    """Return the role that a printed role word or label names; `other` for one that says no role.

    None where the word says that its units have no part in any task (发布单位); of two words of the
    table that it holds, the upper counts.
    """
    words = squash(simplify(word))
    return next((role or None for known, role in _WORDS if known in words), "other")


@remembered(4096)
def is_known(word: str) -> bool:
    """Tell whether the table of role words knows a printed role word or label."""
    words = squash(simplify(word))
    return any(known in words for known, _ in _WORDS)


# 牵头单位/配合单位, 牵头（配合）单位: whose part is which, the heading does not say
TWO_PARTS = (
    r"(?:牵头|主办|主责|责任|负责)(?![^,，。;；]{0,4}含)[^,，。;；]{0,6}(?:配合|协办|协助|参与)"
    "[一-鿿]{0,4}[)）]?(?:单位|部门|$)"
)
_TWO_PARTS = expression(TWO_PARTS)


def says_two(heading: str) -> bool:
    """Tell whether the heading of a column names two parts that units of it have."""
    return bool(_TWO_PARTS.search(squash(simplify(heading))))


_DOES = (
    "牵头|主办|主责|责任|负责|落实|推进|实施|承办|配合|协办|协作|协同|协助|参与|参加|参建|支持|会办"
    "|承担|支撑|统筹|抓总|主抓|联办|经办"
)
_BODY = "(?:单位|部门|部室|机构|主体|处室|科室|股室|委办局|镇街|街镇|乡镇|街道|地区)"
# 责任县区, 牵头专班, 配合班组: who acts, behind a word that says no more than the part it has
_PART = "牵头|主办|主责|责任|负责|承办|配合|协办|协作|协同|协助|联办"
_ANY_BODY = (
    "(?:区县|县区|县市区|县[（(]市、?区[）)]|市县|市州|盟市|旗县|旗区|苏木|团场|镇村|村居|村社|社区|村组|园区"
    "|班组|站所|所站|院所|中心|专班|小组|团队|大队|支队|中队|岗位|条线|方|车间|工区|庭室|科队|所队|院系|学院|学校|企业|公司|局办|村委会|居委会|科|处|站|所|县|市|镇|乡|村)"
)
WORKED_OUT = (
    "研究(?:提出|制定|拟[定订]|起草|落实|解决)(?:(?:落实|实施|贯彻|具体|相关|有关|处理|工作|解决|推进){0,3}"
    "(?:意见|方案|措施|办法|建议))?(?:并组织实施|并抓好落实)?"
)
"""What units do who are asked to say how: 研究提出落实意见; none that names a matter of its own
(研究制定收费办法), which is the task."""
HEADING = (
    rf"(?:{_DOES}|主管|完成|执行|分工|工作)(?:{_BODY})|(?:{_PART}){_ANY_BODY}$|(?:第[二三四]|次要)责任"
    r"|^属地(?:责任|管理|落实)?(?:乡镇|镇街|街道|政府|主体)?$"
)
"""What makes a word the head of a column of units: 责任单位, 承办科室, 责任县区, 属地政府."""
# Words that stand in names and headings too (组织部门, 完成单位): with a colon only, as 分工 below.
_ALSO = "(?:办理|督办)(?:单位|部门)"
_COLON = r"\s*[:：】\]］]"
# 部门分工：市民政局牵头，各区配合。 is a list; 任务分工： before any other sentence is a heading.
_SHARED = (
    r"(?:部门|责任|任务|职责|工作)分工(?=\s*[:：][^。]{2,300}(?:牵头|负责|配合|协作|落实|参与|实施)"
    r"\s*(?:[。；;）)]|$))"
)
# 组织实施单位：, 牵头考核单位：, 包保单位：: any word that ends so, before a colon; not the address
# of a notice (各有关单位：, 市直各单位：), nor who published it.
_ANY = (
    r"(?!(?:各|有关|相关|所属|直属|驻|以上|上述|本|该|贵|等|和|及|与|[省市县区州旗]|[镇乡村]直|街道直|机关|事业|企业|企事业))"
    rf"(?![^、，,。：:]{{0,6}}(?:{_NO_DUTY}))"
    # 移动公司配合单位：: a name stands before the label
    rf"(?![一-鿿]{{3,8}}?(?:{_DOES}){_BODY})"
    rf"[^\W\da-zA-Z局委厅院署办处]{{2,8}}?(?:单位|部门|责任主体|责任机构)(?={_COLON})"
)

KNOWN_LABEL = (
    r"(?:(?:主要|第[一二三]|首要|次要|属地|主体|直接|共同|联合|其[他它]|具体|相关|总|[省市州区县][级直]){0,6}"
    rf"(?:(?:{_DOES}){{1,3}}(?:[和及与、/]?(?:{_DOES})|[（(](?:{_DOES})[）)])?"
    rf"{_BODY}(?:(?:和|及|与|、|/)?{_BODY}|[（(](?:{_DOES}|{_BODY})[）)])?"
    rf"|(?:{_PART}){_ANY_BODY}(?={_COLON})|(?:{_ALSO})(?={_COLON}))|{_SHARED})"
)
"""A printed label of known words without its colon: 责任单位, 主要协作单位, 牵头部门和单位."""

LABEL_WORDS = rf"(?:{KNOWN_LABEL}|{_ANY})"
"""Any printed label without its colon; words that are not known count before a colon only."""

SHORT_LABELS = "|".join(
    sorted(
        {*VERBS, "责任", "主责", "会办", "联办"} - {"完成", "办理", "建设"},
        key=lambda word: (-len(word), word),
    )
)
"""Labels that are a role word alone; before a colon only (牵头：, 配合：)."""

ABOVE_LABEL = expression(
    r"\s*[(（【]?(?:以上|上述|本[节章类]|本部分)(?:各?项|[一二两三四五六七八九十\d]{1,3}[项条件])?(?:任务|工作|措施|事项|项目)?的?"
    r"(?=(?:牵头|责任|配合|主责|主办|承办|协办|完成)[一-鿿]{0,4}[:：])"
)
"""What stands before a label that is about the items above it: 以上任务 of 以上任务牵头单位：."""

ASKED = r"(?<![^\s、，,；;：:。.()（）局厅部府院心司队校])(?:会办|联办)(?:单位|部门)?"
"""会办 and 联办 behind a name or at the beginning; in 管委会办 it is the office of a committee."""

GROUP = (
    r"(?:各|其[他它]|有关|相关|上述|以上)[^、，,；;:：。\s]{0,8}?(?:牵头|主办|主责|负责|配合|协办|承办|承接|参建)"
    r"(?:责任)?(?:单位|部门)"
    r"|[^、，,；;:：。\s]{2,20}?(?:牵头|主办|主责|负责|配合|协办)(?:责任)?(?:单位|部门)(?=按|分别|各自|共同|结合|牵头|负责|配合)"
)
"""A name of units that holds a role word and states none: 各项目牵头单位, 其他配合部门."""

MARKS = "★☆▲△※◆●＊*#"
"""Signs beside a name that say no role by themselves; a note of the document may (MARK_LEADS)."""

MARK_LEADS = expression(
    rf"(?P<mark>[{re.escape(MARKS)}])[”\"」）)]?(?:号|符号|标记|标识|标志|者|的|单位|部门|责任|均)*"
    r"(?:为|是|系|即|表示|代表)(?:该项|该|本|任务|工作|责任|的){0,4}(?:牵头|主办|主责)"
)
"""标★的为牵头单位, 责任单位中标注“▲”的为牵头单位: the units beside which the mark stands lead."""

OTHERS_SUPPORT = expression(
    r"其[他余它](?:的)?(?:责任)?(?:单位|部门)?(?:均|都)?(?:为|是|按照?(?:各自)?职责(?:分工)?)*(?:做好)?配合"
)
"""其余为配合单位, 其他单位按职责配合: what a rule says of the units that do not lead."""

_TOLD_TO_LEAD = r"[（(“\"‘]?(?:牵头|主办|主责)[）)”\"’]?(?:单位|部门|字样|责任|的|者){0,4}"
UNMARKED_SUPPORT = expression(
    rf"(?:(?:未|没有?|不)[标注][注明有出]{{0,3}}(?:为|是)?{_TOLD_TO_LEAD}"
    rf"|[标注][注明有出]{{0,3}}(?:为|是)?{_TOLD_TO_LEAD}[^。；;]{{0,14}}?[，,；;]其[余他它](?:单位|部门|的)?)"
    "(?:均|都|一律)?(?:为|是|系|按职责(?:分工)?)(?:配合|协办)(?:单位|部门)?"
)
"""未标注牵头的均为配合单位, 注明（牵头）的为牵头单位，其余为配合单位: the units of a list
support beside which no role is printed."""

REMARK = (
    r"(?:(?:责任单位|以上单位|各项任务)?中?[列排]名?在?(?:第一|首|最?前)|(?:第一|首)(?:位|个|名|家)?"
    r"(?:的|者|牵头|责任|单位|部门)*(?:即|作)?为)[^)）。\n]*"
)
"""What a list says of its order: 列第一位者为牵头单位, 首位为牵头单位，下同."""

FIRST_LEADS = expression(
    r"(?:[列排]名?在?(?:第一|最前)|(?:第一|首)(?:位|个|名|家))[^。；;）)\n]{0,12}?(?:为|是|即|系)"
    r"[^。；;）)\n]{0,6}?(?:牵头|主办|主责)"
)
"""列第一位的为牵头单位, 排在首位的部门为牵头部门: the first unit of a list leads."""


def is_rule(text: str) -> bool:
    """Tell whether a sentence says which units of the lists lead, and names none itself."""
    return bool(FIRST_LEADS.search(text) or MARK_LEADS.search(text))


EVERYWHERE = expression(
    r"(?:(?:以[上下])?(?:各项|任务|措施|条款){0,6}(?:均|都)(?:需|须|要|应|由){0,2}|下同[，,、])?"
    r"(?P<units>各[^。；;，,：:）)\s]{0,3}?(?:[（(〔\[][^（）()〔〕\[\]]{1,12}[）)〕\]])?[^。；;，,：:\s]{0,16}?)"
    r"(?:按(?:照)?职责)?(?:分别|具体|共同|均|都){0,4}(?:要|需|须)?(?:负责|抓好|组织|贯彻){0,4}(?:落实|实施|负责)"
    r"[，,、]?(?:以下|下文|后面|后文)?(?:均|都)?(?:不再|不另|不)(?:一一|逐一|逐项|重复|单独|另行){0,4}(?:列出|列明|列示|列|标注|注明)"
)
"""以下均需各县（市、区）落实，不再列出: units that every task of a document has."""

UNSAID = expression(r"下同|不再(?:一一|逐一|重复|单独|另行)*(?:列|标|注)")
"""What makes a remark inside one list hold for the lists that follow."""

# A, ①, (2), M: what stands for a unit in a list, as its legend says
_KEY = r"(?:[A-Za-zＡ-Ｚ]|[①-⑳]|[(（\[]\d{1,2}[)）\]])"
# A—县民政局；, ①县民政局, M为县民政局，: a key and the name that it stands for
_KEYED = expression(
    rf"(?<![A-Za-z])({_KEY})\s*(?:[—–―:：=＝\-]+|为|是|代表|表示|指|即)?\s*"
    r"([一-鿿（()）]{3,20}?)(?=\s*(?:$|[；;，,、。.\s)）]|[①-⑳]|[A-Za-zＡ-Ｚ](?:[—–―:：=＝\-]|为|是|代表)))"
)
KEYS = expression(rf"\s*{_KEY}(?:[、，,;；/\s+和]{{0,9}}{_KEY}){{0,60}}\s*")
"""A list of nothing but keys: A、B, ①③."""


def legend(text: str) -> dict[str, str]:
    """Return the units for which letters or numbers stand, as a note lists them; empty where it
    does not.

    注：A—区民政局；B—区残联, 责任单位：①市教育局 ②市委宣传部.
    """
    found = {m[1]: m[2] for m in _KEYED.finditer(text)}
    return found if len(found) > 1 else {}


def keys(text: str) -> list[str]:
    """Return the keys of a list that holds nothing else: A、B; empty for any other text."""
    return re.findall(_KEY, text) if KEYS.fullmatch(text) else []
