import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.spelling import tidy
from models.rules.words.questions import Asked, Question, question

SAID = {
    "đơn vị nào của tôi chậm": Question(Asked.LATE),
    "Đơn vị nào của tôi chậm?": Question(Asked.LATE),
    "don vi nao cham": Question(Asked.LATE),
    "Những đơn vị nào tôi theo dõi đang quá hạn": Question(Asked.LATE),
    "ai chậm báo cáo?": Question(Asked.LATE),
    "ai chưa báo cáo 6 tháng": Question(Asked.UNREPORTED, "6 tháng"),
    "còn ai chưa báo cáo": Question(Asked.UNREPORTED),
    "đơn vị nào chưa gửi báo cáo sơ kết": Question(Asked.UNREPORTED, "sơ kết"),
    "Vụ Bản thế nào": Question(Asked.UNIT, "Vụ Bản"),
    "Tình hình Sở Y tế ra sao rồi?": Question(Asked.UNIT, "Sở Y tế"),
    "huyện Ý Yên làm đến đâu rồi": Question(Asked.UNIT, "huyện Ý Yên"),
}


@pytest.mark.parametrize("text", SAID)
def test_a_plain_question_is_understood(text: str) -> None:
    assert question(text) == SAID[text]


@pytest.mark.parametrize(
    "text",
    [
        "đơn vị chưa báo cáo được vì chờ số liệu, xin gia hạn",
        "báo cáo của đơn vị bị chậm do bão",
        "xong rồi",
        "chưa báo cáo",
        "thế nào",
        "đơn vị nào của tôi chậm thì nhắc giúp",
        "",
    ],
)
def test_what_is_no_such_question_is_left_alone(text: str) -> None:
    assert question(text) is None


@given(st.text(max_size=120))
def test_any_text_is_answered_without_error_and_names_only_words_of_it(text: str) -> None:
    found = question(text)
    assert found is None or found.about in " ".join(tidy(text).split())
