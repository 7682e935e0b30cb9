"""Resolve a printed name into the canonical agency that it stands for.

The rules, in the order in which they are tried (the one used is `Resolution.rule`):

`listed`   the name, or the name after a level word or a place (市卫健委, 中宁县卫生健康局), stands
           in the crosswalk.
`form`     the same but for its ending or a 和 (财政厅, 人力资源与社会保障局).
`branch`   a part that names its office first (国家税务总局中宁县税务局, 市公安局朝阳分局).
`pattern`  a kind of body of which there are too many to list (南湖路街道, 各相关委办局).
`bracket`  what stands outside a bracket answers for the whole: 财政局（金融办） is finance.

A name that none of them reads is not known: `agency_id` is None and `nearest` names the likest
known ones. Nothing is guessed from likeness.

Some names stand for different agencies at different times or after different words. With `on`,
those in use on that day are taken first; a place without a level word (湖南金融监管局) points to
the organ led from above, a level word (市金融监管局) to the local one; what is still open goes to
the agency listed first. A name outside its dates is still read (`, outside its dates` in the rule):
documents go on printing old names.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from functools import cache
from typing import NamedTuple

from yiyang.agencies.crosswalk import Entry, functions, lookup
from yiyang.agencies.name_folding import fold_name
from yiyang.agencies.patterns import ONE_OF_MANY, STATED_LEVEL
from yiyang.core.text import remembered
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

LONGEST = 40
"""A longer text is no name of a unit."""


class Resolution(NamedTuple):
    """What a name was found to be. `level` is national, province, prefecture, city, county,
    township or None: 市 alone may be a municipality, a prefecture or a county-level city, so it
    is `city`. `known` is the part of the name that the crosswalk knows, `prefix` what precedes it.
    """

    name: str
    agency_id: str | None
    level: str | None
    function: str | None
    rule: str | None
    known: str | None = None
    prefix: str = ""
    kind: str | None = None

    @property
    def nearest(self) -> list[str]:
        """The known names most like one that is not known, at most three; else empty."""
        return [] if self.agency_id else nearest(self.name)


PROVINCES = frozenset(
    re.findall(
        "内蒙古|黑龙江|..",
        "北京天津上海重庆河北山西内蒙古辽宁吉林黑龙江江苏浙江安徽福建江西山东河南湖北湖南"
        "广东广西海南四川贵州云南西藏陕西甘肃青海宁夏新疆",
    )
)
# What may stand before a known name: 市, 区委, 各县, 中宁县, 北京市朝阳区, 宁夏回族自治区, 湖南.
# A place holds no word for an office: 农业农村和水务局 is not the 水务局 of a place 农业农村和.
PREFIX = expression(
    rf"""(?:中共)?(?:{"|".join(sorted(PROVINCES))})?
    (?:[^局委厅办院]{{0,14}}?
       (?P<level>国家|国务院|中央|全国|中国|最高|省|市|自治区|特别行政区|特区|州|盟|地区|区|县|旗|乡|镇|街道|兵团|各级|各地)
       (?:级|属|直)?(?:委|党委|工委|政府|人民政府)?)?""",
    re.VERBOSE,
)
LEVELS = {
    "国家": "national",
    "国务院": "national",
    "中央": "national",
    "全国": "national",
    "中国": "national",
    "最高": "national",
    "省": "province",
    "自治区": "province",
    "特别行政区": "province",
    "特区": "county",  # 六枝特区
    "兵团": "province",
    "市": "city",
    "州": "prefecture",
    "盟": "prefecture",
    "地区": "prefecture",
    "区": "county",
    "县": "county",
    "旗": "county",
    "乡": "township",
    "镇": "township",
    "街道": "township",
}
MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")

# 朝阳 in 朝阳规划分局, 湖南 in 湖南证监局: a place without its level word, before a branch only.
BARE_PLACE = expression("[一-鿿]{2,5}")
BRANCH_ENDINGS = ("分局", "支队", "大队", "海关", "边检总站", "边检站", "边防检查站")
# 市公安局朝阳分局, 医保局分局, 区卫健委老龄科: the office first, then a part of it; none behind a
# 及, nor one that holds an office of its own: 县交通运输局及县公安局交警大队.
OFFICE_THEN_PART = expression(
    "(.+?(?:局|委员会|委))((?![省市区县]|[及与暨并、]|和(?!平)|以及|会同)[^局委]{0,8}(?:分局|支队|大队|支局|中心|科|处|股))"
)
# 人民银行湖南省分行, 国家金融监督管理总局宁夏监管局: what follows the name of the national organ.
BRANCH_OF_ORGAN = expression(
    ".{2,12}(?:支行|分行|营业管理部|监管局|监管分局|监管支局|分局|中心支局|支局|办事处|专员办)"
)

# 共青团朝阳区委, 共青团市委, 共青团中宁县委员会: the league first, then whose committee it is.
LEAGUE_COMMITTEE = expression(
    "(?:中国共产主义青年团|共青团)([^局委厅办院]{0,14}(?:[省市州盟区县旗乡镇]|街道))(?:工作|工)?委(?:员会)?"
)

# 基层处, 养老服务科, 规划财务司, 立案庭, 应急管理岗: an office inside an agency; not 办事处,
# 管理处, 家庭, 公司
OFFICE = expression(
    "[^局委厅院,、]{1,12}(?<!办事)(?<!管理)(?:科|处|股|科室|处室|(?<!家)庭|(?<![公上])司)|[^局委厅院,、]{2,12}岗位?"
)

BRACKET = expression(r"\([^()]*\)")


def is_office_name(name: str) -> bool:
    """Tell whether a name that no agency bears is that of an office in one (养老服务科)."""
    return bool(OFFICE.fullmatch(name))


@remembered(1 << 16)
def resolve(name: str, on: dt.date | None = None) -> Resolution:
    """Return the agency that `name` stands for, as of the day `on` where a name changed its
    meaning.

    A name in traditional characters, full-width letters or with blanks inside is folded first;
    `Resolution.name` keeps it as given. Never raises for a string.
    """
    found = _known(name, on)
    if found is None and len(name) <= LONGEST:
        folded = fold_name(name)
        found = _known(folded, on) if folded != name else None
        found = found or _pattern(folded) or _without_brackets(folded, on)
    if found is None:
        return Resolution(name, None, None, None, None)
    return found if found.name == name else found._replace(name=name)


def _known(name: str, on: dt.date | None) -> Resolution | None:
    """The longest end of the name that the crosswalk knows, if what precedes it is a place."""
    table = lookup()
    for start in range(max(0, len(name) - _longest_known()), len(name) - 1):
        entries = table.get(name[start:])
        if entries:
            return _after_prefix(name, start, entries, on) or _branch(name, on)
    return _branch(name, on)


def _after_prefix(
    name: str, start: int, entries: tuple[Entry, ...], on: dt.date | None
) -> Resolution | None:
    prefix, known = name[:start], name[start:]
    is_place, level = _read_prefix(prefix)
    is_bare = not is_place or prefix in PROVINCES
    if not is_place:
        if not (known.endswith(BRANCH_ENDINGS) or any(e.kind == "vertical" for e in entries)):
            return None
        if not BARE_PLACE.fullmatch(prefix) or _holds_function(prefix):
            return None
    entry = entries[0] if len(entries) == 1 else _choose(entries, on, is_bare)
    rule = "listed" if entry.is_listed else "form"
    if on and not _in_use(entry, on):
        rule += tell("agencies.outside_dates")
    return Resolution(
        name,
        entry.agency_id,
        level or _level_of_ending(known, prefix),
        entry.function,
        rule,
        known,
        prefix,
        entry.kind,
    )


@remembered(1 << 14)
def _read_prefix(prefix: str) -> tuple[bool, str | None]:
    """Whether the words before a known name are a place or a level, and which level."""
    if not prefix:
        return True, None
    match = PREFIX.fullmatch(prefix)
    if not match:
        return False, None
    if match["level"] is None or prefix in MUNICIPALITIES:
        return True, "province"
    return True, LEVELS.get(match["level"])


def _level_of_ending(known: str, prefix: str) -> str | None:
    """The level that a known name states itself.

    团市委 names it inside, 厅 stands for a province, 部 and 总局 with nothing before them for the
    nation.
    """
    if league := re.fullmatch("团([省市区县州旗])委", known):
        return LEVELS[league[1]]
    if known.endswith("厅"):
        return "province"
    is_national = not prefix and known.endswith(("部", "总局", "总署")) and len(known) > 2
    return (
        "national" if is_national and not known.endswith(("组织部", "宣传部", "统战部")) else None
    )


def _in_use(entry: Entry, on: dt.date) -> bool:
    return not (
        (entry.valid_from and on < entry.valid_from) or (entry.valid_to and on > entry.valid_to)
    )


def _choose(entries: tuple[Entry, ...], on: dt.date | None, is_bare: bool) -> Entry:
    in_use = [e for e in entries if on and _in_use(e, on)] or list(entries)
    if is_bare:
        in_use.sort(key=lambda e: e.kind != "vertical")
    return in_use[0]


@cache
def _longest_known() -> int:
    return max(map(len, lookup()))


@cache
def _fragments() -> frozenset[str]:
    """Every two characters that stand together in a known name: 公安, 文化, 市场."""
    return frozenset(name[i : i + 2] for name in lookup() for i in range(len(name) - 1))


def _holds_function(prefix: str) -> bool:
    """Whether a bare place holds words of a known name: 文化市场 is no place, 朝阳 is one."""
    return any(prefix[i : i + 2] in _fragments() for i in range(len(prefix) - 1))


@cache
def _organs() -> dict[str, tuple[Entry, ...]]:
    """The national names that stand before the place in the name of a branch."""
    heads = ("国家", "中国", "人民银行", "人行")
    return {
        n: es
        for n, es in lookup().items()
        if n.startswith(heads) and es[0].is_listed and es[0].kind == "vertical"
    } | {"国家统计局": lookup()["调查队"]}


def _branch(name: str, on: dt.date | None) -> Resolution | None:
    # A branch of a branch, and so on: no name is so long.
    if name[:1] in ("国", "中", "人") and len(name) <= 2 * LONGEST:
        for organ, (entry, *_) in _organs().items():
            rest = name[len(organ) :]
            if rest and name.startswith(organ):
                inner = _known(rest, on)
                is_same = inner is not None and inner.agency_id == entry.agency_id
                if is_same or (inner is None and BRANCH_OF_ORGAN.fullmatch(rest)):
                    level = inner.level if inner else _place_level(rest)
                    return Resolution(
                        name,
                        entry.agency_id,
                        level,
                        entry.function,
                        "branch",
                        organ,
                        "",
                        entry.kind,
                    )
    if league := LEAGUE_COMMITTEE.fullmatch(name):
        entry, *_ = lookup()["共青团"]
        _, level = _read_prefix(league[1])
        return Resolution(
            name, entry.agency_id, level, entry.function, "branch", "共青团", "", entry.kind
        )
    split = OFFICE_THEN_PART.fullmatch(name)
    office = _known(split[1], on) if split else None
    return office._replace(name=name, rule="branch") if office else None


def _place_level(text: str) -> str | None:
    """The level of the place that a text begins with (湖南省分行)."""
    place = re.match("[^省市区县]{1,8}(省|市|自治区|区|县)", text)
    return LEVELS[place[1]] if place else None


# 推动二级医院转型为康复医院, 打造县中医院: what is done with an institution; not 建设投资公司
_DONE_WITH = expression(
    "(?:推动|推进|提升|升级|打造|支持|鼓励|引导|改造|改善|改建|新建|扩建|迁建|续建|动员|培育|建立|建成|完善|加强|加快|优化"
    "|依托|安排|督促|落实|开展|扩大|增加|新增|启动|完成|确保|争取|设立|成立|盘活|提高|强化|创建|探索|深化|选派|引进|遴选"
    "|帮助|帮扶|关停|取缔|搬迁|推广|遍及|走进|深入|面向|利用|建设(?![路街镇乡村]|.{0,6}公司))"
)
# 成立由县长任组长的领导小组, 组建工作专班: what is done with a team; not 推进专班, 建设指挥部.
# 报县政府, 经市政府, 不迟于9月20日报县政府: where something goes to, and when
_SET_UP = expression(
    r"成立|组建|设立|抽调|充实|调整|报(?!社|业)|呈|提请|经(?![济开])|不[迟晚]于|.{0,12}\d\s?[年月日]"
)
_INSTITUTIONS = ("public_institution", "enterprise")


def _pattern(name: str) -> Resolution | None:
    match = ONE_OF_MANY.fullmatch(name)
    if not match or not match.lastgroup:
        return None
    agency_id = match.lastgroup
    is_institution = functions()[agency_id][0] in _INSTITUTIONS
    if "的" in name or (_DONE_WITH if is_institution else _SET_UP).match(name):
        return None
    own = (
        re.match("([省市区县州旗])", name) if agency_id in ("task_forces", "all_relevant") else None
    )
    level = STATED_LEVEL.get(agency_id) or (LEVELS[own[1]] if own else None)
    entry = functions()[agency_id]
    return Resolution(name, agency_id, level, entry[1], "pattern", name, "", entry[0])


def _without_brackets(name: str, on: dt.date | None) -> Resolution | None:
    if "(" not in name:
        return None
    outside = BRACKET.sub("", name)
    # 济源市(民政局) is an office of the place; 张三(市民政局) is a person of the office.
    joined = [name.replace("(", "").replace(")", "")] if _read_prefix(outside)[0] else []
    for candidate in dict.fromkeys((outside, *joined)):
        found = _known(candidate, on) or _pattern(candidate) if len(candidate) > 1 else None
        if found:
            return found._replace(rule="bracket")
    return None


def nearest(name: str) -> list[str]:
    """Return the listed names most like `name`, at most three, the likest first."""
    listed = _listed_names()
    return difflib.get_close_matches(fold_name(name[:LONGEST]), listed, n=3, cutoff=0.4)


@cache
def _listed_names() -> list[str]:
    return [n for n, entries in lookup().items() if entries[0].is_listed]
