"""Open raw documents: only bytes that are those of the catalogue."""

from __future__ import annotations

from collections import Counter, namedtuple
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from yiyang import extract
from yiyang.core import curated_csv, cutting, places, romanised, schema
from yiyang.core.corpus import Corpus
from yiyang.reading import catalogues, metadata
from yiyang.safety import digests, escaping, settings
from yiyang.safety.errors import InputError, refusal
from yiyang.safety.later import expression, pd
from yiyang.safety.telling import counted, tell

Record: Any = namedtuple("Record", catalogues.COLUMNS)  # type: ignore[misc]
"""What is known of a document before it is read; it can be sent to another process."""


def catalogue(folder: Path) -> pd.DataFrame:
    """Make a table: one row is a raw document: columns of the table `documents`, as text, empty
    where unknown.

    It is read from `catalogue.csv` or `catalogue.yaml` (a list of documents; only `file_name` is
    needed). Without one, every document file in the folder is taken. Raises `InputError` for what
    `catalogues.rows` refuses, and for a name that stands twice.
    """
    path = catalogues.written(folder)
    if path is None and folder == schema.raw_folder():
        # Without it the documents would be read unheld, and with other names.
        raise refusal("catalogue.missing", folder / catalogues.NAMES[0])
    return listed(catalogues.rows(path) if path else _files(folder), str(path or folder))


def listed(rows: Iterable[Mapping[str, str]], place: str) -> pd.DataFrame:
    """Return the rows of a catalogue with all its columns, as `catalogue` gives them."""
    return pd.DataFrame(completed(rows, place), columns=[*catalogues.COLUMNS])


def completed(rows: Iterable[Mapping[str, str]], place: str) -> list[dict[str, str]]:
    """Return the rows of a catalogue with all its columns, each document with its name; one that
    stands twice raises `InputError`."""
    found = [catalogues.DEFAULTS | dict(row) for row in rows]
    stems = [Path(row["file_name"]).with_suffix("").as_posix() for row in found]
    often = Counter(stems)
    for row, stem in zip(found, stems, strict=True):
        row["original_file_name"] = row["original_file_name"] or row["file_name"]
        own = document_name(stem if often[stem] == 1 else row["file_name"])
        row["document_id"] = row["document_id"] or own
    twice = [
        name
        for column in ("file_name", "document_id")
        for name, n in Counter(row[column] for row in found).items()
        for _ in range(n - 1)
    ]
    if twice:
        raise refusal("catalogue.document_twice", place, twice=twice)
    return found


# 附件 1%.docx, %41.txt, a#b.txt: what would be another name in an address, or several in a list
_NO_ADDRESS = expression(r"[\s%#]+")


def document_name(stem: str) -> str:
    """Name a document by its file: the name is a part of addresses and of lists of names. What has
    no place there is `_`, and the digest of the file's name tells two such names apart."""
    name = _NO_ADDRESS.sub("_", stem)
    return name if name == stem else f"{name}-{digests.of_bytes(stem.encode())[:6]}"


def record(file_name: str, known: Mapping[str, str]) -> Any:
    """Return the record of a document that no catalogue lists; `known` is what one would say, held
    to the forms of a catalogue (`catalogues.said_of`)."""
    named = {"file_name": file_name, "document_id": document_name(Path(file_name).stem)}
    named["original_file_name"] = file_name
    return Record(**catalogues.DEFAULTS | named | dict(known))


def refuse_no_place(code: str, place: str) -> None:
    """Raise `InputError` for a code that no place bears."""
    if code and not places.is_code(code):
        raise refusal("catalogue.no_place", place, code=code)


def records(listed: pd.DataFrame) -> list[Any]:
    """Return the records of a catalogue, in its order."""
    return [Record(*row) for row in listed[list(Record._fields)].itertuples(index=False)]


def document_files(folder: Path) -> list[str]:
    """Return the names of all document files below a folder, by their endings; a report is none."""
    return sorted(
        name.as_posix()
        for path in folder.rglob("*")
        if path.suffix.lower() in extract.SUFFIXES
        and path.is_file()
        and (name := path.relative_to(folder)).parts[0] not in schema.MADE
        and not any(part.startswith((".", "~$")) for part in name.parts)
        and path.name not in NOT_DOCUMENTS
    )


NOT_DOCUMENTS = (
    *catalogues.NAMES,
    "jurisdictions.csv",
    "repairs.csv",
    "label_extents.csv",
    "field_reviews.csv",
    "README.md",
)
"""Files of a corpus that are about its documents."""


def _files(folder: Path) -> list[dict[str, str]]:
    if not folder.is_dir():
        raise refusal("corpus.no_folder", folder)
    names = document_files(folder)
    if not names:
        raise refusal("corpus.empty", folder / catalogues.NAMES[0])
    return [{"file_name": escaping.visible(name)} for name in names]


# ␛, ⟨U+DC80⟩: how `escaping.visible` shows what cannot be seen
_SHOWN = expression(r"[\u2400-\u2421]|⟨U\+[0-9A-F]{4,6}⟩")


def not_opened(name: str, folder: Path, error: InputError) -> InputError:
    """Make the error for a file that cannot be opened: its name may be another than it was shown;
    one of yiyang's own can be had again."""
    if folder == schema.raw_folder():
        return refusal("document.own_missing", error.place, found=error.found)
    if not _SHOWN.search(name):
        return error
    return refusal("document.invisible_name", error.place)


def jurisdictions(folders: Sequence[Path], names: Iterable[str]) -> pd.DataFrame:
    """Make a table: one row is a government (table `jurisdictions`); codes by GB/T 2260.

    Those that `jurisdictions.csv` in the folders names, and one for each further name, which is a
    code: its Chinese name is that of the standard, its English one that of a catalogue
    (`jurisdiction_en` of a row with its `code`) or else `romanised.english`.
    """
    listed = [_listed(folder) for folder in dict.fromkeys(folders)]
    known = {row[0]: row for frame in [_listed(schema.raw_folder())] for row in frame.values}
    named = pd.concat(listed, ignore_index=True)
    wanted = sorted(set(names) - set(named["jurisdiction"]))
    english = {places.NATION: "China"}
    for folder in folders:
        english |= _english(folder)
    more = [known[name] if name in known else _jurisdiction(name, english) for name in wanted]
    rows = pd.concat([named, pd.DataFrame(more, columns=named.columns)], ignore_index=True)
    return schema.cast("jurisdictions", rows.drop_duplicates("jurisdiction"))


def places_named(folder: Path, named: Sequence[str]) -> list[str]:
    """Return the jurisdictions of a folder that bear these short, Chinese or English names or
    codes; an unknown one raises `InputError`."""
    return cutting.jurisdictions(_listed(folder), named)["jurisdiction"].tolist()


def _listed(folder: Path) -> pd.DataFrame:
    path = folder / "jurisdictions.csv"
    fields = schema.specifications()["jurisdictions"]["fields"]
    if not path.is_file():
        return pd.DataFrame(columns=[f["name"] for f in fields])
    return schema.read_text(path, [f["name"] for f in fields])


def _english(folder: Path) -> dict[str, str]:
    """The English names of places in the catalogue of a folder, by their codes."""
    path = catalogues.written(folder)
    rows = catalogues.rows(path) if path else []
    return {row.get("code", ""): name for row in rows if (name := row.get("jurisdiction_en"))}


def short_name(code: str, document_id: str) -> str:
    """Return the short name of a jurisdiction: that of yiyang's own lists, else its code. A
    document of no known place has one of its own: two such need not be of one government."""
    if code == places.UNKNOWN:
        return f"{ALONE}{document_id}"
    return _names_by_code(schema.raw_folder()).get(code, code)


ALONE = "unknown-"
"""Before the name of a document, the short name of the place that it does not state."""


@cache
def _names_by_code(folder: Path) -> dict[str, str]:
    path, columns = folder / "jurisdictions.csv", schema.columns("jurisdictions")
    # Without a dataframe, which takes longer to import than a document to read.
    rows = curated_csv.cells(path, columns, blank=columns) if path.is_file() else []
    return {row["code"]: row["jurisdiction"] for row in rows}


def place_name(code: str) -> str:
    """Return a place as readers see it: its Chinese name and code; that of none is shown as not
    stated."""
    place = places.places().get(code)
    return f"{place.name} ({code})" if place else metadata.NOT_STATED


def _jurisdiction(code: str, english: Mapping[str, str]) -> tuple[str, str, str, str, str, str]:
    place = places.places().get(code)
    if place is None:
        own = code.removeprefix(ALONE)
        called = [
            f"{_cut(own)}{said}"
            for said in ("（地区未注明）", f" ({tell('reading.place_not_stated')})")
        ]
        return code, called[0], english.get(code) or called[1], "unknown", places.UNKNOWN, ""
    name = english.get(code) or romanised.english(code) or place.name
    return code, place.name, name, place.level, place.code, place.parent_code


LONGEST = 24
"""Characters of the name of a document where it stands for its place: it is one of a chart."""


def _cut(name: str) -> str:
    """A name no longer than `LONGEST`; of a longer one a digest keeps it apart from its fellows."""
    name = name.replace(",", "，")  # in an English name the place above stands behind a comma
    if len(name) <= LONGEST:
        return name
    return f"{name[: LONGEST - 6]}…{digests.of_bytes(name.encode())[:4]}"


def decode(data: bytes, place: str) -> str:
    """Return the text of a raw file: strict UTF-8, Unix line ends; else an `InputError` with the
    line."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        if error.end == len(data) and error.reason == "unexpected end of data":
            raise refusal("document.cut_off", tell("place.line", file=place, line=line)) from error
        raise refusal(
            "document.no_utf8",
            tell("place.line", file=place, line=line),
            byte=data[error.start],
            guess=_guess(data),
            file=Path(place).name,
        ) from error
    if "\r" in text:
        raise refusal(
            "document.windows_line_end",
            tell("place.line", file=place, line=text[: text.index(chr(13))].count(chr(10)) + 1),
            file=Path(place).name,
        )
    return text


def _guess(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return tell("reading.they_can_be_read_gb")


def own_folder() -> list[Path]:
    """Return the folder of the reader's own documents, if the environment names one."""
    named = settings.value("CORPUS")
    return [Path(named)] if named else []


def own_documents(corpus: Corpus) -> pd.DataFrame:
    """Select the reader's own documents; none where a corpus is of yiyang's alone."""
    if not (corpus.folders or own_folder()):
        return corpus.documents.head(0)
    shipped = catalogue(schema.raw_folder())["document_id"]
    return corpus.documents[~corpus.documents["document_id"].isin(shipped)]


def is_unchanged(data: bytes, document: Any) -> bool:
    """Tell whether the bytes are those of the catalogue."""
    return digests.of_bytes(data) == document.sha256


def changed(data: bytes, document: Any, place: str, is_own: bool) -> InputError:
    """Make the error for a file whose bytes are not those of the catalogue; one of yiyang's own
    (`is_own`) can be had again."""
    difference = len(data) - int(document.n_bytes)
    key = "same" if not difference else "more" if difference > 0 else "fewer"
    size = tell(f"document.bytes_{key}", bytes=counted("byte", abs(difference)))
    last = data.count(b"\n") + 1
    return refusal(
        "document.changed",
        place,
        sha=digests.of_bytes(data)[:12],
        again=tell("document.again") if is_own else "",
        size=size,
        last=last,
        wanted=document.sha256[:12],
        document=document,
    )
