"""Read the seed words typed into the explorer, and say which of them find nothing."""

from __future__ import annotations

import re

import pandas as pd

from yiyang.core import segmentation
from yiyang.core.messages import Lang, label
from yiyang.safety.errors import refusal
from yiyang.safety.telling import tell
from yiyang.themes import codebooks
from yiyang.themes.vectors import Tokens

SEED_WEIGHT = 3.0
# 巡诊, 义诊；热线
_BETWEEN = r"[\s,，、;；]+"
COLUMNS = [*codebooks.SEED_COLUMNS, "line"]


def split(text: str) -> list[str]:
    """Cut a list of words apart, as a reader types it."""
    return [word for word in re.split(_BETWEEN, text) if word]


def typed(text: str, themes: pd.DataFrame, lang: Lang, stops: frozenset[str]) -> pd.DataFrame:
    """Read the lines `theme: word, word*`. One row is a seed: `theme_id, term, weight, reason,
    line`.

    The theme is its name in either language or its theme_id. `stops` are the stop words typed in: a
    word cannot be both, nor can one of our own stop words be a seed (`InputError`).
    """
    known: dict[str, str] = {}
    for row in themes.itertuples():
        known |= dict.fromkeys((row.theme_id, row.name_zh, row.name_en), row.theme_id)
    place = label("explorer.seeds", lang)
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        theme, _, words = line.replace("：", ":").partition(":")
        if line.strip() and not split(words):
            raise refusal("explorer.seed_line", f"{place}, line {number}", line=line.strip())
        theme_id = known.get(theme.strip(), theme.strip())
        for word in split(words):
            rows.append((theme_id, word, SEED_WEIGHT, tell("explorer.typed"), number))
    frame = pd.DataFrame(rows, columns=COLUMNS).drop_duplicates(["theme_id", "term"])
    silent = frame[frame["term"].isin(stops | segmentation.stop_words())]
    for row in silent.itertuples():
        raise refusal("explorer.stop_word", f"{place}, line {row.line}", row=row)
    if frame.empty:
        return frame
    return codebooks.checked(frame, place)


def joined(codebook: pd.DataFrame, frame: pd.DataFrame) -> pd.DataFrame:
    """Join the seeds of the codebook with those typed in; a word that the codebook has already
    takes the weight of a deciding seed."""
    if frame.empty:
        return codebook
    both = pd.concat([codebook, frame], ignore_index=True)
    return both.drop_duplicates(["theme_id", "term"], keep="last").reset_index(drop=True)


def unmatched(frame: pd.DataFrame, tokens: Tokens) -> pd.DataFrame:
    """List the seeds typed in that stand in none of the tasks shown: `line, term`."""
    words = "\n".join(map(str, tokens.words[pd.unique(tokens.codes)]))
    is_nowhere = [not codebooks.matching(term, words) for term in frame["term"]]
    return frame.loc[is_nowhere, ["line", "term"]].reset_index(drop=True)
