"""The one kind of error that bad input raises."""

from __future__ import annotations

from typing import Any


class InputError(Exception):
    """Something in a document, a ledger or a table is not as expected.

    The message names the place (file and, where there is one, line), what was found, what was
    expected and what to do about it.
    """

    def __init__(self, place: str, *, found: str, expected: str, remedy: str) -> None:
        self.place, self.found, self.expected, self.remedy = place, found, expected, remedy
        super().__init__(f"{place}: found {found}; expected {expected}. What to do: {remedy}.")

    def at(self, place: str) -> InputError:
        """The same error with its place, which what raised it did not know."""
        return _again(place, self.found, self.expected, self.remedy)

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (self.place, self.found, self.expected, self.remedy)


def _again(place: str, found: str, expected: str, remedy: str) -> InputError:
    """An error as it was in another process."""
    return InputError(place, found=found, expected=expected, remedy=remedy)
