"""Run a corpus of any size through all steps, batch by batch, on one machine or on many.

    documents -> batches: the tables of some hundred documents each    `batches.read_batch`
              -> the model of themes, from a sample of the tasks       `theme_batches.model`
              -> the themes of each batch, and its counts              `theme_batches.score`
              -> tables by province and year, summaries                `lay_out`, `summary`

What a run has done stays done: a batch that has its manifest is not read again, unless a file of
it, what the catalogue says of one, or the library has changed; unless it was given up, its worker
lost; or unless a document of it could not be read, and the limits are others now or LibreOffice
has come. So a run that was killed goes on where it was, and one over a corpus that has grown reads
what is new.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pandas as pd

from yiyang.core import parquet_store
from yiyang.extract import doc
from yiyang.reading import documents, sources
from yiyang.safety import atomic_write, digests, limits
from yiyang.safety.errors import refusal
from yiyang.scale import accounts, batches, laying_out, summary, theme_batches
from yiyang.scale.batches import MANIFEST, Batch
from yiyang.scale.engines import Engine, Work
from yiyang.themes import codebooks

BATCH = 300
"""Documents that are read together, at most: some 12,000 tasks, all held by a worker."""
LEAST = 50
"""Documents that are read together, if there are so many: a batch costs half a second in itself,
as much as a dozen documents."""
BATCHES = 8
"""Batches that a smaller corpus is cut into, whatever works on it: two for each of four
processes."""
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
        raise refusal("run.no_parquet", "yiyang run")
    with atomic_write.lock(out):
        return _run(corpus, out, engine, refit, tell)


def _run(corpus: Path, out: Path, engine: Engine, refit: bool, tell: Tell) -> dict[str, Any]:
    seconds: dict[str, float] = {}
    made_again: list[str] = []
    with timed(seconds, "plan"):
        kept = laying_out.kept(out)
        _clear(out)
        codebook = theme_batches.keep_codebook(out)
        todo = plan(corpus, out, made_again)
    n_new = sum(len(batch.records) for batch in todo)
    with timed(seconds, "read"):
        fresh = _read(todo, engine, lambda done: tell("read", done, n_new))
    held, work = manifests(out), [*fresh]
    with timed(seconds, "model"), codebooks.use(codebook):
        made_again += theme_batches.lost(out)
        model = theme_batches.model(out, held, refit)
    rule = theme_batches.ScoringRule(model, codebook, batches.library())
    with timed(seconds, "themes"):
        stale = [out / "batches" / name for name in held]
        stale = [path for path in stale if theme_batches.rule_of(path) != rule.digest]
        work += all_done(
            engine, theme_batches.score, [(path, rule) for path in stale], tell, "themes"
        )
    with timed(seconds, "tables"):
        layout = laying_out.due(out, held, rule.digest, kept)
        made_again += layout.made_again
        items = laying_out.begin(out, held, layout, kept)
        work += all_done(engine, laying_out.lay_out_one, items, tell, "tables")
        laying_out.end(out, layout)
        laying_out.write_standing(corpus, out, held, codebook)
    with timed(seconds, "summary"):
        summary.write([out / "batches" / name for name in held], out / parquet_store.SUMMARY)
    said = accounts.report(held, fresh, work, seconds) | {"made_again": sorted({*made_again})}
    batches.write_json(said, out / "run.json")
    laying_out.seal(out, kept, layout)
    shutil.rmtree(out / "staging", ignore_errors=True)  # a lost worker may be writing there still
    for path in codebook.parent.iterdir():
        if path != codebook and path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
    return said


def _clear(out: Path) -> None:
    """Take away what a killed run left half done."""
    shutil.rmtree(out / "staging", ignore_errors=True)
    with atomic_write.said(out):
        for path in out.rglob(".*-yiyang-*"):
            if not path.is_dir():  # a folder goes when the next one is written in its place
                path.unlink(missing_ok=True)
        (out / "batches").mkdir(parents=True, exist_ok=True)


def refuse_inside(corpus: Path, out: Path) -> None:
    """Raise `InputError` where the tables would stand among the documents, or the other way."""
    if out.is_relative_to(corpus) or corpus.is_relative_to(out):
        raise refusal("run.one_folder", out, corpus=corpus)


def manifests(out: Path) -> Manifests:
    """Tell what the batches of `out` hold, by their names, in the order of their first
    documents."""
    found = {
        path.parent.name: batches.read_manifest(path.parent)
        for path in (out / "batches").glob(f"*/{MANIFEST}")
    }
    return dict(sorted(found.items(), key=lambda item: item[1]["documents"][0]["file_name"]))


def plan(corpus: Path, out: Path, made_again: list[str] | None = None) -> list[Batch]:
    """Return the batches of documents to read, in the order of their names; what is out of date
    goes. Batches of which a part is missing or changed are read again, and noted."""
    catalogue = sources.catalogue(corpus).sort_values("file_name")
    if catalogue.empty:
        raise refusal("catalogue.empty", corpus)
    with pd.option_context(*batches.STRINGS):
        judged = documents.curation(corpus, bool(catalogue["layout"].any()))
    records = {str(row["file_name"]): row for row in catalogue.to_dict("records")}
    keys = {name: _key(row, judged) for name, row in records.items()}
    done = set()
    gone = out / "staging" / "gone"
    with atomic_write.said(out):
        gone.mkdir(parents=True, exist_ok=True)
        for name, manifest in manifests(out).items():
            is_current = _is_current(manifest, corpus, keys)
            if is_current and not batches.is_whole(out / "batches" / name, manifest, batches.PARTS):
                is_current = False
                (made_again if made_again is not None else []).append(f"batches/{name}")
            if is_current:
                done |= {listed["file_name"] for listed in manifest["documents"]}
            else:  # whole, so that no part of it is taken for a batch
                (out / "batches" / name).rename(gone / name)
    todo = [(row, keys[name]) for name, row in records.items() if name not in done]
    size = batch_size(len(todo))
    parts = (todo[i : i + size] for i in range(0, len(todo), size))
    return [_batch(corpus, out, part, judged) for part in parts]


def batch_size(n: int) -> int:
    """Tell how many of `n` documents are read together; the number of processes does not matter."""
    return min(BATCH, max(LEAST, -(-n // BATCHES)))


def _batch(corpus: Path, out: Path, part: Sequence[Any], judged: documents.Curation) -> Batch:
    records, keys = zip(*part, strict=True)
    name = digests.of_values(batches.library(), *(row["file_name"] for row in records))
    own = judged.of([row["document_id"] for row in records])
    return Batch(name, corpus, out, records, keys, own, limits.current())


def _key(row: dict[Any, Any], judged: documents.Curation) -> str:
    """What stands for all that is said of a document outside of it."""
    repaired = judged.repairs.get(row["document_id"], [])
    extents = judged.extents_of.get(row["document_id"], pd.DataFrame())
    return digests.of_values(row, repaired, extents.to_dict("records"))


def _is_current(manifest: dict[str, Any], corpus: Path, keys: dict[str, str]) -> bool:
    """Whether a batch is as it would be read now. A document that could not be read may be under
    other limits, or with a LibreOffice that was not there; one that was given up, its worker lost,
    may be on another day."""
    if manifest["library"] != batches.library() or manifest["is_given_up"]:
        return False
    is_read = not any(listed["reason"] for listed in manifest["documents"])
    is_same = manifest["limits"] == str(limits.current()) and (
        manifest["has_libreoffice"] or not doc.program()
    )
    return (is_read or is_same) and all(
        keys.get(listed["file_name"]) == listed["key"]
        and batches.sha256(corpus, listed["file_name"]) == listed["sha256"]
        for listed in manifest["documents"]
    )


def _read(todo: Iterable[Batch], engine: Engine, tell: Callable[[int], None]) -> list[Any]:
    """Read the batches; return their manifests. One that fails as a whole is read in halves, until
    the document is alone that ends or breaks the process which reads it. A disk that takes no more
    is no fault of a document: it ends the run."""
    done, read = 0, []
    while todo:
        halves: list[Batch] = []
        for batch, result in engine(batches.read_batch, todo):
            if isinstance(result, atomic_write.DiskError):
                raise result
            is_lost = isinstance(result, Exception)
            if is_lost and len(batch.records) > 1:
                both = [*zip(batch.records, batch.keys, strict=True)]
                middle = len(both) // 2
                for part in (both[:middle], both[middle:]):
                    halves.append(_batch(batch.folder, batch.out, part, batch.curation))
                continue
            written = batches.give_up(batch, result) if is_lost else result
            read.append(batches.commit(batch, written))
            done += len(batch.records)
            tell(done)
        todo = halves
    return read


def all_done(
    engine: Engine, function: Work, items: Sequence[Any], tell: Tell, step: str
) -> list[Any]:
    """Return the results of all items, in the order in which they were done; the first error is
    raised."""
    results = []
    for _, result in engine(function, items):
        if isinstance(result, Exception):
            raise result
        results.append(result)
        tell(step, len(results), len(items))
    return results


@contextmanager
def timed(seconds: dict[str, float], step: str) -> Iterator[None]:
    begun = time.monotonic()
    yield
    seconds[step] = round(time.monotonic() - begun, 2)
