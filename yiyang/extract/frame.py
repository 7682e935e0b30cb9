"""Tell what stands around a document on the page of a web site: menus, search boxes, the foot."""

from __future__ import annotations

import re
from typing import Any

from yiyang.safety.later import expression
from yiyang.safety.telling import tell

WHAT = tell("extract.frame_web_page")
REMEDY = tell("extract.nothing_menus_search_boxes_foot")
MOST = 600
"""Characters that a part of the frame may have; what is longer may be the document itself."""
_TAGS = frozenset(("nav", "footer"))
_ROLES = frozenset(("navigation", "search", "contentinfo", "menu", "menubar"))
# class="nav", id="page-footer", class="bdsharebuttonbox share_box"
_NAMES = expression(
    r"(?:^|[\s_-])(?:nav|navbar|navi|menu|foot|footer|copyright|breadcrumbs?|crumbs?|share"
    r"|bdsharebuttonbox|bdshare|search|searchbox|sidebar|topbar|toolbar|pager|pagination)"
    r"(?:$|[\s_-])",
    re.I,
)
# 责任单位, 牵头, 完成时限: the words of a task list, whatever the element is called
_CONTENT = expression("责任单位|责任部门|牵头|配合单位|负责|时限|序号|任务")
# 主办：…人民政府办公室 备案号…, 网站标识码：…, 当前位置：首页 > …, 分享到：, 打印本页 关闭窗口,
# 字号：[大 中 小] 打印 分享到：
_LINE = expression(
    r"^(?:您(?:现在|当前)?(?:所在)?的?位置|当前(?:所在)?位置)\s*[:：]"
    r"|ICP备|公网安备|网站标识码|版权所有|Copyright\s*(?:©|\(c\))|^分享到?\s*[:：]?$"
    r"|^[【\[]?字[号体](?:大小)?\s*[:：]?\s*[【\[(（]?\s*(?:大|小|[aA][+-])"
    r"|^[【\[]?打印本?页?[】\]]?\s*[【\[]?关闭(?:本?页|窗口)?[】\]]?$|^扫一扫.{0,20}(?:打开|分享|查看).{0,10}$"
    r"|^(?:网站)?(?:主办|承办|技术支持)(?:单位)?\s*[:：][^。]{0,60}(?:承办|主办|备案|技术支持|维护)"
    r"|^(?:上|下)一篇\s*[:：]|^(?:网站地图|联系我们|设为首页|加入收藏)[\s|·]*(?:联系我们|网站|加入|$)",
    re.I,
)


def is_frame(node: Any) -> bool:
    """Tell whether an element is a part of the site: by its tag, its role or how it is called, and
    by having none of the words of a task list."""
    named = f"{node.get('class', '')} {node.get('id', '')}"
    is_called = node.tag in _TAGS or node.get("role") in _ROLES or bool(_NAMES.search(named))
    if not is_called or node.tag in ("body", "html", "td", "tr", "table"):
        return False
    words = ""
    for text in node.itertext():
        words += text.strip()
        if len(words) > MOST:
            return False
    return not _CONTENT.search(words)


def is_line(text: str) -> bool:
    """Tell whether a paragraph is a line of the site: who runs it, where its reader is."""
    return len(text) < 200 and bool(_LINE.search(text)) and not _CONTENT.search(text)
