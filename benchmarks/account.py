"""Measure what the account of signs costs: documents read with it and without it, in turns.

    python benchmarks/account.py FOLDER [--rounds N]

FOLDER holds documents, with or without a catalogue. In each round a fresh process reads them all
and makes their tables, once as a user's are read and once with no sign looked for (no account, and
no confidence made of it). The shortest of N rounds (default 3) counts, in processor seconds of the
one process, so that the reading apart, which costs time of its own, makes the account look no
cheaper than it is.
"""

from __future__ import annotations

import argparse
import gc
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd

from yiyang import build
from yiyang.reading import account, documents, sources
from yiyang.safety.errors import InputError
from yiyang.safety.later import Expression

SIDES = ("with", "without")


def spent(folder: Path, side: str) -> float:
    """Read the documents of a folder and make their tables; return the processor seconds."""
    if side == "without":
        documents.settle = lambda *_: account.NOTHING  # type: ignore[attr-defined]
        documents.judged = lambda reading, *_: reading  # type: ignore[attr-defined]
    catalogue = sources.catalogue(folder)
    judged = documents.curation(folder, is_held=False)
    for expression in (one for one in gc.get_objects() if isinstance(one, Expression)):
        _ = expression.flags  # compiled now, which takes as long for one document as for many
    start = time.process_time()
    found = []
    for record in sources.records(catalogue):
        try:
            found.append(documents.read_record(record, folder, judged))
        except InputError as error:
            found.append(documents.unread(record, error))
    build.partition(found, [judged.ledger])
    return time.process_time() - start


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.side:
        print(spent(asked.folder, asked.side))
        return
    command = [sys.executable, __file__, str(asked.folder), "--side"]
    rounds = [
        {
            side: float(subprocess.run([*command, side], check=True, capture_output=True).stdout)
            for side in SIDES
        }
        for _ in range(asked.rounds)
    ]
    best = pd.DataFrame(rounds).min()
    print(best.round(2).to_string())
    print(f"the account takes {best['with'] / best['without'] - 1:.1%} of the reading without it")


if __name__ == "__main__":
    main()
