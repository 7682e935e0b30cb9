"""The whole way for a corpus of any size, batch by batch, on one machine or on many.

    documents -> batches: the tables of some hundred documents each    `batches.read`
              -> the model of themes, from a sample of the tasks       `scoring.model`
              -> the themes of each batch, and its counts              `scoring.score`
              -> tables by province and year, summaries                `store.lay_out`, `summary`

What a run has done stays done: a batch that has its manifest is not read again, unless a file of
it, what the catalogue says of one, or the library has changed. So a run that was killed goes on
where it was, and one over a corpus that has grown reads what is new.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd

from yiyang import build, documents, limits, sources, store, writing
from yiyang.errors import InputError
from yiyang.scale import batches, scoring, summary
from yiyang.scale.batches import MANIFEST, Batch
from yiyang.scale.engines import Engine, Work

BATCH = 500
"""Documents that are read together: some 20,000 tasks, of which a worker holds all rows."""
Manifests = dict[str, dict[str, Any]]
Tell = Callable[[str, int, int], None]
"""Told of the progress: the step, how much of it is done, and how much there is to do."""


def silent(step: str, done: int, of: int) -> None:
    """Tell nobody."""


def run(
    corpus: Path,
    out: Path,
    engine: Engine,
    *,
    refit: bool = False,
    tell: Tell = silent,
) -> dict[str, Any]:
    """Read the documents of `corpus` into the tables of `out`; return the report of the run.

    `refit` makes the model of themes anew, and with it the themes of all tasks. Raises
    `InputError` where the catalogue is not right; a document that cannot be read is listed with
    its reason and does not stop the run.
    """
    corpus, out = corpus.resolve(), out.resolve()
    refuse_inside(corpus, out)
    if find_spec("pyarrow") is None:
        raise InputError(
            "yiyang run",
            found="no package pyarrow",
            expected="it, to write tables as Parquet",
            remedy="pip install 'yiyang[scale]'",
        )
    with writing.lock(out):
        return _run(corpus, out, engine, refit, tell)


def _run(corpus: Path, out: Path, engine: Engine, refit: bool, tell: Tell) -> dict[str, Any]:
    seconds: dict[str, float] = {}
    with _timed(seconds, "plan"):
        _clear(out)
        todo = plan(corpus, out)
    n_new = sum(len(batch.records) for batch in todo)
    with _timed(seconds, "read"):
        _read(todo, engine, lambda done: tell("read", done, n_new))
    held = manifests(out)
    with _timed(seconds, "model"):
        model = scoring.model(out, held, refit)
    with _timed(seconds, "themes"):
        stale = [out / "batches" / name for name in held]
        stale = [path for path in stale if scoring.model_of(path) != model]
        _all(engine, scoring.score, [(path, model) for path in stale], tell, "themes")
    with _timed(seconds, "tables"):
        _lay_out(out, held, model, engine, tell)
        _write_standing(corpus, out, held)
    with _timed(seconds, "summary"):
        summary.write([out / "batches" / name for name in held], out / "summary")
    said = report(held, n_new, seconds)
    batches.write_json(said, out / "run.json")
    shutil.rmtree(out / "staging", ignore_errors=True)  # a lost worker may be writing there still
    return said


def _clear(out: Path) -> None:
    """Take away what a killed run left half done."""
    shutil.rmtree(out / "staging", ignore_errors=True)
    for path in out.rglob(".*-yiyang-*"):
        path.unlink(missing_ok=True)
    (out / "batches").mkdir(parents=True, exist_ok=True)


def refuse_inside(corpus: Path, out: Path) -> None:
    """Raise `InputError` where the tables would stand among the documents, or the other way."""
    if out.is_relative_to(corpus) or corpus.is_relative_to(out):
        raise InputError(
            str(out),
            found=f"tables and documents ({corpus}) in one folder",
            expected="a folder for the tables beside that of the documents",
            remedy="name another folder with --out",
        )


def manifests(out: Path) -> Manifests:
    """What the batches of `out` hold, by their names, in the order of their first documents."""
    found = {
        path.parent.name: json.loads(path.read_text(encoding="utf-8"))
        for path in (out / "batches").glob(f"*/{MANIFEST}")
    }
    return dict(sorted(found.items(), key=lambda item: item[1]["documents"][0]["file_name"]))


def plan(corpus: Path, out: Path) -> list[Batch]:
    """The batches of documents to read, in the order of their names; what is out of date goes."""
    catalogue = sources.catalogue(corpus).sort_values("file_name")
    if catalogue.empty:
        raise InputError(
            str(corpus),
            found="a catalogue without a document",
            expected="at least one",
            remedy="name the documents in it, or take it away to read all files of the folder",
        )
    judged = documents.curation(corpus, bool(catalogue["layout"].any()))
    records = {str(row["file_name"]): row for row in catalogue.to_dict("records")}
    keys = {name: _key(row, judged) for name, row in records.items()}
    done = set()
    gone = out / "staging" / "gone"
    gone.mkdir(parents=True, exist_ok=True)
    for name, manifest in manifests(out).items():
        if _is_current(manifest, corpus, keys):
            done |= {listed["file_name"] for listed in manifest["documents"]}
        else:  # whole, so that no part of it is taken for a batch
            (out / "batches" / name).rename(gone / name)
    names = [name for name in records if name not in done]
    return [
        _batch(corpus, out, [records[n] for n in part], [keys[n] for n in part])
        for part in (names[i : i + BATCH] for i in range(0, len(names), BATCH))
    ]


def _batch(corpus: Path, out: Path, records: Sequence[Any], keys: Sequence[str]) -> Batch:
    name = batches.digest(batches.library(), *(row["file_name"] for row in records))
    return Batch(name, corpus, out, tuple(records), tuple(keys), limits.current())


def _key(row: dict[Any, Any], judged: documents.Curation) -> str:
    """What stands for all that is said of a document outside of it."""
    repaired = judged.repairs.get(row["document_id"], [])
    extents = judged.extents_of.get(row["document_id"], pd.DataFrame())
    return batches.digest(row, repaired, extents.to_dict("records"))


def _is_current(manifest: dict[str, Any], corpus: Path, keys: dict[str, str]) -> bool:
    """Whether a batch is as it would be read now. A document that could not be read may be under
    other limits; one that was given up, its worker lost, may be on another day."""
    is_final = manifest["limits"] == str(limits.current()) or not any(
        listed["reason"] for listed in manifest["documents"]
    )
    return (
        manifest["library"] == batches.library()
        and is_final
        and not manifest["is_given_up"]
        and all(
            keys.get(listed["file_name"]) == listed["key"]
            and batches.sha256(corpus / listed["file_name"]) == listed["sha256"]
            for listed in manifest["documents"]
        )
    )


def _read(todo: Iterable[Batch], engine: Engine, tell: Callable[[int], None]) -> None:
    """Read the batches. One that fails as a whole is read in halves, until the document is alone
    that ends or breaks the process which reads it."""
    done = 0
    while todo:
        halves: list[Batch] = []
        for batch, result in engine(batches.read, todo):
            if isinstance(result, Exception) and len(batch.records) > 1:
                middle = len(batch.records) // 2
                for part in (slice(middle), slice(middle, None)):
                    halves.append(
                        _batch(batch.folder, batch.out, batch.records[part], batch.keys[part])
                    )
                continue
            is_lost = isinstance(result, Exception)
            batches.commit(batch, batches.give_up(batch, result) if is_lost else result)
            done += len(batch.records)
            tell(done)
        todo = halves


def _all(engine: Engine, function: Work, items: Sequence[Any], tell: Tell, step: str) -> list[Any]:
    """The results of all items, in the order in which they were done; the first error is raised."""
    results = []
    for _, result in engine(function, items):
        if isinstance(result, Exception):
            raise result
        results.append(result)
        tell(step, len(results), len(items))
    return results


def _lay_out(out: Path, held: Manifests, model: str, engine: Engine, tell: Tell) -> None:
    """Write anew the tables of those provinces and years of which a batch is new or gone."""
    path = out / "tables" / ".laid_out.json"
    before = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    parts: dict[str, list[str]] = {}
    for name, manifest in held.items():
        for place in sorted({f"{d['province']}/{d['year']}" for d in manifest["documents"]}):
            parts.setdefault(place, []).append(name)
    # With what was read: a batch that was read anew bears the name that it had.
    said = {name: batches.digest(m["documents"]) for name, m in held.items()}
    now = {
        place: batches.digest(model, [(name, said[name]) for name in names])
        for place, names in parts.items()
    }
    kept = {place: stamp for place, stamp in before.items() if now.get(place) == stamp}
    years: dict[str, set[str]] = {}
    for place in {*now, *before}.difference(kept):
        province, year = place.split("/")
        years.setdefault(province, set()).add(year)
    if not years:
        return
    path.parent.mkdir(exist_ok=True)
    batches.write_json(kept, path)  # killed from here on, the next run writes the others again
    items = []
    for province in sorted(years):
        own = [
            n for n in held if any(n in parts.get(f"{province}/{y}", ()) for y in years[province])
        ]
        folders = [out / "batches" / name for name in own]
        items += [(out, folders, table, province, years[province]) for table in store.BULK_TABLES]
    _all(engine, _lay_out_one, items, tell, "tables")
    if hasattr(os, "sync"):
        os.sync()  # the tables first, then the word that they are there
    batches.write_json(now, path)


def _lay_out_one(item: tuple[Path, list[Path], str, str, set[str]]) -> None:
    store.lay_out(*item)


def _write_standing(corpus: Path, out: Path, held: Manifests) -> None:
    """The tables that hold for the whole corpus."""
    names = {listed["jurisdiction"] for m in held.values() for listed in m["documents"]}
    for name, frame in build.standing([corpus], names).items():
        store.write(name, frame, out / "tables" / f"{name}.parquet")
    batches.write_json(str(corpus), out / "tables" / store.CORPUS)


def report(held: Manifests, n_new: int, seconds: dict[str, float]) -> dict[str, Any]:
    """What a run did and what the tables hold now, in plain values."""
    listed = [document for m in held.values() for document in m["documents"]]
    unread = [document for document in listed if document["reason"]]
    work: Counter[str] = Counter()
    for manifest in held.values():
        work.update(manifest["seconds"])
    return {
        "documents": len(listed),
        "documents_new": n_new,
        "tasks": sum(document["n_tasks"] for document in listed),
        "documents_without_tasks": sum(not d["n_tasks"] and not d["reason"] for d in listed),
        "documents_unread": len(unread),
        "failures": dict(Counter(_kind(d["reason"]) for d in unread).most_common()),
        "unread": {document["file_name"]: document["reason"] for document in unread},
        "seconds": seconds,
        "worker_seconds": {name: round(spent, 1) for name, spent in work.items()},
        "peak_bytes": {
            "here": batches.peak_bytes(),
            "worker": max((m["peak_bytes"] for m in held.values()), default=0),
        },
        "library": batches.library(),
    }


# found a file that ends in .docx and does not begin like one; expected a whole file
_FOUND = re.compile(r"found (.+?)(?:; expected|, expected|$)")


def _kind(reason: str) -> str:
    """A reason without what is of one document only: its place, and what stands in brackets."""
    found = _FOUND.search(reason)
    return re.sub(r"\s*\([^()]*\)|\d+", "", found[1] if found else reason).strip()


@contextmanager
def _timed(seconds: dict[str, float], step: str) -> Iterator[None]:
    begun = time.monotonic()
    yield
    seconds[step] = round(time.monotonic() - begun, 2)
