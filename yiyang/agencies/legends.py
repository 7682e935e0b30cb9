"""Read legends: letters, numbers or short names that stand for units, as a note of the document
lists them: A—区民政局, “教体”为县教育和体育局."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from yiyang.agencies.grammar import Unit
from yiyang.agencies.name_folding import fold_name
from yiyang.agencies.resolving import resolve
from yiyang.agencies.rules import EVERY_LINE, Rule
from yiyang.core.schema import Rows
from yiyang.core.text import simplify
from yiyang.grammar import roles
from yiyang.safety.later import expression


class Keyed(NamedTuple):
    """What a key stands for: the `unit`, the line and words that say so, and the role that a label
    before the legend gives (牵头单位：①…); None where there is no label."""

    unit: str
    rule: Rule
    role: str | None


Legend = dict[str, Keyed]


def of_document(rows: Rows) -> Legend:
    """Return what the keys of a document stand for (`text`, `line`), where each is a known unit.

    A key that two notes explain differently stands for neither.
    """
    found: Legend = {}
    unclear = set()
    for row in rows:
        text = simplify(row["text"])
        pairs = [*roles.legend(text).items()] or _SHORT.findall(text)
        if not all(resolve(name).agency_id for _, name in pairs):
            continue
        pairs = pairs or _shortened(text)
        for key, name in pairs:
            rule = Rule(row["line"], f"{key} {name}", (name,), 0, EVERY_LINE)
            entry = Keyed(name, rule, _role(row["text"]))
            if found.setdefault(key, entry).unit != name:
                unclear.add(key)
    return {key: entry for key, entry in found.items() if key not in unclear}


# “教体”为县教育和体育局; not “两办”为县委办公室、县政府办公室
_SHORT = expression(
    r"[“\"‘「]([一-鿿]{2,6})[”\"’」](?:为|是?指|即|代表|表示|系)([一-鿿（()）]{3,24})"
    r"(?=[，,。；;]|\s{0,3}$|[、\s]{1,3}[“\"‘「])"
)
_NOTE = expression(r"^\s?(?:备?注|说明|注释)\s?[:：]")
# 市监：县市场监督管理局；住建：县住房和城乡建设局
_PAIR = expression(
    r"(?<![一-鿿])([一-鿿]{2,6})\s?[:：]\s?([一-鿿（()）]{4,24})(?=[，,。；;]|\s{0,3}$)"
)


def _shortened(text: str) -> list[tuple[str, str]]:
    """The short names that a note lists with a colon, two or more, each made of signs of the name
    behind it."""
    pairs = _PAIR.findall(_NOTE.sub("", text))
    return pairs if len(pairs) > 1 and all(_is_within(*pair) for pair in pairs) else []


def _is_within(short: str, name: str) -> bool:
    """Whether the signs of a short name stand in a name, in their order."""
    rest = iter(name)
    return len(short) < len(name) and all(sign in rest for sign in short)


_APART = expression(r"[、，,；;\s]+")
_LABEL = expression(rf"({roles.KNOWN_LABEL})\s{{0,20}}[:：]")


def _role(text: str) -> str | None:
    """The role that the label before a legend gives."""
    label = _LABEL.match(simplify(text).lstrip())
    return roles.of(label[1]) if label else None


def read_keys(
    mention: dict[str, Any], role: str | None, legend: Legend
) -> Iterator[tuple[Unit, Rule]]:
    """Yield the units of a list of nothing but keys, each with what says so; none for a list that
    holds a key without a unit, or short names that mean the same without the legend. `role` is that
    of its column; without one the legend says it."""
    text = simplify(mention["text"]).strip("。；;，, ") if legend else ""
    keys = roles.keys(text)
    if text and not keys:
        names = _APART.split(text)
        keys = names if any(_means_another(name, legend) for name in names) else []
    if not all(key in legend for key in keys):
        return
    for order, key in enumerate(keys, start=1):
        name, rule, said = legend[key]
        own = role or said or "responsible"
        yield Unit(order, own, None, name, fold_name(name), 0, len(name)), rule


def _means_another(name: str, legend: Legend) -> bool:
    """Whether a short name is not known, or known as another unit than the legend says."""
    own = resolve(name).agency_id
    return not own or (name in legend and own != resolve(legend[name].unit).agency_id)
