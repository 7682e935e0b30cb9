"""One word for one thing: the list of terms holds what readers see to it."""

from __future__ import annotations

import csv
import re

import nbformat
import pytest

from yiyang.core.schema import CHECKOUT, CURATION, PACKAGE


def rows(name: str) -> list[dict[str, str]]:
    with (CURATION / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def said(lang: str) -> str:
    """All that readers see in `lang`: sentences, labels, pages, cells of prose."""
    words = [row[lang] for name in ("labels.csv", "messages.csv") for row in rows(name)]
    pages = (PACKAGE / "report" / "site").glob(f"*.{lang}.md")
    words += [path.read_text(encoding="utf-8") for path in pages]
    for path in (CHECKOUT / "notebooks" / lang).glob("*.ipynb"):
        cells = nbformat.read(path, 4).cells
        words += [c.source for c in cells if c.cell_type == "markdown"]
    return "\n".join(words)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_each_term_is_used_and_no_other_word_for_it(lang: str) -> None:
    text = said(lang).lower()
    for row in rows("terms.csv"):
        assert row[lang].lower() in text, row[lang]
        for other in filter(None, row[f"not_{lang}"].split("|")):
            found = re.search(rf".{{0,30}}{re.escape(other.lower())}.{{0,30}}", text)
            assert not found, (row[lang], found[0])


def test_a_term_is_listed_once_with_its_reason() -> None:
    terms = rows("terms.csv")
    assert all(row["reason"] for row in terms)
    for lang in ("zh", "en"):
        assert len({row[lang] for row in terms}) == len(terms)
