from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.words import Typed, command_of, is_glued

KNOWN = {
    "xong": "xong",
    "done": "xong",
    "baocao": "baocao",
    "nhiemvu": "nhiemvu",
    "hop": "hop",
    "giaoviec": "giaoviec",
    "batdau": "batdau",
    "start": "batdau",
}
TAKING_LINES = frozenset({"giaoviec", "batdau"})


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("xong", Typed("xong")),
        ("Xong.", Typed("xong")),
        ("XONG 1", Typed("xong", "1")),
        ("xong #1", Typed("xong", "1")),
        ("xong 99999999999999999999", Typed("xong", "99999999999999999999")),
        ("xong1", Typed("xong", "1")),
        ("/xong", Typed("xong")),
        ("/xong 1 đã gửi\nqua trục", Typed("xong", "1 đã gửi\nqua trục")),
        ("/xong@dondoc_bot 2", Typed("xong", "2")),
        ("/xong gửi a@b.vn", Typed("xong", "gửi a@b.vn")),
        ("done 2", Typed("xong", "2")),
        ("báo cáo 3", Typed("baocao", "3")),
        (normalize("NFD", "báo cáo 3"), Typed("baocao", "3")),
        ("bao cao", Typed("baocao")),
        ("Nhiệm vụ", Typed("nhiemvu")),
        ("giao việc SYT: Báo cáo; hạn 20/6", Typed("giaoviec", "SYT: Báo cáo; hạn 20/6")),
        ("batdau 123456789012", Typed("batdau", "123456789012")),
        ("/start 123456789012", Typed("batdau", "123456789012")),
    ],
)
def test_a_command_is_found_however_it_is_typed(text: str, typed: Typed) -> None:
    assert command_of(text, KNOWN, TAKING_LINES) == typed


@pytest.mark.parametrize(
    "text",
    [
        *(
            "xong rồi",
            "xong 1 đã gửi",
            "xong?",
            "xong 1 2",
            "xong chưa?",
            "Báo cáo 6 tháng đầu năm",
            "họp lúc nào",
            "chưa xong",
        ),
        *("", " ", "/", "/khongco", "tôi xong", "1", "123456789012"),
    ],
)
def test_a_word_within_a_sentence_is_no_command(text: str) -> None:
    assert command_of(text, KNOWN, TAKING_LINES) is None


@given(st.text(max_size=100))
def test_any_text_is_heard_without_raising(text: str) -> None:
    typed = command_of(text, KNOWN, TAKING_LINES)
    assert typed is None or typed.command in KNOWN.values()


@pytest.mark.parametrize("line", ["nhiemvu", "tiendo 1", "giahan 1 20/6 vì bận", "donvi VB", " trogiup "])
def test_a_word_in_one_piece_is_meant_for_the_assistant_whatever_is_asked(line: str) -> None:
    known = {name: name for name in ("nhiemvu", "tiendo", "giahan", "donvi", "trogiup")}
    assert is_glued(line, known)


@pytest.mark.parametrize("line", ["xong", "hop giao ban", "nhiệm vụ", "Nhiem vu", "thongbaomoi", "nhiemvu2", ""])
def test_what_people_say_may_be_an_answer(line: str) -> None:
    known = {name: name for name in ("nhiemvu", "xong", "hop", "thongbao")}
    assert not is_glued(line, known)
