"""What the explorer refuses, and what it asks of the words that it compares."""

from __future__ import annotations

from pathlib import Path

import pytest

import yiyang
from yiyang import InputError
from yiyang.explorer import Choice, Explorer, Panel, Session, codebook_of, edits
from yiyang.explorer import page as pages


@pytest.mark.parametrize("names", [("view.json", "mine.txt"), ("mine.txt",), ("heat.csv",), None])
def test_what_would_be_replaced_is_refused(names: tuple[str, ...] | None, tmp_path: Path) -> None:
    place = tmp_path / "place"
    if names is None:
        place.write_text("a file", encoding="utf-8")
    else:
        place.mkdir()
        for name in names:
            (place / name).write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="this one would be replaced"):
        codebook_of.ours(place, "view.json", ("view.json", "heat.csv"))


def test_no_list_chosen_is_exported_without_pictures(
    corpus: yiyang.Corpus, session: Session, tmp_path: Path
) -> None:
    one = Explorer(corpus, session=session, jurisdictions=(), by="group")
    one.export(tmp_path / "empty")
    assert not [*(tmp_path / "empty").glob("*.svg")]
    one.to_html(tmp_path / "no" / "page.html")
    assert (tmp_path / "no" / "page.html").is_file()


@pytest.mark.parametrize("controls", [{"one": "nowhere"}, {"by": "group", "other": "no theme"}])
def test_a_side_that_there_is_not_is_refused(
    controls: dict[str, str], corpus: yiyang.Corpus, session: Session
) -> None:
    with pytest.raises(InputError, match="give one of these"):
        Explorer(corpus, session=session, **controls).words()


def test_stop_words_and_length_of_terms_are_those_of_the_words_compared(
    session: Session, everywhere: tuple[str, ...]
) -> None:
    usual = Choice(everywhere)
    first = session.words(usual, session.view(usual))["term"].iloc[0]
    others = (usual._replace(stop_words=first), usual._replace(ngrams=2))
    found = [set(session.words(one, session.view(one), 10_000)["term"]) for one in others]
    assert first not in found[0]
    assert any(" " in term or len(term) > 6 for term in found[1] - found[0])


@pytest.mark.parametrize("across", ["jurisdiction", "agency", "year"])
def test_the_page_names_its_columns_and_what_chance_leaves(
    across: str, session: Session, everywhere: tuple[str, ...]
) -> None:
    text = str(pages.fragment(session, Choice(everywhere, across=across), ""))
    named = {"jurisdiction": "主题与地区", "agency": "主题与部门", "year": "主题与印发年份"}
    assert f"<h2>{named[across]}</h2>" in text
    assert "不算发现" in text


def test_a_name_with_a_plus_is_one_name(corpus: yiyang.Corpus) -> None:
    ids = corpus.tasks["task_id"]
    found = edits.read_edits("互联网+养老 = 乙\n乙 + 甲 = 丙", ["互联网+养老", "甲"], ids, {}, "zh")
    assert [one.groups for one in found] == [("互联网+养老",), ("乙", "甲")]


def test_no_theme_is_renamed_to_none(
    corpus: yiyang.Corpus, session: Session, tmp_path: Path
) -> None:
    one = Explorer(corpus, session=session, edits="安宁疗护 = 不属于任何一类")
    with pytest.raises(InputError, match="which has no theme of the codebook"):
        one.save_codebook(tmp_path / "book")


def test_the_digest_is_of_all_that_is_shown(corpus: yiyang.Corpus, session: Session) -> None:
    documents = corpus.documents.assign(date_issued=None)
    other = yiyang.Corpus({**corpus.all(), "documents": documents})
    assert Session(other).digest != session.digest


def test_a_panel_compares_the_sides_that_it_is_given(session: Session) -> None:
    asked = Choice(session.known, one=session.known[1], other=session.known[2])
    assert Panel(session, asked).choice[-4:-2] == session.known[1:3]
