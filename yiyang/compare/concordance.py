"""Show words where they stand: a concordance (key word in context)."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

import pandas as pd

from yiyang.core.corpus import Corpus
from yiyang.safety.errors import refusal
from yiyang.safety.telling import tell

Order = Literal["text", "left", "right"]
LONGEST = 200
"""Characters of a pattern."""


class Kwic(pd.DataFrame):
    """A concordance, one place a row; `print` shows it aligned at the key word."""

    @property
    def _constructor(self) -> type[pd.DataFrame]:
        return pd.DataFrame  # what is cut out of it is a table like any other

    def __str__(self) -> str:
        if self.empty:
            return "no place"
        ids = self["task_id"].map(len).max()
        left = self["left"].map(_width).max()
        return "\n".join(
            f"{row.task_id:<{ids}}  {' ' * (left - _width(row.left))}{row.left}"
            f"【{row.keyword}】{row.right}"
            for row in self.itertuples()
        )


def kwic(  # noqa: PLR0913  (each is a choice of a concordance)
    corpus: Corpus,
    pattern: str,
    *,
    window: int = 12,
    by: str | None = None,
    regex: bool = False,
    sort: Order = "text",
) -> Kwic:
    """List where a word or phrase stands in the texts of the tasks.

    Parameters
    ----------
    corpus
        Whose tasks are searched.
    pattern
        The characters themselves.
    regex
        `pattern` is a regular expression of Python.
    window
        Characters shown on either side.
    by
        A further column of `corpus.document_info()` (`jurisdiction`, `theme_id` ...): it stands
        second, and the rows are in its order.
    sort
        `text`: as they are printed; `right`, `left`: by what follows or precedes.

    Returns
    -------
    Kwic
        One row is a place: `task_id`, the column `by`, `left, keyword, right`, and `start, end` in
        `tasks.text`.

    Raises
    ------
    InputError
        For an empty pattern, one that is no regular expression, and an unknown `by` or `sort`.
    """
    if window < 0:
        raise refusal("kwic.window", "kwic", window=window)
    if sort not in ("text", "left", "right"):
        raise refusal("kwic.sort", "kwic", sort=sort)
    frame = _places(corpus.tasks, _compiled(pattern, regex), window)
    keys = {"text": [], "right": ["right"], "left": ["backwards"]}[sort]
    frame["backwards"] = frame["left"].map(lambda text: str(text)[::-1])
    if by is not None:
        frame.insert(1, by, frame["task_id"].map(grouping(corpus, by)))
        keys = [by, *keys]
    if keys:
        frame = frame.sort_values(keys, kind="stable", ignore_index=True)
    return Kwic(frame.drop(columns="backwards"))


def _compiled(pattern: str, regex: bool) -> re.Pattern[str]:
    if not pattern or len(pattern) > LONGEST:
        raise refusal(
            "kwic.pattern",
            "kwic",
            pattern=repr(pattern[:40]),
            said=tell("compare.pattern_length", most=LONGEST),
        )
    try:
        return re.compile(pattern if regex else re.escape(pattern))
    except re.error as error:
        raise refusal("kwic.pattern", "kwic", pattern=repr(pattern), said=str(error)) from error


def _places(tasks: pd.DataFrame, pattern: re.Pattern[str], window: int) -> pd.DataFrame:
    """Where a pattern stands in the texts of tasks, with what stands around it."""
    rows = [
        (task.task_id, *_around(str(task.text), *place.span(), window), *place.span())
        for task in tasks.itertuples()
        for place in pattern.finditer(str(task.text))
        if place.end() > place.start()
    ]
    return pd.DataFrame(rows, columns=["task_id", "left", "keyword", "right", "start", "end"])


def grouping(corpus: Corpus, by: str) -> pd.Series:
    """Return the values of a column of `document_info`, by `task_id`; another raises
    `InputError`."""
    info = corpus.document_info().set_index("task_id", drop=False)
    if by not in info:
        raise refusal(
            "compare.no_column", tell("core.corpus"), name=by, known=", ".join(info.columns)
        )
    return info[by]


def _around(text: str, start: int, end: int, window: int) -> tuple[str, str, str]:
    left, right = text[max(0, start - window) : start], text[end : end + window]
    return left.replace("\n", " "), text[start:end].replace("\n", " "), right.replace("\n", " ")


def _width(text: str) -> int:
    """The columns that a text takes on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
