"""Hold what a document is cut into: pieces, each with its use; nothing may get lost between
them."""

from __future__ import annotations

from dataclasses import dataclass

UNIT_FIELDS = ("units", "lead", "responsible", "supporting")
"""Uses that hold a list of units; under `units` the words of the list say the roles."""

# `text` keeps the line of each stretch of a task's words, which a task may have several of.
MENTION_FIELDS = (*UNIT_FIELDS, "deadline", "text")


@dataclass(frozen=True)
class Piece:
    """A stretch of one line of a file.

    `use` is `number`, `section`, `measure`, `text`, a field of the mentions (`units`, `lead`,
    `responsible`, `supporting`, `deadline`), `column` (a cell under another heading) or `leftover`;
    `seq` is the number of its task (0 for
    leftovers), `reason` says why a leftover is none, `heading` is the printed heading of its
    column. A shared piece stands in the file only once but holds for several tasks (a merged cell,
    the heading above): it takes up no text of its own. It is inferred where it is not printed
    beside the task; `reason` then says what it rests on.
    """

    line: int
    text: str
    use: str
    seq: int = 0
    reason: str = ""
    heading: str = ""
    is_shared: bool = False
    is_inferred: bool = False
    goes_on: bool = False
    """Whether a list goes on with the piece before it, of which the line ended."""
