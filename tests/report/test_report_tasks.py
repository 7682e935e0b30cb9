"""The task browser: every task, its evidence as printed, and hostile text that stays text."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import openpyxl
import pytest
from bs4 import BeautifulSoup, Tag

import yiyang
from yiyang.core import messages, schema
from yiyang.report import browser, downloads
from yiyang.safety import escaping

HOSTILE = [
    '<script>alert("甲")</script>',
    "</td></tr></table><img src=x onerror=alert(1)>",
    "=cmd('/c calc')",
    '"><b onclick=x>',
    "\u202e倒写\u202c",
    "{{ config }} ${x} @TOCTREE@",
]


def parsed(evidence: browser.Evidence, lang: messages.Lang) -> BeautifulSoup:
    return BeautifulSoup(browser.page(evidence, lang), "html.parser")


@pytest.fixture(scope="module")
def evidence(corpus: yiyang.Corpus) -> browser.Evidence:
    return browser.gather(corpus)


@pytest.fixture(scope="module", params=messages.LANGS)
def page(request: pytest.FixtureRequest, evidence: browser.Evidence) -> BeautifulSoup:
    return parsed(evidence, request.param)


def test_every_task_stands_once_with_its_text_and_units(page: BeautifulSoup, corpus) -> None:
    bodies = page.select(".yy-tasks > tbody")
    assert [b["id"] for b in bodies] == corpus.tasks["task_id"].tolist()
    units = corpus.assignments.groupby("task_id")["agency_printed"].agg(list)
    for body, task in zip(bodies, corpus.tasks.itertuples(), strict=True):
        assert body.select_one(".yy-text").get_text() == task.text
        row = body.tr.get_text()
        assert all(unit in row for unit in units.get(task.task_id, []))


def _by_id(page: BeautifulSoup) -> dict[str, Tag]:
    """The tasks of a page by their names: `find` walks the whole page for each."""
    return {body["id"]: body for body in page.select(".yy-tasks > tbody")}


@pytest.mark.parametrize("lang", messages.LANGS)
def test_of_many_counterparts_the_surest_stand_there_and_the_others_are_counted(
    evidence: browser.Evidence, corpus, lang: messages.Lang
) -> None:
    """What is the same comes before what is possible, however high its score."""
    task, *others = corpus.tasks["task_id"].tolist()
    like = next(rows[0] for rows in evidence.matches.values())
    n_same, n = browser.MOST - 2, browser.MOST + 5
    many = [
        like._replace(
            Index=-1 - i,
            other_task_id=other,
            grade="same" if i < n_same else "possible",
            score=0.5 + i / 100,
        )
        for i, other in enumerate(others[:n])
    ]
    shown = str(browser._counterparts(evidence._replace(matches={task: many}), task, lang))
    named = re.findall(r'<a href="#([^"]+)">', shown)
    assert named == [*others[:n_same], *others[n - 2 : n]]
    assert messages.say("browser.more_counterparts", lang, n=5) in shown
    few = evidence._replace(matches={task: many[: browser.MOST]})
    said = str(browser._counterparts(few, task, lang))
    assert said.count("<li>") == browser.MOST


def test_the_printed_lines_are_those_of_the_file(page: BeautifulSoup, corpus) -> None:
    bodies = _by_id(page)
    files = corpus.documents.set_index("document_id")["file_name"]
    folder = schema.raw_folder()
    for task in corpus.tasks.itertuples():
        lines = (folder / files[task.document_id]).read_text(encoding="utf-8-sig").split("\n")
        shown = bodies[task.task_id].select("ol.yy-lines > li")
        assert shown, task.task_id
        for line in shown:
            for put_in in line.find_all("ins"):
                put_in.extract()
            printed = lines[int(line["value"]) - 1].replace("\t", " → ")
            assert re.sub(r"\s", "", line.get_text()) == re.sub(r"\s", "", printed)


def test_every_repair_of_a_task_is_marked_or_told(page: BeautifulSoup, corpus) -> None:
    for task_id in corpus.repairs["task_id"].unique():
        body = page.find(id=task_id)
        assert body.select("ol.yy-lines :is(ins, del)"), task_id
        assert body.select("dd ol + ul li"), task_id


def test_counterparts_are_the_asserted_matches(page: BeautifulSoup, corpus) -> None:
    asserted = corpus.task_matches[corpus.task_matches["is_match"]]
    others = asserted.groupby("task_id")["other_task_id"].agg(list)
    bodies = _by_id(page)
    for task_id in corpus.tasks["task_id"]:
        links = [a["href"] for a in bodies[task_id].select("dd a")]
        assert links == [f"#{other}" for other in others.get(task_id, [])], task_id


def hostile(corpus: yiyang.Corpus, raw: Path) -> yiyang.Corpus:
    """The corpus with a hostile text in each column of words of Jiyuan's first tasks, and in the
    lines of its file."""
    path = raw / corpus.documents.set_index("document_id").loc["jiyuan", "file_name"]
    lines = path.read_bytes().decode("utf-8").split("\n")
    frames = {name: frame.copy() for name, frame in corpus.all().items()}
    for number, text in enumerate(HOSTILE, 1):
        task_id = f"jiyuan-{number:02d}"
        tasks = frames["tasks"]
        tasks.loc[tasks["task_id"] == task_id, ["text", "section", "measure"]] = text
        for name, column in (("assignments", "agency_printed"), ("deadlines", "printed")):
            frames[name].loc[frames[name]["task_id"] == task_id, column] = text
        start = int(tasks.loc[tasks["task_id"] == task_id, "line_start"].iloc[0])
        lines[start - 1] = text
    data = "\n".join(lines).encode()
    path.write_bytes(data)
    where = frames["documents"]["document_id"] == "jiyuan"
    frames["documents"].loc[where, "sha256"] = hashlib.sha256(data).hexdigest()
    frames["documents"].loc[where, "n_bytes"] = len(data)
    return yiyang.Corpus(frames)


def test_hostile_text_of_a_document_stays_text(raw: Path, corpus) -> None:
    evidence = browser.gather(hostile(corpus, raw), raw)
    for lang in messages.LANGS:
        page = parsed(evidence, lang)
        assert not page.select("script, img, b[onclick]")
        assert len(page.select(".yy-tasks > tbody")) == len(corpus.tasks)
        for number, text in enumerate(HOSTILE, 1):
            body = page.find(id=f"jiyuan-{number:02d}")
            assert body.select_one(".yy-text").get_text() == escaping.visible(text)
            assert body.select_one("ol.yy-lines li").get_text() == escaping.visible(text)
            assert body.select_one(".yy-text bdi")


def test_hostile_text_stays_text_in_the_downloads(raw: Path, corpus, tmp_path: Path) -> None:
    frames = hostile(corpus, raw).all()
    downloads.workbook({"tasks": frames["tasks"]}, tmp_path / "book.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "book.xlsx")["tasks"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b"}
    held = {cell.value: cell for cell in cells}
    for text in HOSTILE:
        assert escaping.visible(text) in held
        assert held[escaping.visible(text)].quotePrefix == text.startswith("=")


def test_who_leads_by_the_text_itself_is_found_by_role_with_its_sentence(
    page: BeautifulSoup, corpus
) -> None:
    """beijing-10: its list names three units without a lead; its second sentence says who leads
    the supervision. The table of roles stays that of the list."""
    body = page.find(id="beijing-10")
    assert {"health:lead", "civil_affairs:supporting"} <= set(body["data-units"].split())
    said = [piece.get_text() for piece in body.select(".yy-within")]
    assert len(said) == 2
    assert all("监管由卫生健康行政部门" in text for text in said)
    assert set(corpus.assignments.query("task_id == 'beijing-10'")["role"]) == {"responsible"}
    assert len(page.select(".yy-within")) == 2
