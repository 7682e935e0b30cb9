"""Fold, split and tidy Chinese text, for every room."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache, wraps
from inspect import signature
from typing import Any, ParamSpec, TypeVar, cast

import opencc

from yiyang.safety.later import expression


@cache
def _converter() -> opencc.OpenCC:
    return opencc.OpenCC("t2s")


Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


class _Kept(dict[str, Answer]):
    """The answers of a function of a text alone, by their texts; where `size` of them are kept,
    it begins anew."""

    def __init__(self, function: Callable[[str], Answer], size: int) -> None:
        super().__init__()
        self.function, self.size = function, size

    def __missing__(self, text: str) -> Answer:
        answer = self.function(text)
        if len(text) <= LONGEST_REMEMBERED:
            if len(self) >= self.size:
                self.clear()
            self[text] = answer
        return answer


def remembered(size: int) -> Callable[[Callable[Asked, Answer]], Callable[Asked, Answer]]:
    """Keep up to `size` answers of a function of a text, but for long texts: these seldom come
    again, and thousands of them would fill the memory.

    A function of a text alone is answered by a dictionary, which is emptied when it is full, and is
    asked by position only.
    """

    def decorate(function: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
        if len(signature(function).parameters) == 1:
            # Asked hundreds of thousands of times, mostly for what is kept: a dictionary answers
            # without a step of Python, and takes a tenth of the time of a function that looks first
            # how long the text is.
            alone = cast("Callable[[str], Answer]", function)
            return cast("Callable[Asked, Answer]", _Kept(alone, size).__getitem__)
        kept = lru_cache(maxsize=size)(function)

        @wraps(function)
        def ask(text: str, *args: Any, **named: Any) -> Answer:
            asked: Callable[..., Answer] = kept if len(text) <= LONGEST_REMEMBERED else function
            return asked(text, *args, **named) if args or named else asked(text)

        return cast("Callable[Asked, Answer]", ask)

    return decorate


LONGEST_REMEMBERED = 500
"""Characters of a text that is worth remembering: a list of units has hardly more."""


@remembered(1 << 14)  # headings and units stand in many cells, and each is asked about often
def simplify(printed: str) -> str:
    """Return the text in simplified characters and of the same length, so that positions stay
    true."""
    simplified = _converter().convert(printed)
    if len(simplified) != len(printed):
        simplified = "".join(s if len(s := _converter().convert(c)) == 1 else c for c in printed)
    return simplified


# \ud83d alone: half of a character of UTF-16, which UTF-8 cannot say
_HALF = expression(r"[\ud800-\udfff]")


def writable(text: str) -> str:
    """Return the text as every file of text can hold it: lines end with `\\n`, NUL stands as ␀,
    half of a character as the mark of a lost one. All text of documents and catalogues enters
    through it."""
    # One expression for all would keep a piece of text for each of millions of line ends.
    return _HALF.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "␀"))


def squash(text: str) -> str:
    """Return the text without any white space (Chinese prose has none of its own)."""
    return "".join(text.split())


def fold(text: str) -> str:
    """Make full-width and half-width forms one (（ and (, １ and 1, ， and ,), white space removed.

    For comparing only: what is printed stays as printed.
    """
    # A white space may keep two characters apart that otherwise combine: normalised once more.
    return unicodedata.normalize("NFKC", squash(unicodedata.normalize("NFKC", text)))


# 一、扩大… / (一)鼓励… / （十三）… / 1. 深化… / 3、实施… / 7.加强…
_NUMBERING = expression(
    r"^\s*(?:[（(][一二三四五六七八九十百]+[）)]|[一二三四五六七八九十百]+、|\d+[.．、﹒])\s*"
)


def just_before(text: str, at: int, most: int) -> str:
    """Return what stands before a place of a text, at most so many characters."""
    return text[max(0, at - most) : at]


def numbered(label: str) -> tuple[str, str]:
    """Return a heading in two parts: its number (may be empty), and its words."""
    match = _NUMBERING.match(label)
    end = match.end() if match else 0
    return label[:end].strip(), label[end:].strip()


def plain_label(label: str) -> str:
    """Return a heading without its number and its closing full stop: `1. 深化…。` gives `深化…`."""
    return numbered(label)[1].rstrip("。．. ")


# A sentence ends with its closing mark and the quotation marks or brackets that close after it.
_SENTENCE = expression(r"[^。！？；!?;]*[。！？；!?;]+[”’」』）)]*|[^。！？；!?;]+")


def sentences(text: str) -> list[str]:
    """Return the sentences and semicolon clauses of a text, marks included; joined they give the
    text."""
    return _SENTENCE.findall(text)
