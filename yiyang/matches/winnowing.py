"""Find what many texts share word for word: fingerprints that meet, and the passages around them.

Of every text some runs of `GRAM` letters are kept, chosen by winnowing (Schleimer, Wilkerson and
Aiken 2003): of each `WINDOW` neighbouring runs the one with the smallest hash. Two texts that share
`LEAST` letters share a chosen run for certain, not with some probability as with MinHash. From
there both texts are compared letter by letter, so that no passage rests on a hash.

Letters are those of `matches.passages.letters`: punctuation, spaces and widths break nothing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

LEAST = 20
"""Letters of a passage that counts."""
GRAM = 12
WINDOW = LEAST - GRAM + 1
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIXES = (
    (np.uint64(30), np.uint64(0xBF58476D1CE4E5B9)),
    (np.uint64(27), np.uint64(0x94D049BB133111EB)),
)


class Folded(NamedTuple):
    """Some texts as letters, one behind the other: where each stands in its text, and where the
    letters of each text begin (one more than there are texts)."""

    letters: np.ndarray
    at: np.ndarray
    bounds: np.ndarray


class Prints(NamedTuple):
    """Fingerprints: a hash, the text, and where the run begins among the letters of all texts."""

    hashes: np.ndarray
    texts: np.ndarray
    places: np.ndarray


def fold_texts(texts: Sequence[str]) -> Folded:
    """Return the letters of all texts, as `passages.letters` returns those of one."""
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    printed = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    begins = np.concatenate([[0], np.cumsum(sizes)])
    known = np.flatnonzero(np.bincount(printed, minlength=1))
    spelled = {int(c): _letters_of(chr(c)) for c in known}
    counts, single = np.zeros(0x110000, np.uint8), np.zeros(0x110000, np.uint32)
    for code, made in spelled.items():
        counts[code] = len(made)
        single[code] = made[0] if made else 0
    n_made = counts[printed]
    letters = np.repeat(single[printed], n_made)
    ends = np.cumsum(n_made, dtype=np.int64)
    for at in np.flatnonzero(n_made > 1):  # ⑩, ㎡: few
        made = spelled[int(printed[at])]
        letters[ends[at] - len(made) : ends[at]] = made
    bounds = np.concatenate([[0], ends])[begins]
    own = np.arange(len(printed), dtype=np.int64) - np.repeat(begins[:-1], sizes)
    return Folded(letters, np.repeat(own.astype(np.uint32), n_made), bounds)


def _letters_of(character: str) -> list[int]:
    return [ord(c) for c in unicodedata.normalize("NFKC", character) if c.isalnum()]


def fingerprints(folded: Folded) -> Prints:
    """Choose the fingerprints of the texts, in the order of their hashes."""
    letters = folded.letters.astype(np.uint64)
    n = len(letters) - LEAST + 1
    of_text = np.repeat(np.arange(len(folded.bounds) - 1, dtype=np.uint32), np.diff(folded.bounds))
    if n < 1:
        return Prints(np.zeros(0, np.uint64), of_text[:0], np.zeros(0, np.int64))
    hashes = _hashes(letters)
    lowest, chosen = hashes[:n].copy(), np.zeros(n, np.int64)
    for step in range(1, WINDOW):
        is_lower = hashes[step : step + n] <= lowest
        lowest[is_lower] = hashes[step : step + n][is_lower]
        chosen[is_lower] = step
    is_within = of_text[:n] == of_text[LEAST - 1 :]
    places = np.unique((chosen + np.arange(n))[is_within])
    order = np.argsort(hashes[places], kind="stable")
    places = places[order]
    return Prints(hashes[places], of_text[places], places)


def _hashes(letters: np.ndarray) -> np.ndarray:
    """The hash of each run of `GRAM` letters."""
    n = len(letters) - GRAM + 1
    hashes = np.zeros(n, np.uint64)
    with np.errstate(over="ignore"):
        for step in range(GRAM):
            hashes = hashes * _BASE + letters[step : step + n]
        for shift, factor in _MIXES:
            hashes = (hashes ^ (hashes >> shift)) * factor
    return hashes ^ (hashes >> np.uint64(31))


class Meeting(NamedTuple):
    """What some fingerprints of many documents come to: pairs of rows of the fingerprints that
    meet (the lower document first), and the rows that too many documents hold, with how many."""

    first: np.ndarray
    second: np.ndarray
    wide: np.ndarray
    n_documents: np.ndarray


def meet(hashes: np.ndarray, documents: np.ndarray, most: int) -> Meeting:
    """Pair the fingerprints of different documents that are the same; `hashes` are sorted, and
    where they are equal so are the documents. What more than `most` documents hold makes no pair:
    it stands once, with its first document, among `wide`."""
    begins = np.flatnonzero(np.concatenate([[True], hashes[1:] != hashes[:-1]]))
    sizes = np.diff(np.concatenate([begins, [len(hashes)]]))
    is_new = np.concatenate(
        [[True], (hashes[1:] != hashes[:-1]) | (documents[1:] != documents[:-1])]
    )
    spread = np.add.reduceat(is_new, begins, dtype=np.int64) if len(begins) else sizes
    shared = (spread > 1) & (spread <= most)
    firsts, seconds = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for size in np.unique(sizes[shared]):
        rows = begins[shared & (sizes == size)][:, None] + np.arange(size)
        one, other = np.triu_indices(size, 1)
        firsts.append(rows[:, one].ravel())
        seconds.append(rows[:, other].ravel())
    first, second = np.concatenate(firsts), np.concatenate(seconds)
    differ = documents[first] != documents[second]
    is_wide = spread > most
    return Meeting(first[differ], second[differ], begins[is_wide], spread[is_wide])


class Texts(NamedTuple):
    """The letters of all texts, and where those of each begin."""

    letters: np.ndarray
    bounds: np.ndarray


class Shared(NamedTuple):
    """Passages: the two texts, where each begins among the letters of all, and its length."""

    text: np.ndarray
    other_text: np.ndarray
    start: np.ndarray
    other_start: np.ndarray
    length: np.ndarray


def extend(
    texts: Texts, text: np.ndarray, place: np.ndarray, other: np.ndarray, other_place: np.ndarray
) -> Shared:
    """Find the passages on which the meeting runs lie, each as long as both texts go on alike.

    Each passage stands once; one shorter than `LEAST` letters is none.
    """
    # Along one diagonal of two texts; the runs of a passage that was found are passed over.
    order = np.lexsort((place, other_place - place, other, text))
    text, place, other, other_place = text[order], place[order], other[order], other_place[order]
    found = []
    while len(place):
        diagonal = other_place - place
        is_first = np.ones(len(place), bool)
        is_first[1:] = (
            (text[1:] != text[:-1]) | (other[1:] != other[:-1]) | (diagonal[1:] != diagonal[:-1])
        )
        one = Shared(text, other, place, other_place, place)
        made = _longest(texts, Shared(*(column[is_first] for column in one)))
        found.append(made)
        group = np.cumsum(is_first) - 1
        is_left = place >= (made.start + made.length)[group]
        text, place = text[is_left], place[is_left]
        other, other_place = other[is_left], other_place[is_left]
    if not found:
        return Shared(text, other, place, other_place, place)
    made = Shared(*(np.concatenate(columns) for columns in zip(*found, strict=True)))
    return Shared(*(column[made.length >= LEAST] for column in made))


def _longest(texts: Texts, seeds: Shared) -> Shared:
    """The passages around seeds of two texts, extended letter by letter both ways."""
    low, high = texts.bounds[seeds.text], texts.bounds[seeds.text + 1]
    other_low, other_high = texts.bounds[seeds.other_text], texts.bounds[seeds.other_text + 1]
    back = _alike(
        texts.letters,
        seeds.start - 1,
        seeds.other_start - 1,
        np.minimum(seeds.start - low, seeds.other_start - other_low),
        -1,
    )
    ahead = _alike(
        texts.letters,
        seeds.start,
        seeds.other_start,
        np.minimum(high - seeds.start, other_high - seeds.other_start),
        1,
    )
    return seeds._replace(
        start=seeds.start - back, other_start=seeds.other_start - back, length=back + ahead
    )


def _alike(
    letters: np.ndarray, here: np.ndarray, there: np.ndarray, most: np.ndarray, step: int
) -> np.ndarray:
    """How many letters from two places on are equal, at most so many."""
    counts = np.zeros(len(here), np.int64)
    active = np.flatnonzero(most > 0)
    n = 0
    while len(active):
        is_same = letters[here[active] + n * step] == letters[there[active] + n * step]
        active = active[is_same]
        n += 1
        counts[active] = n
        active = active[most[active] > n]
    return counts


def covered(group: np.ndarray, start: np.ndarray, length: np.ndarray) -> np.ndarray:
    """Count the letters of each group (numbered from 0) that lie in some passage, each once."""
    if not len(group):
        return np.zeros(0, np.int64)
    order = np.lexsort((start, group))
    # One long line, on which the groups lie apart from each other.
    far = int((start + length).max()) + 1
    begin = start[order] + group[order].astype(np.int64) * far
    end = begin + length[order]
    before = np.concatenate([[0], np.maximum.accumulate(end)[:-1]])
    fresh = np.maximum(end - np.maximum(begin, before), 0)
    return np.bincount(group[order], weights=fresh).astype(np.int64)
