"""Recognise what units do for a task behind their names: 牵头, 按职责分工负责, 落实."""

from __future__ import annotations

from yiyang.grammar import roles
from yiyang.safety.later import expression

# Each word is taken whole (?>…): 按职责分工 is one word or two, so n of them are read in 2ⁿ ways.
_MANNER = (
    "(?>(?:按照|按|依据|依|根据)?(?:各自)?(?:工作)?(?:职责|职能|权限)和?(?:分工|范围)?"
    "|结合(?:各自)?(?:实际|职责|职能)|分工|分别|共同|联合|具体|各自|主要|总|积极|全力|密切|予以(?=支持|配合|协助|指导)"
    "|负责(?=牵头|落实|实施|配合|指导|组织|督促)|组织(?=配合|牵头|协调)|统筹(?=牵头|负责|推进|协调)){0,12}"
)
_END = r"(?=$|[\s、，,；;。.()])"
# 牵头, 分别负责, 按职责分工负责, 共同牵头负责, 按照各自职责分工落实, 配合, 为牵头单位; at the end
# of a piece only: 落实, 参与, 推进, 承担, 指导, 督促落实 and others that also occur inside names.
_AT_END = "|".join(
    sorted(
        {*roles.VERBS, "抓好落实", "组织实施", "组织落实"} - {"协办"},
        key=lambda word: (-len(word), word),
    )
)
_AFTER = "负责|抓总|抓好|组织|落实|推进|实施|配合|指导|协调|承办|参与|考核|督促"
ROLE = expression(
    rf"{_MANNER}(?:作?为)?(?:(?:牵头|主办|负责|配合)(?!人)(?:单位|部门)?(?:{_AFTER}){{0,6}}"
    rf"|(?:{_AT_END}|(?<![政科侨])协办|{roles.ASKED})(?:{_AFTER}){{0,6}}(?:单位|部门)?{_END}"
    rf"|{roles.WORKED_OUT}{_END})"
)
