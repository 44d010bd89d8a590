from itertools import pairwise
from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from models.rules.alphabet import alphabetical, by_name


def test_names_stand_in_the_order_of_the_vietnamese_alphabet() -> None:
    names = (
        "An ninh",
        "Ăn uống",
        "Âm nhạc",
        "Ban Dân tộc",
        "Cụm thi đua số 2",
        "Cụm thi đua số 10",
        "Dân vận",
        "Đài Phát thanh",
        "Đảng ủy",
        "Hội Nông dân",
        "Sở Y tế",
        "Tỉnh đoàn",
        "Ủy ban nhân dân",
        "Văn phòng",
        "Ý Yên",
    )
    assert by_name(reversed(names), str) == list(names)


def test_tones_count_only_between_words_that_are_else_the_same() -> None:
    assert by_name(("ma", "mạ", "mã", "mả", "má", "mà", "man"), str) == ["ma", "mà", "mả", "mã", "má", "mạ", "man"]


def test_a_shorter_word_comes_before_a_longer_one_and_capitals_count_for_nothing() -> None:
    assert by_name(("Nam Định", "Nam", "na", "NÀ B"), str) == ["na", "NÀ B", "Nam", "Nam Định"]


@given(st.text(), st.text())
def test_the_same_name_stands_in_one_place_however_it_is_typed(one: str, other: str) -> None:
    assert alphabetical(normalize("NFD", one)) == alphabetical(normalize("NFC", one))
    assert (alphabetical(one) < alphabetical(other)) + (alphabetical(one) > alphabetical(other)) <= 1


@given(st.lists(st.text()))
def test_any_names_can_be_ordered(names: list[str]) -> None:
    assert all(alphabetical(one) <= alphabetical(other) for one, other in pairwise(by_name(names, str)))
