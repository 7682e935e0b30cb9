"""Read figures that a recogniser of pages wrote as formulas: $5 5 \\%$ is 55%.

Only what is surely a figure is read: sums in dollars ($5 $6), digits that may be two numbers
(50 60) and all else stay as they are printed.
"""

from __future__ import annotations

import re
from itertools import pairwise

from yiyang.safety.later import expression

# What stands between the signs: on one line, in one cell, no Chinese words
_INSIDE = r"[^$|‹›\n\u4e00-\u9fff]{1,60}"
# $55\%$ and $ 55\% $, as pandoc tells them from sums of money: $5 $6, $100-$200, $ 5, $ 6
_FORMULA = expression(
    rf"(?<![\\$])\$(?:(?!\s){_INSIDE}(?<!\s)\$(?![\d$])|(?=\s){_INSIDE}(?<=\s)\$(?!\s?[\d$]))"
)
_NAMED = expression(r"\\(?:mathrm|text|rm|mathbf)\s{0,3}\{([^{}]{0,30})\}")
# km, m/s, ℃: not 30, nor a name that begins with a figure
_UNIT = expression(r"[A-Za-zμ°℃%][A-Za-z0-9μ°℃%/·]{0,11}")
# 1\,200, {30}{50}: digits parted by what a formula does not show, perhaps two numbers
_PARTED = expression(r"\d\s?(?:\\[,;:! ]|[{}])[\s{},;:!\\]{0,9}\d")
_SIGNS = (
    (expression(r"\\[,;:! ]|[{}]"), ""),
    (expression(r"\\(?:geqslant|geqq|geq|ge)(?![A-Za-z])"), "≥"),
    (expression(r"\\(?:leqslant|leqq|leq|le)(?![A-Za-z])"), "≤"),
    (expression(r"\\sim(?![A-Za-z])"), "~"),
    (expression(r"\\times(?![A-Za-z])"), "×"),
    (expression(r"\\pm(?![A-Za-z])"), "±"),
    (expression(r"\\%"), "%"),
    # 55~\%, 5~km: a blank, where it stands before no figure
    (expression(r"~(?=\s{0,3}[%‰‹])"), ""),
)
# ≥ 55%, 12.5‹km›, ~ 50: a number with the sign in front of it and the unit behind it
_TERM = expression(
    r"(?P<sign>[≥≤<>±+\-~×—–/:]?)\s{0,3}(?P<number>\d[\d., ]{0,59})"
    r"(?P<unit>[%‰]?\s{0,3}(?:‹[^‹›]{1,12}›)?)\s{0,3}"
)
_BEFORE = ("", *"≥≤<>±+-~")
_BETWEEN = (*"~×+-—–/:±",)
# 55, 1,200, 12.5, 2026.6.30
_COMPACT = expression(r"(?:\d{1,3}(?:,\d{3}){1,5}|\d{1,20})(?:\.\d{1,9}){0,3}")
# 5 5, 1 , 2 0 0, 1 2 . 5, 9 9. 5: digits one by one; not 50 60, 5 60, nor 1 2.5
_SPACED = expression(
    r"(?:\d(?: \d){0,2}(?: ?, ?\d \d \d){1,5}|\d(?: \d){0,19})"
    r"(?:(?: \. ?| ?\. )\d(?: \d){0,9}){0,3}"
)


def plain(text: str) -> str:
    """Return a text with its figures as they are shown; any other formula stays as it is."""
    return _FORMULA.sub(_shown, text) if "$" in text else text


def _shown(match: re.Match[str]) -> str:
    bare = _NAMED.sub(_unit, match[0].strip("$"))
    if _PARTED.search(bare):
        return match[0]
    for pattern, sign in _SIGNS:
        bare = pattern.sub(sign, bare)
    return _figure(bare.strip()) or match[0]


def _unit(named: re.Match[str]) -> str:
    """The name of a unit between marks; any other name stays, and what holds it is no figure."""
    name = "".join(re.sub(r"~|\\[,;:! ]", "", named[1]).split())
    return f"‹{name}›" if _UNIT.fullmatch(name) else named[0]


def _figure(bare: str) -> str:
    """A figure or a range of two, its blanks taken out; empty where it is not surely one."""
    terms = list(_TERM.finditer(bare))
    is_whole = terms and "".join(term[0] for term in terms) == bare
    are_numbers = all(_is_number(term["number"].rstrip()) for term in terms)
    are_parted = all(term["sign"] in (_BETWEEN if n else _BEFORE) for n, term in enumerate(terms))
    if not (is_whole and are_numbers and are_parted and _rises(terms)):
        return ""
    return "".join(re.sub("[‹›]", "", bare).split())


def _is_number(words: str) -> bool:
    return bool(_COMPACT.fullmatch(words) or _SPACED.fullmatch(words))


def _rises(terms: list[re.Match[str]]) -> bool:
    """Whether each range goes up, 30~50: in 10~000 the sign is a blank."""
    values = [re.sub("[, ]", "", term["number"]) for term in terms]
    return all(
        term["sign"] != "~" or max(low.count("."), high.count(".")) > 1 or float(low) < float(high)
        for (low, high), term in zip(pairwise(values), terms[1:], strict=True)
    )
