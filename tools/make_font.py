"""Make the one font of the charts from Debian's fonts-noto-cjk: `make font`.

The subset holds GB2312 (6,763 characters of simplified Chinese and its symbols), Latin-1, general
punctuation, the minus sign, Chinese punctuation and full-width forms. It bears a family name of
its own, so that matplotlib never takes another version that happens to be on the machine.
"""

from __future__ import annotations

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

SOURCE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
FACE = "Noto Sans CJK SC"
FAMILY = "Yiyang Sans"
TARGET = Path(__file__).resolve().parent.parent / "yiyang" / "assets" / "fonts" / "yiyang-sans.otf"

RANGES = [
    range(0x20, 0x7F),
    range(0xA0, 0x100),  # Latin-1
    range(0x2000, 0x2070),  # dashes, quotation marks, ellipsis
    range(0x2212, 0x2213),  # minus sign
    range(0x3000, 0x3040),  # Chinese punctuation
    range(0xFF00, 0xFFF0),  # full-width forms
]


def gb2312() -> set[int]:
    pairs = (bytes([row, cell]) for row in range(0xA1, 0xF8) for cell in range(0xA1, 0xFF))
    return {ord(c) for pair in pairs for c in pair.decode("gb2312", errors="ignore")}


def rename(font: TTFont, family: str) -> None:
    postscript = family.replace(" ", "") + "-Regular"
    names = {1: family, 3: postscript, 4: family, 6: postscript, 16: family}
    for record in list(font["name"].names):
        if record.nameID in names:
            record.string = names[record.nameID]
    top = font["CFF "].cff
    top.fontNames[0] = postscript
    top.topDictIndex[0].FullName = top.topDictIndex[0].FamilyName = family


def main() -> None:
    faces = TTCollection(SOURCE).fonts
    font = next(face for face in faces if face["name"].getDebugName(4) == FACE)
    font.recalcTimestamp = False
    options = subset.Options(hinting=False, layout_features=["kern"], name_languages=[0x409])
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(gb2312().union(*RANGES)))
    subsetter.subset(font)
    rename(font, FAMILY)
    font.save(TARGET)
    print(f"{TARGET.name}: {TARGET.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
