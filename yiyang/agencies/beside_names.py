"""Tell what a bracket right behind the name of a unit is: a part of the name, the part that the
unit has in the task, a remark, or what nobody can tell.

县卫健局（县疾控局） and 各乡镇（街道） are names; 县住建局（双牵头） leads with another unit;
县财政局（资金保障） says what the unit gives, and no role that is known.
"""

from __future__ import annotations

from yiyang.agencies.duties import ROLE
from yiyang.agencies.joints import COMPLETE
from yiyang.agencies.resolving import resolve
from yiyang.grammar import roles
from yiyang.safety.later import expression

# (责任单位) behind a name
_LABEL = expression(roles.LABEL_WORDS)
# 双牵头, 并列牵头, 第一责任, 总牵头单位, 主体责任, 属地责任: words of a part, and how it is held
_PART = expression(
    "(?:双|总|并列|联合|共同|协同|第[一二三]|首要|次要|主要|主体|直接|全面|具体|属地|监管|管理|兜底){0,4}"
    "(?:牵头|主办|主责|主抓|责任|负责|配合|协办|协助|抓总|统筹|承办){1,2}(?:单位|部门|主体|方|任务|工作)?"
)
# 市、区 and 局、委, which end a name of many; 筹, 集团, 含老龄办; 街 of 各镇（街）
_OF_NAME = expression(
    "(?:含|包括|原)?[一-鿿]{2,16}[办局委]|筹建?|(?:[省市州盟地区县旗乡镇街道场园村居社][、和/]?){1,8}"
)
# 下同, 盖章, 以下简称市局, 排名不分先后: a remark about the print
_REMARK = expression(
    "(?:以?下|后)?同|以?下(?:称|简称).{1,12}|(?:加?盖章|公章)|排名不分先后|略|(?:详|具体)?见.{1,10}"
)
_JOINTLY = expression("双|并列|共同|联合")
_TWO = 2


def held_by(word: str, n_named: int, n_bearers: int) -> int:
    """Tell how many of the names right before a mark have its part: 市民政局、市住建局（双牵头）.

    A word that says several do and stands behind one of them only is about that one and the name
    before it; 0 where more names stand there, of which it does not say which it means.
    """
    if n_bearers > 1 or n_named < _TWO or not _JOINTLY.match(word):
        return 1
    return _TWO if n_named == _TWO or word.startswith("双") else 0


def kind(run: str, inside: str) -> str:
    """Tell what the words in the bracket at the end of a name are: `mark` (the part of the unit),
    `note` (a remark), `unread`; empty where they belong to the name."""
    if ROLE.fullmatch(inside) or _LABEL.fullmatch(inside) or _PART.fullmatch(inside):
        return "mark"
    if _REMARK.fullmatch(inside):
        return "note"
    whole = resolve(run)
    is_of_name = COMPLETE.fullmatch(inside) or _OF_NAME.fullmatch(inside)
    if is_of_name or resolve(inside).agency_id or whole.rule not in (None, "bracket"):
        return ""
    return "unread"
