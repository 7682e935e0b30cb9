"""Measure times and figures of the phrase tables: yiyang beside what people would pick instead.

    python benchmarks/phrases.py

Share right (the last day of a time, the values of the figures), share silently wrong (another
value), and phrases a second. JioNLP, Recognizers-Text, dateparser and cn2an are optional: one
that is not installed is named and left out. A phrase that names no single day counts for the
last days alone. The grammars of yiyang were mended by
what these tables showed: the tables are fitted to it and to none of the others, and the line of
yiyang on them is no measure of new phrases. Its measure is the blind one, printed beside it: the
sets that were coded before they were run, as they were read at first sight (`BLIND`; how they were
coded is told in tests/grammar/test_phrase_tables.py).
"""

from __future__ import annotations

import csv
import re
import time
import warnings
from collections.abc import Callable
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from typing import Any

from yiyang.grammar import deadline_phrases, quantities

TABLES = Path(__file__).resolve().parent.parent / "tests"
ISSUED = date(2025, 3, 1)
NOON = datetime(2025, 3, 1, 12)

Reader = Callable[[str], set[str]]
BLIND = Path(__file__).parent / "blind_sets.csv"
"""One row is a set of phrases, coded before it was run: how it was `drawn`, how many were right at
first sight and how many silently wrong, of how many. `early` sets were not counted alike, those of
`known kinds` hold what was known not to be read."""
LEFT_OUT = ("early", "known kinds")


def yiyang_times(phrase: str) -> set[str]:
    """Return the last days that yiyang reads."""
    return {str(t.due) for t in deadline_phrases.in_cell(phrase, ISSUED) if t.due}


def yiyang_figures(phrase: str) -> set[str]:
    """Return the values that yiyang reads."""
    found = quantities.find(phrase)
    return {f"{n:g}" for q in found for n in (q.value, q.high) if n is not None}


def jionlp_times() -> Reader:
    """JioNLP's reader of times: the end of the span that it gives."""
    parse = import_module("jionlp").parse_time
    return lambda phrase: {str(parse(phrase, time_base=NOON.timestamp())["time"][1])[:10]}


def recognizers_times() -> Reader:
    """Recognizers-Text: the end of a span less a day, or its value."""
    suite = import_module("recognizers_date_time")

    def read(phrase: str) -> set[str]:
        found = suite.recognize_datetime(phrase, "zh-cn", reference=NOON)
        values = [v for f in found for v in (f.resolution or {}).get("values", [])[:1]]
        return {str(v.get("end") or v.get("value"))[:10] for v in values}

    return read


def dateparser_times() -> Reader:
    """Dateparser: the day that it gives."""
    parse = import_module("dateparser").parse
    settings = {"RELATIVE_BASE": NOON, "PREFER_DAY_OF_MONTH": "last"}
    return lambda phrase: (
        {str(day)[:10]} if (day := parse(phrase, ["zh"], settings=settings)) else set()
    )


def cn2an_figures() -> Reader:
    """cn2an: every number in the text that it turned into digits."""
    transform = import_module("cn2an").transform
    return lambda phrase: {f"{float(n):g}" for n in re.findall(r"-?\d+\.?\d*", transform(phrase))}


def recognizers_figures() -> Reader:
    """Recognizers-Text: every number that it finds."""
    suite = import_module("recognizers_number")

    def read(phrase: str) -> set[str]:
        found = suite.recognize_number(phrase, "zh-cn")
        return {f"{float(f.resolution['value']):g}" for f in found if f.resolution}

    return read


def _table(name: str) -> list[dict[str, str]]:
    with (TABLES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _times() -> list[tuple[str, set[str]]]:
    rows = [row for row in _table("times.csv") if row["where"] == "cell"]
    days = re.compile(r"\d{4}-\d\d-\d\d(?=(?: [+?])*(?: ;|$))")
    return [(row["printed"], set(days.findall(row["times"]))) for row in rows]


def _figures() -> list[tuple[str, set[str]]]:
    number = re.compile(r"(?<![\d.])-?\d+(?:\.\d+)?(?:-\d+(?:\.\d+)?)?")
    wanted = []
    for row in _table("figures.csv"):
        values: set[str] = set()
        for figure in filter(None, row["figures"].split(" ; ")):
            value = number.search(figure.split(" ")[1])
            low = value[0].lstrip("-").split("-") if value else []
            sign = "-" if value and value[0].startswith("-") else ""
            values |= {f"{float((sign if i == 0 else '') + n):g}" for i, n in enumerate(low)}
        wanted.append((row["printed"], values))
    return wanted


def measure(name: str, read: Reader, phrases: list[tuple[str, set[str]]]) -> None:
    """Print one line: share right, share silently wrong, phrases a second."""
    right = wrong = 0
    start = time.process_time()
    for phrase, wanted in phrases:
        try:
            found = read(phrase)
        except Exception:  # what a reader raises is said, and no value
            found = set()
        right += found == wanted
        wrong += bool(found - wanted)
    speed = len(phrases) / max(time.process_time() - start, 1e-9)
    total = len(phrases)
    print(
        f"{name:24} right {right / total:.3f}  silently wrong {wrong / total:.3f}  {speed:9.0f}/s"
    )


def _others(makers: dict[str, Callable[[], Reader]], phrases: Any) -> None:
    for name, make in makers.items():
        try:
            read = make()
        except ImportError as error:
            print(f"{name:24} skipped: {error}")
            continue
        measure(name, read, phrases)


def _blind(name: str) -> None:
    with BLIND.open(encoding="utf-8", newline="") as file:
        sets = [row for row in csv.DictReader(file) if row["phrases"] == name]
    sets = [row for row in sets if row["drawn"] not in LEFT_OUT]
    as_in_lists = [row for row in sets if row["drawn"] == "as in lists"]
    for said, some in (("", sets), (", last four", sets[-4:]), (", as in lists", as_in_lists)):
        right, wrong, total = (sum(int(r[c]) for r in some) for c in COUNTS)
        print(
            f"{'yiyang, blind' + said:28} right {right / total:.3f}  "
            f"silently wrong {wrong / total:.3f}  ({len(some)} sets, {total} phrases)"
        )


COUNTS = ("right", "silently_wrong", "total")


MAKE = (
    "{y}年{m}月底前",
    "{y}年{m}月{d}日前完成",
    "{m}月{d}日前",
    "{y}年第{q}季度",
    "{y}年{m}月—{z}年{d}月",
    "{y}年{m}月中旬",
    "每年{m}月{d}日前",
    "{y}年底前完成{d}户，长期坚持",
    "{y}年{m}月底前（第{d}批）",
)
"""The forms of the phrases whose speed is measured; day and year make them distinct."""


def speed() -> None:
    """Print how long 10,000 distinct times take without a cache, and a million of them with it."""
    parts = [(y, m, d) for y in range(2021, 2046) for m in range(1, 13) for d in range(1, 13)]
    made = dict.fromkeys(
        form.format(y=y, z=y + 1, m=m, d=d, q=d % 4 + 1) for y, m, d in parts for form in MAKE
    )
    phrases = list(made)[:10_000]
    bare = deadline_phrases._in_cell.__wrapped__
    bare(phrases[0], ISSUED, None, None)
    begun = time.process_time()
    for phrase in phrases:
        bare(phrase, ISSUED, None, None)
    print(f"{len(phrases):,} distinct, no cache: {time.process_time() - begun:.2f} s")
    begun = time.process_time()
    for n in range(1_000_000):
        deadline_phrases.in_cell(phrases[n % len(phrases)], ISSUED)
    print(f"a million, {len(phrases):,} distinct: {time.process_time() - begun:.2f} s")


def main() -> None:
    """Measure every reader on the times, then on the figures, then how fast times are read."""
    warnings.simplefilter("ignore")  # readers warn of each phrase that they do not read
    print("times, yiyang at first sight")
    _blind("times")
    print("times, the whole table (yiyang fitted to it)")
    measure("yiyang", yiyang_times, _times())
    _others(
        {
            "JioNLP": jionlp_times,
            "Recognizers-Text": recognizers_times,
            "dateparser": dateparser_times,
        },
        _times(),
    )
    print("figures, yiyang at first sight")
    _blind("figures")
    print("figures, the whole table (yiyang fitted to it)")
    measure("yiyang", yiyang_figures, _figures())
    _others({"Recognizers-Text": recognizers_figures, "cn2an": cn2an_figures}, _figures())
    speed()


if __name__ == "__main__":
    main()
