"""Tell what tables, JSON and errors hold in English: reasons, questions, places, things found.

`curation/reasons.csv` has each in a row, with its Chinese; code names the key. What was told is
found again by its English (`messages.phrase`), so a reader of the Chinese edition gets the Chinese.
Refusals, which have three parts each, stand in `refusals.csv` (`errors.refusal`).
"""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from string import Formatter

CURATION = Path(__file__).parent.parent / "curation"


def tell(key: str, /, **values: object) -> str:
    """Return the English of the reason `key`, its fields filled.

    `tell("extract.page_picture", n=3)`
    """
    return sentences("reasons.csv")[key]["en"].format(**values)


def counted(what: str, n: int) -> str:
    """Tell how many there are of a thing, in the singular where it is one: `1 task`, `2 tasks`.

    The things are those of the keys `count.` in `reasons.csv`.
    """
    return tell(f"count.{what}.one" if n == 1 else f"count.{what}", n=n)


@cache
def sentences(name: str) -> dict[str, dict[str, str]]:
    """Read a table of sentences by its keys, as it stands: the reader of curated files is worded by
    it too."""
    with (CURATION / name).open(encoding="utf-8", newline="") as file:
        return {row["key"]: row for row in csv.DictReader(file)}


def is_told(text: str, *keys: str) -> bool:
    """Tell whether a text holds what one of the reasons `keys` says, whatever fills its fields."""
    return any(_said(key).search(text) for key in keys)


@cache
def _said(key: str) -> re.Pattern[str]:
    parts = Formatter().parse(sentences("reasons.csv")[key]["en"])
    return re.compile(
        "".join(re.escape(w) + ("" if name is None else ".*") for w, name, *_ in parts),
        re.DOTALL,
    )
