"""Read the lines inside a cell of a task table: names that go on, and units behind the words of a
task."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from yiyang.parse import header_words, unitlists
from yiyang.parse.pieces import NO_FIELD, UNIT_FIELDS, Piece
from yiyang.parse.shapes import LABEL, NAME_END, TIME_LABEL, is_deadline, is_known_unit, is_units
from yiyang.parse.unit_spans import Span
from yiyang.safety.later import expression
from yiyang.safety.telling import tell

# What goes on with the name on the line above: 各乡镇 / 人民政府
_NAME_GOES_ON = expression(
    r"^(?:人民政府|政府|办事处|街道办事处|委员会|办公室|管理局|有限公司|分局|[）)、，,；;和及])"
)
# （市、区）政府 below 各县, but not （配合单位：市财政局）
_BRACKET_GOES_ON = expression(r"[（(][^（()）:：]{1,12}[)）]")
# A list or a name that goes on: 区住房和城乡, no township; 市财政局、 / 市民政局
_NUMBER = expression(r"^\s{0,9}(?:\d{1,2}[.．、)）]|[①-⑳]|[（(]\d{1,2}[)）])\s{0,9}")
_LIST_GOES_ON = expression(r"(?:[、，,和及（(]|城乡)$")


def pieces(piece: Piece, has_column_of_units: bool) -> Iterator[Piece]:
    """Return the pieces that a cell of a task is made of."""
    if piece.use == "text" and not has_column_of_units:
        yield from with_units(piece)
    elif piece.use in UNIT_FIELDS and header_words.names_people(piece.heading):
        yield from without_people(piece)
    else:
        yield plain(piece)


def plain(piece: Piece) -> Piece:
    """Return a piece without the line breaks inside its cell; between two units they stay."""
    if "\n" not in piece.text:
        return piece
    lines = piece.text.split("\n")
    text = lines[0]
    # in a narrow column names break anywhere; where each line is one, none does
    is_narrow = not all(map(is_units, filter(None, lines)))
    for n, line in enumerate(lines[1:], 1):
        above = text.rpartition("\n")[2]
        is_list = piece.use in UNIT_FIELDS and _is_next_name(above, line)
        if is_list and is_narrow and _is_half(above, lines[n:]):
            is_list = False
        text += ("\n" if is_list else "") + line
    return replace(piece, text=text)


def _is_half(above: str, lines: Sequence[str]) -> bool:
    """Whether lines of a narrow column go on with a name that could end above them: 县政府 above
    金融工 and 作办. What they make up is no known unit, but it is together with the name."""
    name = ""
    for line in lines:
        name += line
        if is_units(name):
            break
    # 县政府金融工作办
    is_of_government = above.endswith(("政府", "管委会")) and name.endswith(("办", "办公室"))
    return not is_known_unit(name) and (is_of_government or is_known_unit(above + name))


def goes_on(above: Piece, piece: Piece) -> bool:
    """Tell whether what a row holds that goes on with the one above is the other half of a list,
    a time or a name there."""
    if piece.use in UNIT_FIELDS:
        return not _is_next_name(above.text, piece.text)
    if piece.use == "deadline":
        return is_deadline(above.text + piece.text) and not is_deadline(piece.text)
    return piece.use in ("section", "measure")


def _is_next_name(above: str, line: str) -> bool:
    """Whether a line in a cell of units begins another name, and is no other half of one."""
    opened = sum((c in "（(") - (c in "）)") for c in above)
    if opened > 0 or _LIST_GOES_ON.search(above):
        return False
    if LABEL.match(_NUMBER.sub("", line)):
        return True
    label = LABEL.match(above)
    last = re.split("[、，,；;\n]", above[label.end() :] if label else above)[-1]
    if last.isalpha() and is_known_unit(last + line) and not NAME_END.search(last):
        return False  # 县文化旅游 above 体育局
    is_half = _NAME_GOES_ON.match(line) or _BRACKET_GOES_ON.match(line)
    return is_units(above[label.end() :] if label else above) and not is_half


def with_units(piece: Piece) -> Iterator[Piece]:
    """Return the words of a task in a table without a column of units, and the units and times
    that stand behind them in its cell: 新建食堂3家。 / 牵头单位：市民政局."""
    text, at = piece.text, 0
    spans = unitlists.find(text)
    if not _names_units(spans):
        yield plain(piece)
        return
    for span in [*spans, None]:
        own = text[at : span.start if span else len(text)]
        if own.strip(" 。；;，,\n"):
            yield plain(replace(piece, text=own.strip()))
        if not span:
            return
        at = span.end
        yield from _labelled(piece, text[span.start : span.end], span.use)


def has_units(text: str) -> bool:
    """Tell whether the words of a task name units of their own."""
    return _names_units(unitlists.find(text))


def _names_units(spans: Sequence[Span]) -> bool:
    return any(span.use == "units" and span.start for span in spans)


# 县水务局 马建军, 县卫健局（局长高志强）: a unit, and one of its people with title and telephone
_NAME_AND_PERSON = expression(
    r"(?P<unit>[^\s（()）:：]{2,22})(?:(?P<between>[\s（(:：]{1,3})"
    r"(?:[一-鿿]{0,4}(?:[局部科股所院队县区市镇乡厅处站组校]长|主任|书记|主席|经理|科员)[\s:：]?)?"
    r"(?P<person>[一-鿿·]{2,4})(?:同志)?(?:\s?[\d\-]{7,13})?[）)]?)?\s*"
)
_EACH = expression(r"[^、，,；;\n]+|[、，,；;\n]+")


def without_people(piece: Piece) -> Iterator[Piece]:
    """Return the units of a cell whose heading says that people stand beside them, and the people
    apart; the cell as it is where anything else stands in it."""
    found: list[Piece] = []
    people = tell("parse.names_people_no_units")
    for part in _EACH.findall(piece.text):
        match = _NAME_AND_PERSON.fullmatch(part)
        if match and is_known_unit(match["unit"]) and not _is_name(match["person"] or ""):
            found.append(replace(piece, text=match["unit"]))
            if behind := part[match.end("unit") :].strip():
                found.append(Piece(piece.line, behind, "leftover", reason=people))
        elif not part.strip("、，,；;\n "):
            mark = tell("parse.punctuation_behind_list")
            found += [Piece(piece.line, part.strip(), "leftover", reason=mark)] * bool(part.strip())
        else:
            yield plain(piece)
            return
    yield from found


def _is_name(words: str) -> bool:
    return is_units(words) or is_known_unit(words)


def _labelled(piece: Piece, text: str, use: str) -> Iterator[Piece]:
    """A list of units or a time inside the cell of a task, its label apart."""
    words = text.strip()
    if use in ("units", "deadline"):
        label = TIME_LABEL.match(words) if use == "deadline" else None
        rest = words[label.end() :] if label else words
        if label:
            yield Piece(
                piece.line, label[0].strip(), "leftover", reason=tell("parse.label_deadline")
            )
        yield replace(piece, text=rest.replace("\n", ""), use=use, heading="")
    elif words:
        reason = NO_FIELD.get(use, NO_FIELD["stop"])
        yield Piece(piece.line, words, "leftover", reason=reason)
