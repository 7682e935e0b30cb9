"""The one kind of error that bad input raises."""

from __future__ import annotations


class InputError(Exception):
    """Something in a document, a ledger or a table is not as expected.

    The message names the place (file and, where there is one, line), what was found, what was
    expected and what to do about it.
    """

    def __init__(self, place: str, *, found: str, expected: str, remedy: str) -> None:
        self.place, self.found, self.expected, self.remedy = place, found, expected, remedy
        super().__init__(f"{place}: found {found}; expected {expected}. What to do: {remedy}.")
