"""Number the points of a page's lists as a browser does, and read terms as labels."""

from __future__ import annotations

import re
from typing import Any

from yiyang.safety.later import expression

# 1. 建设…, （一）推进…, ①…: the author wrote the number, and a style takes the browser's away
_NUMBERED = expression(
    r"\s*(?:\d{1,3}\s*[.．、)）]|[（(]?[一二三四五六七八九十\d]{1,3}[)）、]|[①-⑳])"
)
_UNNUMBERED = expression(r"list-style(?:-type)?\s*:\s*(?:none|disc|circle|square)", re.I)


class Lists:
    """How far each numbered list of a page has been counted, and which points are open."""

    def __init__(self) -> None:
        self._counts: dict[Any, int] = {}
        self._open: list[bool] = []  # whether each open point has a paragraph already
        self._numbered: Any = None  # the last point before which a number was written

    def enter(self, node: Any) -> None:
        """Open a point, where an element is one."""
        if node.tag == "li":
            self._open.append(False)

    def leave(self, node: Any) -> None:
        """Close the last point, where an element is one."""
        if node.tag == "li" and self._open:
            self._open.pop()

    def begins(self, node: Any) -> bool:
        """Tell whether an element is what a numbered point begins with: its number stands on the
        line of that, as in <li><p>."""
        above = node.getparent()
        while above is not None and not (above.text or "").strip() and above[0] is node:
            if above is self._numbered:
                return True
            node, above = above, above.getparent()
        return False

    def depth(self) -> int:
        """Return how deep the paragraph stands that ends here (`Block.depth`)."""
        if not self._open:
            return 0
        goes_on, self._open[-1] = self._open[-1], True
        return 2 * len(self._open) + goes_on

    def number(self, node: Any) -> str:
        """Return the number before an element; nothing before one that is no point of a numbered
        list."""
        above = node.getparent()
        if node.tag != "li" or above is None or above.tag != "ol":
            return ""
        step = 1 if above.get("reversed") is None else -1
        count = _whole(node.get("value"))
        if count is None:
            last = self._counts.get(above)
            count = _first(above, step) if last is None else last + step
        self._counts[above] = count
        if _UNNUMBERED.search(above.get("style", "") + node.get("style", "")):
            return ""
        words = next((text for text in node.itertext() if text.strip()), "")
        if _is_link(node):
            return ""
        if _NUMBERED.match(words):
            return ""
        self._numbered = node
        kind = node.get("type") or above.get("type") or "1"
        return _written(count, kind) + (above.get("data-mark") or ".")


def _is_link(node: Any) -> bool:
    """Whether a point is nothing but a link: one of a list of files or pages."""
    link = next(node.iter("a"), None)
    return link is not None and "".join(link.itertext()).strip() == "".join(node.itertext()).strip()


def _first(above: Any, step: int) -> int:
    start = _whole(above.get("start"))
    if start is not None:
        return start
    return 1 if step > 0 else sum(1 for _ in above.iterchildren("li"))


def _whole(value: str | None) -> int | None:
    return int(value) if value and re.fullmatch(r"-?\d{1,6}", value.strip()) else None


def _written(count: int, kind: str) -> str:
    if kind in ("a", "A") and 0 < count <= 26:
        return chr((96 if kind == "a" else 64) + count)
    return str(count)


LONGEST_LABEL = 12
"""Characters of a term that is the label of what stands behind it."""


def is_label(node: Any) -> bool:
    """Tell whether an element is a term of a list of definitions that labels the one thing behind
    it: <dt>责任单位</dt><dd>市司法局</dd> says 责任单位：市司法局."""
    said = node.getnext() if node.tag == "dt" else None
    if said is None or said.tag != "dd":
        return False
    after = said.getnext()
    words = "".join(node.itertext()).strip()
    return (
        (after is None or after.tag != "dd")
        and 0 < len(words) <= LONGEST_LABEL
        and words[-1] not in ":：。；"
    )


def is_said(node: Any) -> bool:
    """Tell whether an element stands behind its label, on the same line."""
    before = node.getprevious() if node.tag == "dd" else None
    return before is not None and is_label(before)
