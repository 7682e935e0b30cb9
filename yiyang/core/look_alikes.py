"""Read letters that stand among figures as the figures they look like: 2O25年, l5日, 1O条.

Whoever recognises the text of a scan, or types one, writes O for 0 and l for 1. A letter is read so
only where nothing else fits: between figures, or in a figure that is counted or is part of a date.
O2O平台, O₃日最大8小时, 5G and B2B keep theirs.
"""

from __future__ import annotations

import re

from yiyang.safety.later import expression

_NOUGHTS = "OoΟοОоＯｏ○〇◯"
_ONES = "lIｌＩ"
_FIGURES = str.maketrans(_NOUGHTS + _ONES, "0" * len(_NOUGHTS) + "1" * len(_ONES))
_D = "0-9０-９"
_LIKE = rf"[{_D}{_NOUGHTS}{_ONES}]"
_LETTER = "A-Za-zＡ-Ｚａ-ｚ"
# 2O25, 20l5, 2O2O: a year, whatever follows
_YEAR = rf"(?:[2２][0０{_NOUGHTS}]{_LIKE}{{2}}|[1１{_ONES}][9９]{_LIKE}{{2}})"
# The ends of a date: 2O25-O6-3O, 2025年O6月O5日, 2025.l1
_DATE = rf"(?:\s?[-—./年]\s?{_LIKE}{{1,2}}(?:\s?[-—./月]\s?{_LIKE}{{1,2}}(?={{end}}))?(?={{end}}))?"
_END = rf"(?![{_D}{_LETTER}])"
_AMONG = expression(
    rf"(?<![{_D}{_LETTER}.])(?:"
    rf"{_YEAR}{_DATE.replace('{end}', '(?![0-9A-Za-z])')}{_END}"
    rf"|(?<=[年月])[{_NOUGHTS}][1-9](?=[月日])"
    rf"|(?!{_LIKE}{{5,10}}\s?年)(?:[{_D}]|(?<=\S)[{_ONES}]){_LIKE}{{1,9}}"
    rf"(?:[.．]{_LIKE}{{1,4}})?"
    # what a figure counts or dates: 3O日, 1O条, l20个, 10O%, 2O余名, 5O万元
    r"(?=\s?(?:[年月日号时个条名家户项人件处座所套台辆场次批种期元亩吨岁张份支对组类米级天周]"
    r"|[万亿千百]|[%％]|[余多][名个家户人条项万]|公里|千米|平方|公顷|小时|分钟|季度))"
    rf"|[{_D}]{{1,9}}[{_NOUGHTS}{_ONES}][{_D}]{{1,9}}{_END}"
    r")"
)
_IS_ONE = expression(rf"[{_NOUGHTS}{_ONES}]")
_HAS_FIGURE = expression(f"[{_D}]")
# A letter beside a figure, which nearly no text has
_HINT = expression(rf"[{_D}][{_NOUGHTS}{_ONES}]|[{_NOUGHTS}{_ONES}][{_D}]")
# 2B25年, Z5日, 1S条, O20个: letters that may be figures, and nobody knows which; an l that begins a
# line may be the bullet that a font draws of it
_UNSURE = expression(
    rf"(?<![{_D}{_LETTER}])(?!O3[日年])(?:[BSZOoQ{_ONES}][{_D}]{{1,6}}(?=[个条名家户项件处座所套台辆年日])"
    rf"|[{_D}]{{1,4}}[BSZQ][{_D}]{{0,4}}(?=[个条名家户项件处座所套台辆年月日]))"
)


def figures(text: str) -> str:
    """Return the text with figures for the letters that can be nothing else; as long as it was."""
    if not _HINT.search(text):
        return text
    return _AMONG.sub(_read, text)


def found(printed: str) -> list[tuple[str, str]]:
    """Return the figures of a text that are printed with letters, and how each is read; empty
    where nobody can say it."""
    read = [(match[0], _read(match)) for match in _AMONG.finditer(printed)]
    seen = [(words, said) for words, said in read if words != said]
    return seen + [(match[0], "") for match in _UNSURE.finditer(figures(printed))]


def _read(match: re.Match[str]) -> str:
    words = match[0]
    if not _IS_ONE.search(words) or not _HAS_FIGURE.search(words):
        return words
    return words.translate(_FIGURES)
