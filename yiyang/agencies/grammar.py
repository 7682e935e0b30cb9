"""Read a printed list of units into units with their roles: the role grammar.

A list is a run of names with a role word behind them (市民政局、财政局牵头，各区配合), a label
before them (责任单位：…), a mark in brackets behind one of them (民政局（牵头）、财政局) or, in a
table, none at all: then the column says the role. The rules:

1. A role word closes the names since the last one. Names left over behind the last word support;
   under a printed label they keep the label's role.
2. Where the first role word is 配合 and a ， stands before it, the names up to the first ， keep
   the role of label or column: 民政局，财政局、卫健局配合; those that only support do so up to
   the last ， where it is 牵头 (配合单位：财政局，教育局，民政局牵头), unless all lead (共同牵头).
3. The names behind 会同 and 联合 support the one before it.
4. A verb such as 组织 or 指导 closes the names before it and passes the task on: those behind it
   have the role of the word that follows them (教育局组织各学校实施); where none does, their role
   is `other` and the verb is not understood.
5. A level word or place that stands before the first name only (市民政局、财政局) holds for the
   departments behind it; the restored name is `Unit.name`, `Unit.printed` stays as it is.
6. What separates, labels or is not understood is `skipped`, each with its kind; units and skipped
   pieces put together give the text again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import NamedTuple

from yiyang.agencies import beside_names
from yiyang.agencies.name_folding import fold_name
from yiyang.agencies.resolving import Resolution, resolve
from yiyang.agencies.tokens import Token, tokens, without_exception
from yiyang.core.text import remembered
from yiyang.grammar import roles as role_words
from yiyang.safety.later import expression
from yiyang.safety.telling import tell


@dataclass(frozen=True)
class Unit:
    """A unit of a printed list: `text[start:end] == printed`. `role_printed` is the word or label
    that states the role; None where the column or the place in the list gave it."""

    order: int
    role: str
    role_printed: str | None
    printed: str
    name: str
    start: int
    end: int


class Skipped(NamedTuple):
    """A piece that is no unit. `kind` is separator, role, label, note (a remark understood as
    such), former (who answered before and does no longer), field (a label that names no units,
    with its words; `reason` is the label) or unread (not understood; `reason` says why)."""

    text: str
    start: int
    end: int
    kind: str
    reason: str = ""


@dataclass(frozen=True)
class UnitList:
    """What a text was read into: its units and what it skipped, both in the order of the text."""

    units: tuple[Unit, ...]
    skipped: tuple[Skipped, ...]

    @property
    def fields(self) -> tuple[Skipped, ...]:
        """What the list says under labels that name no units: 适用范围：全市."""
        return tuple(s for s in self.skipped if s.kind == "field")

    @property
    def unread(self) -> tuple[Skipped, ...]:
        """The skipped pieces that were not understood."""
        return tuple(s for s in self.skipped if s.kind == "unread")


@remembered(1 << 14)
def read_units(text: str, default_role: str | None = None) -> UnitList:
    """Read a printed list of units.

    `default_role` is the role of names that no word gives one, as the heading of their column says
    (`responsible` for 责任单位); without it they are `responsible`. Never raises for a string: an
    empty one gives an empty reading, what is not understood is among the skipped.
    """
    found = _with_passing(_with_joint_marks(_with_exceptions(list(tokens(text)))))
    roles = _roles(found, default_role or "responsible")
    units: list[Unit] = []
    skipped: list[Skipped] = []
    for index, piece in enumerate(found):
        printed = text[piece.start : piece.end]
        if piece.kind == "unit":
            role, word = roles[index]
            name = fold_name(without_exception(printed))
            units.append(Unit(len(units) + 1, role, word, printed, name, piece.start, piece.end))
        elif printed:
            skipped.append(Skipped(printed, piece.start, piece.end, *_public_kind(piece)))
    return UnitList(tuple(_with_prefix(units)), tuple(skipped))


# 县文广新旅局, 镇农业农村办, 镇派出所: an office of this place, whatever it sees to; not 县域格局,
# 乡村振兴服务中心
_LOCAL_OFFICE = expression(
    "[省市县区州旗盟](?![域内级长县委]|民(?![政宗族]))[一-鿿]{1,6}(?<![布格结大全开破时棋僵定战新变困残])局"
    "|(?:镇(?!村|域|级|区|街)|(?<!城)乡(?!村|镇|域|级|土|贤))[一-鿿]{2,10}(?:办|办公室|所|站|中心|[执支大中]?队|社)"
)


def names_units(text: str) -> bool:
    """Tell whether a text is a list of known units and role words, known or not, and nothing
    else."""
    reading = read_units(text)
    return (
        bool(reading.units)
        and all(
            resolve(unit.name).agency_id or _LOCAL_OFFICE.fullmatch(unit.name)
            for unit in reading.units
        )
        and not any(token.kind == "unread" for token in tokens(text))
        and not reading.fields
    )


def _with_exceptions(found: list[Token]) -> list[Token]:
    """Take those who are excepted for a part of the unit beside them: 各镇（城关镇除外）; in
    县民政局，除城关镇外，各镇 for one of the unit behind them."""
    merged: list[Token] = []
    for piece, following in zip_longest(found, found[1:]):
        at = _unit_before(merged) if piece.kind == "except" else -1
        is_before = following and following.kind == "unit" and merged and merged[-1].kind != "unit"
        if at >= 0 and not is_before:
            merged[at:] = [merged[at]._replace(end=piece.end)]
        elif piece.kind == "unit" and merged and merged[-1].kind == "except":
            merged[-1] = piece._replace(start=merged[-1].start)
        else:
            merged.append(piece)
    return [t._replace(kind="note") if t.kind == "except" else t for t in merged]


def _unit_before(pieces: Sequence[Token]) -> int:
    """Where the unit stands behind which there are marks alone; -1 where there is none."""
    at = len(pieces) - 1
    while at >= 0 and pieces[at].kind in ("comma", "separator"):
        at -= 1
    return at if at >= 0 and pieces[at].kind == "unit" else -1


def _with_joint_marks(found: list[Token]) -> list[Token]:
    """Take the marks of which it is not told how many of the names before them they are about for
    unread; those before which two units have a part stand behind each of them."""
    marks = Counter(piece.word for piece in found if piece.kind == "mark")
    marked: list[Token] = []
    names: list[int] = []
    for token in found:
        piece = token
        if piece.kind == "mark":
            n_held = beside_names.held_by(piece.word, len(names), marks[piece.word])
            if not n_held:
                why = tell("agencies.joint_part", word=piece.word)
                piece = piece._replace(kind="unread", word=why)
            for at in names[-n_held:][:-1] if n_held else ():
                marked.insert(at + 1, Token("mark", piece.start, piece.start, piece.word))
            names = []
        elif piece.kind in ("role", "label", "passes", "together"):
            names = []
        elif piece.kind == "unit":
            names.append(len(marked))
        marked.append(piece)
    return marked


def _with_passing(found: list[Token]) -> list[Token]:
    """Find the verbs between names behind which no word says what the later names do: these units
    bear the verb as their word."""
    found = list(found)
    for index, piece in enumerate(found):
        if _passes(found, index) and not _is_said(found[index + 1 :]):
            found[index] = piece._replace(kind="passes on")
            for n in _next_units(found, index):
                found[n] = found[n]._replace(word=piece.word)
    return found


# 牵头组织, 负责指导 right between two names: a role word that passes the task on
_PASSES_ON = ("组织", "指导", "督促", "督导", "协调")


def _passes(found: list[Token], index: int) -> bool:
    piece = found[index]
    beside = [other.kind for other in found[max(index - 1, 0) : index + 2]]
    return piece.kind == "passes" or (
        beside == ["unit", "role", "unit"] and piece.word.endswith(_PASSES_ON)
    )


def _is_said(behind: list[Token]) -> bool:
    """Whether a role word closes the names next to come, before a comma does."""
    ends = ("role", "mark", "passes", "comma", "label")
    return next((p.kind for p in behind if p.kind in ends), "") in ("role", "mark", "passes")


def _next_units(found: list[Token], index: int) -> Iterator[int]:
    for n in range(index + 1, len(found)):
        if found[n].kind in ("comma", "label"):
            return
        if found[n].kind == "unit":
            yield n


def _public_kind(piece: Token) -> tuple[str, str]:
    if piece.kind == "passes on":
        return "unread", tell("agencies.verb_without_role", word=piece.word)
    kind = _PUBLIC.get(piece.kind, piece.kind)
    if piece.kind in ("role", "mark", "label") and not role_words.is_known(piece.word):
        return "unread", tell("agencies.unknown_role", word=piece.word)
    return kind, piece.word if kind in ("unread", "field") else ""


def _role(piece: Token) -> tuple[str, str]:
    """The role that a role word or label gives, and the word."""
    return role_words.of(piece.word) or "other", piece.word


_PUBLIC = {"comma": "separator", "together": "role", "mark": "role", "passes": "role"}
Role = tuple[str, str | None]


class _Open:
    """The names read since the last role word, by their index among the pieces."""

    def __init__(self) -> None:
        self.names: list[int] = []
        self.first_comma: int | None = None
        self.last_comma: int | None = None
        self.together: int | None = None
        self.joined_by = ""  # 会同, 商, 联合


def _roles(found: list[Token], default: str) -> dict[int, Role]:
    """Index of every unit among the pieces -> its role and the word that states it."""
    roles: dict[int, Role] = {}
    label: Role | None = None
    is_stated = False
    # 牵头 市民政局 配合 市财政局: where a role word comes first, all of them stand before names.
    is_before = next((p.kind for p in found if p.kind in ("unit", "role", "label")), "") == "role"
    held = _Open()
    for index, piece in enumerate(found):
        if piece.kind == "unit" and piece.word:
            roles[index] = ("other", piece.word)
        elif piece.kind == "unit":
            held.names.append(index)
        elif piece.kind == "comma" and held.names:
            held.last_comma = len(held.names)
            held.first_comma = held.first_comma or held.last_comma
        elif piece.kind == "together" and held.together is None:
            held.together, held.joined_by = len(held.names), piece.word
        elif piece.kind == "mark" and held.names:
            roles[held.names.pop()] = _role(piece)
        elif piece.kind == "role" and held.names and not is_before:
            roles |= _close(held, _role(piece), None if is_stated else label or (default, None))
            held, is_stated = _Open(), True
        elif piece.kind in ("passes", "passes on"):
            given = label or _unstated(is_stated, default)
            roles |= _close(held, _passing(piece, given), None)
            held, is_stated = _Open(), True
        elif piece.kind in ("label", "role"):
            roles |= _close(held, label or _unstated(is_stated, default), None)
            held, label = _Open(), _role(piece)
    return roles | _close(held, label or _unstated(is_stated, default), None)


def _passing(piece: Token, given: Role) -> Role:
    """The role of those who have others act: what the list gives them, unless the verb says more
    or less (统筹, 指导) than that they answer for the task."""
    role = role_words.of(piece.word) if role_words.is_known(piece.word) else "responsible"
    if role != "responsible":
        return role or "other", piece.word
    return given[0] if given[0] in role_words.PRIMARY else role, given[1] or piece.word


def _unstated(is_stated: bool, default: str) -> Role:
    return ("supporting" if is_stated else default, None)


_ALL_OF_THEM = expression("共同|分别|联合|按|各")


def _close(held: _Open, role: Role, before_comma: Role | None) -> dict[int, Role]:
    """Give the open names their role (rules 1 to 3)."""
    names, cut = held.names, held.first_comma
    if held.together is not None:
        behind = dict.fromkeys(names[held.together :], ("supporting", held.joined_by))
        return dict.fromkeys(names[: held.together], role) | behind
    own = before_comma or role
    # 配合单位：财政局，教育局，民政局牵头; not 市民政局，市教育局共同牵头
    is_led = (own[0], role[0]) == ("supporting", "lead") and not _ALL_OF_THEM.search(role[1] or "")
    cut = held.last_comma if is_led else cut
    if cut and cut < len(names) and (role[0] == "supporting" or is_led):
        return dict.fromkeys(names[:cut], own) | dict.fromkeys(names[cut:], role)
    return dict.fromkeys(names, role)


# What may take over the prefix of a name before it; organs led from above, governments, townships
# and collective units stand for themselves.
TAKES_PREFIX = ("department", "party", "mass_organisation", "public_institution", "judicial")


def _with_prefix(units: list[Unit]) -> Iterator[Unit]:
    """Restore the level word or place that a list prints before its first name only (rule 5)."""
    carried: Resolution | None = None
    for unit in units:
        known = resolve(unit.printed)
        if known.prefix and known.level not in (None, "national"):
            carried = known
        elif carried and _lacks_prefix(known, carried):
            yield replace(unit, name=_place(carried.prefix) + unit.name)
            continue
        yield unit


def _lacks_prefix(known: Resolution, carried: Resolution) -> bool:
    return (
        known.kind in TAKES_PREFIX
        and known.rule is not None
        and not known.prefix
        and not known.rule.startswith(("pattern", "branch"))
        and known.level in (None, carried.level)
        and not known.name.startswith("团")
    )


def _place(prefix: str) -> str:
    """县 of 县委 in 县委组织部、民政局: the next name lacks the county, not its party committee."""
    for committee in ("人民政府", "政府", "党委", "工委", "委"):
        if prefix.endswith(committee):
            return prefix.removesuffix(committee)
    return prefix
