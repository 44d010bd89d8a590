import pytest

from models.rules.words import CONFUSABLE, fold, is_never_mind, sure, yes_or_no

EVERY_WORD = [word for pair in CONFUSABLE for word in pair]


@pytest.mark.parametrize("pair", CONFUSABLE, ids=" ".join)
def test_a_word_that_could_be_either_is_asked(pair: tuple[str, str]) -> None:
    plain = fold(pair[0])
    assert plain == fold(pair[1])
    assert (sure(plain, pair), sure(plain.upper(), pair[:1]), sure(f"{plain}.", pair[1:])) == (None, None, None)


@pytest.mark.parametrize("word", [word for word in EVERY_WORD if word != fold(word)])
def test_a_word_with_its_diacritics_is_decided(word: str) -> None:
    assert sure(f"{word.title()}.", EVERY_WORD) == word


@pytest.mark.parametrize(
    "pair", [("đúng", "dừng"), ("vâng", "vắng"), ("hoàn", "hoãn"), ("thấy", "thay"), ("mới", "mời")]
)
def test_the_known_pairs_are_in_the_table(pair: tuple[str, str]) -> None:
    assert pair in CONFUSABLE


def test_half_the_diacritics_do_not_decide() -> None:
    assert sure("đung", ("đúng", "dừng")) is None


def test_compounds_are_clear_without_diacritics() -> None:
    assert sure("hoan thanh", ("hoàn thành", "tạm dừng")) == "hoàn thành"
    assert sure("vang mat", ("dự họp", "vắng mặt")) == "vắng mặt"


def test_what_is_not_offered_is_not_chosen() -> None:
    assert sure("dừng", ("đúng", "sai")) is None


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        *(
            ("có", True),
            ("co", True),
            ("Vâng ạ", True),
            ("ok", True),
            ("Đồng ý.", True),
            ("dong y", True),
            ("đúng", True),
        ),
        *(("không", False), ("khong", False), ("Chưa", False), ("sai", False), ("không đồng ý", False)),
        *(
            ("vang", None),
            ("dung", None),
            ("dừng", None),
            ("vắng", None),
            ("có lẽ", None),
            ("", None),
            ("không biết", None),
        ),
    ],
)
def test_a_yes_is_told_from_a_no(text: str, *, answer: bool | None) -> None:
    assert yes_or_no(text) is answer


@pytest.mark.parametrize(
    ("text", "left"),
    [("thôi", True), ("Thoi.", True), ("bo qua", True), ("thôi để mai", False), ("có", False), ("", False)],
)
def test_a_question_is_left_by_a_word(text: str, *, left: bool) -> None:
    assert is_never_mind(text) is left
