"""Make the tables of what the documents of a store share, from the passages that were found."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from yiyang.compare import diffusion
from yiyang.core import parquet_store
from yiyang.matches import winnowing
from yiyang.scale import reuse_joining
from yiyang.scale.reuse_joining import Join

LONGEST = 3
"""Passages that are named for a pair of documents."""


class Found(NamedTuple):
    """All that was found: passages of two documents, by the numbers of texts and letters, and the
    runs that too many documents hold."""

    shared: pd.DataFrame
    wide: pd.DataFrame
    bounds: np.ndarray
    owners: np.ndarray


def documents(out: Path) -> pd.DataFrame:
    """Read the documents of a store in the order of their dates, the undated behind them, with
    level and code of their jurisdiction."""
    columns = ["document_id", "jurisdiction", "file_name", "date_issued"]
    paths = sorted((out / "tables" / "documents").rglob(parquet_store.PART))
    frame = pd.concat([parquet_store.read_table("documents", path, columns) for path in paths])
    places = parquet_store.read_table("jurisdictions", out / "tables" / "jurisdictions.parquet")
    frame = frame.merge(places[["jurisdiction", "level", "code"]], on="jurisdiction", how="left")
    return frame.sort_values(["date_issued", "document_id"], na_position="last", ignore_index=True)


def found(join: Join) -> Found:
    """Gather what all shares and buckets of a join hold."""
    shares = [reuse_joining.load(reuse_joining.share_path(join, n)) for n in range(join.n_shares)]
    fields = (*winnowing.Shared._fields, "digest")
    shared = pd.DataFrame({f: np.concatenate([s[f] for s in shares]) for f in fields})
    buckets = [
        reuse_joining.load(reuse_joining.bucket_path(join, n)) for n in range(join.n_buckets)
    ]
    wide = {
        name: np.concatenate([b[f"wide_{name}"] for b in buckets])
        for name in ("text", "place", "documents")
    }
    bounds, owners = (
        reuse_joining.load(join.folder / f"{name}.npy") for name in ("bounds", "documents")
    )
    order = ["text", "start", "other_text", "other_start"]
    return Found(shared.sort_values(order, ignore_index=True), pd.DataFrame(wide), bounds, owners)


class Printed(NamedTuple):
    """Where runs of letters stand in the tasks: these, and the printed words."""

    rows: pd.DataFrame
    words: list[str]


def printed(join: Join, text: np.ndarray, start: np.ndarray, length: np.ndarray) -> Printed:
    """Find task, place in its printed text, lines and words of some runs of letters."""
    kept: dict[str, list[Any]] = {n: [] for n in ("row", "task_id", "start", "end", "line_start",
                                                  "line_end", "words")}  # fmt: skip
    piece_of = np.searchsorted(np.array(join.texts), text, "right") - 1
    for number in np.unique(piece_of):
        piece = join.pieces[number]
        rows = np.flatnonzero(piece_of == number)
        first = start[rows] - join.letters[number]
        at, tasks = piece.array("at"), piece.tasks()
        own = text[rows] - join.texts[number]
        begin, end = at[first].astype(int), at[first + length[rows] - 1].astype(int) + 1
        texts = tasks["text_printed"].to_pylist()
        kept["row"].append(rows)
        kept["start"].append(begin)
        kept["end"].append(end)
        for name in ("task_id", "line_start", "line_end"):
            kept[name].append(tasks[name].to_numpy()[own])
        spans = zip(own.tolist(), begin.tolist(), end.tolist(), strict=True)
        kept["words"].append(np.array([texts[t][a:b] for t, a, b in spans], dtype=object))
    if not kept["row"]:
        return Printed(pd.DataFrame(columns=list(kept)[1:-1]), [])
    frame = pd.DataFrame({name: np.concatenate(parts) for name, parts in kept.items()})
    frame = frame.sort_values("row", ignore_index=True)
    return Printed(frame.drop(columns=["row", "words"]), frame["words"].tolist())


def places(join: Join, all_found: Found, listed: pd.DataFrame) -> pd.DataFrame:
    """Make the table `passage_places`, with the number of each document (`rank`) and the printed
    `words`."""
    shared = all_found.shared
    ends = [
        shared[["digest", text, start, "length"]].set_axis(
            ["passage_id", "text", "begin", "n_letters"], axis=1
        )
        for text, start in (("text", "start"), ("other_text", "other_start"))
    ]
    frame = pd.concat(ends).drop_duplicates(["passage_id", "text", "begin"])
    rank = all_found.owners[frame["text"].to_numpy(int)]
    frame = frame.assign(rank=rank).sort_values(
        ["passage_id", "rank", "text", "begin"], ignore_index=True
    )
    where = printed(join, *(frame[c].to_numpy(int) for c in ("text", "begin", "n_letters")))
    own = listed.iloc[frame["rank"]].reset_index(drop=True)
    days = own["date_issued"]
    order = days.groupby(frame["passage_id"]).rank("dense")
    return pd.concat([frame[["passage_id", "rank", "n_letters"]], own, where.rows], axis=1).assign(
        order=order, words=where.words
    )


def passages(stood: pd.DataFrame) -> pd.DataFrame:
    """Make the table `passages` from where they stand: what the most documents hold first."""
    once = stood.drop_duplicates(["passage_id", "document_id"])
    by = once.groupby("passage_id", sort=True)
    made = by.agg(
        n_letters=("n_letters", "first"),
        n_documents=("document_id", "size"),
        n_dated=("date_issued", "count"),
        n_jurisdictions=("jurisdiction", "nunique"),
        text=("words", "first"),
        first_document_id=("document_id", "first"),
        first_jurisdiction=("jurisdiction", "first"),
        first_date=("date_issued", "min"),
        last_date=("date_issued", "max"),
    ).reset_index()
    made["n_undated"] = made["n_documents"] - made["n_dated"]
    n_first = (once["order"] == 1).groupby(once["passage_id"]).sum()
    made["n_first"] = n_first.reindex(made["passage_id"]).to_numpy(int)
    # Without a date nobody is the first; with several on the first day none of them is.
    is_alone = made["n_first"] == 1
    for column in ("first_document_id", "first_jurisdiction"):
        made[column] = made[column].astype(object).where(is_alone, None)
    return made.sort_values(
        ["n_documents", "n_letters", "passage_id"], ascending=[False, False, True],
        ignore_index=True,
    )  # fmt: skip


def pairs(all_found: Found, listed: pd.DataFrame) -> pd.DataFrame:
    """Make the table `reuse_pairs`: the earlier document first."""
    shared, owners = all_found.shared, all_found.owners
    one = owners[shared["text"].to_numpy(int)].astype(np.int64)
    other = owners[shared["other_text"].to_numpy(int)].astype(np.int64)
    key, group = np.unique(one * len(listed) + other, return_inverse=True)
    length = shared["length"].to_numpy()
    one, other = key // len(listed), key % len(listed)
    held = np.bincount(owners, weights=np.diff(all_found.bounds), minlength=len(listed)).astype(
        np.int64
    )
    made = diffusion.ordered(listed, one, other)
    made = made.assign(
        n_letters=held[one],
        other_n_letters=held[other],
        n_shared=winnowing.covered(group, shared["start"].to_numpy(), length),
        other_n_shared=winnowing.covered(group, shared["other_start"].to_numpy(), length),
        n_passages=np.bincount(group, minlength=len(key)),
    )
    made["share"] = (made["n_shared"] / made["n_letters"]).round(6)
    made["other_share"] = (made["other_n_shared"] / made["other_n_letters"]).round(6)
    longest = pd.DataFrame({"group": group, "n": -length, "digest": shared["digest"]})
    longest = longest.drop_duplicates(["group", "digest"]).sort_values(["group", "n", "digest"])
    by = longest.groupby("group").head(LONGEST).groupby("group")
    made["longest"] = -by["n"].min().to_numpy()
    made["longest_passages"] = by["digest"].agg(";".join).to_numpy()
    return diffusion.with_sources(made)


def widespread(join: Join, all_found: Found, listed: pd.DataFrame) -> pd.DataFrame:
    """Make the table `widespread`: what too many documents hold to be anybody's, in the first of
    them that holds it; runs that follow upon each other stand as one."""
    wide = all_found.wide.sort_values(["text", "place"], ignore_index=True)
    text, place = wide["text"].to_numpy(int), wide["place"].to_numpy(int)
    near = (text[1:] == text[:-1]) & (place[1:] - place[:-1] <= winnowing.WINDOW)
    group = np.cumsum(np.concatenate([[True], ~near])[: len(wide)]) - 1
    runs = wide.assign(group=group).groupby("group").agg(
        text=("text", "first"), begin=("place", "min"), last=("place", "max"),
        n_documents=("documents", "max"),
    )  # fmt: skip
    length = (runs["last"] - runs["begin"] + winnowing.GRAM).to_numpy(int)
    where = printed(join, runs["text"].to_numpy(int), runs["begin"].to_numpy(int), length)
    own = listed.iloc[all_found.owners[runs["text"].to_numpy(int)]].reset_index(drop=True)
    made = pd.concat([own, where.rows], axis=1).assign(
        text=where.words, n_letters=length, n_documents=runs["n_documents"].to_numpy(int)
    )
    made = made[made["n_letters"] >= winnowing.LEAST]
    return made.sort_values(
        ["n_documents", "n_letters", "task_id", "start"], ascending=[False, False, True, True],
        ignore_index=True,
    )  # fmt: skip
