"""Widths, headings and sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yiyang.core.text import (
    LONGEST_REMEMBERED,
    fold,
    numbered,
    plain_label,
    remembered,
    sentences,
    squash,
    writable,
)


def test_what_is_remembered_is_answered_once_and_never_grows_beyond_its_size() -> None:
    asked: list[str] = []

    @remembered(2)
    def reverse(text: str) -> str:
        asked.append(text)
        return text[::-1]

    long = "长" * (LONGEST_REMEMBERED + 1)
    for text in ("ab", "ab", "cd", long, long, "ef", "cd"):
        assert reverse(text) == text[::-1]
    assert asked == ["ab", "cd", long, long, "ef", "cd"]


@pytest.mark.parametrize(
    ("label", "number", "words"),
    [
        ("一、扩大医养结合服务供给", "一、", "扩大医养结合服务供给"),
        ("(一) 深入推进医养融合发展", "(一)", "深入推进医养融合发展"),
        ("（十三）支持医务人员", "（十三）", "支持医务人员"),
        ("1. 深化医养签约合作。", "1.", "深化医养签约合作。"),
        ("3、实施医养康融合发展。", "3、", "实施医养康融合发展。"),
        ("7.加强康复治疗服务。", "7.", "加强康复治疗服务。"),
        ("“一江一河”地区", "", "“一江一河”地区"),
        ("2022年底前完成", "", "2022年底前完成"),
    ],
)
def test_a_heading_is_cut_into_number_and_words(label: str, number: str, words: str) -> None:
    assert numbered(label) == (number, words)
    assert plain_label(label) == words.rstrip("。")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("财政局(金融办)", "财政局(金融办)"),
        ("财政局（金融办）", "财政局(金融办)"),
        ("人力资源和 社会保障局", "人力资源和社会保障局"),
        ("２０２２年，", "2022年,"),
        ("2\u2009024张", "2024张"),
    ],
)
def test_widths_and_spaces_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_sentences_keep_their_closing_quotation_mark() -> None:
    assert sentences("实行“一站式”。推进“放管服”改革；鼓励“非禁即入。”另行") == [
        "实行“一站式”。",
        "推进“放管服”改革；",
        "鼓励“非禁即入。”",
        "另行",
    ]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("养老\r\n服务\r机构\n", "养老\n服务\n机构\n"),
        ("a\x00b", "a␀b"),
        ("\ud83d a \udc00", "\ufffd a \ufffd"),
        ("\x0b\x0c\x85\u2028🏥", "\x0b\x0c\x85\u2028🏥"),
    ],
)
def test_text_enters_as_a_file_can_hold_it(text: str, written: str) -> None:
    assert writable(text) == written
    written.encode()


@given(st.text(alphabet="医养结合。！？；”』）a \n"))
def test_sentences_joined_give_the_text(text: str) -> None:
    assert "".join(sentences(text)) == text


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert squash(squash(text)) == squash(text)
