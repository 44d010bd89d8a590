from datetime import date
from pathlib import Path
from typing import Any

import pytest

from documents.body import Body, Paragraph, Row, Table, clean
from documents.heading import Cited, Heading, heading, kind_of
from documents.reading import read


def of(*lines: str) -> Heading:
    return heading(Body(tuple(Paragraph(clean(line)) for line in lines)))


def test_the_notice_names_itself_and_what_it_replaces(examples: Path) -> None:
    assert read(examples / "thong-bao-01-vi-du.docx").heading == Heading(
        number="01/TB-HĐTĐKT",
        dated=date(2022, 1, 19),
        kind="TB",
        issuer="HỘI ĐỒNG THI ĐUA, KHEN THƯỞNG",
        parent="UBND TỈNH NAM ĐỊNH",
        subject="Phân công nhiệm vụ các thành viên Hội đồng Thi đua, khen thưởng tỉnh",
        supersedes=(Cited("TB", "02/TB-HĐTĐKT", date(2021, 1, 15)),),
    )


def test_the_published_plan_is_known_by_the_line_that_names_it(examples: Path) -> None:
    found = read(examples / "ke-hoach-02-2022.txt").heading
    assert (found.number, found.dated, found.kind) == ("02/KH-HĐTĐKT", date(2022, 3, 7), "KH")
    assert found.issuer == "Hội đồng Thi đua, khen thưởng tỉnh"


def test_preambles_quote_other_numbers_which_are_not_taken() -> None:
    found = of(
        "UBND TỈNH NAM ĐỊNH",
        "SỞ NỘI VỤ",
        "Số: 22/SNV-TĐKT",
        "V/v báo cáo sơ kết 6 tháng đầu năm",
        "Nam Định, ngày 06 tháng 6 năm 2022",
        "Kính gửi: Các cơ quan, đơn vị",
        "Căn cứ Kế hoạch số 02/KH-HĐTĐKT ngày 07/3/2022 của Hội đồng;",
        "Số: 99/QĐ-UBND",
        "Hà Nội, ngày 01 tháng 01 năm 2020",
    )
    assert (found.number, found.dated, found.kind) == ("22/SNV-TĐKT", date(2022, 6, 6), "CV")
    assert (found.parent, found.issuer) == ("UBND TỈNH NAM ĐỊNH", "SỞ NỘI VỤ")
    assert found.subject == "báo cáo sơ kết 6 tháng đầu năm"


def test_an_annex_without_letterhead_takes_the_paper_it_goes_with() -> None:
    found = of(
        "PHỤ LỤC I", "Danh mục nhiệm vụ", "(Kèm theo Kế hoạch số: 05/KH-UBND ngày 10 tháng 02 năm 2023 của UBND tỉnh)"
    )
    assert found == Heading("05/KH-UBND", date(2023, 2, 10), "KH", "UBND tỉnh", subject="Danh mục nhiệm vụ")


def test_the_letterhead_goes_before_the_paper_it_goes_with() -> None:
    found = of("Số: 08/TB-HĐTĐKT", "Nam Định, ngày 09/3/2022", "(Kèm theo Kế hoạch số 02/KH-HĐTĐKT ngày 07/3/2022)")
    assert (found.number, found.dated) == ("08/TB-HĐTĐKT", date(2022, 3, 9))


def test_a_draft_without_number_and_day_is_asked_about() -> None:
    found = of("Số:      /KH-HĐTĐKT", "Nam Định, ngày     tháng 3 năm 2022", "KẾ HOẠCH", "Công tác năm 2022")
    assert (found.number, found.dated, found.kind) == ("", None, "KH")
    assert [text.id for text in found.questions()] == [
        "The document shows no number of its own; state number and symbol, as 02/KH-HĐTĐKT.",
        "The document shows no date of its own; state the day on which it was signed.",
    ]


@pytest.mark.parametrize(
    ("line", "number", "dated"),
    [
        ("Số: 01/2023/QĐ-UBND Khánh Hòa, ngày 05 tháng 01 năm 2023", "01/2023/QĐ-UBND", date(2023, 1, 5)),
        ("Số 15 / TTr – SNV", "15/TTr-SNV", None),
        ("số: 7a/QC-HĐTĐKT", "7a/QC-HĐTĐKT", None),
        ("Số: 5/6 đơn vị đã báo cáo", "", None),
        ("Số: 12/ngày", "", None),
    ],
)
def test_numbers_are_read_however_they_are_spaced(line: str, number: str, dated: date | None) -> None:
    found = of(line)
    assert (found.number, found.dated) == (number, dated)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        ("02/KH-HĐTĐKT", "KH"),
        ("01/TB-HĐTĐKT", "TB"),
        ("03/GM-HĐTĐKT", "GM"),
        ("01/2023/QĐ-UBND", "QĐ"),
        ("9/BC-SYT", "BC"),
        ("15/TTr-SNV", "TTr"),
        ("1/QC-HĐ", "QC"),
        ("1/BB-HĐ", "BB"),
        ("22/SNV-TĐKT", "CV"),
        ("", ""),
    ],
)
def test_the_symbol_tells_the_kind(number: str, kind: str) -> None:
    assert kind_of(number) == kind


def test_all_that_is_replaced_is_found_and_nothing_else() -> None:
    found = of(
        "Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 15/QĐ-UBND ngày 01/02/2020 và "
        "Quyết định số 16/QĐ-UBND ngày 03.4.2021.",
        "Cử người thay thế theo Thông báo số 3/TB-UBND ngày 01/01/2020.",
    )
    assert found.supersedes == (
        Cited("QĐ", "15/QĐ-UBND", date(2020, 2, 1)),
        Cited("QĐ", "16/QĐ-UBND", date(2021, 4, 3)),
    )


def test_an_impossible_date_is_no_date() -> None:
    assert of("Nam Định, ngày 31 tháng 02 năm 2022").dated is None


def test_rows_of_a_table_are_no_heading() -> None:
    rows = (Row(1, ("TT", "Nội dung", "Sản phẩm")), Row(2, ("1", "Số: 05/KH-UBND", "KẾ HOẠCH")))
    assert heading(Body((Table(rows),))) == Heading()


def test_an_issuer_in_two_lines_is_one_name() -> None:
    found = of("ỦY BAN NHÂN DÂN", "TỈNH NAM ĐỊNH", "HỘI ĐỒNG THI ĐUA,", "KHEN THƯỞNG", "Số: 1/KH-HĐTĐKT")
    assert (found.parent, found.issuer) == ("ỦY BAN NHÂN DÂN TỈNH NAM ĐỊNH", "HỘI ĐỒNG THI ĐUA, KHEN THƯỞNG")


def test_a_workbook_has_its_heading_above_the_table(book: Any) -> None:
    path = book(
        PL=[
            ("UBND TỈNH NAM ĐỊNH", None, None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            ("HỘI ĐỒNG THI ĐUA, KHEN THƯỞNG", None, None, "Độc lập - Tự do - Hạnh phúc"),
            ("Số: 02/KH-HĐTĐKT", None, None, "Nam Định, ngày 07 tháng 3 năm 2022"),
            (),
            ("PHỤ LỤC",),
            ("TT", "Nội dung", "Cơ quan chủ trì", "Thời gian"),
            (1, "Việc A", "Sở Y tế", "Quý I"),
        ]
    )
    found = read(path).heading
    assert (found.number, found.dated, found.parent) == ("02/KH-HĐTĐKT", date(2022, 3, 7), "UBND TỈNH NAM ĐỊNH")
