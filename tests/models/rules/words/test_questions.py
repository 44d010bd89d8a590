from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.spelling import fold, tidy
from models.rules.words.questions import Asked, Question, question, task_words

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
    "ĐƠN VỊ NÀO CỦA TÔI CHẬM???": Question(Asked.LATE),
    "dv nao cham bc": Question(Asked.LATE),
    "có đơn vị nào tôi theo dõi quá hạn không ạ?": Question(Asked.LATE),
    "tôi phụ trách cơ quan nào trễ hạn": Question(Asked.LATE),
    "bao nhiêu đơn vị chậm": Question(Asked.LATE),
    "danh sách đơn vị chậm": Question(Asked.LATE),
    "AI CHUA BAO CAO 6 THANG": Question(Asked.UNREPORTED, "6 THANG"),
    "ai chưa bc 6t đầu năm?": Question(Asked.UNREPORTED, "6t đầu năm"),
    "cho hỏi dv nao chua nop bc": Question(Asked.UNREPORTED),
    "những đơn vị nào chưa trả lời vậy": Question(Asked.UNREPORTED),
    "đơn vị nào chưa gửi báo cáo về quý I": Question(Asked.UNREPORTED, "về quý I"),
    "VB sao rồi": Question(Asked.UNIT, "VB"),
    "SYT báo cáo chưa?": Question(Asked.UNIT, "SYT"),
    "h. Vu Ban ntn": Question(Asked.UNIT, "h. Vu Ban"),
    "cho hỏi Vụ Bản có chậm không": Question(Asked.UNIT, "Vụ Bản"),
    "tình hình của Sở Y tế": Question(Asked.UNIT, "Sở Y tế"),
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


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("bc 6t", "Báo cáo sơ kết 6 tháng đầu năm"),
        ("báo cáo về quý 1", "Báo cáo kết quả quý I"),
        ("Q2", "Báo cáo quý II"),
        ("nv kh kiem tra", "Kế hoạch kiểm tra, giám sát"),
        ("", "Hồ sơ khen thưởng"),
    ],
)
def test_a_task_is_known_by_a_clerks_shorthand(asked: str, title: str) -> None:
    assert task_words(asked) <= task_words(title)


def test_another_period_is_another_task() -> None:
    assert not task_words("6 tháng") <= task_words("Báo cáo 9 tháng")
    assert not task_words("quý I") <= task_words("Báo cáo quý II")


@given(
    st.sampled_from(sorted(SAID)), st.sampled_from([str.upper, str.lower, fold]), st.sampled_from(["", "?", " ??", "."])
)
def test_a_question_is_the_same_however_it_is_typed(text: str, typed: Callable[[str], str], end: str) -> None:
    found, meant = question(typed(text) + end), SAID[text]
    assert found is not None
    assert (found.asked, fold(found.about)) == (meant.asked, fold(meant.about))


@given(st.text(max_size=120))
def test_any_text_is_answered_without_error_and_names_only_words_of_it(text: str) -> None:
    found = question(text)
    assert found is None or found.about in " ".join(tidy(text).split())
