import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.words import Part, intent, several

UNITS = {"SYT", "STC", "Sở Y tế"}

READ = {
    "12 xong": (Part(12, "xong"),),
    "12 xong, 14 xin gia hạn 25/6": (Part(12, "xong"), Part(14, "xin gia hạn 25/6")),
    "1 đã tiếp nhận; 3 vướng mắc vì chưa có số liệu": (
        Part(1, "đã tiếp nhận"),
        Part(3, "vướng mắc vì chưa có số liệu"),
    ),
    "- 12 xong\n- 14: đang làm.\n": (Part(12, "xong"), Part(14, "đang làm")),
    "12 xong và 14 đã nhận": (Part(12, "xong"), Part(14, "đã nhận")),
    "12 xong va 14 da nhan": (Part(12, "xong"), Part(14, "da nhan")),
    "số 12 xong, nhiệm vụ số 3: đã nhận, #4 xong": (Part(12, "xong"), Part(3, "đã nhận"), Part(4, "xong")),
    "1 vướng mắc vì thiếu 2 biểu mẫu, kinh phí, 3 xong": (
        Part(1, "vướng mắc vì thiếu 2 biểu mẫu, kinh phí"),
        Part(3, "xong"),
    ),
    "3 đã gửi báo cáo số 45/BC-SYT ngày 12/6, 4 xong": (
        Part(3, "đã gửi báo cáo số 45/BC-SYT ngày 12/6"),
        Part(4, "xong"),
    ),
    "SYT 3 xong, STC 1 xong": (Part(3, "xong", "SYT"), Part(1, "xong", "STC")),
    "Sở Y tế số 3 xong": (Part(3, "xong", "Sở Y tế"),),
    "STC 1 xong; SYT 1 xong": (Part(1, "xong", "STC"), Part(1, "xong", "SYT")),
}
OTHER = (
    *("", "12", "12,", "xong", "xong 12", "2 người đi", "2 xe", "12/6 xong", "12-6 xong", "12.6 xong", "1/2 xong"),
    *("12, 14 xong", "12 xong 14 xong", "12 xong, 12 đã nhận", "12 xong; 14", "12 xong chưa?", "12 chưa xong, 14 xong"),
    *("12 xong, 3 người đi", "12 xong hết", "YY 3 xong", "12 xong; đã nhận", "3 không thuộc nhiệm vụ đơn vị 2"),
    "báo cáo 6 tháng đã xong",
)
SAID = ("xong", "đã tiếp nhận", "xin gia hạn đến 25/6 vì chờ số liệu", "vướng mắc: thiếu người, kinh phí", "đang làm")


@pytest.mark.parametrize(("text", "parts"), READ.items())
def test_answers_are_read_by_the_numbers_of_their_tasks(text: str, parts: tuple[Part, ...]) -> None:
    assert several(text, UNITS.__contains__) == parts


@pytest.mark.parametrize("text", OTHER)
def test_anything_else_is_not_several_answers(text: str) -> None:
    assert several(text, UNITS.__contains__) == ()


@given(
    st.dictionaries(st.integers(1, 99_999), st.sampled_from(SAID), min_size=1, max_size=6),
    st.sampled_from([", ", "; ", "\n", " và ", ";\n"]),
)
def test_however_they_are_parted_each_number_keeps_its_words(said: dict[int, str], between: str) -> None:
    text = between.join(f"{number} {words}" for number, words in said.items())
    assert several(text) == tuple(Part(number, words) for number, words in said.items())


@given(st.text(alphabet="12 ,;\nvàxongđSYT/.-", max_size=40))
def test_whatever_is_typed_each_part_is_understood_and_no_number_is_invented(text: str) -> None:
    parts = several(text, UNITS.__contains__)
    assert [intent(part.said) for part in parts if intent(part.said) is None] == []
    assert {part.number for part in parts} <= {int(found) for found in re.findall(r"\d+", text)}
