"""Give a view of the explorer its recipe: the lines of Python that make it, and a folder of it."""

from __future__ import annotations

import json
from functools import cached_property
from importlib import metadata
from pathlib import Path
from typing import Any

import pandas as pd
import vl_convert

from yiyang.charts import style
from yiyang.core import segmentation
from yiyang.core.corpus import Corpus
from yiyang.core.messages import Lang
from yiyang.explorer import codebook_of, page, pictures
from yiyang.explorer.choices import Choice
from yiyang.explorer.model import Session, View
from yiyang.safety import atomic_write, digests, escaping
from yiyang.safety.errors import refusal

PACKAGES = ("yiyang", "altair", "vl-convert-python", "scikit-learn", "numpy", "pandas")
ACCOUNT = "view.json"
PICTURES = ("map", "heat", "words")
WRITTEN = (
    *("task_themes.csv", "groups.csv", "heat.csv", "terms.csv", "theme_seeds.csv", "words.csv"),
    *("contexts.csv", ACCOUNT, "recipe.py"),
    *(f"{name}.{kind}" for name in PICTURES for kind in ("svg", "png")),
)
"""The files of an export."""
SCALE = 2
"""Pixels of the PNG for one of the chart."""


class Explorer:
    """A view of a corpus, given by its controls (`Choice`): `.view`, `.recipe()`, `.export()`.

    `jurisdictions` are all where none are named. `of` is the digest of the corpus and codebook
    that a recipe was written for: with another, the same lines would show something else, and
    `InputError` says so.

    >>> import yiyang
    >>> Explorer(yiyang.load(), jurisdictions=["beijing"], method="kmeans", k=3).view.k
    3
    """

    def __init__(
        self,
        corpus: Corpus,
        lang: Lang = "zh",
        *,
        of: str = "",
        session: Session | None = None,
        **controls: Any,
    ) -> None:
        self.session = session or Session(corpus, lang)
        self.lang = self.session.lang
        known = tuple(dict.fromkeys(corpus.tasks["jurisdiction"]))
        controls.setdefault("jurisdictions", known)
        self.choice = self.session.checked(Choice(**controls))
        self.digest = self.session.digest
        if of and of != self.digest:
            raise refusal("explorer.other_corpus", "Explorer", of=of, found=self.digest)

    @cached_property
    def view(self) -> View:
        """The tables of the choice."""
        return self.session.view(self.choice)

    def recipe(self) -> str:
        """Write the lines of Python that make this view again and export it.

        The first line loads the corpus as `yiyang.load()` does; where it was loaded from elsewhere
        it must be changed, and the digest in the recipe tells if it was.
        """
        given = [f"    {name}={value!r},\n" for name, value in _given(self.choice).items()]
        return (
            "import yiyang\nfrom yiyang.explorer import Explorer\n\n"
            "corpus = yiyang.load()\n"
            f"explorer = Explorer(\n    corpus,\n    {self.lang!r},\n"
            f"{''.join(given)}    of={self.digest!r},\n)\n"
            'explorer.export("explorer")\n'
        )

    def export(self, folder: Path | str) -> Path:
        """Write the tables, the theme map, the recipe and what they rest on into a folder.

        The same recipe in a fresh process with the same versions writes the same bytes.
        """
        place = codebook_of.ours(Path(folder), ACCOUNT, WRITTEN)
        texts = self._texts()
        charts: dict[str, Any] = {}
        if not self.view.tasks.empty:
            charts["map"] = pictures.theme_map(self.view, self.session, self.choice)
            charts["heat"] = pictures.heat(self.view, self.lang)
        if (words := self.words()) is not None:
            pair = self.session.pair(self.choice, self.view)
            texts["words.csv"] = escaping.csv_text(words)
            charts["words"] = pictures.words(words, pair, self.lang)
        if self.choice.term:
            texts["contexts.csv"] = escaping.csv_text(self.session.contexts(self.choice, self.view))
        vl_convert.register_font_directory(str(style.FONT_FILE.parent))
        with atomic_write.folder(place) as fresh:
            for name, text in texts.items():
                (fresh / name).write_text(text, encoding="utf-8", newline="\n")
            for name, chart in charts.items():
                svg = vl_convert.vegalite_to_svg(_drawn(chart))
                (fresh / f"{name}.svg").write_text(svg, encoding="utf-8", newline="\n")
                (fresh / f"{name}.png").write_bytes(vl_convert.svg_to_png(svg, scale=SCALE))
        return place

    def _texts(self) -> dict[str, str]:
        """The tables and the recipe, by the names of their files."""
        return {
            "task_themes.csv": escaping.csv_text(self.task_themes()),
            "groups.csv": escaping.csv_text(self.view.tasks),
            "heat.csv": escaping.csv_text(self.view.heat),
            "terms.csv": escaping.csv_text(self.view.terms),
            "theme_seeds.csv": self.session.codebook_csv(self.view),
            ACCOUNT: self._account(),
            "recipe.py": self.recipe(),
        }

    def words(self) -> pd.DataFrame | None:
        """Compare the words of the two sides of the choice; None where there are no two sides."""
        if self.session.sides(self.choice, self.view).nunique() < 2:
            return None
        return self.session.words(self.choice, self.view)

    def task_themes(self) -> pd.DataFrame:
        """Make the table `task_themes` of the contract from the view, a row a task.

        By the codebook `cluster` is empty; by clusters and k-means the themes are, for a task
        then has a cluster and no theme. Columns that no control changes are left out.
        """
        return self.view.task_themes

    def save_codebook(self, folder: Path | str) -> pd.DataFrame:
        """Write the codebook as changed here, as a folder that `yiyang.load(codebook=folder)`
        takes. Returns what differs from the one before (`codebook_of.save`)."""
        return codebook_of.save(self.session, self.choice, Path(folder))

    def to_html(self, path: Path | str | None = None) -> str:
        """Write the view as one page that needs neither Python nor a network: map, themes by place,
        words, tasks and filters (`page`). Returns its HTML; `path` is the file, where one is named.
        """
        text = page.standalone(self.session, self.choice, self.recipe())
        if path is not None:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
            with atomic_write.file(Path(path)) as fresh:
                fresh.write_text(text, encoding="utf-8", newline="\n")
        return text

    def _account(self) -> str:
        account = {
            "choice": self.choice._asdict(),
            "groups": self.view.k,
            "corpus_and_codebook": self.digest,
            "codebook": codebook_of.before(self.session).digest,
            "stop_words": digests.of_values(sorted(segmentation.stop_words())),
            "versions": {name: metadata.version(name) for name in PACKAGES},
        }
        return json.dumps(account, ensure_ascii=False, indent=2) + "\n"


def _given(choice: Choice) -> dict[str, object]:
    """The controls that are not as they stand at first; the lists are always named."""
    usual = Choice._field_defaults
    return {k: v for k, v in choice._asdict().items() if k not in usual or usual[k] != v}


def _drawn(chart: dict[str, Any]) -> dict[str, Any]:
    """A chart with the house's type; the selection is left out, for a picture has none, and so are
    the names that Altair gives the parts that it watches: they differ from one run to the next."""
    given = [param for param in chart["params"] if "select" not in param]
    spec = {**chart, "params": given, "config": {**chart["config"], "font": style.FONT}}
    if "layer" in spec:
        spec["layer"] = [{k: v for k, v in part.items() if k != "name"} for part in spec["layer"]]
    spec.pop("name", None)
    return spec
