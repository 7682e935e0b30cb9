"""Write the page that explores the themes: the main view of the explorer, without Python."""

from __future__ import annotations

from pathlib import Path

from yiyang.core.corpus import Corpus
from yiyang.core.messages import LANGS

FILE = "explorer-page.html"


def write(corpus: Corpus, folder: Path) -> None:
    """Write what the page includes into `zh/` and `en/` of a folder."""
    # Imported where it is due: it brings the packages of charts and widgets.
    from yiyang.explorer.page import fragment  # noqa: PLC0415
    from yiyang.explorer.recipe import Explorer  # noqa: PLC0415

    laid_out = None
    for lang in LANGS:
        one = Explorer(corpus, lang)
        if laid_out is not None:  # the places of the dots are the same in both
            one.session.map = laid_out
        text = str(fragment(one.session, one.choice, one.recipe()))
        (folder / lang / FILE).write_text(text, encoding="utf-8")
        laid_out = one.session.map
