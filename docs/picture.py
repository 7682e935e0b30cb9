"""The picture of the README, drawn from the tables: `python docs/picture.py`."""

from __future__ import annotations

from pathlib import Path

import yiyang
from yiyang.charts import style, themes
from yiyang.compare import theme_shares
from yiyang.core.messages import LANGS

if __name__ == "__main__":
    corpus = yiyang.load()
    style.apply()
    shares = theme_shares.shares(corpus.task_themes, corpus.tasks, corpus.themes)
    for lang in LANGS:
        fig, ax = style.figure(7.2, 5.4)
        themes.heat(shares, corpus.jurisdictions, corpus.themes, ax, lang)
        fig.savefig(Path(__file__).parent / f"themes-{lang}.png", dpi=130, bbox_inches="tight")
