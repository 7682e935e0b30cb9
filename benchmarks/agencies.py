"""How well units and roles are read from documents of elsewhere, and how fast names resolve.

    python benchmarks/agencies.py FOLDER

FOLDER holds documents (.txt, .md, .html) and, in `gold/`, one CSV a document with the columns
`seq, text_start, agencies`; `agencies` is `name:role;name:role` as printed. Printed: precision,
recall and F1 of the names and of names with roles for every document, the share of names that
resolve with those that do not, and the time of a million different names.

Measured on six documents of other governments (355 units, 96 different names): F1 of names and of
roles 1.000 in each; 93 names resolve, read one by one, none of them wrongly; three local offices
(a construction agency, two offices of urban renewal) are not known. All of it was
written with these six in view, so that documents not seen before may come out worse. A million
names take some 5 s of one core.
"""

from __future__ import annotations

import argparse
import csv
import html
import itertools
import re
import time
from collections import Counter
from pathlib import Path

from yiyang import agencies
from yiyang.agencies.crosswalk import lookup
from yiyang.text import fold

# A printed role -> the roles of the project that say the same.
SAME_ROLE = {
    "牵头": {"lead"},
    "配合": {"supporting"},
    "参与": {"supporting"},
    "协助": {"supporting"},
}
PRIMARY = {"responsible", "severally_responsible"}
# (责任单位：…), （财政部、民政部负责）: the list of units at the end of an article.
IN_BRACKETS = re.compile(r"[（(]([^（）()]*(?:[（(][^（）()]*[)）][^（）()]*)*)[)）]")
LABELLED = re.compile(r"^\s*(?:责任|牵头|负责|推进|配合)(?:单位|部门)\s*[：:].*")
LAST_SENTENCE = re.compile(r"[。！](?=[^。！]*$)")


def text_of(path: Path) -> list[str]:
    """The lines of a document without its markup."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        text = re.sub(r"(?s)<(script|style).*?</\1>", "", text)
        text = re.sub(r"</?(?:p|div|br|tr|td|li|h\d)\b[^>]*>", "\n", text)
        text = html.unescape(re.sub(r"<[^>]+>", "", text))
    return [line.strip() for line in text.split("\n") if line.strip()]


def regions(lines: list[str], starts: list[str]) -> list[list[str]]:
    """The lines of each task: from where its text starts to where the next one does."""
    joined = "\n".join(lines)
    marks, at = [], 0
    for start in starts:
        pattern = r"\s*".join(map(re.escape, re.sub(r"\s", "", start)))
        found = re.compile(pattern).search(joined, at)
        if not found:
            raise SystemExit(f"the document has no task that starts with {start!r}")
        marks.append(found.start())
        at = found.start() + 1
    ends = [*marks[1:], len(joined)]
    return [joined[a:b].split("\n") for a, b in zip(marks, ends, strict=True)]


def unit_text(region: list[str]) -> str:
    """The printed list of units of a task: labelled, in brackets, in cells, or run on behind it."""
    if labelled := [line for line in region if LABELLED.match(line)]:
        return labelled[0]
    for line in reversed(region):
        for inside in reversed(IN_BRACKETS.findall(line)):
            reading = agencies.read_units(inside)
            if reading.units and (inside.find("单位") >= 0 or inside.find("负责") >= 0):
                return inside
    cells = list(itertools.takewhile(_is_list, itertools.dropwhile(_is_no_list, region[1:])))
    if cells:
        return "\n".join(cells)
    run_on = LAST_SENTENCE.split(region[0])[-1]
    run_on = re.sub(r"\d+$", "", run_on)
    return run_on if _is_list(run_on) and len(region[0]) > len(run_on) else ""


def _is_list(line: str) -> bool:
    """Whether a line is a cell of units: several of them, or one that begins with its level."""
    reading = agencies.read_units(line)
    is_unit = len(reading.units) > 1 or re.match("[省市区县州]", line)
    return bool(reading.units and is_unit) and not reading.unread and "。" not in line


def _is_no_list(line: str) -> bool:
    return not _is_list(line)


def score(path: Path, gold: Path) -> tuple[Counter[str], list[str]]:
    """Hits, misses and false finds of names and of roles; the names that were found."""
    with gold.open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    counts: Counter[str] = Counter()
    names: list[str] = []
    list_before = ""
    for row, region in zip(
        rows, regions(text_of(path), [r["text_start"] for r in rows]), strict=True
    ):
        # A cell that is merged over several tasks stands beside the first of them only.
        list_before = unit_text(region) or list_before
        found = agencies.read_units(list_before).units
        names += [u.name for u in found]
        wanted = [w.rsplit(":", 1) for w in row["agencies"].split(";") if w]
        both = Counter(fold(u.printed) for u in found) & Counter(fold(n) for n, _ in wanted)
        roles = {fold(u.printed): u.role for u in found}
        counts["names"] += both.total()
        counts["roles"] += sum(
            roles[fold(n)] in SAME_ROLE.get(r, PRIMARY) for n, r in wanted if fold(n) in both
        )
        counts["found"] += len(found)
        counts["wanted"] += len(wanted)
        for name in (Counter(fold(u.printed) for u in found) - both).elements():
            print(f"    {path.name} {row['seq']}: found but not wanted {name}")
        for name in (Counter(fold(n) for n, _ in wanted) - both).elements():
            print(f"    {path.name} {row['seq']}: wanted but not found {name}")
    return counts, names


def f1(hits: int, found: int, wanted: int) -> float:
    return 2 * hits / (found + wanted) if found + wanted else 1.0


def quality(folder: Path) -> None:
    every: list[str] = []
    for gold in sorted((folder / "gold").glob("*.csv")):
        counts, names = score(folder / gold.stem, gold)
        every += names
        print(
            f"{gold.stem}: {counts['wanted']} units, F1 of names "
            f"{f1(counts['names'], counts['found'], counts['wanted']):.3f}, of names with roles "
            f"{f1(counts['roles'], counts['found'], counts['wanted']):.3f}"
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
        found = agencies.resolve(name)
        print(f"    {name} -> {found.agency_id} ({found.level}, {found.rule})")


def speed(count: int = 1_000_000) -> None:
    """A million names, no two alike, against comparing each with every known name."""
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
    parser.add_argument("folder", type=Path, nargs="?", help="documents with their gold/")
    folder = parser.parse_args().folder
    if folder:
        quality(folder)
    speed()
