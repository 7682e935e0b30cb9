"""Fit the weights by which targets are doubted, and measure them.

    python benchmarks/figure_doubts.py [--write]

The figures of the tables of phrases (`tests/figures.csv`, and the tasks of `tests/words.csv`) are
aims or not as they are read there. Each set of `figures.csv` with figures that are no aims is left
out in turn: printed is the share of its aims that would be doubted, and of what is no aim. A
language model wrote the phrases, one set after the other. `--write` fits all of them and writes
`curation/figure_weights.csv`; features of one figure, and weights near 0, are left out.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from yiyang.grammar import quantities, targets
from yiyang.reading import figure_doubts
from yiyang.show import preview

TESTS = Path(__file__).resolve().parent.parent / "tests"
ISSUED = date(2025, 3, 1)
LEAST, SMALLEST = 2, 0.05
"""Figures that hold a feature at least, and the smallest weight, of those that are written."""
Figure = tuple[str, set[str], bool]
"""The set of a figure, its features, and whether it is an aim."""


def figures() -> list[Figure]:
    """Return the figures of the tables."""
    sys.path[:0] = [str(TESTS), str(TESTS / "grammar")]
    import test_known_words as words  # noqa: PLC0415  (in the folder of the tests)

    said: dict[str, str] = {}
    with (TESTS / "figures.csv").open(encoding="utf-8", newline="") as file:
        said |= {row["printed"]: row["written"] for row in csv.DictReader(file)}
    for row in words.rows():
        if row["asked"] in ("task", "kept"):
            said |= {phrase: "words" for phrase, _ in words.phrases(row)}
    return [
        (written, figure_doubts.features(text, quantity), is_aim)
        for text, written in said.items()
        for quantity, is_aim in _read(text)
    ]


def _read(text: str) -> list[tuple[quantities.Quantity, bool]]:
    task = {"task_id": "x-01", "text": text, "line_start": 1}
    refused = {row["char_start"] for row in targets.refusals([task], issued=ISSUED)}
    return [(q, q.begin not in refused) for q in quantities.find(text)]


def fitted(own: list[Figure]) -> dict[str, float]:
    """Return the weights of the features of some figures."""
    held = Counter(feature for _, features, _ in own for feature in features)
    names = sorted(name for name, n in held.items() if n >= LEAST)
    column = {name: n for n, name in enumerate(names)}
    cells = [(r, column[f]) for r, (_, fs, _) in enumerate(own) for f in fs if f in column]
    rows, columns = np.array(cells, np.int32).T
    ones = np.ones(len(cells))
    matrix = sparse.csr_matrix((ones, (rows, columns)), shape=(len(own), len(names)))
    model = LogisticRegression(max_iter=5000).fit(matrix, [is_aim for *_, is_aim in own])
    found = dict(zip(names, map(float, model.coef_[0]), strict=True))
    kept = {name: round(weight, 3) for name, weight in found.items() if abs(weight) >= SMALLEST}
    return {figure_doubts.CONSTANT: round(float(model.intercept_[0]), 3)} | kept


def of_strangers() -> tuple[int, int]:
    """Return how many targets the documents of `tests/strangers` have, and how many are doubted."""
    targets_read = doubts = 0
    for path in sorted((TESTS / "strangers").glob("*/*.expected.json")):
        read = preview.read(path.with_name(path.name.removesuffix(".expected.json"))).to_dict()
        targets_read += len(read["targets"])
        doubts += sum(1 for _ in figure_doubts.doubted(read["tasks"], read["targets"]))
    return targets_read, doubts


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--write", action="store_true")
    said = parser.parse_args()
    every = figures()
    sets = Counter(written for written, _, is_aim in every if not is_aim)
    for left_out, n in sorted(sets.items(), key=lambda one: -one[1]):
        if n < 20 or left_out == "words":
            continue
        weights = fitted([one for one in every if one[0] != left_out])
        doubts: dict[bool, list[bool]] = {True: [], False: []}
        for written, features, is_aim in every:
            if written == left_out:
                like = figure_doubts.weighed(features, weights)
                doubts[is_aim].append(like < figure_doubts.LIMIT)
        aims, others = doubts[True], doubts[False]
        print(
            f"without {left_out:14} doubted: {np.mean(aims):.3f} of {len(aims)} aims, "
            f"{np.mean(others):.3f} of {len(others)} that are none"
        )
    weights = fitted(every)
    print(f"{len(every)} figures, {len(weights)} weights")
    n_read, n_doubted = of_strangers()
    print(f"{n_doubted} of {n_read} targets of the strangers' documents are doubted")
    if said.write:
        with figure_doubts.FILE.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["feature", "weight"])
            writer.writerows(weights.items())


if __name__ == "__main__":
    main()
