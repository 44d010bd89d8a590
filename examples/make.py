"""Write the documents of the sample council into examples/nam-dinh-2022: run `.venv/bin/python examples/make.py`.

Units are those of Nam Định in 2022, people and enterprises are made up. The same tables give the same bytes.
"""

import re
import zipfile
from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import count
from pathlib import Path

import openpyxl
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Pt
from openpyxl.styles import Alignment, Font, PatternFill

FOLDER = Path(__file__).parent / "nam-dinh-2022"
EVERYONE = "Các cơ quan, đơn vị, địa phương"
MARK = " (ví dụ)"

DEPARTMENT, OFFICE, FORCE, LOCALITY = "Sở, ban, ngành", "Cơ quan Đảng, đoàn thể", "Lực lượng vũ trang", "Địa phương"
ENTERPRISE = "Doanh nghiệp"
# group: (kind of unit, units as code | name | short name); the first leads the group, the second is its deputy
GROUPS = {
    "Khối thi đua các sở, ngành tổng hợp": (DEPARTMENT, """
        SNV | Sở Nội vụ | SNV
        VPUB | Văn phòng UBND tỉnh | VP UBND tỉnh
        VPHDND | Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh | VP ĐBQH&HĐND
        SKHDT | Sở Kế hoạch và Đầu tư | Sở KH&ĐT
        TTT | Thanh tra tỉnh | Thanh tra tỉnh
        CTK | Cục Thống kê tỉnh | Cục Thống kê
        BQLKCN | Ban Quản lý các khu công nghiệp tỉnh | BQL các KCN"""),
    "Khối thi đua các sở, ngành kinh tế": (DEPARTMENT, """
        STC | Sở Tài chính | STC
        SCT | Sở Công Thương | SCT
        SNN | Sở Nông nghiệp và Phát triển nông thôn | Sở NN&PTNT
        SGTVT | Sở Giao thông vận tải | Sở GTVT
        SXD | Sở Xây dựng | SXD
        STNMT | Sở Tài nguyên và Môi trường | Sở TN&MT
        SKHCN | Sở Khoa học và Công nghệ | Sở KH&CN
        CTHUE | Cục Thuế tỉnh | Cục Thuế
        KBNN | Kho bạc Nhà nước tỉnh | KBNN tỉnh
        NHNN | Ngân hàng Nhà nước chi nhánh tỉnh | NHNN tỉnh"""),
    "Khối thi đua các sở, ngành văn hóa - xã hội": (DEPARTMENT, """
        SYT | Sở Y tế | SYT
        SGDDT | Sở Giáo dục và Đào tạo | Sở GD&ĐT
        STTTT | Sở Thông tin và Truyền thông | Sở TT&TT
        SVHTTDL | Sở Văn hóa, Thể thao và Du lịch | Sở VHTTDL
        SLDTBXH | Sở Lao động - Thương binh và Xã hội | Sở LĐTBXH
        BHXH | Bảo hiểm xã hội tỉnh | BHXH tỉnh
        BND | Báo Nam Định | Báo Nam Định
        DPTTH | Đài Phát thanh và Truyền hình tỉnh | Đài PT-TH tỉnh"""),
    "Khối nội chính": (FORCE, """
        CA | Công an tỉnh | CA tỉnh
        BCHQS | Bộ Chỉ huy Quân sự tỉnh | Bộ CHQS tỉnh
        BDBP | Bộ Chỉ huy Bộ đội Biên phòng tỉnh | BCH BĐBP tỉnh
        STP | Sở Tư pháp | STP
        TAND | Tòa án nhân dân tỉnh | TAND tỉnh
        VKSND | Viện kiểm sát nhân dân tỉnh | VKSND tỉnh
        CTHADS | Cục Thi hành án dân sự tỉnh | Cục THADS"""),
    "Cụm thi đua các huyện, thành phố": (LOCALITY, """
        TPND | UBND thành phố Nam Định | TP Nam Định
        YY | UBND huyện Ý Yên | huyện Ý Yên
        VB | UBND huyện Vụ Bản | huyện Vụ Bản
        ML | UBND huyện Mỹ Lộc | huyện Mỹ Lộc
        NT | UBND huyện Nam Trực | huyện Nam Trực
        TN | UBND huyện Trực Ninh | huyện Trực Ninh
        XT | UBND huyện Xuân Trường | huyện Xuân Trường
        GT | UBND huyện Giao Thủy | huyện Giao Thủy
        HH | UBND huyện Hải Hậu | huyện Hải Hậu
        NH | UBND huyện Nghĩa Hưng | huyện Nghĩa Hưng"""),
    "Khối các cơ quan Đảng": (OFFICE, """
        VPTU | Văn phòng Tỉnh ủy | VP Tỉnh ủy
        BTCTU | Ban Tổ chức Tỉnh ủy | Ban TCTU
        BTGTU | Ban Tuyên giáo Tỉnh ủy | Ban TGTU
        UBKTTU | Ủy ban Kiểm tra Tỉnh ủy | UBKT Tỉnh ủy
        BDVTU | Ban Dân vận Tỉnh ủy | Ban DVTU"""),
    "Khối thi đua MTTQ, các đoàn thể chính trị - xã hội": (OFFICE, """
        MTTQ | Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh | UB MTTQ tỉnh
        LDLD | Liên đoàn Lao động tỉnh | LĐLĐ tỉnh
        HND | Hội Nông dân tỉnh | HND tỉnh
        HPN | Hội Liên hiệp Phụ nữ tỉnh | Hội LHPN tỉnh
        TD | Tỉnh đoàn | Tỉnh đoàn
        HCCB | Hội Cựu chiến binh tỉnh | Hội CCB tỉnh"""),
    "Khối doanh nghiệp Nhà nước": (ENTERPRISE, """
        DNTL | Công ty TNHH MTV Thủy lợi Ví dụ | Cty Thủy lợi Ví dụ
        DNDL | Công ty Điện lực Ví dụ | Cty Điện lực Ví dụ
        DNNS | Công ty Cấp nước Ví dụ | Cty Cấp nước Ví dụ
        DNMT | Công ty Môi trường đô thị Ví dụ | Cty MTĐT Ví dụ"""),
    "Khối doanh nghiệp ngoài Nhà nước": (ENTERPRISE, """
        DNDM | Công ty Dệt may Ví dụ | Cty Dệt may Ví dụ
        DNCK | Công ty Cơ khí Ví dụ | Cty Cơ khí Ví dụ
        DNTP | Công ty Thực phẩm Ví dụ | Cty Thực phẩm Ví dụ"""),
}  # fmt: skip

# post | unit that the directory files him under | title in the council | what he follows
MEMBERS = """
    Chủ tịch UBND tỉnh | VPUB | Chủ tịch Hội đồng | Phụ trách chung
    Phó Chủ tịch UBND tỉnh | VPUB | Phó Chủ tịch thứ nhất | Khối thi đua các sở, ngành tổng hợp
    Giám đốc Sở Nội vụ | SNV | Phó Chủ tịch thường trực | Cụm thi đua các huyện, thành phố
    Chủ tịch UB MTTQ tỉnh | MTTQ | Phó Chủ tịch | Khối thi đua MTTQ, các đoàn thể chính trị - xã hội
    Chủ tịch LĐLĐ tỉnh | LDLD | Ủy viên | Khối doanh nghiệp Nhà nước; Khối doanh nghiệp ngoài Nhà nước
    Giám đốc Sở Tài chính | STC | Ủy viên | Khối thi đua các sở, ngành kinh tế; huyện Vụ Bản, huyện Ý Yên
    Giám đốc Sở Y tế | SYT | Ủy viên | Khối thi đua các sở, ngành văn hóa - xã hội; huyện Trực Ninh
    Giám đốc Công an tỉnh | CA | Ủy viên | Khối nội chính; thành phố Nam Định
    Chánh Văn phòng Tỉnh ủy | VPTU | Ủy viên | Khối các cơ quan Đảng
    Giám đốc Sở Giáo dục và Đào tạo | SGDDT | Ủy viên | huyện Mỹ Lộc, huyện Nam Trực
    Chỉ huy trưởng Bộ Chỉ huy Quân sự tỉnh | BCHQS | Ủy viên | huyện Giao Thủy, huyện Hải Hậu, huyện Nghĩa Hưng
    Chủ tịch Hội Liên hiệp Phụ nữ tỉnh | HPN | Ủy viên | huyện Xuân Trường
"""
OFFICERS = (
    ("Phạm Thị Thu", "Trưởng Ban Thi đua - Khen thưởng"),
    ("Đỗ Văn Quang", "Phó Trưởng Ban Thi đua - Khen thưởng"),
    ("Lê Thị Mai", "Chuyên viên Ban Thi đua - Khen thưởng"),
)
NAMED = {
    "SYT": (("Nguyễn Thị Lan", "Chuyên viên Văn phòng Sở"), ("Trần Thị Hoa", "Phó Chánh Văn phòng Sở")),
    "STC": (("Lê Văn Minh", "Chuyên viên Văn phòng Sở"),),
    "VB": (("Đặng Thanh Tùng", "Phó Trưởng phòng Nội vụ"),),
}
TWO = ("SNV", "TPND", "CA", "MTTQ")  # besides Sở Y tế, these have a second focal point
NONE = ("DNMT", "DNTP", "DNCK")  # nobody answers for these yet
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Đinh", "Mai")
GIVEN = ("Thị Ngọc", "Văn Hải", "Thị Thảo", "Đức Long", "Thị Hiền", "Quốc Việt", "Thị Yến", "Minh Tuấn", "Thu Trang",
         "Văn Sơn", "Thị Nga")  # fmt: skip
POSTS = {LOCALITY: "Phó Trưởng phòng Nội vụ", ENTERPRISE: "Trưởng phòng Tổ chức - Hành chính"}

ANNEX = (
    ("I", "CÔNG TÁC THAM MƯU"),
    ("1", "Phát động phong trào thi đua theo chủ đề năm 2022", "Sở Nội vụ", EVERYONE, "Kế hoạch", "Trong quý I", ""),
    ("2", "Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm", EVERYONE, "", "Báo cáo", "Trước ngày 15/6",
     "Gửi bản mềm trước"),
    ("3", "Phát hiện, nhân rộng điển hình tiên tiến", "Sở Thông tin và Truyền thông", "Báo Nam Định; Đài PT-TH tỉnh",
     "Tin, bài", "Thường xuyên", ""),
    ("II", "TỔ CHỨC CÁC CUỘC HỌP"),
    ("4", "Họp Hội đồng phiên thứ nhất", "Sở Nội vụ (Ban Thi đua - Khen thưởng)", "Thành viên Hội đồng", "Biên bản", "Quý II",
     ""),
    ("5", "Họp Hội đồng phiên thứ hai", "Sở Nội vụ (Ban Thi đua - Khen thưởng)", "- nt -", "Biên bản", "Quý III", ""),
    ("III", "THEO DÕI, ĐÔN ĐỐC; KIỂM TRA"),
    ("6", "Báo cáo tiến độ thực hiện giao ước thi đua", "Trưởng các cụm, khối thi đua", "Thành viên cụm, khối",
     "Báo cáo", "Chậm nhất ngày 20 của tháng cuối quý", ""),
    ("7", "Báo cáo tự kiểm tra công tác thi đua, khen thưởng", "Sở Y tế; Sở Tài chính; UBND huyện Vụ Bản", "",
     "Báo cáo", "Ít nhất 05 ngày làm việc trước ngày kiểm tra", ""),
    ("8", "Rà soát, kiện toàn Hội đồng Thi đua, khen thưởng cơ sở", "Công an tỉnh; Sở Xây dựng; Sở Tư pháp", "",
     "Quyết định", "Trước ngày 07/6/2022", ""),
    ("9", "Báo cáo tổng kết năm", EVERYONE, "", "Báo cáo", "Chậm nhất 16h00 ngày 30/11/2022", ""),
)  # fmt: skip
CONCLUSIONS = (
    ("1", "Bổ sung số liệu điển hình tiên tiến ngành Y tế, Giáo dục vào báo cáo sơ kết",
     "Sở Y tế; Sở Giáo dục và Đào tạo", "", "Báo cáo", "Trước ngày 25/6/2022", ""),
    ("2", "Xây dựng kế hoạch kiểm tra công tác thi đua, khen thưởng năm 2022", "Sở Nội vụ", "Thanh tra tỉnh",
     "Kế hoạch", "Chậm nhất 16h00 ngày 20/6/2022", ""),
    ("3", "Mở chuyên mục “Gương người tốt, việc tốt” tuyên truyền sơ kết phong trào thi đua", "Báo Nam Định",
     "Đài PT-TH tỉnh", "Tin, bài", "Trong tháng 7/2022", ""),
    ("4", "Rà soát, cân đối Quỹ Thi đua, khen thưởng của tỉnh", "Sở Tài chính", "Kho bạc Nhà nước tỉnh", "Báo cáo",
     "Xong trong quý III, trước ngày họp phiên thứ hai", ""),
    ("5", "Báo cáo kết quả phong trào “Chung tay xây dựng nông thôn mới”", "Sở NN&PTNT", "",
     "Báo cáo", "Chậm nhất ngày 30/6/2022", ""),
    ("6", "Đề xuất khen thưởng đợt thi đua bảo vệ môi trường", "Sở Tài nguyên Môi chường", "Công an tỉnh", "Tờ trình",
     "Chậm nhất ngày 15/7/2022", ""),
)  # fmt: skip
TASK_COLUMNS = ("TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Cơ quan phối hợp", "Sản phẩm", "Thời gian hoàn thành",
                "Ghi chú")  # fmt: skip


def cells(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split(" | ")] for line in table.strip().splitlines()]


def people() -> Iterable[tuple[str, str, str, str]]:
    yield from ((name, post, "SNV", "Thường trực") for name, post in OFFICERS)
    for post, unit, title, _ in cells(MEMBERS):
        yield post, post, unit, "Chủ tịch Hội đồng" if title == "Chủ tịch Hội đồng" else "Thành viên Hội đồng"
    number = count()
    for kind, listed in GROUPS.values():
        for code, *_ in cells(listed):
            post = POSTS.get(kind, "Chuyên viên Văn phòng")
            wanted = 0 if code in NONE else 2 if code in TWO else 1
            made = [(f"{FAMILIES[n % 12]} {GIVEN[n % 11]}", post) for n in (next(number) for _ in range(wanted))]
            yield from ((*who, code, "Đầu mối") for who in NAMED.get(code, made))


def directory() -> None:
    book = openpyxl.Workbook()
    units, listed = book.active, book.create_sheet("Đầu mối")
    units.title = "Đơn vị"
    units.append(("Mã", "Tên cơ quan, đơn vị, địa phương", "Tên viết tắt", "Loại", "Cụm, khối thi đua",
                  "Vai trò trong cụm, khối"))  # fmt: skip
    for group, (kind, members) in GROUPS.items():
        word = "cụm" if group.startswith("Cụm") else "khối"
        for place, unit in enumerate(cells(members)):
            units.append((*unit, kind, group, ("Trưởng ", "Phó ")[place] + word if place < 2 else ""))
    listed.append(("Họ và tên", "Chức vụ", "Mã đơn vị", "Vai trò", "Điện thoại"))
    for number, (name, *rest) in enumerate(people(), 1):
        listed.append((name + MARK, *rest, f"09000001{number:02}"))
    for sheet in (units, listed):
        sheet.freeze_panes = "A2"
        for cell in sheet[1]:
            cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E3E1DA")
            cell.alignment = Alignment(wrap_text=True, vertical="center")
        for column in sheet.columns:
            width = max(len(str(cell.value or "")) for cell in column)
            sheet.column_dimensions[column[0].column_letter].width = min(width + 2, 52)
    write(book, "danh-ba.xlsx")


def paper(number: str, dated: str, title: Sequence[str], *, wide: bool) -> object:
    """Begin a document with the letterhead of Decree 30/2020/NĐ-CP, its kind and subject."""
    made = Document()
    style = made.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(13)
    section = made.sections[0]
    section.page_width, section.page_height = (Cm(29.7), Cm(21)) if wide else (Cm(21), Cm(29.7))
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    head = made.add_table(rows=2, cols=2)
    texts = ("UBND TỈNH NAM ĐỊNH\nHỘI ĐỒNG THI ĐUA, KHEN THƯỞNG",
             "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc", f"Số: {number}",
             f"Nam Định, {dated}")  # fmt: skip
    for place, text in enumerate(texts):
        cell = head.cell(place // 2, place % 2)
        cell.text = text
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
        cell.paragraphs[0].runs[0].bold = place < 2
    for place, text in enumerate(title):
        line = made.add_paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.add_run(text).bold = place < 2
    return made


def table(made: object, heading: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[float]) -> None:
    grid = made.add_table(rows=1, cols=len(heading), style="Table Grid")
    grid.autofit = False
    for cells_, row in ((grid.rows[0].cells, heading), *((grid.add_row().cells, row) for row in rows)):
        for cell, text, width in zip(cells_, (*row, *[""] * (len(heading) - len(row))), widths, strict=True):
            cell.width = Cm(width)
            cell.text = text
            for run in cell.paragraphs[0].runs:
                run.font.size = Pt(12)
                run.bold = row is heading or len(row) == 2  # noqa: PLR2004 - a section has a number and a title only


def oversight() -> None:
    made = paper("01/TB-HĐTĐKT", "ngày 19 tháng 01 năm 2022",
                 ("THÔNG BÁO", "Phân công nhiệm vụ các thành viên Hội đồng Thi đua, khen thưởng tỉnh",
                  "(Bản minh họa: phân công trong bảng là ví dụ, ghi theo chức vụ.)"), wide=False)  # fmt: skip
    made.add_paragraph("Căn cứ Quy chế hoạt động của Hội đồng; Chủ tịch Hội đồng phân công các thành viên theo dõi, đôn "
                       "đốc các cơ quan, đơn vị, địa phương, cụm, khối thi đua như sau:")  # fmt: skip
    rows = [(str(at), post, title, scope) for at, (post, _, title, scope) in enumerate(cells(MEMBERS), 1)]
    heading = ("TT", "Thành viên", "Chức danh trong Hội đồng",
               "Cơ quan, đơn vị, địa phương, cụm, khối được phân công theo dõi")  # fmt: skip
    table(made, heading, rows, (1.2, 4.6, 3.7, 7))
    made.add_paragraph("Các thành viên báo cáo kết quả theo dõi qua cơ quan thường trực trước ngày 15/6 và ngày 05/12.")
    sent(made, "Thông báo này thay thế Thông báo số 02/TB-HĐTĐKT ngày 15/01/2021./.", "thong-bao-01.docx")


def annex() -> None:
    made = paper("02/KH-HĐTĐKT", "ngày 07 tháng 3 năm 2022",
                 ("PHỤ LỤC", "Danh mục nhiệm vụ công tác thi đua, khen thưởng năm 2022",
                  "(Bản minh họa. Kèm theo Kế hoạch số 02/KH-HĐTĐKT ngày 07/3/2022 của Hội đồng Thi đua, khen thưởng "
                  "tỉnh)"), wide=True)  # fmt: skip
    table(made, TASK_COLUMNS, ANNEX, (1.2, 7, 4.5, 4, 2.3, 3.7, 2.3))
    write(made, "phu-luc-ke-hoach-02.docx")


def conclusions() -> None:
    made = paper("05/TB-HĐTĐKT", "ngày 08 tháng 6 năm 2022",
                 ("THÔNG BÁO", "Kết luận phiên họp thứ nhất của Hội đồng Thi đua, khen thưởng tỉnh năm 2022",
                  "(Bản minh họa)"), wide=True)  # fmt: skip
    made.add_paragraph("Ngày 25/5/2022, Hội đồng họp phiên thứ nhất. Chủ tịch Hội đồng kết luận, giao các nhiệm vụ sau:")
    table(made, TASK_COLUMNS, CONCLUSIONS, (1.2, 7, 4.5, 4, 2.3, 3.7, 2.3))
    sent(made, "Đề nghị các cơ quan, đơn vị, địa phương thực hiện./.", "thong-bao-ket-luan-05.docx")


def sent(made: object, last: str, name: str) -> None:
    made.add_paragraph(last)
    made.add_paragraph("Nơi nhận:\n- Thành viên Hội đồng;\n- Các cơ quan, đơn vị, địa phương;\n- Lưu: VT, BTĐKT.")
    write(made, name)


def write(made: object, name: str) -> None:
    """Save without the moment of saving, so that the same tables give the same bytes."""
    saved = BytesIO()
    made.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(FOLDER / name, "w", zipfile.ZIP_DEFLATED) as out:
        for part in sorted(parts.namelist()):
            content = parts.read(part)
            if part == "docProps/core.xml":  # the moment of saving
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:]{8}Z", b"2022-01-01T00:00:00Z", content)
            out.writestr(zipfile.ZipInfo(part, (2022, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    for make in (directory, oversight, annex, conclusions):
        make()
