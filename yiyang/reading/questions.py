"""Ask what a person should look at in a document, worst first, each with what answers it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from yiyang.core import places
from yiyang.reading.confidence import NONE_AT_MOST
from yiyang.reading.judging import STRONG
from yiyang.safety.telling import tell

if TYPE_CHECKING:
    from yiyang.reading.documents import Document

SHOWN = 3
"""Unread signs that a question quotes, and places that it offers."""


class Question(NamedTuple):
    """One thing to look at: the field of the catalogue or table, what is known of it, the line (0
    where there is none), and the command or row that answers it."""

    field: str
    found: str
    line: int
    answer: str

    def __str__(self) -> str:
        place = f" (line {self.line})" if self.line else ""
        return f"{self.field}: {self.found}{place}. {self.answer}"


def of(document: Document) -> list[Question]:
    """Return the questions that a document leaves open; an empty list where none is."""
    return [*_tasks(document), *_unread(document), *_metadata(document)]


def _tasks(document: Document) -> list[Question]:
    reading, name = document.reading, document.record.file_name
    if reading.layout == "unread":
        return [
            Question("file", tell("reading.not_readable"), 0, tell("reading.see_message_above"))
        ]
    if document.tasks or reading.confidence > NONE_AT_MOST:
        return []
    found = tell("reading.no_task_read_though_signs")
    return [Question("tasks", found, 0, tell("reading.see_yiyang_read_save_another", name=name))]


def _unread(document: Document) -> list[Question]:
    unread = document.account.unread()
    if not unread:
        return []
    kinds = Counter(row["kind"] for row in unread)
    counts = "; ".join(tell(f"sign.count.{kind}", n=n) for kind, n in kinds.most_common())
    quoted = "; ".join(
        tell("reading.line", line=r["line"], words=r["printed"][:20]) for r in unread[:SHOWN]
    )
    is_strong = any(row["kind"] in STRONG for row in unread)
    found = tell("reading.unread", n=len(unread), listed_kinds=counts, listed=quoted)
    name = document.record.file_name
    # A row of repairs.csv names a task.
    key = "reading.see_yiyang_read_mend_text" if document.tasks else "reading.see_yiyang_read_mend"
    answer = tell(key, name=name)
    field = "signs" if is_strong else "weak_signs"
    return [Question(field, found, unread[0]["line"], answer)]


def _metadata(document: Document) -> list[Question]:
    """What the document does not state of itself, or not beyond doubt."""
    record = document.record
    asked = [
        Question(
            doubt.field,
            f"{doubt.found}: {doubt.reason}",
            doubt.line,
            _set(record, doubt.field, _places(record.code, doubt.found)),
        )
        for doubt in document.doubts
    ]
    doubtful = {question.field for question in asked}
    missing = {
        "code": record.code in ("", places.UNKNOWN) and tell("reading.no_place_stated"),
        "date_issued": not record.date_issued and _undated(document),
        "title": not record.title and tell("reading.no_title_found"),
    }
    return asked + [
        Question(field, found, 0, _set(record, field))
        for field, found in missing.items()
        if found and field not in doubtful
    ]


def _undated(document: Document) -> str:
    needs = any(row["is_year_inferred"] or not row["due"] for row in document.rows["deadlines"])
    return tell("question.undated_deadlines" if needs else "question.undated")


OPTIONS = {"code": "--place 泰顺县", "date_issued": "--date 2024-05-31"}
"""Options of `yiyang add` that answer a question, with an example of each."""


def _set(record: Any, field: str, named: Sequence[str] = ()) -> str:
    """How a field of the catalogue is set: by the command that takes it, or by its row; of a place
    those that may be meant are `named`."""
    row = tell("question.row", field=field, name=record.file_name)
    if field not in OPTIONS:
        return tell("question.set", row=row)
    may_be = [f"--place {name}" for name in named] if field == "code" else []
    return tell("question.add", option="` / `".join(may_be) or OPTIONS[field], row=row)


def _places(code: str, words: str) -> list[str]:
    """The places that a document may be of: the one that was taken, and those that doubtful words
    name, as `--place` takes them."""
    codes = [code]
    at = 0
    while at < len(words):
        named = places.named_at(words, at)
        codes += named.codes if named else ()
        at = named.end if named else at + 1
    listed = [places.places().get(one) for one in dict.fromkeys(codes)]
    names = [place.name for place in listed if place and _is_enough(place)]
    return names[:SHOWN]


def _is_enough(place: places.Place) -> bool:
    """Whether the name of a place, with those above it, is that of no other."""
    named = places.named_at(place.name)
    return bool(named and named.end == len(place.name) and named.codes == (place.code,))
