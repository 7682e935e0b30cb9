"""Write the chapter on what documents of a large corpus share, from what `yiyang reuse` made."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from yiyang.core import parquet_store
from yiyang.core.messages import Lang, label, say
from yiyang.safety.escaping import Markup
from yiyang.scale import reuse
from yiyang.show import tables as show_tables

SHOWN = 15
"""Ways, governments and passages that are listed, those with the most."""
LENGTH = 60
"""Characters of a passage that are shown."""


def section(folder: Path, lang: Lang) -> str:
    """Write the chapter, as Markdown: what was found with what chance gives; or how to make it,
    where it was not made or the store has changed since."""
    said = reuse.account(folder)
    if said is None:
        return say("reuse.none.paragraph", lang)
    if said["store"] != reuse.of_store(folder):
        return say("reuse.old.paragraph", lang)
    places = parquet_store.read_table(
        "jurisdictions", folder / "tables" / "jurisdictions.parquet"
    ).set_index("jurisdiction")
    named = places["name_zh" if lang == "zh" else "name_en"].astype(str)
    parts = [say("reuse.found.paragraph", lang, **said["counts"])]
    for table in (
        _paths(reuse.read_table(folder, "reuse_paths"), lang),
        _first(reuse.read_table(folder, "first_users"), named),
        _passages(reuse.read_table(folder, "passages"), named),
    ):
        heads = {column: label(f"reuse.{column}", lang) for column in table.columns}
        html = str(show_tables.table(table, lang, headings=heads).data)
        # On one line: an empty line would end the raw HTML within Markdown.
        one_line = Markup(" ").join(map(Markup, html.split("\n")))
        parts.append(f"```{{raw}} html\n{one_line}\n```")
    return "\n\n".join([*parts, say("reuse.source.paragraph", lang)])


def _paths(made: pd.DataFrame, lang: Lang) -> pd.DataFrame:
    top = made.nlargest(SHOWN, "n_pairs").reset_index(drop=True)
    way = [
        f"{label(f'level.{one}', lang)} → {label(f'level.{two}', lang)}"
        for one, two in zip(top["level"], top["other_level"], strict=True)
    ]
    relation = [label(f"relation.{name}", lang) for name in top["relation"].astype(str)]
    return pd.DataFrame(
        {
            "way": way,
            "relation": relation,
            "n_pairs": top["n_pairs"],
            "by_chance": _range(top),
            "n_documents": top["n_documents"],
            "median_lag_days": top["median_lag_days"].round().astype("Int64"),
        }
    )


def _range(made: pd.DataFrame) -> list[str]:
    """What chance gives: the mean, and between which limits 95 of 100 lie."""
    rows = zip(made["chance"], made["chance_low"], made["chance_high"], strict=True)
    return [f"{mean:.1f} ({low:.0f}–{high:.0f})" for mean, low, high in rows]


def _first(made: pd.DataFrame, named: pd.Series) -> pd.DataFrame:
    top = made.head(SHOWN).reset_index(drop=True)
    return pd.DataFrame(
        {
            "government": named.reindex(top["jurisdiction"]).to_numpy(object),
            "n_first": top["n_first"],
            "by_chance": _range(top),
            "n_passages": top["n_passages"],
            "n_documents": top["n_documents"],
        }
    )


def _passages(made: pd.DataFrame, named: pd.Series) -> pd.DataFrame:
    top = made.head(SHOWN).reset_index(drop=True)
    texts = [t if len(t) <= LENGTH else f"{t[:LENGTH]}…" for t in top["text"].astype(str)]
    return pd.DataFrame(
        {
            "passage": texts,
            "documents": top["n_documents"],
            "undated": top["n_undated"],
            "first_government": named.reindex(top["first_jurisdiction"]).to_numpy(object),
            "first_date": top["first_date"].dt.strftime("%Y-%m-%d"),
            "last_date": top["last_date"].dt.strftime("%Y-%m-%d"),
        }
    )
