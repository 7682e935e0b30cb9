"""Find what joins two names in a run without separators: 会同, 等, 和, and verbs such as 组织.

A verb between two names ends the first one: 区教育局组织各中小学. Most of these words stand in
names too (组织部, 工商业联合会, 教育督导室), so both sides of a joint must be names by themselves;
what is known as one name (住房和城乡建设局) is never cut.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from yiyang.agencies.duties import ROLE
from yiyang.agencies.resolving import LONGEST, Resolution, resolve
from yiyang.core.text import remembered
from yiyang.grammar import roles
from yiyang.safety.later import expression

CHINESE = expression("[一-鿿]")


class Joint(NamedTuple):
    """`kind` is separator, together (会同), note (等) or passes: a verb by which the names before
    it have those behind it act; `word` is the word where it says a role."""

    kind: str
    start: int
    end: int
    word: str = ""


# 会同 in 民政局会同财政局负责, 商 in 公安局商市财政局办理; not the 商 of 商务局
TOGETHER = expression("会同|商请(?=[省市县区州])|(?<=[局委厅部办院府])会?商(?=[省市县区州各有相])")
# 等 in 各街乡等配合, 财政部等5部门负责, 民政部等有关部门和单位负责 (these are a unit of their own)
AND_OTHERS = expression(
    "等(?:[0-9一二三四五六七八九十]*(?:家|个)?(?:部门|单位|委办局))?$|等(?=有关|相关|各)"
    "|等(?=(?:以及|和|及|与)?[一-鿿]{2,14}(?:部门|单位|机构|政府|委办局|地区|地方)$)|等(?=以及|和|及|与)"
)
# 和 in 等和各省级人民政府, where 等 has closed the names before it
JOINED = expression("(?:以及|和(?!平)|及|与|并)(?=[一-鿿]{2})")
# Not the 和 of a place: 天津市和平区, 南湖街道和平社区
CONJUNCTION = expression("以及|和(?!平)|及|与|暨|并(?!网|入|购|轨)")

# How names end. A piece that ends otherwise goes on behind a blank (人力资源和 社会保障局) or a 和.
COMPLETE = expression(
    r".*(?:[少文][年化]宫|[局委厅部办院署组处站行社队所校台馆室科股联镇乡]|(?<!家)庭|(?:管理|公路|养护|工务)段|[一-鿿](?<![省市县区州旗上])司|总支|支部|中心|大学|共青团|[科政作侨]协|人大|中央|团体|兵团|团场|军分区|嘎查|[一-鿿]{2}岗位?|中国(?:移动|电信|联通|铁塔)|政府|[合总协工商学善金字员委监红]会|公司|集团|企业"
    rf"|单位|部门|机构|专班|书店|中专|职校|剧团|街道|园区|街镇|海关|机关|各地|银行|开发区|[一-鿿](?:水|处理)厂|发电厂|各[一-鿿]厂|{roles.WORKPLACES}|[省市州县区旗])(?:\([^()]*\))?"
)
LONGEST_RUN = 2000
"""Characters without a separator among which no more names are looked for."""
# What cannot stand alone behind 和: 党委和政府, 有关部门和单位, 各镇和街道.
NO_NAME_ALONE = expression(
    "(?:人民)?政府|单位|部门|机构|街道|街道办事处|乡镇|镇|企业|管理局|办公室|园区"
)
# 实验室与设备管理处, 教材和教室管理中心: what an office looks after, and no office itself
_THING = expression(
    "(?:实验|教|档案|资料|文印|保密|会议)室$|(?:场|体育|图书|展览)馆$|机房$|食堂$|宿舍$"
)

# 联合 in 民政局联合财政局实施: the second is taken along
_JOINTLY = expression("联合|协同|携手|联动|连同")
# 组织 in 教育局组织各学校实施: who stands before it has acted who stands behind it
_PASSES = expression(
    "(?:负责|具体|统一|积极|统筹|并|再|共同|分别|联合)?"
    "(?:组织(?!人事|人社|宣传|联络)|指导|督促|督导|监督|委托|动员|发动|安排|要求|引导|协调|协助|支持|推动|带领|指派|聘请|授权|邀请){1,3}"
)
# 各中小学, 有关企业, 第三方机构: nobody by name; 县残联: a level word before a name
_NOBODY = expression(
    "各|有关|相关|第三方|专业机构|所属|下属|直属|辖区|辖内|属地|全[省市县区州旗]|[省市县区州旗][直级属]"
)
_LEVEL = expression("[省市县区州旗](?![场域容块级属直区县]|民(?!政|族|委|宗)|政(?!府|协|法)|$)")
# 依托, 抽调: whoever stands behind it has a part that the verb does not say
_OTHER_VERBS = expression("依托|借助|通过|抽调|选派|购买|牵线|推荐|对接|面向|参照")
# 乡镇 in 水务局组织乡镇; not 部门 of 组织部门
_MANY = expression("乡镇|镇街|街镇|街道|企业|学校|园区|社区|村居|村社区|高校|医院")
# 局机关各科室, 教育局所属各学校, 国资委及其下属企业: between an agency and what is its own
_OWN = expression(
    "本级|机关|所属|直属|下属|下辖|管辖|辖区|辖内|系统|内设|派[出驻]|[驻属级直内管及和与其的]|以及|主管|监管|归口|对口|联系"
)
# 市委 in 市委市政府: the committee and the government of one place are named in one breath
_COMMITTEE = expression("[省市县区州旗乡镇]委$")
_OFFICE_ENDS = frozenset("局委厅办院会部队府联署处司")
_KNOWN_BY_NAME = ("listed", "form")


def between(folded: str, start: int, end: int) -> Joint | None:
    """Return what joins two names in a run or closes a list of them: 会同, 等, 和, 组织."""
    run = folded[start:end]
    if len(run) > LONGEST_RUN:
        return None
    if folded[start - 1 : start] == "等" and (joint := JOINED.match(run)):
        return Joint("separator", start, start + joint.end())
    for kind, find in (
        ("together", TOGETHER.search),
        ("note", _others),
        ("separator", _conjunction),
        ("together", _jointly),
        ("passes", _passes),
    ):
        if match := find(run):
            word = match[0] if kind in ("together", "passes") else ""
            return Joint(kind, start + match.start(), start + match.end(), word)
    return None


def _others(run: str) -> re.Match[str] | None:
    """The 等 that closes a list; not the one in 高等学校."""
    for match in AND_OTHERS.finditer(run):
        if not match.start() or is_whole(run[: match.start()]):
            return match
    return None


def _is_known(run: str) -> bool:
    return resolve(run).agency_id is not None


def _conjunction(run: str) -> re.Match[str] | None:
    """The first 和 between two whole names; none inside a name that the crosswalk knows."""
    if len(run) > 2 * LONGEST:
        return None
    known = resolve(run)
    is_known = known.rule not in (None, "pattern")
    # 各养老机构和市 before 残联 passes for a place; its 和 joins only if what precedes it is known.
    end = len(known.prefix) if is_known else len(run)
    for match in CONJUNCTION.finditer(run, 0, end):
        left, right = run[: match.start()], run[match.end() :]
        if match[0] == "并" and not (_is_known(left) and _is_known(right)):
            continue
        in_bracket = left.count("(") != left.count(")")
        if in_bracket or NO_NAME_ALONE.fullmatch(right):
            continue
        left_known = resolve(left)
        if _THING.search(left) and not left_known.agency_id:
            continue
        # 城市管理 in 城市管理和交通局 stands for an office too, but is half of a name here.
        is_left = COMPLETE.fullmatch(left) or left_known.rule in ("pattern", "bracket")
        if left_known.agency_id if is_known else is_left and is_name(right):
            return match
    return None


def is_name(run: str) -> bool:
    """Tell whether a run ends like the name of a unit or stands for a known one (医共体)."""
    return bool(COMPLETE.fullmatch(run) or resolve(run).agency_id)


def is_whole(piece: str) -> bool:
    """Tell whether a piece could end here: a name, a role word, or no Chinese at all."""
    words = list(ROLE.finditer(piece))
    return bool(
        not CHINESE.search(piece[-1:])
        or (words and words[-1].end() == len(piece))
        or is_name(piece)
    )


def _jointly(run: str) -> re.Match[str] | None:
    """The 联合 between two names, or before one alone."""
    return _verb(run, _JOINTLY)


def _passes(run: str) -> re.Match[str] | None:
    """The 组织 between two names, or before one alone."""
    return _verb(run, _PASSES)


def _verb(run: str, verb: re.Pattern[str]) -> re.Match[str] | None:
    known = resolve(run)
    # 联合区财政局, 市科协联合市教育局: no place is called 联合区 or 市科协联合市
    if len(run) > 2 * LONGEST or (_is_by_name(known) and not verb.search(known.prefix)):
        return None
    for match in verb.finditer(run):
        left, right = run[: match.start()], run[match.end() :]
        is_left = not left or (len(left) > 1 and _is_known(left))
        if is_left and _is_second(right, is_alone=not left):
            return match
    return None


def _is_by_name(known: Resolution) -> bool:
    return known.agency_id is not None and (known.rule or "").startswith(_KNOWN_BY_NAME)


def _is_second(run: str, *, is_alone: bool = False) -> bool:
    """Whether what stands behind a verb is a name by itself, and no end of one: 各中小学, 县残联,
    not 中心 or 执法大队. Where nothing stands before the verb (组织企业), a kind of body is said by
    a word such as 各."""
    if not is_alone and _MANY.fullmatch(run):
        return True
    if len(run) < 2 or NO_NAME_ALONE.fullmatch(run):
        return False
    if _NOBODY.match(run) or _LEVEL.match(run):
        return is_name(run)
    known = resolve(run)
    if not known.agency_id or _may_be_joint(known):
        return False
    if is_alone or len(run) == 2:
        return known.rule != "pattern" and len(run) > 2
    return True


def _may_be_joint(known: Resolution) -> bool:
    """Whether a name may begin with 联合 or 指导: 联合专班, 联合商会."""
    is_team = known.agency_id == "task_forces"
    return is_team or (known.agency_id == "associations" and known.name.endswith("会"))


@remembered(1 << 14)
def is_glued(run: str) -> bool:
    """Tell whether a run that no joint cuts holds two names or a verb all the same: what passes for
    a name as a whole (市残联市人民医院, 教育局牵线各学校) may be none."""
    known = resolve(run)
    # 国家税务总局中宁县税务局, 共青团中宁县委: the organ first, then its branch
    is_branch = known.rule == "branch" and (known.kind == "vertical" or known.known == "共青团")
    if _is_by_name(known) or is_branch or "(" in run or len(run) > LONGEST:
        return False
    is_kind = known.rule in ("pattern", "branch") and not _may_be_joint(known)
    if is_kind and _begins_with_verb(run):
        return True
    for end in range(3, len(run) - 1):
        first = run[:end]
        is_office = first[-1] in _OFFICE_ENDS and not _COMMITTEE.search(first)
        if not is_office or not _is_by_name(resolve(first)):
            continue
        rest = run[end:]
        if _goes_on_with_name(rest) or (is_kind and _begins_with_verb(rest, known.rule)):
            return True
    return False


def _begins_with_verb(run: str, rule: str | None = None) -> bool:
    """Whether a verb and a name follow; an office may be called 指导中心, no other body is."""
    for verbs in (_PASSES, _JOINTLY, _OTHER_VERBS):
        if verb := verbs.match(run):
            behind = run[verb.end() :]
            is_said = _NOBODY.match(behind) or _LEVEL.match(behind)
            return len(behind) > 1 and bool(is_said or rule != "branch")
    return False


def _goes_on_with_name(rest: str) -> bool:
    """Whether behind an agency, and a word or none, another one begins that is not its own."""
    if _OWN.match(rest):
        return False
    for skip in range(min(5, len(rest) - 2)):
        behind = rest[skip:]
        if skip and _NOBODY.match(behind) and is_name(behind):
            return True
        # 市建设投资公司 in 市住建局城市建设投资公司: behind other words a kind of body is none
        known = resolve(behind) if _LEVEL.match(behind) else None
        if known and (_is_by_name(known) if skip else known.agency_id):
            return True
    return False
