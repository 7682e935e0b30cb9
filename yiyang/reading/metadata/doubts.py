"""Say what is doubtful about a value that a document states of itself."""

from __future__ import annotations

from typing import NamedTuple

from yiyang.safety.errors import InputError, refusal
from yiyang.safety.telling import tell


class Doubt(NamedTuple):
    """A value that is doubtful or missing: the words that were found, their line, and why.

    A grave one is shown as a warning: the value may be wrong, or the reader has to choose. The
    others say where a value was taken from that is not stated as such.
    """

    field: str
    found: str
    line: int
    reason: str
    is_grave: bool = False

    def problem(self, place: str) -> InputError:
        """Return the doubt as what did not fit in a document."""
        where = tell("place.line", file=place, line=self.line) if self.line else place
        return refusal("document.doubt", where, doubt=self)
