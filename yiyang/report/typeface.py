"""Make the type of the charts for pages and paper: the characters that a report uses, and no
others.

Pages take it only where a machine has no Chinese; the PDF is set in it, so that no machine's type
shows. PDF holds the outlines of TrueType as a font; of others it would make drawings.
"""

from __future__ import annotations

import string
from collections.abc import Iterable
from pathlib import Path

import matplotlib as mpl
from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

from yiyang.charts import style

NAME = "yiyang-sans.woff"
LATIN = Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
"""Type for quotation marks in English, which Chinese type sets too wide."""
FAR = 1.0
"""How far a curve of TrueType may lie from the drawn one, in thousandths of the type's size."""


def write(texts: Iterable[str], path: Path) -> None:
    """Write the type for the characters of `texts` and all of ASCII, as WOFF."""
    options = subset.Options(hinting=False, layout_features=["kern"], flavor="woff")
    font = TTFont(style.FONT_FILE, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=string.printable + "".join(sorted(set().union(*texts))))
    subsetter.subset(font)
    _to_truetype(font)
    subset.save_font(font, path, options)


def _to_truetype(font: TTFont) -> None:
    """Draw the glyphs anew with the curves of TrueType, in place of those of PostScript."""
    order, drawn = font.getGlyphOrder(), font.getGlyphSet()
    glyphs = newTable("glyf")
    glyphs.glyphOrder, glyphs.glyphs = order, {}
    for name in order:
        pen = TTGlyphPen(drawn)
        drawn[name].draw(Cu2QuPen(pen, FAR, reverse_direction=True))
        glyphs.glyphs[name] = glyph = pen.glyph()
        glyph.recalcBounds(glyphs)
        font["hmtx"][name] = font["hmtx"][name][0], getattr(glyph, "xMin", 0)
    font["loca"], font["glyf"] = newTable("loca"), glyphs
    profile = font["maxp"]
    profile.tableVersion, profile.maxZones = 0x00010000, 1
    for field in ("TwilightPoints", "Storage", "FunctionDefs", "InstructionDefs",
                  "StackElements", "SizeOfInstructions", "ComponentElements"):  # fmt: skip
        setattr(profile, f"max{field}", 0)
    font["post"].formatType = 3.0  # no names of glyphs
    font["post"].glyphOrder = order
    font.sfntVersion = "\x00\x01\x00\x00"
    for table in ("CFF ", "VORG"):
        if table in font:
            del font[table]
