from pathlib import Path
from typing import Any

from documents.reading import Sort, read
from documents.rows import OversightRow
from models.rules.units import Named


def test_the_example_notice_is_read_whole(examples: Path) -> None:
    paper = read(examples / "thong-bao-01-vi-du.docx")
    assert paper.sort == Sort.OVERSIGHT
    chair = "Chủ tịch UBND tỉnh"
    assert paper.oversight[0] == OversightRow(
        "1", chair, chair, "Chủ tịch Hội đồng", ("Phụ trách chung",), general=True
    )
    assert [row.scopes for row in paper.oversight[3:7]] == [
        ("Khối thi đua MTTQ, các đoàn thể chính trị - xã hội",),
        ("Khối doanh nghiệp Nhà nước", "Khối doanh nghiệp ngoài Nhà nước"),
        ("Khối thi đua các sở, ngành kinh tế", "huyện Vụ Bản", "huyện Ý Yên"),
        ("Khối thi đua các sở, ngành văn hóa - xã hội", "huyện Trực Ninh"),
    ]
    assert [row.general for row in paper.oversight] == [True] + [False] * 7
    assert paper.questions == ()


def test_a_notice_in_a_workbook_with_other_headings_reads_alike(book: Any) -> None:
    path = book(
        TB=[
            ("STT", "Họ và tên", "Chức vụ", "Chức danh trong Hội đồng", "Địa bàn, cụm, khối theo dõi"),
            (1, "Đ/c Nguyễn Văn A", "Giám đốc Sở Y tế", "Ủy viên", "Khối nội chính;\nhuyện Trực Ninh"),
            (2, "Bà Trần Thị B - Giám đốc Sở Tài chính", None, "Ủy viên", "huyện Vụ Bản, huyện Ý Yên"),
        ]
    )
    paper = read(path)
    assert paper.sort == Sort.OVERSIGHT
    assert paper.oversight == (
        OversightRow("1", "Nguyễn Văn A", "Giám đốc Sở Y tế", "Ủy viên", ("Khối nội chính", "huyện Trực Ninh")),
        OversightRow("2", "Trần Thị B", "Giám đốc Sở Tài chính", "Ủy viên", ("huyện Vụ Bản", "huyện Ý Yên")),
    )


def test_a_member_merged_over_several_rows_is_repeated(book: Any) -> None:
    path = book(
        TB=[
            ("TT", "Thành viên", "Đơn vị theo dõi"),
            (1, "Giám đốc Sở Y tế", "Khối nội chính"),
            (None, None, "huyện Trực Ninh"),
        ],
        merged=("A2:A3", "B2:B3"),
    )
    assert [(row.ref, row.member, row.scopes) for row in read(path).oversight] == [
        ("1", "Giám đốc Sở Y tế", ("Khối nội chính",)),
        ("1", "Giám đốc Sở Y tế", ("huyện Trực Ninh",)),
    ]


def test_the_directory_decides_where_a_name_has_commas(word: Any) -> None:
    rows = [("TT", "Thành viên", "Đơn vị theo dõi"), ("1", "Giám đốc Sở Y tế", "Khối Sở, Ban A, Hội Nông dân tỉnh")]
    names = (Named(1, "Khối Sở, Ban A"), Named(2, "Hội Nông dân tỉnh"))
    assert read(word(rows), names=names).oversight[0].scopes == ("Khối Sở, Ban A", "Hội Nông dân tỉnh")


def test_numbered_paragraphs_assign_as_a_table_does(word: Any) -> None:
    path = word(
        "THÔNG BÁO",
        "Phân công nhiệm vụ các thành viên Hội đồng",
        "1. Đồng chí Nguyễn Văn A, Chủ tịch UBND tỉnh, Chủ tịch Hội đồng: Phụ trách chung.",
        "2. Giám đốc Sở Y tế, Ủy viên Hội đồng:",
        "- Khối nội chính;",
        "- Huyện Trực Ninh.",
        "Các thành viên báo cáo trước ngày 15/6.",
    )
    assert read(path).oversight == (
        OversightRow(
            "1", "Nguyễn Văn A", "Chủ tịch UBND tỉnh", "Chủ tịch Hội đồng", ("Phụ trách chung",), general=True
        ),
        OversightRow(
            "2", "Giám đốc Sở Y tế", "Giám đốc Sở Y tế", "Ủy viên Hội đồng", ("Khối nội chính", "Huyện Trực Ninh")
        ),
    )


def test_duties_in_the_prose_of_a_plan_assign_nobody(word: Any) -> None:
    path = word("KẾ HOẠCH", "Công tác năm 2022", "1. Chủ tịch UBND các huyện: chỉ đạo thực hiện.")
    assert read(path).sort == Sort.PROSE
