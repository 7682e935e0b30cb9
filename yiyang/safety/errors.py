"""Refuse bad input with the one kind of error, worded in `curation/refusals.csv`."""

from __future__ import annotations

from typing import Any

from yiyang.safety.telling import sentences, tell

PARTS = ("found", "expected", "remedy")
"""Columns of a refusal in `refusals.csv`, with `{fields}`."""


class InputError(Exception):
    """Something in a document, a ledger or a table is not as expected.

    The message names the place (file and, where there is one, line), what was found, what was
    expected and what to do about it.

    Attributes
    ----------
    place, found, expected, remedy
        The four parts of the message.
    """

    def __init__(self, place: str, *, found: str, expected: str, remedy: str) -> None:
        self.place, self.found, self.expected, self.remedy = place, found, expected, remedy
        said = {"found": found, "expected": expected, "remedy": remedy}
        super().__init__(tell("place.refused", place=place, **said))

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
    texts = sentences("refusals.csv")[key]
    return {part: texts[part].format(**values) for part in PARTS}
