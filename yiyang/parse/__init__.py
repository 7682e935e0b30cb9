"""Cut the blocks of a document into pieces, and the pieces into tasks, mentions and leftovers.

A piece is a stretch of a file with what it is used for. Every character of a file that is not
white space lies in exactly one piece, so nothing can get lost between a file and its tables.
This floor knows table headers, numbering and brackets, and what a unit or a date looks like; what
they mean is for `agencies` and `deadlines`.
"""

from yiyang.parse.assemble import MENTION_COLUMNS, columns, leftovers, mentions, tasks
from yiyang.parse.document import PROSE, Reading, read
from yiyang.parse.merged_labels import spread_labels
from yiyang.parse.pieces import MENTION_FIELDS, UNIT_FIELDS, Piece
from yiyang.parse.shapes import hand_in

__all__ = [
    "MENTION_COLUMNS",
    "MENTION_FIELDS",
    "PROSE",
    "UNIT_FIELDS",
    "Piece",
    "Reading",
    "columns",
    "hand_in",
    "leftovers",
    "mentions",
    "read",
    "spread_labels",
    "tasks",
]
