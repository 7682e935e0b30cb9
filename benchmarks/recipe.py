"""Time what a large corpus is measured against: the plain recipe, and the least to be done.

    python benchmarks/recipe.py plain FOLDER    text by the usual libraries, jieba, TF-IDF, k-means
    python benchmarks/recipe.py least FOLDER    the files read into blocks by yiyang, rjieba alone
    python benchmarks/recipe.py tasks FOLDER    the files read into tasks by yiyang, rjieba alone

All work in one process on all documents of a catalogue (as `benchmarks/corpus.py` writes it) and
print a line of JSON: `read`, `analyse` (processor seconds), `wall` (seconds), `texts` and
`characters`. A text is a paragraph or a row of a table (the recipe knows of no tasks), or a task.
"""

from __future__ import annotations

import argparse
import csv
import json
import logging
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

from yiyang import extract, parse
from yiyang.reading import documents, sources
from yiyang.safety.errors import InputError

LEAST = 10
"""Characters; shorter paragraphs and rows are headings, numbers and dates."""
THEMES = 16


def files(folder: Path) -> Iterator[Path]:
    """Return the documents of a corpus."""
    with (folder / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield folder / row["file_name"]


def plain_texts(path: Path) -> list[str]:
    """Return the texts of a file, by the library that is usual for its format."""
    if path.suffix == ".docx":
        import docx  # noqa: PLC0415

        document = docx.Document(str(path))
        rows = [[c.text for c in row.cells] for t in document.tables for row in t.rows]
        return [p.text for p in document.paragraphs] + [" ".join(row) for row in rows]
    if path.suffix == ".xlsx":
        import openpyxl  # noqa: PLC0415

        sheet = openpyxl.load_workbook(path, read_only=True).active
        return [" ".join(str(v) for v in row if v) for row in sheet.iter_rows(values_only=True)]
    if path.suffix == ".html":
        from lxml import html  # noqa: PLC0415

        root = html.fromstring(path.read_bytes())
        return [" ".join(node.itertext()) for node in root.iter("p", "tr")]
    data = path.read_bytes()
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030"
    try:
        return data.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        return data.decode(encoding).splitlines()


def yiyang_texts(path: Path) -> list[str]:
    """Return the texts of a file, by yiyang's readers."""
    page = extract.blocks(path.read_bytes(), path.name)
    return [
        " ".join(c.text for c in block.cells if c.text and not c.is_repeat) for block in page.blocks
    ]


def yiyang_tasks(path: Path) -> list[str]:
    """Return the texts of the tasks of a file: blocks, layout, tasks; none of a file that is
    refused. No agencies, deadlines, figures and verbs are looked for, and no repairs made."""
    data = path.read_bytes()
    try:
        blocks = extract.blocks(data, path.name).blocks
        record = documents.completed(sources.record(path.name, {}), blocks, data)
        reading = parse.read(record, blocks, path.name)
    except InputError:
        return []
    return [row["text"] for row in parse.tasks(record, reading.pieces, reading.layout)]


def clustered(texts: list[str]) -> None:
    """Cluster with jieba, TF-IDF and k-means."""
    import jieba  # noqa: PLC0415
    from sklearn.cluster import KMeans  # noqa: PLC0415
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415

    jieba.setLogLevel(logging.WARNING)
    words = [" ".join(jieba.cut(text)) for text in texts]
    vectors = TfidfVectorizer().fit_transform(words)
    KMeans(THEMES, random_state=0).fit(vectors)


def cut(texts: list[str]) -> None:
    """Cut words with rjieba, as yiyang uses it, and nothing else."""
    from yiyang.core import segmentation  # noqa: PLC0415

    for text in texts:
        segmentation.cut([text])


def run(
    folder: Path, read: Callable[[Path], list[str]], analyse: Callable[[list[str]], None]
) -> dict[str, float]:
    """Read all files, then analyse their texts; what each took."""
    begun, started = time.perf_counter(), time.process_time()
    texts = [text for path in files(folder) for text in read(path) if len(text) > LEAST]
    half = time.process_time()
    analyse(texts)
    return {
        "read": half - started,
        "analyse": time.process_time() - half,
        "wall": time.perf_counter() - begun,
        "texts": len(texts),
        "characters": sum(map(len, texts)),
    }


def main() -> None:
    """Read the command line."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("which", choices=["plain", "least", "tasks"])
    arguments.add_argument("folder", type=Path)
    options = arguments.parse_args()
    warnings.simplefilter("ignore")
    both = {
        "plain": (plain_texts, clustered),
        "least": (yiyang_texts, cut),
        "tasks": (yiyang_tasks, cut),
    }
    print(json.dumps(run(options.folder, *both[options.which])))


if __name__ == "__main__":
    main()
