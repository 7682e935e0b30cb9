"""Draw the map of the explorer's page (SVG), and its legends."""

from __future__ import annotations

import pandas as pd

from yiyang.core.messages import Lang, label
from yiyang.explorer import pictures
from yiyang.explorer.choices import Choice
from yiyang.explorer.model import Session, View
from yiyang.safety.escaping import Markup

LISTED = 5000
"""Tasks on a page; of more an even sample, and it is said."""
WIDTH, HEIGHT, EDGE = 560, 430, 12


def shaded(
    session: Session, view: View, listed: pd.DataFrame, colour: str
) -> tuple[pd.Series, dict[str, str]]:
    """Return the number of the colour of each task listed, and the legend."""
    value, colours = pictures.shades(view, session, colour)
    rest = label("explorer.rest", session.lang)
    number = {name: n for n, name in enumerate(colours)}
    numbers = value.where(value.isin(set(colours)), rest).map(number).astype(int)
    return numbers[listed.index], colours


def theme_map(
    listed: pd.DataFrame,
    legends: dict[str, tuple[pd.Series, dict[str, str]]],
    choice: Choice,
    lang: Lang,
) -> Markup:
    """Draw the dots, in the order of the rows of the table, with the legends of the colourings."""
    numbers, colours = legends[choice.colour]
    palette = list(colours.values())
    across, down = (_scaled(listed[axis], size) for axis, size in (("x", WIDTH), ("y", HEIGHT)))
    dots = Markup("").join(
        Markup('<circle cx="{}" cy="{}" r="{}" fill="{}"/>').format(
            x, round(HEIGHT - y, 1), 5 if len(listed) < LISTED // 5 else 3, palette[number]
        )
        for x, y, number in zip(across, down, numbers, strict=True)
    )
    lists = Markup("").join(
        Markup('<ul class="yx-legend" data-colour="{}"{}>{}</ul>').format(
            colour, "" if colour == choice.colour else Markup(" hidden"), _legend(shades)
        )
        for colour, (_, shades) in legends.items()
    )
    form = (
        '<svg class="yx-map" viewBox="0 0 {} {}" role="img" aria-label="{}">{}'
        '<rect class="yx-brush" visibility="hidden"/></svg>\n'
        '<p class="yx-tip" aria-hidden="true"></p>\n{}'
    )
    told = label("explorer.page.map_alt", lang)
    return Markup(form).format(WIDTH, HEIGHT, told, dots, lists)


def _legend(colours: dict[str, str]) -> Markup:
    form = (
        '<li><svg viewBox="0 0 12 12" aria-hidden="true"><circle cx="6" cy="6" r="5" '
        'fill="{}"/></svg>{}</li>'
    )
    return Markup("").join(Markup(form).format(colour, name) for name, colour in colours.items())


def _scaled(values: pd.Series, size: int) -> list[float]:
    low, high = (float(v) for v in (values.min(), values.max())) if len(values) else (0.0, 0.0)
    span = max(high - low, 1e-9)
    return [round(EDGE + (v - low) / span * (size - 2 * EDGE), 1) for v in values]
