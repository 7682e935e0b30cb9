"""Damage a file in many ways, each a function of its bytes and of random numbers (`mutated.py`)."""

from __future__ import annotations

import random
from collections.abc import Callable

from yiyang.extract.text import decode

Way = Callable[[bytes, random.Random], bytes]


def _flip(count: int) -> Way:
    def way(data: bytes, chance: random.Random) -> bytes:
        changed = bytearray(data)
        for _ in range(count):
            changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        return bytes(changed)

    return way


def _stretch(change: Callable[[bytes, random.Random], bytes]) -> Way:
    """Change a stretch of bytes, a tenth of the file at most."""

    def way(data: bytes, chance: random.Random) -> bytes:
        start = chance.randrange(len(data))
        end = start + chance.randrange(1, len(data) // 10 + 2)
        return data[:start] + change(data[start:end], chance) + data[end:]

    return way


def _by_lines(change: Callable[[list[bytes], random.Random], list[bytes]]) -> Way:
    return lambda data, chance: b"\n".join(change(data.split(b"\n"), chance))


def _shuffled(lines: list[bytes], chance: random.Random) -> list[bytes]:
    return chance.sample(lines, len(lines))


def _some(lines: list[bytes], chance: random.Random, copies: int) -> list[bytes]:
    """The lines, some of them left out (no copies) or doubled."""
    return [x for line in lines for x in [line] * (copies if chance.random() < 0.2 else 1)]


def _columns(change: Callable[[list[bytes], random.Random], list[bytes]]) -> Way:
    """Change the order of the columns in all lines alike; where there are none, of the clauses."""

    def way(data: bytes, chance: random.Random) -> bytes:
        marks = [b"\t", b",", b"</td><td>", b"|", "，".encode()]
        mark = next((m for m in marks if data.count(m) > 2), marks[-1])
        same = chance.randrange(1 << 30)
        lines = [line.split(mark) for line in data.split(b"\n")]
        return b"\n".join(mark.join(change(cells, random.Random(same))) for cells in lines)

    return way


def _one_less(cells: list[bytes], chance: random.Random) -> list[bytes]:
    gone = chance.randrange(5)
    return cells[:gone] + cells[gone + 1 :]


def _written_in(encoding: str) -> Way:
    def way(data: bytes, chance: random.Random) -> bytes:
        return decode(data, "x")[0].encode(encoding, "replace")

    return way


WAYS: dict[str, Way] = {
    "1 bit": _flip(1),
    "10 bits": _flip(10),
    "200 bits": _flip(200),
    "bytes lost": _stretch(lambda part, chance: b""),
    "bytes doubled": _stretch(lambda part, chance: part * 2),
    "bytes zeroed": _stretch(lambda part, chance: bytes(len(part))),
    "bytes at random": _stretch(lambda part, chance: chance.randbytes(len(part))),
    "bytes reversed": _stretch(lambda part, chance: part[::-1]),
}
TEXT_WAYS: dict[str, Way] = {
    "lines shuffled": _by_lines(_shuffled),
    "lines lost": _by_lines(lambda lines, chance: _some(lines, chance, 0)),
    "lines doubled": _by_lines(lambda lines, chance: _some(lines, chance, 2)),
    "columns swapped": _columns(_shuffled),
    "a column lost": _columns(_one_less),
    "in GB18030": _written_in("gb18030"),
    "in Big5": _written_in("big5hkscs"),
    "in UTF-16": _written_in("utf-16"),
    "in UTF-16 without a mark": _written_in("utf-16-le"),
    "in UTF-8 with a mark": _written_in("utf-8-sig"),
    "in UTF-32": _written_in("utf-32"),
}
PERCENTS = {f"cut off at {n} %": n for n in range(1, 100)}
