"""A notice of conclusions in running text gives its tasks in its own words, and the paragraphs that assign nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.assigned import assigned
from documents.body import Body, Paragraph
from documents.reading import Sort, read
from documents.rows import Item
from tests.documents.conftest import MakeWord

ON = date(2022, 6, 22)


def items(*lines: str, dated: date | None = ON) -> tuple[tuple[str, str, tuple[str, ...], str], ...]:
    found = assigned(Body(tuple(map(Paragraph, lines))), dated).items
    return tuple((item.ref, item.text, item.lead, item.phrase) for item in found)


def test_a_word_file_without_a_table_is_read_as_tasks(word: MakeWord) -> None:
    paper = read(
        word(
            "Số: 06/TB-HĐTĐKT",
            "Nam Định, ngày 22 tháng 6 năm 2022",
            "THÔNG BÁO",
            "Kết luận phiên họp của Hội đồng",
            "Ngày 21/6/2022, Hội đồng họp phiên thứ hai.",
            "II. NHIỆM VỤ THỜI GIAN TỚI",
            "1. Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính và các đơn vị liên quan bổ sung số liệu; "
            "hoàn thành trước ngày 30/6/2022.",
            "2. Sở Nội vụ có trách nhiệm đôn đốc.",
        )
    )
    assert paper.sort is Sort.TASKS
    assert paper.items[0] == Item(
        "1",
        "Bổ sung số liệu",
        ("Sở Y tế",),
        ("Sở Tài chính",),
        phrase="trước ngày 30/6/2022",
        remark="Sở Y tế chủ trì, phối hợp với Sở Tài chính và các đơn vị liên quan",
        section="NHIỆM VỤ THỜI GIAN TỚI",
    )
    assert paper.items[1].question is not None
    assert paper.left_out == ()


def test_points_under_a_unit_are_that_units() -> None:
    assert items(
        "4. Giao Sở Nội vụ thực hiện các nhiệm vụ sau, hoàn thành trước ngày 15/7/2022:",
        "a) Tham mưu UBND tỉnh sửa Kế hoạch số 10 ngày 07/3/2022;",
        "b) Báo cáo Chủ tịch Hội đồng chậm nhất 16h00 ngày 20/7/2022.",
        "5. Sở Y tế báo cáo trong tháng 7/2022.",
    ) == (
        ("4.a", "Tham mưu UBND tỉnh sửa Kế hoạch số 10 ngày 07/3/2022", ("Sở Nội vụ",), "trước ngày 15/7/2022"),
        ("4.b", "Báo cáo Chủ tịch Hội đồng", ("Sở Nội vụ",), "chậm nhất 16h00 ngày 20/7/2022"),
        ("5", "Báo cáo", ("Sở Y tế",), "trong tháng 7/2022"),
    )  # fmt: skip


@pytest.mark.parametrize("heading", ["Giao các đơn vị:", "3. Giao các đơn vị:", "Chủ tịch Hội đồng giao các đơn vị:"])
@pytest.mark.parametrize("mark", ["- ", "+ ", "a) ", "– "])
def test_points_under_giao_cac_don_vi_name_their_own(heading: str, mark: str) -> None:
    found = items(
        heading, f"{mark}UBND huyện Vụ Bản báo cáo kết quả trong tháng 7/2022;", f"{mark}Sở Y tế: Rà soát hồ sơ."
    )
    assert [each[1:] for each in found] == [
        ("Báo cáo kết quả", ("UBND huyện Vụ Bản",), "trong tháng 7/2022"),
        ("Rà soát hồ sơ", ("Sở Y tế",), ""),
    ]


def test_numbered_points_may_stand_under_a_line_without_a_number() -> None:
    assert items("Giao các đơn vị:", "1. Sở Y tế rà soát hồ sơ.", "2. Sở Tài chính cân đối Quỹ.") == (
        ("1", "Rà soát hồ sơ", ("Sở Y tế",), ""),
        ("2", "Cân đối Quỹ", ("Sở Tài chính",), ""),
    )


def test_points_that_word_marks_by_their_style_only_are_read_too() -> None:
    assert items(
        "Giao Sở Nội vụ:",
        "Tham mưu Kế hoạch kiểm tra trước ngày 15/7/2022;",
        "Đôn đốc các đơn vị chậm báo cáo.",
        "Sở Y tế báo cáo trong tháng 7/2022.",
        "Thông báo để các cơ quan, đơn vị biết, thực hiện./.",
    ) == (
        ("1", "Tham mưu Kế hoạch kiểm tra", ("Sở Nội vụ",), "trước ngày 15/7/2022"),
        ("2", "Đôn đốc các đơn vị chậm báo cáo", ("Sở Nội vụ",), ""),
        ("3", "Báo cáo", ("Sở Y tế",), "trong tháng 7/2022"),
    )


def test_sentences_of_one_paragraph_are_tasks_of_whoever_was_named_last() -> None:
    assert items(
        "7. Đồng ý với đề xuất của Sở Nội vụ. Giao Sở Y tế tham mưu hồ sơ. Thời hạn: trong tháng 6/2022. "
        "Báo cáo kết quả trước ngày 05/7/2022."
    ) == (
        ("7", "Tham mưu hồ sơ", ("Sở Y tế",), "trong tháng 6/2022"),
        ("7.1", "Báo cáo kết quả", ("Sở Y tế",), "trước ngày 05/7/2022"),
    )


def test_what_many_are_told_is_a_task_only_by_a_day() -> None:
    lines = (
        "1. Hội đồng đánh giá cao kết quả đạt được.",
        "2. Yêu cầu các đơn vị nghiêm túc thực hiện.",
        "3. Yêu cầu các đơn vị gửi báo cáo trước ngày 20/7/2022.",
        "Trên đây là kết luận của Chủ tịch Hội đồng.",
        "Nơi nhận:",
        "- Giao Sở Nội vụ lưu hồ sơ.",
    )
    found = assigned(Body(tuple(map(Paragraph, lines))), ON)
    assert [(item.ref, item.lead) for item in found.items] == [("3", ("các đơn vị",))]
    assert found.left_out == ("Hội đồng đánh giá cao kết quả đạt được.", "Yêu cầu các đơn vị nghiêm túc thực hiện.")


def test_how_things_stand_under_a_unit_is_no_task_of_it() -> None:
    assert items("1. Giao Sở Y tế:", "- Đã hoàn thành 5/7 chỉ tiêu;", "- Bổ sung số liệu.") == (
        ("1.1", "Bổ sung số liệu", ("Sở Y tế",), ""),
    )


def test_without_a_date_of_the_document_the_words_are_read_all_the_same() -> None:
    found = items("1. Giao Sở Y tế báo cáo trước ngày 30/6.", dated=None)
    assert found == (("1", "Báo cáo", ("Sở Y tế",), "trước ngày 30/6"),)


def test_a_point_that_begins_with_units_and_what_they_do_is_their_task_without_a_word_of_giving() -> None:
    assert items(
        "4. Công an tỉnh, Bộ Chỉ huy Quân sự tỉnh sớm hoàn thiện hồ sơ đề nghị khen thưởng.",
        "5. Về công tác tổ chức:",
        "a) Giao Sở Nội vụ chuẩn bị nội dung trước ngày 30/6/2022.",
        "b) Văn phòng UBND tỉnh chuẩn bị địa điểm họp.",
    ) == (
        (
            "4",
            "Sớm hoàn thiện hồ sơ đề nghị khen thưởng",
            ("Công an tỉnh", "Bộ Chỉ huy Quân sự tỉnh"),
            "sớm",
        ),
        ("5.a", "Chuẩn bị nội dung", ("Sở Nội vụ",), "trước ngày 30/6/2022"),
        ("5.b", "Chuẩn bị địa điểm họp", ("Văn phòng UBND tỉnh",), ""),
    )  # fmt: skip


def test_a_paragraph_without_a_mark_is_a_task_too_but_not_what_was_said_at_the_meeting() -> None:
    lines = ("Sở Y tế báo cáo kết quả phong trào.", "Sở Tài chính chuẩn bị kinh phí khen thưởng.")
    found = assigned(Body(tuple(map(Paragraph, lines))), ON)
    assert [(item.text, item.lead) for item in found.items] == [("Chuẩn bị kinh phí khen thưởng", ("Sở Tài chính",))]
    assert found.left_out == ("Sở Y tế báo cáo kết quả phong trào.",)


@pytest.mark.parametrize(
    "said",
    [
        "Sở Y tế đã thực hiện tốt công tác khen thưởng.",
        "Sở Y tế thực hiện tốt công tác khen thưởng.",
        "Sở Y tế triển khai khá tốt các phong trào.",
        "Sở Y tế hoàn thành xuất sắc nhiệm vụ.",
        "Sở Y tế báo cáo chưa đúng thời hạn.",
        "Sở Y tế tổ chức nhiều hoạt động trong thời gian qua.",
        "Hội đồng thống nhất thông qua dự thảo.",
    ],
)
def test_an_assessment_of_a_unit_is_no_task_of_it(said: str) -> None:
    found = assigned(Body((Paragraph(f"1. {said}"),)), ON)
    assert (found.items, found.left_out) == ((), (said,))


POINTS = st.sampled_from(("", "1. ", "2) ", "1.2. ", "II. ", "a) ", "- ", "+ "))
WORDS = st.sampled_from(
    ("Giao", "Sở Y tế", "UBND huyện Vụ Bản", "các đơn vị", "báo cáo", "trước ngày 30/6/2022", ";", ":", ".", "và", "đã")
)
LINES = st.tuples(POINTS, st.lists(WORDS | st.text(max_size=5), max_size=8).map(" ".join)).map("".join)


@given(st.lists(LINES, max_size=8))
def test_any_text_is_read_and_its_rows_are_told_apart(lines: list[str]) -> None:
    found = assigned(Body(tuple(map(Paragraph, lines))), ON)
    refs = [item.ref for item in found.items]
    assert len(set(refs)) == len(refs)
    assert all(item.text and item.lead for item in found.items)
