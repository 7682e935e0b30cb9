"""Hold a codebook as one thing: its themes, seeds, and the digest that stands for them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pandas as pd

from yiyang.core import schema
from yiyang.safety import digests, opening
from yiyang.safety.errors import refusal
from yiyang.safety.escaping import csv_text
from yiyang.safety.telling import counted, tell
from yiyang.themes import codebooks, field


class Codebook:
    """The themes of a field, with the seed terms that speak for them.

    `Codebook.from_folder("mine")`, `Codebook.from_frame(themes, seeds)`, `Codebook.in_force()`;
    `yiyang.load(codebook=…)` reads a corpus by it. It does not change: a changed copy is another.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._private: tempfile.TemporaryDirectory[str] | None = None
        with self.used():  # whatever is wrong in it is said at once, with file and line
            self._themes, self._seeds = codebooks.codebook(), codebooks.seeds()
            self._words = codebooks.field_words()
            self._core = codebooks.core_words()
        reviews = (folder / name for name in (codebooks.REVIEWS, field.REVIEWS))
        self._reviews = [
            path.read_text(encoding="utf-8") if path.is_file() else "" for path in reviews
        ]

    @classmethod
    def in_force(cls) -> Codebook:
        """Return the codebook that is used where none is named."""
        return cls(codebooks.folder())

    @classmethod
    def from_folder(cls, folder: Path | str) -> Codebook:
        """Read a folder with `themes.csv` and `theme_seeds.csv`; `field_words.csv` and
        `theme_reviews.csv` are taken where they are there.

        Raises
        ------
        InputError
            Where one of the first two is missing, or for what is wrong in a line of them.
        """
        folder = opening.path_of(folder, "Codebook.from_folder")
        for name in (codebooks.THEMES, codebooks.SEEDS):
            if not (folder / name).is_file():
                raise refusal("corpus.no_codebook_file", folder, name=name, folder=schema.CURATION)
        return cls(folder.resolve())

    @classmethod
    def from_frame(cls, themes: pd.DataFrame, seeds: pd.DataFrame) -> Codebook:
        """Make a codebook of two frames: `theme_id, name_zh, name_en, definition`, and
        `theme_id, term, weight, reason`.

        >>> themes = pd.DataFrame(
        ...     {"theme_id": ["beds"], "name_zh": ["床位"], "name_en": ["Beds"], "definition": "-"}
        ... )
        >>> seeds = pd.DataFrame(
        ...     {"theme_id": ["beds"], "term": ["床位"], "weight": [3], "reason": ["the word"]}
        ... )
        >>> len(Codebook.from_frame(themes, seeds).digest)
        16
        """
        private = tempfile.TemporaryDirectory(prefix="yiyang-codebook-")
        folder = Path(private.name)
        (folder / codebooks.THEMES).write_text(csv_text(themes), encoding="utf-8")
        (folder / codebooks.SEEDS).write_text(csv_text(seeds), encoding="utf-8")
        made = cls(folder)
        made._private = private  # the folder lives as long as the codebook
        return made

    @property
    def folder(self) -> Path:
        """The folder in which its files lie."""
        return self._folder

    @property
    def themes(self) -> pd.DataFrame:
        """The themes, in their order (table `themes`)."""
        return self._themes.copy(deep=False)

    @property
    def seeds(self) -> pd.DataFrame:
        """The seed terms: `theme_id, term, weight, reason`."""
        return self._seeds.drop(columns="line")

    @property
    def digest(self) -> str:
        """Sixteen digits that stand for all that the codebook says, wherever its files lie."""
        parts = [
            csv_text(self._themes),
            csv_text(self.seeds),
            *self._words,
            "",
            *self._core,
            *self._reviews,
        ]
        return digests.of(parts)[:16]

    @contextmanager
    def used(self) -> Iterator[None]:
        """Put the codebook in force for a block."""
        with codebooks.use(self._folder):
            yield

    def diff(self, other: Codebook) -> pd.DataFrame:
        """Make a table: one row is what differs in `other`: `part` (`theme`, `seed`), `theme_id`,
        `term`, `change` (`added`, `removed`, `changed`), `before`, `after`."""
        rows: list[tuple[object, ...]] = []
        for part, mine, theirs in (
            ("theme", self.themes.assign(term=""), other.themes.assign(term="")),
            ("seed", self.seeds, other.seeds),
        ):
            before, after = (
                {key: " · ".join(map(str, said)) for key, said in _by_key(frame)}
                for frame in (mine, theirs)
            )
            for key in dict.fromkeys([*before, *after]):
                old, new = before.get(key, ""), after.get(key, "")
                if old != new:
                    change = "changed" if old and new else "added" if new else "removed"
                    rows.append((part, *key, change, old, new))
        columns = ["part", "theme_id", "term", "change", "before", "after"]
        return pd.DataFrame(rows, columns=columns)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Codebook) and self.digest == other.digest

    def __hash__(self) -> int:
        return hash(self.digest)

    def __repr__(self) -> str:
        n_themes, n_seeds = len(self._themes), len(self._seeds)
        return tell(
            "themes.said_of",
            themes=counted("theme", n_themes),
            seeds=counted("seed_term", n_seeds),
            digest=self.digest,
        )


def _by_key(frame: pd.DataFrame) -> Iterator[tuple[tuple[str, str], list[object]]]:
    """Each row by its theme and term, and what it says of them."""
    said = [column for column in frame if column not in ("theme_id", "term")]
    for row in frame.itertuples():
        values = [getattr(row, str(column)) for column in said]
        yield (str(row.theme_id), str(row.term)), ["" if pd.isna(v) else v for v in values]
