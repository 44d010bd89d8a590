import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.secrecy import secret_mark, secret_name

MARKS = ("MẬT", "TỐI MẬT", "TUYỆT MẬT")
TALK = (
    "bảo mật thông tin",
    "BẢO MẬT",
    "CÔNG TÁC BẢO VỆ BÍ MẬT NHÀ NƯỚC",
    "bí mật nhà nước",
    "mật độ dân số",
    "MẬT ĐỘ DÂN SỐ",
    "bỏ phiếu kín",
    "BỎ PHIẾU KÍN",
    "Bưu mật",
    "đổi mật khẩu",
    "MẬT KHẨU",
    "GIẢI MẬT TÀI LIỆU",
    "SỎI MẬT",
    "Tài liệu mật được quản lý riêng",
    "Độ mật: không",
    "Độ mật: Thường",
    "Độ mật:",
    "MỨC ĐỘ MẬT",
    "MẶT TRẬN TỔ QUỐC",
    "TÔI MẤT ĐIỆN THOẠI",
    "B Í M Ậ T",
    "THÂN MẬT",
    "đường mật",
    "HỌP BÍ-MẬT",
)
STAMPED = (
    ("MẬT", "MẬT"),
    ("Số: 05/KH-UBND\nTỐI MẬT\nCăn cứ", "TỐI MẬT"),
    ("công văn TUYỆT MẬT số 12", "TUYỆT MẬT"),
    ("TÀI LIỆU MẬT", "MẬT"),
    ("(MẬT)", "MẬT"),
    ("Độ mật: Tối mật", "TỐI MẬT"),
    ("độ mật : mật", "MẬT"),
    ("ĐỘ MẬT: TUYỆT MẬT", "TUYỆT MẬT"),
    ("Độ mật: [Mật]", "MẬT"),
    ("M Ậ T", "MẬT"),
    ("T Ố I   M Ậ T", "TỐI MẬT"),
    ("T.U.Y.Ệ.T M.Ậ.T", "TUYỆT MẬT"),
    ("TÀI LIỆU M Ậ T", "MẬT"),
    ("M\u200bẬ\u00adT", "MẬT"),
    ("TỐI\u00a0MẬT", "TỐI MẬT"),
    ("BẢO MẬT: hồ sơ MẬT", "MẬT"),
)
LETTERS_WITHOUT_IT = st.text(st.characters(codec="utf-8", exclude_characters="ẬậÂâẠạAaĂă\u0302\u0323"), max_size=60)


@pytest.mark.parametrize("text", TALK)
def test_talk_about_confidentiality_is_no_mark(text: str) -> None:
    assert secret_mark(text) is None
    assert secret_mark(unicodedata.normalize("NFD", text)) is None


@pytest.mark.parametrize(("text", "degree"), STAMPED)
def test_a_mark_is_seen_however_it_is_written(text: str, degree: str) -> None:
    assert secret_mark(text) == degree
    assert secret_mark(unicodedata.normalize("NFD", text)) == degree


@given(LETTERS_WITHOUT_IT)
def test_no_text_without_the_letter_is_marked(text: str) -> None:
    assert secret_mark(text) is None


@given(LETTERS_WITHOUT_IT, st.sampled_from(MARKS), LETTERS_WITHOUT_IT)
def test_a_mark_on_its_own_line_is_found_in_any_text(before: str, mark: str, after: str) -> None:
    assert secret_mark(f"{before}\n{mark}\n{after}") is not None


@given(st.text(), st.sampled_from(("", *MARKS)), st.text())
def test_composed_and_decomposed_letters_are_read_alike(before: str, mark: str, after: str) -> None:
    text = f"{before} {mark} {after}"
    assert secret_mark(unicodedata.normalize("NFD", text)) == secret_mark(unicodedata.normalize("NFC", text))


@given(LETTERS_WITHOUT_IT, st.sampled_from(TALK), LETTERS_WITHOUT_IT)
def test_talk_stays_talk_between_any_lines(before: str, talk: str, after: str) -> None:
    assert secret_mark(f"{before}\n{talk}\n{after}") is None


@pytest.mark.parametrize(
    ("name", "degree"),
    [
        ("TỐI MẬT 05.docx", "TỐI MẬT"),
        ("cong_van_TOI_MAT.docx", "TỐI MẬT"),
        ("bao cao tuyet mat.pdf", "TUYỆT MẬT"),
        ("Tài liệu tuyệt mật.xlsx", "TUYỆT MẬT"),
        ("KH_02_MẬT.docx", "MẬT"),
        ("UB MAT TRAN TO QUOC.docx", None),
        ("an toàn bảo mật.docx", None),
        ("AN_TOAN_BAO_MAT.docx", None),
        ("mật độ dân số.xlsx", None),
        ("phu-luc-ke-hoach.docx", None),
    ],
)
def test_a_file_name_states_its_degree(name: str, degree: str | None) -> None:
    assert secret_name(name) == degree
    assert secret_name(unicodedata.normalize("NFD", name)) == degree
