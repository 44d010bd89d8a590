"""A sentence that assigns is cut into who, with whom, what and by when, each as written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.addressed import Order, order_of, when_of

ON = date(2022, 6, 22)
PIECES = (
    "giao", "Giao", "yêu cầu", "Sở Y tế", "UBND huyện Vụ Bản", "các đơn vị", "và", "chủ trì", "phối hợp với", "báo cáo",
    "trước ngày", "30/6/2022", "31/02/2022", "trong tháng", "7", "thời hạn", ";", ",", ":", ".", "(", "liên quan", "đã",
)  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính bổ sung số liệu; hoàn thành trước ngày 30/6/2022.",
            Order("Sở Y tế", "bổ sung số liệu", "Sở Tài chính", phrase="trước ngày 30/6/2022"),
        ),
        (
            "Giao Sở Nội vụ chủ trì, Thanh tra tỉnh phối hợp xây dựng kế hoạch kiểm tra (xong trong quý III/2022)",
            Order("Sở Nội vụ", "xây dựng kế hoạch kiểm tra", "Thanh tra tỉnh", phrase="xong trong quý III/2022"),
        ),
        (
            "Hội đồng thống nhất giao Sở Giáo dục và Đào tạo, Sở Xây dựng rà soát hồ sơ trong 05 ngày làm việc",
            Order("Sở Giáo dục và Đào tạo, Sở Xây dựng", "rà soát hồ sơ", phrase="trong 05 ngày làm việc"),
        ),
        (
            "Giao Sở Y tế và các đơn vị liên quan rà soát hồ sơ",
            Order("Sở Y tế", "rà soát hồ sơ", remark="Sở Y tế và các đơn vị liên quan"),
        ),
        (
            "Đề nghị Thủ trưởng các cơ quan, đơn vị gửi báo cáo về Sở Nội vụ trước ngày 20/7/2022 để tổng hợp",
            Order(
                "các cơ quan, đơn vị",
                "gửi báo cáo về Sở Nội vụ trước ngày 20/7/2022 để tổng hợp",
                phrase="trước ngày 20/7/2022",
            ),
        ),
        (
            "UBND huyện Vụ Bản báo cáo kết quả thực hiện trong tháng 7/2022;",
            Order("UBND huyện Vụ Bản", "báo cáo kết quả thực hiện", phrase="trong tháng 7/2022", is_given=False),
        ),
        (
            "Sở Nội vụ chủ trì, đề nghị các đơn vị gửi số liệu chậm nhất ngày 05/7",
            Order("Sở Nội vụ", "đề nghị các đơn vị gửi số liệu", phrase="chậm nhất ngày 05/7"),
        ),
        (
            "Giao Bộ Chỉ huy Quân sự tỉnh, Công an tỉnh phối hợp rà soát trước 15/7",
            Order("Bộ Chỉ huy Quân sự tỉnh, Công an tỉnh", "phối hợp rà soát", phrase="trước 15/7"),
        ),
        (
            "Ủy ban nhân dân tỉnh thống nhất, giao Sở Nội vụ tham mưu Kế hoạch trước ngày 25 hằng tháng",
            Order("Sở Nội vụ", "tham mưu Kế hoạch", phrase="trước ngày 25 hằng tháng"),
        ),
        ("Đồng chí Giám đốc Sở Tài chính: Rà soát Quỹ", Order("Giám đốc Sở Tài chính", "Rà soát Quỹ")),
        (
            "Giao Ban Thi đua - Khen thưởng báo cáo kết quả 6 tháng đầu năm 2022",
            Order("Ban Thi đua - Khen thưởng", "báo cáo kết quả 6 tháng đầu năm 2022"),
        ),
    ],
)  # fmt: skip
def test_a_sentence_says_who_does_what_with_whom_and_by_when(sentence: str, expected: Order) -> None:
    assert order_of(sentence, ON) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Hội đồng đánh giá cao kết quả đạt được trong tháng 6/2022",
        "Sở Y tế đã báo cáo trước ngày 20/5/2022",
        "Báo cáo kết quả trước ngày 05/7/2022",
        "Theo đề nghị của Sở Nội vụ",
        "UBND tỉnh đã giao Sở Y tế",
        "Trường hợp chậm trễ phải báo cáo Chủ tịch Hội đồng",
        "",
    ],
)
def test_what_is_said_to_nobody_is_no_order(sentence: str) -> None:
    assert order_of(sentence, ON) is None


def test_what_a_sentence_tells_of_somebody_is_not_given_to_him() -> None:
    assert order_of("Sở Y tế thực hiện tốt công tác thi đua", ON) == Order(
        "Sở Y tế", "thực hiện tốt công tác thi đua", is_given=False
    )


@pytest.mark.parametrize(
    ("text", "phrase", "rest"),
    [
        ("rà soát, thời hạn theo quy định", "theo quy định", "rà soát"),
        ("rà soát; thời hạn hoàn thành: 30/6/2022", "30/6/2022", "rà soát"),
        ("rà soát hạn chế trong công tác", "", "rà soát hạn chế trong công tác"),
        ("kiểm điểm công tác trong thời gian qua", "", "kiểm điểm công tác trong thời gian qua"),
        ("khắc phục trong thời gian sớm nhất", "trong thời gian sớm nhất", "khắc phục"),
        ("trước ngày 30/6/2022", "trước ngày 30/6/2022", "trước ngày 30/6/2022"),
        ("báo cáo định kỳ hằng quý", "định kỳ hằng quý", "báo cáo"),
    ],
)
def test_a_deadline_is_found_where_a_day_is_meant(text: str, phrase: str, rest: str) -> None:
    assert when_of(text, ON) == (phrase, rest)


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=14).map(" ".join))
def test_any_sentence_is_read_or_left(sentence: str) -> None:
    found = order_of(sentence, ON)
    assert found is None or (found.who in sentence and found.phrase in sentence)
