"""The contract: types, keys, round trips, and errors that name the column."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest
from frictionless import Package

import yiyang
from yiyang import InputError
from yiyang.core import schema

# The names and columns that other people's code relies on; more may be added, none may go.
CONTRACT = {
    "jurisdictions": "jurisdiction name_zh name_en level code parent_code",
    "documents": "document_id jurisdiction title document_type issuing_agency date_issued "
    "is_complete file_name original_file_name sha256 n_tasks note",
    "tasks": "task_id document_id jurisdiction seq section measure text text_printed line_start "
    "line_end is_complete is_repaired",
    "assignments": "task_id order agency_printed agency_id role is_primary",
    "agencies": "agency_id name_zh name_en kind",
    "agency_names": "name agency_id valid_from valid_to note",
    "deadlines": "task_id order source printed kind start due precision is_ongoing",
    "targets": "task_id order indicator comparator value value_high unit due printed",
    "outcomes": "document_id order indicator comparator value unit as_of printed line",
    "themes": "theme_id name_zh name_en definition",
    "task_themes": "task_id theme_id score second_theme_id second_score cluster",
    "task_matches": "task_id other_jurisdiction rank other_task_id score is_match",
    "repairs": "document_id task_id field line before after kind reason",
    "leftovers": "document_id line text reason",
}


def test_every_table_of_the_contract_is_described() -> None:
    for name, columns in CONTRACT.items():
        described = [f["name"] for f in schema.specifications()[name]["fields"]]
        assert set(columns.split()) <= set(described), name


def test_every_table_of_the_corpus_fits_its_schema(corpus: yiyang.Corpus) -> None:
    frames = corpus.all()
    schema.check(frames)
    assert set(frames) >= set(schema.names("base"))


def test_tables_survive_writing_and_reading(corpus: yiyang.Corpus, tmp_path: Path) -> None:
    folder = tmp_path / "processed"
    schema.write(corpus.all(), folder)
    again = schema.read_tables(folder)
    assert list(again) == list(corpus.all())
    for name, frame in corpus.all().items():
        pd.testing.assert_frame_equal(again[name], frame)


def test_outsiders_can_check_the_tables(corpus: yiyang.Corpus, tmp_path: Path) -> None:
    folder = tmp_path / "processed"
    schema.write(corpus.all(), folder)
    described = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert {f"{r['name']}.csv" for r in described["resources"]} == {
        p.name for p in folder.glob("*.csv")
    }
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])[:5]


def test_the_stored_tables_are_those_of_the_documents(corpus: yiyang.Corpus) -> None:
    stored = schema.read_tables()
    assert list(stored) == list(corpus.all()), "run: make tables"
    for name, frame in corpus.all().items():
        pd.testing.assert_frame_equal(stored[name], frame, obj=f"{name} (run: make tables)")


@pytest.mark.parametrize(
    ("column", "value"), [("level", "village"), ("code", "12x"), ("jurisdiction", "")]
)
def test_a_wrong_value_is_named(corpus: yiyang.Corpus, column: str, value: str) -> None:
    frame = corpus.jurisdictions.astype(object).copy()
    frame.loc[0, column] = value
    with pytest.raises(InputError, match=column) as caught:
        schema.check({"jurisdictions": schema.cast("jurisdictions", frame)})
    assert value in str(caught.value)


def test_a_doubled_key_and_a_stranger_are_named(corpus: yiyang.Corpus) -> None:
    doubled = pd.concat([corpus.tasks, corpus.tasks.head(1)], ignore_index=True)
    with pytest.raises(InputError, match="table tasks"):
        schema.check({"tasks": doubled})
    strange = corpus.tasks.assign(jurisdiction="atlantis")
    with pytest.raises(InputError, match="atlantis"):
        schema.check({"tasks": strange, "jurisdictions": corpus.jurisdictions})


def test_a_missing_or_surplus_column_is_named(corpus: yiyang.Corpus) -> None:
    with pytest.raises(InputError, match="columns"):
        schema.cast("tasks", corpus.tasks.drop(columns="text"))
    with pytest.raises(InputError, match="columns"):
        schema.cast("tasks", corpus.tasks.assign(extra=1))


def test_text_that_looks_like_a_number_or_a_gap_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "jurisdictions.csv"
    path.write_text(
        "jurisdiction,name_zh,name_en,level,code,parent_code\nna,NA,001,county,000001,\n",
        encoding="utf-8",
    )
    row = schema.read_csv("jurisdictions", path).iloc[0]
    assert (row["name_zh"], row["name_en"], row["code"]) == ("NA", "001", "000001")
    assert pd.isna(row["parent_code"])


def test_an_error_while_writing_leaves_the_folder_as_it_was(
    corpus: yiyang.Corpus, tmp_path: Path
) -> None:
    folder = tmp_path / "processed"
    schema.write({"jurisdictions": corpus.jurisdictions}, folder)
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    broken = corpus.tasks.assign(jurisdiction="atlantis")
    with pytest.raises(InputError):
        schema.write({"jurisdictions": corpus.jurisdictions, "tasks": broken}, folder)
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before
    assert {p.name for p in tmp_path.iterdir()} == {"processed"}


def test_the_roles_are_those_that_the_contract_describes() -> None:
    fields = schema.specifications()["assignments"]["fields"]
    (role,) = [field for field in fields if field["name"] == "role"]
    assert [*schema.ROLES, "other"] == role["categories"]
