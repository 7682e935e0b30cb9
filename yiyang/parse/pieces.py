"""Hold what a document is cut into: pieces, each with its use; nothing may get lost between
them."""

from __future__ import annotations

from dataclasses import dataclass

from yiyang.safety.telling import tell

UNIT_FIELDS = ("units", "lead", "responsible", "supporting")
"""Uses that hold a list of units; under `units` the words of the list say the roles."""

# `text` keeps the line of each stretch of a task's words, which a task may have several of.
MENTION_FIELDS = (*UNIT_FIELDS, "deadline", "text")


NO_FIELD = {
    "person": tell("parse.names_people_no_units"),
    "score": tell("parse.score_of_task"),
    "stop": tell("parse.punctuation_behind_list"),
    "label": tell("parse.label_deadline"),
    "rule": tell("parse.rule_for_lists_document"),
    "ditto": tell("parse.mark_repeats_cell_above"),
    "attached": tell("parse.list_of_attachments"),
}
"""Parts of an item that say nothing of the task itself, and why."""


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
