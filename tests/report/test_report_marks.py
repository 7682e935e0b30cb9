"""What names and ids become in a page: text and parts of addresses, whatever they hold."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from docutils.core import publish_string
from myst_parser.parsers.docutils_ import Parser

import yiyang
from yiyang import report
from yiyang.core import messages
from yiyang.report import chapters, departments, evidence, governments, postprocess
from yiyang.safety import escaping
from yiyang.show import tables as show_tables

# The names here are longer than a chart is wide.
pytestmark = pytest.mark.filterwarnings("ignore:constrained_layout not applied")
ATTACKS = [
    'x" style="position:fixed;inset:0" data-x="',
    "</a><b data-x onmouseover=alert(1)>@TRUST@</b>",
    "一\n\n<img data-x src=x>\n```{raw} html\n<i data-x></i>\n```\n:::\n- '\"# ../../x",
    "🏥[y](https://data-x.example) ![z](data-x.png) {{ config }} `a`{data-x} <data-x@x.example>",
]
# What a catalogue, a codebook or the tables of a corpus say freely, by table; ids in all tables.
FIELDS = {
    "jurisdictions": ["name_zh", "name_en"],
    "agencies": ["name_zh", "name_en"],
    "themes": ["name_zh", "name_en", "definition"],
    "documents": ["title", "date_printed", "note", "file_name", "original_file_name"],
    "tasks": ["section", "measure", "text", "text_printed"],
}
IDS = {
    "jurisdiction": ["jurisdiction", "other_jurisdiction"],
    "theme_id": ["theme_id", "second_theme_id"],
}


def attacked(corpus: yiyang.Corpus) -> yiyang.Corpus:
    """The corpus with an attack in every such field, each field beginning with another one."""
    frames = {name: frame.copy() for name, frame in corpus.all().items()}
    for table, columns in FIELDS.items():
        for first, column in enumerate(columns):
            frame = frames[table]
            frame[column] = [
                ATTACKS[(first + i) % len(ATTACKS)] + str(i) for i in range(len(frame))
            ]
    for column, names in IDS.items():
        ids = corpus.tasks["jurisdiction"] if column == "jurisdiction" else corpus.themes[column]
        bad = {i: f"{ATTACKS[n % len(ATTACKS)]}{n}" for n, i in enumerate(dict.fromkeys(ids))}
        for frame in frames.values():
            for name in set(names) & set(frame.columns):
                frame[name] = frame[name].astype("string").replace(bad)
    return yiyang.Corpus(frames)


@pytest.fixture(scope="module", params=messages.LANGS)
def rendered(request: pytest.FixtureRequest, corpus, tmp_path_factory) -> dict[str, BeautifulSoup]:
    """The pages that names and ids reach, by their names, as the parser of the pages renders
    them."""
    lang, target = request.param, tmp_path_factory.mktemp("attacked")
    bad = attacked(corpus)
    pages = governments.marks(bad, lang, target)
    marks = {
        **evidence.front_marks(bad, lang, target),
        "@TRUST@": "FILLED",  # once: a name that looks like this mark stays a name
        "@CHAPTERS@": "",
        "@TOCTREE@": "",
        **governments.links(pages, lang),
    }
    chapters.fill("index", lang, marks, target)
    tables = {
        "documents": show_tables.documents(bad.documents, bad.jurisdictions, lang),
        "files": show_tables.files(bad.documents, lang),
    }
    for name, table in tables.items():
        (target / f"{name}.html").write_text(str(table.data), encoding="utf-8")
    chapters.fill("origin", lang, {}, target)
    for name, own in pages.items():
        chapters.fill("government", lang, own, target, name)
        chapters.fill("government-alone", lang, own, target, f"{name}-alone")
        chapters.fill("brief", lang, own, target, f"brief-{own['@KEY@']}")
    for name, own in departments.marks(bad, lang, target).items():
        chapters.fill(name.partition("-")[0], lang, own, target, name)
    return {path.stem: _rendered(path) for path in sorted(target.glob("*.md"))}


def _rendered(path: Path) -> BeautifulSoup:
    html = publish_string(
        path.read_text(encoding="utf-8"),
        source_path=str(path),
        parser=Parser(),
        writer_name="html5",
        settings_overrides={
            "myst_enable_extensions": ["colon_fence", "deflist"],
            "report_level": 5,  # what Sphinx knows and docutils does not (toctree, other pages)
            "output_encoding": "unicode",
            "embed_stylesheet": False,
        },
    )
    return BeautifulSoup(html, "html.parser")


FOREIGN = (
    "[data-x], [style], [onmouseover], iframe, body script:not([src]), "
    "[href^='https://data-x'], [href^=mailto], img[src*=data-x], img[src=x]"
)
ADDRESS = re.compile(
    r"((?:tasks|brief-[\w-]+)\.html[?#][\w.~%=&-]+|department-[\w-]+\.html|#[\w-]+|[\w-]+|\.\./downloads/[\w.-]+|https://creativecommons\.org/[\w./-]+)"
)


def test_a_name_or_an_id_stays_text_wherever_it_stands(rendered: dict[str, BeautifulSoup]) -> None:
    of_departments = [name for name in rendered if name.startswith("department")]
    assert len(of_departments) > 2
    assert len(rendered) == 2 + 3 * 4 + len(of_departments)
    for name, page in rendered.items():
        assert not page.select(FOREIGN), name
        for link in page.select("a[href]"):
            assert ADDRESS.fullmatch(link["href"]), (name, link)
        for image in page.select("img"):
            assert re.fullmatch(r"finding-\d\.svg", image["src"])
    assert rendered["index"].get_text().count("FILLED") == 1


def test_a_title_stays_text_in_all_that_the_theme_makes_of_it(tmp_path: Path) -> None:
    source = tmp_path / "en" / "source"
    source.mkdir(parents=True)
    for number, attack in enumerate(ATTACKS):
        title = escaping.markdown(attack)
        (source / f"p{number}.md").write_text(f"# {title}\n\n{title}\n\n## {title} 2\n", "utf-8")
    names = "\n".join(f"p{number}" for number in range(len(ATTACKS)))
    (source / "index.md").write_text(f"# Report\n\n```{{toctree}}\n{names}\n```\n", "utf-8")
    folder = report._run_sphinx("en", tmp_path)
    (folder / "_images").mkdir()
    postprocess.edition(folder, "en", [])
    for path in sorted(folder.glob("*.html")):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        assert not page.select(FOREIGN), path.name
        for script in page.find_all("script", src=False):
            assert script.find_parent("head"), path.name
    assert "<" not in (folder / "searchindex.js").read_text(encoding="utf-8")


def test_a_name_is_shown_whole(rendered: dict[str, BeautifulSoup]) -> None:
    shown = " ".join(rendered["index"].get_text().split())
    heads = [page.h1.get_text() for name, page in rendered.items() if name.startswith("gov")]
    for attack in ATTACKS:
        words = escaping.visible(" ".join(attack.split()))
        assert words in shown
        assert any(words in head for head in heads)
