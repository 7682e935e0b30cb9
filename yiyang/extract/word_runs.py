"""Tell how Word shows a run: hidden, struck and white text, signs of symbol fonts, equations."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import nsmap, qn

from yiyang.safety.later import expression
from yiyang.safety.telling import tell

nsmap.setdefault("m", "http://schemas.openxmlformats.org/officeDocument/2006/math")
nsmap.setdefault("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006")

P, R_PR, P_PR, VAL = qn("w:p"), qn("w:rPr"), qn("w:pPr"), qn("w:val")
R_STYLE, STYLE_OF_P, BASED_ON = qn("w:rStyle"), f"{P_PR}/{qn('w:pStyle')}", qn("w:basedOn")
STYLE, STYLE_ID = qn("w:style"), qn("w:styleId")
OFF = ("0", "false", "off", "none")
# FF0000, C00000, EE1D23: red as Word writes it
_RED = expression("[C-F][0-9A-F][0-3][0-9A-F][0-3][0-9A-F]")
STYLES_DEEP = 10
"""Styles based on one another that are followed."""
# Signs of Wingdings, Wingdings 2 and Symbol that say something: boxes, ticks, ≥.
_SIGNS = {
    ("wingdings", 0xA8): "□",
    ("wingdings", 0x6F): "□",
    ("wingdings", 0xFE): "☑",
    ("wingdings", 0xFC): "√",
    ("wingdings", 0xFD): "☒",
    ("wingdings 2", 0x52): "☑",
    ("wingdings 2", 0x50): "√",
    ("wingdings 2", 0xA3): "□",
    ("symbol", 0xA3): "≤",
    ("symbol", 0xB3): "≥",
    ("symbol", 0xB1): "±",
    ("symbol", 0xB4): "×",
    ("symbol", 0xB8): "÷",
    ("symbol", 0xB0): "°",
    ("symbol", 0xA5): "∞",
    ("symbol", 0x25): "%",
    ("symbol", 0xAE): "→",
}
_BULLETS = frozenset((0x6C, 0x6E, 0x71, 0x75, 0x76, 0x77, 0xA7, 0xB7, 0xD8, 0xE8, 0xF0))


def styles_of(styles: Any) -> dict[str, Any]:
    """Return the elements of the styles of a document by their identities."""
    return {style.get(STYLE_ID): style for style in styles.element.iterchildren(STYLE)}


class RunLooks:
    """How the runs of a document look, by their own properties and by their styles."""

    def __init__(self, styles: Any) -> None:
        self._styles = styles_of(styles)
        self._known: dict[tuple[str, str], str | None] = {}
        # the properties that any style sets; others need not be looked for in one
        self._styled = {
            child.tag
            for style in self._styles.values()
            for own in style.iterchildren(R_PR)
            for child in own
        }

    def of(self, run: Any) -> str:
        """Say why a run is not read (`hidden text`, `struck text`, `white text`), or nothing."""
        if _is_on(self._value(run, "w:vanish")):
            return tell("extract.hidden_text")
        if _is_on(self._value(run, "w:strike")) or _is_on(self._value(run, "w:dstrike")):
            return tell("extract.struck_text")
        if (self._value(run, "w:color") or "").lower() == "ffffff" and not _is_shaded(run):
            return tell("extract.white_text")
        return ""

    def position(self, run: Any) -> str:
        """`superscript`, `subscript` or nothing."""
        value = self._value(run, "w:vertAlign") or ""
        return value if value in ("superscript", "subscript") else ""

    def shown(self, run: Any) -> list[str]:
        """Say how the type of a run stands out: `bold` (the Hei type of a list of Song is too),
        `underline`, `italic`, `red`."""
        own = run.find(R_PR)
        fonts = None if own is None else own.find(qn("w:rFonts"))
        font = "" if fonts is None else fonts.get(qn("w:eastAsia"), "")
        color = (self._value(run, "w:color") or "").upper()
        looks = {
            "bold": _is_on(self._value(run, "w:b")) or "黑体" in font or "Hei" in font,
            "underline": _is_on(self._value(run, "w:u")),
            "italic": _is_on(self._value(run, "w:i")),
            "red": bool(_RED.fullmatch(color)),
        }
        return [look for look, is_so in looks.items() if is_so]

    def _value(self, run: Any, name: str) -> str | None:
        """The value of a property: of the run itself, of its style, of its paragraph's style."""
        own = run.find(R_PR)
        if own is not None:
            found = _property(own, name)
            if found is not None:
                return found
        if qn(name) not in self._styled:
            return None
        if own is not None:
            style = own.find(R_STYLE)
            if style is not None and (found := self._of_style(style.get(VAL), name)):
                return found
        above = run.getparent()
        while above is not None and above.tag != P:
            above = above.getparent()
        style = above.find(STYLE_OF_P) if above is not None else None
        return self._of_style(style.get(VAL), name) if style is not None else None

    def _of_style(self, identity: str | None, name: str) -> str | None:
        if identity is None:
            return None
        key = identity, name
        if key not in self._known:
            self._known[key] = self._follow(identity, name)
        return self._known[key]

    def _follow(self, identity: str | None, name: str) -> str | None:
        for _ in range(STYLES_DEEP):
            style = self._styles.get(identity) if identity else None
            if style is None:
                return None
            own = style.find(qn("w:rPr"))
            if own is not None and (found := _property(own, name)) is not None:
                return found
            based = style.find(qn("w:basedOn"))
            identity = based.get(qn("w:val")) if based is not None else None
        return None


def _property(properties: Any, name: str) -> str | None:
    found = properties.find(qn(name))
    return None if found is None else str(found.get(qn("w:val"), "1"))


def _is_on(value: str | None) -> bool:
    return value is not None and value.lower() not in OFF


def _is_shaded(run: Any) -> bool:
    """Whether something lies behind a run: white on blue is a heading. Tables may be shaded by
    their style."""
    for node in (run, *run.iterancestors()):
        if node.tag == qn("w:tbl") and node.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}") is not None:
            return True
        for properties in ("w:rPr", "w:pPr", "w:tcPr", "w:tblPr"):
            own = node.find(qn(properties))
            if own is None:
                continue
            fill = own.find(qn("w:shd"))
            if own.find(qn("w:highlight")) is not None or (
                fill is not None
                and fill.get(qn("w:fill"), "auto").lower() not in ("auto", "ffffff")
            ):
                return True
    return False


def sign(node: Any) -> str:
    """Return the sign of a symbol font (w:sym): one that says something as that character, a bullet
    as nothing, another as it is, which is said to be unreadable."""
    font, code = node.get(qn("w:font"), "").lower(), node.get(qn("w:char"), "")
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    if not 0 < value < 0x110000 or 0xD800 <= value < 0xE000:
        return ""
    low = value & 0xFF if 0xF000 <= value <= 0xF0FF else value
    if known := _SIGNS.get((font, low)):
        return known
    if low in _BULLETS and font.startswith("wingdings"):
        return ""
    return chr(value)


def equation(node: Any, raised: Any) -> Iterator[str]:
    """Return the words of an equation: fractions with a stroke, exponents raised by `raised`."""
    name = node.tag
    if name == qn("m:t"):
        yield node.text or ""
    elif name == qn("m:f"):
        for n, part in enumerate(("m:num", "m:den")):
            yield "/" * n
            for child in node.iterchildren(qn(part)):
                yield from equation(child, raised)
    elif name in (qn("m:sup"), qn("m:sub")):
        words = "".join(w for child in node for w in equation(child, raised))
        yield raised(words) if name == qn("m:sup") else words
    else:
        for child in node:
            yield from equation(child, raised)
