"""The page of a department holds all its tasks, with their roles and dates, in every place."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from yiyang.compare import workloads
from yiyang.core import messages
from yiyang.report import departments


@pytest.fixture(scope="module", params=messages.LANGS)
def pages(request: pytest.FixtureRequest, corpus, tmp_path_factory):
    target = tmp_path_factory.mktemp("departments")
    marks = departments.marks(corpus, request.param, target)
    shown = {p.stem: BeautifulSoup(p.read_text("utf-8"), "html.parser") for p in target.iterdir()}
    return request.param, marks, shown


def test_every_task_of_a_department_is_on_its_page_once(pages, corpus) -> None:
    _, marks, shown = pages
    held = workloads.duties(corpus.assignments, corpus.tasks)
    for agency in ("health", "civil_affairs"):
        page = shown[departments.page_name(agency)]
        links = [a["href"].partition("#")[2] for a in page.select("details a")]
        assert sorted(links) == sorted(held.loc[held["agency_id"] == agency, "task_id"])
        assert str(len(links)) in marks[departments.page_name(agency)]["@LEAD@"]


def test_the_numbers_of_places_add_up(pages, corpus) -> None:
    _, _, shown = pages
    table = shown["department-health"].find("table")
    rows = [[td.get_text() for td in tr.select("td")] for tr in table.select("tbody tr")]
    for row in rows:
        assert int(row[1]) == sum(map(int, row[2:-1]))
    loads = workloads.by_agency(corpus.assignments, corpus.tasks, corpus.agencies)
    of_health = loads[loads["agency_id"] == "health"]
    assert [int(row[1]) for row in rows] == of_health["tasks"].tolist()


def test_a_date_stands_behind_its_printed_words_and_none_is_said(pages) -> None:
    lang, _, shown = pages
    page = shown["department-health"]
    dated = page.select("details")[-1]
    assert "2022-12-31" in dated.get_text()
    assert messages.label("state.none", lang) in page.select("details")[0].get_text()


def test_all_departments_are_listed_and_lead_somewhere(pages, corpus) -> None:
    _, marks, shown = pages
    links = [a["href"] for a in shown["departments"].select("a")]
    assert len(links) == corpus.assignments["agency_id"].nunique()
    own = {link.removesuffix(".html") for link in links if link.startswith("department-")}
    assert own == set(marks) - {"departments"}
    assert len(own) <= departments.MOST
