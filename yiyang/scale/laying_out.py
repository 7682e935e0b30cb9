"""Lay out the tables of a store by province and year, and seal them with their manifest.

A run keeps what an earlier one laid out where that is as its manifest says, to the byte; all else
is written anew from the batches. While it writes, the manifest says that the store is not whole.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from yiyang import build
from yiyang.core import parquet_store, schema, store_parts
from yiyang.safety import atomic_write, digests
from yiyang.safety.errors import refusal
from yiyang.safety.telling import tell
from yiyang.scale import batches
from yiyang.themes import codebooks

PLACES = 200
"""Provinces and years whose files are written at once: each is an open file."""
LAID_OUT = ".laid_out.json"

_STANDING = {
    *store_parts.ALONE,
    *(f"tables/{name}.parquet" for name in schema.names()),
    *(f"tables/{n}" for n in (LAID_OUT, parquet_store.CORPUS, parquet_store.CODEBOOK_NAME)),
    *(f"{parquet_store.SUMMARY}/{name}.csv" for name in parquet_store.SUMMARIES),
}
"""The files of a store that are of no place."""


class Kept(NamedTuple):
    """What an earlier run left: its manifest, by place the stamp of what was laid out there, and
    the parts that are not as listed."""

    said: store_parts.Manifest
    places: dict[str, str]
    wrong: list[str]


class Layout(NamedTuple):
    """What is laid out: the batches of each place, its stamp, the places to write anew, and the
    parts that were found missing or changed."""

    batches: dict[str, list[str]]
    stamps: dict[str, str]
    due: list[str]
    made_again: list[str]


def place_of(name: str) -> str:
    """Name the province and year of a part (`11/2021`); empty for any other file."""
    parts = name.split("/")
    if len(parts) != 5 or parts[1] not in parquet_store.BULK_TABLES:
        return ""
    province, year = parts[2].removeprefix("province="), parts[3].removeprefix("year=")
    return f"{province}/{year}" if _is_place(f"{province}/{year}") else ""


def _is_place(place: str) -> bool:
    province, _, year = place.partition("/")
    return bool(parquet_store.PROVINCE.fullmatch(province) and parquet_store.YEAR.fullmatch(year))


def kept(out: Path) -> Kept:
    """Look at what an earlier run left in `out`. Raises `InputError` for a file that is none of a
    store's, and for a manifest or a list of places that is broken."""
    said = store_parts.known(out)
    lying = set(store_parts.lying(out))
    for name in sorted(lying.difference(said["parts"])):
        is_ours = (place_of(name) and name.endswith(f"/{parquet_store.PART}")) or name in _STANDING
        # A run that was ended, or one of an older version, left what no manifest lists.
        if said["is_whole"] or not is_ours:
            raise refusal("store.surplus", out / name)
    wrong = [
        name
        for name, part in sorted(said["parts"].items())
        if name not in lying or store_parts.fault_of(out / name, part, hashes=True)
    ]
    return Kept(said, laid_out(out), wrong)


def laid_out(out: Path) -> dict[str, str]:
    """Return the stamp of what was laid out, by place; `InputError` for a file that says nothing of
    the kind."""
    path = out / "tables" / LAID_OUT
    if not os.path.lexists(path):
        return {}
    places: dict[str, str] = store_parts.read_json(path, {...: str})
    if bad := [place for place in places if not _is_place(place)]:
        raise refusal("store.json", path, said=tell("scale.no_place_year", name=repr(bad[0])[:80]))
    return places


def due(out: Path, held: dict[str, dict[str, Any]], rule: str, before: Kept) -> Layout:
    """Find the provinces and years to write anew: those of which a batch is new or gone, of which
    a part is missing or changed, or which an ended run left."""
    parts: dict[str, list[str]] = {}
    for name, manifest in held.items():
        for place in sorted({f"{d['province']}/{d['year']}" for d in manifest["documents"]}):
            parts.setdefault(place, []).append(name)
    # With what was read: a batch that was read anew bears the name that it had.
    said = {name: digests.of_values(m["documents"]) for name, m in held.items()}
    now = {
        place: digests.of_values(rule, [(name, said[name]) for name in names])
        for place, names in parts.items()
    }
    lying = {place for name in store_parts.lying(out) if (place := place_of(name))}
    broken = {place for name in before.wrong if (place := place_of(name))}
    same = {place for place, stamp in before.places.items() if now.get(place) == stamp}
    listed = {place for name in before.said["parts"] if (place := place_of(name))}
    same = (same & listed) - broken
    made_again = [n for n in before.wrong if not place_of(n) or now.get(place_of(n))]
    anew = sorted({*now, *before.places, *lying}.difference(same))
    return Layout(parts, now, anew, made_again if before.said["is_whole"] else [])


def begin(
    out: Path, held: dict[str, dict[str, Any]], layout: Layout, before: Kept
) -> list[tuple[Any, ...]]:
    """Say that the store is not whole; return what there is to lay out, each piece for a worker
    (`lay_out_one`)."""
    tables = out / "tables"
    with atomic_write.said(tables):
        tables.mkdir(exist_ok=True)
    # Killed from here on, the next run writes again all that is not listed as it lies there.
    manifest = {**before.said, "is_whole": False}
    batches.write_json(manifest, out / store_parts.MANIFEST)
    items: list[tuple[Any, ...]] = []
    if not layout.due:
        return items
    stamps = {place: s for place, s in layout.stamps.items() if place not in layout.due}
    batches.write_json(stamps, tables / LAID_OUT)
    for some in (layout.due[i : i + PLACES] for i in range(0, len(layout.due), PLACES)):
        own = {name for place in some for name in layout.batches.get(place, ())}
        folders = [out / "batches" / name for name in held if name in own]
        places = [tuple(place.split("/")) for place in some]
        items += [(out, folders, table, places) for table in parquet_store.BULK_TABLES]
    return items


def lay_out_one(item: tuple[Path, list[Path], str, list[parquet_store.Place]]) -> dict[str, Any]:
    """Lay out a table of some places; return what that took."""
    clock = batches.Clock()
    parquet_store.lay_out(*item)
    clock.lap("tables")
    return clock.said()


def end(out: Path, layout: Layout) -> None:
    """Say which places were laid out, of what."""
    if layout.due and hasattr(os, "sync"):
        os.sync()  # the tables first, then the word that they are there
    batches.write_json(layout.stamps, out / "tables" / LAID_OUT)


def write_standing(
    corpus: Path, out: Path, held: dict[str, dict[str, Any]], codebook: Path
) -> None:
    """Write the tables that hold for the whole corpus."""
    names = {listed["jurisdiction"] for m in held.values() for listed in m["documents"]}
    frames = build.standing([corpus], names)
    frames["themes"] = codebooks.codebook(codebook / codebooks.THEMES)
    for name, frame in frames.items():
        parquet_store.write(name, frame, out / "tables" / f"{name}.parquet")
    batches.write_json(str(corpus), out / "tables" / parquet_store.CORPUS)
    batches.write_json(codebook.name, out / "tables" / parquet_store.CODEBOOK_NAME)


def seal(out: Path, before: Kept, layout: Layout) -> None:
    """Write the manifest of the whole store: what was kept is listed as it was."""
    anew = {*layout.due}
    old = before.said["parts"]
    parts = dict(_described(out, old, anew))
    batches.write_json({"is_whole": True, "parts": parts}, out / store_parts.MANIFEST)


def _described(
    out: Path, old: dict[str, store_parts.StoredPart], anew: set[str]
) -> Iterator[tuple[str, store_parts.StoredPart]]:
    for name in sorted(store_parts.lying(out)):
        place = place_of(name)
        is_kept = place and place not in anew and name in old
        yield name, old[name] if is_kept else store_parts.describe(out / name)
