"""Refuse bad input with the one kind of error, worded in `curation/refusals.csv`."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path
from typing import Any

SENTENCES = Path(__file__).parent.parent / "curation" / "refusals.csv"
"""Every refusal: its key, what is found, what is expected and what to do, with `{fields}`."""


class InputError(Exception):
    """Something in a document, a ledger or a table is not as expected.

    The message names the place (file and, where there is one, line), what was found, what was
    expected and what to do about it.
    """

    def __init__(self, place: str, *, found: str, expected: str, remedy: str) -> None:
        self.place, self.found, self.expected, self.remedy = place, found, expected, remedy
        super().__init__(f"{place}: found {found}; expected {expected}. What to do: {remedy}.")

    def at(self, place: str) -> InputError:
        """Give the same error its place, which what raised it did not know."""
        return _again(place, self.found, self.expected, self.remedy)

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self.place, self.found, self.expected, self.remedy)


def _again(place: str, found: str, expected: str, remedy: str) -> InputError:
    """An error as it was in another process."""
    return InputError(place, found=found, expected=expected, remedy=remedy)


def refusal(key: str, place: object, /, **values: object) -> InputError:
    """Make the error `key` about a place; the values fill the fields of its sentences.

    `raise refusal("corpus.no_folder", folder)`
    """
    return InputError(str(place), **worded(key, **values))


def worded(key: str, /, **values: object) -> dict[str, str]:
    """Return what the error `key` says: `found`, `expected` and `remedy`, their fields filled."""
    texts = (text.format(**values) for text in _sentences()[key])
    return dict(zip(("found", "expected", "remedy"), texts, strict=True))


@cache
def _sentences() -> dict[str, list[str]]:
    # Read as it stands: the reader of curated files words its own refusals by this table.
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        return {key: texts for key, *texts in csv.reader(file)}
