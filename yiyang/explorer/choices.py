"""Say what the controls of the explorer may be: a `Choice`, and its check."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from yiyang.compare.concordance import Order
from yiyang.safety.errors import refusal

METHODS = ("codebook", "clusters", "kmeans")
COLOURS = ("group", "jurisdiction", "family")
AXES = ("jurisdiction", "agency", "year")
SIDES = ("jurisdiction", "group", "year")
"""What two sides of a comparison may be: of these a task has one alone."""
SORTS = ("text", "left", "right")


class Choice(NamedTuple):
    """The controls. `k` and `ngrams` matter where the method or the terms shown use them.

    `edits` are changes by hand (`edits.apply`). `colour` is that of the map, `across` the columns
    beside the groups. `one` and `other` are two values of `by` whose words are compared (none: the
    first and the last), and `term` is shown where it stands in them, in the order of `sort`.
    """

    jurisdictions: tuple[str, ...]
    method: str = "codebook"
    k: int = 20
    ngrams: int = 1
    stop_words: str = ""
    seeds: str = ""
    edits: str = ""
    colour: str = "group"
    across: str = "jurisdiction"
    by: str = "jurisdiction"
    one: str = ""
    other: str = ""
    term: str = ""
    sort: Order = "text"


def checked(choice: Choice, known: Sequence[str]) -> Choice:
    """Return the choice with its lists in the order of the corpus; what is none of the values
    of a control raises `InputError`."""
    given: dict[str, tuple[Sequence[object], Sequence[object]]] = {
        "method": ([choice.method], METHODS),
        "ngrams": ([choice.ngrams], (1, 2)),
        "jurisdictions": (choice.jurisdictions, known),
        "k": ([choice.k], range(2, 41)),
        "colour": ([choice.colour], COLOURS),
        "across": ([choice.across], AXES),
        "by": ([choice.by], SIDES),
        "sort": ([choice.sort], SORTS),
    }
    for control, (values, allowed) in given.items():
        for value in values:
            if value not in allowed:
                raise refusal("explorer.control", control, value=value, allowed=allowed)
    lists = tuple(key for key in known if key in choice.jurisdictions)
    return choice._replace(jurisdictions=lists)
