"""Find which elements of a web page its styles hide or strike out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import tinycss2
from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector

from yiyang.extract import shown
from yiyang.safety.later import expression

MOST_RULES = 200
"""Rules that hide something which are followed; a page has a few, a hostile one millions."""
# display:none; visibility: hidden; font-size:0; opacity:0; left:-9999px
_HIDING = expression(
    r"(?:^|[;{\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)"
    r"|font-size\s*:\s*0(?![.\d]*[1-9])|opacity\s*:\s*0(?![.\d]*[1-9])"
    r"|(?:left|top|text-indent)\s*:\s*-\d{3,})",
    re.I,
)
# display:block in the element itself wins over a rule that hides it
_SHOWING = expression(r"(?:^|[;\s])display\s*:\s*(?!none)[a-z]|visibility\s*:\s*visible", re.I)
_STRIKING = expression(r"text-decoration(?:-line)?\s*:[^;:]*line-through", re.I)
_STRUCK = ("s", "strike", "del")
_STYLES = "//style[contains(., 'none') or contains(., 'hidden') or contains(., 'through') or "
_STYLES += "contains(., 'opacity') or contains(., 'font-size') or contains(., '-9')]"


class Styles:
    """What the inline style sheets of a page and its attributes say of its elements."""

    def __init__(self, root: Any) -> None:
        self._hidden: set[Any] = set()
        self._struck: set[Any] = set()
        for n, (selector, declared) in enumerate(_rules(root)):
            if n == MOST_RULES:
                break
            found = _chosen(root, selector)
            if _HIDING.search(declared):
                self._hidden.update(found)
            if _STRIKING.search(declared):
                self._struck.update(found)

    def hides(self, node: Any) -> bool:
        """Tell whether a browser shows nothing of an element."""
        style = node.get("style", "")
        if style and _HIDING.search(style):
            return True
        if style and _SHOWING.search(style):
            return False
        is_shut = node.tag == "dialog" and node.get("open") is None
        return is_shut or node.get("hidden") is not None or node in self._hidden

    def strikes(self, node: Any) -> bool:
        """Tell whether an element is struck out."""
        if node.tag in _STRUCK or node in self._struck:
            return True
        return bool(_STRIKING.search(node.get("style", "")))


def _rules(root: Any) -> Iterator[tuple[str, str]]:
    """Selector and declarations of the rules for the screen that hide or strike something."""
    for style in root.xpath(_STYLES):
        if re.search("print", style.get("media", ""), re.I):
            continue
        for rule in tinycss2.parse_stylesheet(style.text or "", True, True):
            if rule.type == "qualified-rule":
                declared = tinycss2.serialize(rule.content)
                if _HIDING.search(declared) or _STRIKING.search(declared):
                    yield tinycss2.serialize(rule.prelude).strip(), declared


def _chosen(root: Any, selector: str) -> list[Any]:
    """The elements that a selector chooses; none for one of the pointer (a:hover) or a new kind."""
    if len(selector) > 500 or re.search(r":{1,2}(?!not|first|last|nth|only|empty|root)", selector):
        return []
    try:
        return list(CSSSelector(selector, translator="html")(root))
    except (SelectorError, etree.XPathError, RecursionError):
        return []


# What an element says of the type of its words: its name, or its own style
_TYPES = (
    ("bold", ("b", "strong"), expression(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)),
    (
        "underline",
        ("u", "ins"),
        expression(r"text-decoration[^;]{0,40}underline|border-bottom", re.I),
    ),
    ("italic", ("i", "em"), expression(r"font-style\s*:\s*(?:italic|oblique)", re.I)),
    (
        "red",
        (),
        expression(
            r"(?<!-)color\s*:\s*(?:red|#f00|#[c-f][0-9a-f][0-3][0-9a-f][0-3][0-9a-f])\b", re.I
        ),
    ),
)


def mark_type(root: Any) -> None:
    """Set the marks of `shown` around the own words of elements whose type stands out."""
    looks_of: dict[Any, frozenset[str]] = {}
    for node in root.iter():
        if not isinstance(node.tag, str):
            continue
        above = looks_of.get(node.getparent(), frozenset())
        style = node.get("style", "") + ";color:" + node.get("color", "")
        own = (look for look, tags, said in _TYPES if node.tag in tags or said.search(style))
        looks_of[node] = above.union(own)
        if node.text:
            node.text = shown.marked(node.text, sorted(looks_of[node]))
        if node.tail and above:
            node.tail = shown.marked(node.tail, sorted(above))
