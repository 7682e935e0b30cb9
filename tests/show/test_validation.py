"""The validation kit: a sample, blind sheets, agreement, and what is settled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import yiyang
from yiyang import validation


@pytest.fixture(scope="module")
def drawn(corpus: yiyang.Corpus) -> pd.DataFrame:
    return validation.sample(corpus, 20, seed=1)


def _fill(path: Path, code: Callable[[str], str | None]) -> None:
    """Fill a sheet as a coder does."""
    book = openpyxl.load_workbook(path)
    sheet = book["codes"]
    column = [cell.value for cell in sheet[1]].index("code") + 1
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, column).value = code(str(sheet.cell(row, 1).value))
    book.save(path)


@pytest.fixture
def coded(drawn: pd.DataFrame, tmp_path: Path) -> pd.DataFrame:
    """Li codes as the method does; Wang otherwise for two units, and leaves out a third."""
    said = drawn.set_index("unit")["method"]
    first = list(said.index[:2])
    li, wang = validation.write_sheets(drawn, tmp_path / "s", coders=["Li", "Wang"])
    _fill(li, lambda unit: said[unit])
    _fill(
        wang,
        lambda unit: None if unit == said.index[2] else "none" if unit in first else said[unit],
    )
    return validation.read(tmp_path / "s")


def test_a_sample_is_stratified_and_the_same_again(
    corpus: yiyang.Corpus, drawn: pd.DataFrame
) -> None:
    pd.testing.assert_frame_equal(drawn, validation.sample(corpus, 20, seed=1))
    assert set(drawn["unit"]) != set(validation.sample(corpus, 20, seed=2)["unit"])
    sizes = corpus.tasks["jurisdiction"].value_counts()
    for stratum, n in drawn["stratum"].value_counts().items():
        assert abs(n - 20 * sizes[str(stratum)] / 152) <= 1
    few = validation.sample(corpus, 16, by="theme_id")
    assert set(few["stratum"]) == set(corpus.task_themes["theme_id"].fillna("none"))
    assert len(few) == 16
    assert len(validation.sample(corpus, 152)) == 152


def test_pairs_and_words_are_coded_too(corpus: yiyang.Corpus) -> None:
    pairs = validation.sample(corpus, 10, by="is_match", what="counterparts")
    assert pairs["unit"].is_unique
    assert set(pairs["method"]) == {"yes", "no"}
    assert list(pairs.attrs["codes"]) == ["yes", "part", "no"]
    words = validation.sample(corpus, 10, what="obligations")
    assert set(words["method"]) <= set(words.attrs["codes"])


def test_a_sheet_is_blind_and_offers_the_codes(drawn: pd.DataFrame, tmp_path: Path) -> None:
    one, two = validation.write_sheets(drawn, tmp_path, coders=["Li", "Wang"])
    books = [openpyxl.load_workbook(path) for path in (one, two)]
    orders = [[row[0].value for row in book["codes"].iter_rows(min_row=2)] for book in books]
    assert sorted(orders[0]) == sorted(orders[1]) == sorted(drawn["unit"])
    assert orders[0] != orders[1]
    for book in books:
        sheet = book["codes"]
        assert [cell.value for cell in sheet[1]] == ["unit", "text", "code", "note"]
        assert not any(row[2].value for row in sheet.iter_rows(min_row=2))
        [choice] = sheet.data_validations.dataValidation
        assert (choice.type, choice.formula1) == ("list", "codebook!$A$2:$A$18")
        assert str(choice.sqref) == "C2:C21"
        assert book["codebook"]["A2"].value == "cooperation"
    with pytest.raises(yiyang.InputError, match="what was coded would be lost"):
        validation.write_sheets(drawn, tmp_path, coders=["Li"])


def test_agreement_is_measured_on_what_both_coded(coded: pd.DataFrame) -> None:
    found = validation.agreement(coded).set_index("measure")
    assert found.loc["kappa", "n_units"] == found.loc["alpha", "n_units"] == 19
    assert found.loc["kappa", "agreement"] == pytest.approx(17 / 19)
    assert ((found["low"] < found["value"]) & (found["value"] < found["high"])).all()
    same = coded.assign(code="beds")
    assert validation.agreement(same)["value"].isna().all()  # not defined, and not 1


def test_what_differs_is_listed_settled_and_handed_back(
    coded: pd.DataFrame, drawn: pd.DataFrame
) -> None:
    differ = validation.disagreements(coded, drawn)
    assert differ["unit"].tolist() == drawn["unit"].iloc[:2].tolist()
    assert differ["text"].tolist() == drawn["text"].iloc[:2].tolist()
    first, second = differ["unit"]
    final = validation.adjudicate(coded, {first: "hospice"}).set_index("unit")
    assert final.loc[first].tolist() == ["hospice", "decided"]
    assert final.loc[second, "how"] == "open"
    assert pd.isna(final.loc[second, "code"])
    rows = validation.overrides(final.reset_index(), "Li and Wang")
    assert list(rows) == ["task_id", "theme_id", "reason"]
    assert second not in set(rows["task_id"])
    table = validation.confusion(coded, "Li", "Wang")
    assert table.to_numpy().sum() == 19
    method = drawn.set_index("unit")["method"]
    assert (validation.confusion(coded, "Li", method).to_numpy().diagonal() > 0).all()


def _other_code(path: Path) -> None:
    _fill(path, lambda unit: "beds?")


def _twice(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["codes"]["A3"].value = book["codes"]["A2"].value
    book.save(path)


def _heading(path: Path) -> None:
    book = openpyxl.load_workbook(path)
    book["codes"]["C1"].value = "theme"
    book.save(path)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_other_code, r"codes-Li.xlsx, row 2: found the code beds\?; expected one of cooperation"),
        (_twice, "row 3: found the unit"),
        (_heading, "other headings"),
        (lambda path: path.write_bytes(b"x"), "cannot be read as a coding sheet"),
        (lambda path: path.unlink(), "no file codes-NAME.xlsx"),
    ],
)
def test_what_is_wrong_in_a_sheet_is_said_with_its_row(
    drawn: pd.DataFrame, tmp_path: Path, spoil: Callable[[Path], None], said: str
) -> None:
    [path] = validation.write_sheets(drawn, tmp_path, coders=["Li"])
    spoil(path)
    with pytest.raises(yiyang.InputError, match=said):
        validation.read(tmp_path)


def test_what_cannot_be_drawn_or_decided_is_refused(
    corpus: yiyang.Corpus, coded: pd.DataFrame, drawn: pd.DataFrame, tmp_path: Path
) -> None:
    asked: list[Callable[[], object]] = [
        lambda: validation.sample(corpus, 0),
        lambda: validation.sample(corpus, 153),
        lambda: validation.sample(corpus, 5, by="x"),
        lambda: validation.sample(corpus, 5, what="x"),  # type: ignore[arg-type]
        lambda: validation.write_sheets(drawn, tmp_path, coders=["Li", "Li"]),
        lambda: validation.adjudicate(coded, {"x": "hospice"}),
        lambda: validation.agreement(coded[coded["coder"] == "Li"]),
        lambda: validation.confusion(coded, "Zhao", "Li"),
    ]
    for ask in asked:
        with pytest.raises(yiyang.InputError):
            ask()
