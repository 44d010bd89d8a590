import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.instructions import bare_instruction, cites


@pytest.mark.parametrize(
    ("words", "bare", "expected"),
    [
        ("theo Công văn số 5/UBND", "Công văn số 5/UBND", True),
        ("Theo: CV 5", "CV 5", True),
        ("căn cứ Quyết định số 9", "Quyết định số 9", True),
        ("123/UBND-VP8 ngày 09/6/2022", "123/UBND-VP8 ngày 09/6/2022", True),
        ("ý kiến Chủ tịch tại cuộc họp", "ý kiến Chủ tịch tại cuộc họp", True),
        ("chi dao mieng cua Chu tich", "chi dao mieng cua Chu tich", True),
        ("theo không còn cần", "không còn cần", False),
        ("bão số 2", "bão số 2", False),
        ("theo dõi thấy trùng nhiệm vụ", "theo dõi thấy trùng nhiệm vụ", False),
        ("miệng", "miệng", False),
        ("theo", "theo", False),
    ],
)
def test_documents_are_told_from_reasons_and_the_word_under_is_said_once(
    words: str,
    bare: str,
    expected: bool,  # noqa: FBT001
) -> None:
    assert (bare_instruction(words), cites(words)) == (bare, expected)


@given(st.lists(st.sampled_from(["theo", "theo:", "căn cứ", "dõi", "Công văn", "5/UBND", ":", "bão"])).map(" ".join))
def test_the_word_under_is_never_left_for_a_second_time(words: str) -> None:
    assert bare_instruction(bare_instruction(words)) == bare_instruction(words)
