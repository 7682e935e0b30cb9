"""The pages over a large store: what they show is what its tables say, and text stays text."""

from __future__ import annotations

import asyncio
import io
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import httpx
import large
import pandas as pd
import pyarrow.parquet as pq
import pytest

import yiyang
from yiyang import scale
from yiyang.core import store_parts
from yiyang.core.messages import LANGS, label
from yiyang.report.served import asked, found_documents, held, taken_away, unfolded
from yiyang.report.served.app import application
from yiyang.safety import digests, escaping, extras
from yiyang.safety.errors import InputError

NAME = "127.0.0.1"
Get = Callable[..., httpx.Response]

HOSTILE = (
    "四川省达州市大竹县<script>alert(1)</script>推进医养结合工作方案\n"
    '（一）建设"><img src=x onerror=alert(1)>日间照料中心3家，\u202e倒序。'
    "（责任单位：民政局<b>、财政局）\n"
    '（二）=HYPERLINK("http://evil.example","x")加强养老服务，2025年底前完成。'
    "（责任单位：卫健委；配合单位：医保局）\n大竹县人民政府\n2024年3月1日\n"
)


def getter(store: held.HeldStore) -> Get:
    """What asks the application over a store, as a browser would."""
    app = application(store, frozenset({NAME}))

    def get(way: str, method: str = "GET", **headers: str) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url=f"http://{NAME}") as client:
                return await client.request(method, way, headers=headers)

        return asyncio.run(ask())

    return get


@pytest.fixture(scope="module")
def store(whole: Path) -> held.HeldStore:
    return held.HeldStore(whole)


@pytest.fixture(scope="module")
def get(store: held.HeldStore) -> Get:
    return getter(store)


@pytest.fixture(scope="module")
def corpus(whole: Path) -> yiyang.Corpus:
    return yiyang.load(whole)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[held.HeldStore, Get]:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "documents").mkdir()
    for name in ("a'\"[1]&.txt", "b.txt"):
        (folder / "documents" / name).write_text(HOSTILE, encoding="utf-8")
    scale.run(folder / "documents", folder / "out[1]'*", large.here)
    opened = held.HeldStore(folder / "out[1]'*")
    return opened, getter(opened)


def taken(get: Get, ask: str) -> pd.DataFrame:
    """The whole result, as Parquet."""
    answer = get(f"/zh/tasks.parquet?{ask}")
    assert answer.status_code == 200, answer.text
    return pq.read_table(io.BytesIO(answer.content)).to_pandas()


def said(answer: httpx.Response) -> str:
    """What a page says in its one sentence about the result."""
    found = re.search(r'<p role="status">(.*?)</p>', answer.text)
    return found[1] if found else ""


# Every page -------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_is_there_in_both_languages(lang: str, get: Get, corpus: yiyang.Corpus) -> None:
    document = corpus.documents.sort_values("n_tasks").iloc[-1]
    agency = corpus.assignments["agency_id"].dropna().iloc[0]
    pages = {
        "": f"{len(corpus):,}",
        "tasks?words=养老": "<mark>养老</mark>",
        "documents": document["title"],
        "documents?show=check&sort=least_sure": label("served.check.lead", lang).split("{")[0],
        "documents?show=refused": label("served.state.refused", lang),
        "doubles": label("served.doubles.lead", lang),
        "agencies": f'href="/{lang}/agency/{agency}"',
        f"agency/{agency}": label("served.agency.names", lang),
        f"document/{quote(document['document_id'])}": "t-1",
    }
    for way, words in pages.items():
        answer = get(f"/{lang}/{way}")
        assert answer.status_code == 200, way
        assert words in answer.text, way
        assert "<script" not in answer.text
        assert "style=" not in answer.text
        assert not re.search(r'(?:src|href)="(?!/|#|data:,)', answer.text), way
        assert answer.text.count("<h1>") == 1
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "script" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        other = "en" if lang == "zh" else "zh"
        assert f'href="/{other}/{way.split("?")[0]}' in answer.text


def test_the_home_leads_to_the_language_of_the_browser(get: Get) -> None:
    for accepted, way in (("zh-CN,en", "/zh/"), ("en-GB", "/en/")):
        assert get("/", **{"accept-language": accepted}).headers["location"] == way
    for name in ("served.css", "yiyang.css", "yiyang-sans.woff"):
        assert get(f"/static/{name}").status_code == 200
    assert get("/static/app.py").status_code == 404


# What is found -----------------------------------------------------------------------------------


def expected(corpus: yiyang.Corpus, **asks: str) -> set[str]:
    """The tasks that an address should find, by pandas."""
    documents = corpus.documents.set_index("document_id")
    tasks = corpus.tasks.merge(corpus.jurisdictions, on="jurisdiction")
    tasks["year"] = tasks["document_id"].map(documents["date_issued"].dt.year)
    tasks["sure"] = tasks["document_id"].map(documents["confidence"])
    kept = pd.Series(True, index=tasks.index)
    for word in asks.get("words", "").split():
        texts = tasks[[*asked.TEXTS, "text"]].fillna("").map(unfolded.folded)
        kept &= texts.map(lambda text: unfolded.folded(word) in text).any(axis=1)  # noqa: B023
    if place := asks.get("place"):
        is_named = tasks["code"].str.startswith(place) | tasks["name_zh"].str.contains(place)
        kept &= is_named
    if year := asks.get("year"):
        kept &= tasks["year"] == int(year)
    kept &= tasks["sure"].between(float(asks.get("low", 0)), float(asks.get("high", 1)))
    units, times, themes = corpus.assignments, corpus.deadlines, corpus.task_themes
    if asks.get("agency") or asks.get("role"):
        own = pd.Series(True, index=units.index)
        own &= units["agency_id"].eq(asks["agency"]) if "agency" in asks else True
        if role := asks.get("role"):
            own &= units["is_primary"] if role == "primary" else units["role"] == role
        kept &= tasks["task_id"].isin(units[own.fillna(False)]["task_id"])
    if theme := asks.get("theme"):
        own = (themes["theme_id"] == theme) | (themes["second_theme_id"] == theme)
        kept &= tasks["task_id"].isin(themes[own.fillna(False)]["task_id"])
    if kind := asks.get("kind"):
        own = times if kind == "none" else times[times["kind"] == kind]
        kept &= tasks["task_id"].isin(own["task_id"]) ^ (kind == "none")
    if due := asks.get("due"):
        kept &= tasks["task_id"].isin(times[times["due"].dt.year == int(due)]["task_id"])
    if "field" in asks:
        kept &= tasks["task_id"].isin(themes[themes["is_in_field"]]["task_id"])
    return set(tasks[kept]["task_id"])


ASKS = [
    {},
    {"words": "养老"},
    {"words": "養 老"},
    {"words": "签约 医养结合"},
    {"words": "１００人"},
    {"place": "51"},
    {"place": "511724"},
    {"place": "大竹"},
    {"year": "2023"},
    {"agency": "health"},
    {"agency": "health", "role": "lead"},
    {"role": "primary"},
    {"role": "supporting"},
    {"kind": "recurring"},
    {"kind": "none"},
    {"due": "2025"},
    {"low": "0.5", "high": "0.95"},
    {"field": "1"},
    {"words": "老", "place": "51", "role": "primary", "kind": "by_date", "low": "0.1"},
]


@pytest.mark.parametrize("asks", ASKS, ids=lambda a: " ".join(f"{k}={v}" for k, v in a.items()))
def test_filters_find_what_the_tables_say(
    asks: dict[str, str], get: Get, corpus: yiyang.Corpus
) -> None:
    ask = str(httpx.QueryParams(asks))
    found = taken(get, ask)
    assert set(found["task_id"]) == expected(corpus, **asks)
    assert len(found) == found["task_id"].nunique()
    words = said(get(f"/en/tasks?{ask}"))
    assert words == f"{len(found):,} of {len(corpus):,} tasks"
    if len(asks) < 3:
        assert 0 < len(found) <= len(corpus), "a filter that is tried finds something"


def test_a_theme_is_found_first_or_second(get: Get, corpus: yiyang.Corpus) -> None:
    for theme in corpus.task_themes["theme_id"].dropna().unique()[:3]:
        assert set(taken(get, f"theme={theme}")["task_id"]) == expected(corpus, theme=theme)


def test_pages_go_on_where_the_last_one_ended(
    get: Get, corpus: yiyang.Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    from yiyang.report.served import found_tasks  # noqa: PLC0415

    monkeypatch.setattr(found_tasks, "A_PAGE", 4)
    seen: list[str] = []
    for page in range(1, 20):
        text = get(f"/zh/tasks?sort=newest&page={page}").text
        seen += re.findall(r'href="/zh/document/([^"]+)"', text)
    assert len(seen) == len(corpus) == len(set(seen))


@pytest.mark.parametrize("sort", [*asked.TASK_SORTS])
def test_every_order_has_all_tasks(sort: str, get: Get, corpus: yiyang.Corpus) -> None:
    text = get(f"/en/tasks?sort={sort}").text
    assert text.count('<tr><td data-label="Place and document">') == min(len(corpus), asked.A_PAGE)


def test_a_task_leads_to_its_line_in_its_document(get: Get, corpus: yiyang.Corpus) -> None:
    way = re.search(r'href="(/en/document/[^"#]+)#t-(\d+)"', get("/en/tasks?words=签约").text)
    assert way
    assert f'<tr id="t-{way[2]}">' in get(way[1]).text


def test_documents_to_check_are_those_of_the_table(get: Get, corpus: yiyang.Corpus) -> None:
    listed = corpus.documents
    is_doubtful = (listed["confidence"] < asked.SURE) | (listed["n_unread"] > 0)
    is_doubtful |= (listed["status"] != "read") | ~listed["is_complete"]
    for ask, n in (
        ("show=check", is_doubtful.sum()),
        ("show=refused", (listed["status"] == "refused").sum()),
        ("title=大竹", listed["title"].str.contains("大竹").sum()),
        ("high=0.5", (listed["confidence"] <= 0.5).sum()),
        ("sort=most_tasks", len(listed)),
    ):
        assert said(get(f"/en/documents?{ask}")) == f"{n} of {len(listed)} documents", ask


def test_an_agency_has_the_tasks_that_name_it(get: Get, corpus: yiyang.Corpus) -> None:
    named = corpus.assignments.dropna(subset="agency_id").groupby("agency_id")["task_id"].nunique()
    text = get("/en/agencies").text
    for agency, n in named.items():
        row = re.search(rf'href="/en/agency/{agency}">.*?</tr>', text, re.DOTALL)
        assert row
        assert f'data-label="Tasks">{n:,}<' in row[0]
    page = get("/en/agency/health").text
    assert f"{named['health']:,} of {len(corpus):,} tasks" in page
    place = re.search(r'href="/en/tasks\?([^"]*place=[^"]+)">.*?"Tasks">(\d+)<', page, re.DOTALL)
    assert place
    assert len(taken(get, escaping.Markup(place[1]).unescape())) == int(place[2])


# What is taken away ------------------------------------------------------------------------------


def test_an_export_reads_back_as_the_tables_are(
    get: Get, corpus: yiyang.Corpus, whole: Path
) -> None:
    parquet = taken(get, "words=老&place=51")
    answer = get("/en/tasks.csv?words=老&place=51")
    assert answer.content.startswith(b"\xef\xbb\xbf")
    text = answer.content.decode("utf-8-sig")
    csv = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    same = parquet.astype(object).where(parquet.notna(), "").astype(str)
    pd.testing.assert_frame_equal(csv.map(escaping.plain), same, check_dtype=False)
    own = corpus.tasks.set_index("task_id").loc[parquet["task_id"]]
    for column in ("text", "text_printed", "line_start", "line_end", "document_id"):
        assert parquet[column].tolist() == own[column].tolist()
    lead = corpus.assignments[corpus.assignments["role"] == "lead"]
    lead = lead.groupby("task_id")["agency_printed"].agg("、".join)
    assert parquet["lead"].fillna("").tolist() == [lead.get(t, "") for t in parquet["task_id"]]
    assert set(parquet["selection"]) == {csv["selection"][0]}
    assert "words=老; place=51" in csv["selection"][0]
    assert digests.of_file(whole / store_parts.MANIFEST) in csv["selection"][0]


def test_an_export_that_is_given_up_makes_room(get: Get, store: held.HeldStore) -> None:
    for _ in range(held.AT_ONCE + 2):
        parts = taken_away.csv(store, asked.choice([], asked.OF_TASKS))
        assert next(parts)
        assert next(parts)
        del parts
    assert get("/en/tasks.csv").status_code == 200


def test_an_export_of_nothing_has_its_columns(get: Get) -> None:
    assert len(taken(get, "words=没有这样的词")) == 0
    text = get("/zh/tasks.csv?words=没有这样的词").content.decode("utf-8-sig")
    assert text.splitlines() == [",".join(taken(get, "words=没有这样的词").columns)]
    metadata = pq.read_metadata(io.BytesIO(get("/zh/tasks.parquet?place=51").content)).metadata
    assert "place=51" in metadata[b"selection"].decode()
    head = get("/zh/tasks.csv", "HEAD")
    assert (head.status_code, head.content) == (200, b"")


# What is hostile ---------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGS)
def test_text_of_documents_stays_text(lang: str, hostile: tuple[held.HeldStore, Get]) -> None:
    store, get = hostile
    [first, *_] = store.ask("select document_id from documents order by file_name")
    ways = ["tasks", 'tasks?words="><img', "documents", "doubles", "agencies", ""]
    for way in (*ways, f"document/{quote(first.document_id)}"):
        answer = get(f"/{lang}/{way}")
        assert answer.status_code == 200, (way, answer.text)
        assert not re.search(r"<script|<img|<b>、|\u202e", answer.text), way
    assert "⟨U+202E⟩" in get(f"/{lang}/tasks").text
    found = get(f"/{lang}/tasks?words=<script>").text
    assert "<script>" not in found
    assert "&lt;script&gt;" in found


def test_no_cell_of_a_csv_is_a_formula(hostile: tuple[held.HeldStore, Get]) -> None:
    text = hostile[1]("/zh/tasks.csv").content.decode("utf-8-sig")
    rows = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False)
    assert any("HYPERLINK" in cell for cell in rows["text"])
    assert not any(escaping.is_formula(cell) and cell[0] != "'" for cell in rows.stack())


def test_doubles_are_found_by_bytes_text_and_title(hostile: tuple[held.HeldStore, Get]) -> None:
    [group] = found_documents.groups(hostile[0])
    assert len(group.ids) == 2
    assert {"file", "text", "title"} <= set(group.kinds)


def test_a_file_is_saved_and_never_shown(hostile: tuple[held.HeldStore, Get]) -> None:
    store, get = hostile
    for row in store.ask("select document_id, file_name from documents"):
        answer = get(f"/zh/file/{quote(row.document_id)}")
        assert answer.content.decode() == HOSTILE
        assert answer.headers["content-disposition"].startswith(
            'attachment; filename="document.txt"'
        )
        assert answer.headers["content-type"] == "application/octet-stream"
        assert "sandbox" in answer.headers["content-security-policy"]
    (store.documents / "b.txt").write_text("another", encoding="utf-8")
    [row] = store.ask("select document_id from documents where file_name = 'b.txt'")
    assert get(f"/en/file/{row.document_id}").status_code == 404
    (store.documents / "b.txt").unlink()
    assert "no longer the file" in get(f"/en/document/{row.document_id}").text


# What is refused ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "localhost", "", "127.0.0.2:8765"]
)
def test_another_host_name_is_refused(host: str, get: Get) -> None:
    answer = get("/en/tasks", host=host)
    assert answer.status_code == 400
    assert "host name" in answer.text
    assert "养老" not in answer.text
    assert get("/en/", host=f"{NAME}:8765").status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_another_method_is_refused(method: str, get: Get) -> None:
    assert get("/en/tasks", method).status_code == 405


@pytest.mark.parametrize(
    "way",
    [
        "/en/file/..%2f..%2fetc%2fpasswd",
        "/en/file//etc/passwd",
        "/en/document/none",
        "/en/document/..%2f..",
        "/en/agency/none",
        "/overview/..%2frun.json",
        "/overview/%2e%2e/run.json",
        "/overview//etc/passwd",
        "/overview/a%00b",
        "/static/..%2fapp.py",
        "/fr/tasks",
        "/en/nothing",
    ],
)
def test_what_is_not_there_is_said_in_words(way: str, get: Get) -> None:
    answer = get(way)
    assert answer.status_code == 404
    assert "What to do" in answer.text or "办法" in answer.text
    assert "root:" not in answer.text


@pytest.mark.parametrize(
    "ask",
    [
        "yaer=2021",
        "year=21",
        "year=2021&year=2022",
        "low=much",
        "low=nan",
        "high=7",
        "page=0",
        "page=1e3",
        "role=boss",
        "kind=x",
        "due=0000",
        "sort=text",
        "agency=none",
        "theme=none",
        "place=没有这里",
        "words=" + "长" * 70,
        "words=" + "+".join(f"a{n}" for n in range(9)),
        "field=2",
        "place=51%00",
    ],
)
def test_a_part_of_an_address_that_means_nothing_is_refused(ask: str, get: Get) -> None:
    for way in ("tasks", "tasks.csv", "tasks.parquet"):
        answer = get(f"/en/{way}?{ask}")
        assert answer.status_code == 400, answer.text
        assert "Expected:" in answer.text
        assert "content-disposition" not in answer.headers


@pytest.mark.parametrize("word", ["'; drop view tasks; --", "$word0", "%", "_", "\\", "{", "a|b"])
def test_signs_of_sql_are_looked_for_like_any_other(word: str, get: Get) -> None:
    answer = get(f"/en/tasks?words={quote(word)}")
    assert answer.status_code == 200
    assert said(answer).startswith("0 of ")
    assert get(f"/en/documents?title={quote(word)}").status_code == 200


def test_the_database_opens_the_files_of_the_store_alone(store: held.HeldStore) -> None:
    for question in (
        "from read_csv('/etc/passwd')",
        f"from read_text('{store.out}/run.json')",
        f"copy (select 1) to '{store.out}/tables/x.csv'",
        "attach '/tmp/x.db'",
        "set threads = 1",
        "set enable_external_access = true",
        "install httpfs",
        "from 'https://example.org/x.parquet'",
    ):
        with pytest.raises((held.UnansweredError, held.duckdb.Error)):
            store.ask(question)
    assert not (store.out / "tables" / "x.csv").exists()


def test_a_question_that_takes_too_long_is_ended(
    store: held.HeldStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(held, "SECONDS", 0.2)
    with pytest.raises(held.UnansweredError, match=r"more than 0\.2 seconds"):
        store.ask("select count(*) from range(1000000000000)")
    monkeypatch.setattr(held, "WAITING", 0.01)
    with (
        store._asking(store._turns, 9),
        store._asking(store._turns, 9),
        pytest.raises(held.UnansweredError, match="more requests than"),
    ):
        store.ask("select 1")
    monkeypatch.undo()
    assert store.ask("select 1 as one")[0].one == 1


def test_a_store_that_changes_is_said(whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(whole, out)
    get = getter(held.HeldStore(out))
    assert get("/en/tasks").status_code == 200
    part = next((out / "tables" / "tasks").rglob("*.parquet"))
    data = part.read_bytes()
    part.write_bytes(data)
    for way in ("/en/", "/en/tasks", "/en/tasks.csv", "/en/documents", "/en/agencies"):
        answer = get(way)
        assert answer.status_code == 503, way
        assert "has changed since" in answer.text
    part.unlink()
    assert get("/en/tasks").status_code == 503
    with pytest.raises(InputError, match="no such file"):
        held.HeldStore(out)


def test_a_missing_extra_is_named_with_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    found = extras.find_spec
    monkeypatch.setattr(extras, "find_spec", lambda n: None if n == "duckdb" else found(n))
    with pytest.raises(InputError, match=r"pip install 'yiyang\[serve\]'"):
        extras.need("serve", "yiyang serve")


def test_the_overview_is_shown_without_its_scripts(whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(whole, out)
    get = getter(held.HeldStore(out))
    assert "yiyang report --corpus OUT" in get("/en/").text
    (out / "overview" / "en").mkdir(parents=True)
    (out / "overview" / "en" / "index.html").write_text("<script>alert(1)</script>whole")
    (out / "overview" / "en" / "link.html").symlink_to("/etc/passwd")
    assert 'href="/overview/en/index.html"' in get("/en/").text
    answer = get("/overview/en/index.html")
    assert "whole" in answer.text
    assert "sandbox allow-same-origin allow-downloads" in answer.headers["content-security-policy"]
    assert get("/overview/en/link.html").status_code == 404
    shutil.rmtree(out / "overview")
    (out / "overview").symlink_to("/etc")
    assert get("/overview/passwd").status_code == 404


def test_a_store_below_a_folder_that_looks_like_a_column_is_refused(
    whole: Path, tmp_path: Path
) -> None:
    shutil.copytree(whole, tmp_path / "year=2024" / "out")
    with pytest.raises(InputError, match="equals sign"):
        held.HeldStore(tmp_path / "year=2024" / "out")


def test_another_page_makes_nothing_asked(get: Get) -> None:
    asks = {"sec-fetch-site": "cross-site", "sec-fetch-dest": "image"}
    assert get("/en/tasks.csv", **asks).status_code == 400
    assert get("/en/tasks", **asks | {"sec-fetch-dest": "document"}).status_code == 200
