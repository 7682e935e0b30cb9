"""Take the characters of a PDF's page as it shows them: bold once, note marks raised, unseen
out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from statistics import median
from typing import Any

from pdfplumber.utils import dedupe_chars

from yiyang.core import characters
from yiyang.extract.aside import Aside
from yiyang.safety.telling import tell

SMALL = 0.9
"""A raised sign is at most so large beside the one before it; a footnote beside the text."""
TINY = 1.5
"""Points below which nobody reads a sign."""
WHITE = 0.99
THIN = 2.0
"""Points up to which a box is a line."""
THROUGH = 0.55, 0.15
"""Between these shares of a sign's size above its foot lies a line that strikes it out."""
SLOPE = 0.1
"""The rise of a line on a page laid askew; one that rises more is a stamp across the page."""

Sign = dict[str, Any]
_HEIGHTS = ("top", "bottom", "doctop", "y1", "matrix")
"""What says at which height a sign stands."""


def shown(page: Any, aside: Aside, line: int) -> tuple[list[Sign], set[str]]:
    """Return the signs that a page shows, raised figures as such, and the note marks among them."""
    grounds = [r for r in (*page.rects, *page.images, *page.curves) if _covers(r)]
    strokes = [*_strokes(page)]
    kept: list[Sign] = []
    left_out: dict[str, list[str]] = {}
    # Signs of a font without measures all lie in one place: none of them is printed twice.
    is_measured = all(sign["x1"] > sign["x0"] for sign in page.chars if sign["text"].strip())
    for sign in dedupe_chars(page.chars, tolerance=1) if is_measured else page.chars:
        what = _left_out(sign, page, grounds) or _struck(sign, strokes)
        if what:
            left_out.setdefault(what, []).append(sign["text"])
        else:
            kept.append(sign)
    for what, words in left_out.items():
        if "".join(words).strip():
            aside.add(what, "".join(words), line)
    kept, marks = _raised(kept)
    return [*_on_lines(kept)], marks


def _on_lines(signs: Sequence[Sign]) -> Iterable[Sign]:
    """The signs, each as high as most of the page and with its foot where its line has it: fonts
    say of their figures and letters that they are of other heights, and signs of one line would
    come to stand in two."""
    high = median(sign["size"] for sign in signs) if signs else 0.0
    for sign in signs:
        foot = sign["top"] + sign["y1"] - sign["matrix"][5]
        is_known = sign["top"] - sign["size"] < foot < sign["bottom"] + sign["size"]
        places = {
            "top": foot - high,
            "bottom": foot,
            "doctop": sign["doctop"] - sign["top"] + foot - high,
        }
        yield sign | places if is_known else sign


def _left_out(sign: Sign, page: Any, grounds: Sequence[Any]) -> str:
    level, rising = sign["matrix"][:2]
    if not sign["upright"] or abs(rising) > SLOPE * abs(level):
        return tell("extract.turned_text")
    middle = (sign["x0"] + sign["x1"]) / 2, (sign["top"] + sign["bottom"]) / 2
    if not (0 <= middle[0] <= page.width and 0 <= middle[1] <= page.height):
        return tell("extract.text_beside_page")
    is_white = _is_white(sign["non_stroking_color"]) and not any(
        g["x0"] <= middle[0] <= g["x1"] and g["top"] <= middle[1] <= g["bottom"] for g in grounds
    )
    return tell("extract.hidden_text") if is_white or sign["size"] < TINY else ""


def _strokes(page: Any) -> Iterable[tuple[float, float, float]]:
    """The height and the ends of the thin level lines of a page, without the edges of its boxes."""
    for thing in (*page.lines, *page.rects):
        if thing["bottom"] - thing["top"] < THIN and thing["x1"] - thing["x0"] > THIN:
            yield (thing["top"] + thing["bottom"]) / 2, thing["x0"], thing["x1"]


def _struck(sign: Sign, strokes: Sequence[tuple[float, float, float]]) -> str:
    """Say that a line goes through the middle of a sign, where one does."""
    middle = (sign["x0"] + sign["x1"]) / 2
    foot = sign["top"] + sign["y1"] - sign["matrix"][5]
    low, high = (foot - share * sign["size"] for share in THROUGH)
    is_struck = any(low < y < high and x0 <= middle <= x1 for y, x0, x1 in strokes)
    return tell("extract.struck_text") if is_struck else ""


def _covers(thing: Any) -> bool:
    """Whether a shape may be the dark ground of white words."""
    return "fill" not in thing or (thing["fill"] and not _is_white(thing["non_stroking_color"]))


def _is_white(color: Any) -> bool:
    """Whether a colour is white: 1 of grey, (1, 1, 1), (0, 0, 0, 0) of ink."""
    parts = color if isinstance(color, tuple | list) else (color,)
    if not parts or not all(isinstance(part, int | float) for part in parts):
        return False
    if len(parts) == 4:
        return all(part <= 1 - WHITE for part in parts)
    return all(part >= WHITE for part in parts)


def _raised(signs: Iterable[Sign]) -> tuple[list[Sign], set[str]]:
    """The signs with raised figures as characters of their own; note marks are taken out."""
    kept: list[Sign] = []
    marks: set[str] = set()
    base: Sign | None = None
    for is_raised, run in groupby(_bases(signs), key=lambda pair: pair[1] is not None):
        pairs = list(run)
        if not is_raised:
            kept += [sign for sign, _ in pairs]
            continue
        base = pairs[0][1]
        words = "".join(sign["text"] for sign, _ in pairs)
        shown_as = characters.raised(words)
        before = base["text"] if base else ""
        on_line = {k: base[k] for k in _HEIGHTS if k in base} if base else {}
        if not characters.normal(before + shown_as).removeprefix(before):
            marks.add(words.strip("[]［］〔〕()（） "))
        elif len(shown_as) == len(pairs):
            kept += [
                sign | {"text": c} | on_line for (sign, _), c in zip(pairs, shown_as, strict=True)
            ]
        else:
            kept += [sign | on_line for sign, _ in pairs]
    return kept, marks


def _bases(signs: Iterable[Sign]) -> Iterable[tuple[Sign, Sign | None]]:
    """Each sign, and where it is raised the sign beside which it is."""
    last: Sign | None = None
    for sign in signs:
        is_raised = (
            last is not None
            and sign["size"] <= SMALL * last["size"]
            and last["top"] - last["size"] / 2 < sign["top"]
            and sign["bottom"] < last["bottom"] - 0.15 * last["size"]
            and sign["bottom"] > last["top"]
            and -0.5 * last["size"] < sign["x0"] - last["x1"] < 3 * last["size"]
        )
        yield sign, last if is_raised else None
        if not is_raised and sign["text"].strip():
            last = sign


def without_notes(
    lines: list[dict[str, Any]], marks: set[str], aside: Aside, at: int
) -> list[dict[str, Any]]:
    """Return the lines of a page without its footnotes: smaller than the text, behind a mark of
    it."""
    sizes = sorted(sign["size"] for line in lines for sign in line["chars"])
    if not sizes or not marks:
        return lines
    usual = sizes[len(sizes) // 2]  # of the signs: a page may have more headings than lines of text
    kept: list[dict[str, Any]] = []
    notes: list[str] = []
    for line in lines:
        is_small = bool(line["chars"]) and line["chars"][-1]["size"] <= SMALL * usual
        begins = line["text"].split(" ")[0].strip("[]［］〔〕()（） ")
        if is_small and (notes or begins in marks or line["text"][:1] in marks):
            notes.append(line["text"])
        else:
            kept.append(line)
    for note in notes:
        aside.add(tell("extract.footnote"), note, at)
    return kept
