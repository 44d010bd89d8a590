import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.words import Intent, Meant, intent

MEANT = {
    Meant.FINISHED: (
        "xong rồi",
        "Xong rồi ạ.",
        "đã xong",
        "da xong",
        "đã hoàn thành",
        "da hoan thanh",
        "Dạ, đơn vị đã làm xong ạ",
    ),
    Meant.ALL_FINISHED: (
        *("xong hết", "xong het", "Xong hết rồi ạ", "xong tất cả", "hoàn thành tất cả", "đã hoàn thành toàn bộ"),
        *("đã hoàn thành tất cả các nhiệm vụ", "tất cả nhiệm vụ đã hoàn thành", "hoan thanh tat ca"),
    ),
    Meant.SIGNED: ("đã ký, chưa có số", "da ky, chua co so", "đã ký nhưng chưa có số"),
    Meant.SUBMITTED: ("đã trình ký", "đang trình ký", "đã trình lãnh đạo ký"),
    Meant.DRAFTING: ("đang soạn", "dang soan", "đang dự thảo báo cáo"),
    Meant.IN_PROGRESS: ("đang làm", "đang thực hiện", "đang tổng hợp"),
    Meant.ACKNOWLEDGED: ("đã nhận", "da nhan", "đã tiếp nhận", "rõ", "đã rõ ạ", "ok", "Vâng", "dạ vâng ạ"),
}
UNCLEAR = (
    *(
        "chưa xong",
        "chua xong",
        "chưa gửi được",
        "chưa hoàn thành",
        "không xong",
        "chưa nhận",
        "xong đâu",
        "đã xong đâu",
    ),
    *("xong chưa", "xong chưa?", "xong chưa ạ", "đã gửi chưa?", "đã xong không", "đã xong?", "đã hoàn thành à"),
    *("chưa xong hết", "xong hết chưa", "sắp xong hết", "hết xong", "xong hết 2 việc", "không hoàn thành tất cả"),
    *("sắp xong", "gần xong", "xong một nửa", "hoàn thành 80%", "đã gửi một phần", "đã xong nhưng chưa gửi", "sẽ xong"),
    *("đã hoãn", "da hoan", "vang", "vắng", "dung", "không có khó khăn", "khó khăn: không", "có vướng gì không"),
    *(
        "vướng mắc đã được tháo gỡ",
        "không thuộc nhiệm vụ đơn vị nhưng vẫn làm",
        "xin gia hạn được không?",
        "",
        "?",
        "chào đồng chí",
    ),
)


@pytest.mark.parametrize(("text", "meant"), [(text, meant) for meant, texts in MEANT.items() for text in texts])
def test_a_plain_report_is_understood(text: str, meant: Meant) -> None:
    assert intent(text) == Intent(meant)


@pytest.mark.parametrize("text", UNCLEAR)
def test_denials_questions_and_what_is_unclear_are_not_decided(text: str) -> None:
    assert intent(text) is None


@pytest.mark.parametrize(
    ("text", "number", "day"),
    [
        ("đã gửi BC số 123 ngày 12/6", "123", "12/6"),
        ("da gui bao cao so 45/BC-SYT ngay 12/6", "45/BC-SYT", "12/6"),
        ("Đã gửi báo cáo số 45/BC-SYT ngày 12/6/2022 về Sở Nội vụ", "45/BC-SYT", "12/6/2022"),
        ("đã nộp công văn 22/SNV-TĐKT", "22/SNV-TĐKT", ""),
        ("đã gửi ngày 12/6", "", "12/6"),
        ("đã gửi báo cáo rồi ạ", "", ""),
    ],
)
def test_a_paper_that_was_sent_keeps_its_number_and_day(text: str, number: str, day: str) -> None:
    assert intent(text) == Intent(Meant.SENT, number=number, day=day)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("khó khăn: chưa có kinh phí", "chưa có kinh phí"),
        ("Vướng kinh phí", "kinh phí"),
        ("đang gặp khó khăn, vướng mắc: thiếu biểu mẫu", "thiếu biểu mẫu"),
        ("vướng mắc", ""),
    ],
)
def test_a_difficulty_keeps_its_words(text: str, words: str) -> None:
    assert intent(text) == Intent(Meant.DIFFICULTY, words=words)


@pytest.mark.parametrize("text", ["xin gia hạn đến 25/6 vì chờ kinh phí", "xin gia han den 25/6", "Đề nghị gia hạn"])
def test_more_time_is_asked_for(text: str) -> None:
    assert intent(text) == Intent(Meant.EXTENSION, words=text)


@pytest.mark.parametrize(
    ("text", "number", "why"),
    [
        ("không thuộc nhiệm vụ đơn vị", "", ""),
        ("Không thuộc chức năng, nhiệm vụ của Sở", "", ""),
        ("không phải việc của đơn vị ạ", "", ""),
        ("Không thuộc nhiệm vụ đơn vị 2", "2", ""),
        ("Không thuộc nhiệm vụ đơn vị số 2 vì là việc của Sở Y tế", "2", "là việc của Sở Y tế"),
        ("không thuộc nhiệm vụ đơn vị, thuộc Sở Y tế", "", "thuộc Sở Y tế"),
        ("khong thuoc nhiem vu don vi 12: thuoc So Y te", "12", "thuoc So Y te"),
    ],
)
def test_a_task_that_is_not_theirs_is_said_so(text: str, number: str, why: str) -> None:
    assert intent(text) == Intent(Meant.NOT_OURS, words=why, number=number)


@given(st.sampled_from(["chưa", "không", "sắp", "gần", "sẽ", "chua", "khong"]), st.sampled_from(MEANT[Meant.FINISHED]))
def test_what_is_denied_is_never_finished(denial: str, report: str) -> None:
    found = intent(f"{denial} {report}")
    assert found is None or found.meant is not Meant.FINISHED


@given(
    st.sampled_from([text for texts in MEANT.values() for text in texts]),
    st.sampled_from([" chưa?", " chưa", "?", " không ạ?"]),
)
def test_a_question_reports_nothing(report: str, asking: str) -> None:
    assert intent(report + asking) is None


@given(st.text(max_size=150))
def test_any_text_is_heard_without_raising(text: str) -> None:
    found = intent(text)
    assert found is None or found.meant in set(Meant)


@given(
    st.lists(st.sampled_from(["ok", "oke", "vâng", "dạ", "rõ", "đã rõ", "đã nhận", "da nhan", "ạ", "rồi"]), max_size=5),
    st.sampled_from([" ", ", ", ". "]),
)
def test_whoever_agrees_acknowledges_at_most(said: list[str], between: str) -> None:
    assert intent(between.join(said)) in {None, Intent(Meant.ACKNOWLEDGED)}
