from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from models.rules.spelling import fold, is_plain, spelling_key, tidy


def test_text_is_folded_as_it_is_typed_without_diacritics() -> None:
    assert fold("  ĐÃ\u00a0hoàn   thành ") == "da hoan thanh"


def test_decomposed_and_composed_text_fold_alike() -> None:
    assert fold(normalize("NFD", "Uỷ ban nhân dân")) == fold("Ủy ban nhân dân") == "uy ban nhan dan"


def test_signs_that_look_alike_become_one() -> None:
    assert tidy("7h30’ – 9h00\u200b ½") == "7h30' - 9h00 nửa"


def test_a_tone_may_stand_on_either_vowel() -> None:
    assert spelling_key("hoà") == spelling_key("hòa")
    assert spelling_key("Thuỷ") == spelling_key("thủy")


def test_other_tones_are_other_words() -> None:
    assert spelling_key("dừng") != spelling_key("đúng")


def test_plain_is_what_has_no_diacritic_at_all() -> None:
    assert (is_plain("xong 1, OK"), is_plain("đa xong")) == (True, False)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
