"""Assign the printed lists of a document to its tasks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from yiyang.agencies import legends, rules
from yiyang.agencies.grammar import Unit, UnitList, read_units
from yiyang.agencies.name_folding import fold_name
from yiyang.agencies.resolving import Resolution, is_office_name, resolve
from yiyang.agencies.rules import Rule
from yiyang.core.schema import Rows
from yiyang.core.text import simplify
from yiyang.grammar import mark_legends, roles
from yiyang.grammar.roles import PRIMARY
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

# The field of a mention -> the role its column gives; a free text (`units`) states its own.
DEFAULT_ROLES = {
    "units": None,
    "lead": "lead",
    "responsible": "responsible",
    "supporting": "supporting",
}


Mention = dict[str, Any]


@dataclass(frozen=True)
class Assigned:
    """What the lists of units of a document give: rows of `assignments`, `repairs` (units named
    twice), `leftovers` (names that are not known, text that was not read) and `task_columns` (what
    a list says under labels that name no units); `warnings` are lines with what to look at,
    `applied` the lines and words of the rules on which values rest."""

    rows: Rows = field(default_factory=list)
    repairs: Rows = field(default_factory=list)
    leftovers: Rows = field(default_factory=list)
    columns: Rows = field(default_factory=list)
    warnings: list[tuple[int, str]] = field(default_factory=list)
    applied: set[tuple[int, str]] = field(default_factory=set)


@dataclass
class _Named:
    """A unit of a task with the mention it stands in, its role and the text it answers for."""

    mention: Mention
    unit: Unit
    role: str
    spans: list[tuple[int, int]]
    rule: Rule | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.unit.name, self.role


def assign(
    mentions: Rows, issued: date | None, issuer: str = "", notes: Rows | None = None
) -> Assigned:
    """Return the units printed for tasks, in the order of their lists, and what was not understood.

    A unit that a task names twice, as responsible and as supporting for the same words, counts
    once and as responsible; the repairs say so. One with several roles for several parts of the
    text has a row for each. A name that changed its meaning is read as of the day on which the
    document was issued, where it states one; an office inside an agency (养老服务科) is taken for
    one of the `issuer`. Rules for the whole document are looked for in the lists and in `notes`;
    `looks` of a mention is how the type of its line looks, where one speaks of it.
    """
    found = Assigned()
    lists = [mention for mention in mentions if mention["field"] in DEFAULT_ROLES]
    said = _Said(rules.stated(lists, notes or []), legends.of_document(notes or []))
    home = _home(issuer, issued)
    by_task: dict[str, Rows] = {}
    for mention in lists:
        by_task.setdefault(mention["task_id"], []).append(mention)
    for of_task in by_task.values():
        _assign_task(of_task, said, issued, home, found)
    once = dict.fromkeys(tuple(row.items()) for row in found.leftovers)
    found.leftovers[:] = [dict(row) for row in once]
    return found


class _Said(NamedTuple):
    """What a document says once for all its lists: its rules, and what letters stand for."""

    rules: list[Rule]
    legend: legends.Legend


def _assign_task(
    mentions: Rows,
    said: _Said,
    issued: date | None,
    home: str | None,
    found: Assigned,
) -> None:
    named: list[_Named] = []
    for mention in mentions:
        default, word = _heading(mention)
        by_key = list(legends.read_keys(mention, default, said.legend))
        if by_key:
            named += [
                _Named(mention | {"line": rule.line}, unit, unit.role, [], rule)
                for unit, rule in by_key
            ]
            continue
        reading = read_units(mention["text"], default)
        if word and any(unit.role == "other" for unit in reading.units):
            why = tell("agencies.unknown_role", word=word)
            found.leftovers.append(_leftover(mention, word, tell("agencies.unread", why=why)))
        span = mention.get("span")
        own = [_Named(mention, u, u.role, [span] if span else []) for u in reading.units]
        _role_by_rule(own, mention, said, found)
        named += own
        found.leftovers.extend(_unread(mention, reading))
        found.leftovers.extend(_former(mention, reading))
        found.columns.extend(_columns(mention, reading))
    named += _everywhere(named, mentions, said.rules)
    kept, dropped = _once(named)
    found.repairs.extend(_repair(one.mention, one.unit) for one in dropped)
    found.warnings.extend(_several_roles(kept))
    found.applied.update((one.rule.line, one.rule.printed) for one in kept if one.rule)
    for order, one in enumerate(kept, start=1):
        known = resolve(one.unit.name, issued)
        is_office = known.agency_id is None and is_office_name(one.unit.name)
        if is_office and home:
            known = known._replace(agency_id=home, rule="office")
        found.rows.append(_assignment(one, order, known, is_office=is_office))
        if known.agency_id is None:
            found.leftovers.append(_unknown(one, known, is_office=is_office))


# 责任单位, 考核部门: the heading of a column of units, whatever part it says they have
_SAYS_ROLE = expression("[^\\s]{2,}(?:单位|部门|科室|处室|股室|主体)$")


def _heading(mention: Mention) -> tuple[str | None, str]:
    """The role that the heading of a column gives its units, and the heading where it is a role
    word that is not known; a free text states its own roles."""
    field, heading = mention["field"], simplify(mention.get("heading") or "")
    heading = heading.strip(" :：")
    if roles.says_two(heading):
        return "other", heading
    if field not in ("units", "responsible") or not _SAYS_ROLE.match(heading):
        return DEFAULT_ROLES[field], ""
    if not roles.is_known(heading):
        return "other", heading
    return roles.of(heading) or "other", ""


def _home(issuer: str, issued: date | None) -> str | None:
    """The agency that issues a list, if it is one and known."""
    known = {resolve(name, issued).agency_id for name in issuer.split("、") if name}
    return known.pop() if len(known) == 1 else None


def _role_by_rule(own: list[_Named], mention: Mention, said: _Said, found: Assigned) -> None:
    """Give the units of a list the roles that a rule of the document says, or say that it could not
    be done."""
    are_told = any(one.role != "responsible" for one in own)
    stated = [rule for rule in said.rules if not are_told or rule.pick.kind == "unmarked"]
    if not own or (are_told and not stated):
        return
    if mark_legends.is_sign(mention.get("heading") or ""):
        return  # each list is a cell with a mark, and none is the first
    units = rules.List(mention, [one.unit for one in own])
    for n, (rule, role) in enumerate(rules.roles_of(units, stated)):
        own[n].rule, own[n].role = rule or own[n].rule, role or own[n].role
    if unclear := rules.unclear(units, stated):
        why = tell("agencies.rule_cannot_apply", printed=unclear.printed)
        reason = tell("agencies.unread", why=why)
        found.leftovers.extend(_leftover(mention, one.unit.printed, reason) for one in own)
    for one in rules.with_unsaid_marks(units, said.rules):
        why = tell("agencies.unexplained_mark", mark=rules.beside(one, mention["text"]).strip())
        found.leftovers.append(_leftover(mention, one.printed, tell("agencies.unread", why=why)))


def _everywhere(named: list[_Named], mentions: Rows, stated: list[Rule]) -> list[_Named]:
    """The units that a rule of the document adds to a task, where it does not name them itself, nor
    others that lead in their place."""
    mention = mentions[-1]
    printed = {one.unit.name for one in named}
    added = []
    for rule in stated:
        has_lead = rule.role == "lead" and any(one.role == "lead" for one in named)
        if not rule.units or not rule.holds_for(mention["line"]) or has_lead:
            continue
        for name in rule.units:
            unit = Unit(0, rule.role, None, name, fold_name(name), 0, len(name))
            if unit.name not in printed:
                there = mention | {"line": rule.line}
                added.append(_Named(there, unit, rule.role, [], rule))
                printed.add(unit.name)
    return added


def _once(named: list[_Named]) -> tuple[list[_Named], list[_Named]]:
    """The units of a task, one with one role for several parts once with all its parts; and those
    that support in words for which they are responsible too."""
    kept: dict[tuple[Any, ...], _Named] = {}
    dropped = []
    primary: dict[str, list[list[tuple[int, int]]]] = {}
    for one in named:
        if one.role in PRIMARY:
            primary.setdefault(one.unit.name, []).append(one.spans)
    for one in named:
        above = primary.get(one.unit.name, ())
        if one.role == "supporting" and any(
            not a or not one.spans or a == one.spans for a in above
        ):
            dropped.append(one)
        elif one.spans and one.key in kept and kept[one.key].spans:
            kept[one.key].spans.extend(s for s in one.spans if s not in kept[one.key].spans)
        else:
            # A unit printed twice for the whole text keeps both rows, as printed.
            kept[one.key if one.spans else (*one.key, len(kept))] = one
    return list(kept.values()), dropped


def _several_roles(kept: list[_Named]) -> Iterator[tuple[int, str]]:
    """The units that have several roles in one task, each for a part of its text."""
    by_name: dict[str, list[_Named]] = {}
    for one in kept:
        if one.spans:
            by_name.setdefault(one.unit.name, []).append(one)
    for own in by_name.values():
        if len({one.role for one in own}) > 1:
            said = "、".join(dict.fromkeys(f"{one.unit.printed} {one.role}" for one in own))
            for line in dict.fromkeys(one.mention["line"] for one in own):
                yield line, said


def _assignment(one: _Named, order: int, known: Resolution, *, is_office: bool) -> dict[str, Any]:
    why = one.rule.reason if one.rule else one.mention.get("inferred_reason") or None
    return {
        "task_id": one.mention["task_id"],
        "order": order,
        "agency_printed": one.unit.printed,
        "agency_id": known.agency_id,
        "role": one.role,
        "role_printed": one.unit.role_printed
        or (one.mention.get("heading") or "").strip(" :：")
        or None,
        "is_primary": one.role in PRIMARY,
        "is_office": is_office,
        "line": one.mention["line"],
        "agency_name": one.unit.name,
        "rule": known.rule,
        "text_spans": ";".join(f"{start}-{end}" for start, end in one.spans) or None,
        "is_inferred": bool(why),
        "inferred_reason": why,
    }


def _repair(mention: Mention, unit: Unit) -> dict[str, Any]:
    return {
        "document_id": mention["document_id"],
        "task_id": mention["task_id"],
        "field": mention["field"],
        "line": mention["line"],
        "before": unit.printed,
        "after": None,
        "kind": "repeated_unit",
        "reason": tell("agencies.named_responsible_again_supporting_counted"),
    }


def _columns(mention: Mention, reading: UnitList) -> Rows:
    """What a list says under a label that names no units: 适用范围：全市."""
    return [
        {
            "task_id": mention["task_id"],
            "column_printed": piece.reason,
            "text": piece.text[len(piece.reason) + 1 :].strip(),
            "line": mention["line"],
        }
        for piece in reading.fields
    ]


def _unread(mention: Mention, reading: UnitList) -> list[dict[str, Any]]:
    return [
        _leftover(mention, piece.text, tell("agencies.unread", why=piece.reason))
        for piece in reading.unread
    ]


def _former(mention: Mention, reading: UnitList) -> list[dict[str, Any]]:
    """What a list says of those who answered before: 原由县民政局承担."""
    former = (piece for piece in reading.skipped if piece.kind == "former")
    return [_leftover(mention, p.text, tell("agencies.who_answered_before")) for p in former]


def _unknown(one: _Named, known: Resolution, *, is_office: bool) -> dict[str, Any]:
    if is_office:
        why = tell("agencies.office_inside_agency_one_unknown")
        return _leftover(one.mention, one.unit.printed, why)
    near = "、".join(known.nearest) or tell("agencies.none_near")
    why = tell("agencies.unit_whose_name_not_known", near=near)
    return _leftover(one.mention, one.unit.printed, why)


def _leftover(mention: Mention, text: str, reason: str) -> dict[str, Any]:
    return {
        "document_id": mention["document_id"],
        "line": mention["line"],
        "text": text,
        "reason": reason,
    }
