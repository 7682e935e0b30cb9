"""The tables of the chapters, outside of their notebooks."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

import yiyang
from yiyang.compare import leads
from yiyang.core.messages import LANGS, Lang
from yiyang.reading import provenance
from yiyang.safety import escaping
from yiyang.show import tables


@pytest.mark.parametrize("lang", LANGS)
def test_the_tables_of_the_chapters_are_headed_in_their_language(
    corpus: yiyang.Corpus, lang: Lang
) -> None:
    pages = {
        "documents": tables.documents(corpus.documents, corpus.jurisdictions, lang),
        "repairs": tables.repairs(corpus.repairs, lang),
        "leftovers": tables.leftovers(corpus.leftovers, lang),
        "beside": tables.beside(corpus.tasks, lang),
        "label_blocks": tables.label_blocks(provenance.label_blocks(corpus.tasks), lang),
        "targets": tables.targets(corpus, lang),
        "leads": tables.leads(
            leads.leads(corpus.assignments, corpus.tasks, corpus.agencies), corpus, lang
        ),
    }
    for name, page in pages.items():
        heading = re.sub(r"<[^>]+>", " ", page.data.split("<tbody", 1)[0])
        heading = heading.split("</caption>")[-1]
        assert heading.strip(), name
        assert bool(re.search(r"[\u4e00-\u9fff]", heading)) == (lang == "zh"), name


# Of few letters, so that much is repeated.
CHANGED = st.text("一二<", max_size=tables.LONGEST_COMPARED + 20)
HEAP = "养老" * 50_000


@given(CHANGED, CHANGED)
def test_a_text_with_its_changes_marked_is_both_texts(before: str, after: str) -> None:
    _marked_whole(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [(HEAP, HEAP), (HEAP, HEAP + "。"), (HEAP, f"一{HEAP}"), (f"甲{HEAP}甲", f"乙{HEAP[2:]}乙")],
)
def test_a_long_text_is_marked_whole(before: str, after: str) -> None:
    _marked_whole(before, after)


def _marked_whole(before: str, after: str) -> None:
    page = BeautifulSoup(str(tables.marked(before, after)), "html.parser")
    for text, other in ((before, "ins"), (after, "del")):
        kept = [s for s in page.find_all(string=True) if s.parent.name != other]
        assert "".join(kept) == escaping.visible(text)
