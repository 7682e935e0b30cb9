"""Measure how well units and roles are read from foreign documents, and how fast names resolve.

    python benchmarks/agencies.py DOCUMENTS [GOLD]

DOCUMENTS and GOLD are those of `reading.py`, and so is the reading: the documents are read as a
user's are. Printed: F1 of the names and of names with roles for every document, what was missed
or made up, the share of names that resolve with those that do not, and the time of a million
different names.

Measured on six documents of other governments (355 units; two of them in a second format), which
were in view when the grammar was written: F1 of names and of roles 1.000 in each; 96 of 99 names
resolve, read one by one, none of them wrongly; three local offices (a construction agency, two
offices of urban renewal) are not known. Documents not seen before may come out worse. A million
names take 5 to 6 s of one core.
"""

from __future__ import annotations

import argparse
import itertools
import time
from collections import Counter
from pathlib import Path

from reading import Counts, answered, answers, pairs, reading

from yiyang import InputError, agencies
from yiyang.agencies.crosswalk import lookup


def of_document(path: Path, gold: Path) -> tuple[Counts, Counts, list[str]]:
    """Return counts of names and of names with roles, and the names that were found."""
    try:
        found, _ = reading(path)
    except InputError as error:
        print(f"{path.name}: {error}")
        found = []
    names = roles = Counts()
    printed: list[str] = []
    for task, answer in pairs(found, answers(gold)):
        mine = task.units if task else Counter()
        theirs = answer.units if answer else Counter()
        just_mine, just_theirs = _names(mine), _names(theirs)
        names += Counts((just_mine & just_theirs).total(), just_mine.total(), just_theirs.total())
        roles += Counts((mine & theirs).total(), mine.total(), theirs.total())
        printed += just_mine.elements()
        for name in (just_mine - just_theirs).elements():
            print(f"    {path.name}: found but not wanted {name}")
        for name in (just_theirs - just_mine).elements():
            print(f"    {path.name}: wanted but not found {name}")
    return names, roles, printed


def _names(units: Counter[tuple[str, str]]) -> Counter[str]:
    return Counter(name for name, _ in units.elements())


def quality(documents: Path, gold: Path) -> None:
    """Print the measures of every document, and what each different name was found to be."""
    every: list[str] = []
    for path, answers_file in answered(documents, gold):
        names, roles, printed = of_document(path, answers_file)
        every += printed
        print(
            f"{path.name}: {names.gold} units, F1 of names {names.f1:.3f}, "
            f"of names with roles {roles.f1:.3f}"
        )
    known = [n for n in every if agencies.resolve(n).agency_id]
    different = sorted(set(every))
    known_different = [n for n in different if agencies.resolve(n).agency_id]
    print(
        f"resolved: {len(known)} of {len(every)} units, {len(known_different)} of "
        f"{len(different)} different names; not known: "
        f"{'、'.join(n for n in different if n not in known_different)}"
    )
    for name in known_different:
        entry = agencies.resolve(name)
        print(f"    {name} -> {entry.agency_id} ({entry.level}, {entry.rule})")


def speed(count: int = 1_000_000) -> None:
    """Time a million names, no two alike, against comparing each with every known name."""
    places = [f"{a}{b}{c}" for a in "东南西北平安宁" for b in "山河湖城江州" for c in "市县区"]
    inner = [f"{a}{b}区" for a in "新老上下大小高" for b in "桥河庄里沟岭"]
    stems = [*lookup(), "代建中心", "旧改总办", "某某集团", "路街道", "镇人民政府"]
    product = itertools.product(stems, ["", *inner], places)
    step = max(1, len(stems) * (len(inner) + 1) * len(places) // count)
    names = [p + i + s for s, i, p in itertools.islice(product, 0, None, step)][:count]
    names[::20] = [name + "研究中心" for name in names[::20]]  # not known to anyone
    start = time.process_time()
    known = sum(agencies.resolve(name).agency_id is not None for name in names)
    took = time.process_time() - start
    print(
        f"{len(names):,} different names in {took:.1f} s of one core "
        f"({known / len(names):.0%} of them known)"
    )
    few = names[:: len(names) // 2000]
    start = time.process_time()
    for name in few:
        max((k for k in stems if name.endswith(k)), key=len, default=None)
    naive = (time.process_time() - start) / len(few) * len(names)
    print(f"a loop over all {len(stems):,} known forms would take {naive:.0f} s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("documents", type=Path, nargs="?")
    parser.add_argument("gold", type=Path, nargs="?")
    options = parser.parse_args()
    if options.documents:
        quality(options.documents, options.gold or options.documents / "gold")
    speed()
