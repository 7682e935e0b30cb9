"""Join what was read of the tasks of a store: which of them share passages, and which.

    fingerprints of all pieces -> by hash, bucket by bucket: runs that meet     `meet_bucket`
    runs that meet -> by document, share by share: passages, letter by letter   `extend_share`

Both are work for many processes. What is done lies in a folder that is named by all that it rests
on: a run that was ended goes on from there.

    OUT/reuse-work/join/<stamp>/letters.npy, bounds.npy, documents.npy    all texts, one numbering
                                bucket-00.npz, share-00.npz               what is done
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from yiyang.core import store_parts
from yiyang.matches import winnowing
from yiyang.safety import atomic_write
from yiyang.scale import batches
from yiyang.scale.reuse_reading import Piece

AT_ONCE = 3_000_000
"""Fingerprints, or runs that meet, that a process holds at once: some 300 MB."""
FIELDS = ("text", "place", "other", "other_place")
MOST = 1 << 63


class Join(NamedTuple):
    """A join under way: its folder, what was read, the first text of each piece and the first
    letter, in how many buckets and shares it is done, and from how many documents on a passage
    counts as everybody's."""

    folder: Path
    pieces: tuple[Piece, ...]
    texts: tuple[int, ...]
    letters: tuple[int, ...]
    n_buckets: int
    n_shares: int
    spread: int


def begin(folder: Path, pieces: Sequence[Piece], rank: dict[str, int], spread: int) -> Join:
    """Number the texts and letters of all pieces, and write them one behind the other.

    `rank` is the place of each document in the order of dates.
    """
    texts, letters, prints = (
        np.cumsum([0, *(len(piece.array(name)) - less for piece in pieces)])
        for name, less in (("bounds", 1), ("letters", 0), ("hashes", 0))
    )
    n_buckets = max(1, int(prints[-1]) // AT_ONCE)
    join = Join(
        folder, tuple(pieces), tuple(texts[:-1].tolist()), tuple(letters[:-1].tolist()),
        n_buckets, n_buckets, spread,
    )  # fmt: skip
    if not (folder / "documents.npy").is_file():
        with atomic_write.said(folder):
            folder.mkdir(parents=True, exist_ok=True)
        _write_letters(join, folder / "letters.npy")
        bounds = [
            p.array("bounds")[:-1] + first for p, first in zip(pieces, join.letters, strict=True)
        ]
        _save(folder / "bounds.npy", np.concatenate([*bounds, letters[-1:]]))
        owners = [
            [rank[document] for document in p.tasks(("document_id",))["document_id"].to_pylist()]
            for p in pieces
        ]
        _save(folder / "documents.npy", np.concatenate([[], *owners]).astype(np.int32))
    return join


def _write_letters(join: Join, path: Path) -> None:
    """One file of all letters; never held at once."""
    arrays = [piece.array("letters") for piece in join.pieces]
    kind = np.result_type(np.uint16, *(array.dtype for array in arrays))
    total = sum(map(len, arrays))
    with atomic_write.file(path) as fresh, fresh.open("wb") as file:
        header = {"descr": np.lib.format.dtype_to_descr(kind), "fortran_order": False,
                  "shape": (total,)}  # fmt: skip
        np.lib.format.write_array_header_1_0(file, header)
        for array in arrays:
            file.write(np.ascontiguousarray(array, kind).tobytes())


def _save(path: Path, array: np.ndarray) -> None:
    with atomic_write.file(path) as fresh, fresh.open("wb") as file:
        np.save(file, array)


def _save_all(path: Path, **arrays: np.ndarray) -> None:
    with atomic_write.file(path) as fresh, fresh.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)


def load(path: Path, mapped: bool = False) -> Any:
    """Read an array, or a file of several; `InputError` names one that is damaged."""
    try:
        return np.load(path, mmap_mode="r" if mapped else None, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise store_parts.damaged(path, error) from error


def bucket_path(join: Join, number: int) -> Path:
    """Name what `meet_bucket` writes."""
    return join.folder / f"bucket-{number:03d}.npz"


def share_path(join: Join, number: int) -> Path:
    """Name what `extend_share` writes."""
    return join.folder / f"share-{number:03d}.npz"


def meet_bucket(item: tuple[Join, int]) -> dict[str, Any]:
    """Pair the fingerprints of one bucket of hashes; return what that took."""
    join, number = item
    clock = batches.Clock()
    hashes, texts, places = _bucket(join, number)
    documents = load(join.folder / "documents.npy")[texts]
    order = np.lexsort((places, documents, hashes))
    hashes, texts, places = hashes[order], texts[order], places[order]
    met = winnowing.meet(hashes, documents[order], join.spread)
    one, other = met.first, met.second
    share = documents[order][one] % join.n_shares
    by_share = np.argsort(share, kind="stable")
    one, other = one[by_share], other[by_share]
    _save_all(
        bucket_path(join, number),
        begins=np.searchsorted(share[by_share], np.arange(join.n_shares + 1)),
        text=texts[one], place=places[one], other=texts[other], other_place=places[other],
        wide_text=texts[met.wide], wide_place=places[met.wide], wide_documents=met.n_documents,
    )  # fmt: skip
    clock.lap("meet")
    return clock.said()


def _bucket(join: Join, number: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Hash, text and place of the fingerprints of a bucket, texts and letters as all number
    them."""
    width = 2 * MOST // join.n_buckets + 1
    low = np.uint64(number * width)
    high = np.uint64(min((number + 1) * width, 2 * MOST - 1))
    found: list[tuple[np.ndarray, ...]] = []
    for piece, text, letter in zip(join.pieces, join.texts, join.letters, strict=True):
        hashes = piece.array("hashes")
        begin = int(np.searchsorted(hashes, low))
        end = int(np.searchsorted(hashes, high, "right" if high == 2 * MOST - 1 else "left"))
        own = slice(begin, end)
        texts = piece.array("texts")[own].astype(np.int32) + np.int32(text)
        found.append((np.array(hashes[own]), texts, piece.array("places")[own] + letter))
    hashes, texts, places = (np.concatenate(columns) for columns in zip(*found, strict=True))
    return hashes, texts, places


def extend_share(item: tuple[Join, int]) -> dict[str, Any]:
    """Find the passages of one share of the documents; return what that took."""
    join, number = item
    clock = batches.Clock()
    texts = winnowing.Texts(
        load(join.folder / "letters.npy", mapped=True), load(join.folder / "bounds.npy")
    )
    columns: list[list[np.ndarray]] = [[] for _ in FIELDS]
    for bucket in range(join.n_buckets):
        with load(bucket_path(join, bucket)) as held:
            own = slice(*held["begins"][number : number + 2])
            for column, field in zip(columns, FIELDS, strict=True):
                column.append(held[field][own])
    made = winnowing.extend(texts, *(np.concatenate(column) for column in columns))
    _save_all(share_path(join, number), **made._asdict(), digest=_digests(texts.letters, made))
    clock.lap("extend")
    return clock.said()


def _digests(letters: np.ndarray, made: winnowing.Shared) -> np.ndarray:
    """What stands for the letters of each passage: the same words, the same digest."""
    found = [
        hashlib.blake2b(
            np.asarray(letters[start : start + n], np.uint32).tobytes(), digest_size=10
        ).hexdigest()
        for start, n in zip(made.start.tolist(), made.length.tolist(), strict=True)
    ]
    return np.array(found, dtype="U20")
