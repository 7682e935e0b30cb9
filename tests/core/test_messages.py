"""Sentences for readers: each in both languages, used, with the same fields; none in code."""

from __future__ import annotations

import ast
import csv
import re
import string
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from operator import itemgetter
from pathlib import Path

import modules
import pytest
import yaml
from rows import hold

from yiyang.core import messages
from yiyang.core.schema import CURATION, PACKAGE
from yiyang.safety.errors import InputError

ROOT = PACKAGE.parent
PATTERNS = (
    "grammar/",
    "parse/",
    "agencies/",
    "extract/",
    "reading/",
    "core/places.py",
    "core/characters.py",
)
"""The rooms that hold Chinese patterns, the gazetteer, and the characters that stand for others."""
# Two Chinese letters in a row: words. One, or marks (、) between items of a table, are none.
_WORDS = re.compile("[\u3400-\u9fff]{2}")


LEDGERS = [
    *(p for p in CURATION.glob("*.csv") if p.stem not in ("reasons", "refusals")),
    *(ROOT / "data" / "raw").glob("*.csv"),
]


def rows(name: str) -> list[dict[str, str]]:
    with (CURATION / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SENTENCES = rows("messages.csv")
KEYS = [row["key"] for name in ("labels.csv", "messages.csv") for row in rows(name)]


@cache
def trees() -> list[tuple[str, ast.Module]]:
    paths = sorted(PACKAGE.rglob("*.py"))
    return [(p.relative_to(PACKAGE).as_posix(), modules.tree(p)) for p in paths]


def strings(tree: ast.AST) -> Iterator[str]:
    """The strings of a module that are neither docstrings nor patterns."""
    aside: set[int] = set()
    for node in ast.walk(tree):
        is_pattern = isinstance(node, ast.Call) and ast.unparse(node.func).startswith(
            ("re.", "expression")
        )
        if is_pattern or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            aside |= {id(part) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in aside:
            yield node.value


def test_code_holds_no_chinese_sentence() -> None:
    found = {
        (name, text)
        for name, tree in trees()
        if not name.startswith(PATTERNS)
        for text in strings(tree)
        if _WORDS.search(text)
    }
    assert found == set()


def test_no_dictionary_holds_a_sentence_in_two_languages() -> None:
    """`{"zh": ..., "en": ...}` is left for what is no prose: a width, a code of a language."""
    for name, tree in trees():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Dict) or {"zh", "en"} - {
                key.value for key in node.keys if isinstance(key, ast.Constant)
            }:
                continue
            words = [text for value in node.values for text in strings(value)]
            assert not [w for w in words if len(w.split()) > 1 or not w.isascii()], name


ANYTHING = r"[\w.-]*"


def pattern(node: ast.expr) -> str:
    """Every text that an expression can be, as a regular expression."""
    if isinstance(node, ast.Constant):
        return re.escape(str(node.value))
    if isinstance(node, ast.IfExp):
        return f"(?:{pattern(node.body)}|{pattern(node.orelse)})"
    if isinstance(node, ast.FormattedValue):
        return pattern(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(map(pattern, node.values))
    return ANYTHING


@cache
def patterns(tree: ast.AST) -> set[str]:
    """The words that the strings of a module can hold, without those that can be any."""
    texts = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    aside = {id(part) for node in texts for part in node.values}
    aside |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    words = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    found = {pattern(node) for node in (*texts, *words) if id(node) not in aside}
    single = {word for text in found for word in text.split("\\ ")}
    return {word for word in single if re.search("[a-z]{2}", word.replace(ANYTHING, ""))}


def test_every_message_is_used() -> None:
    """Its key stands in the code, in full or as `label(f"role.{role}", lang)`; a value
    (`role.lead`) with the name of its column, which may be one of the schema."""
    used = {word for _, tree in trees() for word in patterns(tree)}
    # site.tooltip. stands for all keys that begin so
    used |= {f"{text}.*" for text in used if re.fullmatch(r"(?:\w+\\\.){2}", text)}
    schema = yaml.safe_load((PACKAGE / "schema.yaml").read_text(encoding="utf-8"))
    used |= {field["name"] for table in schema.values() for field in table["fields"]}
    is_used = re.compile("|".join(sorted(used))).fullmatch
    values = {row["key"]: row["key"].rsplit(".")[0] for row in rows("labels.csv")}
    assert [key for key in KEYS if not is_used(key) and not is_used(values.get(key, ""))] == []


def keys_in(tree: ast.AST) -> set[str]:
    """The keys that a module asks for, and all its texts that look like one."""
    pages = {row["key"].split(".")[0] for row in SENTENCES}
    asked = {
        pattern(node.args[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "say"
    }
    alike = {text for text in patterns(tree) if re.match(r"\w+(\\\.[\w\[\].*(?:|)-]+){2}", text)}
    return {k for k in asked | alike if k.split(r"\.")[0] in pages}


def test_every_key_in_the_code_has_its_message() -> None:
    """A key in the code is one of the tables, or the beginning of one."""
    keys = "\n".join(f"{key}." for key in KEYS)
    for name, tree in trees():
        for key in keys_in(tree):
            assert re.search(rf"^{key}\.", keys, re.M), (name, key)


def fields(text: str) -> set[str]:
    return {name.split(".")[0] for _, name, _, _ in string.Formatter().parse(text) if name}


def test_a_sentence_has_the_same_fields_in_both_languages() -> None:
    hold(_has_the_same_fields, SENTENCES, itemgetter("key"))


def _has_the_same_fields(row: dict[str, str]) -> None:
    assert fields(row["zh"]) == fields(row["en"])
    assert "" not in {name for lang in ("zh", "en") for _, name, _, _ in _parsed(row[lang])}


def _parsed(text: str) -> list[tuple[str, str | None, str | None, str | None]]:
    return list(string.Formatter().parse(text))


REASONS = rows("reasons.csv")
PARTS = ("found", "expected", "remedy")
REFUSALS = rows("refusals.csv")
PHRASES = [
    *({"en": row["en"], "zh": row["zh"]} for row in REASONS),
    *({"en": row[p], "zh": row[f"{p}_zh"]} for row in REFUSALS for p in PARTS if row[f"{p}_zh"]),
]
OF_DOCUMENTS = ("archive.", "document.", "doubt.", "explorer.", "file.", "limit.broken", "list.")
"""Refusals and warnings that a document gets, or a control of the explorer: readers meet them."""


def test_what_is_said_of_a_document_is_said_in_chinese_too() -> None:
    said = [row for row in REFUSALS if row["key"].startswith(OF_DOCUMENTS)]
    assert [row["key"] for row in said if not all(row[f"{part}_zh"] for part in PARTS)] == []


def test_reasons_stand_once_in_the_order_of_their_keys_and_in_both_languages() -> None:
    keys = [row["key"] for row in REASONS]
    assert keys == sorted(set(keys))
    assert len({row["en"] for row in REASONS}) == len(REASONS)
    assert [row["key"] for row in REASONS if not row["zh"] or not row["en"]] == []


def test_each_reason_is_told_by_the_code_and_each_key_in_it_has_one() -> None:
    """What a ledger holds in English (`ledger.repairs.01`) stands there word for word, the name of
    a column (`field.code`) in the schema."""
    named = {word for _, tree in trees() for word in patterns(tree) if r"\." in word}
    is_named = re.compile("|".join(sorted(named))).fullmatch
    data = {
        cell
        for path in LEDGERS
        for row in csv.reader(path.read_text("utf-8").splitlines(True))
        for cell in row
    }
    schema = yaml.safe_load((PACKAGE / "schema.yaml").read_text(encoding="utf-8"))
    data |= {field["name"] for table in schema.values() for field in table["fields"]}
    for row in REASONS:
        is_data = row["key"].startswith(("ledger.", "field."))
        assert row["en"] in data if is_data else is_named(row["key"]), row["key"]
    keys = {row["key"] for row in REASONS}
    for name, tree in trees():
        if not any(getattr(node, "module", "") == "yiyang.safety.telling" for node in tree.body):
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("tell", "is_told"):
                asked = node.args if ast.unparse(node.func) == "tell" else node.args[1:]
                for key in asked:
                    assert any(re.fullmatch(pattern(key), k) for k in keys), (name, pattern(key))


def test_a_phrase_has_the_same_fields_in_both_languages() -> None:
    """Those without a name may stand in another order: `{1}` for the second."""
    hold(_has_the_same_places, PHRASES, itemgetter("en"))


def _has_the_same_places(row: dict[str, str]) -> None:
    named = [sorted(name for _, name, *_ in _parsed(row[k]) if name is not None) for k in row]
    counted = [sorted(names) for names in named]
    if "" in counted[0]:
        assert len(counted[0]) == len(counted[1])
    else:
        assert counted[0] == counted[1]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("hidden text", "隐藏的文字"),
        ("left out: an embedded b.doc, unread", "未读入：嵌入的b.doc，没有读"),
        ("in a list of units, not understood: a bracket without its partner",
         "单位清单中未读懂：不成对的括号"),
        ("a footnote: “hidden text”", "脚注：“hidden text”"),  # of a document: as it stands there
        ("no phrase of ours", "no phrase of ours"),
        ("", ""),
    ],
)  # fmt: skip
def test_fields_of_a_phrase_are_translated_too(english: str, chinese: str) -> None:
    assert messages.phrase(english, "zh") == chinese
    assert messages.phrase(english, "en") == english


def test_a_refusal_is_one_reason_and_others_are_several() -> None:
    one = "a.txt: found macros; expected a document without programs. What to do: save it anew."
    assert messages.phrases(one, "en") == [one]
    assert messages.phrases("1 value is doubtful; title", "zh") == ["存疑1处", "标题"]


def test_sentences_stand_in_the_order_of_their_keys() -> None:
    keys = [row["key"] for row in SENTENCES]
    assert [pair for pair in pairwise(keys) if not pair[0] < pair[1]] == []
    assert not set(keys) & {row["key"] for row in rows("labels.csv")}


@pytest.mark.parametrize("name", ["labels.csv", "messages.csv"])
def test_a_row_has_three_cells(name: str) -> None:
    """A comma that is not quoted cuts a sentence in two."""
    with (CURATION / name).open(encoding="utf-8", newline="") as file:
        assert {len(row) for row in csv.reader(file)} == {3}


def test_sentences_have_no_space_at_their_ends() -> None:
    """A space is put where sentences are joined, and nobody sees it in a cell."""
    for row in SENTENCES:
        if not row["key"].startswith("mark."):
            assert [row["zh"], row["en"]] == [row["zh"].strip(), row["en"].strip()], row["key"]


def test_a_sentence_is_filled() -> None:
    assert messages.say("lists.tasks.headline.alike", "en", n=13) == "Every list has 13 tasks"
    with pytest.raises(KeyError):
        messages.say("lists.tasks.headline.alike", "en")
    assert messages.join(["a", "b"], "and", "en") == "a and b"


def test_the_same_sentence_is_given_once() -> None:
    """One key serves all places that say the same; names of a few words may repeat."""
    seen: dict[tuple[str, str], str] = {}
    for row in SENTENCES:
        said = row["zh"], row["en"]
        assert said not in seen or len(row["en"].split()) < 4, (row["key"], seen.get(said))
        seen.setdefault(said, row["key"])


def test_chapters_come_first_in_a_key() -> None:
    pages = {key.split(".")[0] for key in (row["key"] for row in SENTENCES)}
    chapters = {"lists", "agencies", "deadlines", "themes", "counterparts", "promises"}
    others = {"mark", "corpus", "chart", "task", "site", "front", "browser", "government"}
    assert pages == chapters | others | {
        "downloads",
        "overview",
        "chapter",
        "departments",
        "tracker",
        "summary",
        "explorer",
        "reuse",
        "review",
        "question",
        "served",
    }


def test_the_path_of_the_tables_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"messages\.csv"):
        messages.say("no.such.key", "zh")
