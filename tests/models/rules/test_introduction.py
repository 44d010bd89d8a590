"""An introduction is read as it is meant, in whatever spelling, or not at all."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.introduction import (
    Introduction,
    dialled,
    introduction,
    is_one_line,
    person_name,
    post_title,
    telephone,
)
from models.rules.text import Refusal

SYLLABLES = ("Nguyễn", "Thị", "Lan", "Trần", "Văn", "Đức", "Y", "Ksor", "H'Hen", "Ưng", "Hoàng-Anh")
POSTS = ("chuyên viên", "Phó Chánh Văn phòng", "Trưởng phòng Tổ chức - Hành chính", "công chức VP-TK (kiêm nhiệm)")
NAMES = st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=6).map(" ".join)
PHONES = st.from_regex(r"0[35789][0-9]{8}", fullmatch=True)
COMMAS = st.sampled_from([", ", ",", "; ", " , ", "\n"])


@given(NAMES, st.lists(st.sampled_from(POSTS), min_size=1, max_size=3), PHONES, COMMAS)
def test_one_line_gives_back_what_was_put_in(name: str, posts: list[str], phone: str, comma: str) -> None:
    assert introduction(comma.join((name, *posts, phone))) == Introduction(name, ", ".join(posts), phone)


@given(PHONES, st.sampled_from(["{0}", "+84{1}", "84{1}", "0084 {1}", "{0:.4} {2}", "ĐT: {0}", "số điện thoại {0}."]))
def test_a_number_is_one_however_it_is_written(phone: str, written: str) -> None:
    assert telephone(written.format(phone, phone[1:], phone[4:])) == phone


@given(PHONES, st.sampled_from([" ", ".", "-"]), st.integers(1, 9))
def test_a_number_may_be_grouped(phone: str, between: str, place: int) -> None:
    assert dialled(telephone(phone[:place] + between + phone[place:])) == phone


@given(st.text(max_size=60))
def test_whatever_is_said_is_read_or_refused(said: str) -> None:
    for read in (introduction, person_name, post_title, telephone):
        with suppress(Refusal):
            read(said)
    is_one_line(said)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("nguyễn thị lan", "Nguyễn Thị Lan"),
        ("NGUYỄN THỊ LAN", "Nguyễn Thị Lan"),
        ("tôi là Nguyễn Thị Lan", "Nguyễn Thị Lan"),
        ("Đ/c Nguyễn Thị Lan", "Nguyễn Thị Lan"),
        ("Họ và tên: Nguyễn Thị Lan", "Nguyễn Thị Lan"),
        ("Bà Nguyễn Thị Lan", "Nguyễn Thị Lan"),
        ("Ngu\u0079e\u0302\u0303n Thị Lan", "Nguyễn Thị Lan"),
        ("Y Moan Êban", "Y Moan Êban"),
    ],
)
def test_a_name_is_read_as_a_clerk_writes_it(said: str, name: str) -> None:
    assert person_name(said) == name


@pytest.mark.parametrize("said", ["", "Lan", "Lan 123", "123456789012", "a b c d e f g h i", "Lan <b>", "/nhiemvu"])
def test_what_is_no_full_name_is_refused(said: str) -> None:
    with pytest.raises(Refusal):
        person_name(said)


@pytest.mark.parametrize("said", ["", "12345", "1234567890", "09123456789", "0612345678", "abc", "+1 202 555 0100"])
def test_what_is_no_number_of_this_country_is_refused(said: str) -> None:
    with pytest.raises(Refusal):
        telephone(said)


@pytest.mark.parametrize("said", ["", "x", "0912345678", "...", "chuyên viên 0912 345 678", "a" * 161])
def test_what_is_no_post_is_refused(said: str) -> None:
    with pytest.raises(Refusal):
        post_title(said)


@pytest.mark.parametrize(
    "said", ["Nguyễn Thị Lan", "Nguyễn Thị Lan, chuyên viên", "Nguyễn Thị Lan,, 0912345678", "a, b, c", ",,,"]
)
def test_one_line_needs_all_three(said: str) -> None:
    with pytest.raises(Refusal):
        introduction(said)
