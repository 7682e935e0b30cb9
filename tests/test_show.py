"""The tables of the chapters, outside of their notebooks."""

from __future__ import annotations

import re

import pytest

import yiyang
from yiyang import show
from yiyang.compare import leads, reading
from yiyang.labels import LANGS, Lang


@pytest.mark.parametrize("lang", LANGS)
def test_the_tables_of_the_chapters_are_headed_in_their_language(
    corpus: yiyang.Corpus, lang: Lang
) -> None:
    pages = {
        "documents": show.documents(corpus.documents, corpus.jurisdictions, lang),
        "repairs": show.repairs(corpus.repairs, lang),
        "leftovers": show.leftovers(corpus.leftovers, lang),
        "beside": show.beside(corpus.tasks, lang),
        "label_blocks": show.label_blocks(reading.label_blocks(corpus.tasks), lang),
        "targets": show.targets(corpus, lang),
        "leads": show.leads(leads.leads(corpus.assignments, corpus.tasks), corpus, lang),
    }
    for name, page in pages.items():
        heading = re.sub(r"<[^>]+>", " ", page.data.split("<tbody", 1)[0])
        heading = heading.split("</caption>")[-1]
        assert heading.strip(), name
        assert bool(re.search(r"[\u4e00-\u9fff]", heading)) == (lang == "zh"), name
