"""Build the tables from the raw documents: the whole way."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from yiyang import agencies
from yiyang.core import parquet_store, schema
from yiyang.core.corpus import Corpus
from yiyang.reading import documents, doubles, fields, indicators, metadata, sources
from yiyang.safety import opening, private, settings
from yiyang.safety.errors import refusal

if TYPE_CHECKING:
    from yiyang.matches import Explanation
    from yiyang.themes import Codebook


def base(
    folder: Path | None = None, *, beside: bool | Sequence[str] = False
) -> dict[str, pd.DataFrame]:
    """Return the base tables of the documents in `folder` (default: the five that yiyang carries).

    With `beside` yiyang's own documents stand beside those of the folder, or those of the places
    that it names.
    """
    own = schema.raw_folder()
    folders = [own, folder] if folder and beside else [folder or own]
    corpora = [documents.read_folder(f) for f in folders]
    named = () if isinstance(beside, bool) else tuple(beside)
    if folder and named:
        corpora[0] = _of_places(corpora[0], sources.places_named(own, named))
    read = doubles.once([document for corpus in corpora for document in corpus.documents])
    documents.refuse_doubles(read)
    documents.refuse_none(read)
    made = partition(read, [corpus.curation.ledger for corpus in corpora])
    made |= standing(folders, made["documents"]["jurisdiction"])
    if named:
        rows = made["jurisdictions"]
        is_there = rows["jurisdiction"].isin(made["documents"]["jurisdiction"])
        made["jurisdictions"] = rows[is_there].reset_index(drop=True)
    return {name: made[name] for name in schema.names("base")}


def _of_places(read: documents.Folder, places: Sequence[str]) -> documents.Folder:
    """The documents of some places, and the judgements about them."""
    kept = [d for d in read.documents if d.record.jurisdiction in places]
    names = [d.record.document_id for d in kept]
    return documents.Folder(kept, read.curation.of(names))


def standing(folders: Sequence[Path], jurisdictions: Iterable[str]) -> dict[str, pd.DataFrame]:
    """Return the base tables that are the same for every task: governments, agencies and their
    names."""
    made = {
        "jurisdictions": sources.jurisdictions(folders, jurisdictions),
        "agencies": agencies.canonical(),
        "agency_names": agencies.names(),
    }
    return {name: schema.cast(name, frame) for name, frame in made.items()}


def partition(
    read: Sequence[documents.Document], ledgers: Sequence[pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    """Return the base tables of some documents; nothing in them depends on any other document.

    `ledgers` are the repairs that stand in the table `repairs`.
    """
    repeated = documents.frame(read, "repairs")
    return {
        "documents": documents.table(read),
        "tasks": documents.frame(read, "tasks"),
        "assignments": documents.frame(read, "assignments"),
        "task_columns": documents.frame(read, "task_columns"),
        "deadlines": documents.frame(read, "deadlines"),
        "targets": documents.frame(read, "targets"),
        "outcomes": documents.frame(read, "outcomes"),
        "obligations": documents.frame(read, "obligations"),
        "repairs": schema.cast("repairs", pd.concat([*ledgers, repeated], ignore_index=True)),
        "leftovers": documents.frame(read, "leftovers"),
        "signs": documents.frame(read, "signs"),
    }


def _themes(corpus: Corpus) -> pd.DataFrame:
    from yiyang import themes  # noqa: PLC0415  (scikit-learn takes a second to import)

    with corpus.by_codebook():
        return themes.codebook()


def _task_themes(corpus: Corpus) -> pd.DataFrame:
    from yiyang import themes  # noqa: PLC0415
    from yiyang.themes import field  # noqa: PLC0415

    titles = corpus.documents.set_index("document_id")["title"].dropna().to_dict()
    with corpus.by_codebook():
        judged = field.judge(corpus.tasks, titles, _of_field(corpus))
        return themes.assign(corpus.tasks, judged=judged)


def _of_field(corpus: Corpus) -> pd.DataFrame:
    """What readers say of the field of single tasks: beside their own documents, else the
    codebook."""
    from yiyang.themes import codebooks, field  # noqa: PLC0415

    folders = [*sources.own_folder(), *corpus.folders, codebooks.folder()]
    found = (folder / field.REVIEWS for folder in folders)
    path = next((path for path in found if path.is_file()), folders[-1] / field.REVIEWS)
    return field.read_reviews(path, corpus.tasks)


def _indicator_links(corpus: Corpus) -> pd.DataFrame:
    return indicators.link(corpus.documents, corpus.targets, corpus.outcomes)


def _task_matches(corpus: Corpus) -> pd.DataFrame:
    from yiyang import matches  # noqa: PLC0415
    from yiyang.matches import agreed, encoders, finding, measures  # noqa: PLC0415

    if encoder := encoders.in_force():
        return matches.find(corpus.tasks, encoder=encoder)
    found, alone = finding.both(corpus.tasks, measures.lists(corpus.tasks))
    corpus.worked_out[agreed.MATCHED] = alone
    return found


def _counterparts(corpus: Corpus) -> pd.DataFrame:
    from yiyang.compare import gaps  # noqa: PLC0415

    return gaps.counterparts(corpus.task_matches)


def _measures(corpus: Corpus) -> pd.DataFrame:
    from yiyang.compare import families  # noqa: PLC0415

    return families.measures(corpus)


def _explain_match(corpus: Corpus, task_id: str, other_task_id: str) -> Explanation:
    from yiyang import matches  # noqa: PLC0415

    return matches.explain_match(corpus, task_id, other_task_id)


# The tables that take longer, each made from the tables before it when it is first asked for.
ANALYSES: dict[str, Callable[[Corpus], pd.DataFrame]] = {
    "indicators": lambda corpus: indicators.known(),
    "indicator_links": _indicator_links,
    "themes": _themes,
    "task_themes": _task_themes,
    "task_matches": _task_matches,
    "counterparts": _counterparts,
    "measures": _measures,
}


def _explain(corpus: Corpus, task_id: str) -> pd.DataFrame:
    from yiyang import themes  # noqa: PLC0415

    with corpus.by_codebook():
        return themes.explain(task_id, corpus.tasks)


def _read_again(
    tasks: schema.Rows, listed: pd.DataFrame, times: pd.DataFrame
) -> dict[str, schema.Rows]:
    """The times, figures and words of obligation in texts that were changed by hand."""
    found: dict[str, schema.Rows] = {name: [] for name in ("deadlines", "targets", "obligations")}
    for document in listed.itertuples():
        own = [task for task in tasks if task["document_id"] == document.document_id]
        day = None if pd.isna(document.date_issued) else document.date_issued.date()
        read = fields.in_texts(own, day, str(document.title), times)
        for name, rows in read.items():
            found[name] += rows
    return found


Corpus.hand_in(ANALYSES, _explain_match, _explain, _read_again, metadata.whose)


def _book(codebook: Codebook | Path | str | None) -> Codebook | None:
    """The codebook that is named; a folder is read."""
    if not isinstance(codebook, Path | str):
        return codebook
    from yiyang import themes  # noqa: PLC0415

    return themes.Codebook.from_folder(codebook)


def keep(corpus: Corpus, path: Path) -> None:
    """Write all tables of a corpus down, for the programs that a build starts: `load()` without
    arguments takes them from there, and nothing is read or computed twice."""
    settings.put({"KEPT": str(write_kept(corpus, path))})


def write_kept(corpus: Corpus, path: Path) -> Path:
    """Write all tables of a corpus down, for programs whose `YIYANG_KEPT` names the file."""
    path.write_bytes(pickle.dumps((corpus.all(), corpus.folders, corpus.worked_out)))
    return path


@lru_cache(maxsize=1)
def _kept(path: str) -> Corpus:
    """The corpus that `keep` wrote, one for all that ask: what is worked out of it later is
    remembered by it."""
    frames, folders, worked_out = pickle.loads(Path(path).read_bytes())
    corpus = Corpus(frames, folders=folders)
    corpus.worked_out |= worked_out
    return corpus


def load(
    folder: Path | str | None = None,
    *,
    beside: bool | Sequence[str] | None = None,
    jurisdictions: Sequence[str] | None = None,
    codebook: Codebook | Path | str | None = None,
) -> Corpus:
    """Return the corpus of the documents in `folder`: those of its catalogue, or all that it holds;
    or the tables of some `jurisdictions` in the folder of a large corpus (`yiyang run --out`).

    Without a folder: that of the environment variable `YIYANG_CORPUS`, else the five documents
    that yiyang carries. With `beside` (or `YIYANG_BESIDE=1`) these stand beside those of the
    folder; with names of places (`YIYANG_BESIDE=chaoyang,jiyuan`) those of these alone.
    Raises `InputError` (file, line, found, expected, what to do) where a document of
    yiyang's own is not as catalogued; of other documents, one that cannot be read is listed in
    `documents` with its reason and does not stop the rest.

    `jurisdictions` (or `YIYANG_JURISDICTIONS`, separated by commas) are short or Chinese names or
    codes; that of a province or prefecture takes in all below it. Without any, all are taken; a
    name that the corpus does not hold raises `InputError`. The themes are those of the whole
    corpus.

    `codebook` is a `themes.Codebook`, or the folder of one: themes are those of it.

    >>> load(jurisdictions=["chaoyang", "河南省济源市"])
    Corpus of 82 tasks in 2 lists: chaoyang 52, jiyuan 30
    """
    is_plain = folder is None and beside is None and jurisdictions is None and codebook is None
    kept = settings.value("KEPT")
    if is_plain and kept and private.is_own(Path(kept)):
        return _kept(kept)
    named = folder or next(iter(sources.own_folder()), None)
    if beside is None:
        said = settings.value("BESIDE")
        beside = said == "1" or (said.split(",") if said not in ("", "0") else False)
    if jurisdictions is None:
        jurisdictions = [j for j in settings.value("JURISDICTIONS").split(",") if j]
    book = _book(codebook)
    own = opening.path_of(named, "yiyang.load") if named else None
    if own and parquet_store.is_store(own):
        if book is not None:
            raise refusal("corpus.large_beside", named)
        return Corpus(parquet_store.load(own, jurisdictions))
    tables = base(own, beside=beside)
    corpus = Corpus(tables, folders=[own] if own else [], codebook=book)
    return corpus.subset(jurisdictions=jurisdictions) if jurisdictions else corpus
