"""Read what an address asks for (`?words=养老&year=2021`) into conditions of a question.

An address is the whole of a question: it can be kept and handed on. A part that is none of ours,
or has no meaning, is refused by its name: left out in silence it would give another result.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from yiyang.core.places import UNKNOWN
from yiyang.core.schema import specifications
from yiyang.report.served import unfolded
from yiyang.report.served.held import HeldStore, UnansweredError
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

A_PAGE = 50
"""Rows of a page."""
MOST_WORDS = 8
PRIMARY = "primary"
"""Any role but support, as in the report's own filters."""
NO_TIME = "none"
"""The kind of deadline of a task that names none."""
UNDATED = "undated"
"""That of one whose words were not understood."""
Values = dict[str, Any]


class Wish(NamedTuple):
    """What one part of an address may say: how it is read, and in words what it may be."""

    read: Callable[[str], Any]
    wanted: str


def _any_of(allowed: Iterable[str]) -> Wish:
    listed = tuple(allowed)

    def read(said: str) -> str:
        if said not in listed:
            raise ValueError(said)
        return said

    return Wish(read, ", ".join(listed))


def _formed(form: str, wanted: str) -> Wish:
    whole = expression(form, re.DOTALL)

    def read(said: str) -> str:
        if not whole.fullmatch(said):
            raise ValueError(said)
        return said

    return Wish(read, wanted)


def _number(low: float, high: float, kind: type[float] | type[int]) -> Wish:
    def read(said: str) -> float:
        value = kind(said) if said.isascii() and len(said) < 9 else high + 1
        if not low <= value <= high:
            raise ValueError(said)
        return value

    return Wish(read, f"{low:g}–{high:g}")


def _words(said: str) -> tuple[str, ...]:
    words = tuple(dict.fromkeys(said.split()))
    if len(words) > MOST_WORDS:
        raise ValueError(said)
    for word in words:
        unfolded.pattern(word)
    return words


def _values(table: str, column: str) -> tuple[str, ...]:
    fields = specifications()[table]["fields"]
    return tuple(next(f["categories"] for f in fields if f["name"] == column))


ALL_ROLES = _values("assignments", "role")
KINDS = (*_values("deadlines", "kind"), UNDATED, NO_TIME)
_NAME = _formed(r".{1,200}", tell("serve.name"))
_YEAR = _formed("[0-9]{4}|unknown", tell("serve.year"))
COMMON = {
    "place": _formed(r"[^\0]{1,60}", tell("serve.place")),
    "year": _YEAR,
    "low": _number(0, 1, float),
    "high": _number(0, 1, float),
    "page": _number(1, 1_000_000, int),
}
_PLACE = f"code = '{UNKNOWN}', code"
"""By the codes of places; documents that name none behind all others."""
TASK_SORTS = {
    "place": f"{_PLACE}, date_issued desc nulls last, document_id, seq",
    "newest": f"date_issued desc nulls last, {_PLACE}, document_id, seq",
    "least_sure": f"confidence, {_PLACE}, document_id, seq",
    "due": "(select min(due) from deadlines x where x.task_id = f.task_id) nulls last,"
    f" {_PLACE}, document_id, seq",
}
OF_TASKS = {
    **COMMON,
    "words": Wish(_words, tell("serve.words", most=MOST_WORDS)),
    "agency": _NAME,
    "role": _any_of((PRIMARY, *ALL_ROLES)),
    "theme": _NAME,
    "kind": _any_of(KINDS),
    "due": _formed(r"[12]\d{3}", tell("serve.due")),
    "field": _any_of(("1",)),
    "sort": _any_of(TASK_SORTS),
}
DOCUMENT_SORTS = {
    "place": f"{_PLACE}, d.date_issued desc nulls last, d.document_id",
    "newest": f"d.date_issued desc nulls last, {_PLACE}, d.document_id",
    "least_sure": "d.confidence, d.n_unread desc, d.document_id",
    "most_tasks": "d.n_tasks desc, d.document_id",
}
SHOWN = ("check", "refused")
OF_DOCUMENTS = {
    **COMMON,
    "title": _formed(r"[^\0]{1,60}", tell("serve.words", most=1)),
    "show": _any_of(SHOWN),
    "sort": _any_of(DOCUMENT_SORTS),
}


class Inquiry(NamedTuple):
    """What an address asks for: `said` as it stands there, `read` what it means."""

    said: Mapping[str, str]
    read: Mapping[str, Any]

    def query(self, **changes: object) -> str:
        """Write the address with some parts changed, those set to nothing left out."""
        said = {**self.said, **{name: str(value) for name, value in changes.items()}}
        return urlencode({name: value for name, value in said.items() if value})

    @property
    def page(self) -> int:
        return int(self.read.get("page", 1))


def choice(given: Iterable[tuple[str, str]], wishes: Mapping[str, Wish]) -> Inquiry:
    """Read the parts of an address. `UnansweredError` (400) names one that is none, or twice."""
    said: dict[str, str] = {}
    read: dict[str, Any] = {}
    for name, text in given:
        value = " ".join(text.split()) if name in ("words", "title") else text.strip()
        wish = wishes.get(name)
        if wish is None or name in said:
            raise _refused(name, text, ", ".join(wishes))
        if not value:
            continue
        try:
            read[name] = wish.read(value)
        except InputError as error:
            raise UnansweredError(400, error) from error
        except ValueError as error:
            raise _refused(name, text, wish.wanted) from error
        said[name] = value
    return Inquiry(said, read)


def _refused(name: str, text: str, wanted: str) -> UnansweredError:
    place = tell("serve.address")
    error = refusal("serve.parameter", place, name=name[:40], value=text[:80], wanted=wanted)
    return UnansweredError(400, error)


def places(store: HeldStore, named: str) -> list[Any]:
    """Return the places that a name or the code of one stands for: a code all below it too, one
    behind = itself alone. `UnansweredError` (400) for one that the store does not hold."""
    if named.startswith("="):
        condition, value = "$named in (jurisdiction, code, name_zh, name_en)", named[1:]
    elif re.fullmatch("[0-9]{2}(?:[0-9]{2}){0,2}", named):
        condition, value = "starts_with(code, $named)", re.sub("(?<=..)(?:00){1,2}$", "", named)
    else:
        condition = "contains(name_zh, $named) or contains(lower(name_en), lower($named))"
        value = named
    found = store.ask(
        f"select * from jurisdictions where {condition} order by code", {"named": value}
    )
    if not found:
        refused = refusal("serve.place", tell("serve.address"), value=named[:80])
        raise UnansweredError(400, refused)
    return found


def _of_all(store: HeldStore, read: Mapping[str, Any], table: str) -> tuple[list[str], Values]:
    """What tasks and documents are chosen by alike."""
    parts, values = [], Values()
    if "place" in read:
        parts.append(f"{table}.jurisdiction in (select unnest($places))")
        values["places"] = [place.jurisdiction for place in places(store, read["place"])]
    for name, condition in (
        ("year", f"{table}.year = $year"),
        ("low", "d.confidence >= $low"),
        ("high", "d.confidence <= $high"),
    ):
        if name in read:
            parts.append(condition)
            values[name] = read[name]
    return parts, values


TEXTS = ("text_printed", "measure_printed", "section_printed")
"""The columns in which words are looked for; and the text with its repairs."""


def tasks(store: HeldStore, asked: Inquiry) -> tuple[str, Values]:
    """Return the condition on tasks `t` of documents `d`, and the values of its parameters."""
    read = asked.read
    for table, name in (("agencies", "agency"), ("themes", "theme")):
        _hold_to(store, table, name, asked)
    parts, values = _of_all(store, read, "t")
    for n, word in enumerate(read.get("words", ())):
        texts = [f"regexp_matches(t.{column}, $word{n})" for column in TEXTS]
        texts.append(f"(t.is_repaired and regexp_matches(t.text, $word{n}))")
        parts.append(f"({' or '.join(texts)})")
        values[f"word{n}"] = unfolded.pattern(word)
    for name, condition in (
        (
            "theme",
            "t.task_id in (select task_id from task_themes"
            " where theme_id = $theme or second_theme_id = $theme)",
        ),
        ("field", "t.task_id in (select task_id from task_themes where is_in_field = $field)"),
    ):
        if name in read:
            parts.append(condition)
            values[name] = read[name]
    if "due" in read:
        year = int(read["due"])
        values |= {"due": date(year, 1, 1), "due_end": date(year, 12, 31)}
    if "field" in read:
        values["field"] = True
    parts += _of_units(read, values) + _of_kind(read, values)
    return " and ".join(parts) or "true", values


def _hold_to(store: HeldStore, table: str, name: str, asked: Inquiry) -> None:
    """Refuse an agency or a theme that the store does not know: no task would be a wrong answer."""
    if name not in asked.read:
        return
    rows = store.once(f"all {table}", lambda: store.ask(f"select {name}_id as id from {table}"))
    if asked.read[name] not in {row.id for row in rows}:
        raise _refused(name, asked.read[name], tell("serve.name"))


def _of_units(read: Mapping[str, Any], values: Values) -> list[str]:
    parts = []
    if "agency" in read:
        parts.append("agency_id = $agency")
        values["agency"] = read["agency"]
    if (role := read.get("role")) == PRIMARY:
        parts.append("is_primary")
    elif role:
        parts.append("role = $role")
        values["role"] = role
    own = " and ".join(parts)
    return [f"t.task_id in (select task_id from assignments where {own})"] if parts else []


def _of_kind(read: Mapping[str, Any], values: Values) -> list[str]:
    """One deadline that is of the kind and due in the year."""
    kind = read.get("kind")
    parts = []
    if "due" in read:
        parts.append("due between $due and $due_end")
    if kind == UNDATED:
        parts.append("kind is null")
    elif kind and kind != NO_TIME:
        parts.append("kind = $kind")
        values["kind"] = kind
    own = " and ".join(parts)
    found = [f"t.task_id in (select task_id from deadlines where {own})"] if parts else []
    if kind == NO_TIME:
        found.append("not exists (from deadlines x where x.task_id = t.task_id)")
    return found


SURE = 0.9
"""The confidence from which on a document is not to be checked for that alone."""


def documents(store: HeldStore, asked: Inquiry) -> tuple[str, Values]:
    """Return the condition on documents `d`, and the values of its parameters."""
    read = asked.read
    parts, values = _of_all(store, read, "d")
    if "title" in read:
        parts.append(
            "(regexp_matches(d.title, $title) or contains(d.file_name, $named)"
            " or contains(d.document_number, $named))"
        )
        values |= {"title": unfolded.pattern(read["title"]), "named": read["title"]}
    if read.get("show") == "check":
        parts.append(
            "(d.confidence < $sure or d.n_unread > 0 or d.status <> 'read' or not d.is_complete)"
        )
        values["sure"] = SURE
    elif read.get("show") == "refused":
        parts.append("d.status = 'refused'")
    return " and ".join(parts) or "true", values
