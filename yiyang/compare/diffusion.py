"""Ask who wrote first what others wrote later: order, paths between levels, first users, links.

Shared words and dates show an order, not a cause: who came later may have copied, or both may have
taken from a text that is not in the corpus. So every figure stands beside what chance gives: the
same pairs, the dates of the documents exchanged at random among those of the same year.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import networkx as nx
import numpy as np
import pandas as pd

ORDERS = ("earlier", "same_day", "undated")
SHUFFLES = 200
SEED = 0
RANKS = {"national": 0, "province": 1, "prefecture": 2, "county": 3}
RELATIONS = ("same", "down", "up", "siblings", "peers", "across", "unknown")
"""How the government of the later document stands to that of the earlier: the same; below it or
above it; another under the same government above; another of the same level; of another level and
another line; or one of them is not known."""


def relations(one: pd.DataFrame, other: pd.DataFrame) -> np.ndarray:
    """Tell for rows of documents (`jurisdiction, level, code`) how the other's government stands to
    the one's: one of `RELATIONS`."""
    codes = [frame["code"].fillna("").to_numpy(object) for frame in (one, other)]
    ranks = [
        frame["level"].astype(object).map(RANKS).fillna(-1).to_numpy(int) for frame in (one, other)
    ]
    lines = [_line(code, rank) for code, rank in zip(codes, ranks, strict=True)]
    above = [_line(code, rank - 1) for code, rank in zip(codes, ranks, strict=True)]
    is_down = (ranks[0] < ranks[1]) & _starts(codes[1], lines[0])
    is_up = (ranks[0] > ranks[1]) & _starts(codes[0], lines[1])
    same_level = ranks[0] == ranks[1]
    return np.select(
        [
            one["jurisdiction"].to_numpy(object) == other["jurisdiction"].to_numpy(object),
            (ranks[0] < 0) | (ranks[1] < 0),
            is_down,
            is_up,
            same_level & (above[0] == above[1]),
            same_level,
        ],
        ["same", "unknown", "down", "up", "siblings", "peers"],
        "across",
    )


def _line(codes: np.ndarray, ranks: np.ndarray) -> np.ndarray:
    """The digits of a code that name a government of this rank and those below it."""
    return np.array(
        [c[: max(2 * r, 0)] for c, r in zip(codes.tolist(), ranks.tolist(), strict=True)],
        dtype=object,
    )


def _starts(codes: np.ndarray, lines: np.ndarray) -> np.ndarray:
    pairs = zip(codes.tolist(), lines.tolist(), strict=True)
    return np.array([code.startswith(line) for code, line in pairs], dtype=bool)


def ordered(documents: pd.DataFrame, one: np.ndarray, other: np.ndarray) -> pd.DataFrame:
    """List pairs of documents (rows of `documents`, which stand in the order of their dates), with
    what is known of their order: `earlier` (the first of the two is), `same_day`, or `undated`
    where one of them bears no date."""
    left = documents.iloc[one].reset_index(drop=True)
    right = documents.iloc[other].reset_index(drop=True)
    lag = (right["date_issued"] - left["date_issued"]).dt.days
    return pd.DataFrame(
        {
            "document_id": left["document_id"],
            "other_document_id": right["document_id"],
            "jurisdiction": left["jurisdiction"],
            "other_jurisdiction": right["jurisdiction"],
            "level": left["level"].astype("str"),
            "other_level": right["level"].astype("str"),
            "date_issued": left["date_issued"],
            "other_date_issued": right["date_issued"],
            "order": np.select([lag.isna(), lag == 0], ["undated", "same_day"], "earlier"),
            "lag_days": lag,
            "relation": relations(left, right),
        }
    )


def with_sources(pairs: pd.DataFrame) -> pd.DataFrame:
    """Mark for each document the earlier one with which it shares the most letters: where others
    share as many, the first of them."""
    dated = pairs[pairs["order"] == "earlier"]
    best = dated.sort_values(
        ["other_document_id", "other_n_shared", "date_issued", "document_id"],
        ascending=[True, False, True, True],
    ).drop_duplicates("other_document_id")
    return pairs.assign(is_likely_source=pairs.index.isin(best.index))


class Chance(NamedTuple):
    """Dates of the documents as they are (days; missing: -1), and shuffled within each year."""

    days: np.ndarray
    shuffled: np.ndarray


def chance(documents: pd.DataFrame, shuffles: int = SHUFFLES, seed: int = SEED) -> Chance:
    """Exchange the dates of the documents at random among those of the same year, so many
    times."""
    dates = documents["date_issued"]
    days = ((dates - pd.Timestamp("1900-01-01")).dt.days).fillna(-1).to_numpy(np.int32)
    rng = np.random.default_rng(seed)
    shuffled = np.tile(days, (shuffles, 1))
    years = dates.dt.year.to_numpy()
    for year in np.unique(years[~np.isnan(years)]):
        own = np.flatnonzero(years == year)
        for number in range(shuffles):
            shuffled[number, own] = days[rng.permutation(own)]
    return Chance(days, shuffled)


def _counted(
    dates: Chance,
    rows: tuple[np.ndarray, np.ndarray],
    groups: tuple[np.ndarray, np.ndarray],
    n: int,
) -> tuple[np.ndarray, np.ndarray]:
    """How many pairs of documents (`rows`) of each group are in order, as they are and in each
    shuffle. A pair whose order turns round counts in the other of its two `groups`."""
    one, other = rows
    forth, back = groups

    def count(days: np.ndarray) -> np.ndarray:
        first, second = days[one], days[other]
        known = (first >= 0) & (second >= 0)
        ahead, behind = known & (first < second), known & (first > second)
        return np.bincount(forth[ahead], minlength=n) + np.bincount(back[behind], minlength=n)

    return count(dates.days), _each(count, dates, n)


def _each(count: Callable[[np.ndarray], np.ndarray], dates: Chance, n: int) -> np.ndarray:
    """What is counted in each shuffle: one row is a shuffle."""
    return np.array([count(days) for days in dates.shuffled]).reshape(len(dates.shuffled), n)


def _beside_chance(real: np.ndarray, shuffled: np.ndarray) -> dict[str, np.ndarray]:
    """What chance gives of a count: its mean, the limits of 95 of 100 shuffles, and in which share
    of them (and the real one) there were at least as many."""
    low, high = np.percentile(shuffled, [2.5, 97.5], axis=0)
    at_least = (1 + (shuffled >= real).sum(axis=0)) / (1 + len(shuffled))
    return {"chance": shuffled.mean(axis=0).round(3), "chance_low": low.round(3),
            "chance_high": high.round(3), "chance_at_least": at_least.round(6)}  # fmt: skip


_TURNED = {"down": "up", "up": "down"}


def paths(pairs: pd.DataFrame, documents: pd.DataFrame, dates: Chance) -> pd.DataFrame:
    """Make the table `reuse_paths`: one row is a relation and two levels, with the pairs of
    documents that go this way in the order of their dates, and what chance gives."""
    names = [*zip(pairs["relation"].astype(str), pairs["level"], pairs["other_level"], strict=True)]
    turned = [(_TURNED.get(relation, relation), b, a) for relation, a, b in names]
    kinds = sorted({*names, *turned})
    number = {kind: n for n, kind in enumerate(kinds)}
    groups, back = (np.array([number[k] for k in listed], np.int64) for listed in (names, turned))
    real, shuffled = _counted(dates, rows_of(pairs, documents), (groups, back), len(kinds))
    frame = pd.DataFrame(kinds, columns=["relation", "level", "other_level"])
    frame = frame.assign(n_pairs=real, **_beside_chance(real, shuffled))
    dated = pairs.assign(group=groups)[pairs["order"] == "earlier"]
    both = [dated[["group", c]].set_axis(["group", "d"], axis=1)
            for c in ("document_id", "other_document_id")]  # fmt: skip
    counts = pd.concat(both).groupby("group")["d"].nunique()
    frame["n_documents"] = counts.reindex(frame.index, fill_value=0).to_numpy(int)
    frame["median_lag_days"] = dated.groupby("group")["lag_days"].median().reindex(frame.index)
    return frame[frame[["n_pairs", "chance"]].to_numpy().any(axis=1)].reset_index(drop=True)


def links(pairs: pd.DataFrame, documents: pd.DataFrame, dates: Chance) -> pd.DataFrame:
    """Make the table `reuse_links`: one row is two governments, the one whose documents came first
    and the one that wrote the same later, with what chance gives."""
    kept = pairs[pairs["relation"] != "same"].reset_index(drop=True)
    governments, coded = np.unique(
        kept[["jurisdiction", "other_jurisdiction"]].to_numpy(object).astype(str),
        return_inverse=True,
    )
    coded = coded.reshape(-1, 2).astype(np.int64)
    size = max(len(governments), 1)
    keys = np.stack([coded[:, 0] * size + coded[:, 1], coded[:, 1] * size + coded[:, 0]])
    kinds, numbered = np.unique(keys, return_inverse=True)
    groups, back = numbered.reshape(2, -1)
    real, shuffled = _counted(dates, rows_of(kept, documents), (groups, back), len(kinds))
    frame = pd.DataFrame(
        {
            "jurisdiction": governments[kinds // size],
            "other_jurisdiction": governments[kinds % size],
        }
    ).assign(n_pairs=real, **_beside_chance(real, shuffled))
    dated = kept.assign(group=groups)[kept["order"] == "earlier"]
    by = dated.groupby("group")
    made = pd.DataFrame(
        {
            "relation": by["relation"].first(),
            "n_documents": by["other_document_id"].nunique(),
            "n_likely": by["is_likely_source"].sum(),
            "n_letters": by["other_n_shared"].sum(),
            "median_lag_days": by["lag_days"].median(),
            "first_date": by["date_issued"].min(),
        }
    )
    found = frame.join(made, how="inner")
    return found.sort_values(
        ["n_likely", "n_pairs", "jurisdiction", "other_jurisdiction"],
        ascending=[False, False, True, True], ignore_index=True,
    )  # fmt: skip


def rows_of(pairs: pd.DataFrame, documents: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
    """Return the rows in `documents` of both documents of each pair."""
    index = pd.Index(documents["document_id"])
    return index.get_indexer(pairs["document_id"]), index.get_indexer(pairs["other_document_id"])


def first_users(places: pd.DataFrame, documents: pd.DataFrame, dates: Chance) -> pd.DataFrame:
    """Make the table `first_users`: one row is a government, with the passages that it was the
    first to write, alone on their first day, and what chance gives.

    `places` are `passage_places`, sorted by passage. A passage counts that dated documents of at
    least two governments hold.
    """
    dated = places[places["date_issued"].notna()].drop_duplicates(["passage_id", "document_id"])
    several = dated.groupby("passage_id")["jurisdiction"].transform("nunique") > 1
    dated = dated[several].reset_index(drop=True)
    rows = pd.Index(documents["document_id"]).get_indexer(dated["document_id"])
    owners, coded = np.unique(
        dated["jurisdiction"].to_numpy(object).astype(str), return_inverse=True
    )
    begins = np.flatnonzero(dated["passage_id"].ne(dated["passage_id"].shift()).to_numpy())
    group = np.repeat(np.arange(len(begins)), np.diff([*begins, len(dated)]))

    def count(days: np.ndarray) -> np.ndarray:
        own = days[rows]
        is_first = own == np.minimum.reduceat(own, begins)[group] if len(begins) else own > 0
        alone = np.bincount(group[is_first], minlength=len(begins)) == 1
        return np.bincount(coded[is_first & alone[group]], minlength=len(owners))

    real = count(dates.days)
    shuffled = _each(count, dates, len(owners))
    frame = pd.DataFrame(
        {"jurisdiction": owners, "n_first": real, **_beside_chance(real, shuffled)}
    )
    by = dated.groupby("jurisdiction")
    frame["n_passages"] = by["passage_id"].nunique().reindex(owners).to_numpy(int)
    frame["n_documents"] = by["document_id"].nunique().reindex(owners).to_numpy(int)
    return frame.sort_values(
        ["n_first", "jurisdiction"], ascending=[False, True], ignore_index=True
    )


def network(made: pd.DataFrame, places: pd.DataFrame) -> nx.DiGraph:
    """Make the network of governments for network programs: an arrow leads from the one that wrote
    first to the one that wrote the same later (`reuse_links`)."""
    graph = nx.DiGraph()
    named = places.set_index("jurisdiction")
    for name in dict.fromkeys([*made["jurisdiction"], *made["other_jurisdiction"]]):
        of = named.loc[name]
        graph.add_node(name, label=str(of["name_zh"]), name_en=str(of["name_en"]),
                       level=str(of["level"]), code=str(of["code"]))  # fmt: skip
    for row in made.itertuples():
        values: dict[str, Any] = {
            "weight": int(row.n_pairs), "documents": int(row.n_documents),
            "likely": int(row.n_likely), "letters": int(row.n_letters),
            "relation": str(row.relation), "median_lag_days": float(row.median_lag_days),
            "first_date": f"{row.first_date:%Y-%m-%d}", "chance": float(row.chance),
        }  # fmt: skip
        graph.add_edge(row.jurisdiction, row.other_jurisdiction, **values)
    return graph
