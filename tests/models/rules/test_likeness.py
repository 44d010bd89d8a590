import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.likeness import LIKE, likeness, own_words
from models.rules.spelling import fold

KEPT = "Mẫu 02 báo cáo sơ kết lấy ở đâu?"


@pytest.mark.parametrize(
    "question", ["lay mau 02 bao cao so ket o dau a", "Cho hỏi MẪU 02 báo cáo sơ kết", "mẫu 02 sơ kết lấy ở đâu"]
)
def test_the_same_question_in_other_words_is_like_it(question: str) -> None:
    assert likeness(question, KEPT) >= LIKE


@pytest.mark.parametrize("question", ["mẫu 03 báo cáo sơ kết lấy ở đâu", "bao giờ họp sơ kết", "xin hỏi ở đâu", ""])
def test_another_question_is_not(question: str) -> None:
    assert likeness(question, KEPT) < LIKE


def test_words_of_courtesy_alone_are_like_nothing() -> None:
    assert likeness("xin hỏi các đồng chí", "xin hỏi các đồng chí") == 0


@given(st.text(max_size=80), st.text(max_size=80))
def test_likeness_is_a_share_and_ignores_case_and_diacritics(question: str, words: str) -> None:
    found = likeness(question, words)
    assert 0 <= found <= 100
    assert likeness(fold(question), fold(words)) == found


@given(st.text(max_size=80), st.text(max_size=40))
def test_a_question_that_holds_the_words_is_wholly_like_them(words: str, more: str) -> None:
    assert likeness(f"{more} {words}", words) == (100 if own_words(words) else 0)
