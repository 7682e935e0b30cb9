"""Read figures that a recogniser of pages wrote as formulas: $5 5 \\%$ is 55%."""

from __future__ import annotations

import re

# $…$ on one line, with a digit and no Chinese words
_FORMULA = re.compile(r"(?<![\\$])\$([^$\n\u4e00-\u9fff]{1,60})\$(?!\$)")
_NAMED = re.compile(r"\\(?:mathrm|text|rm|mathbf)\s{0,3}\{([^{}]{0,30})\}")
_SIGNS = (
    (re.compile(r"\\[,;:! ]|~|\{|\}"), ""),
    (re.compile(r"\\(?:geqslant|geqq|geq|ge)(?![A-Za-z])"), "≥"),
    (re.compile(r"\\(?:leqslant|leqq|leq|le)(?![A-Za-z])"), "≤"),
    (re.compile(r"\\sim(?![A-Za-z])"), "~"),
    (re.compile(r"\\times(?![A-Za-z])"), "×"),
    (re.compile(r"\\pm(?![A-Za-z])"), "±"),
    (re.compile(r"\\%"), "%"),
)
# 55%, ≥30, 3-5, 1,200, 2.5×3
_FIGURE = re.compile(r"[\d.,%‰≥≤<>~±×+\-—–/:\s]{1,60}")


def plain(text: str) -> str:
    """Return a text with its figures as they are shown; any other formula stays as it is."""
    return _FORMULA.sub(_shown, text) if "$" in text else text


def _shown(match: re.Match[str]) -> str:
    units = "".join(_NAMED.findall(match[1]))
    bare = _NAMED.sub("", match[1])
    for pattern, sign in _SIGNS:
        bare = pattern.sub(sign, bare)
    if not re.search(r"\d", bare) or not _FIGURE.fullmatch(bare):
        return match[0]
    return "".join(bare.split()) + "".join(units.split())
