"""The words by which a document says who does what: one rule for every list of units.

All patterns read simplified text; brackets and colons may be full or half width.
"""

from __future__ import annotations

_DOES = (
    "牵头|主办|主责|责任|负责|落实|推进|实施|承办|配合|协办|协作|协同|协助|参与|参加|参建|支持|会办"
)
_BODY = "(?:单位|部门|机构|主体|处室|科室|股室|委办局|镇街|街镇|乡镇|街道|地区)"
# Words that stand in names and headings too (组织部门, 完成单位): with a colon only, as 分工 below.
_ALSO = "(?:主管|办理|完成|指导|监督|督办|执行)(?:单位|部门)|组织单位"
_COLON = r"\s*[:：】\]］]"
# 部门分工：市民政局牵头，各区配合。 is a list; 任务分工： before any other sentence is a heading.
_SHARED = (
    r"(?:部门|责任|任务|职责|工作)分工(?=\s*[:：][^。]{2,300}(?:牵头|负责|配合|协作|落实|参与|实施)"
    r"\s*(?:[。；;）)]|$))"
)

LABEL_WORDS = (
    r"(?:(?:主要|第一|首要|主体|直接|共同|联合|其[他它]|具体|相关|总|[省市州区县][级直])*"
    rf"(?:(?:{_DOES}){{1,3}}(?:[和及与、/]?(?:{_DOES})|[（(](?:{_DOES})[）)])?(?:和|及|与|、)?"
    rf"{_BODY}(?:(?:和|及|与|、|/)?{_BODY}|[（(](?:{_DOES}|{_BODY})[）)])?"
    rf"|(?:{_ALSO})(?={_COLON}))|{_SHARED})"
)
"""A printed label without its colon: 责任单位, 主要协作单位, 牵头部门和单位, 责任（配合）单位."""

GROUP = (
    r"(?:各|其[他它]|有关|相关|上述|以上)[^、，,；;:：。\s]{0,8}?(?:牵头|主办|主责|负责|配合|协办)"
    r"(?:责任)?(?:单位|部门)"
)
"""A name of units that holds a role word and states none: 各项目牵头单位, 其他配合部门."""

REMARK = (
    r"(?:[列排]名?在?(?:第一|首|最?前)|(?:第一|首)(?:位|个|名|家)?(?:的|者|牵头|责任|单位|部门)*(?:即|作)?为)"
    r"[^)）\n]*"
)
"""What a list says of its order: 列第一位者为牵头单位, 首位为牵头单位，下同."""
